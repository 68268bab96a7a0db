"""The doors of the site: closed by default, and refusals answered in words."""

import time
from collections.abc import Callable

from allauth.usersessions.middleware import UserSessionsMiddleware
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from answerable.accounts.models import Person
from answerable.accounts.rules import NotTheirs, Refused


class Request(HttpRequest):
    """What a view behind the gate is asked with: whoever asks has signed in."""

    user: Person


View = Callable[..., HttpResponse]
GetResponse = Callable[[HttpRequest], HttpResponse]


def public(view: View) -> View:
    """Mark a view as open to everyone. Whatever is not marked needs sign-in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def is_public(view: View) -> bool:
    """Whether a page needs no sign-in."""
    if getattr(view, "is_public", False):
        return True
    # Pages of the sign-in library that must be reachable before signing in.
    return view.__module__.startswith("allauth.") or view.__module__.startswith(
        "django.contrib.staticfiles"
    )


class ClosedByDefault:
    """Sends whoever has not signed in to the sign-in page, unless the view is marked public."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Asked by Django once the view is known."""
        if is_public(view) or request.user.is_authenticated:
            return None
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)


class RefusalsInWords:
    """Answers a refusal that no form has caught: 403 with its sentence, 404 for what is not theirs."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before the view is known."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Asked by Django when a view raised ``error``."""
        if isinstance(error, NotTheirs):
            raise Http404
        if isinstance(error, Refused):
            return render(request, "403.html", {"reason": error.sentence}, status=403)
        return None


class SeenNowAndThen(UserSessionsMiddleware):
    """Keeps when each session was last seen, without a write on every page."""

    EVERY = 300
    """Seconds after which a session that is used is written down again."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Written down by the library only when it is due; the session itself knows when that is."""
        now = int(time.time())
        due = now - request.session.get("seen_at", 0) >= self.EVERY
        if due and request.user.is_authenticated:
            request.session["seen_at"] = now
            UserSession.objects.create_from_request(request)
        response: HttpResponse = self.get_response(request)
        return response
