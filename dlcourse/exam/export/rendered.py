"""A question's texts as HTML, and what all exports put together in the same way."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

from dlcourse.exam.compose import Paper
from dlcourse.exam.export.fragments import Maths, to_html
from dlcourse.exam.question import Question
from dlcourse.exam.topics import TOPICS

_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)
_SVG = re.compile(r'src="data:image/svg\+xml;base64,([^"]*)"')


@dataclass(frozen=True)
class Rendered:
    """The texts of a question as HTML, in the order in which the question has them."""

    statement: str
    solution: str
    options: tuple[str, ...]
    whys: tuple[str, ...]
    labels: tuple[str, ...]
    slips: tuple[str, ...]
    criteria: tuple[str, ...]

    def marked_by(self, question: Question) -> str:
        """Return model answer and marking scheme of a written question."""
        lines = "".join(
            f"<li><strong>{points(criterion.marks)}</strong>: {text}</li>"
            for criterion, text in zip(question.rubric, self.criteria, strict=True)
        )
        return f"{self.solution}<ul>{lines}</ul>"


def render(question: Question, maths: Maths = "mathjax") -> Rendered:
    """Turn all texts of a question into HTML.

    Raises:
        CourseError: if pandoc cannot read one.
    """
    groups = (
        [question.statement],
        [question.solution],
        [option.text for option in question.options],
        [option.why for option in question.options],
        [blank.label or "Answer" for blank in question.blanks],
        [slip.why for slip in question.slips],
        [criterion.text for criterion in question.rubric],
    )
    texts = iter(to_html([text for group in groups for text in group], question, maths))
    found = [tuple(next(texts) for _ in group) for group in groups]
    (statement,), (solution,), options, whys, labels, slips, criteria = found
    return Rendered(
        statement,
        solution,
        tuple(map(inline, options)),
        whys,
        tuple(map(inline, labels)),
        slips,
        tuple(map(inline, criteria)),
    )


def inline(html: str) -> str:
    """Return the content of a text that is one paragraph, any other text as it is."""
    found = _PARAGRAPH.fullmatch(html)
    return found[1] if found else html


def asked(question: Question, rendered: Rendered) -> list[str]:
    """Say of each blank what is asked for, and in what form."""
    return [
        f"{label} ({blank.hint()})"
        for label, blank in zip(rendered.labels, question.blanks, strict=True)
    ]


def unpacked(html: str, stem: str) -> tuple[str, dict[str, bytes]]:
    """Take the pictures out of a text.

    Args:
        html: with pictures written into it.
        stem: beginning of the files' names.

    Returns:
        The text, which shows files ``images/STEM-1.svg`` and so on, and these files.
    """
    files: dict[str, bytes] = {}

    def name(found: re.Match[str]) -> str:
        path = f"images/{stem}-{len(files) + 1}.svg"
        files[path] = base64.b64decode(found[1])
        return f'src="{path}"'

    return _SVG.sub(name, html), files


def paper_name(paper: Paper) -> str:
    """Return the beginning of the names of a paper's files."""
    return f"mock-exam-{paper.seed}-{paper.version}"


def paper_title(paper: Paper) -> str:
    """Return the title of a paper."""
    return f"Mock exam, seed {paper.seed}, version {paper.version}"


def question_title(number: str, question: Question) -> str:
    """Return what a system lists a question by."""
    return f"{number} · {TOPICS[question.topic].title}"


def points(marks: float) -> str:
    """Write marks with their unit."""
    return f"{marks:g} mark{'s' if marks != 1 else ''}"


def listed(numbers: list[str]) -> str:
    """Write numbers of questions: A1, A2 and B1."""
    return " and ".join(
        [", ".join(numbers[:-1]), numbers[-1]] if numbers[1:] else numbers
    )
