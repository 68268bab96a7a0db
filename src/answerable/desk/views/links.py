"""Links between recommendations: signed with a reason, shown with their family, taken back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from answerable.accounts.gate import Request
from answerable.accounts.rules import NotTheirs
from answerable.assurance.actions.undoing import Linked, sign_link
from answerable.assurance.models import Reopening
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.links import FindForm, LinkForm, TakeBackForm, initial
from answerable.desk.records.likenesses import may_repeat
from answerable.desk.records.links import Asked, LinksShown, choices, in_order
from answerable.desk.records.outside_links import outside_of
from answerable.register.actions.links import take_back_link
from answerable.register.models import Recommendation, Relation
from answerable.register.queries import links as queries
from answerable.register.queries import recommendations
from answerable.register.queries.likeness import waiting_beside
from answerable.register.queries.listing import Narrowing, listed
from answerable.register.rules import links as rules

MOST_FOUND = 8
"""So many are shown of what a search found: whoever has more adds a word."""


@require_http_methods(["GET", "POST"])
def links(request: Request, reference: str) -> HttpResponse:
    """Everything that joins a recommendation to others, and the form for one more link."""
    here = recommendations.find(request.user, reference, waiting=waiting_beside())
    if request.method == "POST":
        rules.check_may_sign(request.user, here, here)
    shown = LinksShown(here, request.user, timezone.localdate())
    signs = shown.sign is not None and not shown.sign.refused
    form = LinkForm(posted(request), initial=initial(request.GET.get("other", "")))
    if signs and request.method == "POST" and form.is_valid():
        done = _sign(request, here, form)
        if done:
            messages.success(request, signed_words(done))
            return redirect("desk:links", reference=reference)
    find = FindForm(request.GET or None)
    context = {
        "recommendation": here,
        "words": recommendations.words_of(here),
        "shown": shown,
        "repeat": may_repeat(request.user, here),
        "outside": outside_of(request.user, here),
        "form": form if signs else None,
        "find": find,
        "found": _found(request, here, find.words()) if signs else [],
        "back_href": reverse("desk:recommendation", args=[reference]),
    }
    return render(request, "desk/links/show.html", context)


def _found(request: Request, here: Recommendation, words: str) -> list[Asked]:
    """What the words find, to choose from."""
    if not words.strip():
        return []
    rows = listed(request.user, Narrowing(words=words), timezone.localdate())
    rows = rows.select_related("report").prefetch_related("corrections")
    return choices(list(rows[: MOST_FOUND + 1]), here)[:MOST_FOUND]


def _sign(request: Request, here: Recommendation, form: LinkForm) -> Linked | None:
    given = dict(form.cleaned_data)
    try:
        other = recommendations.find(request.user, given.pop("other"))
    except NotTheirs:
        form.add_error("other", "There is no recommendation with this reference.")
        return None
    earlier, later = in_order(here, other)
    return attempt(form, sign_link, by=request.user, earlier=earlier, later=later, **given)


def signed_words(done: Linked) -> str:
    """What was signed, and what it opened again, to be told once it is done."""
    link = done.link
    relation = Relation(link.relation).label
    said = f"Signed: {link.later.reference} {relation} {link.earlier.reference}."
    return f"{said}{_again_words(done.reopened)}"


def _again_words(reopened: tuple[Reopening, ...]) -> str:
    """What the link opened again, in a sentence; nothing where it opened nothing."""
    if not reopened:
        return ""
    undertakings = [one.closure.undertaking for one in reopened]
    of = " and ".join(sorted(u.body.name for u in undertakings))
    reference = undertakings[0].recommendation.reference
    return f" {reference} was closed for {of}. It is open again, because it is asked for again."


@require_http_methods(["GET", "POST"])
def take_back(request: Request, reference: str, pk: int) -> HttpResponse:
    """Take a link back, with the reason."""
    here = recommendations.find(request.user, reference)
    found = next((one for one in queries.links_of(request.user, here) if one.pk == pk), None)
    if found is None:
        raise Http404
    rules.check_may_take_back(request.user, found)
    form = TakeBackForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "link": found, **form.cleaned_data}
        if attempt(form, take_back_link, **given):
            said = "The link is taken back. It stays to be read, with your reason."
            messages.success(request, said)
            return redirect("desk:links", reference=reference)
    context = {
        "form": form,
        "recommendation": here,
        "link": found,
        "relation": Relation(found.relation).label,
        "back_href": reverse("desk:links", args=[reference]),
    }
    return render(request, "desk/links/take_back.html", context)
