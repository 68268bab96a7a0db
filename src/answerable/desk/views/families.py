"""Families: what was asked again and again, as a list and each with its timeline; read otherwise."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.models import Person
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.families import (
    NEWEST,
    OLDEST,
    ORDERS,
    NarrowFamilies,
    NoLongerForm,
    ObjectForm,
)
from answerable.desk.records.families import FamilyRow, FamilyShown
from answerable.desk.tables import Table, as_csv
from answerable.register.actions.objections import object_to_link, take_back_objection
from answerable.register.models import Link, Relation
from answerable.register.queries import families as queries
from answerable.register.queries import links as link_queries
from answerable.register.queries import recommendations, undertakings
from answerable.register.queries.families import Outline
from answerable.register.queries.keys import these
from answerable.register.queries.listing import Narrowing, known_to, listed
from answerable.register.queries.remembered import Memory
from answerable.register.rules import objections as rules

A_PAGE = 25
HEADINGS = (
    "Family", "Words of the first", "Times asked", "Recommendations", "First asked", "Last asked",
    "Age in days", "Asked of", "Address here",
)  # fmt: skip


@require_safe
def listing(request: Request) -> HttpResponseBase:
    """Every family that the person may know of, narrowed and ordered by the address."""
    person, today, memory = request.user, timezone.localdate(), Memory()
    every = queries.outlines(person)
    form = NarrowFamilies(request.GET, bodies=known_to(person, memory).bodies)
    words, body = form.narrowing()
    order = request.GET.get("sort", "")
    found = _ordered(_narrowed(person, every, words, body, today, memory), order)
    if request.GET.get("format") == "csv":
        return as_csv("families", Table(HEADINGS, _lines(request, found, today)))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "narrow": form,
        "narrowed": bool(words.strip() or body),
        "page": page,
        "rows": _rows(person, list(page.object_list), today),
        "sort": order if order in ORDERS else "",
        "orders": ORDERS.items(),
    }
    return render(request, "desk/families/list.html", context)


def _narrowed(
    person: Person,
    every: Sequence[Outline],
    words: str,
    body: int | None,
    today: date,
    memory: Memory,
) -> list[Outline]:
    """Families of which one member fits."""
    found = list(every)
    if words.strip() or body:
        asked = listed(person, Narrowing(words=words, body=body), today, memory)
        fitting = set(asked.order_by().values_list("pk", flat=True))
        found = [one for one in found if not fitting.isdisjoint(one.keys)]
    return found


def _ordered(found: list[Outline], order: str) -> list[Outline]:
    """As it is asked for; those that are alike in that, the oldest first."""
    if order == OLDEST:
        return found
    if order == NEWEST:
        return sorted(found, key=lambda one: one.last_on, reverse=True)
    return sorted(found, key=lambda one: -one.times)


def _rows(person: Person, outlines: list[Outline], today: date) -> list[FamilyRow]:
    families = queries.load([one.keys for one in outlines], person)
    bodies = _bodies(person, [pk for one in outlines for pk in one.keys])
    return [
        FamilyRow(outline, family, _named(outline, bodies), today)
        for outline, family in zip(outlines, families, strict=True)
    ]


def _bodies(person: Person, keys: Iterable[int]) -> dict[int, list[str]]:
    """Whom each was asked of, as the person may know it."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = undertakings.seen_by(person).filter(recommendation__in=these(keys)).order_by("pk")
    for pk, name in rows.values_list("recommendation_id", "body__name"):
        found[pk].append(name)
    return found


def _named(outline: Outline, bodies: dict[int, list[str]]) -> list[str]:
    return list(dict.fromkeys(name for pk in outline.keys for name in bodies.get(pk, ())))


def _lines(request: Request, found: list[Outline], today: date) -> Iterator[tuple[Any, ...]]:
    for first in range(0, len(found), 500):
        for row in _rows(request.user, found[first : first + 500], today):
            yield (
                row.reference,
                recommendations.words_of(row.family.first),
                row.outline.times,
                len(row.outline.keys),
                row.first,
                row.last,
                row.days,
                "; ".join(row.bodies),
                request.build_absolute_uri(row.href),
            )


@require_safe
def show(request: Request, reference: str) -> HttpResponse:
    """A family: how often it was asked, when, of whom, what came of it, and why we say so.

    It is called by its first asking. Whoever asks for another member is led there; what stands
    alone has its links.
    """
    here = recommendations.find(request.user, reference)
    family = queries.family_of(here, request.user)
    if len(family.members) < 2:
        return redirect("desk:links", reference=reference)
    if family.first.pk != here.pk:
        return redirect("desk:family", reference=family.first.reference)
    shown = FamilyShown(family, request.user, timezone.localdate())
    context = {"shown": shown, "words": recommendations.words_of(family.first), "first": here}
    return render(request, "desk/families/show.html", context)


# --- Reading a link otherwise ---------------------------------------------------------------------


def _link(request: Request, reference: str, pk: int) -> Link:
    """The link of this recommendation, if the person may know of it."""
    here = recommendations.find(request.user, reference)
    found = next((one for one in link_queries.links_of(request.user, here) if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def object_to(request: Request, reference: str, pk: int) -> HttpResponse:
    """Say how one reads a link that another signed."""
    link = _link(request, reference, pk)
    rules.check_may_object(request.user, link)
    form = ObjectForm(posted(request), link=link)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "link": link, **form.cleaned_data}
        if attempt(form, object_to_link, **given):
            messages.success(request, "Your reading stands beside the link. It undoes nothing.")
            return redirect("desk:links", reference=reference)
    return render(request, "desk/families/object.html", _about(form, reference, link))


@require_http_methods(["GET", "POST"])
def no_longer(request: Request, reference: str, pk: int, objection: int) -> HttpResponse:
    """Take back that one reads a link otherwise."""
    link = _link(request, reference, pk)
    found = next((one for one in link.objections.all() if one.pk == objection), None)
    if found is None:
        raise Http404
    rules.check_may_take_back(request.user, found)
    form = NoLongerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "objection": found, **form.cleaned_data}
        if attempt(form, take_back_objection, **given):
            messages.success(request, "Taken back. What you wrote stays to be read.")
            return redirect("desk:links", reference=reference)
    context = _about(form, reference, link) | {"objection": found}
    return render(request, "desk/families/no_longer.html", context)


def _about(form: object, reference: str, link: Link) -> dict[str, Any]:
    return {
        "form": form,
        "link": link,
        "relation": Relation(link.relation).label,
        "earlier_words": recommendations.words_of(link.earlier),
        "later_words": recommendations.words_of(link.later),
        "back_href": reverse("desk:links", args=[reference]),
    }
