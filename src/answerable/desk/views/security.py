"""The administrator's security log."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from answerable.accounts import actions, queries, rules
from answerable.accounts.gate import Request
from answerable.accounts.rules import Permission
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.people import PruneForm, SecurityFilter

LINES_A_PAGE = 50


@require_GET
def security_log(request: Request) -> HttpResponse:
    """Sign-ins, failures and changes to how people sign in, newest first."""
    rules.check_may_see(request.user, Permission.SECURITY_READ)
    form = SecurityFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    found = queries.security_lines(
        what=chosen.get("what", ""), person=chosen.get("who"), since=chosen.get("since")
    )
    page = Paginator(found, LINES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/people/security.html", {"form": form, "page": page})


@require_http_methods(["GET", "POST"])
def prune_security_log(request: Request) -> HttpResponse:
    """Remove old lines."""
    rules.check_may_see(request.user, Permission.SECURITY_READ)
    form = PruneForm(posted(request))
    if form.is_valid():
        count = attempt(form, actions.prune_security_log, by=request.user, **form.cleaned_data)
        if count is not None:
            messages.success(request, f"Lines removed from the security log: {count}.")
            return redirect("desk:security_log")
    return render(request, "desk/people/prune.html", {"form": form})
