"""The directive demo, in a small book of its own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from dlcourse.errors import CourseError
from dlcourse.publish.book import build
from dlcourse.publish.demos import first_state, scripts
from tests.publish.houses import small_course

NAMES = ("attention", "convolution", "descent", "softmax")
PAGES = {
    "one": "# One\n\n```{demo} softmax\n```\n",
    "two": "# Two\n\n:::{demo} convolution\n:::\n\n```{demo} softmax\n```\n",
    "none": "# None\n\nWords.\n",
}


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "book" / "_static" / "demos"


def house(path: Path, root: Path, **pages: str) -> Path:
    """Make a small course with the real configuration."""
    path.mkdir()
    return small_course(root, path, pages)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    path = tmp_path_factory.mktemp("demos") / "house"
    return build(house(path, root, **PAGES)).parent


def test_a_page_has_the_first_state_and_waits_for_its_script(
    site: Path, folder: Path
) -> None:
    text = (site / "book" / "one.html").read_text(encoding="utf-8")
    assert text.count('<div class="dl-demo" data-demo="softmax">') == 1
    assert first_state(folder, "softmax") in text
    demo = text.split('data-demo="softmax">')[1]
    assert demo.startswith('<form autocomplete="off"><fieldset disabled>')
    assert "<noscript><p>The controls need JavaScript." in demo
    assert "Likeliest is <strong>bread</strong>, probability 0.64." in demo


def test_pages_load_only_the_files_that_they_need(site: Path) -> None:
    def loaded(page: str) -> list[str]:
        text = (site / "book" / f"{page}.html").read_text(encoding="utf-8")
        return re.findall(r'(?:src|href)="[./]*_static/demos/([a-z.-]+)\?v=', text)

    assert sorted(loaded("one")) == ["kit.js", "softmax.js"]
    two = loaded("two")
    assert sorted(two) == [
        "convolution-sizes.js",
        "convolution.js",
        "kit.js",
        "softmax.js",
    ]
    # Each after what it builds on.
    order = [two.index(f"{name}.js") for name in ("kit", "convolution-sizes")]
    assert order[0] < order[1] < two.index("convolution.js")
    assert loaded("none") == []
    # Styles are in the one sheet that all pages share.
    sheet = (site / "_static" / "site.css").read_text(encoding="utf-8")
    assert "demos/demos.css" in sheet.partition("\n")[0]
    assert ".dl-demo-" in sheet.partition("\n")[2]
    for name in (*two, *loaded("one")):
        assert (site / "_static" / "demos" / name).is_file()


def test_what_is_no_demonstration_stops_the_build(
    tmp_path: Path, root: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    course = house(tmp_path / "house", root, page="# Page\n\n```{demo} cooking\n```\n")
    with pytest.raises(CourseError, match="Sphinx failed or warned"):
        build(course)
    said = capfd.readouterr().err
    assert (
        "demo: there is no demonstration 'cooking'; "
        "write one of attention, convolution, descent, softmax." in said
    )
    assert "page.md:3" in said


@pytest.mark.parametrize("name", ["kit", "convolution-sizes", "../quiz", ""])
def test_a_part_is_no_demonstration(folder: Path, name: str) -> None:
    with pytest.raises(CourseError, match="there is no demonstration"):
        scripts(folder, name)


def test_a_script_that_fails_is_named(tmp_path: Path, folder: Path) -> None:
    shutil.copytree(folder, tmp_path / "demos")
    (tmp_path / "demos" / "softmax.js").write_text("module.exports = {};\n")
    with pytest.raises(CourseError) as caught:
        first_state(tmp_path / "demos", "softmax")
    assert re.fullmatch(
        r"softmax\.js: the first state cannot be drawn \(TypeError: .*\); "
        r"mend the script\.",
        str(caught.value),
    )


def test_every_demonstration_is_there_and_each_file_is_small(folder: Path) -> None:
    files = {path.name: path for path in folder.iterdir()}
    assert {f"{name}.js" for name in NAMES} < set(files)
    for name, file in files.items():
        assert file.stat().st_size < 10_000, name


def test_scripts_need_no_server(folder: Path) -> None:
    """A page opened from a folder may neither import nor fetch."""
    for file in folder.glob("*.js"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"^\s*(import|export)\b|import\(", text, re.M), file.name
        assert not re.search(r"fetch\(|XMLHttp|https?:|localStorage", text), file.name


@pytest.mark.parametrize("name", NAMES)
def test_every_control_has_a_label_and_shows_its_value(folder: Path, name: str) -> None:
    state = first_state(folder, name)
    controls = re.findall(r"<label[^>]*>(.*?)</label>", state)
    fields = re.findall(r"<(?:input|select) ", state)
    assert len(controls) == len(fields) > 0
    for control in controls:
        assert re.sub(r"<select.*?</select>|<[^>]*>", "", control).strip()
    for field in re.findall(r'<input type="range"[^>]*>', state):
        assert re.search(r'aria-valuetext="[^"]+"', field)
    assert re.search(r'role="img" aria-label="[^"]{40,}"', state)
    assert state.count('role="status"') == 1
