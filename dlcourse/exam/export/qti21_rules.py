"""Response processing of QTI 2.1: what turns an answer into marks and explanations."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from dlcourse.exam.export.files import add
from dlcourse.exam.export.spellings import decimal, shape_spellings
from dlcourse.exam.question import LETTERS, Blank, Option, Question, Value

# As scoring.py has it: a sum of rounded steps may land a hair beyond the tolerance.
_SLACK = 1e-9


def add_rules(root: ET.Element, question: Question) -> None:
    """Add the rules that set SCORE and FEEDBACK."""
    rules = add(root, "responseProcessing")
    if question.options:
        _process_choice(rules, question)
    elif question.blanks:
        _process_blanks(rules, question)
    else:
        _show(rules, _solution(question))


def named_options(question: Question) -> list[tuple[str, Option]]:
    """Return the options with the names that they have in an item."""
    return [
        (f"option_{letter}", option)
        for letter, option in zip(LETTERS, question.options, strict=False)
    ]


def named_blanks(question: Question) -> list[tuple[str, Blank]]:
    """Return the blanks with the names that they have in an item."""
    return [(f"BLANK{n}", blank) for n, blank in enumerate(question.blanks, start=1)]


def _set(parent: ET.Element, outcome: str) -> ET.Element:
    return add(parent, "setOutcomeValue", identifier=outcome)


def _if(parent: ET.Element) -> ET.Element:
    return add(add(parent, "responseCondition"), "responseIf")


def _base(parent: ET.Element, base_type: str, value: str) -> None:
    add(parent, "baseValue", value, baseType=base_type)


def _add_marks(parent: ET.Element) -> ET.Element:
    """Begin an addition to the marks; whoever calls adds the number."""
    total = add(_set(parent, "SCORE"), "sum")
    add(total, "variable", identifier="SCORE")
    return total


def _show(parent: ET.Element, names: Sequence[str], *variables: str) -> None:
    """Set which explanations are shown: these, and what variables name."""
    shown = add(_set(parent, "FEEDBACK"), "multiple")
    for variable in variables:
        add(shown, "variable", identifier=variable)
    for name in names:
        _base(shown, "identifier", name)


def _process_choice(rules: ET.Element, question: Question) -> None:
    answered = _if(rules)
    add(add(add(answered, "not"), "isNull"), "variable", identifier="RESPONSE")
    add(_add_marks(answered), "mapResponse", identifier="RESPONSE")
    right = [name for name, option in named_options(question) if option.right]
    # A right option that was not picked is explained, too.
    _show(rules, [*right, *_solution(question)], "RESPONSE")


def _solution(question: Question) -> list[str]:
    return ["solution"] if question.solution.strip() else []


def _process_blanks(rules: ET.Element, question: Question) -> None:
    share = question.marks / len(question.blanks)
    for name, blank in named_blanks(question):
        condition = _if(rules)
        if isinstance(blank.key, tuple):
            add(add(add(condition, "not"), "isNull"), "variable", identifier=name)
            add(_add_marks(condition), "mapResponse", identifier=name)
        else:
            _add_test(condition, name, blank, blank.key)
            _base(_add_marks(condition), "float", repr(share))
    _show(rules, _solution(question))
    for n, slip in enumerate(question.slips, start=1):
        condition = _if(rules)
        every = add(condition, "and")
        for (name, blank), value in zip(
            named_blanks(question), slip.values, strict=True
        ):
            _add_test(every, name, blank, value)
        _show(condition, [f"slip_{n}"], "FEEDBACK")


def _add_test(parent: ET.Element, name: str, blank: Blank, value: Value) -> None:
    """Ask whether an answer is this value."""
    if isinstance(value, tuple):
        test = add(parent, "member")
        add(test, "variable", identifier=name)
        texts = add(test, "multiple")
        for text in shape_spellings(value):
            _base(texts, "string", text)
        return
    off = decimal(blank.tolerance + _SLACK)
    test = add(parent, "equal", toleranceMode="absolute", tolerance=f"{off} {off}")
    add(test, "variable", identifier=name)
    _base(test, "float", repr(float(value)))
