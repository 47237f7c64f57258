"""The package of QTI 2.1, read and marked by pyslet, which knows nothing of ours."""

from __future__ import annotations

import io
import logging
import random
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from dlcourse.exam.export.files import xml_bytes, zip_bytes
from dlcourse.exam.export.qti21 import qti21
from dlcourse.exam.export.qti21_items import add_html, item
from dlcourse.exam.export.rendered import render
from dlcourse.exam.export.spellings import shape_spellings
from dlcourse.exam.question import Question
from dlcourse.exam.scoring import score
from dlcourse.exam.template import Form
from dlcourse.exam.templates import TEMPLATES

from .sample import numbers_near, picks, sample

# It warns of its own old names, also where it uses them itself.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.* is deprecated, use:DeprecationWarning"
)

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
PAPER = sample()
EXPORT = qti21(PAPER)
[PACKAGE] = EXPORT.files.values()
NUMBERED = dict(PAPER.numbered())


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(PACKAGE)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def items(
    files: dict[str, bytes], caplog: pytest.LogCaptureFixture
) -> Mapping[str, Any]:
    """Read all items; pyslet logs a line about whatever it cannot place."""
    with caplog.at_level(logging.WARNING):
        found = {number: read(files[f"items/{number}.xml"]) for number in NUMBERED}
    # It keeps tolerances, which are lists, as text; ``read`` puts that right.
    assert not [said for said in caplog.messages if "'tolerance'" not in said]
    return found


def read(content: bytes) -> Any:
    from pyslet.qtiv2.expressions import Equal
    from pyslet.qtiv2.xml import QTIDocument

    document = QTIDocument()
    document.read(io.BytesIO(content))
    for test in document.root.find_children_depth_first(Equal):
        test.tolerance = test.tolerance.split()
    return document.root


def run(item: Any, responses: Mapping[str, object]) -> tuple[float, set[str]]:
    """Hand in an answer; returns the marks and what is explained."""
    from pyslet.qtiv2.variables import ItemSessionState

    state = ItemSessionState(item)
    state.begin_session()
    for name, value in responses.items():
        state[name].set_value(value)
    state.end_attempt()
    shown = state["FEEDBACK"].value
    return state["SCORE"].value, set(shown or ())


def of_kind(*kinds: str) -> list[tuple[str, Question]]:
    return [(n, q) for n, q in NUMBERED.items() if q.kind in kinds]


def choices(files: Mapping[str, bytes], number: str) -> list[str]:
    root = ET.fromstring(files[f"items/{number}.xml"])
    return [str(c.get("identifier")) for c in root.iter(f"{QTI}simpleChoice")]


def feedbacks(files: Mapping[str, bytes], number: str) -> dict[str, ET.Element]:
    root = ET.fromstring(files[f"items/{number}.xml"])
    return {str(f.get("identifier")): f for f in root.iter(f"{QTI}modalFeedback")}


@pytest.mark.parametrize(("number", "question"), of_kind("single", "several"))
def test_options_earn_what_the_rule_says(
    items: Mapping[str, Any], files: dict[str, bytes], number: str, question: Question
) -> None:
    names = choices(files, number)
    right = {
        name
        for name, option in zip(names, question.options, strict=True)
        if option.right
    }
    for picked in picks(question):
        chosen = [names[place] for place in picked]
        given = chosen if question.kind == "several" else (chosen or [None])[0]
        got, shown = run(items[number], {"RESPONSE": given or None})
        assert got == pytest.approx(score(question.scoring(), picked)), picked
        assert shown - {"solution"} == right | set(chosen)


@pytest.mark.parametrize(("number", "question"), of_kind("numeric"))
def test_blanks_earn_what_the_rule_says(
    items: Mapping[str, Any], number: str, question: Question
) -> None:
    rng = random.Random(number)
    offered: list[list[Any]] = [
        [*shape_spellings(blank.key), "(3, 2)", "2,3,4,5", "128, 16", None]
        if isinstance(blank.key, tuple)
        else [*map(float, numbers_near(blank, rng)), None]
        for blank in question.blanks
    ]
    earned = set()
    for _ in range(150):
        given = [rng.choice(values) for values in offered]
        names = {f"BLANK{n}": value for n, value in enumerate(given, start=1)}
        got, _ = run(items[number], names)
        texts = [
            f"{value:.10f}" if isinstance(value, float) else str(value or "")
            for value in given
        ]
        wanted = score(question.scoring(), texts)
        assert got == pytest.approx(wanted), texts
        earned.add(wanted)
    assert len(earned) > 1


