"""The class that both graders mark."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dlcourse.bench.course import Course, make_class, make_courses


@pytest.fixture(scope="module")
def courses(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Course, Course]:
    return make_courses(root, "small", tmp_path_factory.mktemp("bench"))


def test_students_differ_and_every_fourth_leaves_a_task_out(
    courses: tuple[Course, Course],
) -> None:
    _, ours = courses
    notebooks = list(make_class(ours, "small", 8))
    assert len(set(notebooks)) == 8
    stubs = ["NotImplementedError" in text for text in notebooks]
    assert stubs == [number % 4 == 3 for number in range(8)]
    assert not any("SOLUTION" in text or "HIDDEN" in text for text in notebooks)


def test_hand_in_starts_over(courses: tuple[Course, Course]) -> None:
    for course in courses:
        course.hand_in("small", [json.dumps({"cells": []})] * 3)
        course.autograded.mkdir()
        (course.autograded / "left-over").touch()
        course.hand_in("small", [json.dumps({"cells": []})] * 2)
        assert len(list(course.submitted.iterdir())) == 2
        assert not course.autograded.exists()
        assert course.marks() == {}
