"""Handing in evidence: a file, a web page as it was, or a statement; and what was found in it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from answerable.accounts.gate import Request
from answerable.accounts.models import Body
from answerable.accounts.rules import is_of_office
from answerable.assurance.actions import aside
from answerable.assurance.actions.aside import Aside
from answerable.assurance.actions.evidence import add_file, add_link, add_statement
from answerable.assurance.models import Evidence
from answerable.assurance.queries.evidence_lists import can_serve
from answerable.assurance.rules import evidence as rules
from answerable.assurance.rules.evidence import PersonalData
from answerable.desk.answers import attempt
from answerable.desk.forms.adding_evidence import (
    KEEP,
    KINDS,
    AddEvidence,
    AddFile,
    AddLink,
    ChooseBody,
    in_file,
    in_typed,
    told_as,
    told_in,
)
from answerable.desk.records.evidence import evidence_href, found_shown, place_of
from answerable.engine.disclosure import Found
from answerable.register.models import Undertaking
from answerable.register.queries import undertakings

MOST = 20
"""So many undertakings can be named in the address."""

Outcome = Evidence | tuple[Found, ...] | None
"""What came of it: it is kept; or what was found in it; or a refusal, which stands in the form."""


@require_http_methods(["GET", "POST"])
def add(request: Request) -> HttpResponse:
    """The form: ``?for=R-0001/slug`` (several times) says what it serves, ``?kind=`` what it is."""
    chosen = _asked_for(request)
    body = _body(request, chosen)
    if body is None:
        return _choose_body(request)
    rules.check_may_add(request.user, body)
    chosen = [u for u in chosen if u.body_id == body.pk]
    form = _form(request, body, chosen)
    found: Sequence[Found] = ()
    kept: Aside | None = None
    if request.method == "POST":
        outcome, kept = _send(request, form, body)
        if isinstance(outcome, Evidence):
            messages.success(request, _kept_words(outcome))
            return redirect("desk:evidence_piece", pk=outcome.pk)
        found = _told_now(request, outcome)
        _carry(form, found, kept)
    context = _context(request, form, body, chosen) | _found_context(form, found, kept)
    return render(request, "desk/evidence/add.html", context)


# --- What it is, and whose --------------------------------------------------------------------------


def _kind(request: Request) -> str:
    asked = request.GET.get("kind", "")
    return asked if asked in KINDS else "file"


def _form(request: Request, body: Body, chosen: Sequence[Undertaking]) -> AddEvidence:
    made = KINDS[_kind(request)][1]
    others = list(can_serve(request.user, body))
    if request.method == "POST":
        return made(request.POST, request.FILES, can_serve=others, chosen=chosen)
    return made(can_serve=others, chosen=chosen)


def _asked_for(request: Request) -> list[Undertaking]:
    """What the address says that it serves, as far as this person may know of it."""
    rows = undertakings.seen_by(request.user).select_related("recommendation", "body")
    found = []
    for named in request.GET.getlist("for")[:MOST]:
        reference, _, slug = named.partition("/")
        row = rows.filter(recommendation__reference=reference, body__slug=slug).first()
        found += [row] if row else []
    return found


def _body(request: Request, chosen: Sequence[Undertaking]) -> Body | None:
    """Whose evidence it is: the body of what it serves, one's own, or the one that was chosen."""
    if chosen:
        return chosen[0].body
    if not is_of_office(request.user):
        return request.user.body
    form = ChooseBody(request.GET)
    return form.cleaned_data["body"] if form.is_valid() else None


def _choose_body(request: Request) -> HttpResponse:
    rules.check_may_add(request.user, request.user.body)
    form = ChooseBody(request.GET) if "body" in request.GET else ChooseBody()
    return render(request, "desk/evidence/choose_body.html", {"form": form})


# --- What was sent ----------------------------------------------------------------------------------


def _send(request: Request, form: AddEvidence, body: Body) -> tuple[Outcome, Aside | None]:
    """What came of it, and the file that is kept aside where it was not handed in."""
    is_right = form.is_valid()
    kept = _bring(request, form)
    needs_file = isinstance(form, AddFile | AddLink)
    if needs_file and kept is None and "upload" not in form.errors:
        form.add_error("upload", aside.GONE)
    if not is_right or form.errors:
        return None, kept
    outcome = _hand_in(request, form, body, kept)
    if isinstance(outcome, Evidence) and kept:
        aside.drop(kept)
    return outcome, kept


