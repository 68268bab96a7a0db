"""Whether a signed-in person has just proved who they are, for what is signed with their name."""

from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from answerable.accounts.gate import Request
from answerable.assurance.rules.opinions import check_proved
from answerable.desk.records.offers import why_not


def can_prove(request: Request) -> bool:
    """Whether the person has anything of their own here to prove it by: password, passkey or app."""
    return request.user.has_usable_password() or bool(get_reauthentication_flows(request.user))


def proved_at(request: Request) -> datetime | None:
    """When the person last proved it beyond signing in, in this session; None if never.

    Whoever comes through a provider alone has nothing to be asked for here: their sign-in counts.
    In the demo one click is all that anyone has.
    """
    records = get_authentication_records(request, request.user)
    if can_prove(request):
        records = [one for one in records if one.get("reauthenticated")]
    elif settings.DEMO:
        return timezone.now()
    moments = [float(one["at"]) for one in records if "at" in one]
    return datetime.fromtimestamp(moments[-1], UTC) if moments else None


def is_fresh(request: Request) -> bool:
    """Whether that was so lately that it holds for what is signed now."""
    return not why_not(partial(check_proved, proved_at(request), timezone.now()))


def ask_href(back: str) -> str:
    """The page that asks for the password, passkey or code, and then leads ``back``."""
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}"