def test_known_mistakes_and_the_solution_are_shown(
    items: Mapping[str, Any], files: dict[str, bytes]
) -> None:
    told = 0
    for number, question in of_kind("numeric"):
        for n, slip in enumerate(question.slips, start=1):
            given = {
                f"BLANK{place}": value if isinstance(value, float) else str(value)
                for place, value in enumerate(slip.values, start=1)
            }
            _, shown = run(items[number], given)
            assert shown == {"solution", f"slip_{n}"}
            words = "".join(feedbacks(files, number)[f"slip_{n}"].itertext())
            assert words.startswith(slip.why[:8])
            told += 1
        keys = {
            f"BLANK{n}": b.shown() if isinstance(b.key, tuple) else float(b.shown())
            for n, b in enumerate(question.blanks, start=1)
        }
        got, shown = run(items[number], keys)
        assert (got, shown) == (pytest.approx(question.marks), {"solution"})
    assert told == 5


def test_written_answers_wait_for_a_person(
    items: Mapping[str, Any], files: dict[str, bytes]
) -> None:
    assert run(items["C1"], {"RESPONSE": "Because."}) == (0, {"solution"})
    root = ET.fromstring(files["items/C1.xml"])
    [scheme] = root.iter(f"{QTI}rubricBlock")
    assert scheme.get("view") == "scorer"
    words = "".join(scheme.itertext())
    assert "Because of this." in words
    assert words.count("1.5 marks: ") == 2
    assert "".join(feedbacks(files, "C1")["solution"].itertext()).startswith("Because")


def test_explanations_belong_to_their_options(files: dict[str, bytes]) -> None:
    for number, question in of_kind("single", "several"):
        names, found = choices(files, number), feedbacks(files, number)
        assert {*names} == {*found} - {"solution"}
        assert ("solution" in found) == bool(question.solution)
        for name, letter, option in zip(
            names, "abcdef", question.options, strict=False
        ):
            words = "".join(found[name].itertext())
            assert words.startswith(option.why[:6])
            state = "right" if option.right else "wrong"
            assert found[name].get("title") == f"{letter} · {state}"


def test_radio_buttons_only_where_one_option_is_right(files: dict[str, bytes]) -> None:
    most = {}
    for number, question in of_kind("single", "several"):
        root = ET.fromstring(files[f"items/{number}.xml"])
        [interaction] = root.iter(f"{QTI}choiceInteraction")
        most[question.kind] = interaction.get("maxChoices")
        # One could count what is right if it were in a fixed place.
        assert interaction.get("shuffle") == "false"
    assert most == {"single": "1", "several": "0"}


def test_texts_are_xhtml_with_mathml(files: dict[str, bytes]) -> None:
    root = ET.fromstring(files["items/B1.xml"])
    body = root.find(f"{QTI}itemBody")
    assert body is not None
    [code] = body.iter(f"{QTI}pre")
    assert "".join(code.itertext()) == "if a < b & c:\n    print('}~#')"
    words = "".join(body.itertext())
    assert "Tag <b> & “quotes” ‘single’ #hash ~tilde} brace ]]>" in words
    [formula] = body.iter(f"{MATHML}math")
    assert "<" in "".join(formula.itertext())
    # No maths stays as LaTeX but in annotations, no presentation in any element.
    for element in root.iter():
        if not element.tag.startswith(MATHML):
            assert "\\" not in (element.text or "") + (element.tail or "")
            assert not {"style", "align"} & set(element.attrib), element.tag
            assert element.tag.startswith(QTI), element.tag


def test_tables_and_lists_lose_what_qti_does_not_know() -> None:
    parent = ET.Element("itemBody")
    add_html(
        parent,
        "div",
        '<ol type="1"><li>x</li></ol><table><tr><td style="x" colspan="2">y</td></tr>'
        '</table><img alt="z" src="a.svg" onclick="q" />',
    )
    assert ET.tostring(parent, "unicode") == (
        '<itemBody><div><ol><li>x</li></ol><table><tr><td colspan="2">y</td></tr>'
        '</table><img alt="z" src="a.svg" /></div></itemBody>'
    )


