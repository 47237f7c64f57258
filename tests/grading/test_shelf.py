"""The order of recording: a death at any step is made good by the next run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dlcourse.grading import batch, shelf
from dlcourse.grading.batch import grade_batch
from dlcourse.grading.options import Options
from dlcourse.grading.registrar import Registrar
from dlcourse.grading.shelf import Shelf
from dlcourse.grading.writer import Writer

from . import ledger
from .postgres import book_of
from .pretend import Threads
from .submissions import answered, written
from .test_batch import hand_in, mark_by_hand

GRADEBOOKS = ("SQLite", "PostgreSQL")


class Killed(BaseException):
    """What ``kill -9`` is to a test."""


def die(*arguments: object, **named: object) -> None:
    raise Killed


def die_while_writing(self: Shelf, *what: object) -> None:
    self._new.mkdir(parents=True)
    (self._new / "toy.ipynb").write_text("{")
    raise Killed


def die_between(self: Shelf) -> None:
    if self.folder.exists():
        self.folder.rename(self._old)
    raise Killed


def die_at_the_end(self: Shelf) -> None:
    if self.folder.exists():
        self.folder.rename(self._old)
    self._new.rename(self.folder)
    for path in self._old.glob("*.ipynb"):
        path.unlink()
    raise Killed


STEPS: dict[str, tuple[type, str, Callable[..., None]]] = {
    "while the new folder is written": (Shelf, "prepare", die_while_writing),
    "before the commit": (Writer, "record", die),
    "after the commit": (Shelf, "show", die),
    "between two folders": (Shelf, "show", die_between),
    "before the old folder is gone": (Shelf, "show", die_at_the_end),
    "after all of it": (Registrar, "_marks", die),
}


@pytest.fixture(autouse=True)
def pretend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "make_pool", lambda *wishes: Threads())


def grade(course: Path) -> None:
    assert len(list(grade_batch(course, "toy", Options(sandbox="none")))) == 2


def first_time(course: Path, release: bytes) -> None:
    hand_in(course, "ada", written(answered(release)))
    hand_in(course, "ben", written(answered(release)))


def with_marks_by_hand(course: Path, release: bytes) -> None:
    first_time(course, release)
    grade(course)
    for student in ("ada", "ben"):
        mark_by_hand(course, student, 1.5)


def new_work(course: Path, release: bytes) -> None:
    """As from a learning-management system, which says nothing of times."""
    with_marks_by_hand(course, release)
    hand_in(course, "ada", written(answered(release, why="I think so.")))


def the_same_again(course: Path, release: bytes) -> None:
    """As through the exchange, with a new time."""
    with_marks_by_hand(course, release)
    hand_in(course, "ada", written(answered(release)), "2030-01-02 10:00:00 UTC")


@pytest.mark.parametrize("before", [first_time, new_work, the_same_again])
@pytest.mark.parametrize("step", STEPS)
def test_a_death_at_any_step_changes_nothing(
    course: Path,
    release: bytes,
    copied: Callable[[Path], Path],
    monkeypatch: pytest.MonkeyPatch,
    before: Callable[[Path, bytes], None],
    step: str,
) -> None:
    before(course, release)
    twin = copied(course)
    grade(twin)
    owner, name, death = STEPS[step]
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, death)
        with pytest.raises(Killed):
            grade(course)
    grade(course)
    assert ledger.ledger(book_of(course)) == ledger.ledger(book_of(twin))
    assert ledger.shelf(course) == ledger.shelf(twin)
    assert list((course / "class/autograded").glob("*/.*")) == []


@pytest.mark.parametrize("before", [new_work, the_same_again])
@pytest.mark.parametrize("step", ["clear", "forget"])
def test_a_death_while_a_failure_is_recorded(
    course: Path,
    release: bytes,
    copied: Callable[[Path], Path],
    monkeypatch: pytest.MonkeyPatch,
    before: Callable[[Path, bytes], None],
    step: str,
) -> None:
    """Afterwards, all is as after a failure that was recorded, and a good run."""
    before(course, release)
    twin = copied(course)

    def fail(text: str) -> str:
        raise OSError("no more")

    with monkeypatch.context() as patch:
        patch.setattr(batch, "make_pool", lambda *wishes: Threads(fail))
        grade(twin)
        patch.setattr({"clear": Shelf, "forget": Writer}[step], step, die)
        with pytest.raises(Killed):
            grade(course)
    for one in (course, twin):
        grade(one)
    assert ledger.ledger(book_of(course)) == ledger.ledger(book_of(twin))
    assert ledger.shelf(course) == ledger.shelf(twin)


def test_a_death_while_recovering(
    course: Path, release: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_work(course, release)
    with monkeypatch.context() as patch:
        patch.setattr(Shelf, "show", die_between)
        with pytest.raises(Killed):
            grade(course)
    with monkeypatch.context() as patch:
        patch.setattr(shelf, "remove", die)
        with pytest.raises(Killed):
            grade(course)
    grade(course)
    assert list((course / "class/autograded").glob("*/.*")) == []
    assert (course / "class/autograded/ada/toy/toy.ipynb").exists()
