"""All that was asked of one body, where it overlaps, and one claim written for several of it."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.models import Body
from answerable.accounts.rules import Permission, check_may_for, is_of_office
from answerable.assurance.actions.undoing import make_claims
from answerable.assurance.queries import asked as queries
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.asked import AllOf, NarrowAsked
from answerable.desk.forms.claims import ClaimForm
from answerable.desk.forms.people import sentence_case
from answerable.desk.records.asked import (
    LineShown,
    Several,
    lines_for,
    opened_again,
    several,
    shown_groups,
)
from answerable.desk.records.offers import why_not
from answerable.html.times import plural
from answerable.plan.models import Rung
from answerable.plan.queries import listing
from answerable.plan.rules import claims as rules
from answerable.register.models import Undertaking
from answerable.register.queries.remembered import Memory

A_PAGE = 25
READ = "lines"
"""What the page sends along once its lines were shown: what comes back was read line by line."""
AGAIN = "again"
"""What it sends to write anew what is said of all."""
SIGN_OFF = {
    "signed_off_name": "Enter who signed this off",
    "signed_off_role": "Enter their post",
}
LEFT = ("csrfmiddlewaretoken", READ, AGAIN)


@require_safe
def asked(request: Request, slug: str) -> HttpResponse:
    """Everything that was asked of one body, over all who ask, in groups of its choosing."""
    body, today, memory = listing.find_plan(request.user, slug), timezone.localdate(), Memory()
    every = queries.all_asked(body, memory)
    form = NarrowAsked(request.GET, every=every)
    narrowing = form.narrowing()
    found = queries.narrowed(every, narrowing)
    page = Paginator(queries.grouped(found, form.group), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "body": body,
        "form": form,
        "page": page,
        "total": len(found),
        "asking": len({one.overseer for one in found}),
        "narrowed": not narrowing.is_empty,
        "groups": shown_groups(list(page), body, request.user, today, memory),
        "may_claim": not why_not(partial(_check_may_claim, request, body)),
        "may_hand_in": not why_not(
            partial(check_may_for, request.user, Permission.EVIDENCE_ADD, body)
        ),
        "most": rules.MOST_AT_ONCE,
        "in_office": is_of_office(request.user),
    }
    return render(request, "desk/asked/list.html", context)


def _check_may_claim(request: Request, body: Body) -> None:
    check_may_for(request.user, Permission.CLAIM_MAKE, body)


# --- One claim for many -----------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def claim(request: Request, slug: str) -> HttpResponse:
    """Write a claim once; then read it, in its own words, for each recommendation."""
    body = listing.find_plan(request.user, slug)
    _check_may_claim(request, body)
    chosen = queries.chosen(body, _asked_for(request))
    if sentence := why_not(partial(rules.check_several, chosen)):
        messages.warning(request, sentence)
        return redirect("desk:asked", slug)
    these = several(chosen)
    form = _form(request, these)
    lines: list[LineShown] = []
    if _is_sent(request) and form.is_valid() and _fits(form, these):
        lines = _lines(request, form, these)
        if READ in request.POST and _are_right(request, form, lines, these):
            return redirect("desk:asked", slug)
    return render(request, "desk/asked/claim.html", _context(request, body, form, lines, chosen))


def _is_sent(request: HttpRequest) -> bool:
    return request.method == "POST" and AGAIN not in request.POST


def _asked_for(request: HttpRequest) -> list[str]:
    """The references that the address names, as ``?for=R-0001/slug`` or ``?for=R-0001``."""
    return [named.partition("/")[0] for named in request.GET.getlist("for")]


def _form(request: Request, these: Several) -> ClaimForm:
    """What is said of all: as the form of one claim."""
    return ClaimForm(
        posted(request),
        person=request.user,
        undertaking=these.undertakings[0],
        before=these.may_slip,
        test=these.a_test,
        now=these.mark,
    )


def _fits(form: ClaimForm, these: Several) -> bool:
    """Whether the day from which something slipped back is there exactly where something does."""
    rung, slipped_on = form.cleaned_data["rung"], form.cleaned_data.get("slipped_on")
    slipping = [one for one in these.undertakings if these.slips(one, rung)]
    if slipping and slipped_on is None:
        names = " and ".join(one.recommendation.reference for one in slipping)
        form.add_error("slipped_on", f"{names} would slip back. Say from which day.")
    if slipped_on and not slipping:
        form.add_error("slipped_on", "Nothing slips back with this claim.")
    if rung in rules.REASONED and not form.cleaned_data["reason"].strip():
        form.add_error("reason", "Say why. You can say it differently for each afterwards.")
    if rung in rules.SIGNED_OFF:
        for name, sentence in SIGN_OFF.items():
            if not form.cleaned_data.get(name):
                form.add_error(name, sentence)
    return not form.errors


def _lines(request: Request, form: ClaimForm, these: Several) -> list[LineShown]:
    typed = request.POST if READ in request.POST else None
    return lines_for(these, request.user, form.cleaned_data, timezone.localdate(), typed)


def _are_right(
    request: Request, form: ClaimForm, lines: Sequence[LineShown], these: Several
) -> bool:
    """Enter all of them, or none: then what was typed stands there with what is wrong."""
    said = list(_said(request, form, lines, these))
    if not said or form.errors or any(line.form and line.form.errors for line in lines):
        return False
    made = attempt(form, make_claims, by=request.user, claims=said)
    if made is None:
        return False
    names = ", ".join(one.undertaking.recommendation.reference for one in (c.claim for c in made))
    messages.success(
        request,
        f"{plural(len(made), 'claim')} entered: {names}. Each is the body’s own word, and says "
        f"nothing of what someone independent has seen.{opened_again(made)}",
    )
    return True


def _said(
    request: Request, form: ClaimForm, lines: Sequence[LineShown], these: Several
) -> Iterator[tuple[Undertaking, dict[str, Any]]]:
    """What is claimed for each line that can be claimed; what a rule has against it stands in it."""
    common = form.cleaned_data
    for line in lines:
        if line.form is None or not line.form.is_valid():
            continue
        own = line.form.cleaned_data
        slips = these.slips(line.undertaking, common["rung"])
        said = {
            "rung": common["rung"],
            "words": own["words"],
            "reason": own.get("reason", common["reason"]),
            "signed_off_name": common["signed_off_name"],
            "signed_off_role": common["signed_off_role"],
            "slipped_on": common.get("slipped_on") if slips else None,
        }
        attempt(line.form, _check, by=request.user, undertaking=line.undertaking, said=said)
        if not line.form.errors:
            yield line.undertaking, said


def _check(*, by: Any, undertaking: Undertaking, said: dict[str, Any]) -> bool:
    """What the act itself will ask of this line."""
    rules.check_all(
        by,
        undertaking,
        said["rung"],
        words=said["words"],
        reason=said["reason"],
        sign_off=(said["signed_off_name"], said["signed_off_role"]),
        slipped_on=said["slipped_on"],
        today=timezone.localdate(),
    )
    return True


def _context(
    request: Request,
    body: Body,
    form: ClaimForm,
    lines: Sequence[LineShown],
    chosen: Sequence[Undertaking],
) -> dict[str, Any]:
    kept = [line for line in lines if line.form]
    carried = [
        (name, value)
        for name in form.data
        if name not in LEFT and "R-" not in name
        for value in form.data.getlist(name)  # type: ignore[attr-defined]
    ]
    common = form.cleaned_data if lines else {}
    return {
        "body": body,
        "form": form,
        "lines": kept,
        "left_out": [line for line in lines if not line.form],
        "every": AllOf(form, *(line.form for line in kept if line.form)),
        "chosen": chosen,
        "carried": carried,
        "rung": sentence_case(Rung(common["rung"]).label) if common else "",
        "common": common,
        "read": READ,
        "back_href": reverse("desk:asked", args=[body.slug]),
    }