@pytest.mark.usefixtures("items")
def test_the_package_lists_all_its_files_and_no_other(files: dict[str, bytes]) -> None:
    from pyslet.imscpv1p2 import ManifestDocument

    manifest = ManifestDocument()
    manifest.read(io.BytesIO(files["imsmanifest.xml"]))
    resources = manifest.root.Resources.Resource
    listed = [str(file.href) for resource in resources for file in resource.File]
    assert sorted(["imsmanifest.xml", *listed]) == sorted(files)
    assert len(listed) == len(set(listed))
    kinds = {resource.type for resource in resources}
    assert kinds == {"imsqti_test_xmlv2p1", "imsqti_item_xmlv2p1"}
    [test] = [r for r in resources if r.type == "imsqti_test_xmlv2p1"]
    needed = [d.identifierref for d in test.Dependency]
    assert needed == [r.id for r in resources if r is not test] == list(NUMBERED)


def test_pictures_lie_beside_the_items(files: dict[str, bytes]) -> None:
    root = ET.fromstring(files["items/A3.xml"])
    [image] = root.iter(f"{QTI}img")
    assert image.get("src") == "../images/A3-1.svg"
    assert image.get("alt") == "a line that falls"
    assert ET.fromstring(files["images/A3-1.svg"]).tag.endswith("svg")
    assert b"currentColor" not in files["images/A3-1.svg"]


def test_the_test_has_a_section_for_each_part(files: dict[str, bytes]) -> None:
    read(files["test.xml"])
    root = ET.fromstring(files["test.xml"])
    sections = {
        section.get("title"): [
            ref.get("href") for ref in section.iter(f"{QTI}assessmentItemRef")
        ]
        for section in root.iter(f"{QTI}assessmentSection")
    }
    assert sections == {
        f"{part.section.letter} · {part.section.title}": [
            f"items/{number}.xml" for number, _ in part.numbered()
        ]
        for part in PAPER.parts
    }
    assert "Do A & more." in "".join(root.itertext())
    [total] = root.iter(f"{QTI}outcomeProcessing")
    assert [e.tag.removeprefix(QTI) for e in total.iter()][1:] == [
        "setOutcomeValue",
        "sum",
        "testVariables",
    ]


def test_most_marks_are_those_of_the_question(files: dict[str, bytes]) -> None:
    for number, question in NUMBERED.items():
        root = ET.fromstring(files[f"items/{number}.xml"])
        values = {
            outcome.get("identifier"): outcome.findtext(f"{QTI}defaultValue/{QTI}value")
            for outcome in root.iter(f"{QTI}outcomeDeclaration")
        }
        assert values["SCORE"] == "0"
        assert float(values["MAXSCORE"] or "nan") == question.marks


def test_remarks_tell_of_this_paper_only() -> None:
    assert [remark.split(" ")[0] for remark in EXPORT.remarks] == ["QTI"] * 3
    assert "B3, B4 and B5 with a list" in EXPORT.remarks[0]
    assert EXPORT.remarks[1].endswith("comma in B1 and B3.")
    assert "the score of C1 stays 0" in EXPORT.remarks[2]
    only = sample()
    object.__setattr__(only, "parts", only.parts[:1])
    assert qti21(only).remarks == ()


@pytest.mark.parametrize("form", ["numeric", "choice"])
def test_variants_of_templates_are_valid_and_earn_their_marks(
    form: Form, caplog: pytest.LogCaptureFixture
) -> None:
    for template in TEMPLATES.values():
        if form not in template.forms:
            continue
        question = template.variant(11, form)
        made = item("A1", question, render(question, "mathml"))
        found = read(xml_bytes(made))
        given: dict[str, object] = {
            f"BLANK{n}": b.shown() if isinstance(b.key, tuple) else float(b.shown())
            for n, b in enumerate(question.blanks, start=1)
        }
        if question.options:
            right = [
                f"option_{letter}"
                for letter, option in zip("abcdefgh", question.options, strict=False)
                if option.right
            ]
            given = {"RESPONSE": right if question.kind == "several" else right[0]}
        got, _ = run(found, given)
        assert got == pytest.approx(question.marks), template.id
    assert not [said for said in caplog.messages if "'tolerance'" not in said]


def test_the_same_paper_gives_the_same_bytes() -> None:
    again = qti21(sample())
    assert again.files == EXPORT.files
    assert list(again.files) == ["mock-exam-7-2-qti21.zip"]
    for entry in zipfile.ZipFile(io.BytesIO(PACKAGE)).infolist():
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
    assert zip_bytes({"a": b"1"}) == zip_bytes({"a": b"1"})
