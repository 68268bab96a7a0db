"""Editions: what there is, what would change in public, and the second pair of eyes."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.rules import reason_against
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.publishing import ApprovalForm, ProposalForm, SendBackForm
from answerable.desk.history import lines_of
from answerable.publishing import actions, changes, queries, records, rules, verification
from answerable.publishing.models import Edition
from answerable.publishing.pages.about import shown
from answerable.publishing.queries import Damaged

CHANGES_A_PAGE = 50


def _changes(request: Request, found: list[changes.Change]) -> dict[str, Any]:
    """The changes as a page shows them: counted, narrowed by the address, word by word."""
    kind, what = request.GET.get("kind", ""), request.GET.get("what", "")
    chosen = [c for c in found if kind in ("", c["kind"]) and what in ("", c["what"])]
    page = Paginator(chosen, CHANGES_A_PAGE).get_page(request.GET.get("page"))
    return {
        "counts": changes.counts(found),
        "total": len(found),
        "kind": kind,
        "what": what,
        "page": page,
        "changes": [shown(change) for change in page.object_list],
    }


@require_safe
def editions(request: Request) -> HttpResponse:
    """Every edition, and the proposal that waits."""
    rules.check_may_read(request.user)
    context = {
        "editions": queries.editions(),
        "waiting": queries.waiting_for(request.user),
        "served": queries.served_number(),
        "why_not": reason_against(rules.check_may_propose, request.user),
    }
    return render(request, "desk/publishing/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: Request) -> HttpResponse:
    """What the next edition would change in public, and the button that proposes it."""
    rules.check_may_propose(request.user)
    form = ProposalForm(posted(request))
    if form.is_valid():
        made = attempt(form, actions.propose_edition, by=request.user, **form.cleaned_data)
        if made:
            messages.success(
                request,
                f"You proposed edition {made.number}. Nothing is public yet: another publisher "
                "must approve it.",
            )
            return redirect("desk:edition", pk=made.pk)
    context = {"form": form, **_outlook(request)}
    return render(
        request, "desk/publishing/propose.html", context, status=400 if form.errors else 200
    )


def _outlook(request: Request) -> dict[str, Any]:
    today = timezone.localdate()
    try:
        found = queries.outlook(today)
    except Damaged as error:
        return {"damaged": error.sentence}
    return {
        **_changes(request, found.changes),
        "number": found.number,
        "held_back": records.held_back(today),
        "why_not": reason_against(rules.check_may_publish, found.changes),
    }


@require_safe
def edition(request: Request, pk: int) -> HttpResponse:
    """One edition: while it waits, everything that it would change; afterwards what it is."""
    rules.check_may_read(request.user)
    found = get_object_or_404(queries.with_changes(), pk=pk)
    form = ApprovalForm(initial={"content_digest": found.content_digest})
    return render(request, "desk/publishing/edition.html", _shown(request, found, form))


def _shown(request: Request, found: Edition, form: ApprovalForm) -> dict[str, Any]:
    context = {
        "the_edition": found,
        "form": form,
        **_changes(request, found.changes),
    }
    if found.state == Edition.State.PROPOSED:
        return context | _waiting(request, found)
    return context | {"lines": lines_of(found)}


def _waiting(request: Request, found: Edition) -> dict[str, Any]:
    """What may be done with a proposal, and by this person why not."""
    try:
        now = queries.since(found)
    except Damaged as error:
        return {"damaged": error.sentence}
    who = request.user
    return {
        "moved": [shown(change) for change in now.changes],
        "why_not_approve": reason_against(rules.check_may_approve, who, found, now.digest),
        "why_not_refuse": reason_against(rules.check_may_decide, who, found),
        "why_not_withdraw": reason_against(rules.check_may_withdraw, who, found),
        "why_not_renew": reason_against(rules.check_may_renew, who, found, now.digest),
    }


@require_POST
def approve(request: Request, pk: int) -> HttpResponse:
    """Approve exactly what was on the page, and publish it."""
    rules.check_may_read(request.user)
    found = get_object_or_404(queries.with_changes(), pk=pk)
    form = ApprovalForm(request.POST)
    if form.is_valid():
        digest = form.cleaned_data["content_digest"]
        given = {"by": request.user, "edition": found, "content_digest": digest}
        if attempt(form, actions.approve_edition, **given):
            messages.success(
                request,
                f"Edition {found.number} is published: the public reads it now. Nothing in the "
                "register was changed by this.",
            )
            return redirect("desk:edition", pk=pk)
    found.refresh_from_db()
    context = _shown(request, found, form)
    return render(request, "desk/publishing/edition.html", context, status=400)


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: Request, pk: int) -> HttpResponse:
    """Send a proposal back, with the reason."""
    found = get_object_or_404(queries.editions(), pk=pk)
    rules.check_may_decide(request.user, found)
    form = SendBackForm(posted(request))
    if form.is_valid():
        given = {"by": request.user, "edition": found, "reason": form.cleaned_data["reason"]}
        if attempt(form, actions.refuse_edition, **given):
            messages.success(
                request,
                f"You sent the proposal for edition {found.number} back. What is public stays "
                "as it was.",
            )
            return redirect("desk:edition", pk=pk)
    context = {"form": form, "the_edition": found}
    return render(
        request, "desk/publishing/send_back.html", context, status=400 if form.errors else 200
    )


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take back one's own proposal."""
    found = get_object_or_404(Edition, pk=pk)
    actions.withdraw_proposal(by=request.user, edition=found)
    messages.success(
        request, f"Your proposal for edition {found.number} is withdrawn. Nothing was published."
    )
    return redirect("desk:editions")


@require_POST
def renew(request: Request, pk: int) -> HttpResponse:
    """Replace a proposal by one of the record as it stands now."""
    found = get_object_or_404(Edition, pk=pk)
    made = actions.renew_proposal(by=request.user, edition=found)
    messages.success(
        request,
        f"The proposal for edition {made.number} is up to date and is now yours: another "
        "publisher must approve it.",
    )
    return redirect("desk:edition", pk=made.pk)


@require_safe
def verify(request: Request, pk: int) -> HttpResponse:
    """Whether the files of a published edition are as they were published."""
    rules.check_may_read(request.user)
    found = get_object_or_404(queries.editions().filter(state=Edition.State.PUBLISHED), pk=pk)
    folder = queries.folder_of(found)
    findings = verification.verify_edition(folder, digest=found.manifest_digest)
    context = {"the_edition": found, "findings": findings, "folder": folder}
    return render(request, "desk/publishing/verify.html", context)
