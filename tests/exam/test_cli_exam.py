"""The commands `dlcourse exam` and `dlcourse exam stats`, as somebody types them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dlcourse.exam.compose import compose, compose_versions
from dlcourse.exam.write import record

NAMES = {f"{n}.{e}" for n in ("paper", "key", "guide") for e in ("pdf", "html")}


def run(*words: str, at: Path) -> subprocess.CompletedProcess[str]:
    program = "from dlcourse.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, "exam", *words],
        cwd=at,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_a_seed_becomes_a_paper_with_key_and_guide(tmp_path: Path) -> None:
    result = run("--seed", "7", at=tmp_path)
    assert result.returncode == 0, result.stderr
    folder = tmp_path / "exam-7"
    assert files(folder) == NAMES | {"exam.json"}
    assert (folder / "exam.json").read_bytes() == record(compose(7))
    again = tmp_path / "again"
    assert run("--seed", "7", "--out", str(again), at=tmp_path).returncode == 0
    for name in files(folder):
        assert (again / name).read_bytes() == (folder / name).read_bytes(), name


def test_versions_have_a_folder_each(tmp_path: Path) -> None:
    result = run("--seed", "7", "--variants", "3", "--form", "moodle", at=tmp_path)
    assert result.returncode == 0, result.stderr
    folders = {name.split("/")[0] for name in files(tmp_path / "exam-7")}
    assert folders == {"01", "02", "03"}
    for place, paper in enumerate(compose_versions(7, 3), start=1):
        text = (tmp_path / "exam-7" / f"{place:02}" / "exam.json").read_bytes()
        assert text == record(paper)


def test_all_forms_can_be_made_at_once(tmp_path: Path) -> None:
    result = run("--seed", "7", "--form", "all", at=tmp_path)
    assert result.returncode == 0, result.stderr
    found = files(tmp_path / "exam-7")
    assert found > NAMES
    others = {name.split(".")[-1] for name in found - NAMES - {"exam.json"}}
    assert others >= {"md", "xml", "zip"}


def test_without_a_seed_a_long_one_is_drawn_and_shown(tmp_path: Path) -> None:
    result = run("--form", "moodle", at=tmp_path)
    seed = re.match(r"Seed (\d+)\n", result.stdout)
    assert seed
    written = json.loads((tmp_path / f"exam-{seed[1]}" / "exam.json").read_text())
    assert written["seed"] == int(seed[1])


def test_in_a_course_exams_are_private(root: Path, tmp_path: Path) -> None:
    for name in ("nbgrader_config.py", "_toc.yml"):
        (tmp_path / name).write_text("")
    assert run("--seed", "1", "--form", "moodle", at=tmp_path).returncode == 0
    assert files(tmp_path / "class" / "exams" / "exam-1") >= {"exam.json"}
    assert "class/" in (root / ".gitignore").read_text().split()


@pytest.mark.parametrize("seed", ["seven", "-7", "7.5", "٧", "1" * 19, ""])
def test_a_strange_seed_is_one_sentence(tmp_path: Path, seed: str) -> None:
    result = run(f"--seed={seed}", at=tmp_path)
    assert result.returncode == 2
    assert re.fullmatch(r"dlcourse: --seed .*whole number.*\.\n", result.stderr)
    assert files(tmp_path) == set()


def test_statistics_are_shown_and_drawn(tmp_path: Path) -> None:
    table = tmp_path / "answers.csv"
    table.write_text("student,Q1,Q2\nann,1,1\nbob,1,0\ncem,0,0\n")
    result = run("stats", "answers.csv", at=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "KR-20" in result.stdout
    assert "3 students, mean 1.0 marks" in result.stdout
    assert (tmp_path / "answers.svg").read_text().lstrip().startswith("<?xml")


def test_a_strange_table_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text("student,Q1\nann,1\nbob,one\n")
    result = run("stats", "answers.csv", at=tmp_path)
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert "row 3, column Q1: 'one' is no number of marks" in result.stderr
    assert files(tmp_path) == {"answers.csv"}
