"""The real site's notebooks, wheel and launch links, as a reader finds them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dlcourse.publish.addresses import SITE_BRANCH, read_addresses
from dlcourse.publish.exported import find_chapters
from tests.browser.test_site import NARROW, WIDE

pytestmark = pytest.mark.browser

IDS = re.compile(r'\bid="([^"]+)"')


def test_every_link_of_a_notebook_leads_to_what_is_on_the_site(
    site: Path, root: Path
) -> None:
    start = read_addresses(root).site
    notebooks = sorted(site.glob("notebooks/**/*.ipynb"))
    assert len(notebooks) >= 39
    ids: dict[str, set[str]] = {}
    for notebook in notebooks:
        cells = json.loads(notebook.read_text())["cells"]
        text = "\n".join("".join(cell["source"]) for cell in cells)
        links = re.findall(re.escape(start) + r"([^\s)\"']*)", text)
        assert links, notebook.name
        for link in links:
            path, _, anchor = link.partition("#")
            assert (site / path).is_file(), f"{notebook.name}: {link}"
            if anchor and path not in ids:
                ids[path] = set(IDS.findall((site / path).read_text()))
            assert not anchor or anchor in ids[path], f"{notebook.name}: {link}"
        assert "(see the output above)" not in text, notebook.name


def test_links_to_the_repository_lead_to_files_that_are_there(
    site: Path, root: Path
) -> None:
    addresses = read_addresses(root)
    own = re.escape(f"{addresses.owner}/{addresses.name}")
    found = set()
    for page in sorted(site.glob("book/**/*.html")):
        text = page.read_text()
        found |= set(re.findall(rf"{own}/(?:blob|edit)/([^/\"]+)/([^\"#?]+)\"", text))
        binder = rf"{own}/{addresses.branch}\?urlpath=lab/tree/([^\"]+)\""
        found |= {("binder", path) for path in re.findall(binder, text)}
    assert {branch for branch, _ in found} == {SITE_BRANCH, addresses.branch, "binder"}
    for branch, path in sorted(found):
        # Binder's notebooks are made by postBuild, from the same chapters.
        made = branch == SITE_BRANCH or path.startswith("notebooks/")
        assert ((site if made else root) / path).is_file(), f"{branch}: {path}"


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_menu_of_a_chapter_opens_and_its_notebook_downloads(
    browser, address, root, viewport
):
    for chapter in (find_chapters(root)[0], find_chapters(root)[-1]):
        context = browser.new_context(viewport=viewport)
        page = context.new_page()
        page.goto(f"{address}/{chapter.page}.html")
        page.click(".dropdown-launch-buttons > button")
        for text in ("Open in Colab", "Open in Binder"):
            assert page.get_by_role("link", name=text).first.is_visible()
        link = page.get_by_role("link", name="Download notebook").first
        assert link.is_visible()
        with page.expect_download() as started:
            link.evaluate("link => { link.target = '_self'; link.click() }")
        text = Path(started.value.path()).read_text()
        assert json.loads(text)["cells"][0]["id"] == "setup"
        page.keyboard.press("Escape")
        page.click(".dropdown-source-buttons > button")
        edit = page.get_by_role("link", name="Edit this page").first
        assert edit.get_attribute("href").endswith(f"/edit/main/{chapter.page}.md")
        context.close()
