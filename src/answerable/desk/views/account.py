"""One's own access: my page, my details, and the demo's sign-in with one click."""

from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.socialaccount.views import connections
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from answerable.accounts import actions, queries
from answerable.accounts.gate import Request, public
from answerable.accounts.rules import DOES, Permission, may
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.people import MeForm


@require_GET
def me(request: Request) -> HttpResponse:
    """Who I am here, what I may do, and how my sign-in is protected."""
    person = request.user
    return render(
        request,
        "desk/people/me.html",
        {
            "roles": [(r.label, DOES[r]) for r in sorted(queries.roles_of(person))],
            "protections": queries.protections_of(person),
            "sessions": UserSession.objects.filter(user=person).count(),
            "provider": bool(settings.SOCIALACCOUNT_PROVIDERS),
            "declares": may(person, Permission.INTEREST_DECLARE),
        },
    )


@require_http_methods(["GET", "POST"])
def change_me(request: Request) -> HttpResponse:
    """Change my name, and whether single keys act."""
    person = request.user
    form = MeForm(posted(request), initial={"name": person.name, "shortcuts": person.shortcuts})
    if form.is_valid():
        changed = attempt(form, actions.change_own_details, by=person, **form.cleaned_data)
        if changed:
            messages.success(request, "Your details were changed.")
            return redirect("desk:me")
    context = {"form": form}
    return render(
        request, "desk/people/change_me.html", context, status=400 if form.errors else 200
    )


@public
@require_http_methods(["GET", "POST"])
def demo_people(request: HttpRequest) -> HttpResponse:
    """Everyone of the example world; one click signs in as them. There is no such page elsewhere."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        return _sign_in_as(request, request.POST.get("person", ""))
    people = [(p, [DOES[h.role] for h in p.held_now]) for p in queries.demo_people()]  # type: ignore[attr-defined]
    return render(request, "account/demo_people.html", {"people": people})


def _sign_in_as(request: HttpRequest, chosen: str) -> HttpResponse:
    try:
        person = get_object_or_404(queries.demo_people(), pk=UUID(chosen))
    except ValueError as error:
        raise Http404 from error
    adapter = get_adapter(request)
    if request.user.is_authenticated:
        adapter.logout(request)
    adapter.login(request, person)
    return adapter.post_login(
        request,
        person,
        email_verification="none",
        signal_kwargs=None,
        email=None,
        signup=False,
        redirect_url=None,
    )


def closed(request: HttpRequest, **address: str) -> HttpResponse:
    """Pages of the sign-in library that have no use here: nobody signs up or changes address alone."""
    raise Http404


def provider(request: HttpRequest) -> HttpResponseBase:
    """The connection to a provider, where there is one."""
    if not settings.SOCIALACCOUNT_PROVIDERS:
        raise Http404
    return connections(request)
