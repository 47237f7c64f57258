// At work in a document before it is printed: from what a page offers to a reader at a
// screen it makes what helps one with paper. Called with the settings of compose.py.
async (settings) => {
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const make = (tag, name, html = "") => {
    const made = document.createElement(tag);
    made.className = name;
    made.innerHTML = html;
    return made;
  };
  const top = document.querySelector(".bd-article > section");

  // What only a screen needs. Folded code draws figures and is in the notebook.
  all(
    ".only-dark, .headerlink, .copybtn, .dl-set-head, .dl-buttons, .dl-result, .dl-slip, " +
      ".katex-mathml, details.hide, noscript, script, .dl-question[hidden], .toctree-wrapper, " +
      '.dl-exercise-links a[href*="/edit/"]',
  ).forEach((each) => each.remove());
  all(".katex-html").forEach((each) => each.removeAttribute("aria-hidden"));
  all("a.dl-term").forEach((each) => each.removeAttribute("data-tip"));

  // Demonstrations stand still; forms that compute are left to the screen.
  all(".dl-demo").forEach((demo) => {
    const name = demo.querySelector("legend")?.textContent ?? "Demonstration";
    all("form, .dl-demo-controls, .dl-demo-buttons", demo).forEach((each) => each.remove());
    demo.prepend(make("p", "dl-demo-name", `<strong></strong>`));
    demo.querySelector("strong").textContent = name;
    demo.append(
      make("p", "dl-online", `Still picture: it moves <a href="${settings.online}">online</a>.`),
    );
  });
  all("form.dl-hurdles").forEach((form) =>
    form.replaceWith(
      make("p", "dl-online", `The calculator works <a href="${settings.online}">online</a>.`),
    ),
  );

  // Answers leave their questions for the end of the chapter.
  const answers = make("section", "dl-answers", "<h2>Answers</h2>");
  answers.id = "answers";
  let number = 0;
  const answer = (label, short) => {
    const made = make("div", "dl-answer");
    made.id = `answer-${number}`;
    const head = make("p", "dl-answer-head", `<a href="#question-${number}"></a> `);
    head.firstChild.textContent = label;
    head.append(short);
    made.append(head);
    answers.append(made);
    return made;
  };
  const reason = (text, name, letter) => {
    const made = make("div", name);
    made.append(...text.childNodes);
    const first = made.querySelector(":scope > p") ?? made;
    if (letter) first.prepend(make("span", "dl-letter", `${letter} `));
    return made;
  };
  const choice = (form, made) => {
    const right = JSON.parse(form.dataset.rule).right ?? [];
    const letters = [];
    all(".dl-option", form).forEach((option, place) => {
      const letter = option.querySelector(".dl-letter").textContent;
      const why = option.querySelector(".dl-why");
      if (right[place]) letters.push(letter);
      if (why) made.append(reason(why, right[place] ? "dl-yes" : "dl-no", letter));
      why?.remove();
      option.querySelector("input").replaceWith(make("span", "dl-box"));
    });
    return letters.join(", ") || "none of them";
  };
  const blanks = (form) =>
    all(".dl-blank", form)
      .map((blank, _, them) => {
        const label = blank.querySelector(".dl-label").textContent.trim();
        blank.querySelector("input").replaceWith(make("span", "dl-gap"));
        blank.querySelector(".dl-hint")?.remove();
        if (them.length === 1) return blank.dataset.shown;
        return `${label}${label.endsWith(")") ? "" : ":"} ${blank.dataset.shown}`;
      })
      .join("; ");
  all(".dl-question .dl-face, details.sd-dropdown").forEach((form) => {
    number += 1;
    if (form.matches("details")) {
      const body = form.querySelector(".sd-summary-content");
      const name = form.querySelector(".sd-summary-text")?.textContent.trim() || "Answer";
      const place = make("p", "dl-turn", `<a href="#answer-${number}"></a>`);
      place.id = `question-${number}`;
      place.firstChild.textContent = `${name}: number ${number} at the end of this chapter`;
      answer(`${number}`, "").append(reason(body, "dl-solution"));
      form.replaceWith(place);
      return;
    }
    form.parentElement.id = `question-${number}`;
    const title = form.querySelector(".dl-question-head strong");
    if (/^Question/.test(title.textContent)) title.textContent = `Question ${number}`;
    const label = title.textContent.replace(/^Question /, "");
    title.innerHTML = `<a href="#answer-${number}">${title.textContent}</a>`;
    const made = answer(label, "");
    const short = make("strong", "");
    if (form.querySelector(".dl-option")) short.textContent = choice(form, made);
    else short.textContent = blanks(form);
    made.firstChild.append(short);
    all("textarea", form).forEach((each) => each.remove());
    const solution = form.querySelector(".dl-solution");
    if (!solution) return;
    all("input", solution).forEach((each) => each.remove());
    all(".dl-of", solution).forEach((each) => {
      each.textContent = each.textContent.replace("of ", "");
    });
    made.append(reason(solution, "dl-solution"));
    solution.remove();
  });
  all(".dl-mark").forEach((each) => each.remove());
  if (number) top.append(answers);

  // A line of code that is too long goes on below, with a mark in front.
  const whole = (pre) => {
    const open = [];
    const lines = [""];
    const parts = pre.innerHTML.replace(/\n$/, "").match(/<[^>]*>|\n|[^<\n]+/g) ?? [];
    for (const part of parts) {
      if (part === "\n") {
        const ends = open.map((tag) => `</${tag.match(/\w+/)[0]}>`).reverse();
        lines[lines.length - 1] += ends.join("");
        lines.push(open.join(""));
        continue;
      }
      if (part.startsWith("</")) open.pop();
      else if (part.startsWith("<")) open.push(part);
      lines[lines.length - 1] += part;
    }
    pre.innerHTML = lines.map((line) => `<span class="dl-line">${line}</span>`).join("\n");
  };
  all("pre").forEach((pre) => {
    if (pre.textContent.split("\n").some((line) => line.length > settings.columns)) whole(pre);
  });

  // Other pages of the book lead to these places.
  const doors = make("div", "");
  doors.hidden = true;
  for (const id of settings.targets) {
    const door = doors.appendChild(document.createElement("a"));
    door.href = `#${id}`;
  }
  document.body.append(doors);

  all("img").forEach((image) => image.setAttribute("loading", "eager"));
  await document.fonts.ready;
  await Promise.allSettled(all("img").map((image) => image.decode()));

  // What is still wider than the paper is made smaller, as a whole.
  const room = top ? top.getBoundingClientRect().right : document.body.clientWidth;
  all(".katex-display, table, .dl-picture, .dl-demo-picture").forEach((box) => {
    const { left } = box.getBoundingClientRect();
    const inner = all(".katex-html > .base, tr, svg", box);
    const right = Math.max(...inner.map((each) => each.getBoundingClientRect().right), 0);
    if (right > room + 1) box.style.zoom = Math.max(0.5, (room - left) / (right - left));
  });
};
