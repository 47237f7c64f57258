"""A paper as an assignment of the course: the source of an nbgrader notebook."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import zip_longest

from dlcourse.exam.blueprint import Slot
from dlcourse.exam.compose import Paper
from dlcourse.exam.export.export import Export
from dlcourse.exam.export.notebook_cells import HELPERS, answer_cell, tests_cell
from dlcourse.exam.export.rendered import listed, points, question_title
from dlcourse.exam.question import LETTERS, Question

_IMAGE = re.compile(r"^!\[([^\]]+)\]\(([a-z0-9-]+)\.svg\)$", re.MULTILINE)
_FRONT = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---
"""
_WORK = """\
Each answer cell ends in a line `raise NotImplementedError(...)`: write your answer into
the line above it, then delete it. The cell below checks the form of your answer only:
no output means that it can be read, not that it is right. Tests that you do not see
give the marks, as the beginning of each part says. When you are done, restart the
kernel, run all cells, press **Validate** and hand in.

**Time:** 10 minutes of reading, then 2 hours. You may use a calculator without memory
and one A4 sheet of your own notes, both sides. **Points:** {marks}, of which {by_hand}
for written answers."""
# The rows of the curriculum that a graded cell asks for.
_ROWS = {"single": "E4", "several": "E4", "numeric": "E5", "written": "E6"}
_READING = "E8"


def notebook(paper: Paper, name: str = "mock-exam") -> Export:
    """Write a paper as the source of an assignment, to be put into ``solutions/``.

    Options are picked by their letters, numbers and shapes are values of Python; tests
    that students do not see mark both by ``scoring.score``. Written answers are marked
    by hand, by the scheme below the model answer.

    Args:
        paper: the paper.
        name: the assignment's name, which is also its folder's.
    """
    files = {f"{name}/{name}.md": "\n".join(_cells(paper)).encode()}
    for number, question in paper.numbered():
        for image, svg in question.images.items():
            files[f"{name}/{_image_path(number, image)}"] = _on_paper(svg).encode()
    return Export(files, tuple(_remarks(paper)))


def _cells(paper: Paper) -> Iterator[str]:
    """Yield the cells; each ends in an empty line."""
    yield _FRONT
    written = [question.marks for _, question in paper.numbered() if question.rubric]
    marks = sum(question.marks for question in paper.questions)
    yield f"# Mock exam {paper.seed}-{paper.version}\n"
    yield _WORK.format(marks=f"{marks:g}", by_hand=f"{sum(written):g}") + "\n"
    yield "The tests read your answers by these functions. Nothing to fill in here.\n"
    yield _code(_labels("readers", locked=True), HELPERS)
    for part in paper.parts:
        section = part.section
        heading = f"## {section.letter} · {section.title}"
        yield f"{heading}\n\n{section.task} **{points(section.marks)}.**\n"
        after_code = False
        for (number, question), slot in zip_longest(part.numbered(), section.slots):
            # Only between two cells of Markdown, as Jupyter's own writer does.
            gap = "" if after_code else "+++\n\n"
            yield f"{gap}{_statement(number, question)}\n"
            after_code = question.kind != "written"
            if question.kind == "written":
                yield _answer_in_words(number, question)
            else:
                yield from _answer_in_code(number, question, slot)


def _statement(number: str, question: Question) -> str:
    title = f"### {question_title(number, question)} ({points(question.marks)})"
    options = [
        _item(f"**{letter}**", _pictured(option.text, number, question))
        for letter, option in zip(LETTERS, question.options, strict=False)
    ]
    blanks = [
        _item(f"{blank.label or 'Answer'}: {blank.hint()}.")
        for blank in question.blanks
    ]
    parts = [title, _pictured(question.statement, number, question)]
    if options or blanks:
        parts.append("\n".join([*options, *blanks]))
    return "\n\n".join(parts)


def _item(mark: str, text: str = "") -> str:
    """Write an item of a list; what follows its mark may be several paragraphs."""
    # A fence of code has to begin a line.
    gap = "\n\n" if text.startswith("```") else " "
    lines = f"{mark}{gap if text else ''}{text}".splitlines()
    return "- " + "\n".join(f"  {line}" if line else "" for line in lines)[2:]


def _pictured(text: str, number: str, question: Question) -> str:
    """Show the question's pictures from files beside the notebook."""

    def shown(found: re.Match[str]) -> str:
        return f"![{found[1]}]({_image_path(number, found[2])})"

    return _IMAGE.sub(shown, text) if question.images else text


def _image_path(number: str, name: str) -> str:
    return f"images/{number.lower()}-{name}.svg"


def _on_paper(svg: str) -> str:
    """Draw in black on white, since a picture in a notebook knows no dark mode."""
    svg = svg.replace("currentColor", "#000000")
    return svg.replace("<svg ", '<svg style="background:#ffffff" ', 1)


def _labels(grade_id: str, marks: float = 0, **changes: object) -> dict[str, object]:
    """Return nbgrader's metadata of a cell, in the order in which it writes them."""
    labels: dict[str, object] = {
        "cell_type": "code",
        "grade": marks > 0,
        "grade_id": grade_id,
        "locked": False,
        "points": int(marks) if marks == int(marks) else marks,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    if not marks:
        del labels["points"]
    return labels | changes


def _answer_in_code(
    number: str, question: Question, slot: Slot | None
) -> Iterator[str]:
    grade_id = number.lower()
    reading = slot is not None and slot.source == "reading"
    row = _READING if reading else _ROWS[question.kind]
    yield _code(_labels(grade_id, solution=True), answer_cell(grade_id, question))
    yield _code(
        _labels(f"{grade_id}-test", question.marks, locked=True),
        tests_cell(grade_id, question),
        row,
    )


def _code(labels: dict[str, object], source: str, row: str = "") -> str:
    fields = "".join(
        f"  {key}: {value if isinstance(value, str) else json.dumps(value)}\n"
        for key, value in labels.items()
    )
    tags = f"tags: [{row}]\n" if row else ""
    head = f"```{{code-cell}} python\n---\nnbgrader:\n{fields}{tags}---\n"
    return f"{head}{source}\n```\n"


def _answer_in_words(number: str, question: Question) -> str:
    """Write model answer and marking scheme, which the release takes out."""
    labels = _labels(
        number.lower(), question.marks, cell_type="markdown", solution=True
    )
    metadata = json.dumps({"nbgrader": labels, "tags": [_ROWS["written"]]})
    word = "point" if question.marks == 1 else "points"
    scheme = "\n".join(
        _item(f"{points(criterion.marks)}:", criterion.text)
        for criterion in question.rubric
    )
    answer = _pictured(question.solution, number, question)
    return (
        f"+++ {metadata}\n\n{answer}\n\n"
        f"**Marking ({question.marks:g} {word}).**\n\n{scheme}\n"
    )


def _remarks(paper: Paper) -> list[str]:
    """Say what the notebook cannot hold of this paper."""
    remarks = []
    explained = [n for n, q in paper.numbered() if q.kind != "written"]
    if explained:
        remarks.append(
            "The notebook has no place for explanations and worked solutions of "
            f"{listed(explained)}: they are in the answer key."
        )
    pictured = [n for n, q in paper.numbered() if q.images]
    if pictured:
        remarks.append(
            "Colab opens the notebook without the files beside it: the pictures of "
            f"{listed(pictured)} are missing there."
        )
    return remarks
