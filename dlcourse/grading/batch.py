"""Marking all submissions of an assignment, whatever is among them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from dlcourse.grading.light import skip_slow_imports
from dlcourse.grading.lock import only_batch
from dlcourse.grading.options import Options
from dlcourse.grading.result import Result
from dlcourse.grading.stop import Stop
from dlcourse.grading.workers import make_pool

# Nothing heavy is imported here: nbgrader and SQLAlchemy load while the workers start.


class Listener(Protocol):
    """Told how a batch goes."""

    def begin(self, total: int) -> None:
        """Hear how many submissions there are."""

    def say(self, sentence: str) -> None:
        """Hear what the batch waits for."""


class Silent:
    """A listener who does not care."""

    def begin(self, total: int) -> None:
        """Hear how many submissions there are."""

    def say(self, sentence: str) -> None:
        """Hear what the batch waits for."""


def grade_batch(
    root: Path,
    name: str,
    options: Options | None = None,
    listener: Listener | None = None,
) -> Iterator[Result]:
    """Mark the collected submissions of an assignment, several at a time.

    What was graded before is graded again only if it was handed in anew. Marks of
    earlier work never count for new work; marks by hand stay with the same work.
    A batch that was stopped or killed goes on where it was when it is run again.

    Args:
        root: the course's root folder.
        name: the assignment.
        options: how to grade.
        listener: told how it goes.

    Yields:
        What came of each submission, in the order in which they are done.

    Raises:
        CourseError: if the assignment is unknown, nothing was collected, another batch
            is running, or gradebook, workers or cluster are lost.
        KeyboardInterrupt: on Ctrl-C, with everything recorded that was finished.
    """
    options = options or Options()
    listener = listener or Silent()
    options.check()
    with ExitStack() as stack:
        stack.enter_context(only_batch(root))
        stop = stack.enter_context(Stop())
        pool = make_pool(options, listener.say)
        stack.callback(pool.kill)
        options.check_sandbox()
        skip_slow_imports()
        from dlcourse.grading.opening import open_batch

        batch, students = stack.enter_context(
            open_batch(root, name, options, (pool, stop, listener.say))
        )
        listener.begin(len(students))
        results = stack.enter_context(closing(batch.run(students)))
        for number, result in enumerate(results, start=1):
            yield replace(result, number=number, total=len(students))
