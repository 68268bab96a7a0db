"""The fingerprint of words, and the difference of two wordings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.engine.wording import (
    Piece,
    difference,
    differs,
    fingerprint,
    grouped,
    normalised,
    tokens,
)

ASKED = "The Force should record every crime within 24 hours, and test a sample each month."
phrases = st.lists(
    st.sampled_from(["the", "Force", "should", "record", "all", "crimes,", "monthly", "test."]),
    max_size=25,
).map(" ".join)


def joined(pieces: list[Piece], *sides: str) -> str:
    return "".join(p.text for p in pieces if p.side in sides)


def squeezed(words: str) -> str:
    return "".join(words.split())


@pytest.mark.parametrize(
    "same",
    [
        "The Force should record\nevery crime   within 24 hours, and test a sample each month. ",
        "The Force should re\u00adcord every crime within 24\u00a0hours, and test a sample each month.",
    ],
)
def test_how_the_lines_fell_does_not_change_the_fingerprint(same: str) -> None:
    assert fingerprint(same) == fingerprint(ASKED)
    assert not differs(same, ASKED)


@pytest.mark.parametrize(
    "other",
    [ASKED.replace("24", "48"), ASKED.replace(",", ""), ASKED.lower(), ASKED.replace("every", "")],
)
def test_whatever_a_reader_could_see_changes_the_fingerprint(other: str) -> None:
    assert fingerprint(other) != fingerprint(ASKED)
    assert differs(other, ASKED)


def test_the_fingerprint_is_the_one_that_anyone_can_compute() -> None:
    # printf 'Record it.' | sha256sum
    known = "c5d11d68024694ced323189cf817c834804a7e17ab7616817d54da9cea895cf4"
    assert fingerprint("  Record\n it. ") == known


def test_the_difference_is_shown_in_phrases() -> None:
    narrower = "The Force will aim to record most crimes, and test a sample each year."
    assert difference(ASKED, narrower) == [
        Piece("same", "The Force "),
        Piece("removed", "should"),
        Piece("added", "will aim to"),
        Piece("same", " record "),
        Piece("removed", "every crime within 24 hours"),
        Piece("added", "most crimes"),
        Piece("same", ", and test a sample each "),
        Piece("removed", "month"),
        Piece("added", "year"),
        Piece("same", "."),
    ]


def test_the_same_words_on_other_lines_do_not_differ() -> None:
    assert difference(ASKED, ASKED.replace(" ", "\n")) == [Piece("same", ASKED)]


def test_a_text_against_nothing_is_all_new() -> None:
    assert difference("", ASKED) == [Piece("added", ASKED)]
    assert difference(ASKED, " ") == [Piece("removed", ASKED)]
    assert difference("", "") == []


@given(phrases, phrases)
def test_both_texts_can_be_read_out_of_their_difference(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert squeezed(joined(pieces, "same", "removed")) == squeezed(old)
    assert squeezed(joined(pieces, "same", "added")) == squeezed(new)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert squeezed(joined(pieces, "same", "removed")) == squeezed(normalised(old))
    assert squeezed(joined(pieces, "same", "added")) == squeezed(normalised(new))
    assert all(p.text for p in pieces)


@given(st.text(max_size=300))
def test_normalising_twice_is_normalising_once(words: str) -> None:
    assert normalised(normalised(words)) == normalised(words)


@given(st.text(max_size=200))
def test_the_tokens_of_a_text_are_the_whole_text(words: str) -> None:
    assert "".join(tokens(words)) == words


def test_texts_of_book_length_are_compared_by_sentences() -> None:
    old = " ".join(f"Sentence {n} says what it says." for n in range(2000))
    pieces = difference(old, old.replace("Sentence 777 says", "Sentence 777 hides"))
    assert joined(pieces, "removed") == "Sentence 777 says what it says. "
    assert joined(pieces, "added") == "Sentence 777 hides what it says. "


def test_a_fingerprint_is_grouped_for_the_eye() -> None:
    assert grouped("9f2c41d06be877a1ffff") == "9f2c 41d0 6be8 77a1"
