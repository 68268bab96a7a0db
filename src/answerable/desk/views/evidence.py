"""Evidence: the list, a piece, its file, what one body offers for one answer, and what is done."""

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.rules import NotTheirs, Permission, check_may, is_of_office, may
from answerable.assurance.actions.evidence import (
    grade_evidence,
    open_evidence,
    seal_evidence,
    take_out_evidence,
    use_evidence,
)
from answerable.assurance.models import Evidence, Grade, Use
from answerable.assurance.queries import evidence as queries
from answerable.assurance.queries import evidence_lists as lists
from answerable.assurance.queries.evidence import Offered
from answerable.assurance.queries.opinions import standing_opinions
from answerable.assurance.queries.samples import samples_of
from answerable.assurance.rules import evidence as rules
from answerable.assurance.rules import samples as sample_rules
from answerable.desk import history
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.evidence import (
    GradeForm,
    NarrowEvidence,
    OfferForm,
    OpenEvidence,
    SealEvidence,
    TakeOutForm,
    UseForm,
)
from answerable.desk.records.about import about, find
from answerable.desk.records.evidence import (
    EvidenceShown,
    acts_on,
    add_href,
    evidence_href,
    place_of,
    seen_elsewhere,
    sentence,
    take_out_offer,
)
from answerable.desk.records.offers import Offer, name_of, offer
from answerable.desk.records.samples import SampleShown
from answerable.register.models import Undertaking

A_PAGE = 25
HANDED_OUT = ("application/pdf", "image/png", "image/jpeg")
"""Types that are named to a browser; any other is handed out as bytes, so that nothing runs it."""


# --- The list ---------------------------------------------------------------------------------------


@require_safe
def listing(request: Request) -> HttpResponse:
    """Evidence that this person may see, narrowed by the address."""
    check_may(request.user, Permission.EVIDENCE_READ)
    form = NarrowEvidence(request.GET, bodies=lists.bodies_with_evidence(request.user))
    today = timezone.localdate()
    rows = lists.listed(request.user, form.narrowing(), today)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "narrow": form,
        "page": page,
        "rows": [_row(request, piece, today) for piece in page.object_list],
        "in_office": is_of_office(request.user),
        "may_add": may(request.user, Permission.EVIDENCE_ADD),
    }
    return render(request, "desk/evidence/list.html", context)


def _row(request: Request, piece: Any, today: date) -> dict[str, Any]:
    grade = Grade(piece.grade_now)
    return {
        "shown": EvidenceShown(piece, request.user, today),
        "grade": sentence(str(grade.label)),
        "is_graded": piece.is_graded,
        "uses": [(u.undertaking, evidence_href(u.undertaking)) for u in piece.uses.all()[:4]],
        "more": max(0, len(piece.uses.all()) - 4),
    }


# --- One piece --------------------------------------------------------------------------------------


@require_safe
def piece(request: Request, pk: int) -> HttpResponse:
    """A piece: what it shows and does not, what it is worth and why, where it is used."""
    found = queries.find(request.user, pk)
    grades = queries.grades_of(found)
    uses = list(
        found.uses.select_related(
            "undertaking__recommendation", "undertaking__body", "added_by", "taken_out_by"
        )
    )
    context = {
        "shown": EvidenceShown(found, request.user, timezone.localdate()),
        "piece": found,
        "uses": [(use, evidence_href(use.undertaking), _out(request, use)) for use in uses],
        "elsewhere": _other_copies(request, found),
        "grades": [(g, sentence(g.get_grade_display()), name_of(g.by)) for g in grades],
        "acts": list(acts_on(request.user, found)),
        "lines": history.lines_of(found, *uses, *grades),
    }
    return render(request, "desk/evidence/piece.html", context)


def _out(request: Request, use: Use) -> Offer | None:
    return None if use.taken_out_at else take_out_offer(request.user, use)


def _other_copies(request: Request, found: Evidence) -> list[str]:
    """Where the very bytes of this piece came in as another one, in sentences."""
    told = queries.copies_of(found)
    return [one.sentence for one in seen_elsewhere(request.user, told)]


