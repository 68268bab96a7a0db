"""By when: the words, the day that they come to, and how that was told."""

from datetime import date

import pytest

from answerable.accounts.models import Person
from answerable.register.actions import candidates as register
from answerable.register.queries.dues import FROM_RECEIPT, NOT_PUBLISHED, Due, due_of
from answerable.reports.models import Candidate, Report
from tests.reading import candidate, due, read_with

PUBLISHED = date(2026, 9, 1)


def asks(**given: object) -> Candidate:
    return Candidate(due={"words": "in time", "on": None, "why": "Because.", **given})


@pytest.mark.parametrize(
    ("period", "last", "told"),
    [
        ({"months": 6, "basis": "publication"}, date(2027, 3, 1), "6 months from publication on"),
        ({"months": 1, "basis": "publication"}, date(2026, 10, 1), "1 month from publication on"),
        ({"days": 28, "basis": "publication"}, date(2026, 9, 29), "28 days from publication on"),
        (
            {"days": 10, "working": True, "basis": "publication"},
            date(2026, 9, 15),
            "10 working days from publication on 1 September 2026.",
        ),
        (
            {"months": 12, "basis": "unsaid"},
            date(2027, 9, 1),
            "The words do not say from when. 12 months from publication on 1 September 2026.",
        ),
    ],
)
def test_a_period_is_counted_from_the_day_of_publication(
    period: dict[str, object], last: date, told: str
) -> None:
    given = due_of(asks(**period), PUBLISHED)
    assert (given.words, given.on) == ("in time", last)
    assert given.why.startswith(told)


def test_what_cannot_be_told_has_no_day_and_says_why() -> None:
    assert due_of(asks(days=28, basis="receipt"), PUBLISHED) == Due("in time", None, FROM_RECEIPT)
    published = asks(months=6, basis="publication")
    assert due_of(published, None) == Due("in time", None, NOT_PUBLISHED)
    assert due_of(asks(), PUBLISHED) == Due("in time", None, "Because.")
    assert due_of(Candidate(due=None), PUBLISHED) == Due()
    for wild in ({"months": 10**9}, {"days": 0}, {"days": "ten"}, {"months": -3}):
        assert due_of(asks(**wild, basis="publication"), PUBLISHED).on is None
    assert due_of(asks(months=1_200, basis="publication"), date(9990, 1, 1)).on is None


def test_a_day_that_is_named_is_the_day() -> None:
    named = asks(on="2027-04-30", why="A month is read as its last day.")
    assert due_of(named, None) == Due(
        "in time", date(2027, 4, 30), "A month is read as its last day."
    )


def test_how_it_was_told_is_kept_unless_a_person_chose_another_day(
    inspection: Report, rosa: Person, inspection_pdf: bytes
) -> None:
    six = due(months=6, basis="publication")
    document = read_with(inspection, rosa, inspection_pdf, {"1": six, "2": six, "3": six})
    proposed = due_of(candidate(document, "1"), inspection.published_on)
    alone = register.accept_candidate(by=rosa, candidate=candidate(document, "1"))
    same = register.accept_candidate(
        by=rosa, candidate=candidate(document, "2"), due=("within six months", date(2027, 3, 1))
    )
    other = register.accept_candidate(
        by=rosa, candidate=candidate(document, "3"), due=("within six months", date(2027, 2, 1))
    )
    kept = [
        (d.due_words, d.due_on, d.due_why)
        for d in (alone.decision, same.decision, other.decision)
        if d
    ]
    assert kept[0] == kept[1] == tuple(proposed)
    assert kept[2] == ("within six months", date(2027, 2, 1), "")
    assert proposed.why == "6 months from publication on 1 September 2026."
