"""Today: what needs me, why, and the one next act."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from answerable.accounts.actions.bodies import succeed_body
from answerable.accounts.models import Body, Person
from answerable.desk.today.lines import Line, Section, in_words
from answerable.desk.today.sections import lead
from answerable.register.actions.recommendations import (
    enter_recommendation,
    withdraw_recommendation,
)
from answerable.register.actions.responses import log_response, read_position
from answerable.register.models import Recommendation
from answerable.reports.models import Document, Report

TODAY = "/desk/"


def day(ago: int = 0) -> date:
    return timezone.localdate() - timedelta(days=ago)


def page_of(client: Client, person: Person) -> str:
    client.force_login(person)
    answer = client.get(TODAY)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_what_is_late_stands_first_and_offers_the_next_act(
    client: Client, rosa: Person, asked: list[Recommendation]
) -> None:
    page = page_of(client, rosa)
    assert "Northmoor Council has not replied to 2 recommendations" in page
    assert "15 days late" in page
    assert "the last day was" in page
    assert "One thing needs you. One cannot wait." in page


def test_one_reply_that_is_owed_can_be_entered_from_here(
    client: Client, rosa: Person, learning: Report, force: Body
) -> None:
    enter_recommendation(
        by=rosa, report=learning, words="x", bodies=[(force, "")], starts_on=day(50)
    )
    page = page_of(client, rosa)
    assert "in 5 days" in page
    assert "Northmoor Police has not replied to R-0001" in page
    assert 'href="/desk/register/R-0001/by/northmoor-police/reply/"' in page


def test_what_is_far_away_is_not_here(
    client: Client, rosa: Person, open_question: Recommendation
) -> None:
    page = page_of(client, rosa)
    assert "Nothing needs you now" in page
    assert "The next clock runs out on" in page


def test_what_many_bodies_owe_is_one_line(client: Client, rosa: Person, learning: Report) -> None:
    bodies = Body.objects.bulk_create(
        Body(name=f"Force {n}", slug=f"force-{n}", kind="force") for n in range(43)
    )
    enter_recommendation(
        by=rosa,
        report=learning,
        words="x",
        bodies=[(b, "") for b in bodies],
        starts_on=day(60),
    )
    page = page_of(client, rosa)
    assert "43 bodies have not replied to R-0001" in page
    assert page.count("not replied") == 1


def test_a_reply_to_read_is_offered_to_those_who_read(
    client: Client, rosa: Person, cass: Person, vera: Person, open_question: Recommendation
) -> None:
    reply = log_response(
        by=rosa, undertaking=open_question.undertakings.get(), words="Yes.", dated_on=day(2)
    )
    for reader in (rosa, cass):
        page = page_of(client, reader)
        assert "Northmoor Police has replied to R-0001" in page
        assert f"/desk/register/replies/{reply.pk}/read/" in page
    assert "has replied" not in page_of(client, vera)


def test_what_was_read_is_no_longer_here(
    client: Client, rosa: Person, open_question: Recommendation
) -> None:
    reply = log_response(
        by=rosa, undertaking=open_question.undertakings.get(), words="Yes.", dated_on=day(2)
    )
    read_position(by=rosa, response=reply, position="accepted")
    assert "has replied" not in page_of(client, rosa)


def test_candidates_to_check_are_here_until_they_are_decided(
    client: Client, rosa: Person, cass: Person, inspection_read: Document
) -> None:
    page = page_of(client, rosa)
    assert "8 to check" in page
    assert "8 candidates found in inspection.pdf. 1 warning to settle." in page
    assert "to check" not in page_of(client, cass)


def test_a_lead_sees_her_own_bodys_clocks_and_what_waits_for_the_office(
    client: Client, rosa: Person, omar: Person, lena: Person, asked: list[Recommendation]
) -> None:
    page = page_of(client, lena)
    assert "You have not replied to 2 recommendations" in page
    log_response(by=lena, undertaking=asked[2].undertakings.get(), words="Yes.", dated_on=day())
    page = page_of(client, lena)
    assert "You have not replied to R-0002" in page
    assert "Waiting for others" in page
    assert "has replied to R-0003" in page
    assert "Northmoor Council" not in page_of(client, omar)


def test_what_was_withdrawn_needs_nobody(
    client: Client, rosa: Person, learning: Report, force: Body
) -> None:
    made = enter_recommendation(
        by=rosa, report=learning, words="x", bodies=[(force, "")], starts_on=day(60)
    )
    withdraw_recommendation(by=rosa, recommendation=made, reason="A heading.")
    assert "Nothing needs you now" in page_of(client, rosa)


@pytest.mark.parametrize("who", ["vera", "cass", "petra", "ravi", "ada", "omar", "lena"])
def test_everyone_sees_something_sensible(
    who: str,
    client: Client,
    asked: list[Recommendation],
    request: pytest.FixtureRequest,
) -> None:
    page = page_of(client, request.getfixturevalue(who))
    assert f"Today, {day().day}" in page
    assert "<h2" in page
    if who in {"vera", "petra", "ravi"}:
        assert "Enter the reply" not in page


def test_an_administrator_is_told_what_is_hers(client: Client, ada: Person) -> None:
    assert "You look after people and bodies here" in page_of(client, ada)


def test_today_is_only_read(client: Client, rosa: Person) -> None:
    client.force_login(rosa)
    assert client.post(TODAY).status_code == 405


@pytest.mark.parametrize("count", [2, 20])
def test_today_costs_the_same_however_much_is_owed(
    count: int,
    client: Client,
    rosa: Person,
    learning: Report,
    force: Body,
    council: Body,
    django_assert_max_num_queries: object,
) -> None:
    for n in range(count):
        made = enter_recommendation(
            by=rosa,
            report=learning,
            words=f"Thing {n}.",
            bodies=[(force, ""), (council, "")],
            starts_on=day(50 + n),
        )
        owed = made.undertakings.get(body=council)
        log_response(by=rosa, undertaking=owed, words="Yes.", dated_on=day())
    client.force_login(rosa)
    client.get(TODAY)  # what the record says is read once an event
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get(TODAY)


def test_numbers_begin_a_sentence_in_words() -> None:
    assert [in_words(n) for n in (0, 1, 9, 10, 1200)] == ["No", "One", "Nine", "10", "1,200"]


def test_the_lead_counts_what_is_mine_alone() -> None:
    mine = Section("A", [Line("", "", "", "", late=True), Line("", "", "", "")])
    others = Section("B", [Line("", "", "", "")], mine=False)
    assert lead([mine, others]) == "Two things need you. One cannot wait."
    assert lead([others]) == ""


def test_what_a_body_that_ended_still_owes_can_be_passed_on(
    client: Client,
    rosa: Person,
    cass: Person,
    open_question: Recommendation,
    force: Body,
    council: Body,
) -> None:
    succeed_body(by="operator", body=force, successor=council, on=day(1))
    assert "still stands for" not in page_of(client, cass)
    page = page_of(client, rosa)
    assert "Northmoor Police still stands for 1 recommendation" in page
    path = "/desk/register/bodies/northmoor-police/pass/"
    assert path in page
    assert "Northmoor Council</b> answers for 1 recommendation" in client.get(path).content.decode()
    said = client.post(path, follow=True).content.decode()
    assert "1 recommendation passed to Northmoor Council" in said
    assert "still stands for" not in said
    assert "Nothing can be passed on now" in client.get(path).content.decode()
    assert client.post(path).status_code == 403
    client.force_login(cass)
    assert client.get(path).status_code == 403
    assert client.get("/desk/register/bodies/nobody/pass/").status_code == 403
