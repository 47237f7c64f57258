// What the live demonstrations share: controls, numbers as text, a page kept up to date.
//
// A demonstration is an object: `title`, `start` (its first state), `controls(state)`,
// `view(state)`, and if it needs them `settle`, `press`, `point` and `tick`, each of which
// returns the next state. Everything is made from the state as text, so that the same lines
// draw the first picture when the site is built and all later ones in the reader's browser.
"use strict";

const dlDemoKit = (() => {
  const TICK = 90; // milliseconds

  const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

  function tag(name, attributes, content = "") {
    const text = Object.entries(attributes)
      .map(([key, value]) => ` ${key}="${escaped(value)}"`).join("");
    return `<${name}${text}>${content}</${name}>`;
  }

  // A number for people: a true minus sign, and no more digits than they read.
  const signed = (text) => text.replace("-", "−");
  const fixed = (value, digits = 2) => signed((Math.round(value * 1e9) / 1e9 || 0).toFixed(digits));
  function short(value) {
    if (!Number.isFinite(value)) return "infinite";
    if (value === 0) return "0";
    if (Math.abs(value) >= 0.001 && Math.abs(value) < 1e4) {
      return signed(Number(value.toPrecision(3)).toString());
    }
    return signed(value.toExponential(1).replace("e+", "e"));
  }

  // "a, b and c"
  const listing = (items) => (items.length < 2 ? items.join("")
    : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`);

  const shown = (control, value) => (control.show ? control.show(value) : signed(String(value)));

  const FACES = {
    range: (c, value) => `<label>${c.label} `
      + `<span class="dl-demo-value" aria-hidden="true">${shown(c, value)}</span>`
      + `<input type="range" name="${c.name}" min="${c.min}" max="${c.max}" `
      + `step="${c.step || 1}" value="${value}" aria-valuetext="${shown(c, value)}"></label>`,
    select: (c, value) => `<label>${c.label} <select name="${c.name}">${
      c.options.map(([key, text]) => `<option value="${key}"${
        key === value ? " selected" : ""}>${text}</option>`).join("")}</select></label>`,
    check: (c, value) => `<label class="dl-demo-check"><input type="checkbox" `
      + `name="${c.name}"${value ? " checked" : ""}> ${c.label}</label>`,
    button: (c) => `<button type="button" name="${c.name}">${c.label}</button>`,
  };

  // The whole demonstration in its first state; the controls wait for a script.
  function html(demo) {
    const controls = demo.controls(demo.start);
    const faces = (wanted) => controls.filter(wanted)
      .map((c) => FACES[c.kind](c, demo.start[c.name])).join("");
    const view = demo.view(demo.start);
    return `<form autocomplete="off"><fieldset disabled><legend>${demo.title}</legend>`
      + `<div class="dl-demo-controls">${faces((c) => c.kind !== "button")}</div>`
      + `<div class="dl-demo-buttons">${faces((c) => c.kind === "button")}</div>`
      + "</fieldset></form><noscript><p>The controls need JavaScript. What follows is the "
      + "first state.</p></noscript>"
      + tag("div", { class: "dl-demo-picture", role: "img", "aria-label": view.label },
        view.picture)
      + `<p class="dl-demo-words" role="status">${view.words}</p>`
      + `<div class="dl-demo-facts">${view.facts}</div>`;
  }

  function refresh(root, demo, state) {
    const part = (name) => root.querySelector(`.dl-demo-${name}`);
    for (const control of demo.controls(state)) {
      const field = root.querySelector(`[name="${control.name}"]`);
      const value = state[control.name];
      if (control.kind === "check") field.checked = value;
      else if (control.kind === "select") field.value = value;
      else if (control.kind === "range") {
        Object.assign(field, { min: control.min, max: control.max, value });
        field.setAttribute("aria-valuetext", shown(control, value));
        field.labels[0].querySelector("span").textContent = shown(control, value);
      } else if (field.textContent !== control.label) field.textContent = control.label;
    }
    const view = demo.view(state);
    part("picture").innerHTML = view.picture;
    part("picture").setAttribute("aria-label", view.label);
    // Nobody wants to hear every step of a run; its end is said.
    part("words").setAttribute("aria-live", state.running ? "off" : "polite");
    if (part("words").innerHTML !== view.words) part("words").innerHTML = view.words;
    const open = Boolean(part("facts").querySelector("details[open]"));
    part("facts").innerHTML = view.facts;
    const details = part("facts").querySelector("details");
    if (details) details.open = open;
  }

  // Give the controls of all demonstrations of this name a life.
  function wake(name, demo) {
    const still = matchMedia("(prefers-reduced-motion: reduce)");
    for (const root of document.querySelectorAll(`.dl-demo[data-demo="${name}"]`)) {
      let state = { ...demo.start };
      let timer = null;
      const set = (next) => {
        clearTimeout(timer);
        // Who wants no motion gets the end of a run at once.
        while (next.running && still.matches) next = demo.tick(next);
        state = next;
        refresh(root, demo, state);
        if (state.running) timer = setTimeout(() => set(demo.tick(state)), TICK);
      };
      const settle = (next, name_) => (demo.settle ? demo.settle(next, name_) : next);

      root.querySelector("fieldset").disabled = false;
      root.addEventListener("submit", (event) => event.preventDefault());
      root.addEventListener("input", ({ target }) => {
        const value = { checkbox: target.checked, range: Number(target.value) }[target.type]
          ?? target.value;
        set(settle({ ...state, [target.name]: value }, target.name));
      });
      root.addEventListener("click", ({ target }) => {
        if (target.type !== "button") return;
        set(target.name === "reset" ? { ...demo.start } : demo.press(state, target.name));
      });
      if (demo.point) follow(root, (...place) => set(settle(demo.point(state, ...place))));
    }
  }

  // Report where a pointer is in the drawing that it was put down on, from 0 to 1.
  function follow(root, report) {
    const picture = root.querySelector(".dl-demo-picture");
    let held = null;
    const move = (event) => {
      const drawing = held && picture.querySelector(`[data-drag="${held}"]`);
      if (!drawing) return;
      const { left, top, width, height } = drawing.getBoundingClientRect();
      report(held, (event.clientX - left) / width, (event.clientY - top) / height);
    };
    picture.addEventListener("pointerdown", (event) => {
      held = event.button === 0 ? event.target.closest("[data-drag]")?.dataset.drag : null;
      // The drawing is replaced while it is dragged; the picture around it stays.
      if (held) picture.setPointerCapture(event.pointerId);
      move(event);
    });
    picture.addEventListener("pointermove", move);
    for (const end of ["pointerup", "pointercancel"]) {
      picture.addEventListener(end, () => { held = null; });
    }
  }

  return { tag, fixed, short, signed, listing, html, wake };
})();

if (typeof module !== "undefined") module.exports = dlDemoKit;
