"""How alike two texts are, and why: properties that hold for any texts."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine.similarity import (
    Analysed,
    Item,
    Likeness,
    OtherVersion,
    analyse,
    rank,
    retrieval_terms,
    score,
    score_all,
    statistics_of,
)

CRIME = "South Yorkshire Police should record every crime within three months."
AGAIN = "The force must ensure that crimes are recorded, and that victims are told."
TAXI = "The council should publish its taxi licensing decisions each quarter."
ALL = [CRIME, AGAIN, TAXI]

WORDS = [
    "police",
    "record",
    "crime",
    "victim",
    "child",
    "should",
    "must",
    "ensure",
    "review",
    "the",
    "of",
    "and",
    "staff,",
    "training.",
    "data;",
    "council",
    "licence:",
    "annual",
    "report.",
    "Within",
    "three",
    "months",
    "they",
]
texts = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
collections = st.lists(texts, min_size=1, max_size=6)
bounded = settings(max_examples=60, deadline=None)


def likeness(one: str, other: str, among: list[str], meaning: float | None = None) -> Likeness:
    known = statistics_of(map(analyse, among))
    return score(analyse(one), analyse(other), known, meaning)


def test_what_asks_the_same_is_likelier_than_what_does_not() -> None:
    assert likeness(CRIME, AGAIN, ALL).score > likeness(CRIME, TAXI, ALL).score


def test_the_words_it_names_are_those_that_stand_there() -> None:
    why = likeness(CRIME, AGAIN, ALL).why
    assert {(one.left, one.right) for one in why.shared} >= {("record", "recorded")}
    assert any("taxi" in words.casefold() for words in likeness(CRIME, TAXI, ALL).why.only_right)
    assert "“record” (“recorded” there)" in why.sentence()


def test_nothing_in_common_is_said() -> None:
    found = likeness("Zebras", TAXI, ALL)
    assert (found.score, found.why.shared) == (0.0, ())
    assert found.why.sentence() == "They have no word in common that says anything."


@bounded
@given(one=texts, other=texts, among=collections, meaning=st.none() | st.floats(0, 1))
def test_the_parts_sum_to_the_score(
    one: str, other: str, among: list[str], meaning: float | None
) -> None:
    found = likeness(one, other, among, meaning)
    assert 0 <= found.score <= 1
    assert math.isclose(sum(found.parts.values()), found.score, abs_tol=1e-6)
    assert all(part >= 0 for part in found.parts.values())


@bounded
@given(one=texts, other=texts, among=collections)
def test_the_shares_of_an_explanation_sum_to_the_score(
    one: str, other: str, among: list[str]
) -> None:
    found = likeness(one, other, among)
    if found.score and analyse(one).told != analyse(other).told:
        assert math.isclose(sum(s.share for s in found.why.shared), 1, abs_tol=0.01)


@bounded
@given(one=texts, among=collections)
def test_nothing_is_liker_than_the_same_words(one: str, among: list[str]) -> None:
    assert likeness(one, one, among).score == 1.0
    assert all(likeness(one, other, among).score <= 1.0 for other in among)


@bounded
@given(among=collections, asked=collections, top=st.integers(1, 7), seed=st.integers(0, 9))
def test_ranking_is_scoring_every_pair_in_whatever_order_they_come(
    among: list[str], asked: list[str], top: int, seed: int
) -> None:
    left = [Item(f"l{i}", text) for i, text in enumerate(asked)]
    right = [Item(f"r{i}", text) for i, text in enumerate(among)]
    shuffled = random.Random(seed).sample(right, len(right))
    known = statistics_of(analyse(item.text) for item in [*left, *right])
    for (left_id, found), item in zip(rank(left, shuffled, top=top), left, strict=True):
        each = [(r.id, score(analyse(item.text), analyse(r.text), known)) for r in right]
        each.sort(key=lambda pair: (-pair[1].score, pair[0]))
        assert left_id == item.id
        assert [(i, one.score) for i, one in found] == [(i, one.score) for i, one in each[:top]]
        assert [one.why for _, one in found] == [one.why for _, one in each[:top]]


def test_ranking_with_meaning_is_scoring_with_meaning() -> None:
    class Model:
        def likeness(self, query: str, candidates: list[str]) -> list[float]:
            return [0.9 if "taxi" in text else 0.1 for text in candidates]

    left, right = [Item("a", CRIME)], [Item(str(i), text) for i, text in enumerate(ALL)]
    ((_, found),) = rank(left, right, top=3, meaning=Model())
    known = statistics_of(map(analyse, [CRIME, *ALL]))
    each = score_all(analyse(CRIME), [analyse(t) for t in ALL], known, [0.1, 0.1, 0.9])
    assert {i: one.score for i, one in found} == {str(i): e.score for i, e in enumerate(each)}
    assert any(shared.kind == "meaning" for shared in found[-1][1].why.shared)


def test_of_many_only_those_that_words_find_likest_are_compared_by_meaning() -> None:
    asked: list[int] = []

    class Model:
        def likeness(self, query: str, candidates: list[str]) -> list[float]:
            asked.append(len(candidates))
            return [float(text == "Crime 77.") for text in candidates]

    right = [Item(f"r{i:03}", f"Crime {i}." if i % 2 else f"Taxi {i}.") for i in range(500)]
    ((_, found),) = rank([Item("a", "Crime 9.")], right, top=3, meaning=Model())
    assert asked == [200]
    assert {name for name, _ in found[:2]} == {"r009", "r077"}


@bounded
@given(one=texts)
def test_an_analysis_written_and_read_is_the_same(one: str) -> None:
    first = analyse(one)
    again = Analysed.from_json(first.to_json())
    assert (again, again.terms, again.to_json()) == (first, first.terms, first.to_json())


def test_the_analysis_of_another_version_is_refused() -> None:
    with pytest.raises(OtherVersion):
        Analysed.from_json('[0, "words", ["", "", "", "", ""]]')


def test_a_first_look_asks_for_the_rarest_words() -> None:
    known = statistics_of(map(analyse, ALL))
    terms = retrieval_terms(analyse(CRIME), known)
    assert [t for t, _ in terms].index("polic") < [t for t, _ in terms].index("crime")
    assert all(weight > 0 for _, weight in terms)
    assert retrieval_terms(analyse(""), known) == []


def test_a_recommendation_is_taken_apart() -> None:
    made = analyse(
        "We recommend that the Chief Constable should review the training of officers by March 2026."
    ).made
    assert (made.who, made.act) == ("the Chief Constable", "review")
    assert made.thing.startswith("the training of officers")
    assert made.when == "by March 2026"


@pytest.mark.parametrize("text", ["", "   ", "of the and", "1", "—", "é" * 5_000, "a\x00b"])
def test_odd_texts_are_compared_too(text: str) -> None:
    found = likeness(text, CRIME, ALL)
    assert 0 <= found.score <= 1
    assert found.why.sentence()
