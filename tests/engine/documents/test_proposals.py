"""Who must act and by when: proposed from the words on the page, never guessed."""

from datetime import date

import pytest

from answerable.engine.documents import addressees, due
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Item, Run


def proposed(text: str, *, headings: tuple[str, ...] = (), lead: str | None = None) -> list[str]:
    path = tuple(Block(h, [], heading=20.0) for h in headings)
    block = Block(text, [], path=path)
    opening = Block(lead, []) if lead else None
    run = Run("section", [], "recommendation", (), lead=opening)
    return [a.name for a in addressees.of(Item("1", [block]), run)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Home Office should publish its plan.", ["Home Office"]),
        ("By 31 March 2027, chief constables should review their plans.", ["chief constables"]),
        ("HM Government and/or the Department shall reply.", ["HM Government", "Department"]),
        (
            "The Department, Fujitsu and the Post Office shall publish a report.",
            ["Department", "Fujitsu", "Post Office"],
        ),
        (
            "The Department of Health and Social Care should publish it.",
            ["Department of Health and Social Care"],
        ),
        (
            "We recommend that, at the earliest opportunity, the Government appoint a scientist.",
            ["Government"],
        ),
        ("We urge ministers to consult their advisers.", ["ministers"]),
        (
            "On 30 June 2024 the Commission recommended that Northmoor Rail lower the limit.",
            ["Northmoor Rail"],
        ),
        (
            "Leaders across the partnership need to act together.",
            ["Leaders across the partnership"],
        ),
        ("A statutory duty of candour should be introduced.", []),
        ("There should be three events a year.", []),
        ("This should be done soon.", []),
        ("Ensure that all children are seen.", []),
    ],
)
def test_who_must_act_is_read_from_the_sentence(text, names):
    assert proposed(text) == names


def test_who_must_act_is_read_from_the_sentence_that_opens_the_list():
    lead = "The Committee recommends that the Minister of Works takes steps to ensure that:"
    assert proposed("Books are kept.", lead=lead) == ["Minister of Works"]


def test_who_must_act_is_read_from_the_heading():
    assert proposed(
        "Ensure books are kept.", headings=("Recommendations to Northmoor Council",)
    ) == ["Northmoor Council"]


@pytest.mark.parametrize(
    ("text", "words", "on"),
    [
        ("reply by 10 October 2025.", "by 10 October 2025", date(2025, 10, 10)),
        ("By 1st of May 2026, do it.", "By 1st of May 2026", date(2026, 5, 1)),
        ("after midnight 27 November 2025", "after midnight 27 November 2025", date(2025, 11, 27)),
        ("by December 2023", "by December 2023", date(2023, 12, 31)),
        ("by the end of February 2028", "by the end of February 2028", date(2028, 2, 29)),
        ("before the end of 2027", "before the end of 2027", date(2027, 12, 31)),
        ("in or before 2027", "in or before 2027", None),
        ("no later than autumn 2023", "no later than autumn 2023", None),
        ("within six months of publication", "within six months of publication", None),
        ("as soon as is reasonably practicable", "as soon as is reasonably practicable", None),
        ("should immediately make sure", "immediately", None),
        ("by 31 February 2027", "by 31 February 2027", None),
    ],
)
def test_by_when_is_read_from_the_words(text, words, on):
    found = due.of(text)
    assert found is not None
    assert (found.words, found.on) == (words, on)
    assert found.why.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "Publish the plan.",
        "since 10 October 2025 it has",
        "in 2019 it was found",
        "recommendation 12/2019",
    ],
)
def test_dates_that_set_no_limit_are_left_alone(text):
    assert due.of(text) is None
