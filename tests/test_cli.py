"""The command line: instant help, and one sentence with status 2 for bad input."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from dlcourse import __version__

ROOT = Path(__file__).resolve().parent.parent


def dlcourse(cwd: Path, *words: str) -> subprocess.CompletedProcess[str]:
    code = "from dlcourse.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "nbgrader_config.py").write_text("")
    (tmp_path / "_toc.yml").write_text("")
    return tmp_path


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """Check that bad input was refused as agreed; return the sentence."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    sentence = re.fullmatch(r"dlcourse: (.+\.)\n", done.stderr)
    assert sentence is not None, done.stderr
    return sentence[1]


def test_the_installed_command_is_this_one() -> None:
    command = Path(sys.executable).with_name("dlcourse")
    done = subprocess.run(
        [command, "--version"], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0
    assert done.stdout.strip().endswith(__version__)


def test_help_names_the_commands_and_imports_nothing_heavy(tmp_path: Path) -> None:
    code = """
import sys
for name in ("torch", "matplotlib", "nbgrader", "sphinx", "jupytext"):
    sys.modules[name] = None  # importing it now fails
from dlcourse.cli import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", code, "--help"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    commands = re.findall(r"^  (\w+)  ", done.stdout, re.MULTILINE)
    assert {"book", "release", "grade", "coverage"} <= set(commands)


@pytest.mark.parametrize(
    "words",
    [
        ("coverage",),
        ("coverage", "--check"),
        ("book",),
        ("release", "--all"),
        ("grade", "lab01"),
    ],
    ids=" ".join,
)
def test_outside_a_course_one_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    sentence = refused(dlcourse(tmp_path, *words))
    assert sentence.startswith(f"{tmp_path} is not inside a course: ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("release",), "needs an assignment's name or --all; assignments here: none."),
        (("release", "--all"), "assignments here: none."),
        (("release", "nope"), "solutions/nope/nope.md does not exist;"),
        (("release", "nope", "--check"), "solutions/nope/nope.md does not exist;"),
        (("release", "../nope"), "../nope"),
        (("grade", "nope"), "nope"),
        (("grade", "nope", "--sandbox", "none"), "nope"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
def test_an_assignment_that_is_not_there_is_one_sentence(
    course: Path, words: tuple[str, ...], says: str
) -> None:
    assert says in refused(dlcourse(course, *words))


def test_grading_on_a_cluster_and_here_at_once_is_one_sentence(course: Path) -> None:
    (course / "solutions/toy").mkdir(parents=True)
    (course / "solutions/toy/toy.md").touch()
    words = ("grade", "toy", "--workers", "2", "--cluster", "local:2")
    sentence = refused(dlcourse(course, *words))
    assert sentence.startswith("--workers and --cluster do not go together; ")


def test_coverage_is_written_and_checked(course: Path) -> None:
    page = course / "book" / "reference" / "coverage.md"
    assert "does not exist" in refused(dlcourse(course, "coverage", "--check"))
    assert not page.exists()
    done = dlcourse(course, "coverage")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("book/reference/coverage.md: 0 of ")
    assert page.is_file()
    done = dlcourse(course, "coverage", "--check")
    assert (done.returncode, done.stderr) == (0, "")
    page.write_text("stale")
    assert "line 1: the page is not what" in refused(
        dlcourse(course, "coverage", "--check")
    )


def test_a_wrong_label_is_one_sentence(course: Path) -> None:
    (course / "book").mkdir()
    (course / "book" / "odd.md").write_text("(L0.1)=\n# A heading\n")
    sentence = refused(dlcourse(course, "coverage"))
    assert sentence.startswith("book/odd.md, line 1: the curriculum has no row L0.1;")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nonsense",), "No such command"),
        (("coverage", "--nonsense"), "No such option"),
        (("grade",), "Missing argument"),
        (("grade", "lab01", "--timeout", "soon"), "Invalid value"),
        (("grade", "lab01", "--timeout", "0"), "Invalid value"),
        (("grade", "lab01", "--workers", "0"), "Invalid value"),
        (("grade", "lab01", "--sandbox", "docker"), "Invalid value"),
    ],
)
def test_wrong_words_say_how_to_go_on(
    course: Path, words: tuple[str, ...], said: str
) -> None:
    done = dlcourse(course, *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("Usage: ")
    assert said in done.stderr
