"""The package for Canvas, read and marked as Canvas does it by a reader of its own.

What Canvas makes of QTI 1.2 is known from its public source: the importer takes the
type from the metadata, the right options from the condition that sets the score, the
range of a number from its bounds, and of blanks each text listed; a share of a question
counts by the rules that its guides describe.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree as ET

import pytest

from dlcourse.exam.export.canvas import canvas_qti12
from dlcourse.exam.export.rendered import render
from dlcourse.exam.export.spellings import MOST_VALUES, bounds, spellings, too_many
from dlcourse.exam.question import Blank, Question
from dlcourse.exam.scoring import fits, score

from .sample import NASTY, numbers_near, picks, sample

QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
CP = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"
PAPER = sample()
EXPORT = canvas_qti12(PAPER)
[PACKAGE] = EXPORT.files.values()
NUMBERED = dict(PAPER.numbered())


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


FILES = unzipped(PACKAGE)
QUIZ = ET.fromstring(FILES["mock-exam-7-2/mock-exam-7-2.xml"])
ITEMS = {str(item.get("title")).split(" ")[0]: item for item in QUIZ.iter(f"{QTI}item")}


def metadata(item: ET.Element) -> dict[str, str]:
    return {
        field.findtext(f"{QTI}fieldlabel", ""): field.findtext(f"{QTI}fieldentry", "")
        for field in item.iter(f"{QTI}qtimetadatafield")
    }


def text_of(element: ET.Element) -> str:
    [text] = element.findall(f"{QTI}material/{QTI}mattext")
    return text.text or ""


def question_text(number: str) -> str:
    [presentation] = ITEMS[number].findall(f"{QTI}presentation")
    return text_of(presentation)


def options(number: str) -> list[str]:
    return [str(o.get("ident")) for o in ITEMS[number].iter(f"{QTI}response_label")]


def deciding(number: str) -> list[ET.Element]:
    """Return the rules that set the score."""
    rules = ITEMS[number].iter(f"{QTI}respcondition")
    return [rule for rule in rules if rule.find(f"{QTI}setvar") is not None]


def right_ones(number: str) -> set[str]:
    """Return the options that the rule asks for, but not those that it excludes."""
    [rule] = deciding(number)
    test = rule.find(f"{QTI}conditionvar")
    assert test is not None
    both = [*test, *test.findall(f"{QTI}and/*")]
    return {str(one.text) for one in both if one.tag == f"{QTI}varequal"}


def mark(number: str, picked: tuple[int, ...], texts: list[str]) -> float:
    kind = metadata(ITEMS[number])["question_type"]
    most = float(metadata(ITEMS[number])["points_possible"])
    if kind in ("multiple_choice_question", "multiple_answers_question"):
        chosen = {options(number)[place] for place in picked}
        right = right_ones(number)
        net = len(chosen & right) - len(chosen - right)
        return max(0.0, net / len(right) * most)
    if kind == "numerical_question":
        return most * in_range(number, texts[0])
    assert kind == "fill_in_multiple_blanks_question"
    accepted = blanks(number)
    hits = sum(
        text.strip().lower() in known
        for known, text in zip(accepted.values(), texts, strict=True)
    )
    return most * hits / len(accepted)


def in_range(number: str, text: str) -> bool:
    [rule] = deciding(number)
    low = rule.findtext(f"{QTI}conditionvar/{QTI}vargte", "")
    high = rule.findtext(f"{QTI}conditionvar/{QTI}varlte", "")
    try:
        return Decimal(low) <= Decimal(text) <= Decimal(high)
    except InvalidOperation:
        return False


def blanks(number: str) -> dict[str, set[str]]:
    """Return what counts in each blank; the text shows where a blank is."""
    found = {}
    for field in ITEMS[number].iter(f"{QTI}response_lid"):
        name = str(field.get("ident")).removeprefix("response_")
        assert f"[{name}]" in question_text(number)
        found[name] = {
            text_of(label).strip().lower()
            for label in field.iter(f"{QTI}response_label")
        }
    return found


def comments(number: str) -> dict[str, str]:
    return {
        str(feedback.get("ident")): text_of(feedback[0])
        for feedback in ITEMS[number].findall(f"{QTI}itemfeedback")
    }


def shown(number: str) -> Mapping[str, str]:
    """Return for each comment what has to be picked; nothing if it is always shown."""
    return {
        str(link.get("linkrefid")): rule.findtext(
            f"{QTI}conditionvar/{QTI}varequal", ""
        )
        for rule in ITEMS[number].iter(f"{QTI}respcondition")
        for link in rule.findall(f"{QTI}displayfeedback")
    }


def of_kind(*kinds: str) -> list[tuple[str, Question]]:
    return [(n, q) for n, q in NUMBERED.items() if q.kind in kinds]


def test_each_question_is_there_with_its_type_and_marks() -> None:
    assert list(ITEMS) == [
        *("A", "A1", "A2", "A3", "A4"),
        *("B", "B1", "B2", "B3", "B4", "B5"),
        *("C", "C1"),
    ]
    kinds = {n: metadata(i)["question_type"].split("_q")[0] for n, i in ITEMS.items()}
    assert kinds == {
        **dict.fromkeys("ABC", "text_only"),
        **dict.fromkeys(["A2", "A3", "A4"], "multiple_answers"),
        **dict.fromkeys(["B1", "B2"], "numerical"),
        **dict.fromkeys(["B3", "B4", "B5"], "fill_in_multiple_blanks"),
        **{"A1": "multiple_choice", "C1": "essay"},
    }
    for number, question in NUMBERED.items():
        assert float(metadata(ITEMS[number])["points_possible"]) == question.marks


@pytest.mark.parametrize(("number", "question"), of_kind("single", "several"))
def test_options_earn_what_the_rule_says(number: str, question: Question) -> None:
    [field] = ITEMS[number].iter(f"{QTI}response_lid")
    several = question.kind == "several"
    assert field.get("rcardinality") == ("Multiple" if several else "Single")
    for picked in picks(question):
        wanted = score(question.scoring(), picked)
        assert mark(number, picked, []) == pytest.approx(wanted), picked


def test_a_wrong_option_is_excluded_by_name() -> None:
    # Else whoever picks all would have all marks elsewhere than in Canvas.
    for number, question in of_kind("several"):
        [rule] = deciding(number)
        out = {str(one.text) for one in rule.findall(f".//{QTI}not/{QTI}varequal")}
        assert out == {*options(number)} - right_ones(number)
        assert len(out) == sum(not option.right for option in question.options)


@pytest.mark.parametrize("number", ["B1", "B2"])
def test_a_number_earns_what_the_rule_says(number: str) -> None:
    question = NUMBERED[number]
    [blank] = question.blanks
    earned = set()
    for text in [*numbers_near(blank, random.Random(1)), "", "none"]:
        wanted = score(question.scoring(), [text])
        assert mark(number, (), [text]) == wanted, text
        earned.add(wanted)
    assert earned == {0, question.marks}


@pytest.mark.parametrize("number", ["B3", "B4", "B5"])
def test_blanks_earn_what_the_rule_says(number: str) -> None:
    question = NUMBERED[number]
    rng = random.Random(number)
    offered = []
    for blank in question.blanks:
        if isinstance(blank.key, tuple):
            texts = ["(3, 2)", "2,3,4,5", "[ 128 ]"]
        else:
            near = [float(text) for text in numbers_near(blank, rng)]
            texts = [f"{value:.{blank.decimals}f}" for value in near]
        offered.append([*texts, *spellings(blank), blank.shown().upper(), "", "none"])
    earned = set()
    for _ in range(300):
        given = [rng.choice(texts) for texts in offered]
        wanted = score(question.scoring(), given)
        assert mark(number, (), given) == pytest.approx(wanted), given
        earned.add(wanted)
    assert len(earned) > 1


def test_numbers_are_spelt_in_the_ways_people_use() -> None:
    blank = Blank("", -0.5, 0.01, 2)
    found = spellings(blank)
    assert found[0] == "-0.50"
    assert {"-0.5", "-.5", "-0,5", "−0.50", "-0.51", "-0.49"} <= set(found)
    assert {"1234", "1,234"} <= set(spellings(Blank("", 1234.0)))
    for key, tolerance, decimals in [(2 / 3, 0.001, 3), (0.0, 0.1, 1), (1e4, 1, 0)]:
        for text in spellings(Blank("", key, tolerance, decimals)):
            assert fits(key, tolerance, text), text


def test_bounds_hold_the_whole_tolerance_and_no_more() -> None:
    for key, tolerance in [(2 / 3, 0.01), (-1 / 3, 0.001), (1e4, 0.0), (0.0, 0.1)]:
        low, high = bounds(key, tolerance)
        assert Decimal(low) <= Decimal(key) - Decimal(repr(tolerance))
        assert Decimal(high) >= Decimal(key) + Decimal(repr(tolerance))
        assert fits(key, tolerance, low)
        assert fits(key, tolerance, high)
        assert "e" not in (low + high).lower()


def test_every_spelling_of_a_shape_counts() -> None:
    for key in [(128, 16, 28, 28), (5,), (1, 1)]:
        found = spellings(Blank("", key))
        assert found[0] == Blank("", key).shown()
        assert all(fits(list(key), 0, text) for text in found), key
    assert "" not in spellings(Blank("", ()))


def test_a_wide_tolerance_is_cut_short_and_said() -> None:
    wide = Blank("", 100.0, 60.0, 0)
    assert too_many(wide)
    assert not too_many(Blank("", 100.0, 24.0, 0))
    values = {float(text) for text in spellings(wide) if "," not in text}
    assert len(values) == MOST_VALUES
    assert 100.0 in values
    question = replace(
        NUMBERED["B3"],
        id="wide",
        blanks=(wide, *NUMBERED["B3"].blanks[1:]),
        slips=(),
    )
    paper = sample()
    part = replace(paper.parts[1], questions=(question,))
    object.__setattr__(paper, "parts", (part,))
    assert [r for r in canvas_qti12(paper).remarks if "tolerance of B1" in r]
    assert not [r for r in EXPORT.remarks if "tolerance" in r]


def test_ids_are_whole_numbers_and_never_twice() -> None:
    ids = [str(o.get("ident")) for o in QUIZ.iter(f"{QTI}response_label")]
    ids = [one for one in ids if one != "answer1"]
    assert all(re.fullmatch("[0-9]+", one) for one in ids)
    assert len(set(ids)) == len(ids) > 100
    idents = [item.get("ident") for item in ITEMS.values()]
    assert len(set(idents)) == len(idents)


def test_explanations_belong_to_their_options() -> None:
    for number, question in of_kind("single", "several"):
        found, rendered = comments(number), render(question)
        for ident, why, text in zip(
            options(number), rendered.whys, rendered.options, strict=True
        ):
            assert found[f"{ident}_fb"] == why
            assert shown(number)[f"{ident}_fb"] == ident
            [label] = [
                label
                for label in ITEMS[number].iter(f"{QTI}response_label")
                if label.get("ident") == ident
            ]
            assert text_of(label) == f"<div>{text}</div>"
        assert ("general_fb" in found) == bool(question.solution)


def test_solutions_mistakes_and_schemes_are_general_comments() -> None:
    for number, question in of_kind("numeric", "written"):
        said = comments(number)["general_fb"]
        assert said.startswith(render(question).solution)
        assert shown(number)["general_fb"] == ""
        assert said.count("Known mistakes") == bool(question.slips)
        for slip in question.slips:
            assert slip.why[:6] in said
    assert "<li>0.500, (128, 16, 28, 28), 40: " in comments("B3")["general_fb"]
    assert comments("C1")["general_fb"].count("<strong>1.5 marks</strong>") == 2


def test_texts_are_html_with_latex() -> None:
    assert NASTY.count("$") == 2
    text = question_text("B1")
    assert r"\(\{a_{1} &lt; b \&amp; c\}\)" in text
    assert "if a &lt; b &amp; c:\n    print(&#39;}~#&#39;)" in text
    assert text.endswith("<p>Answer (2 decimals)</p></div>")
    # Canvas knows these words as comments of other kinds.
    for item in ITEMS.values():
        for feedback in item.findall(f"{QTI}itemfeedback"):
            assert re.fullmatch("general_fb|[0-9]+_fb", str(feedback.get("ident")))


def test_pictures_are_files_of_the_package() -> None:
    images = [name for name in FILES if name.startswith("images/")]
    assert images == ["images/mock-exam-7-2-1.svg"]
    assert f'src="%24IMS-CC-FILEBASE%24/{images[0]}"' in question_text("A3")
    assert b"data:" not in FILES["mock-exam-7-2/mock-exam-7-2.xml"]
    assert ET.fromstring(FILES[images[0]]).tag.endswith("svg")


def test_the_package_lists_all_its_files_and_no_other() -> None:
    manifest = ET.fromstring(FILES["imsmanifest.xml"])
    listed = [str(file.get("href")) for file in manifest.iter(f"{CP}file")]
    assert sorted(["imsmanifest.xml", *listed]) == sorted(FILES)
    resources = {r.get("identifier"): r for r in manifest.iter(f"{CP}resource")}
    assert resources["mock-exam-7-2"].get("type") == "imsqti_xmlv1p2"
    needed = [d.get("identifierref") for d in manifest.iter(f"{CP}dependency")]
    assert needed == ["mock-exam-7-2-meta"]
    assert needed[0] in resources
    meta = ET.fromstring(FILES["mock-exam-7-2/assessment_meta.xml"])
    values = {one.tag.split("}")[1]: one.text for one in meta}
    assert meta.get("identifier") == QUIZ[0].get("ident") == "mock-exam-7-2"
    assert float(values["points_possible"] or 0) == 36.5
    assert values["shuffle_answers"] == "false"


@pytest.mark.filterwarnings("ignore:.* is deprecated, use:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:pyslet.* is deprecated:DeprecationWarning")
def test_a_reader_of_qti12_takes_all_of_it(caplog: pytest.LogCaptureFixture) -> None:
    from pyslet.imsqtiv1p2p1 import QTIDocument

    document = QTIDocument()
    document.read(io.BytesIO(FILES["mock-exam-7-2/mock-exam-7-2.xml"]))
    assert not caplog.messages
    [section] = document.root.Assessment.SectionMixin
    titles = [item.title for item in section.SectionItemMixin]
    assert [title.split(" ")[0] for title in titles] == list(ITEMS)


def test_remarks_tell_of_this_paper_only() -> None:
    assert len(EXPORT.remarks) == 3
    assert "set A2, A3 and A4 to Partial Credit" in EXPORT.remarks[0]
    assert "B3, B4 and B5 with a list" in EXPORT.remarks[1]
    assert "scheme of C1 as" in EXPORT.remarks[2]
    only = sample()
    part = replace(only.parts[0], questions=(NUMBERED["A1"],))
    object.__setattr__(only, "parts", (part,))
    assert canvas_qti12(only).remarks == ()


def test_the_same_paper_gives_the_same_bytes() -> None:
    again = canvas_qti12(sample())
    assert again.files == EXPORT.files
    assert list(again.files) == ["mock-exam-7-2-canvas.zip"]
