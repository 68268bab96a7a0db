"""Families in an edition: as the register has them, with a timeline of what is public and no more."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.audit.actions import OPERATOR
from answerable.publishing import changes
from answerable.publishing.pages import families as pages
from answerable.publishing.pages.site import Site
from answerable.publishing.records import public_records
from answerable.register.actions.links import sign_link, take_back_link
from answerable.register.actions.objections import object_to_link, take_back_objection
from answerable.register.actions.recommendations import (
    enter_recommendation,
    withdraw_recommendation,
)
from answerable.register.models import Recommendation
from answerable.register.queries import families
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Report
from tests.pages.test_opinions import words
from tests.subjects.test_families import link
from tests.subjects.test_links import Ask, ask, three

__all__ = ["ask", "three"]  # fixtures


@pytest.fixture
def records() -> Callable[[], dict]:
    return lambda: public_records(timezone.localdate())


def site(records: dict) -> Site:
    return Site(records, 1, records["as_of"])


def page_of(records: dict, path: str) -> str:
    return words(dict(pages.files(site(records)))[path])


def test_the_public_record_has_the_families_of_the_register(
    rosa: Person, ask: Ask, records: Callable[[], dict]
) -> None:
    asked = [ask(2010 + year) for year in range(8)]
    for earlier, later, relation in (
        (0, 3, "same"), (3, 5, "extends"), (1, 5, "contradicts"), (2, 4, "partly"),
        (4, 6, "supersedes"), (6, 7, "same"),
    ):  # fmt: skip
        link(rosa, asked[earlier], asked[later], relation)
    withdraw_recommendation(by=rosa, recommendation=asked[7], reason="Entered twice.")
    take_back_link(by=rosa, link=link(rosa, asked[0], asked[2], "same"), reason="No.")
    found = [[r["reference"] for r in family] for family in site(records()).families]
    expected = [[one.reference for one in f.members] for f in families.families(None)]
    assert sorted(found) == sorted(expected) == [
        ["R-0001", "R-0004", "R-0006"], ["R-0003", "R-0005", "R-0007"],
    ]  # fmt: skip


def test_a_report_of_a_year_counts_to_its_end_in_public_too(
    rosa: Person, inspectorate: Body, records: Callable[[], dict], three: tuple
) -> None:
    report = log_report(
        by=rosa, title="Of old", kind="review", author=inspectorate, published_words="2002",
        invented=True,
    )  # fmt: skip
    link(rosa, _entered(rosa, report), three[0], "same")
    (family,) = site(records()).families
    assert family[0]["family"]["first_asked_on"] == "2002-12-31"
    shown = page_of(records(), "family/R-0004.html")
    assert "First asked in 2002, in R-0004" in shown
    assert "its last day counts" in shown


def _entered(rosa: Person, report: Report) -> Recommendation:
    return enter_recommendation(by=rosa, report=report, words="Record crimes.")


def test_a_family_has_a_page_with_its_timeline_and_both_readings(
    rosa: Person, cass: Person, three: tuple[Recommendation, ...], records: Callable[[], dict]
) -> None:
    first, second, last = three
    signed = link(rosa, first, second, "same")
    against = link(rosa, second, last, "contradicts")
    made = object_to_link(by=cass, link=signed, reads="partly", reason="Only a part of it.")
    shown = page_of(records(), "family/R-0001.html")
    assert "Asked 2 times in 4 years" in shown
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in shown
    assert "Longest silence: " in shown
    assert "Inspectorate of Policing and Rescue asked Northmoor Police" in shown
    assert "Read otherwise" in shown
    assert "R-0002 repeats a part of R-0001. Only a part of it." in shown
    assert "What contradicts it" in shown
    assert against.reason in shown
    assert "Cass" not in shown
    assert "Rosa" not in shown
    assert " style=" not in shown
    take_back_objection(by=cass, objection=made, reason="I see it now.")
    after = page_of(records(), "family/R-0001.html")
    assert "No longer read otherwise (R-0002 repeats a part of R-0001): I see it now." in after
    (listed,) = [one for one in dict(pages.files(site(records()))) if one == "families.html"]
    assert "family/R-0001.html" in page_of(records(), listed)


def test_what_changed_says_that_a_link_is_read_otherwise(
    rosa: Person, cass: Person, three: tuple[Recommendation, ...], records: Callable[[], dict]
) -> None:
    signed = link(rosa, three[0], three[1], "same")
    before = records()
    object_to_link(by=cass, link=signed, reads="unrelated", reason="Nothing in common.")
    found = [line for change in changes.between(before, records()) for line in change["lines"]]
    assert any(line["new"] == "R-0002 has nothing to do with R-0001." for line in found)


def test_a_link_of_the_operator_is_told_as_a_reading_of_sources(
    three: tuple[Recommendation, ...], records: Callable[[], dict]
) -> None:
    sign_link(by=OPERATOR, earlier=three[0], later=three[1], relation="same", reason="A source.")
    shown = page_of(records(), "family/R-0001.html")
    assert "is a reading of public sources" in shown
    sign_link(by=OPERATOR, earlier=three[1], later=three[2], relation="same", reason="Another.")
    shown = page_of(records(), "family/R-0001.html")
    assert "R-0001, R-0002, R-0003 all ask the same." in shown
    assert "nobody signed it" in shown
    assert "the operator, from public sources" in shown


def test_what_is_under_embargo_is_in_no_public_family(
    rosa: Person, ask: Ask, inspectorate: Body, force: Body, records: Callable[[], dict]
) -> None:
    report = log_report(
        by=rosa, title="Embargoed", kind="inspection", author=inspectorate,
        published_on=timezone.localdate() + timedelta(days=1),
    )  # fmt: skip
    link(rosa, ask(2014), _entered(rosa, report), "same")
    assert len(families.families(None)) == 1
    assert site(records()).families == []
    assert dict(pages.files(site(records()))) == {}
