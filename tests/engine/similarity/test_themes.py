"""Groups with names, taken from the words that recommendations share."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine.similarity import Item
from answerable.engine.similarity.themes import FEWEST, groups

TEXTS = {
    "R-0001": "Northmoor Police must improve crime recording in every district.",
    "R-0002": "The recording of crimes against children should be tested each month.",
    "R-0003": "Test whether crimes are recorded within a day.",
    "R-0004": "Give every missing child an interview when they return.",
    "R-0005": "Northmoor Council should learn from interviews with missing children.",
    "R-0006": "Tell schools at once when a child goes missing from care.",
    "R-0007": "Publish the minutes of the board.",
    "R-0008": "Northmoor Police should train CCTV operators.",
    "R-0009": "Northmoor Police must keep its vehicles clean.",
    "R-0010": "Northmoor Police must answer letters within a week.",
}
ITEMS = [Item(*pair) for pair in TEXTS.items()]
PLACES = ("Northmoor Police", "Northmoor Council")


def test_a_group_is_named_by_the_words_its_members_share_however_they_put_them() -> None:
    found = {group.name: group for group in groups(ITEMS, leave_out=PLACES)}
    assert found["Crime recording"].members == ("R-0001", "R-0002", "R-0003")
    assert "recording of crimes" in found["Crime recording"].ways
    assert found["Missing"].members == ("R-0004", "R-0005", "R-0006")


def test_whom_it_was_asked_of_makes_no_group() -> None:
    assert not [g for g in groups(ITEMS, leave_out=PLACES) if "orthmoor" in g.name]


def test_a_text_is_in_one_group_at_most_and_none_is_forced() -> None:
    found = groups(ITEMS, leave_out=PLACES)
    placed = [member for group in found for member in group.members]
    assert len(placed) == len(set(placed))
    assert "R-0007" not in placed
    assert groups([]) == groups(ITEMS[:2]) == []


WORDS = st.sampled_from(["crime", "child", "record", "missing", "train", "CCTV", "school", "home"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=12), st.randoms())
def test_the_same_texts_give_the_same_groups_in_any_order(
    texts: list[str], dice: random.Random
) -> None:
    items = [Item(f"R-{number:04}", text) for number, text in enumerate(texts)]
    found = groups(items)
    dice.shuffle(items)
    assert groups(items) == found
    assert all(len(group.members) >= FEWEST for group in found)
