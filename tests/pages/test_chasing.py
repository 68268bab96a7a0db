"""Chasing: what waits, one message read and approved, the ladder, heads, what one hears oneself."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from answerable.accounts.actions.people import suspend_person
from answerable.accounts.models import Body, Person
from answerable.audit import queries as audit
from answerable.chasing.actions.chases import hold_chase
from answerable.chasing.actions.outbox import send_waiting
from answerable.chasing.actions.subscriptions import choose_rhythm, renew_calendar
from answerable.chasing.models import Chase, Delivery, Head, StepSet
from answerable.cli.chasing import digest_words
from answerable.plan.models import Action
from answerable.register.models import Undertaking
from tests.chased import approve, in_days, prepared
from tests.mail import Post

pytestmark = pytest.mark.django_db
LIST = "/desk/chasing/"
OFFICE = ("rosa", "cass", "vera", "petra", "ravi")


def page_of(client: Client, person: Person, address: str) -> str:
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


@pytest.fixture
def chase(reminders: list[Chase]) -> Chase:
    return reminders[0]


def test_the_list_says_what_waits_in_groups(
    client: Client, rosa: Person, reminders: list[Chase]
) -> None:
    page = page_of(client, rosa, LIST)
    assert "2 reminders to Northmoor Council about replies" in page
    assert "Read and approve" in page


def test_a_message_is_read_as_it_goes_and_approved_with_the_others(
    client: Client, rosa: Person, reminders: list[Chase], lena: Person
) -> None:
    first, second = reminders
    page = page_of(client, rosa, f"{LIST}{first.pk}/")
    assert f"Reply due: {first.reference}" in page
    assert "Lena Marsh, assurance lead" in page
    assert lena.email not in page
    ticked = [f"{c.pk}:{c.version}" for c in (first, second)]
    answer = client.post(f"{LIST}{first.pk}/approve/", {"chase": ticked})
    assert answer.status_code == 302
    assert Delivery.objects.get().dispatch.chases.count() == 2  # type: ignore[union-attr]
    assert "Not sent yet" in page_of(client, rosa, f"{LIST}{first.pk}/")


def test_words_that_changed_meanwhile_are_not_approved(
    client: Client, rosa: Person, chase: Chase
) -> None:
    client.force_login(rosa)
    changed = client.post(f"{LIST}{chase.pk}/words/", {"words": "Kind words.", "version": "1"})
    assert changed.status_code == 302
    answer = client.post(f"{LIST}{chase.pk}/approve/", {"chase": [f"{chase.pk}:1"]})
    assert answer.status_code == 400
    assert "Someone else changed this" in answer.content.decode()
    assert not Delivery.objects.exists()


def test_a_wrong_form_keeps_what_was_typed(client: Client, rosa: Person, chase: Chase) -> None:
    client.force_login(rosa)
    answer = client.post(f"{LIST}{chase.pk}/words/", {"words": "Mine.", "version": "7"})
    assert answer.status_code == 400
    assert "Mine." in answer.content.decode()
    assert client.post(f"{LIST}{chase.pk}/hold/", {"reason": " "}).status_code == 400
    address = f"{LIST}ladder/clock/reminder/"
    given = {"days": "9", "side": "before", "approval": "person", "words": "{x}", "version": "0"}
    answer = client.post(address, given)
    assert answer.status_code == 400
    assert "Nothing fills {x}" in answer.content.decode()


def test_held_back_with_its_reason(client: Client, rosa: Person, chase: Chase) -> None:
    client.force_login(rosa)
    client.post(f"{LIST}{chase.pk}/hold/", {"reason": "She telephoned."})
    assert "She telephoned." in page_of(client, rosa, LIST)


@pytest.mark.parametrize("who", ["vera", "petra"])
def test_who_may_only_read_sees_no_button_and_is_refused(
    client: Client, chase: Chase, request: pytest.FixtureRequest, who: str
) -> None:
    person = request.getfixturevalue(who)
    page = page_of(client, person, f"{LIST}{chase.pk}/")
    assert "Approve it" not in page
    answer = client.post(f"{LIST}{chase.pk}/approve/", {"chase": [f"{chase.pk}:1"]})
    assert answer.status_code == 400
    assert (
        "Only a governance officer or commissioner or chair may approve" in answer.content.decode()
    )
    for name in ("words", "hold"):
        assert client.get(f"{LIST}{chase.pk}/{name}/").status_code == 403


@pytest.mark.parametrize(
    "address",
    ["", "{pk}/", "{pk}/words/", "{pk}/hold/", "ladder/", "ladder/clock/reminder/", "heads/"],
)
def test_a_body_never_knows_what_the_office_prepares(
    client: Client, chase: Chase, lena: Person, address: str
) -> None:
    place = LIST + address.format(pk=chase.pk)
    assert client.get(place).status_code == 302
    client.force_login(lena)
    assert client.get(place).status_code == 404


def test_bad_methods_and_unknown_things(client: Client, rosa: Person, chase: Chase) -> None:
    client.force_login(rosa)
    assert client.post(LIST).status_code == 405
    assert client.get(f"{LIST}{chase.pk}/approve/").status_code == 405
    assert client.get(f"{LIST}999/").status_code == 404
    assert client.get(f"{LIST}{chase.pk}/letter.pdf").status_code == 404
    assert client.get(f"{LIST}ladder/clock/nonsense/").status_code == 404


@pytest.fixture
def letter(silent: Undertaking, lena: Person, rosa: Person, head: Head) -> Chase:
    """A letter to the head of Northmoor Council, prepared and waiting for the chair."""
    for day in (0, 8, 16):
        found = [c for c in prepared(in_days(day)) if c.undertaking_id == silent.pk]
        for chase in found:
            if chase.step != "letter":
                hold_chase(by=rosa, chase=chase, reason="By telephone.")
    return Chase.objects.get(undertaking=silent, step="letter")


def test_the_chair_reads_the_letter_as_pdf_and_signs_it(
    client: Client, cass: Person, rosa: Person, letter: Chase
) -> None:
    client.force_login(cass)
    draft = client.get(f"{LIST}{letter.pk}/letter.pdf")
    assert draft.content[:5] == b"%PDF-"
    assert "attachment" in draft["Content-Disposition"]
    client.post(f"{LIST}{letter.pk}/approve/", {"chase": [f"{letter.pk}:1"]})
    signed = client.get(f"{LIST}{letter.pk}/letter.docx")
    assert signed.content[:2] == b"PK"
    assert "no-store" in signed["Cache-Control"]
    assert "To send" not in page_of(client, cass, "/desk/")


def test_a_message_that_may_have_gone_is_settled_by_a_person(
    client: Client, rosa: Person, vera: Person, chase: Chase, post: Post
) -> None:
    approve(rosa, [chase])
    Delivery.objects.update(state=Delivery.State.UNSURE, tries=1)
    delivery = Delivery.objects.get()
    page = page_of(client, rosa, LIST)
    assert "May have gone" in page
    address = f"{LIST}deliveries/{delivery.pk}/settle/"
    assert client.post(address, {"went": "perhaps", "seen": "1"}).status_code == 400
    assert client.post(address, {"went": "no", "seen": "1"}).status_code == 302
    assert send_waiting() == 1
    assert post.arrived[0]["Message-ID"] == delivery.message_id
    client.force_login(vera)
    assert client.post(address, {"went": "no", "seen": "1"}).status_code == 403


def test_the_page_of_an_answer_says_when_it_was_chased(
    client: Client, rosa: Person, lena: Person, silent: Undertaking, chase: Chase, post: Post
) -> None:
    mine = Chase.objects.get(undertaking=silent)
    approve(rosa, [mine])
    send_waiting()
    place = f"/desk/register/{silent.recommendation.reference}/by/northmoor-council/"
    assert "Reminded</a> on" in page_of(client, rosa, place)
    assert "Reminded on" in page_of(client, lena, place), "its own body, without a link"


def test_a_step_of_the_ladder_is_changed(client: Client, cass: Person, rosa: Person) -> None:
    client.force_login(cass)
    given = {
        "days": "9",
        "side": "before",
        "approval": "automatic",
        "in_use": "on",
        "words": "Please reply by {due}.",
        "version": "0",
    }
    assert client.post(f"{LIST}ladder/clock/reminder/", given).status_code == 302
    assert StepSet.objects.get().days == -9
    assert "It goes by itself" in page_of(client, rosa, f"{LIST}ladder/")


def test_who_heads_a_body_is_recorded(client: Client, rosa: Person, silent: Undertaking) -> None:
    client.force_login(rosa)
    address = f"{LIST}heads/northmoor-council/"
    given = {
        "name": "Ruth Calloway",
        "post": "Chief Executive",
        "address": "Civic Hall",
        "seen": "0",
    }
    assert client.post(address, {**given, "address": ""}).status_code == 400
    assert client.post(address, given).status_code == 302
    assert "Ruth Calloway" in page_of(client, rosa, f"{LIST}heads/")
    assert client.post(address, given).status_code == 400, "someone else changed it"


def test_pages_ask_the_database_the_same_however_much_hangs_on_them(
    client: Client,
    rosa: Person,
    reminders: list[Chase],
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    approve(rosa, reminders[1:])
    client.force_login(rosa)
    for address in (
        LIST,
        f"{LIST}{reminders[0].pk}/",
        f"{LIST}{reminders[1].pk}/",
        f"{LIST}heads/",
    ):
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200


# --- What one hears oneself -----------------------------------------------------------------------


def test_i_choose_how_often_i_hear(client: Client, rosa: Person) -> None:
    client.force_login(rosa)
    assert client.post("/desk/me/reminders/", {"rhythm": "hourly"}).status_code == 400
    assert client.post("/desk/me/reminders/", {"rhythm": "daily"}).status_code == 302
    assert audit.Event.objects.filter(verb="rhythm.chosen").count() == 1


def test_a_digest_says_what_needs_me_and_where(rosa: Person, silent: Undertaking) -> None:
    choose_rhythm(by=rosa, rhythm="daily")
    words = digest_words(rosa, in_days(0))
    assert "Northmoor Council has not replied" in words
    assert "http" in words


def test_a_calendar_holds_references_and_fixed_words_only(
    client: Client, omar: Person, lena: Person, action: Action, silent: Undertaking
) -> None:
    address = renew_calendar(by=omar)
    answer = client.get(address.partition("8000")[2])
    assert answer.status_code == 200
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    said = {str(event["SUMMARY"]) for event in events}
    assert f"{action.reference}: action due" in said
    assert all(s.partition(": ")[2] in {"reply due", "action due"} for s in said)
    assert silent.recommendation.reference + ": reply due" not in said, "it is another body's"
    renew_calendar(by=omar)
    assert client.get(address.partition("8000")[2]).status_code == 404


def test_whose_access_is_closed_has_no_calendar(
    client: Client, omar: Person, ada: Person, force: Body
) -> None:
    address = renew_calendar(by=omar).partition("8000")[2]
    suspend_person(by=ada, person=omar, reason="Left.")
    assert client.get(address).status_code == 404


def test_a_new_address_is_shown_once(client: Client, rosa: Person) -> None:
    client.force_login(rosa)
    answer = client.post("/desk/me/calendar/")
    assert "/account/calendar/" in answer.content.decode()
    assert "/account/calendar/" not in page_of(client, rosa, "/desk/me/reminders/")
    assert client.get("/desk/me/calendar/").status_code == 405
