"""Tracebacks as students know them, of tests whose source the kernel did not have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dlcourse.grading.trust.seal import NAME

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_CELL = re.compile(r"\s*(?:Cell|Input) In\s?\[(\d+)\],? line \d+")
_FILE = re.compile(r"\s*File (\S+):(\d+)([^\n]*)")
_COUNT = re.compile(r"(?:\b|(?<=m))In\[(\d+)\]")  # perhaps after a colour's m
_LINE = re.compile(r"\s*(?:-+> *)?(\d+)\b")
_AROUND = 2  # lines shown on either side


@dataclass(frozen=True)
class Place:
    """Where an error was raised.

    Attributes:
        source: of the cell.
        number: of the cell, as the notebook shows it.
        count: IPython's number for what it ran.
        file: the name of the file, if the cell was sent without its source.
        numbers: those that the notebook shows of earlier cells, by IPython's.
    """

    source: str
    number: int
    count: str
    file: str
    numbers: Mapping[str, int]


def mended(traceback: Sequence[str], place: Place) -> list[str]:
    """Show lines and numbers of cells as if the notebook had been run as it stands.

    Args:
        traceback: a text for each frame, as IPython makes it.
        place: the cell that was run.
    """
    frames = []
    for frame in traceback:
        text = _ANSI.sub("", frame)
        cell, file = _CELL.match(text), _FILE.match(text)
        if place.file and cell and cell[1] == place.count:
            continue  # the call that runs the test
        if place.file and file and file[1].endswith(f"{place.file}.py"):
            frames.append(_drawn(place, int(file[2]), file[3]))
        else:
            frames.append(_renumbered(_without_seal(frame, place), place))
    return frames


def _drawn(place: Place, line: int, function: str) -> str:
    lines = place.source.split("\n")
    shown = range(max(1, line - _AROUND), min(len(lines), line + _AROUND) + 1)
    drawn = [f"Cell In[{place.number}], line {line}{function}"]
    for number in shown:
        arrow = "---->" if number == line else "     "
        drawn.append(f"{arrow} {number} {lines[number - 1]}")
    return "\n".join(drawn) + "\n"


def _without_seal(frame: str, place: Place) -> str:
    """Take out lines that stand behind the cell's own."""
    if NAME not in frame:
        return frame
    most = place.source.count("\n") + 1
    first, *rest = frame.split("\n")
    kept = [
        line
        for line in rest
        if not (found := _LINE.match(_ANSI.sub("", line))) or int(found[1]) <= most
    ]
    return "\n".join([first, *(line for line in kept if NAME not in line)])


def _renumbered(frame: str, place: Place) -> str:
    numbers = {**place.numbers, place.count: place.number}

    def number(found: re.Match[str]) -> str:
        return f"In[{numbers.get(found[1], found[1])}]"

    return _COUNT.sub(number, frame)
