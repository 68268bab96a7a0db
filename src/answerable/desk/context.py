"""What every page knows: the office's name, the navigation, demo mode, the newest edition."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from answerable.accounts.rules import Permission, may


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the service navigation."""

    text: str
    href: str
    active: bool


STAFF: tuple[tuple[str, str, Permission | None], ...] = (
    # ("Today", "desk:today", None), … each added with its page
)
"""The staff's navigation: text, name of the page, and the permission that shows it."""


def _item(request: HttpRequest, text: str, name: str) -> Item:
    href = reverse(name)
    here = request.path
    return Item(text, href, here == href or (name != "desk:today" and here.startswith(href)))


def navigation(request: HttpRequest) -> list[Item]:
    """The entries that the signed-in person may use; none for a stranger."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    return [_item(request, t, n) for t, n, needs in STAFF if needs is None or may(person, needs)]


def page(request: HttpRequest) -> dict[str, object]:
    """Context for every template."""
    return {
        "office_name": settings.OFFICE_NAME,
        "navigation": navigation(request),
        "demo": settings.DEMO,
    }
