"""Chasing: what is to be sent, one message read and approved, held back, told what became of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.rules import Permission, may
from answerable.chasing.actions.chases import (
    approve_chases,
    change_words,
    hold_chase,
    post_letter,
)
from answerable.chasing.actions.outbox import can_send, settle_delivery
from answerable.chasing.models import Chase, Dispatch
from answerable.chasing.queries import chases as queries
from answerable.chasing.queries import outbox
from answerable.chasing.queries.letters import letter_of
from answerable.chasing.rules import chases as rules
from answerable.chasing.rules.ladder import check_may_see
from answerable.desk import history
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.chasing import HoldForm, WordsForm
from answerable.desk.records.chasing import (
    ChaseShown,
    DeliveryShown,
    DispatchShown,
    group_lines,
)
from answerable.desk.records.offers import why_not
from answerable.engine.packs import letter_docx, letter_pdf
from answerable.html import Form

LATELY = 40
PAPERS = {
    "pdf": ("application/pdf", letter_pdf),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        letter_docx,
    ),
}


def _found(request: Request, pk: int) -> Chase:
    check_may_see(request.user)
    chase = queries.find(pk)
    if chase is None:
        raise Http404
    return chase


@require_safe
def listing(request: Request) -> HttpResponse:
    """What waits for a person, what may have gone, what was held back, and what went."""
    person = request.user
    check_may_see(person)
    trouble = [*outbox.unsure(), *outbox.failed()]
    return render(
        request,
        "desk/chasing/list.html",
        {
            "groups": group_lines(person),
            "trouble": [DeliveryShown(delivery, person) for delivery in trouble],
            "held": queries.unsent().filter(held_at__isnull=False),
            "gone": [DispatchShown(d) for d in queries.lately(person, most=LATELY)],
            "can_send": can_send(),
            "may_approve": may(person, Permission.CHASE_APPROVE),
        },
    )


def _page(request: Request, chase: Chase, form: Form | None = None) -> HttpResponse:
    shown = ChaseShown(chase, request.user)
    dispatch = chase.dispatch
    things = [chase, *([dispatch] if dispatch else [])]
    context = {
        "shown": shown,
        "chase": chase,
        "form": form,
        "dispatch": dispatch,
        "deliveries": [DeliveryShown(d, request.user) for d in shown.deliveries],
        "may_post": dispatch and not why_not(lambda: rules.check_may_post(request.user, dispatch)),
        "lines": history.lines_of(*things),
    }
    return render(request, "desk/chasing/show.html", context, status=400 if form else 200)


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """One message as it would go, what can go with it, and every step about the same date."""
    return _page(request, _found(request, pk))


def _chosen(request: Request, first: Chase) -> tuple[list[Chase], dict[int, int]]:
    """The messages that were ticked, each with the version that was read."""
    seen: dict[int, int] = {}
    for value in request.POST.getlist("chase"):
        pk, _, version = value.partition(":")
        if pk.isdecimal() and version.isdecimal():
            seen[int(pk)] = int(version)
    rows = {chase.pk: chase for chase in queries.every().filter(pk__in=seen)}
    return [rows[pk] for pk in seen if pk in rows], seen


@require_POST
def approve(request: Request, pk: int) -> HttpResponse:
    """Let one message go, with those that were ticked; a letter is signed by this."""
    first = _found(request, pk)
    chosen, seen = _chosen(request, first)
    form = Form(request.POST)
    form.is_valid()
    dispatch = attempt(form, approve_chases, by=request.user, chases=chosen, seen=seen)
    if dispatch is None:
        return _page(request, first, form)
    messages.success(request, _approved_words(dispatch))
    return redirect("desk:chasing")


def _approved_words(dispatch: Dispatch) -> str:
    if not dispatch.deliveries.exists():
        return (
            "The letter is signed. Print it, post it, and say so."
            if dispatch.pdf
            else "The notice stands. It is public with the next edition."
        )
    wait = "It goes within a minute." if can_send() else "It waits: no mail server is set up."
    return f"{'The letter is signed' if dispatch.pdf else 'Approved'}. {wait}"


@require_http_methods(["GET", "POST"])
def words(request: Request, pk: int) -> HttpResponse:
    """The words of one message, before it is approved."""
    chase = _found(request, pk)
    rules.check_may_change(request.user, chase)
    form = WordsForm(posted(request), initial={"words": chase.words, "version": chase.version})
    if form.is_valid():
        given = {"words": form.cleaned_data["words"], "seen": form.cleaned_data["version"]}
        if attempt(form, change_words, by=request.user, chase=chase, **given):
            messages.success(request, "The words of this message were changed.")
            return redirect("desk:chase", pk=pk)
    context = {"form": form, "chase": chase, "shown": ChaseShown(chase, request.user)}
    return render(request, "desk/chasing/words.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def hold(request: Request, pk: int) -> HttpResponse:
    """Not to send one message now, and why."""
    chase = _found(request, pk)
    rules.check_may_hold(request.user, chase)
    form = HoldForm(posted(request))
    if form.is_valid():
        given = {"by": request.user, "chase": chase, **form.cleaned_data}
        if attempt(form, hold_chase, **given):
            messages.success(request, "It is held back. The reason stays on the record.")
            return redirect("desk:chasing")
    context = {"form": form, "chase": chase, "shown": ChaseShown(chase, request.user)}
    return render(request, "desk/chasing/hold.html", context, status=400 if form.errors else 200)


# --- Letters --------------------------------------------------------------------------------------


@require_safe
def letter(request: Request, pk: int, kind: str) -> HttpResponse:
    """The letter: as it was signed, or as it would be if this person signed it today."""
    chase = _found(request, pk)
    shown = ChaseShown(chase, request.user)
    if not shown.is_letter or chase.stopped_at:
        raise Http404
    media_type, draw = PAPERS[kind]
    dispatch = chase.dispatch
    if dispatch is None:
        content = draw(letter_of([chase], request.user, timezone.localdate()))
    else:
        content = bytes(dispatch.pdf if kind == "pdf" else dispatch.docx)
    name = f"{'letter' if dispatch else 'draft-letter'}-{chase.reference}.{kind}"
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def post(request: Request, pk: int) -> HttpResponse:
    """A letter went by post today."""
    chase = _found(request, pk)
    if chase.dispatch is None:
        raise Http404
    post_letter(by=request.user, dispatch=chase.dispatch)
    messages.success(request, "It is on the record that the letter was posted today.")
    return redirect("desk:chase", pk=pk)


@require_POST
def settle(request: Request, pk: int) -> HttpResponse:
    """What became of a message that may have gone, or could not be sent."""
    check_may_see(request.user)
    delivery = outbox.find(pk)
    if delivery is None:
        raise Http404
    went, seen = request.POST.get("went"), request.POST.get("seen", "")
    if went not in ("yes", "no") or not seen.isdecimal():
        return HttpResponseBadRequest("Say whether it went.")
    settle_delivery(by=request.user, delivery=delivery, went=went == "yes", seen=int(seen))
    told = "It counts as sent." if went == "yes" else "It is sent again, with the same number."
    messages.success(request, told)
    return redirect(reverse("desk:chasing"))
