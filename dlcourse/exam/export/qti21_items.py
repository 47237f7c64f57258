"""A question as an item of QTI 2.1."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from dlcourse.exam.export.files import add
from dlcourse.exam.export.qti21_rules import add_rules, named_blanks, named_options
from dlcourse.exam.export.rendered import Rendered, asked, question_title
from dlcourse.exam.export.spellings import shape_spellings
from dlcourse.exam.question import LETTERS, Question

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
# What QTI lets an element of XHTML have; presentation is the system's business.
_ATTRIBUTES = {
    "": ("class", "id"),
    "img": ("alt", "src", "width", "height"),
    "a": ("href",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan"),
}


def item(number: str, question: Question, rendered: Rendered) -> ET.Element:
    """Write a question as ``assessmentItem``; its outcome SCORE is the marks."""
    root = ET.Element("assessmentItem", {"xmlns": QTI})
    root.set("identifier", number)
    root.set("title", question_title(number, question))
    root.set("adaptive", "false")
    root.set("timeDependent", "false")
    declare, ask = {
        "single": (_declare_choice, _ask_choice),
        "several": (_declare_choice, _ask_choice),
        "numeric": (_declare_blanks, _ask_blanks),
        "written": (_declare_text, _ask_text),
    }[question.kind]
    declare(root, question)
    _declare_outcomes(root, question.marks)
    body = add(root, "itemBody")
    add_html(body, "div", rendered.statement)
    ask(body, question, rendered)
    add_rules(root, question)
    _add_feedback(root, question, rendered)
    return root


def add_html(parent: ET.Element, tag: str, html: str, **attributes: str) -> ET.Element:
    """Add an element that holds HTML, with what of it QTI allows."""
    element = ET.fromstring(f"<{tag}>{html}</{tag}>")
    for inner in element.iter():
        if not inner.tag.startswith(_MATHML):
            allowed = (*_ATTRIBUTES[""], *_ATTRIBUTES.get(inner.tag, ()))
            for name in [name for name in inner.attrib if name not in allowed]:
                del inner.attrib[name]
    for inner in element.iter():
        _unprefix(inner)
    for name, value in attributes.items():
        element.set(name.rstrip("_"), value)
    parent.append(element)
    return element


def _unprefix(element: ET.Element) -> None:
    """Write MathML with its namespace at its root, as XHTML does."""
    if element.tag.startswith(_MATHML):
        element.tag = element.tag.removeprefix(_MATHML)
        if element.tag == "math":
            element.set("xmlns", _MATHML.strip("{}"))


# What answers and results are called


def _declare_outcomes(root: ET.Element, marks: float) -> None:
    for name, value in (("SCORE", 0.0), ("MAXSCORE", marks)):
        score = add(
            root,
            "outcomeDeclaration",
            identifier=name,
            cardinality="single",
            baseType="float",
        )
        add(add(score, "defaultValue"), "value", f"{value:g}")
        if name == "SCORE":
            score.set("normalMinimum", "0")
            score.set("normalMaximum", f"{marks:g}")
    add(
        root,
        "outcomeDeclaration",
        identifier="FEEDBACK",
        cardinality="multiple",
        baseType="identifier",
    )


def _declare(
    root: ET.Element, name: str, base_type: str, cardinality: str = "single"
) -> ET.Element:
    return add(
        root,
        "responseDeclaration",
        identifier=name,
        cardinality=cardinality,
        baseType=base_type,
    )


def _declare_choice(root: ET.Element, question: Question) -> None:
    several = question.kind == "several"
    answer = _declare(
        root, "RESPONSE", "identifier", "multiple" if several else "single"
    )
    right = add(answer, "correctResponse")
    for name, option in named_options(question):
        if option.right:
            add(right, "value", name)
    share = question.marks / sum(option.right for option in question.options)
    mapping = _map(answer, question.marks)
    for name, option in named_options(question):
        value = share if option.right else -share
        add(mapping, "mapEntry", mapKey=name, mappedValue=repr(value))


def _map(answer: ET.Element, most: float) -> ET.Element:
    """Begin a table of marks; what stands in none of its lines earns nothing."""
    return add(
        answer,
        "mapping",
        lowerBound="0",
        upperBound=repr(float(most)),
        defaultValue="0",
    )


def _declare_blanks(root: ET.Element, question: Question) -> None:
    share = question.marks / len(question.blanks)
    for name, blank in named_blanks(question):
        shape = isinstance(blank.key, tuple)
        answer = _declare(root, name, "string" if shape else "float")
        add(add(answer, "correctResponse"), "value", blank.shown())
        if isinstance(blank.key, tuple):
            mapping = _map(answer, share)
            for text in shape_spellings(blank.key):
                add(
                    mapping,
                    "mapEntry",
                    mapKey=text,
                    mappedValue=repr(share),
                    caseSensitive="false",
                )


def _declare_text(root: ET.Element, question: Question) -> None:
    _declare(root, "RESPONSE", "string")


# What is shown


def _ask_choice(body: ET.Element, question: Question, rendered: Rendered) -> None:
    several = question.kind == "several"
    choices = add(
        body,
        "choiceInteraction",
        responseIdentifier="RESPONSE",
        shuffle="false",
        maxChoices="0" if several else "1",
    )
    for (name, _), html in zip(named_options(question), rendered.options, strict=True):
        add_html(choices, "simpleChoice", f"<div>{html}</div>", identifier=name)


def _ask_blanks(body: ET.Element, question: Question, rendered: Rendered) -> None:
    texts = asked(question, rendered)
    for (name, blank), html in zip(named_blanks(question), texts, strict=True):
        line = add_html(body, "p", f"{html}: ")
        length = "24" if isinstance(blank.key, tuple) else "12"
        add(
            line, "textEntryInteraction", responseIdentifier=name, expectedLength=length
        )


def _ask_text(body: ET.Element, question: Question, rendered: Rendered) -> None:
    add(
        body,
        "extendedTextInteraction",
        responseIdentifier="RESPONSE",
        expectedLines="10",
    )
    add_html(body, "rubricBlock", rendered.marked_by(question), view="scorer")


def _add_feedback(root: ET.Element, question: Question, rendered: Rendered) -> None:
    """Add explanations, of which response processing names those to show."""
    shown: list[tuple[str, str, str]] = []
    for (name, option), letter, why in zip(
        named_options(question), LETTERS, rendered.whys, strict=False
    ):
        state = "right" if option.right else "wrong"
        shown.append((name, f"{letter} · {state}", why))
    shown += [
        (f"slip_{n}", "A known mistake", why)
        for n, why in enumerate(rendered.slips, start=1)
    ]
    if rendered.solution:
        written = question.kind == "written"
        title = "Model answer" if written else "Worked solution"
        shown.append(("solution", title, rendered.solution))
    for name, title, html in shown:
        add_html(
            root,
            "modalFeedback",
            html,
            outcomeIdentifier="FEEDBACK",
            showHide="show",
            identifier=name,
            title=title,
        )
