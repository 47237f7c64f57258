"""A toy site is printed by a real Chromium; the files are read by pypdf."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from dlcourse.errors import CourseError
from dlcourse.publish.pdf.press import print_site
from tests.publish.pdf.toy import SITE, write_toy

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    house = tmp_path_factory.mktemp("house")
    write_toy(house)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "86400")
        print_site(house)
    return house


@pytest.fixture(scope="module")
def book(house: Path) -> PdfReader:
    return PdfReader(house / "_build" / "html" / "pdf" / "toy-course.pdf")


@pytest.fixture(scope="module")
def one(house: Path) -> PdfReader:
    return PdfReader(house / "_build" / "html" / "pdf" / "one.pdf")


def words(page: Any) -> str:
    return " ".join(page.extract_text().split())


def text(reader: PdfReader) -> str:
    return " ".join(words(page) for page in reader.pages)


def links(reader: PdfReader) -> list[tuple[int, Any]]:
    """List where links lead: an address, or a page's place."""
    found: list[tuple[int, Any]] = []
    places = {page.indirect_reference: i for i, page in enumerate(reader.pages)}
    for number, page in enumerate(reader.pages):
        for link in page.get("/Annots", ()):
            link = link.get_object()
            inside = "/Dest" in link
            target = places[link["/Dest"][0]] if inside else link["/A"]["/URI"]
            found.append((number, target))
    return found


def flat(outline: list[Any]) -> list[Any]:
    lists = [flat(item) if isinstance(item, list) else [item] for item in outline]
    return [item for items in lists for item in items]


def test_each_chapter_and_the_book_are_there(house: Path) -> None:
    names = {path.name for path in (house / "_build" / "html" / "pdf").iterdir()}
    assert names == {"one.pdf", "two.pdf", "three.pdf", "four.pdf", "toy-course.pdf"}


def test_answers_stand_at_the_end_only(one: PdfReader) -> None:
    before, _, after = text(one).partition("Answers")
    for shown in ("Which?", "Option a", "Option b", "Question 2", "Question 3"):
        assert shown in before
    for late in ("Reason a.", "Reason b.", "Because of this.", "4711", "Add them up."):
        assert late not in before
        assert late in after
    assert "2 b" in after
    assert "Another variant" not in before + after


def test_what_needs_a_screen_is_left_out_and_said(one: PdfReader) -> None:
    whole = text(one)
    for gone in ("plot_code", "in the dark", "#", "Check"):
        assert gone not in whole, gone
    for kept in ("in the light", "still", "Moving demo", "it moves online"):
        assert kept in whole, kept


def test_nothing_is_cut_off(one: PdfReader) -> None:
    ends: dict[str, float] = {}

    def visit(part: str, cm: list[float], tm: list[float], *_: object) -> None:
        for word in ("line')", "edge"):
            if word in part:
                ends[word] = tm[4] * cm[0] + cm[4]

    for page in one.pages:
        page.extract_text(visitor_text=visit)
    assert set(ends) == {"line')", "edge"}
    assert max(ends.values()) < float(one.pages[0].mediabox.width) - 45


def test_links_of_a_chapter_alone_lead_to_the_site(one: PdfReader) -> None:
    targets = [target for _, target in links(one)]
    assert f"{SITE}book/two.html#there" in targets
    assert f"{SITE}book/four.html" in targets
    assert "https://elsewhere.example/" in targets
    assert 0 in targets  # below, on the same page
    assert not [to for to in targets if str(to).startswith(f"{SITE}book/one")]


def test_links_of_the_book_stay_inside_where_they_can(book: PdfReader) -> None:
    outside = {target for _, target in links(book) if isinstance(target, str)}
    assert outside == {
        SITE,
        f"{SITE}book/index.html",
        "https://elsewhere.example/",
        # The demonstration that moves there.
        f"{SITE}book/one.html",
    } - {f"{SITE}book/one.html"}
    [there] = [i for i, page in enumerate(book.pages) if "Arrived." in words(page)]
    assert "Two" not in words(book.pages[there]).partition("There")[2]
    assert there in [target for _, target in links(book)]


def test_the_book_has_cover_contents_and_numbers(book: PdfReader) -> None:
    assert "Toy Course" in words(book.pages[0])
    assert "2 January 1970" in words(book.pages[0])
    contents = words(book.pages[2])
    labels = book.page_labels
    assert labels[:4] == ["i", "ii", "iii", "1"]
    opened = {item.title: item for item in flat(book.outline)}
    for title in ("One & only", "Two", "Three", "Four"):
        opens = book.get_destination_page_number(opened[title])
        assert opens is not None
        assert f"{title} {labels[opens]} " in f"{contents} "
        number = rf"(?<!\d){labels[opens]}(?!\d)"
        assert re.search(number, words(book.pages[opens]))


