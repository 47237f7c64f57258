"""A paper as a package of QTI 1.2 in the flavour of Canvas."""

from __future__ import annotations

from html import escape
from xml.etree import ElementTree as ET

from dlcourse.exam.compose import Paper
from dlcourse.exam.export.canvas_items import (
    add_heading,
    add_item,
    canvas_type,
)
from dlcourse.exam.export.export import Export
from dlcourse.exam.export.files import add, xml_bytes, zip_bytes
from dlcourse.exam.export.rendered import (
    listed,
    paper_name,
    paper_title,
    render,
    unpacked,
)
from dlcourse.exam.export.spellings import too_many

_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_META = "http://canvas.instructure.com/xsd/cccv1p0"
# What Canvas calls the root of a package.
_ROOT = "%24IMS-CC-FILEBASE%24"


def canvas_qti12(paper: Paper) -> Export:
    """Write a paper as a zip file that Canvas imports as a quiz.

    A question with one right option is Canvas' "multiple choice", any other "multiple
    answers". One number is "numerical"; a shape, and several answers, are texts in
    "fill in multiple blanks", each compared with a list of spellings.

    Raises:
        CourseError: if pandoc cannot read a text.
    """
    name = paper_name(paper)
    text, images = _pictured(xml_bytes(_assessment(paper)).decode(), name)
    files = {
        "imsmanifest.xml": xml_bytes(_manifest(name, list(images))),
        f"{name}/{name}.xml": text.encode(),
        f"{name}/assessment_meta.xml": xml_bytes(_meta(paper)),
        **images,
    }
    package = zip_bytes(files)
    return Export({f"{name}-canvas.zip": package}, tuple(_remarks(paper)))


def _pictured(text: str, name: str) -> tuple[str, dict[str, bytes]]:
    """Take pictures out: Canvas' cleaning of HTML leaves no embedded ones."""
    # Within this file, the HTML itself is text, with its quotation marks as they are.
    text, images = unpacked(text, name)
    return text.replace('src="images/', f'src="{_ROOT}/images/'), images


def _assessment(paper: Paper) -> ET.Element:
    root = ET.Element("questestinterop", {"xmlns": _QTI})
    title = paper_title(paper)
    assessment = add(root, "assessment", ident=paper_name(paper), title=title)
    field = add(add(assessment, "qtimetadata"), "qtimetadatafield")
    add(field, "fieldlabel", "cc_maxattempts")
    add(field, "fieldentry", "1")
    section = add(assessment, "section", ident="root_section")
    place = 0
    for part in paper.parts:
        words = part.section
        heading = f"{words.letter} · {words.title} ({words.marks:g} marks)"
        html = f"<h3>{escape(heading)}</h3><p>{escape(words.task)}</p>"
        add_heading(section, words.letter, heading, html)
        for number, question in part.numbered():
            place += 1
            add_item(section, number, place, question, render(question))
    return root


def _manifest(name: str, images: list[str]) -> ET.Element:
    root = ET.Element("manifest", {"xmlns": _PACKAGE, "identifier": f"{name}-package"})
    metadata = add(root, "metadata")
    add(metadata, "schema", "IMS Content")
    add(metadata, "schemaversion", "1.1.3")
    add(root, "organizations")
    resources = add(root, "resources")
    meta = f"{name}-meta"
    quiz = add(resources, "resource", identifier=name, type="imsqti_xmlv1p2")
    add(quiz, "file", href=f"{name}/{name}.xml")
    add(quiz, "dependency", identifierref=meta)
    kind = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
    for identifier, kind_, path in (
        (meta, kind, f"{name}/assessment_meta.xml"),
        *((f"{name}-image{n}", "webcontent", path) for n, path in enumerate(images, 1)),
    ):
        resource = add(resources, "resource", identifier=identifier, type=kind_)
        resource.set("href", path)
        add(resource, "file", href=path)
    return root


def _meta(paper: Paper) -> ET.Element:
    """Write what Canvas keeps of a quiz besides its questions."""
    root = ET.Element("quiz", {"xmlns": _META, "identifier": paper_name(paper)})
    marks = sum(part.section.marks for part in paper.parts)
    for tag, text in (
        ("title", paper_title(paper)),
        ("description", ""),
        ("shuffle_answers", "false"),
        ("scoring_policy", "keep_highest"),
        ("quiz_type", "assignment"),
        ("points_possible", f"{marks:g}"),
        ("show_correct_answers", "true"),
        ("allowed_attempts", "1"),
        ("one_question_at_a_time", "false"),
        ("cant_go_back", "false"),
        ("available", "false"),
    ):
        add(root, tag, text)
    return root


def _remarks(paper: Paper) -> list[str]:
    """Say what Canvas cannot hold of this paper."""
    remarks = []
    numbered = list(paper.numbered())
    several = [n for n, q in numbered if q.kind == "several"]
    if several:
        remarks.append(
            "Canvas' Classic Quizzes mark several right options by our rule; in New "
            f"Quizzes set {listed(several)} to Partial Credit with Penalty, since "
            "Exact Match gives all marks or none."
        )
    texts = [
        (n, q)
        for n, q in numbered
        if canvas_type(q) == "fill_in_multiple_blanks_question"
    ]
    if texts:
        numbers = [n for n, _ in texts]
        remarks.append(
            f"Canvas compares the answers of {listed(numbers)} with a list of "
            "spellings: numbers with other decimals than asked for, and shapes with "
            "unusual spaces, need a look by hand."
        )
    long = [n for n, q in texts if any(map(too_many, q.blanks))]
    if long:
        remarks.append(
            f"So many numbers lie within the tolerance of {listed(long)} that Canvas' "
            "list holds only those next to the key."
        )
    written = [n for n, q in numbered if q.kind == "written"]
    if written:
        remarks.append(
            f"Canvas shows model answer and marking scheme of {listed(written)} as the "
            "question's comment: let students see their results after you have marked."
        )
    return remarks
