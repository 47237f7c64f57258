// Gradient descent with momentum, drawn over a map of the loss.
"use strict";

const dlDescent = ((kit, surfaces) => {
  const { tag, fixed, short } = kit;
  const { SURFACES, STEEP, BLOWN_UP, WIDE, HIGH, walk, limit, across, down, back } = surfaces;
  const MOST = 100;
  const RATES = [0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.075, 0.08, 0.085, 0.09,
    0.1, 0.12, 0.15, 0.2, 0.3, 0.5, 0.7, 1, 1.5];
  const MOMENTA = [0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99];
  const STARTS = {
    ravine: { x: -4, y: 1, rate: RATES.indexOf(0.07), momentum: 0, steps: 20 },
    saddle: { x: -2, y: 0.1, rate: RATES.indexOf(0.1), momentum: 0, steps: 30 },
  };

  const drawn = {};
  const linesOf = (key) => (drawn[key] ??= surfaces.contours(SURFACES[key]));

  // Far outside of the map a point's true place does not matter.
  const near = (value) => Math.min(2000, Math.max(-2000, value || 0)).toFixed(1);
  const joined = (points) => points.map(([x, y]) => `${near(x)},${near(y)}`).join(" ");

  function map(state, path) {
    const dots = path.map(([x, y]) => [across(x), down(y)]);
    const dot = ([x, y], name, r) => tag("circle", { class: name, cx: near(x), cy: near(y), r });
    return tag("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, "data-drag": "map",
      style: "flex: 1 1 26rem; max-width: 30rem" },
    tag("rect", { class: "paper", width: WIDE, height: HIGH })
      + tag("path", { class: "contour", d: linesOf(state.surface) })
      + SURFACES[state.surface].minima.map(([x, y]) => dot([across(x), down(y)], "goal", 4)).join("")
      + tag("polyline", { class: "walk", points: joined(dots) })
      + dots.map((place) => dot(place, "step", 2)).join("")
      + dot(dots[0], "start", 5) + dot(dots.at(-1), "end", 5)
      + tag("text", { class: "name", x: WIDE - 6, y: HIGH - 7, "text-anchor": "end" }, "w₁ →")
      + tag("text", { class: "name", x: 6, y: 16 }, "↑ w₂"));
  }

  function curve(path) {
    const [left, right, top, bottom] = [56, 206, 24, 128];
    const logs = path.map(([, , loss]) => Math.log10(Math.max(loss, 1e-12)));
    const [low, high] = [Math.min(...logs), Math.max(...logs, Math.min(...logs) + 0.5)];
    const points = logs.map((value, step) => [
      left + ((right - left) * step) / Math.max(path.length - 1, 1),
      bottom - ((bottom - top) * (value - low)) / (high - low)]);
    const word = (text, x, y, anchor) => tag("text", { x, y, "text-anchor": anchor }, text);
    return tag("svg", { viewBox: "0 0 212 150", style: "flex: 1 1 12rem; max-width: 16rem" },
      tag("path", { class: "axis", d: `M${left} ${top}V${bottom}H${right}` })
      + tag("polyline", { class: "walk", points: joined(points) })
      + tag("circle", { class: "end", cx: points.at(-1)[0], cy: points.at(-1)[1], r: 3 })
      + word(short(10 ** high), left - 5, top + 5, "end")
      + word(short(10 ** low), left - 5, bottom + 4, "end")
      + word("0", left, bottom + 16, "middle")
      + word(`${path.length - 1} steps`, right, bottom + 16, "end")
      + word("loss (log scale)", left, 12, "start"));
  }

  function verdict({ surface, momentum }, path, lr) {
    const [x, y, last] = path.at(-1);
    const [first, before] = [path[0][2], path.at(-2)?.[2]];
    const count = path.length - 1;
    if (count === 0) return `At the start the loss is ${short(first)}. Press Step or Run.`;
    const from = `After ${count} step${count === 1 ? "" : "s"} the loss is ${short(last)}, from ${
      short(first)} at the start.`;
    const beyond = surface === "ravine" && path[0][1] ? lr - limit(MOMENTA[momentum]) : -1;
    if (beyond > 1e-9) {
      return `${from} It diverges: in the end each swing across the ravine is larger than the last.`;
    }
    if (beyond > -1e-9) return `${from} It swings across the ravine for ever.`;
    if (!(last < 10 * first + 10)) {
      return `${from} It diverges: the steps are too long for the steep walls.`;
    }
    const slope = Math.hypot(...SURFACES[surface].gradient(x, y));
    if (surface === "saddle" && slope < 0.1 && last > 0.2) {
      return `${from} It stands on the saddle, where the gradient is nearly zero.`;
    }
    if (last < 0.001 * first) return `${from} It has arrived.`;
    return `${from} ${last > before ? "The last step went uphill." : "It is still falling."}`;
  }

  function view(state) {
    const [lr, mu] = [RATES[state.rate], MOMENTA[state.momentum]];
    const path = walk(SURFACES[state.surface], state.x, state.y, lr, mu, state.steps);
    const [x, y] = path.at(-1);
    const bound = state.surface === "ravine"
      ? `<p>On this surface the walk is stable below lr = 2 (1 + μ) / ${STEEP} = ${
        short(limit(mu))}.</p>` : "";
    return {
      label: `A map of the loss with the path of ${path.length - 1} steps from (${
        fixed(state.x)}, ${fixed(state.y)}) to (${short(x)}, ${short(y)}), and the loss after each `
        + "step as a curve.",
      picture: map(state, path) + curve(path),
      words: verdict(state, path, lr),
      facts: `${bound}<details><summary>Loss after each step</summary><p>${
        path.map(([, , loss], step) => `${step}: ${short(loss)}`).join(" · ")}</p></details>`,
    };
  }

  const tenths = (value) => Math.round(value * 10) / 10;
  const within = (value, low, high) => tenths(Math.min(high, Math.max(low, value)));
  const ended = ({ surface, x, y, rate, momentum, steps }) => steps >= MOST || walk(
    SURFACES[surface], x, y, RATES[rate], MOMENTA[momentum], steps).at(-1)[2] >= BLOWN_UP;

  return {
    walk: (surface, ...rest) => walk(SURFACES[surface], ...rest),
    loss: (surface, x, y) => SURFACES[surface].loss(x, y),
    limit,
    verdict: (state) => view({ ...STARTS[state.surface], ...state }).words,
    title: "Gradient descent with momentum",
    start: { surface: "ravine", ...STARTS.ravine, running: false },
    controls: (state) => [
      { kind: "select", name: "surface", label: "surface",
        options: Object.keys(SURFACES).map((key) => [key, key]) },
      { kind: "range", name: "rate", label: "learning rate", min: 0, max: RATES.length - 1,
        show: (value) => `${RATES[value]}` },
      { kind: "range", name: "momentum", label: "momentum μ", min: 0, max: MOMENTA.length - 1,
        show: (value) => `${MOMENTA[value]}` },
      { kind: "range", name: "x", label: "start w₁", min: -4.4, max: 1.4, step: 0.1 },
      { kind: "range", name: "y", label: "start w₂", min: -1.9, max: 1.9, step: 0.1 },
      { kind: "button", name: "step", label: "Step" },
      { kind: "button", name: "run", label: state.running ? "Pause" : "Run" },
      { kind: "button", name: "again", label: "Reset" },
    ],
    view,
    settle: (state, name) => (name === "surface"
      ? { ...state, ...STARTS[state.surface], running: false } : state),
    press(state, name) {
      const paused = { ...state, running: false };
      if (name === "again") return { ...paused, steps: 0 };
      if (name === "step") return { ...paused, steps: ended(state) ? state.steps : state.steps + 1 };
      if (state.running) return paused;
      return { ...state, steps: ended(state) ? 0 : state.steps, running: true };
    },
    tick(state) {
      const next = { ...state, steps: state.steps + 1 };
      return { ...next, running: !ended(next) };
    },
    point(state, _, right, bottom) {
      const [x, y] = back(right, bottom);
      return { ...state, x: within(x, -4.4, 1.4), y: within(y, -1.9, 1.9) };
    },
  };
})(...(typeof module === "undefined" ? [dlDemoKit, dlDescentSurfaces]
  : [require("./kit.js"), require("./descent-surfaces.js")]));

if (typeof module !== "undefined") module.exports = dlDescent;
else dlDemoKit.wake("descent", dlDescent);
