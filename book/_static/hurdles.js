// "Do I pass, what do I need?": dlcourse/exam/hurdles.py in JavaScript.
"use strict";

const dlHurdles = (() => {
  const EXAM_SHARE = 0.4, IN_SEMESTER = 45, EXAM = 45, OVERALL = 50, SLACK = 1e-9;

  function stand(inSemester, exam) {
    const overall = (1 - EXAM_SHARE) * inSemester + EXAM_SHARE * exam;
    const missed = [
      ["in-semester", inSemester >= IN_SEMESTER],
      ["exam", exam >= EXAM],
      ["overall", overall >= OVERALL - SLACK],
    ].filter(([, cleared]) => !cleared).map(([name]) => name);
    return { overall, missed };
  }

  function needed(inSemester) {
    if (inSemester < IN_SEMESTER) return null;
    return Math.max(EXAM, (OVERALL - (1 - EXAM_SHARE) * inSemester) / EXAM_SHARE);
  }

  // Rounded up: 45.01 needed is 45.1, not 45.0.
  const upwards = (value) => (Math.ceil(value * 10 - 1e-6) / 10).toFixed(1);

  function advice(inSemester, exam) {
    if (inSemester === null) return "Enter your in-semester result to begin.";
    const need = needed(inSemester);
    if (need === null) {
      return `The in-semester hurdle is ${IN_SEMESTER} %, and you have ${inSemester} %: `
        + "no exam result can pass the unit.";
    }
    const why = need > EXAM ? `, to reach ${OVERALL} % overall` : ", the exam's own hurdle";
    const want = `You need at least ${upwards(need)} % in the exam${why}.`;
    if (exam === null) return want;
    const { overall, missed } = stand(inSemester, exam);
    const mark = `Overall ${overall.toFixed(1)} %.`;
    return missed.length
      ? `${mark} Not passed: the hurdle missed is ${missed.join(" and ")}. ${want}`
      : `${mark} Passed: all three hurdles are cleared.`;
  }

  return { stand, needed, advice };
})();

if (typeof module !== "undefined") module.exports = dlHurdles;
else {
  const form = document.querySelector(".dl-hurdles");
  const read = (name) => {
    const input = form.elements[name];
    return input.value === "" || !input.checkValidity() ? null : Number(input.value);
  };
  const update = () => {
    const odd = ["in-semester", "exam"].find((name) => !form.elements[name].checkValidity());
    form.querySelector("output").textContent = odd
      ? "Results run from 0 to 100 per cent."
      : dlHurdles.advice(read("in-semester"), read("exam"));
  };
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  update();
}
