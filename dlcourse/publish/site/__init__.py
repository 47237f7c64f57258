"""The built site as readers meet it: quick to load, open to everyone, easy to find.

A Sphinx extension in a few rooms. While a page is written, ``scripts`` decides what it
loads, ``access`` mends what screen readers and keyboards need, and ``find`` says what
search engines and link previews show. When all pages are written, ``find`` adds the
files around them, ``asked`` what the search page knows beyond Sphinx's index, and
``gather`` makes one style sheet and one script of those that the pages share.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from dlcourse.errors import CourseError
from dlcourse.publish.addresses import read_addresses
from dlcourse.publish.site import access, asked, find, gather, scripts

HERE = Path(__file__).parent


def _add_folders(app: Sphinx, config: Config) -> None:
    """Let our templates and scripts stand before the theme's."""
    config.templates_path.insert(0, str(HERE / "templates"))
    config.html_static_path.append(str(HERE / "static"))


def _set_address(app: Sphinx, config: Config) -> None:
    """Tell Sphinx where the site will be; it then writes canonical addresses."""
    try:
        config.html_baseurl = read_addresses(Path(app.srcdir)).site
    except CourseError as error:
        raise ConfigError(str(error)) from error


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("config-inited", _add_folders)
    app.connect("config-inited", _set_address)
    app.add_post_transform(access.RowHeaders)
    # After all others, whose scripts and buttons these look at.
    app.connect("html-page-context", scripts.choose, priority=950)
    app.connect("html-page-context", access.mend_page, priority=950)
    app.connect("html-page-context", find.describe, priority=950)
    app.connect("env-check-consistency", asked.check)
    app.connect("build-finished", asked.write)
    # Before the table of contents' extension, which fills in for a missing index.html.
    app.connect("build-finished", find.write_files, priority=400)
    app.connect("build-finished", gather.gather, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
