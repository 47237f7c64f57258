"""Where things stand in a checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from dlcourse.errors import CourseError
from dlcourse.house import assignment_names, find_root, source_of


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    for name in ("lab02-b", "lab01-a"):
        (root / "solutions" / name).mkdir(parents=True)
        (root / "solutions" / name / f"{name}.md").write_text("# A source\n")
    (root / "solutions" / "lab01-a" / "notes.md").write_text("Not a source.\n")
    (root / "solutions" / "lab03-c").mkdir()
    (root / "solutions" / "stray.md").write_text("Not a source.\n")
    (root / "nbgrader_config.py").write_text("")
    (root / "_toc.yml").write_text("")
    return root


def test_the_root_is_found_from_itself_and_from_below(course: Path) -> None:
    assert find_root(course) == course
    assert find_root(course / "solutions" / "lab01-a") == course


def test_the_working_directory_is_the_default(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course / "solutions")
    assert find_root() == course


def test_the_nearest_course_wins(course: Path) -> None:
    inner = course / "solutions" / "lab01-a" / "copy"
    (inner / "deep").mkdir(parents=True)
    (inner / "nbgrader_config.py").write_text("")
    (inner / "_toc.yml").write_text("")
    assert find_root(inner / "deep") == inner


@pytest.mark.parametrize("name", ["nbgrader_config.py", "_toc.yml"])
def test_a_folder_that_lacks_one_of_the_files_is_no_course(
    course: Path, name: str
) -> None:
    (course / name).unlink()
    with pytest.raises(CourseError, match=r"is not inside a course: .*_toc\.yml; run"):
        find_root(course / "solutions")


def test_assignments_are_the_sources_named_after_their_folder(course: Path) -> None:
    assert assignment_names(course) == ["lab01-a", "lab02-b"]


def test_a_source_is_found_by_name(course: Path) -> None:
    source = source_of(course, "lab01-a")
    assert source == course / "solutions" / "lab01-a" / "lab01-a.md"


@pytest.mark.parametrize("name", ["lab03-c", "stray", "../solutions/lab01-a/notes"])
def test_an_unknown_assignment_is_refused_with_a_list(course: Path, name: str) -> None:
    with pytest.raises(CourseError, match=r"not exist; .* here: lab01-a, lab02-b\."):
        source_of(course, name)


def test_a_course_without_assignments_says_so(tmp_path: Path) -> None:
    assert assignment_names(tmp_path) == []
    with pytest.raises(CourseError, match="assignments here: none"):
        source_of(tmp_path, "lab01-a")
