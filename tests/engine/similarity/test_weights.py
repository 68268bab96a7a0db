"""What was learnt, and the measures it was learnt by."""

import math

import pytest

from answerable.engine.similarity.weights import LEARNT, read
from tools.likeness_sets import ndcg, reciprocal

SOURCES = ("replies", "evidence", "repeats")


@pytest.mark.parametrize("without", ["", *SOURCES])
def test_the_weights_of_the_parts_sum_to_one(without: str) -> None:
    by = read(without=without)
    for parts in (by.words, by.meaning):
        assert math.isclose(sum(parts.values()), 1)
        assert all(weight >= 0 for weight in parts.values())
    assert by.of(meaning=True).keys() == {"passage", "words", "meaning"}
    assert by.of(meaning=False).keys() == {"passage", "words"}


def test_what_ships_is_what_all_sources_taught() -> None:
    assert read() == LEARNT


def test_the_first_right_answer_counts() -> None:
    assert reciprocal(["a", "b", "c"], {"b": 1.0, "c": 1.0}) == 0.5
    assert reciprocal(["a"], {"b": 1.0}) == 0.0
    assert reciprocal([str(i) for i in range(60)], {"55": 1.0}) == 0.0


def test_the_best_order_of_grades_is_one() -> None:
    grades = {"a": 3.0, "b": 1.0, "c": 0.0}
    assert ndcg(["a", "b", "c"], grades) == 1.0
    assert 0 < ndcg(["c", "b", "a"], grades) < 1
