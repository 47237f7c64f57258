"""nbgrader's steps from a marked notebook to a page; see nbgrader_config.py."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import nbbase
from traitlets import Bool

from dlcourse.grading.feedback import markup, sentences
from dlcourse.grading.feedback.hidden import hide
from dlcourse.grading.feedback.outputs import cut_cells

# A page has everything in it. Should something slip through the cleaning, a browser
# still runs no script and fetches nothing.
_RULES = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'\">"
    '<meta name="referrer" content="no-referrer">'
)
_FONT = re.compile(r"@font-face\s*\{[^}]*\}")
_LANGUAGE = {"name": "python", "pygments_lexer": "ipython3"}

Converted = tuple[NotebookNode, dict[str, Any]]


class CutOutputs(Preprocessor):  # type: ignore[misc]
    """Leaves of cells, outputs and metadata what a page can bear and show."""

    enabled = Bool(True).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Converted:
        """Cut all cells of one notebook."""
        cut_cells(nb.cells)
        nb.metadata = NotebookNode(
            dlcourse=nb.metadata.get("dlcourse", NotebookNode()),
            language_info=NotebookNode(_LANGUAGE),
        )
        return nb, resources


class HideTests(Preprocessor):  # type: ignore[misc]
    """Takes hidden tests and flags out of what a student gets, and tells the events."""

    enabled = Bool(True).tag(config=True)
    own_outputs = Bool(
        True,
        help="""Whether pages show what students' own cells printed and drew. Their code
        has seen what hidden tests hand to functions, and may print it. Flagged
        notebooks never show it.""",
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Converted:
        """Prepare one marked notebook for its student."""
        note = nb.metadata.pop("dlcourse", {})
        events = [str(event) for event in note.get("events", [])]
        hide(nb.cells, events, closed=bool(note.get("flags")) or not self.own_outputs)
        # A notebook that could not be read has its own note.
        if events and not note.get("unreadable"):
            told = nbbase.new_markdown_cell(sentences.events_note(events))
            nb.cells.insert(0, told)
        return nb, resources


class FeedbackPage(HTMLExporter):  # type: ignore[misc]
    """nbgrader's feedback page, without scripts and without requests."""

    def default_filters(self) -> Iterable[tuple[str, Any]]:
        """Put the careful filters in the place of nbconvert's."""
        yield from super().default_filters()
        yield "markdown2html", markup.markdown_to_html
        yield "clean_html", markup.clean

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Make the page."""
        self.sanitize_html = True
        nb.metadata["language_info"] = NotebookNode(_LANGUAGE)
        page, resources = super().from_notebook_node(nb, resources, **kw)
        soup = BeautifulSoup(page, "html.parser")
        # What is left are nbconvert's own, for maths, which needs none here.
        for script in soup("script"):
            script.decompose()
        # Bootstrap's icon font lies in a file that no page has beside it.
        page = _FONT.sub("", str(soup))
        return page.replace("<head>", f"<head>{_RULES}", 1), resources