def _bring(request: Request, form: AddEvidence) -> Aside | None:
    """The file: what came just now, in the place of what was kept aside before."""
    if "upload" not in form.fields:
        return None
    before = aside.find_aside(by=request.user, word=request.POST.get("aside", ""))
    upload = request.FILES.get("upload")
    if upload is None:
        return before
    if before:
        aside.drop(before)
    given = {"by": request.user, "upload": upload, "name": upload.name or "file"}
    return attempt(form, aside.put_aside, **given)


def _hand_in(request: Request, form: AddEvidence, body: Body, kept: Aside | None) -> Outcome:
    """Keep it, unless something is found in it that its page has not told of yet.

    A reason to keep what was found holds for exactly what the person was shown, and nothing else.
    """
    act = _act(request, form, body, kept)
    outcome = attempt(form, partial(_found_or_kept, act), despite="")
    data = form.cleaned_data
    was_told = isinstance(outcome, tuple) and set(outcome) == set(told_in(data["told"]))
    if was_told and data["then"] == KEEP:
        outcome = attempt(form, partial(_found_or_kept, act), despite=data["despite"])
    return outcome


def _found_or_kept(act: Callable[..., Evidence], despite: str) -> Evidence | tuple[Found, ...]:
    try:
        return act(despite=despite)
    except PersonalData as refusal:
        return refusal.found


def _act(
    request: Request, form: AddEvidence, body: Body, kept: Aside | None
) -> Callable[..., Evidence]:
    given: dict[str, Any] = {
        "by": request.user,
        "body": body,
        "about": form.about,
        "undertakings": form.undertakings,
    }
    if kept is not None:
        return partial(_with_file, form, kept, given)
    data = form.cleaned_data
    return partial(add_statement, **given, name=data["name"], words=data["words"])


def _with_file(form: AddEvidence, kept: Aside, given: dict[str, Any], despite: str) -> Evidence:
    with aside.opened(kept) as file:
        if not isinstance(form, AddLink):
            return add_file(**given, upload=file, name=kept.name, despite=despite)
        data = form.cleaned_data
        return add_link(
            **given,
            address=data["address"],
            sha256=kept.sha256,
            taken_at=form.moment,
            name=data["name"],
            snapshot=file,
            despite=despite,
        )


def _kept_words(kept: Evidence) -> str:
    return (
        f"“{kept.name}” is handed in. It is sealed: only people of {kept.body.name} and those of "
        "the office who work with evidence can see it. No verifier has graded it yet."
    )


# --- The page after ---------------------------------------------------------------------------------


def _told_now(request: Request, outcome: Outcome) -> Sequence[Found]:
    """What this page tells of: what was found now, or what the page before told of."""
    if isinstance(outcome, tuple):
        return outcome
    return () if "upload" in request.FILES else told_in(request.POST.get("told", ""))


def _carry(form: AddEvidence, found: Sequence[Found], kept: Aside | None) -> None:
    """The next page knows what this one told of, and where the file is."""
    typed = QueryDict(mutable=True)
    typed.update(form.data)
    typed["told"] = told_as(found) if found else ""
    typed["aside"] = kept.word if kept else ""
    form.data = typed
    form.ask_then(found)


def _context(
    request: Request, form: AddEvidence, body: Body, chosen: Sequence[Undertaking]
) -> dict[str, Any]:
    asked = [("for", "/".join(place_of(u))) for u in chosen] or [("body", body.slug)]
    ways = [
        {
            "text": words,
            "href": "?" + urlencode([*asked, ("kind", key)], safe="/"),
            "is_here": key == _kind(request),
        }
        for key, (words, _) in KINDS.items()
    ]
    back = (evidence_href(chosen[0]), f"Evidence for {place_of(chosen[0])[0]}") if chosen else None
    return {
        "form": form,
        "kind": _kind(request),
        "body": body,
        "ways": ways,
        "back": back or (reverse("desk:evidence"), "Evidence"),
    }


def _found_context(form: AddEvidence, found: Sequence[Found], kept: Aside | None) -> dict[str, Any]:
    return {
        "found": found_shown(found),
        "found_in_file": in_file(found),
        "found_in_typed": in_typed(found),
        "kept": kept,
    }
