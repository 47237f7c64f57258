"""A paper as Moodle XML, which Moodle's question bank imports."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from dlcourse.exam.compose import Paper
from dlcourse.exam.export.export import Export
from dlcourse.exam.export.files import add, xml_bytes
from dlcourse.exam.export.rendered import (
    Rendered,
    asked,
    listed,
    paper_name,
    paper_title,
    question_title,
    render,
)
from dlcourse.exam.export.spellings import decimal, shape_spellings
from dlcourse.exam.question import Blank, Question, Value
from dlcourse.exam.scoring import fits
from dlcourse.exam.topics import TOPICS


def moodle_xml(paper: Paper) -> Export:
    """Write a paper as Moodle XML.

    A question of kind single has radio buttons, one of kind several check boxes: in
    Moodle, a question with one right option can be told from the others, and nothing
    tells how many are right where it may be several.

    Each of K right options earns ``100 / K`` per cent, each wrong one costs as much;
    Moodle gives no question less than 0, so that its marks are those of
    ``scoring.score``. A question with one number is numerical; one with a shape, or
    with several answers, is of Moodle's type "embedded answers (Cloze)".

    Raises:
        CourseError: if pandoc cannot read a text.
    """
    quiz = ET.Element("quiz")
    for part in paper.parts:
        category = add(quiz, "question", type="category")
        title = f"{part.section.letter} · {part.section.title}".replace("/", "//")
        path = f"$course$/top/{paper_title(paper)}/{title}"
        add(add(category, "category"), "text", path)
        for number, question in part.numbered():
            _add_question(quiz, number, question)
    name = f"{paper_name(paper)}-moodle.xml"
    return Export({name: xml_bytes(quiz)}, tuple(_remarks(paper)))


def _is_cloze(question: Question) -> bool:
    return len(question.blanks) > 1 or any(
        isinstance(blank.key, tuple) for blank in question.blanks
    )


def _add_question(quiz: ET.Element, number: str, question: Question) -> None:
    rendered = render(question)
    kind, write = {
        "single": ("multichoice", _write_choice),
        "several": ("multichoice", _write_choice),
        "numeric": ("numerical", _write_number),
        "written": ("essay", _write_essay),
    }[question.kind]
    text = rendered.statement
    if _is_cloze(question):
        kind, text = "cloze", text + _cloze(question, rendered)
    elif question.blanks:
        text += f"<p>{asked(question, rendered)[0]}</p>"
    element = add(quiz, "question", type=kind)
    add(add(element, "name"), "text", question_title(number, question))
    _add_html(element, "questiontext", text)
    _add_html(element, "generalfeedback", rendered.solution)
    add(element, "defaultgrade", f"{question.marks:g}")
    add(element, "penalty", "0")
    add(element, "hidden", "0")
    if kind != "cloze":
        write(element, question, rendered)
    tags = add(element, "tags")
    for tag in (TOPICS[question.topic].title, question.difficulty):
        add(add(tags, "tag"), "text", tag)


def _add_html(parent: ET.Element, tag: str, html: str, **attributes: str) -> ET.Element:
    element = add(parent, tag, format="html", **attributes)
    add(element, "text", html)
    return element


def _write_choice(element: ET.Element, question: Question, rendered: Rendered) -> None:
    add(element, "single", "true" if question.kind == "single" else "false")
    add(element, "shuffleanswers", "false")
    add(element, "answernumbering", "abc")
    for text in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        _add_html(element, text, "")
    right = sum(option.right for option in question.options)
    for option, html, why in zip(
        question.options, rendered.options, rendered.whys, strict=True
    ):
        wrong = "0" if question.kind == "single" else f"-{weight(right)}"
        fraction = weight(right) if option.right else wrong
        answer = _add_html(element, "answer", html, fraction=fraction)
        _add_html(answer, "feedback", why)


def weight(right: int) -> str:
    """Write the share of one of so many right options as Moodle's list has it."""
    return f"{100 / right:.5f}".rstrip("0").rstrip(".")


def _write_number(element: ET.Element, question: Question, rendered: Rendered) -> None:
    blank = question.blanks[0]
    answers: list[tuple[Value, str, str]] = [(blank.key, "100", "")]
    answers += [(value, "0", why) for value, why in _slips(question, 0, rendered)]
    for value, fraction, why in answers:
        answer = add(element, "answer", fraction=fraction, format="moodle_auto_format")
        assert isinstance(value, (int, float))
        add(answer, "text", decimal(value))
        add(answer, "tolerance", decimal(blank.tolerance))
        _add_html(answer, "feedback", why)


