"""What may have been asked before: proposals in order, two side by side, and what a person decides."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.gate import Request
from answerable.assurance.actions.undoing import sign_link
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.likenesses import UNALIKE, DecideForm, TakeBackDismissalForm
from answerable.desk.records.beside import Beside
from answerable.desk.records.likenesses import (
    FIRST,
    first_open,
    proposals_shown,
    with_bodies,
)
from answerable.desk.records.links import in_order
from answerable.desk.records.report_likenesses import A_FEW, ReportLikenesses
from answerable.desk.views.links import signed_words
from answerable.register.actions.likeness import dismiss_likeness, take_back_dismissal
from answerable.register.queries import dismissals, recommendations
from answerable.register.queries.remembered import Memory
from answerable.register.rules import likeness as rules
from answerable.register.rules import links as link_rules
from answerable.reports.queries import reports


@require_safe
def likenesses(request: Request, reference: str) -> HttpResponse:
    """The earlier ones that may ask for the same, likeliest first."""
    here = recommendations.find(request.user, reference)
    found = proposals_shown(request.user, here, Memory())
    shown = found if "more" in request.GET else found[:FIRST]
    context = {
        "recommendation": here,
        "words": recommendations.words_of(here),
        "shown": with_bodies(request.user, shown),
        "more": len(found) - len(shown),
        "open": sum(one.is_open for one in shown),
        "first": first_open(shown),
        "back_href": reverse("desk:recommendation", args=[reference]),
    }
    return render(request, "desk/likenesses/list.html", context)


@require_http_methods(["GET", "POST"])
def compare(request: Request, reference: str, other: str) -> HttpResponse:
    """Two side by side, and the form for what a person decides of them."""
    here = recommendations.find(request.user, reference)
    if other == reference:
        raise Http404
    both = in_order(here, recommendations.find(request.user, other))
    page = Beside(*both, request.user, Memory())
    if request.method == "POST":
        link_rules.check_may_sign(request.user, *both)
    form = DecideForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = _decide(request, page, form)
        if said:
            messages.success(request, said)
            return redirect(_onward(request, page))
    may_decide = page.decide is not None and not page.decide.refused and page.is_open
    context = {
        "page": page,
        "form": form if may_decide or form.is_bound else None,
        "recommendation": here,
        "place": _place(page),
        "following": _following(request, page),
        "back_href": _back(request, page),
    }
    return render(request, "desk/likenesses/compare.html", context)


def _decide(request: Request, page: Beside, form: DecideForm) -> str:
    """Sign the link or put the likeness aside; what was done, or nothing where it was refused."""
    given = dict(form.cleaned_data)
    if given["relation"] == UNALIKE:
        pair = {"recommendation": page.later, "other": page.earlier}
        act = {"by": request.user, "reason": given["reason"], **pair}
        if attempt(form, dismiss_likeness, **act) is None:
            return ""
        one, other = page.later.reference, page.earlier.reference
        return f"Put aside: {one} and {other} are not alike. It is kept with your reason."
    pair = {"earlier": page.earlier, "later": page.later}
    done = attempt(form, sign_link, by=request.user, **pair, **given)
    return signed_words(done) if done else ""


def _onward(request: Request, page: Beside) -> str:
    """Where to go once it is decided: to the next that waits, so that a list is soon done."""
    after = Beside(page.earlier, page.later, page.person, Memory())
    return _following(request, after) or _back(request, page)


def _following(request: Request, page: Beside) -> str:
    """The next that waits: of the report where it is walked through, else of the first few."""
    if _walks_report(request):
        return ReportLikenesses(request.user, page.later.report, page.memory).after(page.later)
    found = page.following(FIRST)
    return found.href if found else ""


def _list_href(page: Beside) -> str:
    return reverse("desk:likenesses", args=[page.later.reference])


def _walks_report(request: Request) -> bool:
    return "report" in request.GET


def _back(request: Request, page: Beside) -> str:
    if _walks_report(request):
        return reverse("desk:report_likenesses", args=[page.later.report_id])
    return _list_href(page)


def _place(page: Beside) -> str:
    """Which of the likeliest this is."""
    return f"{page.rank} of the {len(page.proposals)} likeliest" if page.rank else ""


@require_http_methods(["GET", "POST"])
def take_back(request: Request, reference: str, pk: int) -> HttpResponse:
    """Take back that two are not alike, with the reason."""
    here = recommendations.find(request.user, reference)
    rows = dismissals.seen_by(request.user).select_related("earlier", "later")
    found = rows.filter(pk=pk).first()
    if found is None or here.pk not in (found.earlier_id, found.later_id):
        raise Http404
    rules.check_may_take_back(request.user, found)
    form = TakeBackDismissalForm(posted(request))
    place = [found.later.reference, found.earlier.reference]
    back_href = reverse("desk:likeness", args=place)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "dismissal": found, **form.cleaned_data}
        if attempt(form, take_back_dismissal, **given):
            messages.success(request, "It is taken back. The two wait for a decision again.")
            return redirect(back_href)
    context = {"form": form, "dismissal": found, "recommendation": here, "back_href": back_href}
    return render(request, "desk/likenesses/take_back.html", context)


@require_safe
def of_report(request: Request, pk: int) -> HttpResponse:
    """Every recommendation of a report, with the earlier ones that it may repeat."""
    report = reports.find_report(request.user, pk)
    shown = ReportLikenesses(request.user, report, Memory())
    page = Paginator(shown.keys, A_FEW).get_page(request.GET.get("page"))
    rows = shown.rows(list(page.object_list))
    context = {
        "report": report,
        "page": page,
        "rows": rows,
        "open": sum(row.waits for row in rows),
        "first": next((row.open_href for row in rows if row.waits), ""),
    }
    return render(request, "desk/likenesses/report.html", context)
