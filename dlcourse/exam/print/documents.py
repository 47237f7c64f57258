"""What stands in a paper, in its answer key and in its marking guide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from dlcourse.exam.compose import Paper, Part
from dlcourse.exam.print.markup import Document, Target
from dlcourse.exam.question import DIFFICULTIES, LETTERS, Blank, Question, show_value
from dlcourse.exam.topics import TOPICS

# Millimetres of empty paper below a question, where the answer is worked out.
_SPACE = {"numeric": 42, "written": 46}

# What a marker goes by, for each part.
_RULES = {
    "A": "For $K$ right options, $c$ of them picked and $w$ wrong ones picked, a "
    "question of $m$ marks earns $m \\cdot \\max(0, (c - w) / K)$. A tick that was "
    "crossed out is no tick.",
    "B": "A number within the tolerance earns the marks, whatever the way. Where "
    "several are asked for, each carries the same share. A wrong number with a right "
    "way and one slip of arithmetic earns half of its share, rounded down to half a "
    "mark; a slip that is carried on is counted once. The wrong numbers below have a "
    "name: what is named is a mistake of the idea and earns at most 1 mark.",
    "C": "Each line is earned by what it says, in whatever words; another correct "
    "answer earns as much. Half of a line may be given.",
}


def paper_document(paper: Paper, target: Target) -> Document:
    """Write the paper that a candidate gets."""
    document = _opened(paper, target, "Mock examination")
    document.raw(
        "#candidate",
        '<p class="candidate"><span>Name</span><span>Number</span></p>',
    )
    document.text(
        "10 minutes of reading, then 2 hours. You may use a calculator without memory "
        "and one A4 sheet of your own notes, both sides. Answer all questions; within "
        "each part they get harder."
    )
    document.text(
        "| part | questions | marks | minutes to plan |\n|---|---|---|---|\n"
        + "\n".join(
            f"| {part.section.letter} · {part.section.title} | {len(part.questions)} "
            f"| {part.section.marks:g} | {round(part.section.marks * 1.2)} |"
            for part in paper.parts
        )
    )
    for part in paper.parts:
        _part_heading(document, part, f"*{part.section.task}*")
        for number, question in part.numbered():
            _ask(document, number, question)
    return document


def key_document(paper: Paper, target: Target) -> Document:
    """Write the answers with the reasons for them."""
    document = _opened(paper, target, "Answer key")
    for part in paper.parts:
        _part_heading(document, part)
        for number, question in part.numbered():
            document.begin(number, _origin_line(question))
            if question.options:
                document.text(f"**{letters(question)}**")
                for letter, option in zip(LETTERS, question.options, strict=False):
                    state = "right" if option.right else "wrong"
                    document.item(letter, f"{option.text}\n\n{option.why}", state)
            else:
                if question.blanks:
                    document.text(f"**{blanks_line(question)}**")
                document.text(question.solution, question)
            document.end()
    return document


def guide_document(paper: Paper, target: Target) -> Document:
    """Write what earns marks, question by question, for whoever marks."""
    document = _opened(paper, target, "Marking guide")
    document.text(_mix(paper))
    writers: dict[str, Callable[[Document, Part], None]] = {
        "A": _guide_choices,
        "B": _guide_workouts,
        "C": _guide_written,
    }
    for part in paper.parts:
        _part_heading(document, part, _RULES[part.section.letter])
        writers[part.section.letter](document, part)
    return document


def letters(question: Question) -> str:
    """Return the letters of the right options, such as ``a, c``."""
    return ", ".join(
        letter
        for letter, option in zip(LETTERS, question.options, strict=False)
        if option.right
    )


def blanks_line(question: Question) -> str:
    """Return the right values with their labels, in Markdown."""
    return ", ".join(
        f"{blank.label} = {blank.shown()}" if blank.label else blank.shown()
        for blank in question.blanks
    )


def _opened(paper: Paper, target: Target, title: str) -> Document:
    document = Document(target, f"Deep Learning Lab · {title}")
    version = f"Seed {paper.seed}, version {paper.version}"
    document.raw(
        f'#opening("{title}", "{version}")',
        f'<header><p>Deep Learning Lab</p><h1>{title}</h1><p class="seed">{version} · '
        "100 marks</p></header>",
    )
    return document


def _part_heading(document: Document, part: Part, text: str = "") -> None:
    section = part.section
    document.heading(
        f"{section.letter} · {section.title}", f"{section.marks:g} marks", text
    )


def _ask(document: Document, number: str, question: Question) -> None:
    """Write a question as the candidate sees it, with room for the answer."""
    document.begin(number, _marks(question.marks), whole=True)
    document.text(question.statement, question)
    for letter, option in zip(LETTERS, question.options, strict=False):
        document.raw(
            f'#option("{letter}")[',
            f'<div class="option"><span class="box"></span>'
            f'<span class="label">{letter}</span><div>',
        )
        document.text(option.text)
        document.raw("]", "</div></div>")
    for blank in question.blanks:
        _leave_blank(document, blank)
    if question.kind in _SPACE:
        # Reading code needs no more room than its blanks.
        shapes = all(isinstance(blank.key, tuple) for blank in question.blanks)
        space = 4 if question.blanks and shapes else _SPACE[question.kind]
        lines = "lines" if question.kind == "written" else "space"
        document.raw(f"#{lines}({space}mm)", f'<div class="{lines}"></div>')
    document.end()


def _leave_blank(document: Document, blank: Blank) -> None:
    document.raw(
        "#blank[",
        '<div class="blank"><span>',
    )
    document.text(blank.label or "Answer")
    hint = f'<span class="hint">{blank.hint()}</span>'
    document.raw(f"][{blank.hint()}]", f'</span><span class="line"></span>{hint}</div>')


def _marks(marks: float) -> str:
    return f"{marks:g} mark{'s' if marks != 1 else ''}"


def _origin_line(question: Question) -> str:
    return (
        f"{TOPICS[question.topic].title} · {question.difficulty} · "
        f"{_marks(question.marks)}"
    )


def _mix(paper: Paper) -> str:
    """Return a table of the paper's marks by difficulty and part."""
    marks = {part.section.letter: Counter[str]() for part in paper.parts}
    for part in paper.parts:
        for question in part.questions:
            marks[part.section.letter][question.difficulty] += question.marks  # type: ignore[assignment]
    rows = [
        f"| {level} | "
        + " | ".join(f"{marks[letter][level]:g}" for letter in marks)
        + f" | {sum(counter[level] for counter in marks.values()):g} |"
        for level in DIFFICULTIES
    ]
    topics = {question.topic for question in paper.questions}
    return (
        f"Marks by difficulty and part; {len(topics)} topics.\n\n"
        f"| | {' | '.join(marks)} | all |\n|---|{'---|' * (len(marks) + 1)}\n"
        + "\n".join(rows)
    )