@require_safe
def file(request: Request, pk: int) -> FileResponse:
    """The file as it came, byte for byte: to be saved, never shown by the browser."""
    found = queries.find(request.user, pk)
    if not found.file:
        raise Http404
    kind = found.media_type if found.media_type in HANDED_OUT else "application/octet-stream"
    name = (
        found.name if found.kind == Evidence.Kind.FILE else f"evidence-{found.pk}{_ending(found)}"
    )
    response = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=name, content_type=kind
    )
    response["Content-Length"] = str(found.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


ENDINGS = {"application/pdf": ".pdf", "text/html": ".html", "image/png": ".png"}


def _ending(found: Evidence) -> str:
    return ENDINGS.get(found.media_type, "")


# --- What is done to a piece ------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def grade(request: Request, pk: int) -> HttpResponse:
    """The form for what a piece is worth. Refused where someone graded it meanwhile."""
    found = queries.find(request.user, pk)
    rules.check_may_grade(request.user, found)
    newest = queries.newest_grade(found)
    seen = str(newest.pk) if newest else ""
    form = GradeForm(posted(request), initial={"seen": seen})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["seen"] != seen:
            form.add_error(None, "Somebody graded this since you opened the page. Look again.")
        elif attempt(
            form,
            grade_evidence,
            by=request.user,
            evidence=found,
            grade=form.cleaned_data["grade"],
            reason=form.cleaned_data["reason"],
        ):
            messages.success(
                request, "The grade is set. What was proposed stays beside it, with your reason."
            )
            return redirect("desk:evidence_piece", pk=found.pk)
    return _form_page(request, "grade", found, form)


@require_http_methods(["GET", "POST"])
def use(request: Request, pk: int) -> HttpResponse:
    """Offer a piece for another undertaking of its body."""
    found = queries.find(request.user, pk)
    rules.check_may_add(request.user, found.body)
    used = {one.undertaking_id for one in queries.standing_uses(found)}
    others = [u for u in lists.can_serve(request.user, found.body) if u.pk not in used]
    form = UseForm(posted(request), can_serve=others)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "evidence": found, "undertaking": form.chosen}
        if attempt(form, use_evidence, **given):
            messages.success(request, _offered_words(found, form.chosen))
            return redirect(evidence_href(form.chosen))
    return _form_page(request, "use", found, form, others=others)


def _offered_words(found: Evidence, undertaking: Undertaking) -> str:
    reference = undertaking.recommendation.reference
    return f"“{found.name}” is offered for {reference}. Nobody has judged yet whether it carries."


@require_http_methods(["GET", "POST"])
def take_out(request: Request, pk: int) -> HttpResponse:
    """Offer a piece no longer for one undertaking. It stays to be seen, with the reason."""
    use_ = _use(request, pk)
    rules.check_may_take_out(request.user, use_)
    form = TakeOutForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, take_out_evidence, by=request.user, use=use_, reason=reason):
            messages.success(
                request,
                "It is taken out. It stays on this page with your reason, and nothing is deleted.",
            )
            return redirect(evidence_href(use_.undertaking))
    standing = standing_opinions(use_.undertaking)
    return _form_page(request, "take_out", use_.evidence, form, use=use_, standing=standing)


def _use(request: Request, pk: int) -> Use:
    """A use of a piece that the person may see.

    Raises:
        NotTheirs: where it is not there, or not for this person.
    """
    rows = Use.objects.filter(evidence__in=queries.seen_by(request.user), pk=pk)
    found = rows.select_related(
        "evidence__body", "undertaking__body", "undertaking__recommendation"
    ).first()
    if found is None:
        raise NotTheirs("There is no such evidence for you.")
    return found


@require_http_methods(["GET", "POST"])
def open_to_all(request: Request, pk: int) -> HttpResponse:
    """Choose a piece for the public record."""
    found = queries.find(request.user, pk)
    rules.check_may_open(request.user, found)
    form = OpenEvidence(posted(request))
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        if attempt(form, open_evidence, by=request.user, evidence=found, because=because):
            messages.success(
                request,
                "It is chosen for the public record. Nobody outside sees it until an edition that "
                "holds it is approved.",
            )
            return redirect("desk:evidence_piece", pk=pk)
    return _form_page(request, "open", found, form)


