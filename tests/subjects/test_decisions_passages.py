"""Lines that a person chose, as a passage, and back; where a passage can be cut."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.accounts.rules import Refused
from answerable.reports.models import Document, Page
from answerable.reports.queries.passages import (
    Book,
    Choice,
    choice_of,
    grouped,
    pieces_of,
    printed_number,
)
from answerable.reports.rules.passages import parts_of, spans_of

WORDS = ["Ensure", "that", "managers", "read", "7.", "(a)", "a", "sample", "each", "month.", "•"]


def page_of(lines: list[str], number: int = 1) -> Page:
    text, bounds = "", []
    for line in lines:
        start = len(text)
        text += line + "\n"
        top = 10.0 * len(bounds)
        bounds.append([start, start + len(line), 50.0, top, 60.0 + len(line), top + 9])
    words = [
        [at, at + len(word), 50.0 + at - line[0], line[3], 50.0 + at - line[0] + len(word), line[5]]
        for line in bounds
        for at, word in _words(text, line[0], line[1])
    ]
    return Page(number=number, width=600, height=800, text=text, lines=bounds, words=words)


def _words(text: str, start: int, end: int) -> list[tuple[int, str]]:
    found, at = [], int(start)
    for word in text[int(start) : int(end)].split(" "):
        if word:
            found.append((at, word))
        at += len(word) + 1
    return found


SHEET = ["Recommendations", "7. Ensure that managers read", "a sample each month. Publish", "it."]


def words(page: Page, spans: list[dict]) -> str:
    return " ".join(page.text[s["start"] : s["end"]].replace("\n", " ") for s in spans)


def test_a_number_before_the_first_line_is_left_out() -> None:
    page = page_of(SHEET)
    spans = spans_of([page], Choice(((1, 1), (1, 2))))
    assert words(page, spans) == "Ensure that managers read a sample each month. Publish"
    assert len(spans[0]["boxes"]) == 2


def test_it_may_start_and_end_inside_a_line() -> None:
    page = page_of(SHEET)
    chosen = Choice(((1, 2), (1, 3)), "publish", "It")
    assert words(page, spans_of([page], chosen)) == "Publish it"
    chosen = Choice(((1, 1), (1, 2)), "7. ensure", "each  month.")
    assert words(page, spans_of([page], chosen)).startswith("7. Ensure")


def test_a_line_left_out_in_between_makes_two_stretches() -> None:
    page = page_of(SHEET)
    spans = spans_of([page], Choice(((1, 1), (1, 3))))
    assert words(page, spans) == "Ensure that managers read it."


def test_typographic_and_straight_quotation_marks_are_the_same() -> None:
    page = page_of(["It said “we’re sure” and left."])
    assert words(page, spans_of([page], Choice(((1, 0),), '"we\'re sure"'))) == (
        "“we’re sure” and left."
    )


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        (Choice(()), "Choose the lines"),
        (Choice(((9, 9),)), "Choose the lines"),
        (Choice(((1, 1),), "elephant"), "The first line chosen does not hold “elephant”."),
        (Choice(((1, 1),), "", "elephant"), "The last line chosen does not hold “elephant”."),
        (Choice(((1, 1),), "managers", "that"), "hold no words"),
    ],
)
def test_what_cannot_be_a_passage_is_refused_in_words(choice: Choice, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        spans_of([page_of(SHEET)], choice)


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), min_size=1, max_size=6),
    st.data(),
)
def test_a_passage_comes_back_from_the_form_as_it_went_in(
    sheet: list[list[str]], data: st.DataObject
) -> None:
    page = page_of([" ".join(line) for line in sheet])
    all_words = page.words
    first = data.draw(st.integers(0, len(all_words) - 1))
    last = data.draw(st.integers(first, len(all_words) - 1))
    span = {"page": 1, "start": all_words[first][0], "end": all_words[last][1], "boxes": []}
    (back,) = spans_of([page], choice_of([page], [span]))
    assert (back["start"], back["end"]) == (span["start"], span["end"])


@given(st.sets(st.tuples(st.integers(1, 3), st.integers(0, 20)), max_size=20))
def test_neighbouring_lines_are_one_stretch(lines: set[tuple[int, int]]) -> None:
    stretches = grouped(lines)
    assert {(p, at) for p, a, b in stretches for at in range(a, b + 1)} == lines
    assert all(x[0] != y[0] or y[1] > x[2] + 1 for x, y in pairwise(stretches))


@given(st.data())
def test_the_parts_of_a_split_hold_every_word_once(data: st.DataObject) -> None:
    page = page_of(["Each body should: (a) publish", "what it finds; (b) say why.", "Then rest."])
    span = {"page": 1, "start": 0, "end": len(page.text) - 1, "boxes": []}
    pieces = pieces_of([page], [span])
    at = data.draw(st.sets(st.sampled_from([(p.page, p.start) for p in pieces[1:]]), min_size=1))
    parts = parts_of([page], [span], at)
    assert len(parts) == len(at) + 1
    said = " ".join(f"{p.printed} {words(page, p.spans)}" for p in parts)
    assert said.split() == page.text.split()


def test_a_split_needs_a_place_inside() -> None:
    page = page_of(SHEET)
    span = {"page": 1, "start": 0, "end": len(page.text), "boxes": []}
    for at in ([], [(1, 0)], [(1, 99_999)], [(7, 3)]):
        with pytest.raises(Refused, match="Choose where"):
            parts_of([page], [span], at)


def test_a_document_without_pages_has_parts() -> None:
    book = Book(Document(), (1,), (0, 100, 250))
    assert (book.count, book.noun) == (3, "part")
    spans = [{"page": 1, "start": 90, "end": 260}]
    assert list(book.leaves_of(spans)) == [1, 2, 3]
    assert book.leaf_of({"page": 1, "start": 249, "end": 250}) == 2
    assert list(book.leaves_of([{"page": 1, "start": 10, "end": 100}])) == [1]


def test_the_number_printed_before_a_line_is_read() -> None:
    assert printed_number("7. Ensure that") == "7"
    assert printed_number("• Ensure that") == ""
    assert printed_number("Ensure that") == ""
