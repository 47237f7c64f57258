"""What students get back: their marks and reasons, and nothing of the hidden tests."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from dlcourse.grading.feedback import markup, outputs, pictures
from dlcourse.grading.feedback.steps import CutOutputs, FeedbackPage, HideTests

from .conftest import run_in
from .submissions import WRONG_BACKWARDS, answered, own_cell, written

# Every hidden line holds one of these, and so does what it says when it fails.
SECRETS = ("hush", "4711")
TEST = """\
got = {name}(1)
assert got == 1, f"{name}(1) should be 1, got {{got}}"
### BEGIN HIDDEN TESTS
def hush_helper(hush):
    return {name}(hush)
hush_got = hush_helper(4711)
assert hush_got == 1, f"{name}(4711) hush {{hush_got}}"
### END HIDDEN TESTS"""
ALL_HIDDEN = (
    "### BEGIN HIDDEN TESTS\nassert right(4711) == 'hush'\n### END HIDDEN TESTS"
)
ANSWERS = {
    "right": "def right(x):\n    return 1",
    "visible": "def visible(x):\n    return 2",
    "hidden": "def hidden(x):\n    return x",
    "raises": "def raises(x):\n    return 1 if x < 9 else [][x]",
    "prints": "def prints(x):\n    print('an input:', x)\n    return x",
    "warns": "import warnings\ndef warns(x):\n    warnings.warn(f'{x}')\n    return x",
    "made-up": "def made_up(x):\n    if x > 1:\n"
    "        raise type(f'Error{x}', (Exception,), {})(x)\n    return x",
}
OWN = [
    "print('my own words')\nprint(In[-2])",  # the source of the test before it
    "print(repr(In[-3]))",
    "globals()['hu' + 'sh_helper'](9)[0]",  # a trace through a hidden test
    "from IPython.display import HTML\nHTML('<pre>' + In[4] + '</pre>')",
    "1 / 0",
]


def labelled(cell: NotebookNode, grade_id: str, **labels: bool) -> NotebookNode:
    kinds = {"grade": False, "locked": False, "solution": False, "task": False}
    cell.metadata["nbgrader"] = {"grade_id": grade_id, **kinds, **labels}
    if labels.get("grade"):
        cell.metadata["nbgrader"] |= {"score": 0.0, "points": 1.0}
    return cell


def test_cell(grade_id: str, source: str) -> NotebookNode:
    return labelled(new_code_cell(source), grade_id, grade=True, locked=True)


test_cell.__test__ = False


@pytest.fixture(scope="module")
def marked() -> NotebookNode:
    """A notebook as grading leaves it, all its outputs those of a real kernel."""
    cells = []
    for grade_id, answer in ANSWERS.items():
        test = TEST.format(name=grade_id.replace("-", "_"))
        cells += [
            labelled(new_code_cell(answer), grade_id, solution=True),
            test_cell(f"{grade_id}-test", test),
        ]
    cells.append(test_cell("all-hidden", ALL_HIDDEN))
    cells += [new_code_cell(source) for source in OWN]
    task = "Draw it.\n### BEGIN MARK SCHEME\nhush, 2 points\n### END MARK SCHEME"
    cells.append(labelled(new_markdown_cell(task), "task", task=True))
    cells[-1].metadata["nbgrader"] |= {"score": 0.0, "points": 1.0}
    notebook = new_notebook(cells=cells)
    NotebookClient(notebook, allow_errors=True, kernel_name="python3").execute()
    return notebook


def page_of(notebook: NotebookNode, **options: bool) -> str:
    """Make the page as `nbgrader generate_feedback` does, without a gradebook."""
    notebook = from_dict(json.loads(json.dumps(notebook)))
    about = {"notebook": "lab", "score": 0, "max_score": 7, "late_penalty": 0}
    resources = {"nbgrader": about, "metadata": {"path": "", "name": "lab"}}
    for step in (CutOutputs(), HideTests(**options)):
        notebook, resources = step.preprocess(notebook, resources)
    templates = Path(outputs.__file__).parents[3] / "no-such-folder"
    from nbgrader.server_extensions.formgrader import handlers

    exporter = FeedbackPage(
        template_name="feedback",
        extra_template_basedirs=[handlers.template_path, str(templates)],
        extra_template_paths=[
            str(Path(handlers.static_path, "node_modules/bootstrap/dist/css"))
        ],
    )
    return exporter.from_notebook_node(notebook, resources)[0]


