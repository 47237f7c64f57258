"""A question as a form: what the directives ``quiz`` and ``mock-exam`` show."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import escape

from docutils import nodes

from dlcourse.exam.question import LETTERS, Blank, Option, Question
from dlcourse.exam.topics import TOPICS

# Turns Markdown into the nodes of a page.
Parse = Callable[[str], list[nodes.Node]]
_IMAGE = re.compile(r"^!\[([^\]]+)\]\(([a-z0-9-]+)\.svg\)$", re.MULTILINE)


def question_nodes(
    faces: list[Question], parse: Parse, id_: str, heading: str, hidden: bool = False
) -> list[nodes.Node]:
    """Show a question, with further variants of it in reserve.

    Args:
        faces: the variants, the shown one first.
        parse: how the page reads Markdown.
        id_: under which the reader's browser keeps the result.
        heading: what the form says above the statement.
        hidden: whether the question waits until it is drawn.
    """
    first = faces[0]
    wait = " hidden" if hidden else ""
    return [
        _html(
            # Without a label of its own: it would be one more landmark of the page.
            f'<section class="dl-question" data-id="{escape(id_)}" '
            f'data-marks="{first.marks:g}"{wait}>'
        ),
        *_face(first, parse, heading),
        *(
            node
            for face in faces[1:]
            for node in (
                _html("<template>"),
                *_face(face, parse, heading),
                _html("</template>"),
            )
        ),
        _html("</section>"),
    ]


def _html(text: str) -> nodes.Node:
    return nodes.raw("", text, format="html")


def _face(question: Question, parse: Parse, heading: str) -> Iterator[nodes.Node]:
    rule = escape(json.dumps(question.scoring(), separators=(",", ":")))
    lab = question.lab.split("-")[0].replace("lab", "Lab ").replace("Lab 0", "Lab ")
    marks = f"{question.marks:g} mark{'s' if question.marks != 1 else ''}"
    yield _html(
        f'<form class="dl-face" data-rule="{rule}" novalidate>'
        f'<p class="dl-question-head"><strong>{escape(heading)}</strong>'
        f"<span>{TOPICS[question.topic].title} · {lab} · {question.difficulty} · "
        f"{marks}</span></p><div class='dl-statement'>"
    )
    yield from _text(question.statement, question, parse)
    yield _html("</div>")
    if question.options:
        yield from _options(question, parse)
    elif question.blanks:
        yield from _blanks(question, parse)
    else:
        yield _html(
            '<textarea rows="7" spellcheck="true" aria-label="Your answer" '
            'placeholder="Your answer stays in this browser."></textarea>'
        )
    label = "Show the model answer" if question.kind == "written" else "Check"
    yield _html(
        '<p class="dl-buttons">'
        f'<button type="submit" class="dl-check">{label}</button>'
        '<button type="button" class="dl-again dl-after" hidden>Try again</button>'
        '<button type="button" class="dl-another" hidden>Another one like this</button>'
        '</p><p class="dl-result" role="status"></p>'
    )
    if question.solution:
        yield _html('<div class="dl-solution dl-after" hidden>')
        title = "Model answer" if question.kind == "written" else "Worked solution"
        yield _html(f'<p class="dl-solution-title">{title}</p>')
        yield from _text(question.solution, question, parse)
        yield from _rubric(question, parse)
        yield _html("</div>")
    yield _html("</form>")


def _options(question: Question, parse: Parse) -> Iterator[nodes.Node]:
    # Boxes even where one option is right: the form tells no number before the answer.
    yield _html(
        '<fieldset class="dl-options"><legend>Pick every right option.</legend>'
    )
    for letter, option in zip(LETTERS, question.options, strict=False):
        yield from _option(letter, option, parse)
    yield _html("</fieldset>")


def _option(letter: str, option: Option, parse: Parse) -> Iterator[nodes.Node]:
    yield _html(
        '<div class="dl-option"><label><input type="checkbox">'
        f'<span class="dl-letter">{letter}</span><span class="dl-option-text">'
    )
    yield from _inline(option.text, parse)
    yield _html(
        '</span><span class="dl-mark"></span></label>'
        '<div class="dl-why dl-after" hidden>'
    )
    yield from parse(option.why)
    yield _html("</div></div>")


def _blanks(question: Question, parse: Parse) -> Iterator[nodes.Node]:
    yield _html('<div class="dl-blanks">')
    for blank in question.blanks:
        yield from _blank(blank, parse)
    yield _html("</div>")
    for slip in question.slips:
        keys = [
            {"key": value, "tolerance": blank.tolerance}
            for value, blank in zip(slip.values, question.blanks, strict=True)
        ]
        data = escape(json.dumps(keys, separators=(",", ":")))
        yield _html(f'<div class="dl-slip" data-keys="{data}" hidden>')
        yield from parse(slip.why)
        yield _html("</div>")


def _blank(blank: Blank, parse: Parse) -> Iterator[nodes.Node]:
    shape = isinstance(blank.key, tuple)
    mode = "text" if shape else "decimal"
    shown = escape(blank.shown().replace("-", "−"))
    yield _html(
        f'<div class="dl-blank" data-shown="{shown}"><label><span class="dl-label">'
    )
    yield from _inline(blank.label or "Answer", parse)
    yield _html(
        f'</span><input type="text" inputmode="{mode}" autocomplete="off" '
        f'spellcheck="false" size="{16 if shape else 10}">'
        f'<span class="dl-hint">{escape(blank.hint())}</span></label>'
        '<span class="dl-mark"></span></div>'
    )


def _rubric(question: Question, parse: Parse) -> Iterator[nodes.Node]:
    if not question.rubric:
        return
    yield _html(
        '<p class="dl-solution-title">Marking scheme</p><div class="dl-rubric">'
    )
    for criterion in question.rubric:
        yield _html(
            f'<label><input type="number" min="0" max="{criterion.marks:g}" step="0.5" '
            f'value="0"><span class="dl-of">of {criterion.marks:g}</span><span>'
        )
        yield from _inline(criterion.text, parse)
        yield _html("</span></label>")
    yield _html("</div>")


def _inline(text: str, parse: Parse) -> list[nodes.Node]:
    """Parse a text that stands inside a label: one paragraph loses its frame."""
    parsed = parse(text)
    if len(parsed) == 1 and isinstance(parsed[0], nodes.paragraph):
        return list(parsed[0].children)
    return parsed


def _text(text: str, question: Question, parse: Parse) -> Iterator[nodes.Node]:
    """Parse Markdown whose pictures are the question's own."""
    place = 0
    for found in _IMAGE.finditer(text):
        yield from parse(text[place : found.start()])
        svg = question.images[found[2]].replace(
            "<svg ", f'<svg role="img" aria-label="{escape(found[1])}" ', 1
        )
        yield _html(f'<div class="dl-picture">{svg}</div>')
        place = found.end()
    yield from parse(text[place:])
