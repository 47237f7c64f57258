"""The directive ``execution-table``: what ran, when, and how long it took.

The build notes what it executed or found in the cache (``write_runs``); the directive
shows these notes. MyST-NB's own table knows neither the solutions nor the libraries.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from dlcourse.publish.execute import KERNEL_ENVIRONMENT
from dlcourse.publish.records import Outcome

DIRECTIVE = "{execution-table}"
_NOTES = "_build/execution.json"
_LIBRARIES = {"torch": "PyTorch", "torchvision": "torchvision", "numpy": "NumPy"}
_HEADS = ("", "Cells", "Seconds", "Outputs made")


@dataclass(frozen=True)
class Run:
    """How one notebook ran.

    Attributes:
        name: its source, from the course's root and without ``.md``.
        cells: its cells of code.
        seconds: what they took.
        day: when its outputs were made, such as ``2026-11-28``.
    """

    name: str
    cells: int
    seconds: float
    day: str


def write_runs(root: Path, order: Sequence[Path], outcomes: Sequence[Outcome]) -> str:
    """Note how all notebooks ran, for the page that shows it.

    Which of them came from the cache is left out: it would change the page, and so
    call for a build, after a build in which nothing changed.

    Args:
        root: the course's root folder.
        order: pages and solutions in the order of the table.
        outcomes: what became of them, in any order.

    Returns:
        The text of the notes.
    """
    by_path = {outcome.path: outcome for outcome in outcomes}
    runs = [
        Run(
            path.relative_to(root).with_suffix("").as_posix(),
            by_path[path].cells,
            round(by_path[path].seconds, 1),
            f"{by_path[path].made:%Y-%m-%d}",
        )
        for path in order
        if path in by_path
    ]
    text = json.dumps({"versions": _versions(), "runs": [asdict(run) for run in runs]})
    notes, draft = root / _NOTES, root / f"{_NOTES}.tmp"
    notes.parent.mkdir(exist_ok=True)
    draft.write_text(text, encoding="utf-8")
    draft.replace(notes)
    return text


def _versions() -> dict[str, str]:
    """Say what ran the cells; the cache forgets outputs made with anything else."""
    return {
        "Python": platform.python_version(),
        **{name: version(library) for library, name in _LIBRARIES.items()},
    }


def read_runs(root: Path) -> tuple[dict[str, str], list[Run]]:
    """Read the notes: versions by name, and how each notebook ran; none if unread."""
    try:
        notes = json.loads((root / _NOTES).read_text(encoding="utf-8"))
        return dict(notes["versions"]), [Run(**run) for run in notes["runs"]]
    except (OSError, ValueError, KeyError, TypeError):
        return {}, []


class ExecutionTable(SphinxDirective):
    """A table of the pages with cells, and one of the reference solutions."""

    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Make the tables from the notes of the build."""
        versions, runs = read_runs(Path(self.env.srcdir))
        if not runs:
            return [
                nodes.paragraph(text="`make book` notes what it runs; it has not yet.")
            ]
        pages = [run for run in runs if not run.name.startswith("solutions/")]
        solutions = [run for run in runs if run.name.startswith("solutions/")]
        made: list[nodes.Node] = [self._sentence(versions, runs)]
        for caption, some in (("Pages", pages), ("Reference solutions", solutions)):
            if some:
                made.append(self._table(caption, some))
        return made

    def _sentence(self, versions: Mapping[str, str], runs: Sequence[Run]) -> nodes.Node:
        tools = ", ".join(f"{name} {number}" for name, number in versions.items())
        text = (
            f"{len(runs)} notebooks with {sum(run.cells for run in runs):,} cells took "
            f"{_spell(sum(run.seconds for run in runs))} in all, with {tools}, "
            f"{KERNEL_ENVIRONMENT['OMP_NUM_THREADS']} thread each and no GPU."
        )
        return nodes.paragraph(text=text)

    def _table(self, caption: str, runs: Sequence[Run]) -> nodes.table:
        table = nodes.table("", nodes.title(text=caption), classes=["dl-runs"])
        group = nodes.tgroup(cols=len(_HEADS))
        # The first column holds the heads of the rows.
        group += [nodes.colspec(colwidth=1, stub=n == 0) for n in range(len(_HEADS))]
        heads = ("Page" if caption == "Pages" else "Assignment", *_HEADS[1:])
        group += nodes.thead("", _row(*(nodes.Text(head) for head in heads)))
        longest = max(run.seconds for run in runs)
        body = nodes.tbody()
        for run in runs:
            body += _row(
                self._name(run),
                nodes.Text(str(run.cells)),
                _bar(run.seconds, longest),
                nodes.Text(run.day),
            )
        table += group
        group += body
        return table

    def _name(self, run: Run) -> nodes.Node:
        """Name a notebook: a page by its title, which links to it."""
        if run.name.startswith("solutions/"):
            return nodes.literal(text=run.name.rpartition("/")[2])
        return pending_xref(
            "",
            nodes.inline(text=run.name),
            refdomain="std",
            reftype="doc",
            reftarget=f"/{run.name}",
            refdoc=self.env.docname,
            refexplicit=False,
            refwarn=True,
        )


def _row(*cells: nodes.Node) -> nodes.row:
    return nodes.row(
        "", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells)
    )


def _bar(seconds: float, longest: float) -> nodes.Node:
    """Write a number with a bar before it, which adds nothing for a screen reader."""
    share = seconds / longest if longest else 0.0
    html = (
        f'<span class="dl-bar" style="--share: {share:.3f}" aria-hidden="true"></span>'
        f"{escape(f'{seconds:.1f}')}"
    )
    return nodes.raw("", html, format="html")


def _spell(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes} minutes" if minutes > 1 else f"{seconds:.0f} seconds"


def _changed_outputs(app: Sphinx, env: BuildEnvironment, *found: set[str]) -> list[str]:
    """Have pages made anew whose outputs changed and whose text did not.

    Sphinx looks at the times of files; only the build knows of outputs.
    """
    changed = set(app.config.dlcourse_changed_pages)
    return sorted(changed & env.found_docs)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_config_value("dlcourse_changed_pages", [], "", list)
    app.add_directive("execution-table", ExecutionTable)
    app.connect("env-get-outdated", _changed_outputs)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