def words_of(page: str) -> str:
    """Read the page as text, markup gone."""
    import bs4

    return bs4.BeautifulSoup(page, "html.parser").body.get_text()


def test_no_word_of_a_hidden_test_is_on_the_page(marked: NotebookNode) -> None:
    # All of it was there before.
    stored = json.dumps(marked)
    assert all(stored.count(secret) > 20 for secret in SECRETS)
    page = words_of(page_of(marked))
    for secret in SECRETS:
        # The student's own code may hold such a word; it is theirs.
        own = sum(answer.count(secret) for answer in [*ANSWERS.values(), *OWN])
        assert page.count(secret) == own, page


def test_students_learn_what_failed_and_where(marked: NotebookNode) -> None:
    words = words_of(page_of(marked))
    assert "AssertionError: visible(1) should be 1, got 2" in words
    assert words.count("HiddenTest: a hidden test failed") == 6
    assert (
        "a hidden test failed: your code raised IndexError in cell raises, line 2"
        in (words)
    )
    # Names that a student made up are not repeated.
    assert "raised Error" not in words
    assert words.count("# Hidden tests: the same task with other inputs.") == 8
    assert "my own words" in words
    assert "(a line of a hidden test, not shown)" in words
    assert "ZeroDivisionError: division by zero" in words
    assert "Draw it." in words


def test_events_are_told_and_flags_are_not(marked: NotebookNode) -> None:
    notebook = from_dict(json.loads(json.dumps(marked)))
    event = "Copy of a_b_c <i>.ipynb was taken for lab.ipynb"
    notebook.metadata["dlcourse"] = {"events": [event], "flags": ["SUSPECT: frames"]}
    page = page_of(notebook)
    assert f"When this was graded{event}" in words_of(page).replace("\n", "")
    assert "SUSPECT" not in page


def test_a_notebook_that_could_not_be_read_tells_it_once() -> None:
    notebook = new_notebook(cells=[new_markdown_cell("**Not graded:** file is empty")])
    notebook.metadata["dlcourse"] = {"events": ["file is empty"], "unreadable": "empty"}
    assert words_of(page_of(notebook)).count("file is empty") == 1


def test_the_engine_s_own_words_stay(marked: NotebookNode) -> None:
    event = "kernel died in cell right: later cells got 0"
    notebook = from_dict(json.loads(json.dumps(marked)))
    cell = next(c for c in notebook.cells if c.cell_type == "code" and c.outputs)
    said = f"Not run. {event}"
    cell.outputs = [
        from_dict(
            {"output_type": "error", "ename": "N", "evalue": said, "traceback": [said]}
        )
    ]
    notebook.metadata["dlcourse"] = {"events": [event], "flags": ["x"]}
    assert said in words_of(page_of(notebook))
    notebook.metadata["dlcourse"] = {"events": [], "flags": ["x"]}
    assert said not in words_of(page_of(notebook))


@pytest.mark.parametrize("by", ["flag", "setting"])
def test_what_own_code_showed_can_be_left_out(marked: NotebookNode, by: str) -> None:
    notebook = from_dict(json.loads(json.dumps(marked)))
    notebook.cells.append(new_code_cell("encoded"))
    notebook.cells[-1].outputs = [
        from_dict({"output_type": "stream", "name": "stdout", "text": "aHVzaA=="})
    ]
    assert "aHVzaA==" in page_of(notebook)
    notebook.metadata["dlcourse"] = {"flags": ["reads its own tests"] * (by == "flag")}
    words = words_of(page_of(notebook, own_outputs=by == "flag"))
    assert "aHVzaA==" not in words
    assert "division by zero" not in words
    assert "should be 1, got 2" not in words  # could be made up
    assert "What this cell showed is left out here." in words


