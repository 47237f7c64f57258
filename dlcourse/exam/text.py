"""Static questions as text: Markdown with a front matter, several to a file.

A question begins with its fields between two lines ``---``. The statement follows,
then options as a task list, each with its explanation as a quote; or ``## Solution``
and, for a written question, ``## Marking scheme`` with lines ``- MARKS: what for``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dlcourse.errors import CourseError
from dlcourse.exam.question import Blank, Criterion, Option, Question, Value
from dlcourse.exam.topics import TOPICS

_FIELDS = {"id", "topic", "lab", "difficulty", "marks", "kind", "blanks"}
_BLANK_FIELDS = {"label", "key", "tolerance", "decimals"}
_OPTION = re.compile(r"- \[([ xX])\] (.*)")
_CRITERION = re.compile(r"- ([0-9]+(?:\.5)?): (.*)")
_IMAGE = re.compile(r"!\[[^\]]+\]\(([a-z0-9-]+)\.svg\)")


@dataclass
class _Raw:
    """The text of a question, taken apart."""

    fields: dict[str, Any]
    statement: list[str] = field(default_factory=list)
    options: list[tuple[bool, list[str]]] = field(default_factory=list)
    solution: list[str] = field(default_factory=list)
    scheme: list[str] = field(default_factory=list)


def read_questions(path: Path) -> list[Question]:
    """Read all questions of a file, checked.

    Args:
        path: the file; questions that name no topic have the file's name as theirs.

    Raises:
        CourseError: if one is ill-formed; the sentence names file, question and field.
    """
    return [to_question(raw, path) for raw in read_raw(path)]


def to_question(raw: _Raw, path: Path, **changes: Any) -> Question:
    """Make the question; ``changes`` are fields that its text does not hold.

    Raises:
        CourseError: if it is ill-formed; the sentence names file, question and field.
    """
    place = f"{path.name}, question {raw.fields.get('id', 'without id')}"
    fields = dict(raw.fields)
    unknown = sorted(set(fields) - _FIELDS)
    if unknown:
        known = ", ".join(sorted(_FIELDS))
        raise CourseError(f"{place}: unknown field {unknown[0]}; there are {known}.")
    for name in ("id", "difficulty", "marks", "kind"):
        if name not in fields:
            raise CourseError(f"{place}: the field {name} is missing.")
    if not isinstance(fields["marks"], (int, float)):
        raise CourseError(f"{place}: marks must be a number, not {fields['marks']!r}.")
    topic = fields.get("topic", path.stem)
    lab = TOPICS[topic].lab if topic in TOPICS else ""
    text = "\n".join([*raw.statement, *raw.solution])
    values = {
        "id": fields["id"],
        "topic": topic,
        "lab": fields.get("lab", lab),
        "difficulty": fields["difficulty"],
        "marks": fields["marks"],
        "kind": fields["kind"],
        "statement": _join(raw.statement),
        "solution": _join(raw.solution),
        "options": tuple(_option(*option, place) for option in raw.options),
        "blanks": tuple(_blank(blank, place) for blank in fields.get("blanks", ())),
        "rubric": tuple(_criteria(raw.scheme, place)),
        "images": {name: _image(path, name) for name in _IMAGE.findall(text)},
    }
    try:
        return Question(**{**values, **changes})
    except CourseError as error:
        raise CourseError(f"{path.name}: {error}") from error


def read_raw(path: Path) -> Iterator[_Raw]:
    """Take a file apart into its questions.

    Raises:
        CourseError: if the file has text before the first question, or a front matter
            is no YAML mapping.
    """
    raw: _Raw | None = None
    matter: list[str] | None = None
    part = "statement"
    fenced = False
    for line in path.read_text(encoding="utf-8").splitlines():
        fenced ^= line.lstrip().startswith("```")
        if line == "---" and not fenced:
            if matter is None:
                if raw is not None:
                    yield raw
                matter = []
            else:
                raw, matter, part = _Raw(_fields(matter, path)), None, "statement"
        elif matter is not None:
            matter.append(line)
        elif raw is None:
            if line.strip():
                raise CourseError(
                    f"{path.name}: text before the first question; begin with a line "
                    "--- and the fields of a question."
                )
        else:
            part = _take(line, raw, part, fenced)
    if matter is not None:
        raise CourseError(f"{path.name}: the last front matter has no closing ---.")
    if raw is not None:
        yield raw


def _take(line: str, raw: _Raw, part: str, fenced: bool) -> str:
    """Put a line where it belongs and say which part the next one is of."""
    if not fenced and line in ("## Solution", "## Marking scheme"):
        return "solution" if line == "## Solution" else "scheme"
    option = None if fenced else _OPTION.fullmatch(line)
    if option and part in ("statement", "options"):
        raw.options.append((option[1] != " ", [option[2]]))
        return "options"
    if part == "options":
        raw.options[-1][1].append(line)
    else:
        getattr(raw, part).append(line)
    return part


def _fields(lines: list[str], path: Path) -> dict[str, Any]:
    try:
        fields = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError as error:
        raise CourseError(
            f"{path.name}: the front matter that begins {lines[:1]} is no YAML: "
            f"{str(error).splitlines()[0]}."
        ) from error
    if not isinstance(fields, dict):
        raise CourseError(
            f"{path.name}: the front matter that begins {lines[:1]} names no fields."
        )
    return fields


def _join(lines: list[str]) -> str:
    return "\n".join(lines).strip()


def _option(right: bool, lines: list[str], place: str) -> Option:
    """Take an option's text and, from its quote, the explanation."""
    text, why = [], []
    for line in lines:
        if line.startswith("  >"):
            why.append(line[3:].removeprefix(" "))
        elif why and line.strip():
            raise CourseError(
                f"{place}: options hold text after an explanation ({line.strip()!r}); "
                "quote it by '  > ' or put it first."
            )
        else:
            text.append(line.removeprefix("  "))
    return Option(_join(text), right, _join(why))


