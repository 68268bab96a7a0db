"""A wording cut into clauses: nothing is lost, and what belongs together stays together."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from answerable.engine.clauses import clauses, place_of

ASKED = (
    "The Force should: (a) record every report within 24 hours; (b) tell the family, and say who "
    "decided. It should also publish the results, so that anyone can see them."
)


def cut(words: str) -> list[str]:
    return [words[start:end] for start, end in clauses(words)]


def test_sentences_letters_and_conjunctions_are_clauses() -> None:
    assert cut(ASKED) == [
        "The Force should:",
        "(a) record every report within 24 hours;",
        "(b) tell the family,",
        "and say who decided.",
        "It should also publish the results,",
        "so that anyone can see them.",
    ]


def test_numbers_and_short_scraps_are_not_torn_apart() -> None:
    assert cut("Reduce delays to 2.5 days. Do so.") == ["Reduce delays to 2.5 days. Do so."]


@given(st.text(alphabet="ab ,.;:\n()iand", max_size=200))
def test_nothing_but_blanks_stands_outside(words: str) -> None:
    found = clauses(words)
    assert all(a < b for a, b in found)
    assert all(first[1] <= second[0] for first, second in pairwise(found))
    rest = list(words)
    for start, end in found:
        rest[start:end] = " " * (end - start)
    assert not "".join(rest).strip()


def test_a_quotation_is_found_however_its_lines_fell() -> None:
    place = place_of("tell  the\nfamily", ASKED)
    assert place
    assert ASKED[slice(*place)] == "tell the family"
    assert place_of("tell nobody", ASKED) is None
    assert place_of("  ", ASKED) is None
