"""A question as an item of QTI 1.2, in the way in which Canvas writes and reads it."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from dlcourse.exam.export.files import add
from dlcourse.exam.export.rendered import Rendered, asked, question_title
from dlcourse.exam.export.spellings import bounds, spellings
from dlcourse.exam.question import Question

BLANKS = "fill_in_multiple_blanks_question"
_ANSWER = "response1"
# Canvas wants whole numbers as ids; so many are kept for the answers of a question.
_IDS = 100_000


def canvas_type(question: Question) -> str:
    """Return Canvas' name for the type that a question gets."""
    shapes = any(isinstance(blank.key, tuple) for blank in question.blanks)
    if shapes or len(question.blanks) > 1:
        return BLANKS
    return {
        "single": "multiple_choice_question",
        "several": "multiple_answers_question",
        "numeric": "numerical_question",
        "written": "essay_question",
    }[question.kind]


def add_item(
    section: ET.Element, number: str, place: int, question: Question, rendered: Rendered
) -> None:
    """Add a question to a section.

    Args:
        section: the section.
        number: the question's number in the paper.
        place: its place in the paper, from 1.
        question: the question.
        rendered: its texts.
    """
    kind = canvas_type(question)
    item = _begin(section, number, question_title(number, question))
    answers = [f"{place * _IDS + n}" for n, _ in enumerate(question.options, start=1)]
    _add_metadata(item, kind, question.marks, number, answers)
    presentation = add(item, "presentation")
    add_text(presentation, f"<div>{_statement(kind, question, rendered)}</div>")
    rules = add(item, "resprocessing")
    add(
        add(rules, "outcomes"),
        "decvar",
        maxvalue="100",
        minvalue="0",
        varname="SCORE",
        vartype="Decimal",
    )
    comments = {f"{a}_fb": why for a, why in zip(answers, rendered.whys, strict=True)}
    for answer in answers:
        _show(rules, f"{answer}_fb", answer)
    if general := _general(question, rendered):
        comments["general_fb"] = general
        _show(rules, "general_fb")
    if answers:
        _add_options(presentation, question, rendered, answers)
        _mark_options(rules, question, answers)
    elif kind == BLANKS:
        _add_blanks(presentation, rules, question, place)
    else:
        _add_field(presentation, kind)
        _mark_field(rules, question)
    for name, html in comments.items():
        add_text(add(add(item, "itemfeedback", ident=name), "flow_mat"), html)


def _statement(kind: str, question: Question, rendered: Rendered) -> str:
    """Return the statement, with the places of its blanks if it has several."""
    lines = asked(question, rendered)
    if kind == BLANKS:
        lines = [f"{one}: [blank{n}]" for n, one in enumerate(lines, start=1)]
    return rendered.statement + "".join(f"<p>{line}</p>" for line in lines)


def add_heading(section: ET.Element, number: str, title: str, html: str) -> None:
    """Add a text without a question, which begins a part of the paper."""
    item = _begin(section, number, title)
    _add_metadata(item, "text_only_question", 0, number, [])
    add_text(add(item, "presentation"), html)


def _begin(section: ET.Element, number: str, title: str) -> ET.Element:
    return add(section, "item", ident=f"question_{number.lower()}", title=title)


def _add_metadata(
    item: ET.Element, kind: str, marks: float, number: str, answers: Sequence[str]
) -> None:
    fields = add(add(item, "itemmetadata"), "qtimetadata")
    for label, entry in (
        ("question_type", kind),
        ("points_possible", f"{marks:g}"),
        ("original_answer_ids", ",".join(answers)),
        ("assessment_question_identifierref", f"bank_{number.lower()}"),
    ):
        field = add(fields, "qtimetadatafield")
        add(field, "fieldlabel", label)
        add(field, "fieldentry", entry)


def add_text(parent: ET.Element, text: str, kind: str = "html") -> None:
    """Add HTML, or plain text, as Canvas keeps it: as the text of an element."""
    add(add(parent, "material"), "mattext", text, texttype=f"text/{kind}")


