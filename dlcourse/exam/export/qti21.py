"""A paper as a content package of QTI 2.1."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from dlcourse.exam.compose import Paper, Part
from dlcourse.exam.export.export import Export
from dlcourse.exam.export.files import add, xml_bytes, zip_bytes
from dlcourse.exam.export.qti21_items import QTI, item
from dlcourse.exam.export.rendered import (
    listed,
    paper_name,
    paper_title,
    render,
    unpacked,
)

_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"


def qti21(paper: Paper) -> Export:
    """Write a paper as a package of QTI 2.1, a zip file.

    It holds a test with a section for each part and an item for each question, whose
    outcome SCORE is what ``scoring.score`` gives. A question with one right option
    takes one option, any other question as many as the reader likes.

    Raises:
        CourseError: if pandoc cannot read a text.
    """
    items: dict[str, bytes] = {}
    pictures: dict[str, list[str]] = {}
    images: dict[str, bytes] = {}
    for number, question in paper.numbered():
        written = xml_bytes(item(number, question, render(question, "mathml")))
        # Items lie in a folder of their own.
        text, found = unpacked(written.decode(), number)
        items[_item_path(number)] = text.replace(
            'src="images/', 'src="../images/'
        ).encode()
        pictures[number] = list(found)
        images |= found
    files = {
        "imsmanifest.xml": xml_bytes(_manifest(paper, pictures)),
        "test.xml": xml_bytes(_test(paper)),
        **items,
        **images,
    }
    name = f"{paper_name(paper)}-qti21.zip"
    return Export({name: zip_bytes(files)}, tuple(_remarks(paper)))


def _item_path(number: str) -> str:
    return f"items/{number}.xml"


def _manifest(paper: Paper, pictures: dict[str, list[str]]) -> ET.Element:
    """List what is in the package, and what belongs to what."""
    root = ET.Element("manifest", {"xmlns": _PACKAGE, "identifier": "MANIFEST"})
    metadata = add(root, "metadata")
    add(metadata, "schema", "QTIv2.1 Package")
    add(metadata, "schemaversion", "1.0.0")
    add(root, "organizations")
    resources = add(root, "resources")
    test = _resource(resources, "TEST", "imsqti_test_xmlv2p1", "test.xml")
    for number in pictures:
        add(test, "dependency", identifierref=number)
    for number, paths in pictures.items():
        kind = "imsqti_item_xmlv2p1"
        resource = _resource(resources, number, kind, _item_path(number))
        for path in paths:
            add(resource, "file", href=path)
    return root


def _resource(parent: ET.Element, name: str, kind: str, path: str) -> ET.Element:
    resource = add(parent, "resource", identifier=name, type=kind, href=path)
    add(resource, "file", href=path)
    return resource


def _test(paper: Paper) -> ET.Element:
    """Write the test: its sections, and the sum of the marks."""
    root = ET.Element("assessmentTest", {"xmlns": QTI})
    root.set("identifier", paper_name(paper))
    root.set("title", paper_title(paper))
    total = add(
        root,
        "outcomeDeclaration",
        identifier="SCORE",
        cardinality="single",
        baseType="float",
    )
    add(add(total, "defaultValue"), "value", "0")
    # All answers are handed in at the end, so that no explanation helps with the rest.
    whole = add(
        root,
        "testPart",
        identifier="PAPER",
        navigationMode="nonlinear",
        submissionMode="simultaneous",
    )
    for part in paper.parts:
        _add_section(whole, part)
    rule = add(add(root, "outcomeProcessing"), "setOutcomeValue", identifier="SCORE")
    add(add(rule, "sum"), "testVariables", variableIdentifier="SCORE")
    return root


def _add_section(parent: ET.Element, part: Part) -> None:
    section = add(
        parent,
        "assessmentSection",
        identifier=f"PART_{part.section.letter}",
        title=f"{part.section.letter} · {part.section.title}",
        visible="true",
    )
    add(add(section, "rubricBlock", view="candidate"), "p", part.section.task)
    for number, _ in part.numbered():
        add(section, "assessmentItemRef", identifier=number, href=_item_path(number))


def _remarks(paper: Paper) -> list[str]:
    """Say what QTI 2.1 cannot hold of this paper."""
    remarks = []
    numbered = list(paper.numbered())
    shapes = [n for n, q in numbered if any(isinstance(b.key, tuple) for b in q.blanks)]
    if shapes:
        remarks.append(
            f"QTI compares the shapes of {listed(shapes)} with a list of spellings: "
            "look at answers with unusual spaces by hand."
        )
    fractions = [n for n, q in numbered if any(b.decimals for b in q.blanks)]
    if fractions:
        remarks.append(
            "QTI reads numbers with a decimal point: tell the class not to write a "
            f"comma in {listed(fractions)}."
        )
    written = [n for n, q in numbered if q.kind == "written"]
    if written:
        remarks.append(
            "QTI 2.1 cannot say that a person gives marks: the score of "
            f"{listed(written)} stays 0 until somebody sets it."
        )
    return remarks
