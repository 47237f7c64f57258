"""Moodle XML, read and marked as Moodle does it by a reader that knows the format only.

What the format means is described in Moodle's documentation ("Moodle XML format",
"Embedded Answers (Cloze) question type", "Numerical question type").
"""

from __future__ import annotations

import html
import random
import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pytest

from dlcourse.exam.export.moodle import cloze_feedback, moodle_xml, weight
from dlcourse.exam.export.rendered import render
from dlcourse.exam.export.spellings import shape_spellings
from dlcourse.exam.question import Question
from dlcourse.exam.scoring import score

from .sample import SVG, numbers_near, picks, sample

# Of the shares of a mark that Moodle offers for an option, those that are one in K.
ACCEPTED = ["100", "50", "33.33333", "25", "20"]
ACCEPTED += ["16.66667", "14.28571", "12.5", "11.11111", "10"]
PAPER = sample()
EXPORT = moodle_xml(PAPER)
[FILE] = EXPORT.files.values()
QUIZ = ET.fromstring(FILE)
FOUND = {
    element.findtext("name/text", "").split(" ")[0]: element
    for element in QUIZ
    if element.get("type") != "category"
}
NUMBERED = dict(PAPER.numbered())


@dataclass(frozen=True)
class Answer:
    """An answer that Moodle knows: fraction, feedback, what it is compared with."""

    fraction: float
    feedback: str
    text: str
    tolerance: float | None = None

    def fits(self, given: str) -> bool:
        if self.tolerance is None:
            bits = re.split(r"(?<!\\)\*+", self.text)
            pattern = ".*".join(re.escape(bit.replace("\\*", "*")) for bit in bits)
            return bool(re.fullmatch(pattern, given.strip(), re.IGNORECASE))
        try:
            return abs(float(given) - float(self.text)) <= self.tolerance + 1e-13
        except ValueError:
            return False


@dataclass(frozen=True)
class Gap:
    """An embedded answer: its weight, type and answers."""

    weight: int
    kind: str
    answers: list[Answer]


def best(answers: list[Answer], given: str) -> Answer:
    """Return the first answer that fits, as Moodle does."""
    return next((a for a in answers if a.fits(given)), Answer(0, "", ""))


def gaps(text: str) -> list[Gap]:
    found, place = [], 0
    while opened := re.compile(r"\{([0-9]*):([A-Z_]+):").search(text, place):
        place = opened.end()
        end = ends(text, place, "}")
        found.append(
            Gap(
                int(opened[1] or 1),
                opened[2],
                [
                    alternative(piece, opened[2])
                    for piece in split(text[place:end], "~")
                ],
            )
        )
        place = end
    return found


def ends(text: str, place: int, sign: str) -> int:
    """Find the next such sign without a backslash before it."""
    found = re.compile(rf"(?<!\\){re.escape(sign)}").search(text, place)
    assert found, f"no {sign} ends {text[place:]}"
    return found.start()


def split(text: str, sign: str) -> list[str]:
    return re.split(rf"(?<!\\){sign}", text)


def alternative(piece: str, kind: str) -> Answer:
    """Read one of the answers of a gap; without a mark before it, it earns nothing."""
    marked = re.match(r"=|%(-?[0-9.]+)%", piece)
    fraction = 0.0
    if marked:
        fraction = float(marked[1]) / 100 if marked[1] else 1.0
        piece = piece[marked.end() :]
    text, *feedback = re.split(r"(?<![\\&])#", piece, maxsplit=1)
    text, said = (decoded(one) for one in (text, *(feedback or [""])))
    if kind != "NUMERICAL":
        return Answer(fraction, said, text)
    number, _, tolerance = text.partition(":")
    assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", number), "a sign or exponent is unread"
    return Answer(fraction, said, number, float(tolerance or 0))


def decoded(text: str) -> str:
    return html.unescape(text).replace("\\}", "}").replace("\\#", "#")


def question_text(number: str) -> str:
    return FOUND[number].findtext("questiontext/text", "")