def test_outputs_are_cut(marked: NotebookNode) -> None:
    cell = new_code_cell("x" * 300_000, execution_count=3)
    picture = base64.b64encode(bytes(3_000_000)).decode()
    small = base64.b64encode(bytes(3_000)).decode()
    stream = {"output_type": "stream", "name": "stdout", "text": "y" * 50_000}
    error = {"output_type": "error", "ename": "E" * 999, "evalue": "e" * 50_000}
    shown = {
        "image/png": picture,
        "image/jpeg": small,
        "text/html": "h" * 300_000,
        "text/plain": "p" * 50_000,
        "text/javascript": "1",
        "application/json": "{}",
    }
    made = [
        stream,
        {**error, "traceback": ["t" * 40_000, "u" * 40_000]},
        {"output_type": "display_data", "data": shown, "metadata": {"filenames": {}}},
        {"output_type": "display_data", "data": {"x/y": "1"}, "metadata": {}},
        *[stream] * 100,
    ]
    cell.outputs = [from_dict(one) for one in made]
    cell.metadata = from_dict({"tags": ["a"], "nbgrader": {"grade_id": "b"}})
    outputs.cut_cell(cell)
    assert len(json.dumps(cell)) < 900_000
    assert cell.outputs[0].text.startswith(
        "y" * 20_000 + "\n(cut here: 20,000 of 50,000"
    )
    assert [len(chunk) for chunk in cell.outputs[1].traceback] == [20_041]
    assert cell.outputs[2].data.keys() == {"image/jpeg", "text/plain"}
    assert cell.outputs[2].metadata == {}
    assert cell.outputs[-1].text == "(74 more outputs are not shown)\n"
    assert cell.metadata == {"nbgrader": {"grade_id": "b"}}
    assert cell.execution_count == 3
    cell.execution_count = "<script>"
    outputs.cut_cell(cell)
    assert cell.execution_count is None


def test_a_page_has_an_end() -> None:
    picture = base64.b64encode(bytes(1_400_000)).decode()
    cells = [new_code_cell("draw()") for _ in range(20)]
    for cell in cells:
        shown = {"output_type": "display_data", "data": {"image/png": picture}}
        cell.outputs = [from_dict({**shown, "metadata": {}})]
    cells.append(new_code_cell("1"))
    outputs.cut_cells(cells)
    kept = [cell for cell in cells if "data" in (cell.outputs or [{}])[0]]
    assert len(kept) == 10
    assert cells[10].outputs[0].text.startswith("(not shown: ")
    assert cells[20].outputs == []


def test_hidden_tests_within_a_function_are_cut_out() -> None:
    source = (
        "def check():\n    assert True\n    ### BEGIN HIDDEN TESTS\n    assert hush\n"
        "    ### END HIDDEN TESTS\n\n\ncheck()"
    )
    words = words_of(page_of(new_notebook(cells=[test_cell("a-test", source)])))
    assert "hush" not in words
    assert "    assert True\n    # Hidden tests: the same task" in words
    assert "check()" in words


def test_attachments_are_cut() -> None:
    png = base64.b64encode(bytes(9)).decode()
    cell = new_markdown_cell("x")
    cell.attachments = from_dict(
        {
            "page.html": {"text/html": png},
            "broken.png": {"image/png": '"><script>'},
            **{f"{n}.png": {"image/png": png, "text/html": png} for n in range(20)},
        }
    )
    outputs.cut_cell(cell)
    assert len(cell.attachments) == 10
    assert cell.attachments["0.png"] == {"image/png": png}


PNG = "data:image/png;base64,AAAA"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b & `c < d`", "<p>a &lt; b &amp; <code>c &lt; d</code></p>"),
        ("[x](https://a.org/?b=1)", '<p><a href="https://a.org/?b=1">x</a></p>'),
        ("<b onclick='x'>b</b>", "<p><b>b</b></p>"),
        ("<a href='java\tscript:x'>a</a>", "<a>a</a>"),
        ("<a href='data:text/html,x'>a</a>", "<a>a</a>"),
        ("<script>x</script>b<style>y</style>", "b"),
        (
            "<p style='position: fixed; color: red; background: url(x)'>p</p>",
            '<p style="color: red;">p</p>',
        ),
        ("<p id='x' class='btn nb'>p</p>", "<p>p</p>"),
        (f"<img src='{PNG}' onerror='x'>", f'<img src="{PNG}">'),
        ("<img src='https://a.org/b.png'>c", "c"),
        ("<img src='data:text/html;base64,AAAA'>c", "c"),
        ("![c](https://a.org/b.png)", "(picture: "),
        ("![c](attachment:gone.png)", "<p>(picture missing: c)</p>"),
        ("```python\nx = 1\n```", '<div class="highlight"><pre>'),
    ],
)
def test_markdown_becomes_harmless(source: str, expected: str) -> None:
    made = markup.markdown_to_html({"cell": {}}, source)
    assert expected in made.strip()