@require_http_methods(["GET", "POST"])
def close_to_all(request: Request, pk: int) -> HttpResponse:
    """Seal a piece again."""
    found = queries.find(request.user, pk)
    rules.check_may_close(request.user, found)
    form = SealEvidence(posted(request))
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        if attempt(form, seal_evidence, by=request.user, evidence=found, because=because):
            messages.success(
                request,
                "It is sealed. The next edition will not hold it; editions that are out already "
                "are not changed.",
            )
            return redirect("desk:evidence_piece", pk=pk)
    return _form_page(request, "seal", found, form)


def _form_page(
    request: Request, name: str, found: Evidence, form: Any, **more: Any
) -> HttpResponse:
    shown = EvidenceShown(found, request.user, timezone.localdate())
    context = {"form": form, "shown": shown, "piece": found, **more}
    return render(request, f"desk/evidence/{name}.html", context)


# --- What is offered for one answer -----------------------------------------------------------------


@require_safe
def of_undertaking(request: Request, reference: str, slug: str) -> HttpResponse:
    """What one body offers for one answer, what it took out, and what the office sampled."""
    check_may(request.user, Permission.EVIDENCE_READ)
    undertaking = find(request, reference, slug)
    offered = queries.offered_for(undertaking)
    offers = _offers(request, undertaking)
    context = about(request, undertaking, "evidence")
    context |= {
        "pieces": _pieces(request, undertaking, offered),
        "taken_out": offered.taken_out,
        "samples": [SampleShown(s, undertaking) for s in samples_of(undertaking)],
        "offers": list(offers.values()),
        "bar": offers[SAMPLE].refused if SAMPLE in offers else "",
        "may_grade": may(request.user, Permission.EVIDENCE_GRADE),
    }
    return render(request, "desk/evidence/undertaking.html", context)


def _pieces(request: Request, undertaking: Undertaking, offered: Offered) -> list[EvidenceShown]:
    twice = {evidence.pk for evidence in queries.twice_here(offered.now)}
    today, person = timezone.localdate(), request.user
    shown = []
    for use_ in offered.now:
        reuse = seen_elsewhere(person, offered.elsewhere.get(use_.evidence_id, ()))
        out = take_out_offer(person, use_)
        acts = (out,) if out and not out.refused else ()
        is_twice = use_.evidence_id in twice
        shown.append(EvidenceShown(use_.evidence, person, today, use_, reuse, is_twice, acts))
    return shown


ADD, OFFER, SAMPLE = "Hand in evidence", "Offer what is here already", "Draw a sample"


def _offers(request: Request, undertaking: Undertaking) -> dict[str, Offer]:
    """What may be done here now, or why not."""
    person, place = request.user, place_of(undertaking)
    add = partial(rules.check_may_add, person, undertaking.body)
    sample = partial(sample_rules.check_may_sample, person, undertaking)
    named = reverse("desk:offer_evidence", args=place)
    drawn = reverse("desk:new_sample", args=place)
    found = (
        offer(person, Permission.EVIDENCE_ADD, ADD, add_href(undertaking), add),
        offer(person, Permission.EVIDENCE_ADD, OFFER, named, add),
        offer(person, Permission.SAMPLE_DRAW, SAMPLE, drawn, sample),
    )
    return {one.press: one for one in found if one}


@require_http_methods(["GET", "POST"])
def offer_here(request: Request, reference: str, slug: str) -> HttpResponse:
    """Offer for one answer what its body has handed in already."""
    undertaking = find(request, reference, slug)
    rules.check_may_add(request.user, undertaking.body)
    pieces = queries.not_used_for(request.user, undertaking)
    form = OfferForm(posted(request), pieces=pieces)
    if request.method == "POST" and form.is_valid():
        chosen = form.known[form.cleaned_data["evidence"]]
        if attempt(form, use_evidence, by=request.user, evidence=chosen, undertaking=undertaking):
            messages.success(request, _offered_words(chosen, undertaking))
            return redirect(evidence_href(undertaking))
    context = about(request, undertaking, "evidence", slim=True)
    context |= {
        "form": form,
        "pieces": pieces,
        "back_href": evidence_href(undertaking),
        "add_href": add_href(undertaking),
    }
    return render(request, "desk/evidence/offer.html", context)
