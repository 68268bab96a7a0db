"""The list of bodies, and one body: its names, areas, successors and people."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from answerable.accounts import actions, queries, rules
from answerable.accounts.gate import Request
from answerable.accounts.models import Area, Body
from answerable.accounts.rules import Permission
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.bodies import (
    AreaForm,
    BodiesFilter,
    BodyForm,
    SeenForm,
    SuccessionForm,
)
from answerable.desk.history import lines_of
from answerable.handover.queries.known import handovers_of

BODIES_A_PAGE = 50


@require_GET
def bodies(request: Request) -> HttpResponse:
    """Every body, in whatever name it was looked for."""
    form = BodiesFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    found = queries.bodies(
        words=chosen.get("q", ""),
        kind=chosen.get("kind", ""),
        exists=chosen.get("exists", ""),
        today=timezone.localdate(),
    )
    page = Paginator(found, BODIES_A_PAGE).get_page(request.GET.get("page"))
    why_not = rules.reason_against(rules.check_may, request.user, Permission.BODY_KEEP)
    context = {"form": form, "page": page, "why_not": why_not}
    return render(request, "desk/bodies/list.html", context)


@require_GET
def body(request: Request, slug: str) -> HttpResponse:
    """One body."""
    found = get_object_or_404(Body, slug=slug)
    may_see = rules.may(request.user, Permission.PERSON_READ)
    return render(
        request,
        "desk/bodies/body.html",
        {
            "body": found,
            "names": found.other_names.all(),
            "areas": found.areas.all(),
            "successions": found.successions.select_related("successor"),
            "precedents": found.precedents.select_related("predecessor"),
            "people": queries.people(body=found) if may_see else None,
            "why_not": rules.reason_against(rules.check_may, request.user, Permission.BODY_KEEP),
            "lines": lines_of(found),
            "handovers": handovers_of(found),
        },
    )


@require_http_methods(["GET", "POST"])
def new_body(request: Request) -> HttpResponse:
    """Add a body."""
    rules.check_may(request.user, Permission.BODY_KEEP)
    # A page that met a name which no body bears offers it here.
    form = BodyForm(posted(request), initial={"name": request.GET.get("name", "")[:200]})
    if form.is_valid():
        added = attempt(form, actions.add_body, by=request.user, **form.details())
        if added:
            messages.success(request, f"{added.name} was added.")
            return redirect("desk:body", slug=added.slug)
    context = {"form": form}
    return render(request, "desk/bodies/new.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_body(request: Request, slug: str) -> HttpResponse:
    """Change a body's details; who has not seen the newest state is shown it first."""
    rules.check_may(request.user, Permission.BODY_KEEP)
    found = get_object_or_404(Body, slug=slug)
    form = BodyForm(request.POST) if request.method == "POST" else BodyForm.of(found)
    if form.is_valid():
        given = {"by": request.user, "body": found, "seen": form.seen_version()}
        if attempt(form, actions.change_body, **given, **form.details()):
            messages.success(request, "The details were changed.")
            return redirect("desk:body", slug=slug)
    context = {"form": form, "body": found, "overtaken": _overtaken(form, found)}
    return render(request, "desk/bodies/change.html", context, status=400 if form.errors else 200)


def _overtaken(form: SeenForm, body: Body) -> bool:
    """Whether somebody changed the body since the form was opened; from now on it was seen."""
    if not form.is_bound or form.cleaned_data.get("seen") == body.version:
        return False
    form.see(body.version)
    return True


@require_http_methods(["GET", "POST"])
def add_area(request: Request, slug: str) -> HttpResponse:
    """Add an area to a body."""
    rules.check_may(request.user, Permission.BODY_KEEP)
    found = get_object_or_404(Body, slug=slug)
    form = AreaForm(posted(request))
    if form.is_valid():
        added = attempt(form, actions.add_area, by=request.user, body=found, **form.details())
        if added:
            messages.success(request, f"{added.name} was added.")
            return redirect("desk:body", slug=slug)
    context = {"form": form, "body": found}
    return render(request, "desk/bodies/area.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_area(request: Request, slug: str, area: str) -> HttpResponse:
    """Rename an area, or give it dates."""
    rules.check_may(request.user, Permission.BODY_KEEP)
    row = get_object_or_404(Area.objects.select_related("body"), body__slug=slug, slug=area)
    now = {"name": row.name, "begins_on": row.begins_on, "ends_on": row.ends_on}
    form = AreaForm(posted(request), initial={**now, "seen": row.body.version})
    if form.is_valid():
        given = {"by": request.user, "area": row, "seen": form.seen_version()}
        if attempt(form, actions.change_area, **given, **form.details()):
            messages.success(request, "The area was changed.")
            return redirect("desk:body", slug=slug)
    context = {"form": form, "body": row.body, "area": row, "overtaken": _overtaken(form, row.body)}
    return render(request, "desk/bodies/area.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def succeed_body(request: Request, slug: str) -> HttpResponse:
    """Record which body took over."""
    rules.check_may(request.user, Permission.BODY_KEEP)
    found = get_object_or_404(Body, slug=slug)
    form = SuccessionForm(posted(request), body=found)
    if form.is_valid():
        done = attempt(form, actions.succeed_body, by=request.user, body=found, **form.cleaned_data)
        if done:
            messages.success(request, f"{done.successor.name} follows {found.name}.")
            return redirect("desk:body", slug=slug)
    context = {"form": form, "body": found}
    return render(
        request, "desk/bodies/successor.html", context, status=400 if form.errors else 200
    )
