// Softmax with a temperature, and what is left after a top-k cut.
"use strict";

const dlSoftmax = ((kit) => {
  const { tag, fixed } = kit;
  const WORDS = ["bread", "tea", "honey", "rain", "gravel"];
  const MOST = 8; // logits run from -MOST to MOST

  // Probabilities of logits; a temperature of 0 takes the largest, the first of equals.
  // Only the `k` largest count, and whatever equals the k-th: as `pick` in this chapter.
  function softmax(logits, temperature = 1, k = logits.length) {
    const largest = Math.max(...logits);
    if (temperature === 0) {
      const winner = logits.indexOf(largest);
      return logits.map((_, place) => Number(place === winner));
    }
    const least = [...logits].sort((a, b) => b - a)[k - 1];
    const powers = logits.map((logit) =>
      (logit < least ? 0 : Math.exp((logit - largest) / temperature)));
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => power / total);
  }

  // In nats. What is never drawn adds nothing.
  const entropy = (probabilities) =>
    probabilities.reduce((sum, p) => sum - (p > 0 ? p * Math.log(p) : 0), 0);

  const logitsOf = (state) => WORDS.map((_, place) => state[`z${place}`]);

  function bars(probabilities) {
    const ROW = 28, LEFT = 62, WIDE = 240;
    const rows = probabilities.map((p, place) => {
      const y = place * ROW;
      return tag("text", { x: LEFT - 8, y: y + 19, "text-anchor": "end" }, WORDS[place])
        + tag("rect", { class: "quiet", x: LEFT, y: y + 4, width: WIDE, height: ROW - 8 })
        + tag("rect", { class: "blue", x: LEFT, y: y + 4, width: (WIDE * p).toFixed(1),
          height: ROW - 8 })
        + tag("text", { x: LEFT + WIDE + 8, y: y + 19 }, p ? fixed(p, 3) : "0");
    });
    return tag("svg", { viewBox: `0 0 360 ${ROW * WORDS.length}`, style: "max-width: 26rem" },
      rows.join(""));
  }

  function view(state) {
    const logits = logitsOf(state);
    const probabilities = softmax(logits, state.temperature, state.k);
    const nats = entropy(probabilities);
    const choices = Math.exp(nats);
    const best = probabilities.indexOf(Math.max(...probabilities));
    const cut = WORDS.filter((_, place) => probabilities[place] === 0);
    const row = (cells, cell = "td") => `<tr>${cells.map((c) => `<${cell}>${c}</${cell.slice(0, 2)}>`).join("")}</tr>`;
    const divided = (logit) => (state.temperature ? fixed(logit / state.temperature) : "–");
    const body = WORDS.map((word, place) =>
      row([word, fixed(logits[place], 1), divided(logits[place]), fixed(probabilities[place], 4)]));
    return {
      label: `Bars of probability: ${WORDS.map((word, place) =>
        `${word} ${fixed(probabilities[place])}`).join(", ")}.`,
      picture: bars(probabilities),
      words: `${state.temperature === 0 ? "Greedy: always" : "Likeliest is"} `
        + `<strong>${WORDS[best]}</strong>, probability ${fixed(probabilities[best])}. `
        + `Entropy ${fixed(nats)} nats, perplexity ${fixed(choices)}: as open as a fair choice `
        + `among ${fixed(choices)} words.`
        + (cut.length ? ` Never drawn: ${kit.listing(cut)}.` : ""),
      facts: "<p>p = softmax(logits / τ); entropy H = −Σ p ln p "
        + `= ${fixed(nats, 3)} nats (${fixed(nats / Math.LN2, 3)} bits); `
        + `perplexity e<sup>H</sup> = ${fixed(choices, 3)}, at most ${WORDS.length}.</p>`
        + `<details><summary>All numbers</summary><table><thead>${
          row(["word", "logit", "logit / τ", "p"], 'th scope="col"')}</thead><tbody>${
          body.join("")}</tbody></table></details>`,
    };
  }

  const sliders = WORDS.map((word, place) => ({
    kind: "range", name: `z${place}`, label: `logit of ${word}`, min: -MOST, max: MOST,
    step: 0.5, show: (value) => fixed(value, 1),
  }));
  return {
    softmax,
    entropy,
    title: "Softmax: temperature and top-k",
    start: { z0: 3, z1: 2, z2: 1, z3: 0, z4: -2, temperature: 1, k: WORDS.length },
    controls: () => [
      ...sliders,
      { kind: "range", name: "temperature", label: "temperature τ", min: 0, max: 5, step: 0.1,
        show: (value) => fixed(value, 1) },
      { kind: "range", name: "k", label: "top-k", min: 1, max: WORDS.length,
        show: (value) => (value < WORDS.length ? `${value}` : "all") },
      { kind: "button", name: "reset", label: "Reset" },
    ],
    view,
  };
})(typeof module === "undefined" ? dlDemoKit : require("./kit.js"));

if (typeof module !== "undefined") module.exports = dlSoftmax;
else dlDemoKit.wake("softmax", dlSoftmax);
