"""The office's own themes: the list, what stands under each, and what the record suggests."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.rules import Permission
from answerable.desk import history
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.themes import FindForm, RetireForm, TakeForm, ThemeForm, initial_of
from answerable.desk.records.offers import name_of, offer, why_not
from answerable.desk.records.themes import Pick, offers_of, picks, suggestions_shown
from answerable.gaps.actions.themes import (
    add_theme,
    change_theme,
    put_under_theme,
    retire_theme,
    take_out_of_theme,
)
from answerable.gaps.models import Theme
from answerable.gaps.queries import themes as queries
from answerable.gaps.queries.themes import Suggestion
from answerable.gaps.rules import themes as rules
from answerable.html import Form
from answerable.html.times import plural
from answerable.register.queries.listing import Narrowing, listed

A_PAGE = 50
SUGGESTED = 6
"""So many suggestions stand on one page."""


@require_safe
def listing(request: Request) -> HttpResponse:
    """Every theme with how much stands under it; those in use first."""
    rules.check_may_see(request.user)
    found = list(queries.every())
    context = {
        "themes": [one for one in found if not one.retired_at],
        "retired": [one for one in found if one.retired_at],
        "loose": queries.without_theme().count(),
        "offer": offer(
            request.user,
            Permission.THEME_KEEP,
            "Add a theme",
            reverse("desk:new_theme"),
            lambda: rules.check_may_keep(request.user),
        ),
    }
    return render(request, "desk/themes/list.html", context)


def _found(request: Request, slug: str) -> Theme:
    rules.check_may_see(request.user)
    theme = queries.find(slug)
    if theme is None:
        raise Http404
    return theme


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Add a theme."""
    rules.check_may_see(request.user)
    rules.check_may_keep(request.user)
    form = ThemeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        theme = attempt(form, add_theme, by=request.user, **form.cleaned_data)
        if theme is not None:
            messages.success(request, f"{theme.name} is on the list. Put recommendations under it.")
            return redirect("desk:fill_theme", slug=theme.slug)
    context = {"form": form, "back_href": reverse("desk:themes"), "back": "Themes"}
    return render(request, "desk/themes/form.html", {**context, "title": "Add a theme"})


@require_http_methods(["GET", "POST"])
def show(request: Request, slug: str) -> HttpResponse:
    """One theme: what stands under it; tick and take out."""
    theme = _found(request, slug)
    form = Form(posted(request))
    if request.method == "POST":
        rules.check_may_change(request.user, theme)
        chosen = [int(pk) for pk in request.POST.getlist("member") if pk.isdecimal()]
        members = queries.members_as_they_stand(theme, chosen)
        form.is_valid()
        if attempt(form, take_out_of_theme, by=request.user, theme=theme, members=members):
            said = f"{plural(len(members), 'recommendation')} taken out of {theme.name}."
            messages.success(request, said)
            return redirect("desk:theme", slug=slug)
    page = Paginator(queries.members_of(theme), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "theme": theme,
        "form": form,
        "page": page,
        "picks": [Pick(str(m.pk), f"member-{m.pk}", m.recommendation) for m in page.object_list],
        "offers": offers_of(request.user, theme),
        "may_change": not why_not(lambda: rules.check_may_change(request.user, theme)),
        "added_by": name_of(theme.added_by),
        "retired_by": name_of(theme.retired_by),
        "lines": history.lines_of(theme),
    }
    return render(request, "desk/themes/show.html", context)


@require_http_methods(["GET", "POST"])
def put(request: Request, slug: str) -> HttpResponse:
    """Tick recommendations and put them under a theme."""
    theme = _found(request, slug)
    rules.check_may_change(request.user, theme)
    ticked = request.POST.getlist("recommendation")
    form = Form(posted(request))
    if request.method == "POST":
        form.is_valid()
        chosen = list(queries.with_references(ticked))
        given = {"by": request.user, "theme": theme, "recommendations": chosen}
        made = attempt(form, put_under_theme, **given)
        if made is not None:
            said = f"{plural(len(made), 'recommendation')} put under {theme.name}."
            messages.success(request, said)
            return redirect("desk:theme", slug=slug)
    find = FindForm(request.GET)
    words, loose = find.asked()
    found = listed(request.user, Narrowing(words=words, order="oldest"), timezone.localdate())
    found = found.filter(withdrawn_at__isnull=True).exclude(
        pk__in=queries.members_of(theme).order_by().values("recommendation")
    )
    if loose:
        found = found.filter(pk__in=queries.without_theme().order_by().values("pk"))
    found = found.select_related("report").prefetch_related("corrections")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "theme": theme,
        "form": form,
        "find": find,
        "page": page,
        "picks": picks(page.object_list, ticked),
    }
    return render(request, "desk/themes/put.html", context)


@require_http_methods(["GET", "POST"])
def change(request: Request, slug: str) -> HttpResponse:
    """Give a theme another name or description."""
    theme = _found(request, slug)
    rules.check_may_change(request.user, theme)
    form = ThemeForm(posted(request), initial=initial_of(theme))
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "theme": theme, **form.cleaned_data}
        if attempt(form, change_theme, **given):
            messages.success(request, "The theme is changed. Its address stays as it was.")
            return redirect("desk:theme", slug=slug)
    context = {"form": form, "back_href": reverse("desk:theme", args=[slug]), "back": theme.name}
    return render(request, "desk/themes/form.html", {**context, "title": "Change a theme"})


@require_http_methods(["GET", "POST"])
def retire(request: Request, slug: str) -> HttpResponse:
    """Use a theme no longer."""
    theme = _found(request, slug)
    rules.check_may_change(request.user, theme)
    form = RetireForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "theme": theme, **form.cleaned_data}
        if attempt(form, retire_theme, **given):
            messages.success(request, f"{theme.name} is retired. It stays to be read.")
            return redirect("desk:themes")
    return render(request, "desk/themes/retire.html", {"form": form, "theme": theme})


# --- Suggestions ----------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def suggested(request: Request) -> HttpResponse:
    """What the record suggests: each can be taken under another name, in part, or left."""
    rules.check_may_see(request.user)
    rules.check_may_keep(request.user)
    if request.method == "POST":
        return _take(request)
    page = Paginator(queries.suggestions(), SUGGESTED).get_page(request.GET.get("page"))
    shown = suggestions_shown(page.object_list, _form_of)
    context = {"page": page, "shown": shown, "loose": queries.without_theme().count()}
    return render(request, "desk/themes/suggested.html", context)


def _form_of(suggestion: Suggestion) -> TakeForm:
    return TakeForm(initial={"name": suggestion.name}, auto_id=f"id_{suggestion.references[0]}_%s")


def _take(request: Request) -> HttpResponse:
    """Make the theme that was suggested; what is wrong with it is asked about on a page of its own."""
    form = TakeForm(request.POST)
    ticked = request.POST.getlist("recommendation")
    if form.is_valid():
        chosen = list(queries.with_references(ticked))
        given = {"by": request.user, "recommendations": chosen, **form.cleaned_data}
        theme = attempt(form, add_theme, **given)
        if theme is not None:
            said = f"{theme.name} is on the list, with {plural(len(chosen), 'recommendation')}."
            messages.success(request, said)
            return redirect("desk:theme", slug=theme.slug)
    offered = queries.with_references(request.POST.getlist("offered"))
    found = offered.select_related("report").prefetch_related("corrections")
    context = {"form": form, "picks": picks(found, ticked)}
    return render(request, "desk/themes/take.html", context)
