"""An exam as files: everything is made first, then each file takes its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from dlcourse.errors import CourseError
from dlcourse.exam.compose import Paper, origin
from dlcourse.exam.export.export import Export
from dlcourse.exam.print.documents import (
    guide_document,
    key_document,
    paper_document,
)
from dlcourse.exam.print.typeset import to_html, to_pdf

_DOCUMENTS = {"paper": paper_document, "key": key_document, "guide": guide_document}


def printed(paper: Paper) -> Export:
    """Make paper, key and marking guide, each as PDF and as a page of its own."""
    files: dict[str, bytes] = {}
    for name, document in _DOCUMENTS.items():
        files[f"{name}.pdf"] = to_pdf(document(paper, "typst"))
        files[f"{name}.html"] = to_html(document(paper, "html")).encode()
    return Export(files)


def record(paper: Paper) -> bytes:
    """Write down what statistics and graders need of a paper, as JSON."""
    questions: list[dict[str, Any]] = [
        {
            "number": number,
            "origin": origin(question),
            "topic": question.topic,
            "difficulty": question.difficulty,
            **question.scoring(),
        }
        for number, question in paper.numbered()
    ]
    data = {"seed": paper.seed, "version": paper.version, "questions": questions}
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


Maker = Callable[[Paper], Export]


def make(
    papers: list[Paper], makers: Mapping[str, Maker], workers: int
) -> Iterator[tuple[Paper, Export]]:
    """Make all wanted forms of papers, several at a time, in their order.

    Args:
        papers: versions of one exam.
        makers: functions by the name of their form; they must be importable.
        workers: processes.

    Yields:
        Each paper with its files, below a folder for the form where there are several,
        and all remarks, each with its form's name.
    """
    if workers == 1 or len(papers) == 1:
        for paper in papers:
            yield paper, _make(paper, dict(makers))
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from zip(
            papers,
            pool.map(_make, papers, [dict(makers)] * len(papers)),
            strict=True,
        )


def _make(paper: Paper, makers: dict[str, Maker]) -> Export:
    files: dict[str, bytes] = {"exam.json": record(paper)}
    remarks: list[str] = []
    for name, maker in makers.items():
        export = maker(paper)
        files |= export.files
        remarks += [f"{name}: {remark}" for remark in export.remarks]
    return Export(files, tuple(remarks))


def save(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a folder; each is whole or not there.

    Other files of the folder, such as answers.csv, stay.
    """
    drafts: dict[Path, Path] = {}
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = drafts[path] = path.with_name(f".{path.name}.new")
            draft.write_bytes(content)
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as error:
        raise CourseError(
            f"{folder}: the exam was not written whole ({error}); make room or choose "
            "another folder with --out, and run the command again."
        ) from error
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