def mark(number: str, picked: tuple[int, ...], texts: list[str]) -> float:
    """Mark an answer as Moodle does, for the marks that the question has there."""
    element = FOUND[number]
    most = float(element.findtext("defaultgrade", ""))
    if element.get("type") == "multichoice":
        given = [float(a.get("fraction", "")) for a in element.findall("answer")]
        share = sum(given[place] for place in picked) / 100
        return most * min(max(share, 0.0), 1.0)
    if element.get("type") == "numerical":
        return most * best(numerical(number), texts[0]).fraction
    found = gaps(question_text(number))
    earned = sum(
        gap.weight * best(gap.answers, text).fraction
        for gap, text in zip(found, texts, strict=True)
    )
    return most * earned / sum(gap.weight for gap in found)


def numerical(number: str) -> list[Answer]:
    return [
        Answer(
            float(answer.get("fraction", "")) / 100,
            answer.findtext("feedback/text", ""),
            answer.findtext("text", ""),
            float(answer.findtext("tolerance", "")),
        )
        for answer in FOUND[number].findall("answer")
    ]


def of_kind(*kinds: str) -> list[tuple[str, Question]]:
    return [(n, q) for n, q in NUMBERED.items() if q.kind in kinds]


def test_each_question_is_there_in_its_category() -> None:
    assert list(FOUND) == list(NUMBERED)
    kinds = {number: element.get("type") for number, element in FOUND.items()}
    assert kinds == {
        **dict.fromkeys(["A1", "A2", "A3", "A4"], "multichoice"),
        **{"B1": "numerical", "B2": "numerical"},
        **dict.fromkeys(["B3", "B4", "B5"], "cloze"),
        "C1": "essay",
    }
    categories = [
        (QUIZ[place + 1].findtext("name/text", "")[:2], one.findtext("category/text"))
        for place, one in enumerate(QUIZ)
        if one.get("type") == "category"
    ]
    base = "$course$/top/Mock exam, seed 7, version 2"
    assert categories == [
        ("A1", f"{base}/A · Multiple choice"),
        ("B1", f"{base}/B · Workout"),
        ("C1", f"{base}/C · Written answers"),
    ]


@pytest.mark.parametrize(("number", "question"), of_kind("single", "several"))
def test_options_earn_what_the_rule_says(number: str, question: Question) -> None:
    element = FOUND[number]
    assert element.findtext("single") == str(question.kind == "single").lower()
    for answer in element.findall("answer"):
        assert answer.get("fraction", "").lstrip("-") in [*ACCEPTED, "0"]
    for picked in picks(question):
        wanted = score(question.scoring(), picked)
        assert mark(number, picked, []) == pytest.approx(wanted, abs=1e-5), picked


@pytest.mark.parametrize("right", range(1, 11))
def test_weights_are_spelt_as_in_moodles_list(right: int) -> None:
    assert weight(right) == ACCEPTED[right - 1]


@pytest.mark.parametrize(("number", "question"), of_kind("numeric"))
def test_blanks_earn_what_the_rule_says(number: str, question: Question) -> None:
    rng = random.Random(number)
    offered = [
        [*shape_spellings(blank.key), "(3, 2)", "2,3,4,5", "128, 16", ""]
        if isinstance(blank.key, tuple)
        else [*numbers_near(blank, rng), "", "none"]
        for blank in question.blanks
    ]
    for slip in question.slips:
        for place, (blank, value) in enumerate(
            zip(question.blanks, slip.values, strict=True)
        ):
            offered[place].append(blank.shown(value))
    earned = set()
    for _ in range(400):
        texts = [rng.choice(texts) for texts in offered]
        wanted = score(question.scoring(), texts)
        assert mark(number, (), texts) == pytest.approx(wanted), texts
        earned.add(wanted)
    assert len(earned) == len(question.blanks) + 1


def test_no_spelling_of_a_shape_has_a_wildcard() -> None:
    # It would accept any size between two others.
    [gap] = gaps(question_text("B5"))
    assert best(gap.answers, "(2, 9, 3)").fraction == 0
    assert not [a.text for a in gap.answers if "*" in a.text]


