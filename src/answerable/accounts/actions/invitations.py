"""The only writes to invitations: made, accepted once, withdrawn."""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from answerable.accounts import queries, rules
from answerable.accounts.actions.people import new_person
from answerable.accounts.actions.roles import role_words
from answerable.accounts.models import Body, Invitation, Person, Role
from answerable.accounts.rules import By
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act

SUBJECT = "An invitation to Answerable"
"""Says nothing of who is invited, by whom or to what: subjects are seen on locked screens."""


def _link(token: str) -> str:
    return settings.SITE_URL + reverse("account_desk:join", args=[token])


def _send(invitation: Invitation, link: str) -> None:
    body = render_to_string(
        "account/email/invitation.txt",
        {"invitation": invitation, "link": link, "office_name": settings.OFFICE_NAME},
    )
    send_mail(SUBJECT, body, None, [invitation.email])


@act
def invite_person(
    *, by: By, name: str, email: str, body: Body, roles: Iterable[Role]
) -> tuple[Invitation, str]:
    """Invite a person; returns the invitation and its link, which is kept nowhere.

    The link works once, for INVITATION_DAYS days. The message is sent once the act is written; if
    it cannot be sent, the invitation stands, and whoever made it still has the link.
    """
    wanted = [Role(r) for r in dict.fromkeys(roles)]
    rules.check_may_invite(by, email=email, body=body, roles=wanted)
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    invitation = Invitation(
        email=email.strip().lower(),
        name=" ".join(name.split()),
        body=body,
        roles=[r.value for r in wanted],
        token_digest=queries.digest_of_token(token),
        invited_at=now,
        invited_by=None if isinstance(by, str) else by,
        expires_at=now + timedelta(days=settings.INVITATION_DAYS),
    )
    invitation.full_clean(exclude=["invited_by"])  # nobody, where the operator invites
    invitation.save()
    audit.record(
        "person.invited",
        by=by,
        on=invitation,
        facts={"roles": role_words(wanted)},
        said={"name": invitation.name, "email": invitation.email},
    )
    link = _link(token)
    transaction.on_commit(lambda: _send(invitation, link), robust=True)
    return invitation, link


@act
def accept_invitation(
    *, by: Invitation | None, name: str = "", password: str | None = None
) -> Person:
    """The invited person joins, with the roles of the invitation; it can never be used again.

    Without a password they sign in through a provider only. None is an unknown link: refused.
    """
    invitation = Invitation.objects.filter(pk=by.pk).first() if by else None
    rules.check_can_accept(invitation)
    assert invitation is not None  # noqa: S101 -- the rule has refused None
    before = audit_queries.snapshot(invitation)
    roles = [Role(r) for r in invitation.roles]
    person, held = new_person(
        name=name or invitation.name,
        email=invitation.email,
        body=invitation.body,
        roles=roles,
        password=password,
    )
    invitation.used_at, invitation.used_by = timezone.now(), person
    invitation.save(update_fields=["used_at", "used_by"])
    audit.record(
        "person.joined",
        by=person,
        on=person,
        also=[*held, invitation],
        before=before,
        said={"name": person.name},
    )
    return person


@act
def withdraw_invitation(*, by: By, invitation: Invitation) -> Invitation:
    """Take an open invitation back: its link no longer works."""
    current = Invitation.objects.get(pk=invitation.pk)
    rules.check_may_withdraw(by, current)
    before = audit_queries.snapshot(current)
    current.withdrawn_at = timezone.now()
    current.save(update_fields=["withdrawn_at"])
    audit.record("invitation.withdrawn", by=by, on=current, before=before)
    return current