def _guide_choices(document: Document, part: Part) -> None:
    rows = []
    for number, question in part.numbered():
        right = sum(option.right for option in question.options)
        steps = ", ".join(
            f"{net}: {question.marks * net / right:g}" for net in range(right, 0, -1)
        )
        rows.append(
            f"| {number} | {letters(question)} | {question.marks:g} | {steps} |"
        )
    document.text(
        "| question | right | marks | marks for c − w |\n|---|---|---|---|\n"
        + "\n".join(rows)
    )


def _guide_workouts(document: Document, part: Part) -> None:
    for number, question in part.numbered():
        document.begin(number, _origin_line(question))
        document.text(f"**{blanks_line(question)}**")
        tolerances = [blank.tolerance for blank in question.blanks if blank.tolerance]
        if tolerances:
            document.text(f"Tolerance ± {max(tolerances):g}.")
        for slip in question.slips:
            shown = ", ".join(
                show_value(value, blank.decimals)
                for value, blank in zip(slip.values, question.blanks, strict=True)
            )
            document.item(shown, slip.why, "slip")
        document.end()


def _guide_written(document: Document, part: Part) -> None:
    for number, question in part.numbered():
        document.begin(number, _origin_line(question))
        document.text(question.statement, question)
        document.raw("#answer[", '<div class="answer">')
        document.text(question.solution, question)
        document.raw("]", "</div>")
        for criterion in question.rubric:
            document.item(_marks(criterion.marks), criterion.text)
        document.end()
