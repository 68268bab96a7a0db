"""What every page knows: the office's name, the navigation, demo mode, the newest edition."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from answerable.accounts.queries import roles_of
from answerable.accounts.rules import Permission, may


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the service navigation."""

    text: str
    href: str
    active: bool


STAFF: tuple[tuple[str, str, Permission | None], ...] = (
    ("Today", "desk:today", None),
    ("Reports", "desk:reports", Permission.REPORT_READ),
    ("Register", "desk:register", Permission.RECOMMENDATION_READ),
    ("Asked before?", "desk:asked_before", Permission.RECOMMENDATION_READ),
    ("Plans", "desk:plans", Permission.RECOMMENDATION_READ),
    ("Gaps", "desk:gaps", Permission.GAPS_READ),
    ("Chasing", "desk:chasing", Permission.CHASE_READ),
    ("Evidence", "desk:evidence", Permission.EVIDENCE_READ),
    ("Publish", "desk:editions", Permission.EDITION_READ),
    ("Bodies", "desk:bodies", Permission.BODY_KEEP),
    ("People", "desk:people", Permission.PERSON_READ),
)
"""The staff's navigation: text, name of the page, and the permission that shows it."""
ALSO_UNDER = {
    "desk:register": ("/desk/families/",),
    "desk:reports": ("/desk/documents/",),
    "desk:plans": ("/desk/moves/", "/desk/owners/"),
    "desk:gaps": ("/desk/themes/", "/desk/drafts/"),
}
"""Addresses that belong to an entry and do not begin with its own."""


def _item(request: HttpRequest, text: str, name: str) -> Item:
    href = reverse(name)
    here = request.path
    under = (href, *ALSO_UNDER.get(name, ()))
    return Item(text, href, here == href or (name != "desk:today" and here.startswith(under)))


def navigation(request: HttpRequest) -> list[Item]:
    """The entries that the signed-in person may use; none for a stranger."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    return [_item(request, t, n) for t, n, needs in STAFF if needs is None or may(person, needs)]


def role_words(request: HttpRequest) -> str:
    """What the signed-in person is here: "governance officer and publisher"."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return ""
    labels = sorted(str(role.label) for role in roles_of(person))
    return " and ".join(filter(None, (", ".join(labels[:-1]), *labels[-1:])))


def page(request: HttpRequest) -> dict[str, object]:
    """Context for every template."""
    return {
        "office_name": settings.OFFICE_NAME,
        "navigation": navigation(request),
        "demo": settings.DEMO,
        "demo_href": reverse("account_desk:demo_people") if settings.DEMO else "",
        "me_href": reverse("desk:me"),
        "role_words": role_words(request),
    }
