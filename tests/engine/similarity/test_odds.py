"""Odds of each relation: they sum to one, grow with the likeness, and say what they rest on."""

from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine.similarity import analyse, score, statistics_of
from answerable.engine.similarity.odds import RELATIONS, chances, learnt, odds

EARLIER = "The force should record every crime that is reported to it within one day."
LATER = "The force should record every crime within one day and tell the person who reported it."
OTHER = "Repair the roof of the swimming pool before winter."
STOPPED = "The force should stop recording every crime within one day."
REPLACED = LATER + " This replaces our earlier recommendation."


def told(later, earlier, meaning=None):
    texts = [analyse(text) for text in (EARLIER, LATER, OTHER, STOPPED)]
    return odds(score(analyse(later), analyse(earlier), statistics_of(texts), meaning))


def test_the_same_words_are_likeliest_the_same():
    for meaning in (None, 1.0):
        found = told(EARLIER, EARLIER, meaning)
        assert max(found, key=found.get) == "same"
        assert found["same"] > 0.7


def test_what_shares_nothing_is_likeliest_unrelated():
    for meaning in (None, 0.1):
        assert told(OTHER, EARLIER, meaning)["unrelated"] > 0.9


def test_more_likeness_of_meaning_means_more_odds_of_a_relation():
    found = [told(LATER, EARLIER, meaning)["unrelated"] for meaning in (0.0, 0.3, 0.6, 0.9)]
    assert found == sorted(found, reverse=True)
    assert found[0] > found[-1]


def test_words_that_say_so_raise_what_likeness_cannot_tell():
    plain = told(LATER, EARLIER)
    assert told(STOPPED, EARLIER)["contradicts"] > 5 * plain["contradicts"]
    assert told(REPLACED, EARLIER)["supersedes"] > 5 * plain["supersedes"]
    assert told(STOPPED, STOPPED)["contradicts"] < 0.02


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_odds_sum_to_one_and_grow(one, other, meant):
    curves = learnt()["meaning" if meant else "words"]
    low, high = sorted((one, other))
    found = [chances(dict.fromkeys(("words", "meaning"), x), curves) for x in (low, high)]
    for each in found:
        assert abs(sum(each.values()) - 1) < 1e-9
        assert all(0 <= value <= 1 for value in each.values())
    assert found[0]["unrelated"] >= found[1]["unrelated"]
    assert found[0]["same"] <= found[1]["same"]


def test_every_relation_is_named_and_nothing_is_lost_by_rounding():
    found = told(LATER, EARLIER, 0.5)
    assert set(found) == set(RELATIONS)
    assert abs(sum(found.values()) - 1) < 1e-9
    assert min(found.values()) >= 0


def test_the_file_says_what_was_learnt_and_how_well_it_holds():
    assert learnt()["made_by"] == "tools/train_likeness_odds.py"
    for mode in ("words", "meaning"):
        figures = learnt()["figures"][mode]
        assert figures["inquiries_left_out"] == 10
        for name in ("error_equal_width", "error_equal_mass"):
            assert max(figures[name].values()) <= 0.1
