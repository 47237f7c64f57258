// Self-attention over a short sentence: real numbers from small vectors made by hand.
"use strict";

const dlAttention = ((kit) => {
  const { tag, fixed, listing } = kit;
  // What each word is: a thing, an action, and dog-like (or, below zero, cat-like).
  const SENTENCE = [
    ["the", [0, 0, 0]], ["dog", [2, 0, 1]], ["saw", [0, 2, 0]], ["the", [0, 0, 0]],
    ["cat", [2, 0, -1]], ["and", [0, 0, 0]], ["barked", [0, 2, 1]],
  ];
  const WORDS = SENTENCE.map(([word]) => word);
  const E = SENTENCE.map(([, vector]) => vector); // (T, 3); keys and values are these
  // What a word asks for: things ask for actions, actions for things, each for its like.
  const W_Q = [[0, 1, 0], [1, 0, 0], [0, 0, 1]]; // (3, 3)

  const dot = (a, b) => a.reduce((sum, value, place) => sum + value * b[place], 0);
  const columns = (matrix) => matrix[0].map((_, place) => matrix.map((row) => row[place]));
  const times = (A, B) => A.map((row) => columns(B).map((column) => dot(row, column)));

  function softmax(scores) {
    const largest = Math.max(...scores);
    const powers = scores.map((score) => Math.exp(score - largest));
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => power / total);
  }

  // Q: (T, d), K: (S, d), V: (S, v). Returns scores and weights (T, S), outputs (T, v).
  function attention(Q, K, V, { scaled = true, causal = false } = {}) {
    const root = scaled ? Math.sqrt(Q[0].length) : 1;
    const scores = times(Q, columns(K)).map((row, t) =>
      row.map((score, s) => (causal && s > t ? -Infinity : score / root)));
    const weights = scores.map(softmax);
    return { scores, weights, outputs: times(weights, V) };
  }

  const vector = (v) => `(${v.map((x) => kit.signed(String(Math.round(x * 100) / 100))).join(", ")})`;
  const numbered = (place) => `${WORDS[place]} (word ${place + 1})`;
  const SIDE = 42, LEFT = 58, TOP = 24;

  function matrix(weights, query, causal) {
    const label = (text, x, y, anchor) =>
      tag("text", { x, y, "text-anchor": anchor }, text);
    const cells = weights.flatMap((row, t) => row.map((weight, s) => {
      const x = LEFT + s * SIDE, y = TOP + t * SIDE;
      const hidden = causal && s > t;
      return tag("rect", { class: hidden ? "cell masked" : "cell blue", x, y, width: SIDE,
        height: SIDE, "fill-opacity": hidden ? 0 : (weight * 0.5).toFixed(3) })
        + label(hidden ? "–" : fixed(weight), x + SIDE / 2, y + SIDE / 2 + 5, "middle");
    }));
    const names = WORDS.map((word, place) =>
      label(word, LEFT - 7, TOP + (place + 0.5) * SIDE + 5, "end")
      + label(word, LEFT + (place + 0.5) * SIDE, TOP - 8, "middle"));
    const frame = tag("rect", { class: "frame", x: LEFT, y: TOP + query * SIDE,
      width: SIDE * WORDS.length, height: SIDE });
    const [width, height] = [LEFT + SIDE * WORDS.length + 2, TOP + SIDE * WORDS.length + 2];
    return tag("svg", { viewBox: `0 0 ${width} ${height}`, "data-drag": "matrix",
      style: "max-width: 23rem" }, cells.join("") + names.join("") + frame);
  }

  const bar = (weight) => tag("svg", { class: "dl-demo-bar", viewBox: "0 0 80 12",
    "aria-hidden": "true" }, tag("rect", { class: "blue", width: (80 * weight).toFixed(1),
    height: 12 }));

  function view({ query: chosen, scaled, causal }) {
    const query = Number(chosen);
    const Q = times(E, W_Q);
    const { scores, weights, outputs } = attention(Q, E, E, { scaled, causal });
    const row = weights[query];
    const most = Math.max(...row);
    const best = row.flatMap((weight, place) => (weight > most - 1e-9 ? [place] : []));
    const seen = causal ? query + 1 : WORDS.length;
    const even = best.length === seen && seen > 1;
    const verdict = seen === 1 ? "may look at itself only"
      : even ? `looks at all ${seen} words alike (${fixed(most)} each)`
        : `looks most at ${listing(best.map(numbered))}, weight ${fixed(most)}`;
    const why = !even ? "" : Q[query].some(Boolean) ? "" : " Its query is zero: it asks for nothing.";
    const score = scaled ? "q·k / √3" : "q·k";
    const line = (place) => {
      const hidden = causal && place > query;
      return `<tr><th scope="row">${WORDS[place]}</th><td>${vector(E[place])}</td><td>${
        hidden ? "−∞" : fixed(scores[query][place])}</td><td>${
        fixed(row[place], 3)} ${bar(row[place])}</td></tr>`;
    };
    return {
      label: "A matrix of attention weights, one row for each query, one column for each key"
        + `${causal ? ", empty above the diagonal" : ""}. The row of ${numbered(query)} reads ${
          row.map((weight, place) => `${WORDS[place]} ${fixed(weight)}`).join(", ")}.`,
      picture: matrix(weights, query, causal),
      words: `<strong>${numbered(query)}</strong> ${verdict}.${why}`,
      facts: `<p>It is e = ${vector(E[query])}: thing, action, dog-like. It asks for `
        + `q = e W<sub>q</sub> = ${vector(Q[query])}. Its output is ${vector(outputs[query])}, `
        + "the weighted mean of the values. Keys and values are the words' own vectors.</p>"
        + `<table><thead><tr>${["word", "key k", score, "weight"].map((head) =>
          `<th scope="col">${head}</th>`).join("")}</tr></thead><tbody>${WORDS.map((_, place) => line(place)).join("")}</tbody></table>`,
    };
  }

  return {
    attention,
    E,
    Q: times(E, W_Q),
    title: "Attention: who looks at whom?",
    start: { query: "6", scaled: true, causal: false },
    controls: () => [
      { kind: "select", name: "query", label: "query word",
        options: WORDS.map((word, place) => [`${place}`, `${place + 1} ${word}`]) },
      { kind: "check", name: "scaled", label: "divide by √d" },
      { kind: "check", name: "causal", label: "causal mask" },
      { kind: "button", name: "reset", label: "Reset" },
    ],
    view,
    // The row of the matrix that was touched becomes the query.
    point(state, _, x, y) {
      const height = TOP + SIDE * WORDS.length + 2;
      const row = Math.floor((y * height - TOP) / SIDE);
      return { ...state, query: `${Math.min(WORDS.length - 1, Math.max(0, row))}` };
    },
  };
})(typeof module === "undefined" ? dlDemoKit : require("./kit.js"));

if (typeof module !== "undefined") module.exports = dlAttention;
else dlDemoKit.wake("attention", dlAttention);
