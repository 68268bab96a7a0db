"""Printed numbers name recommendations, prose about them does not."""

import pytest

from answerable.engine.replies import Asked
from answerable.engine.replies.numbers import Numbers, path_of

PRINTED = ("1", "2(a)", "2(b)", "3", "4(a)(i)", "4(a)(ii)", "4(b)", "5", "12", "13")
NUMBERS = Numbers([Asked(n, n, "") for n in PRINTED])


@pytest.mark.parametrize(
    ("printed", "path"),
    [
        ("4(a)(ii)", ("4", "a", "ii")),
        ("Recommendation 07", ("7",)),
        ("R12", ("12",)),
        ("8.10", ("8", "10")),
        ("4a", ("4", "a")),
        ("Recommendation Four", ("4",)),
        ("018/14", ("18/14",)),
        ("", ()),
    ],
)
def test_a_number_is_its_parts(printed, path):
    assert path_of(printed) == path


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Recommendation 3", ("3",)),
        ("Recommendation 3: Listening to families", ("3",)),
        ("R5", ("5",)),
        ("Recommendation Five", ("5",)),
        ("Recommendations 3 and 5", ("3", "5")),
        ("Recommendations 12-13", ("12", "13")),
        ("Recommendations 1 to 3", ("1", "2(a)", "2(b)", "3")),
        ("Recommendations 2(b), 3 & 5", ("2(b)", "3", "5")),
        ("Recommendation 2", ("2(a)", "2(b)")),
        ("Recommendation 4a) i-ii)", ("4(a)(i)", "4(a)(ii)")),
        ("Recommendation 4(a)(ii)", ("4(a)(ii)",)),
        ("Recommendation 3(c)", ("3",)),
        ("Theme 2 – Recommendation 3", ("3",)),
        ("RECOMMENDATION NO. 3", ("3",)),
    ],
)
def test_a_label_names_what_it_covers(text, keys):
    named = NUMBERS.named(text, heading=True)
    assert named is not None
    assert named.keys == keys
    assert not named.reply


def test_a_label_can_say_that_the_answer_starts_here():
    named = NUMBERS.named("Government response to recommendation 5", heading=True)
    assert named is not None
    assert named.reply
    assert named.keys == ("5",)


@pytest.mark.parametrize(
    "text",
    [
        "Recommendation 5 of the first report asked for money.",
        "Recommendations 3 and 5 are accepted in full.",
        "The response to recommendation 5 describes how this will be done, and by whom.",
        "Recommendation 77",
        "Recommendations",
    ],
)
def test_prose_and_strange_numbers_are_no_labels(text):
    assert NUMBERS.named(text, heading=False) is None


def test_a_heading_can_name_several_with_words_between():
    assert NUMBERS.throughout("2a) Memorials, 2b) Events and 4b) Culture") == [
        "2(a)",
        "2(b)",
        "4(b)",
    ]


def test_letters_count_where_they_tell_recommendations_apart():
    lettered = Numbers([Asked(n, n, "") for n in ("A1", "A2", "B1", "B2")])
    for text, keys in (
        ("Recommendation B1", ("B1",)),
        ("Recommendations A1 and B2", ("A1", "B2")),
        ("Recommendations A1 to B1", ("A1", "A2", "B1")),
    ):
        named = lettered.named(text, heading=True)
        assert named is not None
        assert named.keys == keys