def _general(question: Question, rendered: Rendered) -> str:
    """Return what is shown to everybody after the quiz."""
    if question.kind == "written":
        return rendered.marked_by(question)
    html = rendered.solution
    if question.slips:
        lines = []
        for slip, why in zip(question.slips, rendered.slips, strict=True):
            shown = ", ".join(
                blank.shown(value)
                for blank, value in zip(question.blanks, slip.values, strict=True)
            )
            lines.append(f"<li>{shown}: {why}</li>")
        html += f"<p>Known mistakes:</p><ul>{''.join(lines)}</ul>"
    return html


def _condition(rules: ET.Element, goes_on: str) -> tuple[ET.Element, ET.Element]:
    rule = add(rules, "respcondition", continue_=goes_on)
    return rule, add(rule, "conditionvar")


def _show(rules: ET.Element, name: str, answer: str | None = None) -> None:
    """Show a comment: always, or to whoever picks an option."""
    rule, test = _condition(rules, "Yes")
    if answer is None:
        add(test, "other")
    else:
        add(test, "varequal", answer, respident=_ANSWER)
    add(rule, "displayfeedback", feedbacktype="Response", linkrefid=name)


def _full_marks(rule: ET.Element, share: str = "100", action: str = "Set") -> None:
    add(rule, "setvar", share, action=action, varname="SCORE")


# Options


def _add_options(
    presentation: ET.Element,
    question: Question,
    rendered: Rendered,
    answers: Sequence[str],
) -> None:
    several = "Multiple" if question.kind == "several" else "Single"
    field = add(presentation, "response_lid", ident=_ANSWER, rcardinality=several)
    choices = add(field, "render_choice")
    for answer, html in zip(answers, rendered.options, strict=True):
        add_text(add(choices, "response_label", ident=answer), f"<div>{html}</div>")


def _mark_options(
    rules: ET.Element, question: Question, answers: Sequence[str]
) -> None:
    """Say which options are right; how a share of them counts is Canvas' own rule."""
    rule, test = _condition(rules, "No")
    parent = add(test, "and") if question.kind == "several" else test
    for answer, option in zip(answers, question.options, strict=True):
        if option.right:
            add(parent, "varequal", answer, respident=_ANSWER)
        elif question.kind == "several":
            add(add(parent, "not"), "varequal", answer, respident=_ANSWER)
    _full_marks(rule)


# Numbers, shapes, words


def _add_blanks(
    presentation: ET.Element, rules: ET.Element, question: Question, place: int
) -> None:
    """Add the texts that count in each blank, and an equal share for each."""
    serial = place * _IDS
    for n, blank in enumerate(question.blanks, start=1):
        field = add(presentation, "response_lid", ident=f"response_blank{n}")
        add(add(field, "material"), "mattext", f"blank{n}")
        choices = add(field, "render_choice")
        first = serial + 1
        for text in spellings(blank):
            serial += 1
            label = add(choices, "response_label", ident=f"{serial}")
            add_text(label, text, "plain")
        rule, test = _condition(rules, "Yes")
        add(test, "varequal", f"{first}", respident=f"response_blank{n}")
        _full_marks(rule, f"{100 / len(question.blanks):.2f}", "Add")


def _add_field(presentation: ET.Element, kind: str) -> None:
    field = add(presentation, "response_str", ident=_ANSWER, rcardinality="Single")
    if kind == "numerical_question":
        line = add(field, "render_fib", fibtype="Decimal")
        add(line, "response_label", ident="answer1")
    else:
        line = add(field, "render_fib")
        add(line, "response_label", ident="answer1", rshuffle="No")


def _mark_field(rules: ET.Element, question: Question) -> None:
    rule, test = _condition(rules, "No")
    if question.kind == "written":
        add(test, "other")
        return
    blank = question.blanks[0]
    assert not isinstance(blank.key, tuple)
    low, high = bounds(blank.key, blank.tolerance)
    add(test, "vargte", low, respident=_ANSWER)
    add(test, "varlte", high, respident=_ANSWER)
    _full_marks(rule)
