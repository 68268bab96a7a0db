"""Pages of a list, with every other question of the address kept."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context
from django.utils.safestring import SafeString

from answerable.html.components import Options, draw
from answerable.html.library import register

Pairs = list[tuple[str, str]]


def pairs_of(query: QueryDict) -> Pairs:
    """Every key and value, without the copy that Django's own way makes (a millisecond a page)."""
    return [(key, str(value)) for key, values in query.lists() for value in values]


def address_of(pairs: Pairs) -> str:
    """The query that ``pairs`` make; "?" alone is the page without one."""
    return f"?{urlencode(pairs)}"


def _asked(context: Context) -> Pairs:
    request = context.get("request")
    return pairs_of(request.GET) if request is not None else []


def numbers_shown(current: int, last: int) -> list[int]:
    """First, last, this one and its neighbours; 0 stands for what is left out."""
    near = {1, last, *range(max(1, current - 1), min(last, current + 1) + 1)}
    shown: list[int] = []
    for number in sorted(near):
        gap = number - (shown[-1] if shown else 0)
        if gap == 2:
            shown.append(number - 1)
        elif gap > 2:
            shown.append(0)
        shown.append(number)
    return shown


@register.simple_tag(takes_context=True)
def pagination(
    context: Context, page: Page[Any], *, key: str = "page", pattern: str = "", label: str = "Pages"
) -> SafeString:
    """Links to the other pages of ``page``; nothing when there is only one.

    ``key`` names the page in the query. ``pattern`` ("register-{}.html") is for exported editions.
    """
    last = page.paginator.num_pages
    if last <= 1:
        return SafeString("")

    rest = [pair for pair in _asked(context) if pair[0] != key]
    start = f"{address_of(rest)}{'&' if rest else ''}{key}="

    def to(number: int) -> Options:
        return {"href": pattern.replace("{}", str(number)) if pattern else f"{start}{number}"}

    items = [
        {**to(number), "number": number, "current": number == page.number}
        if number
        else {"ellipsis": True}
        for number in numbers_shown(page.number, last)
    ]
    return draw(
        "pagination",
        items=items,
        previous=to(page.number - 1) if page.number > 1 else None,
        next=to(page.number + 1) if page.number < last else None,
        landmark_label=label,
    )


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """This page's query with ``changes`` and from its first page: ``{% query sort="due" %}``.

    ``None`` or "" takes a key out.
    """
    gone = {"page", *changes}
    kept = [pair for pair in _asked(context) if pair[0] not in gone]
    added = [(name, str(value)) for name, value in changes.items() if value not in (None, "")]
    return address_of([*kept, *added])
