"""What students and instructors click in a browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Browser, Locator, Page, expect

# An answer to the toy assignment.
RIGHT = '''def double(number):
    """Return twice the number."""
    return number + number'''
PATIENCE = 90_000  # milliseconds; a busy machine is no reason to fail


class Hub(Protocol):
    """Where to log in, and how."""

    @property
    def url(self) -> str: ...

    @property
    def password(self) -> str: ...


class Person:
    """Somebody with an account and a browser window."""

    def __init__(self, browser: Browser, hub: Hub, name: str, pictures: Path) -> None:
        self.hub, self.name, self.pictures = hub, name, pictures
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        self.page = context.new_page()

    def log_in(self) -> None:
        self.page.goto(f"{self.hub.url}/hub/login")
        self.page.get_by_label("Username").fill(self.name)
        self.page.get_by_label("Password").fill(self.hub.password)
        self.picture("login")
        self.page.get_by_role("button", name="Sign in").click()

    def picture(self, name: str, page: Page | None = None) -> None:
        self.pictures.mkdir(parents=True, exist_ok=True)
        path = self.pictures / f"{self.name}-{name}.png"
        (page or self.page).screenshot(path=path)


class Student(Person):
    """Works in JupyterLab, with nbgrader's assignment list."""

    def list(self, part: str) -> Locator:
        return self.page.locator(f"#{part}_assignments_list")

    def open_assignments(self) -> None:
        expect(self.page.locator(".jp-DirListing")).to_be_visible()
        self.menu("Nbgrader", "Assignment List")
        expect(self.list("released").locator(".list_loading")).to_be_hidden()

    def menu(self, name: str, item: str) -> None:
        self.page.locator(".lm-MenuBar-item", has_text=name).click()
        self.page.locator(".lm-Menu-item", has_text=item).click()

    def tab(self, name: str) -> None:
        self.page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab", has_text=name).click()

    def fetch(self, assignment: str) -> None:
        row = self.list("released").locator(".list_item", has_text=assignment)
        row.get_by_role("button", name="Fetch").click()
        fetched = self.list("fetched").locator(".assignment-notebooks-link")
        expect(fetched).to_have_text(assignment)
        fetched.click()
        notebook = self.list("fetched").locator(".nested_list_item a")
        expect(notebook).to_be_visible()
        self.picture("assignments")
        notebook.click()
        expect(self.page.locator(".jp-Notebook .jp-Cell").first).to_be_visible()

    def write(self, holds: str, text: str) -> None:
        """Put a text into the cell that holds another."""
        cell = self.page.locator(".jp-Notebook .jp-Cell", has_text=holds)
        cell.dblclick()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Shift+Enter")

    def validate(self) -> str:
        self.page.locator(".jp-NotebookPanel-toolbar").get_by_text("Validate").click()
        dialog = self.page.locator(".jp-Dialog, .modal-dialog").first
        expect(dialog).to_be_visible()
        said = dialog.inner_text()
        self.picture("validated")
        dialog.get_by_role("button").first.click()
        return said

    def submit(self, assignment: str) -> None:
        self.tab("Assignments")
        self.list("fetched").get_by_role("button", name="Submit").click()
        submitted = self.list("submitted").locator(".list_item", has_text=assignment)
        expect(submitted.first).to_be_visible()
        self.picture("submitted")

    def read_feedback(self) -> str:
        """Fetch the feedback and open its page; what stands there."""
        self.page.locator("#refresh_assignments_list").click()
        submitted = self.list("submitted")
        expect(submitted).to_contain_text("feedback available to fetch")
        submitted.get_by_role("button", name="Fetch Feedback").click()
        submitted.locator("a", has_text="view feedback").click()
        file = self.page.locator(".jp-DirListing-item", has_text="toy.html")
        file.dblclick()
        page = self.page.frame_locator(".jp-HTMLViewer iframe").locator("body")
        expect(page).to_contain_text("Score")
        self.picture("feedback")
        return page.inner_text()


class Instructor(Person):
    """Works in the formgrader of the course's server, where a login leads."""

    def log_in(self) -> None:
        super().log_in()
        # JupyterHub asks before the course's server, which is another account's, may
        # know who comes.
        self.page.get_by_role("button", name="Authorize").click()
        self.page.wait_for_url("**/user/course-dl/formgrader**")

    def row(self, name: str) -> Locator:
        return self.page.locator("tbody tr", has_text=name)

    def click(self, name: str, action: str) -> str:
        """Click an action in somebody's or something's row; what the log says then."""
        self.row(name).locator(f".{action} a").click()
        dialog = self.page.locator(".modal-dialog")
        expect(dialog).to_be_visible()
        self.picture(action)
        said = dialog.inner_text()
        dialog.get_by_role("button", name="OK").click()
        expect(dialog).to_be_hidden()
        return said

    def go(self, *links: str) -> None:
        for link in links:
            self.page.get_by_role("link", name=link, exact=True).last.click()
            self.page.wait_for_load_state()

    def mark_answer(self, answer: str, score: float, comment: str) -> None:
        """Give marks and a comment to an answer in words, on a submission's page."""
        mark = self.page.locator(f"input#{answer}")
        note = self.page.locator(f"textarea#{answer}-comment")
        expect(note).to_have_attribute("placeholder", re.compile("comments"))
        expect(mark).to_have_class(re.compile("needs_manual_grade"))
        with self.page.expect_response("**/formgrader/api/grade/*"):
            mark.fill(f"{score:g}")
            mark.blur()
        with self.page.expect_response("**/formgrader/api/comment/*"):
            note.fill(comment)
            note.blur()
        self.picture("formgrader")
