"""The one rule that turns an answer into marks; book/_static/scoring.js mirrors it.

It works on plain data (``Question.scoring()``), so that pages, notebooks and exported
exams carry the rule's input with them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

# [0-9], not \d, which in Python means the digits of every script.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+")
_SPACES = re.compile("[ \t\r\n\u00a0\u2009\u202f]")
# A sum of rounded steps may land a hair beyond the tolerance.
_SLACK = 1e-9


def score(rule: Mapping[str, Any], answer: Collection[Any]) -> float:
    """Mark an answer.

    Choice: ``marks · max(0, (c − w) / K)`` for K right options, c of them and w wrong
    ones picked; a single-answer question is worth all or nothing by the same formula.
    Numeric: each blank carries the same share. Written: the marks given for each line
    of the rubric, each at most its own.

    Args:
        rule: ``Question.scoring()``.
        answer: choice: positions of the picked options, from 0; numeric: one text a
            blank; written: marks for each line of the rubric.

    Returns:
        Marks from 0 to ``rule["marks"]``.

    Raises:
        ValueError: if the answer has not the form that the question asks for.
    """
    if rule["kind"] == "numeric":
        return _score_blanks(rule, list(answer))
    if rule["kind"] == "written":
        return _score_rubric(rule, list(answer))
    return _score_choice(rule, answer)


def _score_choice(rule: Mapping[str, Any], picked: Collection[int]) -> float:
    right = rule["right"]
    if any(place not in range(len(right)) for place in picked):
        raise ValueError(f"options are numbered 0 to {len(right) - 1}, not {picked}")
    chosen = set(picked)
    hits = sum(right[place] for place in chosen)
    share = (hits - (len(chosen) - hits)) / sum(right)
    return float(rule["marks"] * max(0.0, share))


def _score_blanks(rule: Mapping[str, Any], texts: Sequence[object]) -> float:
    blanks = rule["blanks"]
    if len(texts) != len(blanks):
        raise ValueError(f"{len(blanks)} answers are wanted, not {len(texts)}")
    hits = sum(
        fits(blank["key"], blank["tolerance"], text)
        for blank, text in zip(blanks, texts, strict=True)
    )
    return float(rule["marks"] * hits / len(blanks))


def _score_rubric(rule: Mapping[str, Any], given: Sequence[float]) -> float:
    lines = rule["rubric"]
    if len(given) != len(lines):
        raise ValueError(f"{len(lines)} marks are wanted, not {len(given)}")
    marks = sum(
        min(max(0.0, mark), most) for mark, most in zip(given, lines, strict=True)
    )
    return float(min(marks, rule["marks"]))


def fits(key: float | Sequence[int], tolerance: float, answer: object) -> bool:
    """Tell whether an answer, as text, number or shape, is the key within tolerance."""
    text = _plain(answer)
    if isinstance(key, (int, float)):
        return any(abs(v - key) <= tolerance + _SLACK for v in read_numbers(text))
    return read_shape(text) == list(key)


def _plain(answer: object) -> str:
    """Write an answer as text without spaces: numbers and tuples are fine, too."""
    return _SPACES.sub("", str(answer).replace("−", "-").lower())


def read_numbers(text: str) -> list[float]:
    """Read a number in each way that it can be meant; nothing if it is none.

    ``1,234`` may be 1234 or 1.234: whoever writes either gets the benefit of the doubt.
    """
    readings = []
    if _NUMBER.fullmatch(text):
        readings.append(float(text))
    if _GROUPED.fullmatch(text):
        readings.append(float(text.replace(",", "")))
    if _DECIMAL_COMMA.fullmatch(text):
        readings.append(float(text.replace(",", ".")))
    return [value for value in readings if math.isfinite(value)]


def read_shape(text: str) -> list[int] | None:
    """Read a shape such as ``(128, 16)``, ``[128,16]``, ``128x16`` or ``128``."""
    text = re.sub(r"^(?:torch\.size)?[(\[]{1,2}|[)\]]{1,2}$", "", text).rstrip(",")
    parts = re.split("[,x×*]", text)
    if not all(re.fullmatch("[0-9]{1,12}", part) for part in parts):
        return None
    return [int(part) for part in parts]
