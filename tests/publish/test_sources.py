"""Sources are read, checked and turned into notebooks that nbgrader takes."""

import json
import os
import re
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import jupytext
import pytest
from jupytext import TextFileContentsManager
from nbgrader.nbgraderformat import MetadataValidator

from dlcourse.errors import CourseError
from dlcourse.house import assignment_names
from dlcourse.publish import checks, sources
from dlcourse.publish.sources import BUILT, notebook_text, read_source, refresh_sources
from dlcourse.publish.stubs import stub

ROOT = Path(__file__).parents[2]
TOY = Path(__file__).with_name("toy.md").read_text()
SOURCES = [ROOT / f"solutions/{name}/{name}.md" for name in assignment_names(ROOT)]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Make a course of one assignment, with a table and things that stay at home."""
    folder = tmp_path / "solutions/toy"
    (folder / "data/.ipynb_checkpoints").mkdir(parents=True)
    (folder / "toy.md").write_text(TOY)
    (folder / "data/table.csv").write_text("1,2\n")
    (folder / "data/.ipynb_checkpoints/table.csv").write_text("old")
    (folder / "notes.md").write_text("the solution is x * x")
    (folder / "scratch.ipynb").write_text("{}")
    shutil.copy(ROOT / "solutions/jupytext.toml", tmp_path / "solutions")
    return tmp_path


def edit(course: Path, *edits: tuple[str, str], name: str = "toy") -> None:
    """Replace texts that stand in the source exactly once."""
    file = course / f"solutions/{name}/{name}.md"
    text = file.read_text()
    for old, new in edits:
        assert text.count(old) == 1, (
            f"{old!r} stands {text.count(old)} times in the toy"
        )
        text = text.replace(old, new)
    file.write_text(text)


def notebook(course: Path, name: str = "toy") -> dict:
    return json.loads((course / BUILT / name / f"{name}.ipynb").read_text())


# Reading and writing


def test_a_source_becomes_the_same_notebook_each_time(course: Path) -> None:
    first, again = (notebook_text(read_source(course, "toy")) for _ in range(2))
    assert first == again
    made = json.loads(first)
    assert [cell["id"] for cell in made["cells"]] == [
        *("cell_001", "cell_002", "cell_003", "square", "square-test", "cell_006"),
        *("root", "root-test", "cell_009", "why-positive", "cell_011", "parabola"),
    ]
    assert (made["nbformat"], made["nbformat_minor"]) == (4, 5)
    assert made["metadata"] == {
        "kernelspec": {
            "display_name": "Python 3",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python", "pygments_lexer": "ipython3"},
    }
    code = [cell for cell in made["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] for cell in code)
    assert all(cell["execution_count"] is None for cell in code)
    assert first.endswith("}\n")


def test_what_jupyterlab_rewrites_does_not_change_the_notebook(course: Path) -> None:
    before = notebook_text(read_source(course, "toy"))
    file = course / "solutions/toy/toy.md"
    text = file.read_text().replace("{code-cell} python", "{code-cell} ipython3")
    file.write_text(text.replace(": Python 3\n", ": Python 3 (ipykernel)\n"))
    assert "ipython3" in file.read_text()
    assert "(ipykernel)" in file.read_text()
    assert notebook_text(read_source(course, "toy")) == before


@pytest.mark.parametrize("file", [None, *SOURCES], ids=lambda f: f.stem if f else "toy")
def test_a_source_survives_jupyters_contents_manager(
    course: Path, file: Path | None
) -> None:
    """Open as a notebook and save: the same bytes, nothing lost, nothing moved."""
    name = file.stem if file else "toy"
    if file:
        shutil.copytree(file.parent, course / f"solutions/{name}")
    path = f"solutions/{name}/{name}.md"
    before = (course / path).read_text()
    manager = TextFileContentsManager()
    manager.root_dir = str(course)
    model = manager.get(path, type="notebook", content=True, format="json")
    MetadataValidator().validate_nb(model["content"])
    (course / path).write_text("")
    manager.save(
        {"type": "notebook", "format": "json", "content": model["content"]}, path
    )
    assert (course / path).read_text() == before


def test_the_round_trip_would_notice_another_form() -> None:
    loose = TOY.replace("tags: [L1.5]", "tags:\n- L1.5")
    assert loose != TOY
    notebook = jupytext.reads(loose, fmt="md:myst")
    assert "tags: [L1.5]" in jupytext.writes(notebook, fmt="md:myst")


# The copies that plain nbgrader commands read


def test_refresh_writes_notebook_and_companions_and_nothing_else(course: Path) -> None:
    assert refresh_sources(course) == ["toy"]
    folder = course / BUILT / "toy"
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert files == {"toy.ipynb", "data/table.csv"}
    assert (folder / "data/table.csv").read_text() == "1,2\n"
    assert stat.S_IMODE((folder / "toy.ipynb").stat().st_mode) == 0o444
    made = {p.name for p in (course / "_build/nbgrader").iterdir()}
    assert made == {"source", "stamps"}
    MetadataValidator().validate_nb(jupytext.read(folder / "toy.ipynb"))


def test_refresh_touches_nothing_when_nothing_changed(course: Path) -> None:
    refresh_sources(course)
    file = course / BUILT / "toy/toy.ipynb"
    os.utime(file, (1, 1))
    os.utime(course / "solutions/toy/toy.md")
    assert refresh_sources(course) == []
    assert file.stat().st_mtime == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda c: edit(c, ("# Toy", "# Toys")),
        lambda c: (c / "solutions/toy/data/table.csv").write_text("3"),
        lambda c: (c / BUILT / "toy/toy.ipynb").unlink(),
        lambda c: (
            (c / BUILT / "toy/toy.ipynb").chmod(0o644)
            or (c / BUILT / "toy/toy.ipynb").write_text("{}")
        ),
        lambda c: (c / BUILT / "toy/left.csv").write_text("3"),
    ],
    ids=["source", "companion", "copy lost", "copy edited", "copy left over"],
)
def test_refresh_renews_what_changed(
    course: Path, change: Callable[[Path], object]
) -> None:
    refresh_sources(course)
    change(course)
    assert refresh_sources(course) == ["toy"]
    assert notebook(course) == json.loads(notebook_text(read_source(course, "toy")))
    folder, home = course / BUILT / "toy", course / "solutions/toy"
    assert not (folder / "left.csv").exists()
    table = "data/table.csv"
    assert (folder / table).read_bytes() == (home / table).read_bytes()
    assert refresh_sources(course) == []


def test_refresh_forgets_an_assignment_that_is_gone(course: Path) -> None:
    refresh_sources(course)
    (course / BUILT / "mine").mkdir()
    shutil.rmtree(course / "solutions/toy")
    refresh_sources(course)
    assert not (course / BUILT / "toy").exists()
    assert (course / BUILT / "mine").exists(), "made by hand: not ours to delete"


def test_a_broken_source_loses_its_copy_and_the_rest_is_served(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refresh_sources(course)
    shutil.copytree(course / "solutions/toy", course / "solutions/other")
    (course / "solutions/other/toy.md").rename(course / "solutions/other/other.md")
    edit(course, ("  grade_id: square\n", "  grade_id: [square\n"))
    assert refresh_sources(course) == ["other"]
    refresh_sources(course)
    assert not (course / BUILT / "toy").exists()
    told = capsys.readouterr().err
    assert told.count("solutions/toy/toy.md is not a MyST notebook") == 1
    assert len(told.splitlines()) == 1


def test_refresh_on_a_disk_that_cannot_be_written_is_one_sentence(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (course / "_build").write_text("a file where a folder should be")
    assert refresh_sources(course) == []
    assert "cannot be renewed" in capsys.readouterr().err


def test_the_class_folder_is_private(course: Path) -> None:
    sources.make_class_folder(course)
    sources.make_class_folder(course)
    assert stat.S_IMODE((course / "class").stat().st_mode) == 0o700


# Mistakes


def test_the_toy_has_none(course: Path) -> None:
    checks.check_source(read_source(course, "toy"))


SQUARE, TEST = "line 25, cell square", "line 44, cell square-test"
ROOT_TEST, WHY = "line 93, cell root-test", "line 124, cell why-positive"
HIDDEN = "### BEGIN HIDDEN TESTS\ncheck_square(-1.5"
MISTAKES: dict[str, tuple[list[tuple[str, str]], str]] = {
    "yaml": ([("  grade_id: square\n", "  grade_id: [square\n")], "is not a MyST note"),
    "front matter": ([("kernelspec:\n", "kernelspec: [\n")], "is not a MyST notebook"),
    "options": ([("tags: [L1.5]\n", "tags: [L1.5]\n- x\n")], "is not a MyST notebook"),
    "json": ([('"tags": ["L1.7"]}', '"tags": ["L1.7"}')], "is not a MyST notebook"),
    "list": ([("+++\n\nThat", '+++ ["L1.7"]\n\nThat')], "is not a MyST notebook"),
    "no mapping": ([("---\njupytext:", "---\n- a\n- b\n---\njupytext:")], "no mapping"),
    "kernel": ([("  name: python3", "  name: ir")], "asks for the kernel ir"),
    "language": (
        [("```{code-cell} python\nimport", "```{code-cell} r\nimport")],
        "has code cells in different languages",
    ),
    "field": (
        [("  grade_id: square\n  locked: false\n", "  grade_id: square\n")],
        f"{SQUARE} lacks the nbgrader metadata locked",
    ),
    "fields": (
        [("  cell_type: code\n  grade: false\n  grade_id: square\n", "")],
        "line 25, cell 4 lacks the nbgrader metadata grade, grade_id",
    ),
    "text for truth": (
        [("grade_id: square\n  locked: false\n", "grade_id: square\n  locked: no!\n")],
        f"{SQUARE} has locked: 'no!'",
    ),
    "schema": (
        [("square\n  locked: false\n  schema_version: 3", "square\n  locked: false\n  "
          "schema_version: 2")],
        f"{SQUARE} has schema_version 2",
    ),
    "cell type": (
        [('"markdown", "grade": true', '"code", "grade": true')],
        f"{WHY} is a markdown cell, but",
    ),
    "no dict": (
        [("python\nimport", "python\n:nbgrader: 3\nimport")],
        "line 16, cell 2 has nbgrader metadata that is no mapping",
    ),
    "grade id": (
        [("  grade_id: square\n", "  grade_id: Square_1\n")],
        "has the grade_id 'Square_1'",
    ),
    "long id": (
        [("  grade_id: square\n", f"  grade_id: {'a' * 65}\n")],
        "has a grade_id of 65 characters",
    ),
    "twice": (
        [("  grade_id: root\n", "  grade_id: square\n")],
        "line 75, cell square has the same grade_id as solutions/toy/toy.md, line 25, "
        "cell square; give each",
    ),
    "no end of solution": (
        [("    return answer_of_square\n    ### END SOLUTION", "    return 1")],
        f"{SQUARE} has BEGIN SOLUTION without END SOLUTION",
    ),
    "no begin of solution": (
        [("    ### BEGIN SOLUTION\n    answer", "    answer")],
        f"{SQUARE} has END SOLUTION without its BEGIN",
    ),
    "nested": (
        [("    answer_of_square = x", "### BEGIN SOLUTION\n    answer_of_square = x")],
        f"{SQUARE} has BEGIN SOLUTION while SOLUTION is open",
    ),
    "crossed": (
        [("    answer_of_square = x", "### END HIDDEN TESTS\n    answer_of_square=")],
        f"{SQUARE} has END HIDDEN TESTS while SOLUTION is open",
    ),
    "misspelt": (
        [(HIDDEN, HIDDEN.replace("HIDDEN TESTS", "HIDDEN TEST"))],
        f"{TEST} has 'BEGIN HIDDEN TEST', which nbgrader does not know",
    ),
    "small letters": (
        [(HIDDEN, HIDDEN.replace("BEGIN HIDDEN TESTS", "begin hidden tests"))],
        f"{TEST} has 'begin hidden tests'",
    ),
    "hidden in a solution": (
        [("    answer_of_square = x * x", "    ### END SOLUTION\n    ### BEGIN HIDDEN "
          "TESTS\n    ### END HIDDEN TESTS\n    ### BEGIN SOLUTION")],
        f"{SQUARE} holds hidden tests but is no test cell",
    ),
    "hidden in a plain cell": (
        [("import os\n", "import os\n### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS\n")],
        "line 16, cell 2 holds BEGIN HIDDEN TESTS but no nbgrader metadata",
    ),
    "solution in a test": (
        [(HIDDEN, "### BEGIN SOLUTION\n### END SOLUTION\n" + HIDDEN)],
        f"{TEST} holds a solution but is no solution cell",
    ),
    "scheme in an answer": (
        [("**Marking (3", "### BEGIN MARK SCHEME\n### END MARK SCHEME\n**Marking (3")],
        f"{WHY} holds a marking scheme but is no task cell",
    ),
    "task in code": (
        [("root-test\n  locked: true\n  points: 1.5\n  schema_version: 3\n  solution: "
          "false\n  task: false", "root-test\n  locked: true\n  points: 1.5\n  "
          "schema_version: 3\n  solution: false\n  task: true")],
        f"{ROOT_TEST} is a task in a code cell",
    ),
    "half an answer": (
        [('"schema_version": 3, "solution": true', '"schema_version": 3, "solution": '
          "false")],
        f"{WHY} is a Markdown answer of which only one",
    ),
    "open test": (
        [("square-test\n  locked: true", "square-test\n  locked: false")],
        f"{TEST} is a test cell that students may edit",
    ),
    "locked solution": (
        [("square\n  locked: false", "square\n  locked: true")],
        f"{SQUARE} is a solution cell that students may not edit",
    ),
    "no region": (
        [("    ### BEGIN SOLUTION\n    answer", "    answer"),
         ("square\n    ### END SOLUTION", "square")],
        f"{SQUARE} is a solution cell without ### BEGIN SOLUTION",
    ),
    "no points": ([("  points: 2\n", "")], f"{TEST} is graded and has no points"),
    "zero points": ([("  points: 2\n", "  points: 0\n")], f"{TEST} is graded and has "),
    "text points": ([("  points: 2\n", "  points: two\n")], "has points: 'two'"),
    "true points": ([("  points: 2\n", "  points: true\n")], "has points: True"),
    "no row": ([("tags: [L1.5]\n", "")], f"{TEST} is graded and names no row"),
    "another tag": (
        [("tags: [L1.5]\n", "tags: [hide-input]\n")],
        f"{TEST} is graded and names no row",
    ),
    "unknown row": (
        [("tags: [L1.5, L1.7]\n", "tags: [L1.5, L1.77]\n")],
        f"{ROOT_TEST} has the tag L1.77, which is no row",
    ),
    "no tests": (
        [("  grade_id: square-test", "  grade_id: square-check")],
        f"{SQUARE} has no tests after it; add a graded cell with the grade_id",
    ),
    "tests not graded": (
        [("  grade: true\n  grade_id: square-test",
          "  grade: false\n  grade_id: square-test"),
         ("### BEGIN HIDDEN TESTS\ncheck_square", "check_square"),
         ("2.25)\n### END HIDDEN TESTS", "2.25)")],
        f"{SQUARE} has no tests after it",
    ),
    "no rubric": (
        [("**Marking (3 points).** Two", "Two")],
        f"{WHY} is marked by a person and lacks its rubric",
    ),
    "another sum": (
        [("**Marking (3 points).** Two", "**Marking (4 points).** Two")],
        f"{WHY} is marked by a person and lacks its rubric",
    ),
    "answer not ended": (
        [("+++\n\nThat was all.", "## The end\n\nThat was all.")],
        f"{WHY} is an answer, and a heading in it would vanish",
    ),
    "fence not closed": (
        [("import os\n```\n\n## Squares", "import os\n\n## Squares")],
        "line 16, cell 2 swallows the beginning of the next cell",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_sentence_with_file_line_and_cell(
    course: Path, mistake: str
) -> None:
    edits, expected = MISTAKES[mistake]
    edit(course, *edits)
    with pytest.raises(CourseError) as caught:
        checks.check_source(read_source(course, "toy"))
    sentence = str(caught.value)
    assert sentence.startswith("solutions/toy/toy.md")
    assert expected in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


def test_tests_before_their_solution_are_a_mistake(course: Path) -> None:
    edit(course, ("  grade_id: root-test", "  grade_id: later"))
    edit(course, ("  grade_id: square-test", "  grade_id: root-test"))
    edit(course, ("  grade_id: later", "  grade_id: square-test"))
    with pytest.raises(CourseError, match="line 75, cell root has no tests after it"):
        checks.check_source(read_source(course, "toy"))


def test_a_source_without_graded_cells_is_a_mistake(course: Path) -> None:
    head = TOY.split("## Squares")[0]
    (course / "solutions/toy/toy.md").write_text(head)
    with pytest.raises(CourseError, match="has no graded cell"):
        checks.check_source(read_source(course, "toy"))


def test_a_source_in_another_encoding_is_a_mistake(course: Path) -> None:
    (course / "solutions/toy/toy.md").write_bytes(TOY.encode("utf-16"))
    with pytest.raises(CourseError, match="is not UTF-8 text"):
        read_source(course, "toy")


def test_without_a_curriculum_any_row_is_taken(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(course, ("tags: [L1.5, L1.7]\n", "tags: [L1.77]\n"))
    monkeypatch.setattr(checks, "CURRICULUM", tmp_path / "none.csv")
    checks.check_source(read_source(course, "toy"))


def test_prose_may_speak_of_solutions(course: Path) -> None:
    edit(course, ("That was all.", "In the end solutions differ; begin hidden tests."))
    checks.check_source(read_source(course, "toy"))


def test_the_page_on_authoring_shows_what_works(course: Path) -> None:
    page = (ROOT / "book/teaching/authoring.md").read_text()
    items = re.findall(r"^````md\n(.*?)^````$", page, re.MULTILINE | re.DOTALL)
    assert len(items) == 3
    head = TOY.split("## Squares")[0]
    file = course / "solutions/toy/toy.md"
    file.write_text("\n".join([head, *items]))
    source = read_source(course, "toy")
    checks.check_source(source)
    ids = [sources.grade_id_of(cell) for cell in source.cells]
    assert [key for key in ids if key] == [
        "column-sums",
        "column-sums-test",
        "why-views",
    ]
    assert f"    {stub('column-sums')}\n" in page
    file.write_text(TOY.replace("  points: 2\n", ""))
    with pytest.raises(CourseError) as caught:
        checks.check_source(read_source(course, "toy"))
    assert f"dlcourse: {caught.value}\n" in page
    lines = TOY.splitlines(keepends=True)
    file.write_text("".join(li for li in lines if "assert type(got) in" not in li))
    with pytest.raises(CourseError) as caught:
        checks.check_source(read_source(course, "toy"))
    assert f"dlcourse: {caught.value}\n" in page
