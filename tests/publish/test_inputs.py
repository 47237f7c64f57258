"""A build makes what changed, all of it, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from dlcourse.publish import book
from dlcourse.publish.book import build
from dlcourse.publish.inputs import read_inputs, take_inputs
from tests.publish.houses import small_course
from tests.publish.test_execute import HEAD

CELL = '\n```{code-cell} python\nprint("seen", 6 * 7)\n```\n'


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A course of three pages with the real configuration, built once."""
    pages = {
        "lab": HEAD + "# Lab\n\n(here)=\n## Here\n" + CELL,
        "other": "# Other\n\nSee [](#here).\n",
    }
    folder = tmp_path_factory.mktemp("house")
    house = small_course(root, folder, pages, front="# Front\n\nHello.\n")
    build(house)
    return house


@pytest.fixture
def made(house: Path, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Note each run of Sphinx: whether it began from nothing."""
    runs: list[bool] = []
    real = book._build_site

    def noted(*args: object, anew: bool = True, **kwargs: object) -> Path:
        runs.append(anew)
        return real(*args, anew=anew, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(book, "_build_site", noted)
    return runs


def pages(house: Path) -> dict[str, str]:
    folder = house / "_build" / "html" / "book"
    return {path.stem: path.read_text() for path in folder.glob("*.html")}


def article(html: str) -> str:
    return html.split("<article")[1].split("</article>")[0]


def edit(house: Path, name: str, old: str, new: str) -> None:
    path = house / "book" / f"{name}.md"
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def test_nothing_is_made_if_nothing_changed(house: Path, made: list[bool]) -> None:
    before = pages(house)
    assert build(house) == house / "_build" / "html" / "index.html"
    assert made == []
    assert pages(house) == before


def test_one_changed_page_is_made_and_the_others_stay(
    house: Path, made: list[bool]
) -> None:
    before = pages(house)
    edit(house, "index", "Hello.", "Good morning.")
    build(house)
    assert made == [False]
    after = pages(house)
    assert "Good morning." in after["index"]
    # The head may differ: Sphinx adds checksums of files that are there already.
    assert article(after["other"]) == article(before["other"])
    assert article(after["index"]) != article(before["index"])
    assert 'href="lab.html#here"' in after["other"]


def test_a_changed_cell_shows_its_new_output(house: Path, made: list[bool]) -> None:
    edit(house, "lab", "6 * 7", "6 * 8")
    build(house)
    assert made == [False]
    assert "seen 48" in pages(house)["lab"]


def test_a_changed_heading_reaches_all_pages(house: Path, made: list[bool]) -> None:
    edit(house, "lab", "## Here", "## There")
    build(house)
    assert made == [True]
    assert "There</span></a>" in pages(house)["other"]


def test_a_forced_build_begins_from_nothing(house: Path, made: list[bool]) -> None:
    build(house, force=True)
    assert made == [True]


def test_what_every_page_may_show_is_shared(house: Path) -> None:
    names = [house / "book" / f"{name}.md" for name in ("index", "lab", "other")]

    def shared() -> str:
        return take_inputs(house, names, {}).shared

    before = shared()
    for path, text in (
        (house / "_config.yml", "# changed\n"),
        (house / "_toc.yml", "# changed\n"),
        (house / "book" / "_static" / "course.css", "p {}\n"),
        (house / "exercises" / "toy" / "toy.ipynb", "{}"),
    ):
        old = path.read_text() if path.is_file() else None
        path.parent.mkdir(exist_ok=True)
        path.write_text((old or "") + text)
        assert shared() != before, path
        if old is None:
            path.unlink()
        else:
            path.write_text(old)
        assert shared() == before, path


def test_an_output_alone_changes_its_page(house: Path) -> None:
    page = house / "book" / "lab.md"
    one = take_inputs(house, [page], {page: "yesterday"})
    other = take_inputs(house, [page], {page: "today"})
    assert other.changed_since(one) == ["book/lab.md"]
    assert one.changed_since(one) == []
    assert one.changed_since(None) is None


@pytest.mark.parametrize("text", ["", "[]", '{"shared": "x"}'])
def test_a_strange_note_means_all_pages(tmp_path: Path, text: str) -> None:
    (tmp_path / "note.json").write_text(text)
    assert read_inputs(tmp_path / "note.json") is None
