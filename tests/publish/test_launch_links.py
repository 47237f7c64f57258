"""In a small book, links of pages and of exercises' cards lead to what is there."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dlcourse.errors import CourseError
from dlcourse.publish import binder_notebooks
from dlcourse.publish.book import build
from dlcourse.publish.student_wheel import build_wheel, packed_files, wheel_name
from tests.publish.test_execute import HEAD

OWNER = "your-organisation/deep-learning-lab"
SITE = "https://your-organisation.github.io/deep-learning-lab/"
COLAB = f"https://colab.research.google.com/github/{OWNER}/blob/gh-pages/"
BINDER = f"https://mybinder.org/v2/gh/{OWNER}/main?urlpath=lab/tree/"
SOURCE, EDIT = (f"https://github.com/{OWNER}/{word}/main/" for word in ("blob", "edit"))
CELL = (
    "```{code-cell} python\nfrom dlcourse import glue\nglue('half', 0.5, '.2f')\n```\n"
)
LAB = f"""{HEAD}
{CELL}

(the-idea)=
## It's the *idea*, with $x^2$ and `code`

The half is {{glue:text}}`half`. See [](other.md), [there](other.md#its-there), [the
label](a-label), {{ref}}`a-label`, {{doc}}`other`, {{term}}`Drop-out rate`,
[here](the-idea) and [below](#check-yourself).

```{{exercise-links}} toy
```

```{{exercise-links}} bare
```

## Check yourself

```{{quiz}} product-rule
```
"""
OTHER = """# Other page

(a-label)=
## It's there

```{glossary}
Drop-out rate
: How many units are zeroed.
```
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A course with the real configuration and, on top, the theme's own buttons."""
    house = tmp_path_factory.mktemp("house")
    config = (root / "_config.yml").read_text()
    buttons = (
        "launch_buttons:\n  colab_url: https://colab.research.google.com\n"
        "  binderhub_url: https://mybinder.org\n"
    )
    assert "launch_buttons:\n" in config
    config = config.replace("launch_buttons:\n", buttons)
    config = config.replace("use_download_button: false", "use_download_button: true")
    (house / "_config.yml").write_text(config)
    (house / "nbgrader_config.py").write_text("")
    (house / "_toc.yml").write_text(
        "format: jb-book\nroot: book/index\nchapters:\n"
        "  - file: book/lab\n  - file: book/other\n"
    )
    shutil.copytree(root / "book" / "_static", house / "book" / "_static")
    (house / "book" / "index.md").write_text("# Front\n")
    (house / "book" / "lab.md").write_text(LAB)
    (house / "book" / "other.md").write_text(OTHER)
    for name in ("toy", "bare"):
        released = house / "exercises" / name / f"{name}.ipynb"
        released.parent.mkdir(parents=True)
        released.write_text(json.dumps({"cells": [], "metadata": {}}))
    (house / "solutions" / "toy").mkdir(parents=True)
    (house / "solutions" / "toy" / "toy.md").write_text(HEAD + CELL)
    return house


@pytest.fixture(scope="module")
def site(house: Path) -> Path:
    return build(house).parent


class Links(HTMLParser):
    """Collects a page's links with their text, by the group that they stand in."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.groups: dict[str, dict[str, str]] = {}
        self.ids: set[str] = set()
        self._group, self._href = "", ""
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids.add(found.get("id") or "")
        group = re.search(
            r"dropdown-(launch|source)-buttons|dl-exercise-links|bd-article",
            found.get("class") or "",
        )
        self._group = group[0] if group else self._group
        self._href = (found.get("href") or "") if tag == "a" else self._href

    def handle_endtag(self, tag: str) -> None:
        self._href = "" if tag == "a" else self._href

    def handle_data(self, data: str) -> None:
        if self._href and data.strip():
            self.groups.setdefault(self._group, {})[data.strip()] = self._href


def card(page: Path, name: str) -> dict[str, str]:
    [text] = re.findall(
        rf"<strong>{name}</strong>.*?dl-exercise-links\">(.*?)</p>",
        page.read_text(),
        re.DOTALL,
    )
    return {
        label: href for href, label in re.findall(r'href="([^"]+)"[^>]*>([^<]+)', text)
    }


def test_a_chapter_opens_in_colab_and_binder_and_downloads(site: Path) -> None:
    links = Links(site / "book" / "lab.html").groups["dropdown-launch-buttons"]
    assert links == {
        "Open in Colab": f"{COLAB}notebooks/lab.ipynb",
        "Open in Binder": f"{BINDER}notebooks/lab.ipynb",
        "Download notebook": "../notebooks/lab.ipynb",
    }
    notebook = json.loads((site / "notebooks" / "lab.ipynb").read_text())
    assert notebook["nbformat"] == 4


def test_binder_has_the_notebook_that_its_link_opens(
    house: Path, site: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = root / "postBuild"
    assert script.stat().st_mode & 0o111, "Binder runs it only if it is executable"
    command = "python -m dlcourse.publish.binder_notebooks "
    [words] = re.findall(f"^{re.escape(command)}(.*)$", script.read_text(), re.M)
    monkeypatch.chdir(house)
    monkeypatch.setattr(binder_notebooks, "_from_site", lambda address: None)
    assert binder_notebooks.main(words.split()) == 0
    links = Links(site / "book" / "lab.html").groups["dropdown-launch-buttons"]
    assert (house / links["Open in Binder"].removeprefix(BINDER)).is_file()


def test_every_page_has_a_link_to_edit_its_source(house: Path, site: Path) -> None:
    for name in ("lab", "other", "index"):
        groups = Links(site / "book" / f"{name}.html").groups
        links = groups["dropdown-source-buttons"]
        edit = links["Edit this page"]
        assert edit == f"{EDIT}book/{name}.md"
        assert (house / edit.removeprefix(EDIT)).is_file()
        assert ("dropdown-launch-buttons" in groups) is (name == "lab")


def test_nothing_is_left_of_the_buttons_of_the_theme(site: Path) -> None:
    text = (site / "book" / "lab.html").read_text()
    assert "blob/main/book" not in text
    assert "tree/book/lab.md" not in text
    assert "_sources" not in text
    assert "source-repository-button" not in text
    assert text.count("dropdown-launch-buttons") == 1
    assert "Edit this page" not in (site / "search.html").read_text()


def test_a_card_leads_to_what_is_there(house: Path, site: Path) -> None:
    page = site / "book" / "lab.html"
    links = card(page, "toy")
    released = "exercises/toy/toy.ipynb"
    assert links == {
        "Download notebook": f"../{released}",
        "Open in Colab": f"{COLAB}notebooks/exercises/toy.ipynb",
        "Open in Binder": f"{BINDER}{released}",
        "See on GitHub": f"{SOURCE}{released}",
        "Edit source (shows solutions)": f"{EDIT}solutions/toy/toy.md",
    }
    assert (page.parent / links["Download notebook"]).is_file()
    assert (site / links["Open in Colab"].removeprefix(COLAB)).is_file()
    for label, start in (("Open in Binder", BINDER), ("See on GitHub", SOURCE)):
        assert (house / links[label].removeprefix(start)).is_file()
    assert (house / "solutions/toy/toy.md").is_file()
    # Where the solutions are not published there is nothing to edit.
    assert "Edit source (shows solutions)" not in card(page, "bare")


def test_colab_gets_a_copy_and_nbgrader_keeps_its_release(
    house: Path, site: Path
) -> None:
    release = (house / "exercises/toy/toy.ipynb").read_bytes()
    assert (site / "exercises/toy/toy.ipynb").read_bytes() == release
    copy = json.loads((site / "notebooks/exercises/toy.ipynb").read_text())
    assert [cell["id"] for cell in copy["cells"]] == ["setup"]


def notebook_links(notebook: Path) -> Iterator[str]:
    for cell in json.loads(notebook.read_text())["cells"]:
        yield from re.findall(r"https?://[^\s)\"']+", "".join(cell["source"]))


def test_links_of_a_notebook_lead_to_what_is_on_the_site(site: Path) -> None:
    links = [
        link.removeprefix(SITE)
        for link in notebook_links(site / "notebooks" / "lab.ipynb")
        if link.startswith(SITE)
    ]
    assert len(links) >= 11
    for link in links:
        path, _, anchor = link.partition("#")
        assert (site / path).is_file(), link
        assert not anchor or anchor in Links(site / path).ids, link


def test_the_text_has_the_numbers_of_the_page(site: Path) -> None:
    assert "The half is 0.50." in (site / "notebooks" / "lab.ipynb").read_text()


def test_the_wheel_is_where_the_notebook_looks_for_it(site: Path) -> None:
    [wheel] = (site / "wheels").iterdir()
    assert wheel.name == wheel_name()
    assert (
        f"{SITE}wheels/{wheel.name}" in (site / "notebooks" / "lab.ipynb").read_text()
    )
    assert (
        f"{SITE}wheels/{wheel.name}"
        in (site / "notebooks" / "exercises" / "toy.ipynb").read_text()
    )


def test_the_wheel_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    first = build_wheel(tmp_path / "a").read_bytes()
    assert build_wheel(tmp_path / "b").read_bytes() == first
    assert [path.name for path in (tmp_path / "a").iterdir()] == [wheel_name()]


def test_the_wheel_holds_what_notebooks_need_and_asks_for_no_pytorch(
    tmp_path: Path,
) -> None:
    with zipfile.ZipFile(build_wheel(tmp_path)) as wheel:
        names = wheel.namelist()
        about = wheel.read(next(n for n in names if n.endswith("METADATA"))).decode()
    inside = [name for name in names if ".dist-info/" not in name]
    assert sorted(inside) == sorted(
        f"dlcourse/{path.as_posix()}" for path in packed_files()
    )
    kinds = {Path(name).suffix for name in inside}
    assert kinds <= {".py", ".ttf", ".txt", ".mplstyle", ".md", ".csv", ".svg"}
    for part in ("grading", "publish", "bench", "cli", "exam/print", "exam/export"):
        assert not [name for name in inside if name.startswith(f"dlcourse/{part}")]
    for part in ("fonts/", "exam/bank/", "data/", "figures.py", "course.mplstyle"):
        assert [name for name in inside if name.startswith(f"dlcourse/{part}")]
    required = re.findall(r"^Requires-Dist: (.*)$", about, re.MULTILINE)
    assert required == ["matplotlib", "numpy", "pyyaml", "scikit-learn"]


def test_what_a_notebook_cannot_say_stops_the_build(
    house: Path, site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = (site / "notebooks" / "lab.ipynb").read_bytes()
    page = house / "book" / "lab.md"
    page.write_text(f"{LAB}\n```{{raw}} html\n<b>Bold.</b>\n```\n")
    try:
        with pytest.raises(CourseError, match="Sphinx failed or warned"):
            build(house)
    finally:
        page.write_text(LAB)
    line = LAB.count("\n") + 2
    said = f"book/lab.md, line {line}: the exporter of notebooks does not know"
    assert said in capfd.readouterr().err
    assert (site / "notebooks" / "lab.ipynb").read_bytes() == before


def test_a_repository_that_colab_cannot_open_stops_the_build(
    house: Path, site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    config = house / "_config.yml"
    text = config.read_text()
    config.write_text(
        text.replace("  url: https://github.com", "  url: https://codeberg.org")
    )
    try:
        with pytest.raises(CourseError, match="Sphinx failed or warned"):
            build(house)
    finally:
        config.write_text(text)
    assert "in the form https://github.com/OWNER/NAME" in capfd.readouterr().err
