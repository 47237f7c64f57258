"""Releases: three versions and a gradebook entry from one source, or nothing at all."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode, read
from nbgrader.api import Gradebook
from nbgrader.utils import compute_checksum
from sqlalchemy.exc import OperationalError

from dlcourse.errors import CourseError
from dlcourse.house import assignment_names
from dlcourse.publish import gradebook_entry, workshop
from dlcourse.publish.release import Released, check_release, release_assignment

ROOT = Path(__file__).parents[2]
TOY = Path(__file__).with_name("toy.md").read_text()
HIDDEN = "check_square(-1.5, 2.25)"
STUB = 'raise NotImplementedError("{}: write your code here, then delete this line")'


def make_course(folder: Path) -> Path:
    (folder / "solutions/toy/data").mkdir(parents=True)
    (folder / "solutions/toy/toy.md").write_text(TOY)
    (folder / "solutions/toy/data/table.csv").write_text("1,2\n")
    (folder / "_toc.yml").touch()
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    return folder


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Make a course that has released nothing yet."""
    return make_course(tmp_path / "course")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Released]:
    """Release the toy once; the tests that use this leave it as it is."""
    course = make_course(tmp_path_factory.mktemp("released"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OMP_NUM_THREADS", "2")
        patch.delenv("DLCOURSE_DATA", raising=False)
        told = release_assignment(course, "toy")
        assert os.environ["OMP_NUM_THREADS"] == "2", "as it was before"
        assert "DLCOURSE_DATA" not in os.environ, "as it was before"
    return course, told


@pytest.fixture
def used(released: tuple[Path, Released], tmp_path: Path) -> Path:
    """Copy the course with its release, to be changed."""
    return Path(shutil.copytree(released[0], tmp_path / "used"))


def edit(course: Path, old: str, new: str) -> None:
    file = course / "solutions/toy/toy.md"
    assert file.read_text().count(old) == 1
    file.write_text(file.read_text().replace(old, new))


def cells(course: Path, step: str) -> dict[str, NotebookNode]:
    notebook = read(course / step / "toy/toy.ipynb", as_version=4)
    return {cell.id: cell for cell in notebook.cells}


def files(course: Path) -> dict[str, bytes]:
    """Read all that a release may write: exercises/ and class/ with the gradebook."""
    found = (p for top in ("exercises", "class") for p in (course / top).rglob("*"))
    return {
        p.relative_to(course).as_posix(): p.read_bytes() if p.is_file() else b""
        for p in found
    }


def gradebook(course: Path) -> dict[str, object]:
    """Read what the gradebook knows about the toy."""
    with Gradebook(
        f"sqlite:///{course}/class/gradebook.db", "deep-learning-lab"
    ) as book:
        notebook = book.find_notebook("toy", "toy")
        return {
            "course": notebook.assignment.course_id,
            "kernel": notebook.kernelspec,
            "points": {c.name: c.max_score for c in notebook.grade_cells},
            "types": {c.name: c.cell_type for c in notebook.grade_cells},
            "tasks": {c.name: c.max_score for c in notebook.task_cells},
            "solutions": {c.name for c in notebook.solution_cells},
            "sources": {
                c.name: (c.source, c.checksum, c.locked, str(c.cell_type))
                for c in notebook.source_cells
            },
        }


def nbgrader(course: Path, *words: str) -> str:
    """Run a plain nbgrader command in the course's root."""
    run = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words],
        cwd=course,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout + run.stderr


# What a release makes


def test_the_release_has_named_stubs_and_no_secret(
    released: tuple[Path, Released],
) -> None:
    course, _ = released
    made = cells(course, "exercises")
    assert made["square"].source == (
        "def square(x: float) -> float:\n"
        f'    """Multiply a number by itself."""\n    {STUB.format("square")}'
    )
    assert made["root"].source.endswith(f"\n        {STUB.format('root')}")
    assert made["square-test"].source.startswith("def check_square(x, expected):\n")
    assert made["square-test"].source.endswith("\n\n\ncheck_square(3, 9)")
    assert (
        made["why-positive"].source == "*Your answer: write it in place of this line.*"
    )
    text = (course / "exercises/toy/toy.ipynb").read_text()
    secrets = "BEGIN", "HIDDEN", "2.25", "answer_of_square", "math.sqrt", "Two factors"
    assert not [secret for secret in secrets if secret in text]
    assert made["parabola"].source.startswith("Draw the square")
    assert "labels" not in made["parabola"].source
    assert (course / "exercises/toy/data/table.csv").read_text() == "1,2\n"
    assert {p.name for p in (course / "exercises").rglob("*")} == {
        *("toy", "toy.ipynb", "data", "table.csv")
    }


def test_students_may_not_delete_graded_cells_and_checksums_fit(
    released: tuple[Path, Released],
) -> None:
    for step in ("exercises", "class/autograde"):
        made = cells(released[0], step)
        for key in ("square", "square-test", "root", "root-test", "why-positive"):
            assert made[key].metadata.deletable is False
            assert made[key].metadata.nbgrader.checksum == compute_checksum(made[key])
        assert made["square-test"].metadata.editable is False
        assert "editable" not in made["square"].metadata


def test_the_autograde_version_has_stubs_and_all_tests(
    released: tuple[Path, Released],
) -> None:
    made = cells(released[0], "class/autograde")
    assert made["square"].source == cells(released[0], "exercises")["square"].source
    assert HIDDEN in made["square-test"].source
    assert "### BEGIN HIDDEN TESTS" in made["square-test"].source
    assert "Two factors" not in made["why-positive"].source


def test_the_solution_is_executed_and_keeps_the_rubric(
    released: tuple[Path, Released],
) -> None:
    made = cells(released[0], "class/solution")
    assert "answer_of_square = x * x" in made["square"].source
    assert "**Marking (3 points).**" in made["why-positive"].source
    assert "labels of the axes" in made["parabola"].source
    counts = [c.execution_count for c in made.values() if c.cell_type == "code"]
    assert counts == [1, 2, 3, 4, 5]


def test_the_report_tells_where_things_are(released: tuple[Path, Released]) -> None:
    course, told = released
    assert (told.items, told.points, told.by_hand) == (4, 8.5, 5)
    lines = told.describe()
    assert lines[0].startswith("toy: 4 items, 8.5 points (3.5 by tests, 5 by hand)")
    for line in lines[1:-1]:
        assert (course / line.split()[-1]).exists()
    assert told.slowest[0] in {*cells(course, "class/solution")}
    assert 0 < told.slowest[1] < told.seconds
    assert lines[-1].endswith("grading stops a cell after 60 s")
    for path in (told.release, told.autograde, told.solution):
        assert (course / path / "toy.ipynb").is_file()


def test_nothing_else_is_left_behind(released: tuple[Path, Released]) -> None:
    course, _ = released
    assert {p.name for p in (course / "class").iterdir()} == {
        *("autograde", "solution", "gradebook.db")
    }
    assert {p.name for p in (course / "_build/nbgrader").iterdir()} == {
        *("source", "stamps")
    }


def test_two_machines_release_the_same_bytes(
    released: tuple[Path, Released], course: Path
) -> None:
    release_assignment(course, "toy")
    for step in ("exercises", "class/autograde"):
        name = f"{step}/toy/toy.ipynb"
        assert (course / name).read_bytes() == (released[0] / name).read_bytes()
    before = files(course)["exercises/toy/toy.ipynb"]
    release_assignment(course, "toy")
    assert files(course)["exercises/toy/toy.ipynb"] == before


def test_a_new_release_replaces_files_and_points(used: Path) -> None:
    (used / "solutions/toy/data/table.csv").rename(used / "solutions/toy/data/new.csv")
    edit(used, "  points: 2\n", "  points: 5\n")
    release_assignment(used, "toy")
    for step in ("exercises", "class/autograde", "class/solution"):
        assert [p.name for p in (used / step / "toy/data").iterdir()] == ["new.csv"]
        assert [p.name for p in (used / step).iterdir()] == ["toy"]
    assert gradebook(used)["points"] == {
        "square-test": 5,
        "root-test": 1.5,
        "why-positive": 3,
    }


def test_what_a_killed_release_left_is_cleared_away(used: Path) -> None:
    before = files(used)
    for name in (".toy.old", ".toy.new"):
        (used / "exercises" / name / "data").mkdir(parents=True)
        (used / "exercises" / name / "data/half.csv").touch()
    release_assignment(used, "toy")
    assert {*files(used)} == {*before}


# Plain nbgrader commands in the course's root


def test_plain_nbgrader_makes_the_same(
    released: tuple[Path, Released], course: Path
) -> None:
    nbgrader(course, "generate_assignment", "toy")
    nbgrader(course, "generate_solution", "toy")
    same = "exercises/toy/toy.ipynb"
    assert (course / same).read_bytes() == (released[0] / same).read_bytes()
    assert gradebook(course) == gradebook(released[0])
    ours, theirs = (cells(c, "class/solution") for c in (released[0], course))
    assert [c.source for c in theirs.values()] == [c.source for c in ours.values()]


def test_plain_nbgrader_grades_what_was_released(used: Path) -> None:
    """An untouched notebook earns nothing, the solution all that tests can give."""
    for student, step in {"ada": "class/solution", "bob": "exercises"}.items():
        shutil.copytree(used / step / "toy", used / f"class/submitted/{student}/toy")
    nbgrader(used, "autograde", "toy")
    with Gradebook(f"sqlite:///{used}/class/gradebook.db") as book:
        ada, bob = (book.find_submission("toy", name) for name in ("ada", "bob"))
        assert (ada.code_score, ada.needs_manual_grade) == (3.5, True)
        by_hand = [g.name for g in bob.notebooks[0].grades if g.needs_manual_grade]
        assert (bob.score, by_hand) == (0, ["parabola"]), "a task may be in other cells"
    graded = read(used / "class/autograded/bob/toy/toy.ipynb", as_version=4)
    error = next(c for c in graded.cells if c.id == "square-test").outputs[0]
    assert error.evalue == "square: write your code here, then delete this line"


def test_plain_nbgrader_follows_the_source(used: Path) -> None:
    assert "Success" in nbgrader(
        used, "validate", "_build/nbgrader/source/toy/toy.ipynb"
    )
    edit(used, "answer_of_square = x * x", "answer_of_square = x + x")
    told = nbgrader(used, "validate", "_build/nbgrader/source/toy/toy.ipynb")
    assert "square(3) should be 9, got 6" in told


def test_nbgrader_without_the_package_says_so(course: Path) -> None:
    script = (
        "import sys; sys.modules['dlcourse'] = None; "
        "from nbgrader.apps.nbgraderapp import main; main()"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, "generate_assignment", "toy"],
        cwd=course,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == 1, run.stderr
    assert "nbgrader_config.py cannot be read, because dlcourse" in run.stderr
    assert not (course / "exercises").exists()


# Releases that fail leave all as it was


def raises(error: BaseException) -> Callable[..., None]:
    def fail(*_args: object, **_options: object) -> None:
        raise error

    return fail


BROKEN: dict[str, tuple[str, str, str]] = {
    "yaml": ("  grade_id: square\n", "  grade_id: [square\n", "is not a MyST notebook"),
    "mistake": ("  points: 2\n", "", "line 44, cell square-test is graded and has no"),
    "solution": (
        "answer_of_square = x * x",
        "answer_of_square = x * y",
        "line 44, cell square-test: the reference solution fails with NameError: name "
        "'y' is not defined",
    ),
    "wrong solution": (
        "answer_of_square = x * x",
        "answer_of_square = x + x",
        "cell square-test: the reference solution fails with AssertionError: square(3)",
    ),
    "cell before": (
        "import os\n",
        "import os\n1 / 0\n",
        "line 16, cell 2: the reference solution fails with ZeroDivisionError",
    ),
    "endless": (
        "import os\n",
        "import os\nwhile True: pass\n",
        "line 16, cell 2: the reference solution was stopped, because it",
    ),
    "partial credit": (
        HIDDEN + "\n### END HIDDEN TESTS",
        HIDDEN + "\n### END HIDDEN TESTS\n1",
        "cell square-test: the test prints '1', which nbgrader may take",
    ),
    "stdout": (
        HIDDEN,
        HIDDEN + "\nprint('well done')",
        "cell square-test: the test prints 'well done'",
    ),
    "stderr": (
        HIDDEN,
        HIDDEN + "\nimport warnings\nwarnings.warn('hm', stacklevel=1)",
        "cell square-test: the test prints",
    ),
    "empty block": (
        "### BEGIN HIDDEN TESTS\ncheck_square",
        "if math:\n    ### BEGIN HIDDEN TESTS\n    check_square",
        "cell square-test is not valid Python without its solution or hidden tests",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
@pytest.mark.parametrize("first", [True, False], ids=["first", "again"])
def test_a_broken_source_changes_nothing(
    course: Path,
    used: Path,
    case: str,
    first: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    where = course if first else used
    old, new, expected = BROKEN[case]
    edit(where, old, new)
    if case == "endless":
        with (where / "nbgrader_config.py").open("a") as file:
            file.write("c.Execute.timeout = 1\n")
        monkeypatch.setattr(workshop, "_PATIENCE", 2)
    before = files(where)
    with pytest.raises(CourseError) as caught:
        release_assignment(where, "toy")
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)
    assert files(where) == before


def test_a_secret_beside_the_source_is_not_released(used: Path) -> None:
    before = files(used)
    helper = used / "solutions/toy/helper.py"
    helper.write_text(f"def check(square):\n    {HIDDEN}\n")
    with pytest.raises(CourseError, match=r"helper.py gives away the line 'check_squ"):
        release_assignment(used, "toy")
    helper.write_text(
        "def f(x):\n    ### BEGIN SOLUTION\n    ### END SOLUTION\n    0\n"
    )
    with pytest.raises(CourseError, match=r"helper.py still holds 'BEGIN SOLUTION'"):
        release_assignment(used, "toy")
    same = "from collections import Counter"  # an import tells nothing
    edit(used, HIDDEN, f"{HIDDEN}\n{same}")
    helper.write_text(f"{same}\n\n\ndef half(x):\n    return x / 2\n")
    (used / "solutions/toy/picture.png").write_bytes(b"\x89PNG\xff\xfe")
    assert files(used) == before
    release_assignment(used, "toy")
    assert (used / "exercises/toy/helper.py").is_file()


def test_a_step_of_nbgrader_that_leaks_is_noticed(
    used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(used)
    steps = workshop.stubs.autograde_steps()
    monkeypatch.setattr(workshop.stubs, "release_steps", lambda: steps)
    with pytest.raises(
        CourseError, match=r"toy.ipynb still holds 'BEGIN HIDDEN TESTS'"
    ):
        release_assignment(used, "toy")
    assert files(used) == before


@pytest.fixture
def submitted(used: Path) -> Path:
    with (
        warnings.catch_warnings(),
        Gradebook(f"sqlite:///{used}/class/gradebook.db") as book,
    ):
        warnings.simplefilter("ignore")  # nbgrader's own, from SQLAlchemy
        book.add_student("ada")
        book.add_submission("toy", "ada")
    return used


def test_a_submission_forbids_other_cells(submitted: Path) -> None:
    before = files(submitted)
    edit(submitted, "  grade_id: square\n", "  grade_id: squared\n")
    edit(submitted, "  grade_id: square-test\n", "  grade_id: squared-test\n")
    with pytest.raises(CourseError, match=r"other cells than the submissions of toy"):
        release_assignment(submitted, "toy")
    assert files(submitted) == before


def test_a_submission_allows_other_tests_and_points(submitted: Path) -> None:
    edit(submitted, "  points: 2\n", "  points: 4\n")
    edit(submitted, HIDDEN, HIDDEN + "\ncheck_square(0, 0)")
    release_assignment(submitted, "toy")
    told = gradebook(submitted)
    assert told["points"]["square-test"] == 4
    assert "check_square(0, 0)" in told["sources"]["square-test"][0]
    with Gradebook(f"sqlite:///{submitted}/class/gradebook.db") as book:
        assert [s.student.id for s in book.assignment_submissions("toy")] == ["ada"]


@pytest.mark.parametrize("first", [True, False], ids=["first", "again"])
@pytest.mark.parametrize("folder", ["exercises", "class/autograde", "class/solution"])
def test_a_full_disk_changes_nothing(
    course: Path,
    used: Path,
    first: bool,
    folder: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The last rename fails, after the gradebook has its rows but before it commits."""
    where = course if first else used
    edit(where, "  points: 2\n", "  points: 4\n")
    before = files(where)
    rename = Path.rename

    def full(self: Path, target: Path) -> Path:
        if target == where / folder / "toy" and self.name == ".toy.new":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OSError, match="No space left"):
        release_assignment(where, "toy")
    monkeypatch.undo()
    assert {k: v for k, v in files(where).items() if v} == {
        k: v for k, v in before.items() if v
    }


@pytest.mark.parametrize("first", [True, False], ids=["first", "again"])
def test_a_gradebook_that_does_not_commit_changes_nothing(
    course: Path, used: Path, first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = course if first else used
    edit(where, "  points: 2\n", "  points: 4\n")
    before = files(where)

    class Locked(Gradebook):
        def __init__(self, *args: str) -> None:
            super().__init__(*args)
            self.db.commit = raises(OperationalError("COMMIT", {}, Exception("locked")))

    monkeypatch.setattr(gradebook_entry, "Gradebook", Locked)
    with pytest.raises(
        CourseError, match=r"^class/gradebook.db cannot take toy: .*lock"
    ):
        release_assignment(where, "toy")
    assert {k: v for k, v in files(where).items() if v} == {
        k: v for k, v in before.items() if v
    }


def test_a_gradebook_in_use_is_one_sentence(used: Path) -> None:
    before = files(used)
    other = sqlite3.connect(used / "class/gradebook.db")
    try:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CourseError, match=r"cannot take toy: .*database is locked"):
            release_assignment(used, "toy")
        other.rollback()
    finally:
        other.close()
    assert files(used) == before


def test_a_configuration_that_fails_is_one_sentence(used: Path) -> None:
    with (used / "nbgrader_config.py").open("a") as file:
        file.write("\nc.Execute.timeout = seconds\n")
    with pytest.raises(
        CourseError, match=r"nbgrader_config.py cannot be read \(NameErr"
    ):
        check_release(used, "toy")


def test_an_unknown_name_lists_the_known(course: Path) -> None:
    with pytest.raises(CourseError, match="assignments here: toy"):
        release_assignment(course, "tyo")


# Checking what is committed


def test_a_fresh_release_passes_and_nothing_is_written(used: Path) -> None:
    before = files(used)
    check_release(used, "toy")
    assert files(used) == before


def test_checking_makes_no_gradebook(course: Path) -> None:
    with pytest.raises(CourseError, match="exercises/toy does not exist; run"):
        check_release(course, "toy")
    assert not (course / "class/gradebook.db").exists()


def change_cell(course: Path, change: Callable[[list[dict]], object]) -> None:
    file = course / "exercises/toy/toy.ipynb"
    notebook = json.loads(file.read_text())
    change(notebook["cells"])
    file.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n")


STALE: dict[str, tuple[Callable[[Path], object], str]] = {
    "source edited": (
        lambda c: edit(c, "`root(9)` gives `3`", "`root(16)` gives `4`"),
        "is not what solutions/toy makes, first in cell cell_006;",
    ),
    "release edited": (
        lambda c: change_cell(c, lambda cells: cells[4]["source"].append("\n# hm")),
        "is not what solutions/toy makes, first in cell square-test;",
    ),
    "cell added": (
        lambda c: change_cell(c, lambda cells: cells.append(cells[0])),
        "is not what solutions/toy makes, first after cell parabola;",
    ),
    "cell removed": (
        lambda c: change_cell(c, lambda cells: cells.pop()),
        "is not what solutions/toy makes, first in cell parabola;",
    ),
    "one byte": (
        lambda c: (c / "exercises/toy/toy.ipynb").write_text(
            (c / "exercises/toy/toy.ipynb").read_text() + "\n"
        ),
        "is not what solutions/toy makes;",
    ),
    "no notebook": (
        lambda c: (c / "exercises/toy/toy.ipynb").write_text("{"),
        "toy.ipynb is not what solutions/toy makes;",
    ),
    "left over": (
        lambda c: (c / "exercises/toy/old.csv").write_text("3"),
        "exercises/toy/old.csv is not part of the release;",
    ),
    "missing": (
        lambda c: (c / "exercises/toy/data/table.csv").unlink(),
        "exercises/toy/data/table.csv is missing;",
    ),
    "companion edited": (
        lambda c: (c / "exercises/toy/data/table.csv").write_text("3"),
        "exercises/toy/data/table.csv is not what solutions/toy makes;",
    ),
    "mistake": (
        lambda c: edit(c, "  points: 2\n", ""),
        "solutions/toy/toy.md, line 44, cell square-test is graded",
    ),
}


@pytest.mark.parametrize("case", STALE)
def test_a_stale_release_is_one_sentence(used: Path, case: str) -> None:
    change, expected = STALE[case]
    change(used)
    book = (used / "class/gradebook.db").read_bytes()
    with pytest.raises(CourseError) as caught:
        check_release(used, "toy")
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (used / "class/gradebook.db").read_bytes() == book


@pytest.mark.parametrize("name", assignment_names(ROOT))
def test_what_is_committed_is_what_the_sources_make(name: str) -> None:
    check_release(ROOT, name)


def test_every_exercise_has_a_source() -> None:
    kept = {p.name for p in (ROOT / "exercises").iterdir() if p.is_dir()}
    assert kept == set(assignment_names(ROOT))
