"""Side by side: each text is whole, and what only one has is marked."""

from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine.similarity.beside import beside
from answerable.engine.wording import normalised


def alone(one: str, other: str) -> tuple[list[str], list[str]]:
    first, second = beside(one, other)
    return [s.text for s in first if s.alone], [s.text for s in second if s.alone]


def test_what_only_one_has_is_marked_wherever_it_stands() -> None:
    assert alone(
        "The Force should record every crime within 24 hours.",
        "Within 72 hours of a report, crimes recorded by the Force must be checked.",
    ) == (["should", "24"], ["72", "report", "must", "checked"])


def test_a_word_is_the_same_however_it_ends_or_is_joined() -> None:
    assert alone("Re-check the records.", "Records are recorded; check them again, re check.") == (
        [],
        ["again"],
    )


def test_neighbours_are_one_stretch() -> None:
    assert alone("Train sergeants.", "Train sergeants in forensic case supervision.")[1] == [
        "forensic case supervision"
    ]


def test_what_turns_a_sentence_round_is_marked() -> None:
    assert alone("It may wait.", "It must not wait.") == (["may"], ["must not"])


WORDS = st.text(st.sampled_from("aet nR5.,-’\n\u00ad"), max_size=60)


@settings(max_examples=60)
@given(WORDS, WORDS)
def test_nothing_is_lost_and_the_same_differs_nowhere(one: str, other: str) -> None:
    first, second = beside(one, other)
    assert "".join(s.text for s in first) == normalised(one)
    assert "".join(s.text for s in second) == normalised(other)
    assert not any(s.alone for s in beside(one, one)[0])
