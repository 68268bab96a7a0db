"""Letting people in: inviting, withdrawing, and joining by the link."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts import actions, queries, rules, signin
from answerable.accounts.gate import Request, public
from answerable.accounts.models import Invitation, SecurityLine
from answerable.accounts.rules import Permission
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.people import InviteForm, JoinForm


@never_cache
@require_http_methods(["GET", "POST"])
def invite_person(request: Request) -> HttpResponse:
    """Invite a person. The link is shown on the answer, once: it is kept nowhere."""
    rules.check_may_see(request.user, Permission.PERSON_INVITE)
    form = InviteForm(posted(request))
    if form.is_valid():
        made = attempt(form, actions.invite_person, by=request.user, **form.cleaned_data)
        if made:
            invitation, link = made
            return render(
                request, "desk/people/invited.html", {"invitation": invitation, "link": link}
            )
    return render(
        request, "desk/people/invite.html", {"form": form}, status=400 if form.errors else 200
    )


@require_POST
def withdraw_invitation(request: Request, pk: int) -> HttpResponse:
    """Take an open invitation back."""
    rules.check_may_see(request.user, Permission.PERSON_INVITE)
    invitation = get_object_or_404(Invitation, pk=pk)
    actions.withdraw_invitation(by=request.user, invitation=invitation)
    messages.success(
        request, f"The invitation of {invitation.name} was withdrawn. Its link no longer works."
    )
    return redirect("desk:people")


def _no_way_in(request: HttpRequest, reason: str) -> HttpResponse:
    signin.note(request, SecurityLine.What.INVITATION_REFUSED)
    return render(request, "account/join_refused.html", {"reason": reason}, status=410)


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The invited person chooses a name and a password, and is signed in."""
    invitation = queries.invitation_for(token)
    reason = rules.reason_against(rules.check_can_accept, invitation)
    if invitation is None or reason:
        return _no_way_in(request, reason)
    form = JoinForm(posted(request), initial={"name": invitation.name}, email=invitation.email)
    if form.is_valid():
        person = attempt(form, actions.accept_invitation, by=invitation, **form.cleaned_data)
        if person:
            signin.note(request, SecurityLine.What.INVITATION_USED, person)
            messages.success(request, f"Welcome, {person.name}. Now protect your sign-in.")
            signed_in: HttpResponse = perform_login(
                request, person, redirect_url=reverse("mfa_index")
            )
            return signed_in
    context = {"form": form, "invitation": invitation}
    return render(request, "account/join.html", context, status=400 if form.errors else 200)
