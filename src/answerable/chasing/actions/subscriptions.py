"""Writes of what a person wants to hear: the rhythm of a digest, the address of a calendar."""

import secrets

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.accounts.rules import Refused
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.chasing.models import Rhythm, Subscription
from answerable.chasing.queries.subscriptions import digest_of_token


def _own(person: Person) -> Subscription:
    return Subscription.objects.get_or_create(person=person)[0]


@act
def choose_rhythm(*, by: Person, rhythm: str) -> Subscription:
    """Choose how often to hear what needs oneself."""
    if rhythm not in Rhythm.values:
        raise Refused("Choose how often.", code="rhythm")
    own = _own(by)
    own.rhythm = Rhythm(rhythm)
    own.save(update_fields=["rhythm"])
    before = audit_queries.snapshot(by)
    audit.record("rhythm.chosen", by=by, on=by, before=before)
    return own


@act
def renew_calendar(*, by: Person) -> str:
    """Make a new secret address for one's own calendar; the one before it stops working.

    Returns the address, which is kept nowhere: only the digest of its secret is.
    """
    token = secrets.token_urlsafe(32)
    own = _own(by)
    own.calendar_digest, own.calendar_made_at = digest_of_token(token), timezone.now()
    own.save(update_fields=["calendar_digest", "calendar_made_at"])
    audit.record("calendar.renewed", by=by, on=by, before=audit_queries.snapshot(by))
    return settings.SITE_URL + reverse("account_desk:calendar", args=[token])
