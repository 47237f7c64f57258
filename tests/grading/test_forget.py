"""A student is deleted from either kind of gradebook; a stopped run is finished."""

from __future__ import annotations

from pathlib import Path

import pytest

from dlcourse.errors import CourseError
from dlcourse.grading import batch
from dlcourse.grading.batch import grade_batch
from dlcourse.grading.options import Options
from dlcourse.privacy import forget as steps
from dlcourse.privacy.forget import forget

from .ledger import ledger
from .postgres import PASSWORD, book_of
from .pretend import Threads, mark
from .submissions import answered, written

GRADEBOOKS = ("SQLite", "PostgreSQL")


@pytest.fixture
def graded(course: Path, release: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The course with two students, graded."""
    monkeypatch.setattr(batch, "make_pool", lambda *wishes: Threads(mark))
    for student in ("ada-of-1815", "ben"):
        folder = course / "class/submitted" / student / "toy"
        folder.mkdir(parents=True)
        (folder / "toy.ipynb").write_bytes(written(answered(release)))
    assert len(list(grade_batch(course, "toy", Options(sandbox="none")))) == 2
    return course


def test_a_list_deletes_nothing(graded: Path) -> None:
    before = ledger(book_of(graded))
    listed = forget(graded, "ada-of-1815", False, print)
    assert "the student, 1 submission, 1 notebook, 4 marks" in listed.found[0]
    assert PASSWORD not in " ".join(listed.lines())
    assert not listed.done
    assert ledger(book_of(graded)) == before
    assert (graded / "class/submitted/ada-of-1815").is_dir()


def test_one_student_goes_and_the_other_stays(graded: Path) -> None:
    url = book_of(graded)
    before = ledger(url)
    assert list(before) == ["ada-of-1815", "ben"]
    assert forget(graded, "ada-of-1815", True, print).done
    assert ledger(url) == {"ben": before["ben"]}
    assert not (graded / "class/submitted/ada-of-1815").exists()
    with pytest.raises(CourseError, match="Neither the gradebook nor class/ holds"):
        forget(graded, "ada-of-1815", True, print)


def test_a_run_that_was_stopped_before_the_end_is_finished(
    graded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped with the rows deleted and their bytes still in SQLite's file."""

    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(steps, "_write_anew", stop)
        with pytest.raises(KeyboardInterrupt):
            forget(graded, "ada-of-1815", True, print)
    url = book_of(graded)
    assert list(ledger(url)) == ["ben"]
    if url.startswith("sqlite"):
        # Some systems build SQLite such that it overwrites what it deletes.
        with (graded / "class/gradebook.db").open("ab") as file:
            file.write(b"\0" * 4000 + b"ada-of-1815")
    with pytest.raises(CourseError, match="Neither the gradebook nor class/ holds"):
        forget(graded, "ada-of-1815", True, print)
    assert list(ledger(url)) == ["ben"]
    if url.startswith("sqlite"):
        assert b"ada-of-1815" not in (graded / "class/gradebook.db").read_bytes()
