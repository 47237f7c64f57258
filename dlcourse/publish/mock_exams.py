"""The mock exams of the site: their questions as forms, their papers as files."""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx

import dlcourse.exam
from dlcourse.errors import CourseError
from dlcourse.exam.compose import Paper, compose
from dlcourse.exam.print.formula_sheet import formula_sheet
from dlcourse.exam.print.typeset import to_pdf
from dlcourse.exam.write import make, printed, save
from dlcourse.publish.quiz import PageWithQuestions
from dlcourse.publish.quiz_faces import question_nodes

_FOLDER = "book/revision/mock-exams"
_SHEET = "book/revision/formula-sheet.pdf"
_LABELS = {"paper": "Paper", "key": "Answer key", "guide": "Marking guide"}


@functools.cache
def _paper(seed: int) -> Paper:
    return compose(seed)


class MockExam(PageWithQuestions):
    """A part of the paper of a seed, as forms; without ``:part:`` links to files."""

    required_arguments = 1
    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {
        "part": lambda text: directives.choice(text, ("a", "b", "c")).upper()
    }

    def run(self) -> list[nodes.Node]:
        """Make the forms or the links."""
        seed = directives.nonnegative_int(self.arguments[0])
        if "part" not in self.options:
            self.env.metadata[self.env.docname]["dlcourse_exam"] = seed
            return [self._links(seed)]
        self.note_sources()
        try:
            paper = _paper(seed)
        except CourseError as error:
            raise self.error(str(error)) from error
        part = next(p for p in paper.parts if p.section.letter == self.options["part"])
        questions = [
            node
            for number, question in part.numbered()
            for node in question_nodes(
                [question], self.parse, f"exam-{seed}-{number}", number
            )
        ]
        return [
            nodes.raw("", '<div class="dl-set">', format="html"),
            self.set_head(f"Questions of part {part.section.letter} answered"),
            *questions,
            nodes.raw("", "</div>", format="html"),
        ]

    def _links(self, seed: int) -> nodes.Node:
        up = "../" * self.env.docname.count("/")
        links = "".join(
            f'<a class="dl-button" href="{up}{_FOLDER}/{seed}/{name}.{ending}">'
            f"{label} ({ending.upper() if ending == 'pdf' else 'page'})</a>"
            for ending in ("pdf", "html")
            for name, label in _LABELS.items()
        )
        return nodes.raw(
            "",
            f'<div class="dl-exercise"><p class="dl-exercise-links">{links}</p></div>',
            format="html",
        )


class FormulaSheet(PageWithQuestions):
    """A link to the formula sheet as PDF."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Make the link; the file is written when the pages are."""
        self.env.metadata[self.env.docname]["dlcourse_sheet"] = "yes"
        up = "../" * self.env.docname.count("/")
        return [
            nodes.raw(
                "",
                '<div class="dl-exercise"><p class="dl-exercise-links">'
                f'<a class="dl-button" href="{up}{_SHEET}">Formula sheet (PDF)</a></p>'
                "</div>",
                format="html",
            )
        ]


def _write_sheet(app: Sphinx, exception: Exception | None) -> None:
    """Typeset the formula sheet where the link points."""
    wanted = any("dlcourse_sheet" in data for data in app.env.metadata.values())
    if exception is None and app.builder.format == "html" and wanted:
        target = Path(app.outdir) / _SHEET
        target.write_bytes(to_pdf(formula_sheet(), template="sheet"))


def _write_papers(app: Sphinx, exception: Exception | None) -> None:
    """Put the papers' files where the links point; only new ones are typeset."""
    if exception is not None or app.builder.format != "html":
        return
    seeds = sorted(
        data["dlcourse_exam"]
        for data in app.env.metadata.values()
        if "dlcourse_exam" in data
    )
    store = Path(app.srcdir) / "_build" / "exams" / _state_of_the_bank()
    missing = [_paper(seed) for seed in seeds if not (store / f"{seed}").is_dir()]
    if missing:
        # Papers of an older bank are of no use any more.
        shutil.rmtree(store.parent, ignore_errors=True)
        missing = [_paper(seed) for seed in seeds]
        for paper, export in make(missing, {"print": printed}, os.cpu_count() or 1):
            save(export.files, store / f"{paper.seed}")
    for seed in seeds:
        target = Path(app.outdir) / _FOLDER / f"{seed}"
        shutil.copytree(store / f"{seed}", target, dirs_exist_ok=True)


def _state_of_the_bank() -> str:
    """Return a name that changes with anything that a paper is made from."""
    folder = Path(dlcourse.exam.__file__).parent
    return _digest(
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".pyc"
    )


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_directive("mock-exam", MockExam)
    app.add_directive("formula-sheet", FormulaSheet)
    app.connect("build-finished", _write_papers)
    app.connect("build-finished", _write_sheet)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
