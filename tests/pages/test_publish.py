"""The desk pages of publishing: propose, review word by word, approve, send back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from playwright.sync_api import Page

from answerable.accounts.models import Person
from answerable.publishing import actions, queries
from answerable.publishing.models import Edition
from answerable.register.actions.recommendations import correct_recommendation
from answerable.register.actions.responses import log_response
from answerable.register.models import Recommendation
from tests.browser import Window, accessible

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(asked: list[Recommendation], petra: Person) -> Edition:
    return actions.propose_edition(by=petra, note="Our first.")


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def approve(client: Client, edition: Edition, **more: str) -> Any:
    given = {"content_digest": edition.content_digest, "read": "on", **more}
    return client.post(f"/desk/publish/{edition.pk}/approve/", given)


# --- The list -----------------------------------------------------------------------------------


def test_an_empty_list_says_how_to_begin(petra: Person) -> None:
    text = signed_in(petra).get("/desk/publish/").content.decode()
    assert "Nothing has been published yet" in text
    assert "See what the next edition would change" in text


def test_whoever_may_not_propose_reads_why(rosa: Person) -> None:
    text = signed_in(rosa).get("/desk/publish/").content.decode()
    assert "Only a publisher may propose an edition" in text


def test_the_list_shows_what_is_public_now(edition: Edition, ravi: Person) -> None:
    text = signed_in(ravi).get("/desk/publish/").content.decode()
    assert "Public now" in text
    assert edition.manifest_digest[:16] in text


def test_an_assurance_lead_gets_403_with_the_reason(edition: Edition, omar: Person) -> None:
    for path in ("", "propose/", f"{edition.pk}/", f"{edition.pk}/verify/"):
        answer = signed_in(omar).get(f"/desk/publish/{path}")
        assert answer.status_code == 403
        assert b"Only a " in answer.content


def test_a_stranger_is_asked_to_sign_in(edition: Edition, client: Client) -> None:
    for path in ("", "propose/", f"{edition.pk}/", f"{edition.pk}/verify/"):
        assert client.get(f"/desk/publish/{path}").status_code == 302


@pytest.mark.parametrize("path", ["approve", "withdraw", "bring-up-to-date"])
def test_an_act_is_not_done_by_looking(proposal: Edition, percy: Person, path: str) -> None:
    assert signed_in(percy).get(f"/desk/publish/{proposal.pk}/{path}/").status_code == 405


# --- Proposing ----------------------------------------------------------------------------------


def test_a_publisher_sees_every_change_and_proposes(
    asked: list[Recommendation], petra: Person
) -> None:
    client = signed_in(petra)
    text = client.get("/desk/publish/propose/").content.decode()
    assert asked[0].words in text
    assert "We welcome the spirit of this." in text
    answer = client.post("/desk/publish/propose/", {"note": "Our first."})
    made = Edition.objects.get()
    assert answer.url == f"/desk/publish/{made.pk}/"
    assert (made.number, made.note, made.state) == (1, "Our first.", "proposed")


def test_a_note_that_is_too_long_stays_in_the_form(
    asked: list[Recommendation], petra: Person
) -> None:
    answer = signed_in(petra).post("/desk/publish/propose/", {"note": "Long. " * 400})
    assert answer.status_code == 400
    assert b"Long. Long." in answer.content
    assert not Edition.objects.exists()


def test_only_a_publisher_may_propose(asked: list[Recommendation], rosa: Person) -> None:
    answer = signed_in(rosa).get("/desk/publish/propose/")
    assert answer.status_code == 403
    assert b"Only a publisher may propose an edition" in answer.content


# --- Deciding -----------------------------------------------------------------------------------


def test_the_second_publisher_reads_every_change_and_approves(
    proposal: Edition, percy: Person, asked: list[Recommendation]
) -> None:
    client = signed_in(percy)
    text = client.get(f"/desk/publish/{proposal.pk}/").content.decode()
    assert asked[2].words in text
    assert proposal.content_digest in text
    assert "Approve and publish" in text
    answer = approve(client, proposal)
    assert answer.status_code == 302
    assert queries.served_number() == 1
    text = client.get(answer.url).content.decode()
    assert "the public reads it now" in text


def test_the_proposer_cannot_approve_and_reads_why(proposal: Edition, petra: Person) -> None:
    client = signed_in(petra)
    text = client.get(f"/desk/publish/{proposal.pk}/").content.decode()
    assert "another publisher must approve it" in text
    assert "Approve and publish" not in text
    answer = approve(client, proposal)
    assert answer.status_code == 400
    assert queries.served_number() == 0


def test_the_box_must_be_ticked(proposal: Edition, percy: Person) -> None:
    answer = approve(signed_in(percy), proposal, read="")
    assert answer.status_code == 400
    assert b"Say that you have read every change" in answer.content
    assert queries.served_number() == 0


def test_an_approval_of_something_else_is_refused(proposal: Edition, percy: Person) -> None:
    answer = approve(signed_in(percy), proposal, content_digest="f" * 64)
    assert answer.status_code == 400
    assert b"What you saw is not what is proposed now" in answer.content


def test_what_moved_since_is_shown_and_the_proposal_is_brought_up_to_date(
    proposal: Edition, asked: list[Recommendation], rosa: Person, percy: Person, petra: Person
) -> None:
    log_response(
        by=rosa,
        undertaking=asked[2].undertakings.get(),
        words="A late reply.",
        dated_on=timezone.localdate(),
    )
    client = signed_in(percy)
    text = client.get(f"/desk/publish/{proposal.pk}/").content.decode()
    assert "The record has changed since this was proposed" in text
    assert "A late reply." in text
    assert "Approve and publish" not in text
    assert approve(client, proposal).status_code == 400
    answer = client.post(f"/desk/publish/{proposal.pk}/bring-up-to-date/")
    renewed = Edition.objects.get(state="proposed")
    assert answer.url == f"/desk/publish/{renewed.pk}/"
    assert approve(signed_in(petra), renewed).status_code == 302


def test_a_changed_word_is_shown_as_changed(
    edition: Edition, asked: list[Recommendation], rosa: Person, petra: Person
) -> None:
    words = asked[0].words.replace("24 hours", "48 hours")
    correct_recommendation(
        by=rosa, recommendation=asked[0], words=words, reason="The report says 48."
    )
    text = signed_in(petra).get("/desk/publish/propose/").content.decode()
    assert '[removed:] </span>24<span class="govuk-visually-hidden"> [end]</span></del>' in text
    assert '[added:] </span>48<span class="govuk-visually-hidden"> [end]</span></ins>' in text


def test_changes_are_narrowed_by_the_address(proposal: Edition, percy: Person) -> None:
    text = signed_in(percy).get(f"/desk/publish/{proposal.pk}/?kind=report").content.decode()
    assert "Inspection of child protection in Northmoor" in text
    assert "Show everything" in text
    assert "R-0003 <span" not in text


def test_a_proposal_is_sent_back_with_a_reason(
    proposal: Edition, percy: Person, petra: Person
) -> None:
    client = signed_in(percy)
    path = f"/desk/publish/{proposal.pk}/send-back/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"reason": ""}).status_code == 400
    client.post(path, {"reason": "R-0002 names the wrong body."})
    text = signed_in(petra).get(f"/desk/publish/{proposal.pk}/").content.decode()
    assert "R-0002 names the wrong body." in text
    assert "It was never public" in text
    assert signed_in(petra).get(path).status_code == 403


def test_a_proposal_is_withdrawn_by_its_proposer_alone(
    proposal: Edition, percy: Person, petra: Person
) -> None:
    path = f"/desk/publish/{proposal.pk}/withdraw/"
    answer = signed_in(percy).post(path)
    assert answer.status_code == 403
    assert b"Only Petra Novak may withdraw" in answer.content
    assert signed_in(petra).post(path).status_code == 302
    assert queries.proposal() is None


def test_the_files_are_checked_from_the_desk(edition: Edition, rosa: Person) -> None:
    client = signed_in(rosa)
    path = f"/desk/publish/{edition.pk}/verify/"
    assert b"Every file is as it was published" in client.get(path).content
    (queries.folder_of(edition) / "index.html").write_text("forged")
    assert b"index.html has been changed" in client.get(path).content


def test_an_edition_that_is_not_there_is_not_found(petra: Person, asked: object) -> None:
    for path in ("", "verify/", "send-back/"):
        assert signed_in(petra).get(f"/desk/publish/9999/{path}").status_code == 404


def test_pages_ask_few_questions(
    proposal: Edition, percy: Person, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(percy)
    client.get("/desk/publish/")  # the first page of a session notes the session
    with django_assert_max_num_queries(15):
        assert client.get("/desk/publish/").status_code == 200
    # These two read everything that is public: many questions, but as many for any number.
    with django_assert_max_num_queries(45):
        assert client.get(f"/desk/publish/{proposal.pk}/").status_code == 200
    actions.withdraw_proposal(by=proposal.proposed_by, edition=proposal)
    with django_assert_max_num_queries(45):
        assert client.get("/desk/publish/propose/").status_code == 200


@given(note=st.text(max_size=300), digest=st.text(max_size=80), read=st.text(max_size=5))
@hypothesis(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_is_answered(
    proposal: Edition, petra: Person, percy: Person, note: str, digest: str, read: str
) -> None:
    sent = {"note": note, "content_digest": digest, "read": read, "reason": note[:0]}
    for person, path in (
        (petra, "propose/"),
        (percy, f"{proposal.pk}/approve/"),
        (percy, f"{proposal.pk}/send-back/"),
    ):
        assert signed_in(person).post(f"/desk/publish/{path}", sent).status_code in (302, 400, 403)


# --- In a browser -------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_two_publishers_publish_by_keyboard_without_javascript(
    asked: list[Recommendation],
    petra: Person,
    percy: Person,
    window: Window,
    shot: Callable[[Page, str], None],
) -> None:
    first = window(petra, javascript=False)
    first.goto("/desk/publish/")
    first.get_by_role("button", name="See what the next edition would change").focus()
    first.keyboard.press("Enter")
    first.get_by_label("A note to the public").fill("Our first edition.")
    first.get_by_role("button", name="Propose this edition").focus()
    first.keyboard.press("Enter")
    first.get_by_text("You proposed edition 1").wait_for()
    second = window(percy, javascript=False)
    second.goto("/desk/")
    second.get_by_role("button", name="Review what changes").first.focus()
    second.keyboard.press("Enter")
    second.get_by_label("I have read every change, and it may be public").focus()
    second.keyboard.press("Space")
    second.get_by_role("button", name="Approve and publish").focus()
    second.keyboard.press("Enter")
    second.get_by_text("the public reads it now").wait_for()
    second.goto("/record/R-0001")
    assert second.get_by_text("as a crime within 24 hours").first.is_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
def test_every_page_of_publishing_is_accessible(
    edition: Edition,
    asked: list[Recommendation],
    rosa: Person,
    petra: Person,
    percy: Person,
    window: Window,
    narrow: bool,
    shot: Callable[[Page, str], None],
) -> None:
    correct_recommendation(
        by=rosa,
        recommendation=asked[0],
        words=asked[0].words.replace("24 hours", "48 hours"),
        reason="The report says 48.",
    )
    width = 320 if narrow else 1280
    page = window(petra, narrow=narrow)
    page.goto("/desk/publish/propose/")
    accessible(page)
    shot(page, f"publish-propose-{width}")
    made = actions.propose_edition(by=petra, note="A correction.")
    other = window(percy, narrow=narrow)
    for name, path in (
        ("list", ""),
        ("review", f"{made.pk}/"),
        ("send-back", f"{made.pk}/send-back/"),
        ("published", f"{edition.pk}/"),
        ("verify", f"{edition.pk}/verify/"),
    ):
        other.goto(f"/desk/publish/{path}")
        accessible(other)
        shot(other, f"publish-{name}-{width}")
