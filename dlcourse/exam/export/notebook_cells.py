"""Answer cells of a paper's notebook, and the cells with their tests."""

from __future__ import annotations

import json
import pprint
from collections.abc import Mapping
from string import Template
from typing import Any

from dlcourse.exam.question import LETTERS, Blank, Question

_WIDTH = 80
# Reads the form of an answer, in sight of the students.
HELPERS = '''\
def read_letters(answer, options):
    """Read the letters of an answer, or say what is wrong with its form."""
    assert type(answer) is str, (
        f'the answer should be letters such as "ac", got {type(answer).__name__}'
    )
    picked = answer.lower().replace(",", "").replace(" ", "")
    assert picked, "the answer is empty; pick at least one option"
    for letter in picked:
        assert letter in options, f"there is no option {letter}"
    return picked


def read_values(answers, count):
    """Read numbers and shapes, or say what is wrong with their form."""
    assert type(answers) is list, f"expected a list, got {type(answers).__name__}"
    assert len(answers) == count, f"expected {count} answers, got {len(answers)}"
    for answer in answers:
        assert type(answer) in (int, float, str, tuple), (
            "an answer should be a number or a tuple such as (2, 3), got "
            f"{type(answer).__name__}; turn it into one of these"
        )
    texts = [str(answer) for answer in answers]
    assert any(texts), "no answer is filled in"
    return texts'''
# What is hidden gives partial credit: nbgrader takes the last value for it if that is
# a number from 0 to the marks, and gives all marks if there is none. So a full answer
# ends in silence, as `dlcourse release` demands of the reference solution.
_TESTS = Template("""\
def check_$id():
    $read


check_$id()
### BEGIN HIDDEN TESTS
def credit_$id():
    from dlcourse.exam.scoring import score

$rule
    assert score(rule, $nothing) == 0, "the scoring does not work"
    answer = $answer
    marks = float(min(max(score(rule, answer), 0), $marks))
    return marks if marks < $marks else None


credit_$id()
### END HIDDEN TESTS""")


def answer_cell(grade_id: str, question: Question) -> str:
    """Write the cell that students fill in, with the answer as its solution."""
    name = f"answer_{grade_id}"
    if question.options:
        letters = "".join(
            letter
            for letter, option in zip(LETTERS, question.options, strict=False)
            if option.right
        )
        return _solved(f'{name} = ""  # such as "a" or "ac"', f'{name} = "{letters}"')
    values = [_literal(blank) for blank in question.blanks]
    forms = [form(blank) for blank in question.blanks]
    if len(values) == 1:
        return _solved(f'{name} = ""  # {forms[0]}', f"{name} = {values[0]}")
    if len(set(forms)) == 1:
        comment = f"# {len(values)} answers in the order above, each {forms[0]}"
    else:
        comment = "\n".join(f"# {n}: {one}" for n, one in enumerate(forms, start=1))
    line = f"{name} = [{', '.join(values)}]"
    if len(line) > _WIDTH:
        line = f"{name} = [\n" + "".join(f"    {value},\n" for value in values) + "]"
    empty = ", ".join(['""'] * len(values))
    return _solved(f"{comment}\n{name} = [{empty}]", line)


def _solved(stub: str, solution: str) -> str:
    return f"{stub}\n### BEGIN SOLUTION\n{solution}\n### END SOLUTION"


def form(blank: Blank) -> str:
    """Say in what form the answer of a blank is wanted."""
    number = blank.decimals and not isinstance(blank.key, tuple)
    return f"a number, {blank.hint()}" if number else blank.hint()


def _literal(blank: Blank) -> str:
    """Write the key as Python, rounded as a reader would give it."""
    return repr(blank.key) if isinstance(blank.key, tuple) else blank.shown()


def tests_cell(grade_id: str, question: Question) -> str:
    """Write the tests of an answer: those of its form, and the hidden ones."""
    answer = f"answer_{grade_id}"
    if question.options:
        letters = LETTERS[: len(question.options)]
        read = f'read_letters({answer}, "{letters}")'
        nothing = "[]"
        taken = f'["{letters}".index(letter) for letter in {read}]'
    else:
        count = len(question.blanks)
        taken = read = f"read_values({answer if count > 1 else f'[{answer}]'}, {count})"
        nothing = json.dumps([""] * count)
    return _TESTS.substitute(
        id=grade_id,
        read=read,
        rule=_written(question.scoring()),
        nothing=nothing,
        answer=taken,
        marks=f"{question.marks:g}",
    )


def _written(rule: Mapping[str, Any]) -> str:
    """Write the rule as a literal, in lines that fit."""
    text = pprint.pformat(rule, width=_WIDTH - 12, sort_dicts=False).replace("'", '"')
    first, *more = f"rule = {text}".splitlines()
    # pprint aligns what it breaks with the first bracket.
    return "\n".join([f"    {first}", *(f"           {line}" for line in more)])
