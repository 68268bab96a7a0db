"""People come by invitation, hold roles, are let out and forgotten; the chain knows all of it."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from answerable.accounts import actions, queries
from answerable.accounts.models import Body, Invitation, Person, Role, RoleHeld, SecurityLine
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.audit.models import Commitment, Event
from tests.people import PASSWORD


def token_of(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[1]


@pytest.fixture
def invited(ada: Person, office: Body) -> tuple[Invitation, str]:
    """An open invitation to Jo, and its token."""
    invitation, link = actions.invite_person(
        by=ada, name="Jo Ellery", email="Jo@Northmoor.example", body=office, roles=[Role.VERIFIER]
    )
    return invitation, token_of(link)


@pytest.fixture(autouse=True)
def the_chain_holds(db: None):
    """After every test of this file."""
    yield
    verdict = audit.verify()
    assert verdict.holds, verdict.problem


# --- Invitations ---


def test_only_the_digest_of_a_token_is_kept(invited: tuple[Invitation, str]) -> None:
    invitation, token = invited
    assert len(token) >= 43
    assert invitation.token_digest == queries.digest_of_token(token)
    kept = [str(v) for row in Invitation.objects.values() for v in row.values()]
    kept += list(Event.objects.values_list("content", flat=True))
    assert not any(token in value for value in kept)


@pytest.mark.django_db(transaction=True)
def test_an_invitation_is_sent_once_it_stands_and_its_subject_tells_nothing(
    ada: Person, office: Body
) -> None:
    _, link = actions.invite_person(
        by=ada, name="Jo Ellery", email="jo@northmoor.example", body=office, roles=[Role.READER]
    )
    [message] = mail.outbox
    assert message.to == ["jo@northmoor.example"]
    assert link in message.body
    assert link.startswith(settings.SITE_URL)
    for private in ("Jo", "Ellery", office.name, "reader"):
        assert private not in message.subject


@pytest.mark.django_db(transaction=True)
def test_a_message_that_cannot_be_sent_does_not_undo_the_invitation(
    ada: Person, office: Body, settings: object
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    invitation, _ = actions.invite_person(
        by=ada, name="Jo", email="jo@northmoor.example", body=office, roles=[Role.READER]
    )
    assert Invitation.objects.get(pk=invitation.pk).used_at is None


def test_the_invited_person_joins_with_the_roles_of_the_invitation(
    invited: tuple[Invitation, str],
) -> None:
    person = actions.accept_invitation(
        by=queries.invitation_for(invited[1]), name="Jo Ellery", password=PASSWORD
    )
    assert person.email == "jo@northmoor.example"
    assert person.check_password(PASSWORD)
    assert queries.roles_of(person) == {Role.VERIFIER}
    used = Invitation.objects.get()
    assert (used.used_by, bool(used.used_at)) == (person, True)
    assert EmailAddress.objects.get(user=person).verified


def test_an_invitation_works_once(invited: tuple[Invitation, str]) -> None:
    actions.accept_invitation(by=queries.invitation_for(invited[1]), name="Jo", password=PASSWORD)
    with pytest.raises(Refused, match="has been used"):
        actions.accept_invitation(by=invited[0], name="Another", password=PASSWORD)
    assert Person.objects.filter(email="jo@northmoor.example").count() == 1


def test_an_invitation_ends_after_its_days(invited: tuple[Invitation, str]) -> None:
    later = timezone.now() + timedelta(days=settings.INVITATION_DAYS, seconds=1)
    with time_machine.travel(later), pytest.raises(Refused, match="too old"):
        actions.accept_invitation(by=invited[0], name="Jo", password=PASSWORD)


def test_a_withdrawn_invitation_does_not_work(ada: Person, invited: tuple[Invitation, str]) -> None:
    actions.withdraw_invitation(by=ada, invitation=invited[0])
    with pytest.raises(Refused, match="was withdrawn"):
        actions.accept_invitation(by=invited[0], name="Jo", password=PASSWORD)
    with pytest.raises(Refused, match="no longer open"):
        actions.withdraw_invitation(by=ada, invitation=invited[0])


def test_an_unknown_link_is_refused(db: None) -> None:
    assert queries.invitation_for("guessed") is None
    with pytest.raises(Refused, match="not known here"):
        actions.accept_invitation(by=None, name="Jo", password=PASSWORD)


def test_who_has_access_is_not_invited_again(ada: Person, rosa: Person, office: Body) -> None:
    with pytest.raises(Refused, match="already has access") as refused:
        actions.invite_person(
            by=ada, name="Rosa", email="ROSA@northmoor.example", body=office, roles=[Role.READER]
        )
    assert refused.value.code == "email"


def test_an_address_has_one_open_invitation(
    ada: Person, office: Body, invited: tuple[Invitation, str]
) -> None:
    again = {"name": "Jo", "email": "jo@northmoor.example", "body": office, "roles": [Role.READER]}
    with pytest.raises(Refused, match="Withdraw it first"):
        actions.invite_person(by=ada, **again)
    actions.withdraw_invitation(by=ada, invitation=invited[0])
    actions.invite_person(by=ada, **again)


def test_whose_access_is_closed_is_opened_not_invited(
    ada: Person, rosa: Person, office: Body
) -> None:
    actions.suspend_person(by=ada, person=rosa)
    with pytest.raises(Refused, match="Open it again instead"):
        actions.invite_person(
            by=ada, name="Rosa", email=rosa.email, body=office, roles=[Role.READER]
        )


def test_an_invitation_names_roles_that_its_body_may_hold(ada: Person, force: Body) -> None:
    with pytest.raises(Refused, match="Only people of an oversight office"):
        actions.invite_person(
            by=ada, name="Jo", email="jo@x.example", body=force, roles=[Role.VERIFIER]
        )
    with pytest.raises(Refused, match="at least one role"):
        actions.invite_person(by=ada, name="Jo", email="jo@x.example", body=force, roles=[])


def test_only_an_administrator_invites(rosa: Person, office: Body) -> None:
    with pytest.raises(Refused, match="Only an administrator may invite people"):
        actions.invite_person(
            by=rosa, name="Jo", email="jo@x.example", body=office, roles=[Role.READER]
        )


# --- Roles ---


def test_a_role_is_given_and_ended_and_both_stay(ada: Person, rosa: Person) -> None:
    held = actions.give_role(by=ada, person=rosa, role=Role.PUBLISHER)
    assert Role.PUBLISHER in queries.roles_of(rosa)
    actions.end_role(by=ada, held=held)
    assert Role.PUBLISHER not in queries.roles_of(rosa)
    assert RoleHeld.objects.get(pk=held.pk).ended_at
    assert [e.verb for e in audit.history(rosa)][:2] == ["role.ended", "role.given"]


def test_a_role_is_held_once(ada: Person, rosa: Person) -> None:
    with pytest.raises(Refused, match="already holds"):
        actions.give_role(by=ada, person=rosa, role=Role.GOVERNANCE_OFFICER)


def test_a_role_ends_once(ada: Person, rosa: Person) -> None:
    held = rosa.roles_held.get()
    actions.end_role(by=ada, held=held)
    with pytest.raises(Refused, match="already ended"):
        actions.end_role(by=ada, held=held)


def test_the_last_administrator_stays(ada: Person, rosa: Person) -> None:
    held = ada.roles_held.get()
    for act in (
        lambda: actions.end_role(by="operator", held=held),
        lambda: actions.suspend_person(by="operator", person=ada),
        lambda: actions.forget_person(by="operator", person=ada),
    ):
        with pytest.raises(Refused, match="last administrator"):
            act()
    actions.give_role(by=ada, person=rosa, role=Role.ADMINISTRATOR)
    actions.end_role(by=rosa, held=held)
    assert list(queries.administrators()) == [rosa]


def test_two_administrators_cannot_close_each_other(ada: Person, rosa: Person) -> None:
    actions.give_role(by=ada, person=rosa, role=Role.ADMINISTRATOR)
    stale_ada = Person.objects.get(pk=ada.pk)
    actions.suspend_person(by=ada, person=rosa)
    with pytest.raises(Refused):
        actions.suspend_person(by=rosa, person=stale_ada)


# --- Closing, opening, forgetting ---


def test_closing_access_signs_out_everywhere(ada: Person, rosa: Person, client: Client) -> None:
    assert client.login(email=rosa.email, password=PASSWORD)
    client.get("/desk/me/")
    assert UserSession.objects.filter(user=rosa).count() == 1
    actions.suspend_person(by=ada, person=rosa, reason="Lost her telephone.")
    assert not UserSession.objects.filter(user=rosa).exists()
    assert client.get("/desk/me/").status_code == 302
    assert not Client().login(email=rosa.email, password=PASSWORD)
    assert audit.history(rosa)[0].said == {"reason": "Lost her telephone."}


def test_access_is_opened_again_with_the_roles_that_were_held(ada: Person, rosa: Person) -> None:
    actions.suspend_person(by=ada, person=rosa)
    actions.restore_person(by=ada, person=rosa)
    assert queries.roles_of(Person.objects.get(pk=rosa.pk)) == {Role.GOVERNANCE_OFFICER}
    assert Client().login(email=rosa.email, password=PASSWORD)


def test_nobody_closes_or_forgets_themselves(ada: Person, rosa: Person) -> None:
    actions.give_role(by=ada, person=rosa, role=Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="cannot close your own"):
        actions.suspend_person(by=ada, person=ada)
    with pytest.raises(Refused, match="cannot erase yourself"):
        actions.forget_person(by=ada, person=ada)


def everything_kept() -> str:
    """All text of every table that could say who someone was."""
    rows = [
        *Person.objects.values(),
        *Invitation.objects.values(),
        *EmailAddress.objects.values(),
        *Commitment.objects.values(),
        *Event.objects.values(),
        *SecurityLine.objects.values(),
    ]
    return " ".join(str(v) for row in rows for v in row.values())


def test_forgetting_erases_the_person_and_keeps_the_chain(
    ada: Person, invited: tuple[Invitation, str]
) -> None:
    person = actions.accept_invitation(
        by=queries.invitation_for(invited[1]), name="Jo Ellery", password=PASSWORD
    )
    actions.note_security(
        what=SecurityLine.What.SIGNED_IN, person=person, address="192.0.2.7", agent="Firefox"
    )
    actions.suspend_person(by=ada, person=person, reason="Jo Ellery asked for it.")
    events = Event.objects.count()
    actions.forget_person(by=ada, person=person)

    kept = everything_kept()
    # Two letters alone stand in random salts now and then: the first name counts as a word.
    assert not re.search(r"(?<![A-Za-z0-9])Jo(?![A-Za-z0-9])", kept)
    for private in ("Ellery", "jo@northmoor.example", "asked for it", "192.0.2.7"):
        assert private not in kept
    forgotten = Person.objects.get(pk=person.pk)
    assert forgotten.email.endswith("@forgotten.invalid")
    assert not forgotten.is_active
    assert not forgotten.has_usable_password()
    assert queries.roles_of(forgotten) == frozenset()
    assert Event.objects.count() == events + 1
    assert audit.verify().holds
    assert queries.names_of([str(person.pk)])[str(person.pk)] == "A person since forgotten"


def test_what_a_forgotten_person_did_stays(ada: Person, rosa: Person, force: Body) -> None:
    actions.add_area(by=rosa, body=force, name="Eastmoor")
    actions.forget_person(by=ada, person=rosa)
    [entry] = [e for e in audit.history(force) if e.verb == "area.added"]
    assert entry.actor == str(rosa.pk)
    assert entry.facts["area"] == "Eastmoor"


def test_what_was_said_of_others_stays(ada: Person, rosa: Person, ravi: Person) -> None:
    actions.suspend_person(by=ada, person=ravi, reason="Has left.")
    actions.forget_person(by=ada, person=rosa)
    assert audit.history(ravi)[0].said == {"reason": "Has left."}


def test_an_open_invitation_to_a_forgotten_address_is_withdrawn(
    ada: Person, office: Body, rosa: Person
) -> None:
    actions.forget_person(by=ada, person=rosa)
    invitation, _ = actions.invite_person(
        by=ada, name="Rosa", email="rosa@northmoor.example", body=office, roles=[Role.READER]
    )
    again = actions.accept_invitation(by=invitation, name="Rosa", password=PASSWORD)
    assert again.pk != rosa.pk
    actions.forget_person(by=ada, person=again)
    assert "rosa@northmoor.example" not in everything_kept()


def test_a_person_is_forgotten_once(ada: Person, rosa: Person) -> None:
    actions.forget_person(by=ada, person=rosa)
    for act in (actions.forget_person, actions.restore_person):
        with pytest.raises(Refused, match="has been erased"):
            act(by=ada, person=rosa)
    with pytest.raises(Refused, match="has been erased"):
        actions.give_role(by=ada, person=rosa, role=Role.READER)


def test_a_person_changes_their_own_name(rosa: Person) -> None:
    actions.change_own_details(by=rosa, name="  Rosa   Adeyemi-Cole ", shortcuts=False)
    changed = Person.objects.get(pk=rosa.pk)
    assert (changed.name, changed.shortcuts) == ("Rosa Adeyemi-Cole", False)
    assert audit.history(rosa)[0].said == {"name": "Rosa Adeyemi-Cole"}


# --- The security log ---


def test_old_lines_are_removed_and_that_stays_in_the_chain(ada: Person) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=400)):
        actions.note_security(what=SecurityLine.What.SIGNED_IN, person=ada)
    actions.note_security(what=SecurityLine.What.SIGNED_OUT, person=ada)
    assert actions.prune_security_log(by=ada, days=365) == 1
    assert SecurityLine.objects.get().what == SecurityLine.What.SIGNED_OUT
    assert Event.objects.latest("seq").verb == "security.pruned"


def test_young_lines_cannot_be_removed(ada: Person, rosa: Person) -> None:
    with pytest.raises(Refused, match="last 90 days are always kept"):
        actions.prune_security_log(by=ada, days=30)
    with pytest.raises(Refused, match="Only an administrator"):
        actions.prune_security_log(by=rosa, days=365)
