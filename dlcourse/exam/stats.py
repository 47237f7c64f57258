"""How an exam's questions did: facility, discrimination, picks, reliability."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dlcourse.errors import CourseError
from dlcourse.exam.question import LETTERS
from dlcourse.exam.scoring import score

Rules = dict[str, dict[str, Any]]
Marks = NDArray[np.float64]


@dataclass(frozen=True)
class ItemStatistics:
    """How one question did.

    Args:
        number: the column's name, such as A3.
        marks: most that it is worth.
        facility: mean share of its marks, 0 (nobody) to 1 (everybody).
        discrimination: correlation of its marks with the marks of all other questions;
            the point-biserial correlation where it is marked right or wrong. NaN if
            everybody has the same marks.
        picks: how many answered with each letter, or left it empty; empty if the column
            holds marks.
        right: letters of the right options.
    """

    number: str
    marks: float
    facility: float
    discrimination: float
    picks: Mapping[str, int]
    right: str

    @property
    def flags(self) -> list[str]:
        """Say what somebody should look at."""
        found = []
        if not self.discrimination >= 0:
            found.append(
                "everybody has the same marks"
                if np.isnan(self.discrimination)
                else "the better half does worse here: check the key"
            )
        elif self.discrimination < 0.2:
            found.append("hardly tells strong from weak")
        if self.facility > 0.95:
            found.append("too easy to tell anything")
        elif self.facility < 0.2:
            found.append("hardly anybody can do it")
        wrong = {k: n for k, n in self.picks.items() if k in LETTERS}
        idle = [k for k, n in wrong.items() if n == 0 and k not in self.right]
        if idle:
            found.append(f"nobody picks {', '.join(idle)}")
        return found


@dataclass(frozen=True)
class ExamStatistics:
    """How a whole exam did.

    Args:
        students: names, in the file's order.
        marks: array of shape (students, questions), float64.
        items: one entry a question.
        alpha: Cronbach's alpha; KR-20 if every question is right or wrong. NaN for a
            single question or if everybody has the same total.
        dichotomous: whether every question is right or wrong, so that alpha is KR-20.
    """

    students: tuple[str, ...]
    marks: Marks
    items: tuple[ItemStatistics, ...]
    alpha: float
    dichotomous: bool

    @property
    def totals(self) -> Marks:
        """Return each student's marks, shape (students,), float64."""
        return np.asarray(self.marks.sum(axis=1))

    @property
    def standard_error(self) -> float:
        """Return the standard error of measurement, in marks."""
        return float(self.totals.std() * np.sqrt(max(0.0, 1 - self.alpha)))


def read_rules(path: Path) -> Rules:
    """Read the scoring rules of an exam from its ``exam.json``.

    Raises:
        CourseError: if the file is none.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {question["number"]: question for question in data["questions"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CourseError(
            f"{path}: no exam.json that dlcourse exam wrote ({error!r})."
        ) from error


def read_answers(
    path: Path, rules: Rules | None
) -> tuple[tuple[str, ...], list[str], list[list[str]]]:
    """Read a table of answers: one row a student, one column a question.

    Args:
        path: CSV in UTF-8. The first column names the student.
        rules: of the exam; without them the cells must hold marks.

    Returns:
        Students, question numbers, and the cells of each student.

    Raises:
        CourseError: if a row has another number of cells, a student comes twice, or a
            column is no question of the exam; the sentence names the line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = [row for row in csv.reader(lines) if any(map(str.strip, row))]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CourseError(f"{path}: cannot be read as CSV ({error}).") from error
    if len(rows) < 3 or len(rows[0]) < 2:
        raise CourseError(
            f"{path}: a heading with one column a question, and two students at least, "
            "are wanted."
        )
    numbers = [name.strip() for name in rows[0][1:]]
    if len(set(numbers)) < len(numbers):
        raise CourseError(f"{path}, line 1: two columns have the same name.")
    strange = [name for name in numbers if rules is not None and name not in rules]
    if strange:
        raise CourseError(
            f"{path}, line 1: the exam has no question {strange[0]!r}; there are "
            f"{', '.join(rules or ())}."
        )
    seen: set[str] = set()
    for line, row in enumerate(rows[1:], start=2):
        if len(row) != len(rows[0]):
            raise CourseError(
                f"{path}, row {line}: {len(row)} cells, the heading has {len(rows[0])}."
            )
        if row[0] in seen:
            raise CourseError(f"{path}, row {line}: {row[0]!r} comes twice.")
        seen.add(row[0])
    students = tuple(row[0] for row in rows[1:])
    return students, numbers, [row[1:] for row in rows[1:]]


