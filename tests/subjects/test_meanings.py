"""Meanings, where the sentence model is there: stored by the worker, compared from then on."""

from collections.abc import Callable

import pytest

from answerable.accounts.models import Body, Person
from answerable.register.actions.meanings import store_vectors
from answerable.register.actions.recommendations import (
    correct_recommendation,
    withdraw_recommendation,
)
from answerable.register.models import LikenessVector, Recommendation
from answerable.register.queries import likeness, meanings
from tests.subjects.test_likeness import MEALS, RECORD, TRAIN, enter, names

__all__ = ["enter"]  # a fixture
REWORDED = "Offences against young people ought to be written down within a day."
pytestmark = pytest.mark.skipif(
    meanings.model() is None, reason="The extra with the sentence model is not installed."
)


@pytest.fixture
def three(enter: Callable[..., Recommendation]) -> tuple[Recommendation, ...]:
    return enter(2014, RECORD), enter(2018, TRAIN), enter(2019, MEALS)


def test_words_alone_are_compared_until_meanings_are_stored(
    three: tuple[Recommendation, ...], rosa: Person
) -> None:
    before = likeness.asked_before(rosa, REWORDED)
    assert all("meaning" not in one.likeness.parts for one in before)
    assert (store_vectors(), store_vectors()) == (3, 0)
    first, *_ = likeness.asked_before(rosa, REWORDED)
    assert first.recommendation == three[0]
    assert first.likeness.parts["meaning"] > 0


def test_what_is_corrected_or_withdrawn_means_something_else(
    three: tuple[Recommendation, ...], rosa: Person
) -> None:
    store_vectors()
    assert names(likeness.asked_before(rosa, REWORDED))[0] == "R-0001"
    correct_recommendation(by=rosa, recommendation=three[0], words=MEALS, reason="Misread.")
    correct_recommendation(by=rosa, recommendation=three[1], words=RECORD, reason="Misread.")
    assert store_vectors() == 2
    assert LikenessVector.objects.count() == 3
    assert names(likeness.asked_before(rosa, REWORDED))[0] == "R-0002"
    withdraw_recommendation(by=rosa, recommendation=three[1], reason="A heading.")
    assert "R-0002" not in names(likeness.asked_before(rosa, REWORDED))


def test_a_body_is_shown_only_what_was_asked_of_it(
    enter: Callable[..., Recommendation], omar: Person, rosa: Person, council: Body
) -> None:
    enter(2014, RECORD, council)
    enter(2018, TRAIN)
    store_vectors()
    assert "R-0001" in names(likeness.asked_before(rosa, REWORDED))
    assert "R-0001" not in names(likeness.asked_before(omar, REWORDED))
