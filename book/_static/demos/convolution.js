// The sizes of a convolution, drawn: move through its outputs and see what each one reads.
"use strict";

const dlConvolution = ((kit, sizes) => {
  const { tag } = kit;
  const { between, span, size, taps, centre, corner, unread, field, second, seen, count } = sizes;
  const { letter, inside, words } = sizes;
  const CELL = 30;

  function cell(x, y, classes, text = "") {
    const box = { x: x * CELL + 2, y: y + 2, width: CELL - 4, height: CELL - 4 };
    const [left, right] = [x * CELL + 5, (x + 1) * CELL - 5];
    const cross = classes.includes("unread")
      ? tag("path", { class: "cross", d: `M${left} ${y + CELL - 5}L${right} ${y + 5}` }) : "";
    const label = text === "" ? "" : tag("text", { x: (x + 0.5) * CELL, y: y + CELL / 2 + 5.5,
      "text-anchor": "middle" }, text);
    return tag("rect", { class: `cell ${classes}`, ...box }) + label + cross;
  }
  const kind = (place, layer) => (inside(place, layer) ? "blue pale" : "zero");

  function rows(state) {
    const layers = state.view === "two" ? [state, second(state)] : [state];
    const marks = count(state) ? seen(state, state.at) : { first: [], input: [] };
    const never = layers.map((layer) => Object.values(unread(layer)).flat());
    const stack = [
      between(-state.p, state.n + state.p).map((place) => [place, place,
        `${kind(place, state)}${marks.input.includes(place) ? " seen" : ""}`,
        inside(place, state) ? letter(place) : "0"]),
      between(0, size(state)).map((at) => [at, centre(at, state),
        `out${marks.first.includes(at) ? " seen" : ""}`, at + 1]),
    ];
    if (layers.length > 1) {
      stack.push(between(0, count(state)).map((at) => [at, centre(centre(at, state), state),
        `out${at === state.at ? " seen" : ""}`, at + 1]));
    }
    const left = Math.min(...stack.flat().map(([, x]) => x));
    const wide = Math.max(...stack.flat().map(([, x]) => x)) - left + 1;
    const GAP = 84;
    const names = ["input", "output", "output of a second such layer"];
    const drawing = stack.map((row, level) => {
      const y = 18 + level * GAP;
      const cells = row.map(([place, x, classes, text]) => cell(x - left, y,
        classes + (never[level]?.includes(place) ? " unread" : ""), text));
      const lines = level === 0 ? [] : row.filter(([, , classes]) => classes.includes("seen"))
        .flatMap(([at, x]) => taps(at, state).flatMap((place) =>
          stack[level - 1].filter(([other]) => other === place).map(([, below]) =>
            tag("path", { class: "link", d: `M${(x - left + 0.5) * CELL} ${y + 2}L${
              (below - left + 0.5) * CELL} ${y - GAP + CELL - 2}` }))));
      return lines.join("") + cells.join("")
        + tag("text", { class: "name", x: 2, y: y - 5 }, names[level]);
    });
    return { svg: tag("svg", { viewBox: `0 0 ${wide * CELL} ${18 + GAP * (stack.length - 1) + CELL}`,
      "data-drag": "row", style: `max-width: ${wide * 2.2}rem` }, drawing.join("")), left, wide };
  }

  function grids(state) {
    const places = between(-state.p, state.n + state.p);
    const outputs = between(0, size(state));
    const never = Object.values(unread(state)).flat();
    const [row, column] = corner(state);
    const reads = outputs.length ? [row, column].map((at) => taps(at, state)) : [[], []];
    const name = (place) => (inside(place, state) ? letter(place) : "0");
    const head = (x, y, place) => tag("text", { class: "name", x: (x + 0.5) * CELL,
      y: (y + 0.5) * CELL + 5, "text-anchor": "middle" }, name(place));
    const heads = places.map((place) => head(place + state.p + 1, 0, place)
      + head(0, place + state.p + 1, place));
    const input = places.flatMap((y) => places.map((x) => {
      const hit = reads[0].includes(y) && reads[1].includes(x);
      const pixel = inside(y, state) && inside(x, state);
      return cell(x + state.p + 1, (y + state.p + 1) * CELL, (pixel ? "blue pale" : "zero")
        + (hit ? " seen" : "") + (never.includes(x) || never.includes(y) ? " unread" : ""));
    }));
    const output = outputs.flatMap((y) => outputs.map((x) =>
      cell(x, y * CELL, y === row && x === column ? "out seen" : "out")));
    const draw = (drag, side, cells) => tag("svg", { viewBox: `0 0 ${side * CELL} ${side * CELL}`,
      "data-drag": drag, style: `width: ${side * 1.5}rem` }, cells.join(""));
    return draw("input", places.length + 1, [...heads, ...input]) + (outputs.length
      ? draw("output", outputs.length, output) : "");
  }

  function view(state) {
    const { n, k, s, p, d } = state;
    const [first, both] = [field(1, state), field(2, state)];
    return {
      label: `${state.view === "grid" ? "A square" : "A row"} of pixels a to ${letter(n - 1)}, ${
        p || "no"} padded zeros at each end, and the outputs; what the chosen output reads is marked, `
        + "what no output reads is crossed out.",
      picture: state.view === "grid" ? grids(state) : rows(state).svg,
      words: words(state),
      facts: `<p>${["size = ⌊(n + 2p − d(k − 1) − 1) / s⌋ + 1 ",
        `= ⌊(${n} + 2·${p} − ${d}·(${k} − 1) − 1) / ${s}⌋ + 1 `,
        `= ⌊${kit.signed(`${n + 2 * p - span(state)}`)} / ${s}⌋ + 1 = ${size(state)}`,
      ].map((part) => `<span>${part}</span>`).join(" ")}</p>`
        + `<p>Receptive field along a side: one layer 1 + d(k − 1) = ${first}; two such layers ${
          first} + d(k − 1)·s = ${both}. Neighbouring outputs lie s = ${s} apart, after two layers `
        + `s² = ${s * s}.</p>`,
    };
  }

  // Ranges end where the settings say; the chosen output stays among the outputs.
  const settle = (state) => ({ ...state,
    at: Math.max(0, Math.min(state.at, count(state) - 1)) });

  const range = (name, label, min, max) => ({ kind: "range", name, label, min, max });
  return {
    title: "Sizes of a convolution",
    start: { n: 8, k: 3, s: 2, p: 1, d: 2, view: "row", at: 1 },
    controls: (state) => [
      { kind: "select", name: "view", label: "drawing", options: [["row", "one row"],
        ["two", "two layers"], ["grid", "a picture"]] },
      range("n", "input <i>n</i>", 3, 12), range("k", "kernel <i>k</i>", 1, 5),
      range("s", "stride <i>s</i>", 1, 4), range("p", "padding <i>p</i>", 0, 3),
      range("d", "dilation <i>d</i>", 1, 3),
      { ...range("at", "output", 0, Math.max(0, count(state) - 1)),
        show: (at) => (count(state) ? `${at + 1} of ${count(state)}` : "none") },
      { kind: "button", name: "next", label: "Next output" },
      { kind: "button", name: "reset", label: "Reset" },
    ],
    view,
    settle,
    press: (state) => ({ ...state, at: (state.at + 1) % Math.max(1, count(state)) }),
    // The output that was touched, or whose window lies nearest to the touched place.
    point(state, drawing, x, y) {
      const near = (place) => Math.max(0, Math.min(size(state) - 1,
        Math.round((place - centre(0, state)) / state.s)));
      if (drawing === "row") {
        const { left, wide } = rows(state);
        const place = left - 0.5 + x * wide;
        return { ...state, at: state.view === "row" ? near(place)
          : Math.round((place - centre(centre(0, state), state)) / state.s ** 2) };
      }
      const cells = [y, x].map((share) => (drawing === "output" ? Math.floor(share * size(state))
        : near(share * (state.n + 2 * state.p + 1) - state.p - 1.5)));
      return { ...state, at: cells[0] * size(state) + cells[1] };
    },
  };
})(...(typeof module === "undefined" ? [dlDemoKit, dlConvolutionSizes]
  : [require("./kit.js"), require("./convolution-sizes.js")]));

if (typeof module !== "undefined") module.exports = dlConvolution;
else dlDemoKit.wake("convolution", dlConvolution);