@pytest.mark.parametrize(("number", "question"), of_kind("numeric"))
def test_known_mistakes_are_told(number: str, question: Question) -> None:
    whys = render(question).slips
    for slip, why in zip(question.slips, whys, strict=True):
        told = []
        for place, blank in enumerate(question.blanks):
            shown = blank.shown(slip.values[place])
            answers = (
                numerical(number)
                if FOUND[number].get("type") == "numerical"
                else gaps(question_text(number))[place].answers
            )
            told.append(html.unescape(best(answers, shown).feedback))
        assert html.unescape(why) in told, slip
    assert question.slips or not any(a.feedback for a in numerical(number))


def test_feedback_within_an_answer_comes_out_as_it_went_in() -> None:
    for signs in (
        r"\(\{a_{1} &lt; b\}\)",
        r"\} \# ~ } # &amp; <b>&quot;x&quot;</b> &#125;",
        r"<code>{1:NUMERICAL:=2:0}</code>",
    ):
        written = f"{{2:SHORTANSWER:=x~y#{cloze_feedback(signs)}~z#more}}"
        [gap] = gaps(written)
        assert len(gap.answers) == 3
        assert html.unescape(gap.answers[1].feedback) == html.unescape(signs)
        # What browsers show is text: no tag comes up, none is lost.
        assert gap.answers[1].feedback.count("<") == signs.count("<")


def test_explanations_solutions_and_schemes_are_there() -> None:
    for number, question in NUMBERED.items():
        element, rendered = FOUND[number], render(question)
        whys = [a.findtext("feedback/text") for a in element.findall("answer")]
        if question.options:
            assert whys == list(rendered.whys)
            texts = [a.findtext("text") for a in element.findall("answer")]
            assert texts == list(rendered.options)
        assert element.findtext("generalfeedback/text") == rendered.solution
    info = FOUND["C1"].findtext("graderinfo/text", "")
    assert info.startswith(render(NUMBERED["C1"]).solution)
    assert info.count("<strong>1.5 marks</strong>") == 2
    assert "The rest." in info


def test_maths_code_and_pictures_are_kept() -> None:
    text = question_text("B1")
    assert r"\(\{a_{1} &lt; b \&amp; c\}\)" in text
    assert "if a &lt; b &amp; c:\n    print(&#39;}~#&#39;)" in text
    assert text.endswith("<p>Answer (2 decimals)</p>")
    assert 'alt="a line that falls" src="data:image/svg+xml;base64,' in question_text(
        "A3"
    )
    assert SVG.encode() not in FILE
    assert FOUND["B1"].findtext("generalfeedback/text", "").count(r"\[\frac{1}{2}") == 1


def test_nothing_tells_how_many_options_are_right() -> None:
    assert b"shownumcorrect" not in FILE
    for number, _ in of_kind("several"):
        said = [
            FOUND[number].findtext(f"{state}feedback/text")
            for state in ("correct", "partiallycorrect", "incorrect")
        ]
        assert said == ["", "", ""]


def test_marks_are_those_of_the_paper_where_moodle_can_hold_them() -> None:
    for number, question in NUMBERED.items():
        assert float(FOUND[number].findtext("defaultgrade", "")) == question.marks
    # What Moodle takes for the default of embedded answers is the sum of their weights.
    totals = {
        number: sum(gap.weight for gap in gaps(question_text(number)))
        for number in ("B3", "B4", "B5")
    }
    assert totals == {"B3": 3, "B4": 5, "B5": 4}
    assert EXPORT.remarks[0].endswith("set the maximum marks of B3 to 5, not 3.")


def test_remarks_tell_of_this_paper_only() -> None:
    assert len(EXPORT.remarks) == 3
    assert "B3, B4 and B5" in EXPORT.remarks[1]
    assert EXPORT.remarks[2].endswith("in B1, B2 and B3.")
    only = sample()
    object.__setattr__(only, "parts", only.parts[:1])
    assert moodle_xml(only).remarks == ()


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert moodle_xml(sample()).files == EXPORT.files
    assert list(EXPORT.files) == ["mock-exam-7-2-moodle.xml"]
