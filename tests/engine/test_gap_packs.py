"""The paper of a gap analysis: the same words as PDF and as DOCX, readable by everybody's programs."""

import io
from collections import Counter
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from docx import Document

from answerable.engine.packs import (
    GapKind,
    GapLine,
    GapPaper,
    Grid,
    GridRow,
    Square,
    gaps_docx,
    gaps_pdf,
)

LINE = GapLine(
    where="R-0081",
    body="Northmoor Police",
    words="Record every report about a child at risk within 24 hours.",
    because="R-0009 asked the same and was closed as met.",
    evidence=("Closed, 4 May 2017 (R-0009)",),
    since="4 May 2017",
)
GRID = Grid(
    "Themes by reports",
    "1 theme by 2 reports.",
    ("Inspection, 2015", "Joint inspection, 2026"),
    (GridRow("Recording", (Square("2", "1 gap", "said", True), Square("", "", "none", False))),),
)
PAPER = GapPaper(
    office="Northmoor Police and Crime Commissioner",
    reference="G-0004",
    heading="What is missing",
    day="2026-11-22",
    dated="22 November 2026",
    lead=("87 recommendations, 41 gaps.",),
    changed=("2 gaps are new.",),
    kinds=(
        GapKind("Repeat after closure", "A later report asks again.", 3, (LINE, LINE), 1),
        GapKind("Never answered", "Nobody replied.", 0, ()),
    ),
    grids=(GRID,),
    key=(("none", "not asked"), ("again", "asked again")),
    made=("State of the record: event 7.",),
)


def words_of_pdf(content: bytes) -> str:
    found = pypdfium2.PdfDocument(content)
    pages = (found[n].get_textpage().get_text_bounded() for n in range(len(found)))
    return " ".join(" ".join(pages).split())


def words_of_docx(content: bytes) -> str:
    body = Document(io.BytesIO(content)).element.body
    return " ".join("".join(t.text or "" for t in body.iter(f"{W}t")).split())


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return gaps_pdf(PAPER)


def test_the_pdf_says_everything(pdf: bytes) -> None:
    said = words_of_pdf(pdf)
    for words in (PAPER.heading, *PAPER.lead, *PAPER.changed, LINE.because, *LINE.evidence):
        assert words in said
    assert "Repeat after closure (3)" in said
    assert "And 1 more of this kind" in said
    assert "Never answered (0)" in said


def test_the_pdf_is_tagged_with_headings_of_columns_and_of_rows(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as package:
        assert package.Root.MarkInfo.Marked
        assert str(package.Root.Lang) == "en-GB"
        with package.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert about["dc:title"] == "G-0004: What is missing"
        tags = Counter(_tags(package.Root.StructTreeRoot.K))
    assert tags["/H1"] == 1
    assert tags["/Table"] == 3
    assert tags["/TH /Row"] == 2 + 1 + 2
    assert tags["/TH /Column"] == 2 + 3 + 4


def _tags(found: object) -> list[str]:
    if isinstance(found, pikepdf.Array):
        return [tag for one in found for tag in _tags(one)]
    if not isinstance(found, pikepdf.Dictionary) or "/S" not in found:
        return []
    tag = str(found.S)
    if tag == "/TH":
        about = found.A if isinstance(found.A, pikepdf.Array) else [found.A]
        tag += "".join(f" {one.Scope}" for one in about if "/Scope" in one)
    return [tag, *(_tags(found.K) if "/K" in found else [])]


def test_the_same_paper_gives_the_same_bytes(pdf: bytes) -> None:
    assert gaps_pdf(PAPER) == pdf


def test_no_character_stops_a_paper() -> None:
    odd = "Ask 👩‍👧 and 漢字, \x0b control, #strong[not markup] *nor this* \u202e."
    paper = replace(PAPER, kinds=(GapKind(odd, odd, 1, (replace(LINE, words=odd, body=odd),)),))
    assert "#strong[not markup] *nor this*" in words_of_pdf(gaps_pdf(paper))
    said = words_of_docx(gaps_docx(paper))
    assert "漢字" in said
    assert "\x0b" not in said


def test_the_docx_says_the_same_words_in_tables_with_headings() -> None:
    content = gaps_docx(PAPER)
    said = words_of_docx(content)
    for words in (PAPER.heading, *PAPER.lead, *PAPER.changed, LINE.because, *LINE.evidence):
        assert words in said
    document = Document(io.BytesIO(content))
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [PAPER.heading]
    assert all(t.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None for t in document.tables)
    square = document.tables[1].rows[1].cells[1]
    assert square.text.split("\n") == ["2", "1 gap", "again"]


def test_an_empty_analysis_is_a_paper_too() -> None:
    bare = replace(PAPER, kinds=(), grids=(), changed=(), key=())
    assert PAPER.heading in words_of_pdf(gaps_pdf(bare))
    assert PAPER.heading in words_of_docx(gaps_docx(bare))
