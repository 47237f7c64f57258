// Which places does an output value of a convolution read, which are read by none, and how
// to say so.
"use strict";

const dlConvolutionSizes = (({ listing }) => {
  // Layers are objects with n, k, s, p, d. Places are counted from the first pixel: 0 is
  // pixel a, -1 the padded zero before it.
  const span = ({ k, d }) => d * (k - 1) + 1;
  const size = (l) => Math.max(0, Math.floor((l.n + 2 * l.p - span(l)) / l.s) + 1);
  const taps = (at, { k, s, p, d }) => Array.from({ length: k }, (_, t) => at * s - p + d * t);
  const between = (low, high) => Array.from({ length: high - low }, (_, i) => low + i);

  // Places that no output reads: stepped over, or left at the end, where no step fits.
  function unread(layer) {
    const outputs = size(layer);
    const read = new Set(between(0, outputs).flatMap((at) => taps(at, layer)));
    const never = between(-layer.p, layer.n + layer.p).filter((place) => !read.has(place));
    const end = Math.max(...read, -Infinity);
    return { skipped: never.filter((place) => place < end),
      left: never.filter((place) => place > end) };
  }

  // Pixels along a side that one value sees after so many equal layers.
  const field = (layers, { k, s, d }) =>
    between(0, layers).reduce((seen, l) => seen + d * (k - 1) * s ** l, 1);

  // The places of the first layer's outputs that a value of the second one reads, and what
  // those read. Without a second layer the value itself is the first layer's.
  const second = (state) => ({ ...state, n: size(state) });
  function seen(state, at) {
    const first = state.view === "two"
      ? taps(at, state).filter((place) => place >= 0 && place < size(state)) : [at];
    return { first, input: [...new Set(first.flatMap((place) => taps(place, state)))] };
  }

  // How many outputs there are to choose from.
  const count = (state) => ({ row: size(state), two: size(state) && size(second(state)),
    grid: size(state) ** 2 })[state.view];

  // Centre of an output's window, in places of its input.
  const centre = (at, { k, s, p, d }) => at * s - p + (d * (k - 1)) / 2;

  // Row and column of the chosen output of a square picture.
  const corner = (state) => [Math.floor(state.at / size(state)), state.at % size(state)];

  const letter = (place) => "abcdefghijkl"[place];
  const inside = (place, { n }) => place >= 0 && place < n;
  function named(places, layer) {
    const zeros = places.filter((place) => !inside(place, layer)).length;
    const pixels = places.filter((place) => inside(place, layer)).map(letter);
    const padding = layer.view === "grid" ? `${zeros} of padding`
      : `${zeros} padded zero${zeros > 1 ? "s" : ""}`;
    return listing([...pixels, ...(zeros ? [padding] : [])]);
  }

  function fit(state) {
    const { skipped, left } = unread(state);
    const grid = state.view === "grid";
    const many = left.length > 1;
    const lost = grid ? `the last ${many ? `${left.length} rows and columns` : "row and column"} are`
      : `${named(left, state)} at the end ${many ? "are" : "is"}`;
    const end = left.length ? ` The sizes do not fit: the steps end ${left.length} place${
      many ? "s" : ""} early, so ${lost} never read.` : "";
    const holes = skipped.length ? ` Stepped over and never read: ${
      grid ? "rows and columns " : ""}${named(skipped, state)}.` : "";
    return end + holes || " Every place is read.";
  }

  function words(state) {
    const side = (n) => (state.view === "grid" ? `${n} × ${n}` : n);
    const refused = (layer, which) => `${which} covers ${span(layer)} places, but its padded input `
      + `has only ${layer.n + 2 * layer.p}: PyTorch raises an error.`;
    if (!size(state)) return refused(state, "Nothing fits. The kernel");
    if (!count(state)) return `${state.n} → ${size(state)}. ${refused(second(state), "The second layer's kernel")}`;
    const { input } = seen(state, state.at);
    const which = state.view === "grid" ? `Output in row ${corner(state)[0] + 1}, column ${
      corner(state)[1] + 1} reads rows ${named(taps(corner(state)[0], state), state)}, columns ${
      named(taps(corner(state)[1], state), state)}.`
      : `Output ${state.at + 1} ${state.view === "two" ? "sees" : "reads"} ${
        named(input.sort((a, b) => a - b), state) || "padded zeros only"}.`;
    const sizes = [state.n, size(state), ...(state.view === "two" ? [count(state)] : [])];
    return `<strong>${sizes.map(side).join(" → ")}</strong>. ${which}${fit(state)}`;
  }

  return { between, span, size, taps, centre, corner, unread, field, second, seen, count,
    letter, inside, words };
})(typeof module === "undefined" ? dlDemoKit : require("./kit.js"));

if (typeof module !== "undefined") module.exports = dlConvolutionSizes;
