// Questions in a page: check, explain, count, another one like it. No library, no network.
"use strict";

(() => {
  const STORE = "dl-quiz";
  const $ = (root, selector) => root.querySelector(selector);
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const show = (marks) => String(Math.round(marks * 100) / 100);

  // A browser may refuse storage; the page then forgets when it is left.
  let memory = {};
  try {
    memory = JSON.parse(localStorage.getItem(STORE)) || {};
  } catch { /* starts empty */ }
  function remember(id, entry) {
    memory[id] = { ...memory[id], ...entry };
    save();
  }
  function save() {
    try {
      localStorage.setItem(STORE, JSON.stringify(memory));
    } catch { /* kept for this visit only */ }
  }

  const questionOf = (element) => element.closest(".dl-question");
  const ruleOf = (form) => JSON.parse(form.dataset.rule);

  // Each question keeps its faces, one a variant; what is shown is a fresh copy.
  const faces = new WeakMap();
  function start(question) {
    const first = $(question, "form");
    const more = all(question, "template").map((t) => $(t.content, "form"));
    faces.set(question, { list: [first.cloneNode(true), ...more], at: 0 });
    wake(first);
  }
  function turn(question, by) {
    const held = faces.get(question);
    held.at = (held.at + by) % held.list.length;
    const fresh = held.list[held.at].cloneNode(true);
    $(question, "form").replaceWith(fresh);
    wake(fresh);
    $(fresh, "input, textarea").focus();
  }
  function wake(form) {
    const question = questionOf(form);
    const text = $(form, "textarea");
    if (text) text.value = memory[question.dataset.id]?.text || "";
    const another = $(form, ".dl-another");
    if (another) another.hidden = faces.get(question).list.length < 2;
  }

  function say(form, words, state) {
    const result = $(form, ".dl-result");
    result.textContent = words;
    result.dataset.state = state;
  }
  function verdict(marks, most) {
    const word = marks >= most - 1e-9 ? "Right" : marks > 0 ? "Partly right" : "Not right";
    return `${word}: ${show(marks)} of ${show(most)} marks.`;
  }

  function check(form) {
    const rule = ruleOf(form);
    const answer = rule.right ? picks(form) : rule.blanks ? texts(form, rule) : [];
    if (answer === null) return;
    form.classList.add("dl-checked");
    all(form, ".dl-after").forEach((element) => { element.hidden = false; });
    $(form, ".dl-check").hidden = true;
    if (rule.rubric) {
      say(form, "Compare, and give yourself marks for each line.", "");
      return;
    }
    if (rule.right) {
      all(form, ".dl-option").forEach((option, place) => {
        const mark = $(option, ".dl-mark");
        const right = rule.right[place];
        option.dataset.state = right ? "right" : answer.includes(place) ? "wrong" : "";
        mark.textContent = right ? "✓ right" : "✗ wrong";
      });
    } else {
      all(form, ".dl-blank").forEach((blank, place) => {
        const { key, tolerance } = rule.blanks[place];
        const right = dlScoring.fits(key, tolerance, answer[place]);
        blank.dataset.state = right ? "right" : "wrong";
        $(blank, ".dl-mark").textContent = right ? "✓ right" : "✗ it is " + blank.dataset.shown;
      });
      nameSlip(form, answer);
    }
    all(form, "input").forEach((input) => { input.disabled = true; });
    settle(form, rule, dlScoring.score(rule, answer));
    $(form, ".dl-again").focus();
  }
  // A wrong answer that has a name gets it.
  function nameSlip(form, answer) {
    if (!$(form, '.dl-blank[data-state="wrong"]')) return;
    const slip = all(form, ".dl-slip").find((s) => JSON.parse(s.dataset.keys)
      .every(({ key, tolerance }, n) => dlScoring.fits(key, tolerance, answer[n])));
    if (slip) slip.hidden = false;
  }
  function settle(form, rule, marks) {
    const question = questionOf(form);
    const state = marks >= rule.marks - 1e-9 ? "right" : marks > 0 ? "partly" : "wrong";
    say(form, verdict(marks, rule.marks), state);
    remember(question.dataset.id, { got: marks, of: rule.marks });
    count();
  }
  function picks(form) {
    const chosen = all(form, "input").flatMap((input, n) => (input.checked ? [n] : []));
    if (chosen.length) return chosen;
    say(form, "Pick at least one option first.", "");
    return null;
  }
  function texts(form, rule) {
    const inputs = all(form, ".dl-blank input");
    const odd = inputs.findIndex((i, n) => !dlScoring.readable(rule.blanks[n].key, i.value));
    if (odd < 0) return inputs.map((input) => input.value);
    const number = typeof rule.blanks[odd].key === "number";
    say(form, `Write ${number ? "a number such as 0.25" : "a shape such as (2, 3)"} in each field first.`, "");
    inputs[odd].focus();
    return null;
  }
  function markOwn(form) {
    const given = all(form, ".dl-rubric input").map((input) => Number(input.value) || 0);
    const rule = ruleOf(form);
    settle(form, rule, dlScoring.score(rule, given));
  }

  // What a set of questions has earned so far.
  function count() {
    for (const set of all(document, ".dl-set")) {
      const seen = all(set, ".dl-question").filter((q) => !q.hidden);
      const entries = seen.map((q) => memory[q.dataset.id]).filter((e) => e?.of);
      const got = entries.reduce((sum, entry) => sum + entry.got, 0);
      const most = seen.reduce((sum, q) => sum + Number(q.dataset.marks), 0);
      $(set, ".dl-count").textContent = entries.length
        ? `${entries.length} of ${seen.length} answered, ${show(got)} of ${show(most)} marks`
        : `${seen.length} questions, ${show(most)} marks`;
      $(set, "progress").max = seen.length;
      $(set, "progress").value = entries.length;
      $(set, ".dl-forget").hidden = !entries.length;
    }
  }
  function forget(set) {
    for (const question of all(set, ".dl-question")) {
      delete memory[question.dataset.id];
      turn(question, 0);
    }
    save();
    count();
    $(set, "progress").scrollIntoView({ block: "nearest" });
  }
  // Show others of a set: first those that were never answered, in random order.
  function draw(set) {
    const questions = all(set, ".dl-question");
    const rank = new Map(questions.map((q) =>
      [q, Math.random() + (memory[q.dataset.id]?.of ? 2 : 0) + (q.hidden ? 0 : 1)]));
    const chosen = [...questions].sort((a, b) => rank.get(a) - rank.get(b))
      .slice(0, Number(set.dataset.draw));
    for (const question of questions) {
      question.hidden = !chosen.includes(question);
      if (!question.hidden) turn(question, 0);
    }
    count();
    $(chosen[0], "input, textarea").focus();
  }

  document.addEventListener("submit", (event) => {
    if (!questionOf(event.target)) return;
    event.preventDefault();
    check(event.target);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".dl-question button, .dl-set-head button");
    if (!button) return;
    if (button.matches(".dl-again")) turn(questionOf(button), 0);
    if (button.matches(".dl-another")) turn(questionOf(button), 1);
    if (button.matches(".dl-forget")) forget(button.closest(".dl-set"));
    if (button.matches(".dl-draw")) draw(button.closest(".dl-set"));
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest(".dl-question form");
    if (!form) return;
    if (event.target.matches("textarea")) {
      remember(questionOf(form).dataset.id, { text: event.target.value });
    } else if (event.target.closest(".dl-rubric")) markOwn(form);
  });

  all(document, ".dl-question").forEach(start);
  all(document, ".dl-set").forEach((set) => { $(set, ".dl-set-head").hidden = false; });
  count();
})();
