"""How sure the reader says it is: learned the same way every time, and right as often as it says."""

import json

import pytest

from answerable.engine.documents import confidence, evidence, read
from bench.calibration import ece
from tests.engine.documents import papers
from tools import logistic, train_reading
from tools.logistic import Example
from tools.reading_cases import OPEN, cases, invented

LIST = """
= Review of the control room
This report makes three recommendations.
== Recommendations
*Recommendation 1:* The force should publish its plan for the coming year.

*Recommendation 2:* The force should meet the panel in public twice a year.

*Recommendation 3:* The force should visit every home before the winter.
"""


@pytest.fixture(scope="module")
def few():
    return cases(invented([*range(1, 13)]), workers=1)


def test_the_same_documents_give_the_same_weights_byte_for_byte(few):
    again = cases(invented([*range(1, 13)]), workers=1)
    first = train_reading.written(few)
    assert first == train_reading.written(again)
    assert set(json.loads(first)["models"]) == {"taken", "missed"}


def test_held_reports_are_not_learned_from(few):
    assert any(case.source != OPEN for case in few)
    own = [case for case in few if case.source == OPEN]
    assert train_reading.written(own) == train_reading.written(few)


def test_one_document_more_gives_another_digest(few):
    own = [case for case in few if case.source == OPEN]
    data = [json.loads(train_reading.written(some))["data"] for some in (own, own[1:])]
    assert data[0]["digest"] != data[1]["digest"]


def test_reading_twice_gives_the_same(tmp_path):
    path = papers.pdf(tmp_path, LIST)
    assert read(path) == read(path)


def test_on_reports_that_were_not_learned_from_it_is_about_as_right_as_it_says():
    fresh = cases(invented(range(600, 660)), workers=1)
    models = confidence.load()
    shown = [
        (models["taken"].chance(e.seen), e.right)
        for case in fresh
        if case.source == OPEN
        for e in case.entries
        if e.taken
    ]
    assert len(shown) > 100
    assert ece(shown) <= 0.08


def test_no_weight_speaks_in_the_wrong_direction():
    for model in confidence.load().values():
        wrong = [n for n, w in model.weights.items() if w * train_reading.SIGNS.get(n, w) < 0]
        assert wrong == []


def test_a_whole_list_of_the_stated_length_is_surer_than_one_that_differs(tmp_path):
    sure = [c.confidence for c in read(papers.pdf(tmp_path, LIST)).candidates if c.taken]
    other = LIST.replace("makes three", "makes nine")
    less = [c.confidence for c in read(papers.pdf(tmp_path, other, "other")).candidates if c.taken]
    assert len(sure) == len(less) == 3
    assert min(sure) >= 0.85
    assert max(less) <= min(sure)


def test_what_lowers_it_is_said_in_words():
    model = confidence.Model(0.0, {"run.alone": -1.0, "item.ends": 2.0}, {"item.ends": 1.0})
    said = confidence.doubts({"run.alone": 1.0}, models={"taken": model})
    assert said == "Less sure, because it does not end as sentences do and it stands alone."
    assert confidence.doubts({"item.ends": 1.0}, models={"taken": model}) is None


def test_nobody_is_certain():
    model = confidence.Model(40.0, {}, {})
    assert confidence.of({}, taken=True, models={"taken": model}) == confidence.MOST


def test_a_model_is_fitted_to_shares():
    examples = [Example({"a": 1.0}, n < 9) for n in range(10)]
    examples += [Example({}, n < 2) for n in range(10)]
    weights = logistic.fit(examples, ridge=1e-6)
    assert logistic.sigmoid(weights["bias"] + weights["a"]) == pytest.approx(0.9, abs=0.01)
    assert logistic.sigmoid(weights["bias"]) == pytest.approx(0.2, abs=0.01)


def test_a_number_held_to_one_direction_says_nothing_in_the_other():
    examples = [Example({"a": 1.0}, n < 2) for n in range(10)]
    examples += [Example({}, n < 8) for n in range(10)]
    assert "a" not in logistic.fit(examples, ridge=0.1, signs={"a": 1})
    assert logistic.fit(examples, ridge=0.1, signs={"a": -1})["a"] < 0


def test_the_same_list_found_in_two_ways_is_agreed(tmp_path):
    from answerable.engine.documents import flow, strategies

    opened = flow.from_pdf(papers.pdf(tmp_path, LIST))
    proposed = strategies.proposals(opened.blocks)
    gathered = evidence.gather(proposed, opened.blocks)
    assert any(gathered.of_run(run).get("mean.agreed", 0.0) > 0 for run in proposed) == (
        len({run.strategy for run in proposed}) > 1
    )
