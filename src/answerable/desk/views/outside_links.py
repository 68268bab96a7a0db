"""Links to what other offices keep: signed with their address, taken back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from answerable.accounts.gate import Request
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.links import TakeBackForm
from answerable.desk.forms.outside_links import OutsideLinkForm
from answerable.register.actions.outside_links import sign_outside_link, take_back_outside_link
from answerable.register.models import Relation
from answerable.register.queries import recommendations
from answerable.register.queries.outside_links import outside_links_of
from answerable.register.rules import outside_links as rules


@require_http_methods(["GET", "POST"])
def sign(request: Request, reference: str) -> HttpResponse:
    """Sign how a recommendation stands to one that another office keeps."""
    here = recommendations.find(request.user, reference)
    rules.check_may_sign(request.user, here)
    form = OutsideLinkForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "recommendation": here, **form.cleaned_data}
        link = attempt(form, sign_outside_link, **given)
        if link:
            relation = Relation(link.relation).label
            said = f"Signed: {reference} {relation} {link.theirs} of {link.office}."
            messages.success(request, f"{said} Nothing was sent to them.")
            return redirect("desk:links", reference=reference)
    context = {
        "form": form,
        "recommendation": here,
        "words": recommendations.words_of(here),
        "back_href": reverse("desk:links", args=[reference]),
    }
    return render(request, "desk/links/outside.html", context)


@require_http_methods(["GET", "POST"])
def take_back(request: Request, reference: str, pk: int) -> HttpResponse:
    """Take such a link back, with the reason."""
    here = recommendations.find(request.user, reference)
    found = next((one for one in outside_links_of(here) if one.pk == pk), None)
    if found is None:
        raise Http404
    rules.check_may_take_back(request.user, found)
    form = TakeBackForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "link": found, **form.cleaned_data}
        if attempt(form, take_back_outside_link, **given):
            said = "The link is taken back. It stays to be read, with your reason."
            messages.success(request, said)
            return redirect("desk:links", reference=reference)
    context = {
        "form": form,
        "recommendation": here,
        "outside": found,
        "relation": Relation(found.relation).label,
        "back_href": reverse("desk:links", args=[reference]),
    }
    return render(request, "desk/links/take_back_outside.html", context)