def test_maths_needs_no_script() -> None:
    source = "$x_i < 2$, $$\\sum_i x_i$$ and $\\unknown{<script>x</script>}$"
    made = markup.markdown_to_html({"cell": {}}, source)
    assert made.count("<math xmlns=") == 2
    assert "<code>$\\unknown{&lt;script&gt;x&lt;/script&gt;}$</code>" in made
    # In an attribute, the formula would break out of it.
    made = markup.markdown_to_html({"cell": {}}, f'![a $x$ b]({PNG} "$y$")')
    assert "<math" not in made.replace("<p>", "")
    assert "maths" not in made


def test_pictures_beside_a_notebook_come_along(tmp_path: Path) -> None:
    folder = tmp_path / "lab"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "a b.png").write_bytes(b"picture")
    (folder / "a.html").write_bytes(b"page")
    (folder / "big.png").write_bytes(bytes(pictures.MOST_PICTURE + 1))
    (folder / "link.png").symlink_to("a b.png")
    (folder / "out.png").symlink_to("../secret.png")
    os.mkfifo(folder / "waits.png")
    made = pictures.beside(folder, "a%20b.png")
    assert made == f"data:image/png;base64,{base64.b64encode(b'picture').decode()}"
    context = {"cell": {}, "resources": {"metadata": {"path": str(folder)}}}
    assert made in markup.markdown_to_html(context, "![c](a%20b.png)")
    for name in ("a.html", "big.png", "link.png", "out.png", "waits.png", "gone.png"):
        assert pictures.beside(folder, name) == "", name
    for name in ("../secret.png", str(tmp_path / "secret.png"), "a\0.png", "x" * 9999):
        assert pictures.beside(folder, name) == "", name[:20]


@pytest.fixture
def hand_in(course: Path, release: bytes) -> Callable[..., None]:
    def write(student: str, **answers: str) -> None:
        folder = course / "class/submitted" / student / "toy"
        folder.mkdir(parents=True)
        notebook = answered(release, **answers)
        notebook["cells"].append(own_cell("1 / 0"))
        (folder / "toy.ipynb").write_bytes(written(notebook))

    return write


def test_the_course_s_own_feedback(course: Path, hand_in: Callable[..., None]) -> None:
    hand_in("ada", backwards=WRONG_BACKWARDS)
    hand_in("ben", why="![gone](attachment:gone.png)", double="double = None")
    # Right for the two words of the visible test, out of range for the three others.
    hand_in(
        "cleo", longest="def longest(words):\n    return words[3 ** len(words) - 8]"
    )
    run_in(course, "dlcourse", "grade", "toy")
    said = run_in(course, "nbgrader", "generate_feedback", "toy")
    assert "WARNING" not in said
    pages = {
        name: words_of((course / f"class/feedback/{name}/toy/toy.html").read_text())
        for name in ("ada", "ben", "cleo")
    }
    for words in pages.values():
        for hidden in ("double(-3)", "-6", '"abc"', "cba", '"cc"', "marshal"):
            assert hidden not in words
        assert 'same(backwards("a"), "a")' in words
    assert "(Score: 6.0 / 11.0)" in pages["ada"]
    assert pages["ada"].count("HiddenTest") == 1
    assert "TypeError: 'NoneType' object is not callable" in pages["ben"]
    assert "(picture missing: gone)" in pages["ben"]
    fault = "your code raised IndexError in cell longest, line 2"
    assert f"HiddenTest: a hidden test failed: {fault}." in pages["cleo"]
