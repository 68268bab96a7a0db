"""Passages: what a person chooses on a page is what the register will hold."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine.documents import Page, Reading, Span, passage, read, words_of

from . import papers
from .papers import read_pdf, taken

# "in-depth" at a line's end keeps its hyphen; "infor-mation" loses it.
COLUMNS = f"""
#set page(columns: 2, width: 420pt, height: 400pt)
#set par(justify: true)
#set text(hyphenate: true, lang: "en")
= Review of arrangements
{papers.PROSE * 5}
== Recommendations
1. The organisation should commission an independent, well-informed examination of its
   recordkeeping arrangements, notwithstanding the administrative reorganisation.
2. The partnership should publish comprehensive information about responsibilities.
{papers.PROSE * 5}
"""


@cache
def sample() -> Reading:
    with TemporaryDirectory() as folder:
        return read(papers.pdf(Path(folder), COLUMNS))


offsets = st.integers(min_value=-50, max_value=4000)


@settings(max_examples=200, deadline=None)
@given(start=offsets, end=offsets)
def test_any_two_offsets_give_a_span_inside_the_page(start, end):
    page = sample().pages[0]
    span = passage(page, start, end)
    assert 0 <= span.start <= span.end <= len(page.text)
    for box in span.boxes:
        assert 0 <= box.left < box.right <= page.width + 1
        assert 0 <= box.top < box.bottom <= page.height + 1


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_the_words_of_a_passage_are_the_words_of_its_text(data):
    page = sample().pages[0]
    first = data.draw(st.integers(0, len(page.words) - 1))
    last = data.draw(st.integers(first, len(page.words) - 1))
    span = passage(page, page.words[first].start, page.words[last].end)
    words = words_of(sample().pages, [span])
    assert words.replace("-", "").replace(" ", "") == (
        page.text[span.start : span.end].replace("\n", "").replace("-", "").replace(" ", "")
    )
    assert "\n" not in words


def test_words_and_lines_point_at_their_own_text():
    for page in sample().pages:
        assert all(page.text[w.start : w.end] == w.text for w in page.words)
        covered = "\n".join(page.text[line.start : line.end] for line in page.lines)
        assert covered == page.text


def test_every_candidates_text_is_what_stands_at_its_place():
    reading = sample()
    assert len(taken(reading)) == 2
    for candidate in reading.candidates:
        assert words_of(reading.pages, candidate.spans) == candidate.text
        assert candidate.spans[0].boxes


def test_a_passage_has_one_box_a_line(tmp_path):
    page = sample().pages[0]
    line = page.lines[3]
    assert passage(page, line.start, line.end).boxes == (line.box,)
    two = passage(page, page.lines[3].start, page.lines[4].end)
    assert len(two.boxes) == 2


def test_words_broken_at_the_end_of_a_line_are_mended():
    page = Page(1, 0, 0, "well-\ninformed recon-\nsideration of a\nwell-informed plan")
    assert words_of([page], [Span(1, 0, len(page.text))]) == (
        "well-informed reconsideration of a well-informed plan"
    )


def test_footnote_marks_are_left_out_of_the_words():
    page = Page(1, 0, 0, "the protocol ¹² is kept.³ It covers 40 m² of floor")
    assert words_of([page], [Span(1, 0, len(page.text))]) == (
        "the protocol is kept. It covers 40 m² of floor"
    )


def test_spans_of_pages_that_are_not_there_are_passed_over():
    page = Page(1, 0, 0, "one two")
    assert words_of([page], [Span(1, 0, 3), Span(9, 0, 3)]) == "one"


def test_the_text_of_a_document_without_pages_is_whole_too(tmp_path):
    path = papers.file(
        tmp_path, b"Recommendations\n===============\n\n1. Act now.\n2. Act again.\n", "r.rst"
    )
    reading = read(path)
    assert not reading.paged
    for candidate in taken(reading):
        assert candidate.page is None
        assert words_of(reading.pages, candidate.spans) == candidate.text


def test_turned_pages_are_read_as_a_reader_sees_them(tmp_path):
    reading = read_pdf(tmp_path, "#set page(flipped: true)\n= Wide\n" + papers.PROSE)
    page = reading.pages[0]
    assert page.width > page.height
    assert page.text.startswith("Wide\nThe team")
