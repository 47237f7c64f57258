"""What the book adds to Sphinx: figures for dark mode and links to the assignments."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from dlcourse.publish import katex_server
from dlcourse.publish.addresses import EXERCISES, read_addresses
from dlcourse.publish.dark_figures import write_twins


class DarkTwins(SphinxTransform):
    """Show a cell's SVG figure in the light theme and its twin in the dark one."""

    # Before Sphinx collects the images of a page, which happens at 880.
    default_priority = 870

    def apply(self, **kwargs: Any) -> None:
        """Replace each image by its two twins; the theme shows one of them."""
        for image in list(self.document.findall(nodes.image)):
            uri = image["uri"]
            if not uri.endswith(".svg") or "jupyter_execute" not in uri:
                continue
            for twin, theme in zip(
                write_twins(Path(self.env.srcdir) / uri.lstrip("/")),
                ("only-light", "only-dark"),
                strict=True,
            ):
                copy = image.deepcopy()
                copy["uri"] = uri.rsplit("/", 1)[0] + "/" + twin.name
                copy["classes"] = [*copy["classes"], theme]
                # A hidden lazy image is never fetched, so a reader loads one twin only.
                copy["loading"] = "lazy"
                image.parent.insert(image.parent.index(image), copy)
            image.parent.remove(image)


class ExerciseLinks(SphinxDirective):
    """A card that leads to an assignment, to download or to open elsewhere."""

    required_arguments = 1
    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Make the card from the released notebook."""
        name = self.arguments[0]
        path = f"exercises/{name}/{name}.ipynb"
        notebook = Path(self.env.srcdir) / path
        if not notebook.is_file():
            raise self.error(
                f"{path} does not exist; make it by `dlcourse release {name}`."
            )
        self.env.note_dependency(str(notebook))
        items, points = _size(notebook)
        links = "".join(
            f'<a class="dl-button" href="{address}"{extra}>{label}</a>'
            for label, address, extra in self._targets(name, path)
        )
        html = (
            '<div class="dl-exercise"><p class="dl-exercise-what">'
            f"<strong>{name}</strong><span>{items} items · {points:g} points</span></p>"
            f'<p class="dl-exercise-links">{links}</p></div>'
        )
        return [nodes.raw("", html, format="html")]

    def _targets(self, name: str, path: str) -> list[tuple[str, str, str]]:
        """List the links: what each says, where it leads, and attributes."""
        root = Path(self.env.srcdir)
        addresses = read_addresses(root)
        source = f"solutions/{name}/{name}.md"
        up = "../" * self.env.docname.count("/")
        links = [
            ("Download notebook", f"{up}{path}", " download"),
            # Colab lacks the course's package, so it gets a copy that installs it.
            ("Open in Colab", addresses.colab(f"{EXERCISES}/{name}.ipynb"), ""),
            ("Open in Binder", addresses.binder(path), ""),
            ("See on GitHub", addresses.source(path), ""),
        ]
        # Whoever publishes the course without its solutions has no source to edit.
        if (root / source).is_file():
            links.append(("Edit source (shows solutions)", addresses.edit(source), ""))
        return links


def _size(notebook: Path) -> tuple[int, float]:
    """Count the graded cells of a released notebook and add up their points."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    graded = [
        cell["metadata"]["nbgrader"]["points"]
        for cell in cells
        if cell["metadata"].get("nbgrader", {}).get("grade")
    ]
    return len(graded), sum(graded)


def _copy_exercises(app: Sphinx, exception: Exception | None) -> None:
    """Put the released notebooks where the cards' download links point."""
    if exception is None and app.builder.format == "html":
        exercises = Path(app.srcdir) / "exercises"
        shutil.copytree(
            exercises,
            Path(app.outdir) / "exercises",
            dirs_exist_ok=True,
            ignore=shutil.ignore_patterns(".ipynb_checkpoints"),
        )


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    katex_server.install()
    # Jupyter Book sets this for an extension that _config.yml leaves out.
    app.add_config_value("comments_config", {}, "html")
    app.add_transform(DarkTwins)
    app.add_directive("exercise-links", ExerciseLinks)
    app.connect("build-finished", _copy_exercises)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