def _blank(values: Any, place: str) -> Blank:
    unknown = sorted(set(values) - _BLANK_FIELDS) if isinstance(values, dict) else [""]
    if unknown or "key" not in values:
        wanted = ", ".join(sorted(_BLANK_FIELDS))
        raise CourseError(f"{place}: blanks need the fields key and some of {wanted}.")
    key: Value
    match values["key"]:
        case list(sizes) if all(isinstance(size, int) for size in sizes):
            key = tuple(sizes)
        case int(number) | float(number):
            key = float(number)
        case other:
            raise CourseError(
                f"{place}: blanks have the key {other!r}; give a number or a list of "
                "whole numbers."
            )
    return Blank(
        str(values.get("label", "")),
        key,
        float(values.get("tolerance", 0)),
        int(values.get("decimals", 0)),
    )


def _criteria(lines: list[str], place: str) -> Iterator[Criterion]:
    """Read the marking scheme, one line of marks each, which may go on indented."""
    entries: list[list[str]] = []
    for line in filter(str.strip, lines):
        if _CRITERION.fullmatch(line):
            entries.append([line])
        elif entries and line.startswith("  "):
            entries[-1].append(line.strip())
        else:
            raise CourseError(
                f"{place}: the marking scheme has the line {line.strip()!r}; write "
                "'- MARKS: what earns them'."
            )
    for entry in entries:
        found = _CRITERION.fullmatch(entry[0])
        assert found is not None
        yield Criterion(float(found[1]), "\n".join([found[2], *entry[1:]]))


def _image(path: Path, name: str) -> str:
    """Read an image of the bank from the folder ``images`` beside the file's."""
    image = path.parent.parent / "images" / f"{name}.svg"
    if not image.is_file():
        raise CourseError(f"{path.name}: the image images/{name}.svg does not exist.")
    return image.read_text(encoding="utf-8")
