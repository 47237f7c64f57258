"""How cells end, in states and sentences."""

from __future__ import annotations

from dataclasses import dataclass

from dlcourse.grading import words
from dlcourse.grading.talk.answer import ANSWERED, CUT, LOST, STUCK, Answer
from dlcourse.grading.task import EXECUTED, KILLED, NOT_EXECUTED, TIMED_OUT

# Limits that a cell may meet, by what the error says that tells of it.
_LIMITS = {
    "memory": ("MemoryError", "can't allocate memory", "annot allocate memory"),
    "disk space or file size": ("No space left on device", "File too large"),
    "processes and threads": ("can't start new thread", "Resource temporarily unav"),
}


@dataclass(frozen=True)
class Ending:
    """How a cell ended.

    Attributes:
        state: of the cell, if it is a test.
        events: sentences for the report.
        note: a sentence to stand among its outputs, or "".
        over: why nothing runs after it, or "".
    """

    state: str
    events: tuple[str, ...] = ()
    note: str = ""
    over: str = ""


def ending(answer: Answer, name: str, seconds: float) -> Ending:
    """Say how a cell ended.

    Args:
        answer: of the kernel.
        name: of the cell, for people.
        seconds: that it could take.
    """
    if answer.end == ANSWERED:
        return _answered(answer, name, seconds)
    if answer.end == LOST:
        said = words.drowned(name)
        return Ending(NOT_EXECUTED, (said,), said)
    if answer.end == STUCK:
        said = words.stuck(name, seconds)
        return Ending(TIMED_OUT, (said,), said, over=said)
    said = words.cut_off(name) if answer.end == CUT else words.died(name)
    return Ending(KILLED, (said,), said, over=said)


def _answered(answer: Answer, name: str, seconds: float) -> Ending:
    over = words.quit_kernel(name) if answer.quits else ""
    events = [over] if over else []
    if answer.overdue:
        said = words.stopped(name, seconds)
        return Ending(TIMED_OUT, (said, *events), said, over)
    said = " ".join(map(" ".join, [answer.error, *answer.errors]))
    for limit, signs in _LIMITS.items():
        if any(sign in said for sign in signs):
            events.append(words.out_of(name, limit))
    state = NOT_EXECUTED if answer.status == "aborted" else EXECUTED
    return Ending(state, tuple(events), over=over)
