"""Links that open a page: in Colab and Binder, as a file, and its source to edit.

The theme would open the page's Markdown, which neither Colab nor Binder shows as a
notebook. So its buttons are exchanged for links to the exported notebooks, which are
written beside the pages.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from jupyter_cache import get_cache
from sphinx.application import Sphinx
from sphinx.errors import ConfigError
from sphinx.util import logging

from dlcourse.errors import CourseError
from dlcourse.publish.addresses import WHEELS, Addresses, read_addresses
from dlcourse.publish.exported import export_all, find_chapters
from dlcourse.publish.student_wheel import build_wheel

_LOG = logging.getLogger(__name__)
# After the theme, which makes its own buttons at 501.
_PRIORITY = 900
_THEMES_OWN = {
    "launch-buttons",
    "download-buttons",
    "source-buttons",
    "source-repository-button",
    "source-edit-button",
}

Button = dict[str, Any]


class LaunchLinks:
    """The links of one build.

    Attributes:
        addresses: where site and sources are.
        notebooks: the notebook's path on the site for each page that has one.
    """

    addresses: Addresses
    notebooks: dict[str, str]

    def prepare(self, app: Sphinx) -> None:
        """Find the pages that get a notebook.

        Raises:
            ConfigError: if ``_config.yml`` names no repository, or a page is faulty.
        """
        root = Path(app.srcdir)
        try:
            self.addresses = read_addresses(root)
            self.notebooks = {one.page: one.path for one in find_chapters(root)}
        except CourseError as error:
            raise ConfigError(str(error)) from error

    def exchange_buttons(
        self,
        app: Sphinx,
        page: str,
        template: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Put our buttons in the place of the theme's."""
        if doctree is None:  # a page without a source, such as the search
            return
        kept = [
            button
            for button in context.get("header_buttons", ())
            if button.get("label") not in _THEMES_OWN
        ]
        notebook = self.notebooks.get(page)
        launch = self._launch(notebook, context) if notebook else []
        context["header_buttons"] = [*launch, self._source(page), *kept]

    def _launch(self, notebook: str, context: dict[str, Any]) -> list[Button]:
        buttons = [
            _link(
                "Open in Colab",
                self.addresses.colab(notebook),
                "_static/images/logo_colab.png",
            ),
            _link(
                "Open in Binder",
                self.addresses.binder(notebook),
                "_static/images/logo_binder.svg",
            ),
            _link(
                "Download notebook", context["pathto"](notebook, 1), "fas fa-download"
            ),
        ]
        return [_group("Run this page", "fas fa-rocket", "launch-buttons", buttons)]

    def _source(self, page: str) -> Button:
        buttons = [
            _link("Edit this page", self.addresses.edit(f"{page}.md"), "fas fa-pen"),
            _link("Repository", self.addresses.repository, "fab fa-github"),
        ]
        return _group("Source of this page", "fab fa-github", "source-buttons", buttons)

    def write(self, app: Sphinx, exception: Exception | None) -> None:
        """Write notebooks and wheel where the links point; warn of what cannot be."""
        if exception is not None or app.builder.format != "html":
            return
        store = app.config.nb_execution_cache_path
        cache = get_cache(store) if store and Path(store).is_dir() else None
        site = Path(app.outdir)
        try:
            for path, text in export_all(Path(app.srcdir), cache):
                if isinstance(text, CourseError):
                    _LOG.warning("%s", text, type="dlcourse", subtype="notebook")
                else:
                    (site / path).parent.mkdir(parents=True, exist_ok=True)
                    (site / path).write_text(text, encoding="utf-8")
            build_wheel(site / WHEELS)
        except CourseError as error:
            _LOG.warning("%s", error, type="dlcourse", subtype="notebook")


def _link(text: str, url: str, icon: str) -> Button:
    return {"type": "link", "text": text, "url": url, "icon": icon}


def _group(tooltip: str, icon: str, label: str, buttons: list[Button]) -> Button:
    return {
        "type": "group",
        "tooltip": tooltip,
        "icon": icon,
        "label": label,
        "buttons": buttons,
    }


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    links = LaunchLinks()
    app.connect("builder-inited", links.prepare)
    app.connect("html-page-context", links.exchange_buttons, priority=_PRIORITY)
    app.connect("build-finished", links.write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
