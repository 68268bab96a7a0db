"""Opinions: everything to judge by on one page, signing there, and taking one back."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from answerable.accounts.gate import Request
from answerable.assurance.actions.opinions import sign_opinion, withdraw_opinion
from answerable.assurance.models import Judgement, Opinion
from answerable.assurance.queries import seen as seen_queries
from answerable.assurance.queries.closing import standing_closure
from answerable.assurance.queries.opinions import opinions_of
from answerable.assurance.rules import opinions as rules
from answerable.desk import proof
from answerable.desk.answers import attempt
from answerable.desk.forms.opinions import OpinionForm, WithdrawOpinionForm
from answerable.desk.records.about import about, find
from answerable.desk.records.compared import changed_since, shown_as
from answerable.desk.records.opinions import OpinionPage, material_of
from answerable.html.times import day_words
from answerable.register.models import Undertaking
from answerable.register.queries.remembered import Memory

KEPT = "opinion-typed"
"""Where a session keeps what was typed, while its person is asked to prove who they are."""
TO_PROVE = (
    "To sign, you need a password, a passkey or an authenticator app of your own here. Set one up on "
    "your page, then sign. What you typed is still below."
)


@require_http_methods(["GET", "POST"])
def opinion(request: Request, reference: str, slug: str) -> HttpResponse:
    """Read, compare, sign."""
    undertaking = find(request, reference, slug)
    if request.method == "POST":
        rules.check_may_sign(request.user, undertaking)
    material = Memory().of(("opinion", undertaking.pk), partial(material_of, undertaking))
    page = OpinionPage(material, request.user, timezone.localdate())
    signs = page.signs and not page.refused and not page.not_yet
    form, changed = _form(request, page) if signs else (None, [])
    if form is not None and request.method == "POST" and form.is_valid():
        done = _signed(request, undertaking, form)
        if done:
            return done
    if form is not None:
        _show_now(form, page)
    context = {
        **about(request, undertaking, "opinion"),
        "page": page,
        "form": form,
        "changed": changed,
        "proved": form is not None and proof.is_fresh(request),
    }
    return render(request, "desk/opinions/show.html", context)


def _form(request: Request, page: OpinionPage) -> tuple[OpinionForm, list[str]]:
    """The form, as it was sent or kept, and what has changed since its page was opened."""
    kept = request.session.get(KEPT, {})
    mine = kept.get("undertaking") == page.undertaking.pk and request.method == "GET"
    if request.method == "GET" and not mine:
        return OpinionForm(), []
    data = kept["typed"] if mine else request.POST
    form = OpinionForm(data)
    changed = changed_since(data.get("shown", ""), page.whole.seen, named=page.may_see_evidence)
    if data.get("digest") == seen_queries.digest_of(page.whole.seen):
        changed = []
    return form, changed


def _show_now(form: OpinionForm, page: OpinionPage) -> None:
    """The hidden fields of the form say what the page shows now, whatever they said before."""
    now = {
        "digest": seen_queries.digest_of(page.whole.seen),
        "shown": shown_as(page.whole.seen),
    }
    if form.is_bound:
        form.data = {**{name: form.data.get(name, "") for name in form.data}, **now}
    else:
        form.initial = {**form.initial, **now}


def _signed(request: Request, undertaking: Undertaking, form: OpinionForm) -> HttpResponse | None:
    """Signed, or sent to prove who they are; None where a rule refuses, with its sentence."""
    place = [undertaking.recommendation.reference, undertaking.body.slug]
    href = reverse("desk:opinion", args=place)
    if not proof.is_fresh(request):
        if not proof.can_prove(request):
            form.add_error(None, TO_PROVE)
            return None
        typed = {name: value for name, value in request.POST.items() if name in _names(form)}
        request.session[KEPT] = {"undertaking": undertaking.pk, "typed": typed}
        return redirect(proof.ask_href(f"{href}#sign"))
    given = {name: value for name, value in form.cleaned_data.items() if name != "shown"}
    was_closed = standing_closure(undertaking) is not None
    made = attempt(
        form,
        sign_opinion,
        by=request.user,
        undertaking=undertaking,
        proved_at=proof.proved_at(request),
        **given,
    )
    if made is None:
        return None
    request.session.pop(KEPT, None)
    messages.success(request, _signed_words(made, undertaking, was_closed=was_closed))
    return redirect(href)


def _names(form: OpinionForm) -> set[str]:
    """The names under which the form is sent: a date has three."""
    return {*form.fields, *(f"recheck_on-{part}" for part in ("day", "month", "year"))}


def _signed_words(made: Opinion, undertaking: Undertaking, *, was_closed: bool) -> str:
    said = (
        f"Your opinion is signed: {Judgement(made.judgement).label}. It is bound to exactly what this "
        f"page shows, and is void as soon as any of it changes. To be looked at again by "
        f"{day_words(made.recheck_on)}."
    )
    if was_closed and made.judgement != Judgement.ASSURED and not standing_closure(undertaking):
        said += " This was closed. It is open again, because the re-check failed."
    return said


@require_http_methods(["GET", "POST"])
def withdraw(request: Request, reference: str, slug: str, pk: int) -> HttpResponse:
    """Take an opinion back, with the reason."""
    undertaking = find(request, reference, slug)
    found = next((one for one in opinions_of(undertaking) if one.pk == pk), None)
    if found is None:
        raise Http404
    found.undertaking = undertaking
    rules.check_may_withdraw(request.user, found, "as asked below")
    form = WithdrawOpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        closed = standing_closure(undertaking) is not None
        given: dict[str, Any] = {"by": request.user, "opinion": found, **form.cleaned_data}
        if attempt(form, withdraw_opinion, **given):
            again = closed and standing_closure(undertaking) is None
            messages.success(request, WITHDRAWN + (OPEN_AGAIN if again else ""))
            return redirect("desk:opinion", reference=reference, slug=slug)
    context = {
        **about(request, undertaking, "opinion", slim=True),
        "form": form,
        "opinion": found,
        "judgement": Judgement(found.judgement).label,
        "back_href": reverse("desk:opinion", args=[reference, slug]),
    }
    return render(request, "desk/opinions/withdraw.html", context)


WITHDRAWN = "The opinion is withdrawn. It stays to be read, with your reason."
OPEN_AGAIN = " This was closed on it. It is open again."
