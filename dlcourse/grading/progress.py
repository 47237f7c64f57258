"""What an instructor sees of a batch: a moving line, or a line for each submission."""

from __future__ import annotations

from types import TracebackType
from typing import IO, Protocol

import click

from dlcourse.grading.result import Result, Summary, printable


class Display(Protocol):
    """Shows how a batch goes."""

    summary: Summary

    def __enter__(self) -> Display:
        """Begin to show."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Show no more."""

    def begin(self, total: int) -> None:
        """Hear how many submissions there are."""

    def say(self, sentence: str) -> None:
        """Show what the batch waits for."""

    def add(self, result: Result) -> None:
        """Show one more result."""


class Lines:
    """For a file or another program: one line for each submission."""

    def __init__(self) -> None:
        self.summary = Summary()

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def begin(self, total: int) -> None:
        """Start the clock."""
        self.summary = Summary()

    def say(self, sentence: str) -> None:
        """Write what the batch waits for, apart from the results."""
        click.echo(f"dlcourse: {printable(sentence)}", err=True)

    def add(self, result: Result) -> None:
        """Write a result."""
        self.summary.add(result)
        click.echo(f"[{result.number}/{result.total}] {result.line()}")


class Moving:
    """For a terminal: how many are done, how fast, how long to go, and the last one.

    Results that need a look, and sentences, scroll by above.
    """

    def __init__(self, file: IO[str] | None = None) -> None:
        """Prepare a terminal.

        Args:
            file: the terminal, if it is not standard output.
        """
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self.summary = Summary()
        self.console = Console(
            file=file, highlight=False, markup=False, emoji=False, soft_wrap=True
        )
        self._progress = Progress(
            MofNCompleteColumn(),
            BarColumn(bar_width=20),
            TextColumn("{task.fields[rate]}", markup=False),
            TimeRemainingColumn(),
            TextColumn("{task.fields[last]}", markup=False),
            console=self.console,
            transient=True,
        )
        self._task = self._progress.add_task("", total=None, rate="", last="starting")

    def __enter__(self) -> Moving:
        self._progress.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._progress.stop()

    def begin(self, total: int) -> None:
        """Show how many there are."""
        self.summary = Summary()
        self._progress.update(self._task, total=total)

    def say(self, sentence: str) -> None:
        """Show what the batch waits for."""
        self.console.print(f"dlcourse: {printable(sentence)}")

    def refresh(self) -> None:
        """Draw the line anew now, not in a moment."""
        self._progress.refresh()

    def add(self, result: Result) -> None:
        """Show a result."""
        self.summary.add(result)
        line = result.line()
        if result.events or result.flags:
            self.console.print(f"[{result.number}/{result.total}] {line}")
        self._progress.update(
            self._task, advance=1, rate=f"{self.summary.rate:.0f}/min", last=line
        )


def display(terminal: bool) -> Display:
    """Choose how to show a batch.

    Args:
        terminal: whether a person looks at it.
    """
    return Moving() if terminal else Lines()
