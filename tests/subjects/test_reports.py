"""Reports: logged once, changed with care, seen by whom they concern."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from answerable.accounts.models import Body, Person
from answerable.audit import queries as audit
from answerable.audit.rules import Refused
from answerable.reports.actions.reports import change_report, log_report
from answerable.reports.models import Report
from answerable.reports.queries import reports
from answerable.reports.queries.likeness import STRONG, likely_same, likeness

TITLE = "Review of how Northmoor answers children who go missing"


@pytest.fixture
def missing(rosa: Person, inspectorate: Body) -> Report:
    return log_report(
        by=rosa,
        title=TITLE,
        kind="review",
        author=inspectorate,
        published_on=date(2024, 3, 14),
        address="https://inspectorate.example/missing",
        stated_count=12,
    )


def test_a_report_is_logged_with_its_event(missing: Report, rosa: Person) -> None:
    assert (missing.slug, missing.version, missing.logged_by) == (
        "review-of-how-northmoor-answers-children-who-go-missing",
        1,
        rosa,
    )
    assert missing.invented, "its maker is invented"
    assert [e.verb for e in audit.history(missing)] == ["report.logged"]
    assert audit.verify().holds


def test_two_reports_of_one_title_have_two_addresses(missing: Report, rosa: Person) -> None:
    again = log_report(by=rosa, another=True, title=TITLE, kind="review", author=missing.author)
    assert again.slug == f"{missing.slug}-2"


@pytest.mark.parametrize("who", ["vera", "cass", "petra", "ada", "omar", "ravi"])
def test_only_a_governance_officer_logs_reports(
    who: str, inspectorate: Body, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(Refused, match="Only a governance officer may log"):
        log_report(by=person, title="A", kind="review", author=inspectorate)
    assert not Report.objects.exists()


# --- Searched before it is created ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("details", "why"),
    [
        ({"title": TITLE.upper()}, "Its title is almost the same."),
        ({"title": "Something else", "address": "https://inspectorate.example/missing"}, "address"),
        ({"title": "Something else", "published_on": date(2024, 3, 14)}, "same maker and the same"),
    ],
)
def test_what_is_surely_here_already_is_refused_until_a_person_says_it_is_another(
    missing: Report, rosa: Person, details: dict[str, object], why: str
) -> None:
    given = {"kind": "review", "author": missing.author} | details
    with pytest.raises(Refused, match=why) as refused:
        log_report(by=rosa, **given)  # type: ignore[arg-type]
    assert missing.title in refused.value.sentence
    assert log_report(by=rosa, another=True, **given).pk  # type: ignore[arg-type]


def test_what_is_only_alike_is_shown_and_not_refused(missing: Report, rosa: Person) -> None:
    title = "How Northmoor answers when children go missing"
    found = likely_same(title=title)
    assert [a.report for a in found] == [missing]
    assert not found[0].strong
    assert log_report(by=rosa, title=title, kind="audit", author=rosa.body).pk


def test_a_yearly_report_is_never_the_same_as_last_years() -> None:
    assert likeness("Crime recording inspection 2018", "Crime recording inspection 2020") < STRONG
    assert (
        likeness("Crime recording inspection 2018", "The crime-recording inspection, 2018") > STRONG
    )


def test_a_command_is_not_asked(missing: Report) -> None:
    assert log_report(by="operator", title=TITLE, kind="review", author=missing.author).pk


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_even_handed_and_between_0_and_1(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)


# --- Changed ----------------------------------------------------------------------------------------


def test_a_change_is_told_in_words(missing: Report, rosa: Person) -> None:
    changed = change_report(
        by=rosa, report=missing, seen_version=1, scope="All four districts", stated_count=13
    )
    assert (changed.version, changed.scope, changed.stated_count) == (2, "All four districts", 13)
    event = audit.history(missing)[0]
    assert event.facts["what"] == "the scope, the number it gives for its recommendations"
    assert audit.verify().holds


def test_a_change_of_nothing_is_no_event(missing: Report, rosa: Person) -> None:
    assert change_report(by=rosa, report=missing, seen_version=1, title=TITLE).version == 1
    assert len(audit.history(missing)) == 1


def test_a_change_of_what_someone_else_changed_is_refused_in_words(
    missing: Report, rosa: Person
) -> None:
    change_report(by=rosa, report=missing, seen_version=1, title="By the first")
    with pytest.raises(Refused, match="Someone has changed this report since"):
        change_report(by=rosa, report=missing, seen_version=1, title="By the second")
    missing.refresh_from_db()
    assert missing.title == "By the first"


def test_a_period_cannot_end_before_it_begins(missing: Report, rosa: Person) -> None:
    change_report(by=rosa, report=missing, seen_version=1, period_from=date(2024, 1, 1))
    with pytest.raises(Refused, match="ends before it begins"):
        change_report(by=rosa, report=missing, seen_version=2, period_to=date(2023, 1, 1))
    missing.refresh_from_db()
    assert missing.period_to is None


def test_a_known_day_replaces_words_for_it(missing: Report, rosa: Person) -> None:
    changed = change_report(
        by=rosa,
        report=missing,
        seen_version=1,
        published_words="Spring 2024",
        published_on=date(2024, 4, 2),
    )
    assert changed.published_words == ""


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_change_at_once_one_is_told(rosa: Person, inspectorate: Body) -> None:
    report = log_report(by=rosa, title=TITLE, kind="review", author=inspectorate)
    both, told = Barrier(2), []

    def change(title: str) -> None:
        try:
            both.wait()
            change_report(by=rosa, report=report, seen_version=1, title=title)
        except Refused as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=change, args=(t,)) for t in ("One", "Two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report.refresh_from_db()
    assert (told, report.version) == (["stale"], 2)
    assert audit.verify().holds


# --- Seen -------------------------------------------------------------------------------------------


def test_the_list_is_narrowed_by_words_maker_kind_and_year(missing: Report, rosa: Person) -> None:
    other = log_report(
        by=rosa, title="Custody", kind="audit", author=rosa.body, published_words="May 2019"
    )

    def found(**narrowing: object) -> list[Report]:
        return list(reports.listed(rosa, reports.Narrowing(**narrowing)))  # type: ignore[arg-type]

    assert found() == [missing, other], "undated ones come last, on both databases"
    assert found(words="children INSPECTORATE") == [missing]
    assert found(words="children custody") == []
    assert found(author=rosa.body_id) == [other]
    assert found(kind="review") == [missing]
    assert found(year=2019) == [other]
    assert found(to_do="empty", order="title") == [other, missing]
    assert reports.years(rosa) == [2024]


def test_an_assurance_lead_sees_no_report_that_asks_nothing_of_her_body(
    missing: Report, omar: Person, ada: Person
) -> None:
    assert not reports.seen_by(omar).exists()
    with pytest.raises(Refused, match="may read reports"):
        reports.seen_by(ada)
