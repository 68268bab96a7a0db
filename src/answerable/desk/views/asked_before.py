"""Has this been asked before? Words that may be in no report yet, compared with everything."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from answerable.accounts.gate import Request
from answerable.accounts.rules import Permission, check_may, is_of_office
from answerable.desk.answers import posted
from answerable.desk.forms.likenesses import AskForm
from answerable.desk.records.asked_before import found_for


@require_http_methods(["GET", "POST"])
def asked_before(request: Request) -> HttpResponse:
    """The box, and what is like what was typed. The words come by POST: no address or log has them."""
    check_may(request.user, Permission.RECOMMENDATION_READ)
    form = AskForm(posted(request))
    found = None
    if request.method == "POST" and form.is_valid():
        found = found_for(request.user, form.cleaned_data["words"], timezone.localdate())
    context = {"form": form, "found": found, "in_office": is_of_office(request.user)}
    return render(request, "desk/likenesses/ask.html", context)