def _slips(
    question: Question, place: int, rendered: Rendered
) -> list[tuple[Value, str]]:
    """List the wrong values of a blank that have a name, with what they tell."""
    blank = question.blanks[place]
    found: dict[Value, str] = {}
    for slip, why in zip(question.slips, rendered.slips, strict=True):
        value = slip.values[place]
        # Of several blanks a slip may hit some only.
        if not fits(_plain_key(blank), blank.tolerance, value):
            found.setdefault(value, why)
    return list(found.items())


def _plain_key(blank: Blank) -> float | list[int]:
    return list(blank.key) if isinstance(blank.key, tuple) else blank.key


def _write_essay(element: ET.Element, question: Question, rendered: Rendered) -> None:
    add(element, "responseformat", "editor")
    add(element, "responserequired", "0")
    add(element, "responsefieldlines", "10")
    add(element, "attachments", "0")
    _add_html(element, "graderinfo", rendered.marked_by(question))


def _cloze(question: Question, rendered: Rendered) -> str:
    """Write the blanks of a question in Moodle's own notation, a paragraph each."""
    share = _share(question)
    return "".join(
        f"<p>{text}: {{{share}:{_gap(question, place, rendered)}}}</p>"
        for place, text in enumerate(asked(question, rendered))
    )


def _share(question: Question) -> int:
    """Return the weight of a blank: whole numbers are all that Moodle reads there."""
    return max(1, int(question.marks / len(question.blanks)))


def _gap(question: Question, place: int, rendered: Rendered) -> str:
    blank = question.blanks[place]
    kind = "SHORTANSWER" if isinstance(blank.key, tuple) else "NUMERICAL"
    answers = [f"={text}" for text in _answers(blank, blank.key)]
    for value, why in _slips(question, place, rendered):
        # Feedback on a mistake is worth its two usual spellings, not more.
        texts = _answers(blank, value)[:2]
        answers += [f"{text}#{cloze_feedback(why)}" for text in texts]
    return f"{kind}:{'~'.join(answers)}"


def _answers(blank: Blank, value: Value) -> list[str]:
    """Write a value in the notation of an embedded answer; its signs need no care."""
    if isinstance(value, tuple):
        return shape_spellings(value)
    return [f"{decimal(value)}:{decimal(blank.tolerance)}"]


def cloze_feedback(html: str) -> str:
    """Protect feedback within an embedded answer.

    There ``}`` and ``~`` end it, ``\\}`` and ``\\#`` lose their backslash, and Moodle
    decodes entities once; so these signs become entities, and then each ``&`` does.
    """
    html = html.replace("}", "&#125;").replace("~", "&#126;")
    return re.sub(r"\\#", r"\\&#35;", html).replace("&", "&amp;")


def _remarks(paper: Paper) -> list[str]:
    """Say what Moodle cannot hold of this paper."""
    remarks = []
    numbered = list(paper.numbered())
    cloze = [(number, q) for number, q in numbered if _is_cloze(q)]
    other = [
        f"{number} to {q.marks:g}, not {_share(q) * len(q.blanks)}"
        for number, q in cloze
        if _share(q) * len(q.blanks) != q.marks
    ]
    if other:
        remarks.append(
            "Moodle gives a whole number of marks to each blank of a question: in the "
            f"quiz, set the maximum marks of {'; '.join(other)}."
        )
    shapes = [
        number
        for number, q in cloze
        if any(isinstance(blank.key, tuple) for blank in q.blanks)
    ]
    if shapes:
        remarks.append(
            f"Moodle compares the shapes of {listed(shapes)} with a list of spellings: "
            "look at answers with unusual spaces by hand."
        )
    commas = [number for number, q in numbered if any(map(_may_hold_comma, q.blanks))]
    if commas:
        remarks.append(
            "Whether Moodle reads 1,5 as 1.5 or as 15 depends on its language: ask for "
            f"decimal points, and for no other separators, in {listed(commas)}."
        )
    return remarks


def _may_hold_comma(blank: Blank) -> bool:
    key = blank.key
    return not isinstance(key, tuple) and (blank.decimals > 0 or abs(key) >= 1000)
