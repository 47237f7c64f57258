"""Papers as PDF and pages: whole, the same bytes each time, nothing given away."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pypandoc
import pytest

from dlcourse.errors import CourseError
from dlcourse.exam import write
from dlcourse.exam.banks import BANKS, bank
from dlcourse.exam.compose import compose
from dlcourse.exam.export.export import Export
from dlcourse.exam.print.documents import (
    blanks_line,
    guide_document,
    key_document,
    letters,
    paper_document,
)
from dlcourse.exam.print.markup import Document
from dlcourse.exam.print.typeset import to_html, to_pdf
from dlcourse.exam.templates import TEMPLATES

SEED = 7
NAMES = ("paper", "key", "guide")


@functools.cache
def printed() -> dict[str, bytes]:
    return dict(write.printed(compose(SEED)).files)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("name", NAMES)
def test_a_pdf_has_pages_and_its_title(name: str) -> None:
    pdf = printed()[f"{name}.pdf"]
    assert pdf.startswith(b"%PDF-")
    assert 5 <= pages(pdf) <= 16


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert dict(write.printed(compose(SEED)).files) == printed()


def test_another_seed_gives_other_bytes() -> None:
    assert (
        to_html(paper_document(compose(8), "html")) != printed()["paper.html"].decode()
    )


@pytest.mark.parametrize("name", ["paper", "guide"])
def test_heads_of_tables_say_that_they_head_columns(name: str) -> None:
    heads = re.findall(r"<th\b[^>]*>", printed()[f"{name}.html"].decode())
    assert heads
    assert [head for head in heads if 'scope="col"' not in head] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_needs_nothing_from_elsewhere(name: str) -> None:
    html = printed()[f"{name}.html"].decode()
    assert not re.search(r'(src|href)="(?!#)', html)
    assert "<script" not in html
    # Formulas are MathML, not TeX that nobody sets.
    visible = re.sub(
        r"<annotation.*?</annotation>|<(pre|code).*?</\1>", "", html, flags=re.S
    )
    assert "<math" in visible
    assert "\\frac" not in visible
    assert "$" not in re.sub(r"<style>.*?</style>", "", visible, flags=re.S)


def test_the_paper_asks_everything_and_gives_nothing_away() -> None:
    paper = compose(SEED)
    text = paper_document(paper, "html").markdown()
    for number, question in paper.numbered():
        assert f"<h3>{number} " in text
        assert question.statement.split("\n")[0] in text
        for option in question.options:
            assert option.text in text
            assert option.why not in text
        if question.solution:
            assert question.solution not in text
        for criterion in question.rubric:
            assert criterion.text not in text
    # Every option has the same box, whether it is right or not.
    options = sum(len(question.options) for question in paper.questions)
    assert text.count('<div class="option"><span class="box"></span>') == options


def test_the_key_has_every_answer_and_its_reason() -> None:
    paper = compose(SEED)
    text = key_document(paper, "html").markdown()
    for question in paper.questions:
        if question.options:
            assert f"**{letters(question)}**" in text
            assert all(option.why in text for option in question.options)
        elif question.blanks:
            assert f"**{blanks_line(question)}**" in text
        if not question.images and not question.options:
            assert question.solution in text


def test_the_guide_has_every_scheme_and_every_known_slip() -> None:
    paper = compose(SEED)
    text = guide_document(paper, "html").markdown()
    for question in paper.questions:
        for criterion in question.rubric:
            assert criterion.text in text
        for slip in question.slips:
            assert slip.why in text
    assert re.search(r"\| very hard \| 2 \| 5 \| 3 \| 10 \|", text)
    assert re.search(r"\| hard \| 2 \| 5 \| 3 \| 10 \|", text)


def every_question() -> Document:
    """Put all static questions and a variant of each template into one document."""
    document = Document("typst", "Everything")
    questions = [q for name in BANKS for q in bank(name).values()]
    for template in TEMPLATES.values():
        questions += [template.variant(seed, template.forms[0]) for seed in range(3)]
    for question in questions:
        document.begin(question.id, "")
        document.text(question.statement, question)
        for option in question.options:
            document.item("x", f"{option.text}\n\n{option.why}")
        document.text(question.solution, question)
        for line in (*question.rubric, *question.blanks):
            document.item("y", getattr(line, "text", None) or line.label or "z")
        document.end()
    return document


def test_every_question_can_be_typeset() -> None:
    assert pages(to_pdf(every_question())) > 50


def test_every_question_can_be_a_page() -> None:
    document = every_question()
    document.target = "html"
    html = to_html(document)
    # pandoc shows TeX that it does not know as it is.
    assert not re.search(r'<span class="math', html)


@pytest.mark.parametrize(
    ("make", "who"), [(to_pdf, "pandoc|Typst"), (to_html, "pandoc")]
)
def test_what_cannot_be_set_is_one_sentence(make, who, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    document = Document("typst" if make is to_pdf else "html", "Odd")
    document.text(r"$\undefinedcommand{x}$")
    with pytest.raises(CourseError, match=rf"Odd: ({who}) says: .*\."):
        make(document)


def test_signs_in_a_title_are_no_markup() -> None:
    document = Document("typst", "x")
    document.begin("A#1", "*2* [marks] $")
    document.text("Hello")
    document.end()
    assert to_pdf(document)


def test_saving_writes_whole_files_and_keeps_others(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text("mine")
    write.save({"01/paper.pdf": b"a", "exam.json": b"b"}, tmp_path)
    write.save({"01/paper.pdf": b"new"}, tmp_path)
    found = {
        path.relative_to(tmp_path).as_posix(): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    assert found == {
        "answers.csv": b"mine",
        "01/paper.pdf": b"new",
        "exam.json": b"b",
    }


def test_nothing_is_half_written_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write.save({"paper.pdf": b"old", "key.pdf": b"old"}, tmp_path)
    real = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if "key" in path.name:
            raise OSError(28, "No space left on device")
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CourseError, match="not written whole"):
        write.save({"paper.pdf": b"new", "key.pdf": b"new"}, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["key.pdf", "paper.pdf"]
    assert (tmp_path / "paper.pdf").read_bytes() == b"old"


def test_several_papers_are_made_in_their_order() -> None:
    papers = [compose(seed) for seed in (1, 2, 3)]
    made = list(write.make(papers, {"print": count_marks}, workers=2))
    assert [paper.seed for paper, _ in made] == [1, 2, 3]
    for paper, export in made:
        assert export.files["seed.txt"] == str(paper.seed).encode()
        assert export.files["exam.json"] == write.record(paper)
        assert export.remarks == ("print: 100 marks.",)


def count_marks(paper) -> Export:  # type: ignore[no-untyped-def]
    total = sum(question.marks for question in paper.questions)
    return Export({"seed.txt": str(paper.seed).encode()}, (f"{total:g} marks.",))


def test_pandoc_is_new_enough_for_typst() -> None:
    version = tuple(map(int, pypandoc.get_pandoc_version().split(".")[:2]))
    assert version >= (3, 8)