def test_the_outline_has_parts_chapters_and_sections(book: PdfReader) -> None:
    def titles(items: list[Any]) -> list[Any]:
        return [titles(i) if isinstance(i, list) else i.title for i in items]

    assert titles(book.outline) == [
        "First part",
        ["One & only", ["Below", "Answers"], "Two", ["There"], "Three"],
        "Last part",
        ["Four"],
    ]


def test_the_file_says_what_it_is(book: PdfReader, one: PdfReader) -> None:
    assert book.metadata is not None
    assert (book.metadata.title, book.metadata.author) == ("Toy Course", "A. Author")
    assert book.metadata.creation_date is None
    assert one.metadata is not None
    assert one.metadata.title == "One & only · Toy Course"
    assert book.root_object["/Lang"] == "en-GB"


def test_tags_are_lean_and_lead_back_to_every_piece(book: PdfReader) -> None:
    root: Any = book.root_object["/StructTreeRoot"]
    kinds: list[str] = []
    held: dict[tuple[Any, int], IndirectObject] = {}
    waiting = [root.raw_get("/K")]
    while waiting:
        above = waiting.pop()
        element: Any = above.get_object()
        kinds.append(element["/S"])
        for kid in element.get("/K", ()):
            piece = kid.get_object()
            if isinstance(piece, DictionaryObject) and "/S" in piece:
                waiting.append(kid)
            elif isinstance(piece, DictionaryObject) and "/MCID" in piece:
                held[piece.raw_get("/Pg"), piece["/MCID"]] = above
            elif isinstance(piece, int):
                held[element.raw_get("/Pg"), piece] = above
    assert {"/Document", "/Part", "/H1", "/H2", "/P", "/Link"} <= set(kinds)
    assert "/NonStruct" not in kinds
    numbers = root["/ParentTree"]["/Nums"]
    parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    for page in book.pages:
        if "/StructParents" not in page:  # nothing on it but the margins' words
            assert "/Annots" not in page
            continue
        owners = parents[page["/StructParents"]].get_object()
        assert isinstance(owners, ArrayObject)
        for piece, owner in enumerate(owners):
            if (page.indirect_reference, piece) in held:
                assert held[page.indirect_reference, piece] == owner
        for link in page.get("/Annots", ()):
            owner = parents[link.get_object()["/StructParent"]]
            assert owner.get_object()["/S"] == "/Link"
    assert len(held) > 50


def test_only_changes_are_printed_and_the_same_site_gives_the_same_bytes(
    house: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    copy = tmp_path / "copy"
    shutil.copytree(house, copy)
    shutil.rmtree(copy / "_build" / "pdf" / "bound")
    (copy / "_build" / "pdf" / "toy-course.pdf").unlink()
    (copy / "_build" / "pdf" / "alone" / "one.pdf").unlink()
    page = copy / "_build" / "html" / "book" / "four.html"
    page.write_text(page.read_text().replace("End.", "Another end."))
    print_site(copy)
    said = capsys.readouterr().out
    assert said.count("kept") == 2  # two, three
    pdf = "_build/html/pdf"
    for name in ("one", "two", "three"):
        again = (copy / pdf / f"{name}.pdf").read_bytes()
        assert again == (house / pdf / f"{name}.pdf").read_bytes(), name
    for name in ("one", "two", "three"):
        bound = f"_build/pdf/bound/{name}.pdf"
        read = [PdfReader(folder / bound).pages for folder in (house, copy)]
        assert words(read[0][0]) == words(read[1][0])
    book = text(PdfReader(copy / pdf / "toy-course.pdf"))
    assert "Another end." in book
    # Back to the old words: the old bytes, put together from new prints.
    page.write_text(page.read_text().replace("Another end.", "End."))
    print_site(copy)
    old = (house / pdf / "toy-course.pdf").read_bytes()
    assert (copy / pdf / "toy-course.pdf").read_bytes() == old


def test_a_missing_picture_stops_the_press(house: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(house, copy)
    (copy / "_build" / "html" / "_images" / "light.svg").unlink()
    before = (copy / "_build" / "html" / "pdf" / "one.pdf").read_bytes()
    with pytest.raises(CourseError, match=r"the site lacks _images/light\.svg"):
        print_site(copy, ["one"])
    assert (copy / "_build" / "html" / "pdf" / "one.pdf").read_bytes() == before
