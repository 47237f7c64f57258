"""What the kernel's watch has noticed, told apart: tampering, and worth a look."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dlcourse.grading import words

_IN_WORDS = {
    "frames": "looked at the frames of its callers",
    "objects": "searched the interpreter's objects or threads",
    "trace": "had itself called at each step of the code",
    "code": "made or swapped code",
    "native": "used native memory",
    "shell": "ran or replaced cells",
    "network": "tried to use the network",
    "processes": "started processes",
    "signals": "sent signals to processes",
    "files": "opened files outside its folder",
    "limits": "changed limits on memory, time and the like",
}


@dataclass
class Ran:
    """What was run, to know where lines of the report come from.

    Attributes:
        tests: of tests and probes, by what the kernel was given: when that was.
        files: likewise, by the name of the file they were given.
        locked: sources of the assignment's other cells.
        cells: names of the submission's own cells, by source.
    """

    tests: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    locked: set[str] = field(default_factory=set)
    cells: dict[str, str] = field(default_factory=dict)


@dataclass
class Verdict:
    """Sentences: evidence of tampering, and what a person should look at."""

    evidence: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)


def read_report(lines: Iterable[str], ran: Ran) -> Verdict:
    """Judge the lines of a watch.

    Reaching into the interpreter while a test is running is tampering, unless it is the
    test that does it. Everything else is for a person to look at.

    Args:
        lines: as the kernel's watch writes them.
        ran: what was run.
    """
    verdict = Verdict()
    noted = [event for event in _events(lines) if not _is_a_tests_own(event, ran)]
    if noted:
        _judge(noted, ran, verdict)
    return verdict


def _is_a_tests_own(event: Mapping[str, object], ran: Ran) -> bool:
    """Tell whether it is a test that does it, or what unpacks the test."""
    cell = event.get("cell")
    unpacked = event.get("event") == "marshal.loads" and cell == event.get("during")
    return cell is not None and (cell in ran.files or unpacked)


def _events(lines: Iterable[str]) -> Iterator[Mapping[str, object]]:
    """Read the lines; receipts of what ran are not needed, tests being sealed."""
    for line in lines:
        if '"event": "ran"' in line:
            continue
        try:
            event = json.loads(line)
        except ValueError:
            event = {}
        yield event if isinstance(event, dict) else {}


def _judge(noted: Iterable[Mapping[str, object]], ran: Ran, verdict: Verdict) -> None:
    # These take time, which honest submissions do not need.
    from dlcourse.grading.kernels.cells import cell_mark
    from dlcourse.grading.kernels.watched import INSIDES

    tests = {cell_mark(code): said for code, said in ran.tests.items()} | ran.files
    trusted = {*tests, *map(cell_mark, ran.locked)}
    names = {cell_mark(source): name for source, name in ran.cells.items()}
    for event in noted:
        kind, cell = str(event.get("kind")), str(event.get("cell"))
        if cell in trusted:
            continue
        who = f"cell {names[cell]}" if cell in names else "code of the submission"
        during = tests.get(str(event.get("during")), "")
        if kind not in _IN_WORDS:
            _add(verdict.evidence, f"{who} wrote into the grader's report")
        elif kind in INSIDES and during:
            _add(verdict.evidence, f"{who} {_IN_WORDS[kind]} {during}")
        else:
            _add(verdict.flags, words.for_review(f"{who} {_IN_WORDS[kind]}"))


def _add(sentences: list[str], sentence: str) -> None:
    if sentence not in sentences:
        sentences.append(sentence)
