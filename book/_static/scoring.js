// The rule that turns an answer into marks: dlcourse/exam/scoring.py in JavaScript.
// tests/exam/test_scoring_js.py holds the two against each other.
"use strict";

const dlScoring = (() => {
  const NUMBER = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?$/;
  const GROUPED = /^[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$/;
  const DECIMAL_COMMA = /^[+-]?[0-9]*,[0-9]+$/;
  const SLACK = 1e-9;

  const plain = (answer) =>
    String(answer).replaceAll("−", "-").toLowerCase()
      .replace(/[ \t\r\n\u00a0\u2009\u202f]/g, "");

  function readNumbers(text) {
    const readings = [];
    if (NUMBER.test(text)) readings.push(Number(text));
    if (GROUPED.test(text)) readings.push(Number(text.replaceAll(",", "")));
    if (DECIMAL_COMMA.test(text)) readings.push(Number(text.replace(",", ".")));
    return readings.filter(Number.isFinite);
  }

  function readShape(text) {
    const inner = text
      .replace(/^(?:torch\.size)?[(\[]{1,2}/, "")
      .replace(/[)\]]{1,2}$/, "")
      .replace(/,+$/, "");
    const parts = inner.split(/[,x×*]/);
    return parts.every((part) => /^[0-9]{1,12}$/.test(part)) ? parts.map(Number) : null;
  }

  function fits(key, tolerance, answer) {
    const text = plain(answer);
    if (typeof key === "number") {
      return readNumbers(text).some((v) => Math.abs(v - key) <= tolerance + SLACK);
    }
    const shape = readShape(text);
    return shape !== null && shape.length === key.length
      && shape.every((size, place) => size === key[place]);
  }

  // Whether a text can be read at all as what the blank asks for.
  const readable = (key, answer) =>
    typeof key === "number" ? readNumbers(plain(answer)).length > 0
      : readShape(plain(answer)) !== null;

  function score(rule, answer) {
    if (rule.kind === "numeric") {
      const hits = rule.blanks.filter((b, n) => fits(b.key, b.tolerance, answer[n]));
      return (rule.marks * hits.length) / rule.blanks.length;
    }
    if (rule.kind === "written") {
      const given = rule.rubric.map((most, n) => Math.min(Math.max(0, answer[n]), most));
      return Math.min(given.reduce((sum, mark) => sum + mark, 0), rule.marks);
    }
    const chosen = [...new Set(answer)];
    const hits = chosen.filter((place) => rule.right[place]).length;
    const all = rule.right.filter(Boolean).length;
    return rule.marks * Math.max(0, (hits - (chosen.length - hits)) / all);
  }

  return { score, fits, readable };
})();

if (typeof module !== "undefined") module.exports = dlScoring;
