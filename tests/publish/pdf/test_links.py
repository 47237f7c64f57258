"""Pages offer a PDF if it says what they say, else none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dlcourse.errors import CourseError
from dlcourse.publish.pdf import chromium
from dlcourse.publish.pdf.chapters import read_book
from dlcourse.publish.pdf.jobs import Jobs
from dlcourse.publish.pdf.links import publish
from dlcourse.publish.pdf.press import print_site
from dlcourse.publish.pdf.shelf import Shelf
from tests.publish.pdf.toy import write_toy

MENU = (
    '<div class="dropdown dropdown-launch-buttons"><ul class="dropdown-menu"><li>Colab'
    "</li></ul></div>"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with files on the shelf, as if they had been printed."""
    site = write_toy(tmp_path)
    book, shelf = read_book(tmp_path, site), Shelf(tmp_path)
    jobs = Jobs(tmp_path, site, book)
    for chapter in book.chapters:
        data = f"%PDF {chapter.name}".encode()
        shelf.keep(f"alone/{chapter.name}.pdf", jobs.mark_alone(chapter), data)
    shelf.keep(book.file_name, jobs.mark_book(), b"%PDF book")
    return site


def test_links_lead_to_files_that_are_there(site: Path, tmp_path: Path) -> None:
    offered = publish(tmp_path, site)
    assert len(offered) == 5
    text = (site / "book" / "one.html").read_text()
    assert 'href="../pdf/one.pdf"' in text
    assert 'href="../pdf/toy-course.pdf"' in text
    assert (site / "pdf" / "one.pdf").read_bytes() == b"%PDF one"
    front = (site / "book" / "index.html").read_text()
    assert 'href="../pdf/toy-course.pdf"' in front
    assert "index.pdf" not in front


def test_a_chapter_with_a_menu_has_its_link_there(site: Path, tmp_path: Path) -> None:
    page = site / "book" / "one.html"
    page.write_text(
        page.read_text().replace('header-buttons">', f'header-buttons">{MENU}')
    )
    publish(tmp_path, site)
    menu = page.read_text().partition("<li>Colab")[2].partition("</ul>")[0]
    assert "../pdf/one.pdf" in menu
    assert page.read_text().count("one.pdf") == 1


def test_a_second_time_changes_nothing(site: Path, tmp_path: Path) -> None:
    publish(tmp_path, site)
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    times = {path: path.stat().st_mtime_ns for path in before}
    publish(tmp_path, site)
    assert {path: path.read_bytes() for path in before} == before
    assert {path: path.stat().st_mtime_ns for path in before} == times


def test_what_changed_is_offered_no_more(site: Path, tmp_path: Path) -> None:
    bare = (site / "book" / "four.html").read_text()
    publish(tmp_path, site)
    changed = bare.replace("End.", "Another end.")
    (site / "book" / "four.html").write_text(changed)
    offered = publish(tmp_path, site)
    assert "four.pdf" not in offered
    assert "toy-course.pdf" not in offered
    assert "one.pdf" in offered
    assert not (site / "pdf" / "four.pdf").exists()
    assert not (site / "pdf" / "toy-course.pdf").exists()
    assert (site / "book" / "four.html").read_text() == changed
    assert "toy-course.pdf" not in (site / "book" / "one.html").read_text()


@pytest.mark.parametrize("file", ["_images/light.svg", "_static/site.css"])
def test_a_changed_file_that_the_page_shows_counts(
    site: Path, tmp_path: Path, file: str
) -> None:
    (site / file).write_text("<svg></svg>")
    assert "one.pdf" not in publish(tmp_path, site)


def test_an_unknown_page_is_answered_by_a_list(site: Path, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"no page lab99 .*one, two, three, four"):
        print_site(tmp_path, ["lab99"])


def test_no_site_is_said(tmp_path: Path) -> None:
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/index\n")
    with pytest.raises(CourseError, match="_build/html holds no site"):
        print_site(tmp_path)


def test_a_page_that_was_not_built_is_said(site: Path, tmp_path: Path) -> None:
    (site / "book" / "three.html").unlink()
    with pytest.raises(CourseError, match=r"book/three\.html is missing"):
        print_site(tmp_path)


def test_no_chromium_is_said(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CourseError, match="apt-get install chromium"):
        print_site(tmp_path)


def test_no_playwright_is_said(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chromium, "find_chromium", lambda: "/bin/true")
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(CourseError, match=r"pip install 'dlcourse\[pdf\]'"):
        print_site(tmp_path)


def test_two_pages_of_one_name_are_refused(site: Path, tmp_path: Path) -> None:
    contents = (tmp_path / "_toc.yml").read_text() + "      - file: other/one\n"
    (tmp_path / "_toc.yml").write_text(contents)
    (site / "other").mkdir()
    (site / "other" / "one.html").write_bytes((site / "book/one.html").read_bytes())
    with pytest.raises(CourseError, match="two pages are named one"):
        print_site(tmp_path)