def analyse(path: Path, rules: Rules | None = None) -> ExamStatistics:
    """Work out the statistics of a table of answers.

    Args:
        path: see ``read_answers``. With rules, a choice question's cells hold letters
            (``ac``), a numeric one's the answer (several separated by ``;``), a written
            one's its marks; empty means no answer. Without, all cells hold marks, and
            the most that anybody has counts as full.
        rules: from ``read_rules``.

    Raises:
        CourseError: if a cell cannot be read; the sentence names file, row and column.
    """
    students, numbers, cells = read_answers(path, rules)
    marks = np.array(
        [
            [
                _marks(cell, rules[number] if rules else None, path, row, number)
                for number, cell in zip(numbers, line, strict=True)
            ]
            for row, line in enumerate(cells, start=2)
        ],
        dtype=np.float64,
    )  # (students, questions)
    most = np.array(
        [
            rules[number]["marks"] if rules else max(marks[:, n].max(), 1e-9)
            for n, number in enumerate(numbers)
        ]
    )
    items = tuple(
        ItemStatistics(
            number,
            float(most[n]),
            float(marks[:, n].mean() / most[n]),
            discrimination(marks, n),
            _picks([line[n] for line in cells], rules[number]) if rules else {},
            _right(rules[number]) if rules else "",
        )
        for n, number in enumerate(numbers)
    )
    right_or_wrong = bool(np.isin(marks / most, (0.0, 1.0)).all())
    return ExamStatistics(students, marks, items, alpha(marks), right_or_wrong)


def discrimination(marks: Marks, item: int) -> float:
    """Correlate a question's marks with the sum of all others.

    The question itself is left out of the sum: else it would correlate with itself.
    For right or wrong this is the corrected point-biserial correlation (Henrysson,
    1963, Psychometrika 28, 211–218).

    Args:
        marks: shape (students, questions).
        item: the question's column.
    """
    own = marks[:, item]
    rest = marks.sum(axis=1) - own
    if np.ptp(own) == 0 or np.ptp(rest) == 0:
        return float("nan")
    return float(np.corrcoef(own, rest)[0, 1])


def alpha(marks: Marks) -> float:
    """Return Cronbach's alpha, k/(k−1) · (1 − Σ var(item) / var(total)).

    With items marked 0 or 1 it equals KR-20 (Kuder and Richardson, 1937; Cronbach,
    1951, Psychometrika 16, 297–334). Variances are biased, as in KR-20.

    Args:
        marks: shape (students, questions).
    """
    count = marks.shape[1]
    total = marks.sum(axis=1).var()
    if count < 2 or total == 0:
        return float("nan")
    return float(count / (count - 1) * (1 - marks.var(axis=0).sum() / total))


def _marks(
    cell: str, rule: Mapping[str, Any] | None, path: Path, row: int, number: str
) -> float:
    """Mark one cell."""
    text = cell.strip()
    place = f"{path}, row {row}, column {number}"
    if rule is None or rule["kind"] == "written":
        try:
            value = float(text or 0)
        except ValueError:
            raise CourseError(f"{place}: {text!r} is no number of marks.") from None
        if not 0 <= value <= (rule["marks"] if rule else float("inf")):
            limit = f"{rule['marks']:g}" if rule else "what it is worth"
            raise CourseError(f"{place}: {text} marks; 0 to {limit} are possible.")
        return value
    if not text:
        return 0.0
    if rule["kind"] == "numeric":
        given = [part.strip() for part in text.split(";")]
        wanted = len(rule["blanks"])
        if len(given) != wanted:
            raise CourseError(
                f"{place}: {len(given)} answers, {wanted} are wanted, separated by ';'."
            )
        return score(rule, given)
    return score(rule, _places(text, rule, place))


def _places(text: str, rule: Mapping[str, Any], place: str) -> list[int]:
    """Turn letters such as ``ac`` or ``a, c`` into positions."""
    letters = [sign for sign in text.lower() if sign not in " ,;+"]
    known = LETTERS[: len(rule["right"])]
    strange = [letter for letter in letters if letter not in known]
    if strange:
        raise CourseError(
            f"{place}: {text!r} has {strange[0]!r}; the options are {known[0]} to "
            f"{known[-1]}."
        )
    return [known.index(letter) for letter in letters]


def _picks(cells: Sequence[str], rule: Mapping[str, Any]) -> dict[str, int]:
    """Count how often each option was picked, and how many answers are empty."""
    if "right" not in rule:
        return {}
    known = LETTERS[: len(rule["right"])]
    counts = Counter(sign for cell in cells for sign in set(cell.lower()))
    empty = sum(not cell.strip() for cell in cells)
    return {**{letter: counts[letter] for letter in known}, "empty": empty}


def _right(rule: Mapping[str, Any]) -> str:
    right = rule.get("right", ())
    return "".join(letter for letter, is_ in zip(LETTERS, right, strict=False) if is_)
