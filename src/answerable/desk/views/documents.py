"""Documents: adding them, their page with its progress, their pictures, and what is done to them."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts import rules as accounts
from answerable.accounts.gate import Request
from answerable.accounts.rules import Permission, Refused, may
from answerable.desk import history
from answerable.desk.answers import attempt
from answerable.desk.forms.reports import AddDocuments, CloseDocument, OpenDocument
from answerable.engine.documents import Unreadable
from answerable.reports.actions.documents import (
    close_document,
    open_document,
    read_again,
    receive_document,
)
from answerable.reports.models import Document, Report
from answerable.reports.queries import documents, pictures, reports
from answerable.reports.rules import documents as rules

PDF = "application/pdf"
HANDED_OUT = (PDF, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
"""Types that are named to a browser; any other is handed out as bytes, so that nothing runs it."""
KINDS = {PDF: "PDF", HANDED_OUT[1]: "Word (.docx)", "text/html": "HTML", "text/plain": "Plain text"}


def _posted(request: Request) -> QueryDict | None:
    """What was typed, or nothing where the page is only looked at."""
    return request.POST if request.method == "POST" else None


# --- Adding ---------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def add(request: Request, pk: int) -> HttpResponse:
    """Files for a report: each is answered for itself, to a script as JSON."""
    rules.check_may_receive(request.user)
    report = reports.find_report(request.user, pk)
    form = AddDocuments(request.POST, request.FILES) if request.method == "POST" else AddDocuments()
    outcomes: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        purpose = Document.Purpose(form.cleaned_data["purpose"])
        files = form.cleaned_data["uploads"]
        outcomes = [_receive(request, report, file, purpose) for file in files]
    if request.method == "POST" and request.headers.get("Accept") == "application/json":
        return JsonResponse({"outcomes": outcomes or _form_outcomes(form)})
    if outcomes and all(o["received"] for o in outcomes):
        for outcome in outcomes:
            messages.success(request, f"{outcome['name']}: {outcome['sentence']}")
        return redirect("desk:report", pk=report.pk)
    context = {"form": form, "report": report, "outcomes": outcomes}
    return render(request, "desk/reports/add.html", context)


def _receive(
    request: Request, report: Report, file: "UploadedFile[bytes]", purpose: Document.Purpose
) -> dict[str, Any]:
    """What came of one file, in words."""
    name = file.name or "document"
    try:
        document = receive_document(
            by=request.user,
            report=report,
            upload=file,
            name=name,
            purpose=purpose,
        )
    except Refused as refusal:
        return {"name": name, "received": False, "sentence": refusal.sentence, "href": ""}
    sentence = "Received. It is being read; you need not wait."
    if document.state == Document.State.PARKED:
        sentence = f"Received and put aside. {document.state_reason}"
    href = reverse("desk:document", args=[document.pk])
    return {"name": name, "received": True, "sentence": sentence, "href": href}


def _form_outcomes(form: AddDocuments) -> list[dict[str, Any]]:
    errors = [str(e) for found in form.errors.values() for e in found]
    return [{"name": "", "received": False, "sentence": e, "href": ""} for e in errors]


# --- The page -------------------------------------------------------------------------------------


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """A document: how far it is, what was found, its pages, its history."""
    document = documents.find_document(request.user, pk)
    number = _number(request, document)
    is_read = document.state == Document.State.READ
    in_work = document.state in (Document.State.WAITING, Document.State.READING)
    return render(
        request,
        "desk/reports/document.html",
        {
            "document": document,
            "report": document.report,
            "counts": _counts(request, document) if is_read else None,
            "page": documents.page_of(document, number) if is_read else None,
            "has_sheet": document.media_type == PDF and document.page_count and not in_work,
            "number": number,
            "previous": number - 1,
            "next": number + 1,
            "paged": document.media_type == PDF,
            "kind_words": KINDS.get(document.media_type, document.media_type),
            "in_work": in_work,
            "lines": history.lines_of(document),
            "may_compare": is_read
            and document.purpose == Document.Purpose.REPLY
            and may(request.user, Permission.RESPONSE_LOG),
            "may_check": may(request.user, Permission.CANDIDATE_DECIDE),
            "may_receive": may(request.user, Permission.DOCUMENT_RECEIVE),
            "may_open": may(request.user, Permission.DOCUMENT_OPEN),
        },
    )


def _number(request: Request, document: Document) -> int:
    """The page that is looked at: from the address, within the document."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
    return max(1, min(number, document.page_count or 1))


def _counts(request: Request, document: Document) -> Document | None:
    """What was found and decided, for the people of the office: suggestions are nobody else's."""
    if not accounts.is_of_office(request.user) or document.purpose != Document.Purpose.REPORT:
        return None
    return documents.counted(Document.objects.filter(pk=document.pk)).get()


def _state_words(document: Document) -> str:
    if document.state == Document.State.READING and document.page_count:
        what = "The text of page" if document.state_reason else "Page"
        return f"{what} {document.pages_done:,} of {document.page_count:,} is read"
    words = document.get_state_display()
    return words[:1].upper() + words[1:]


@require_safe
def progress(request: Request, pk: int) -> JsonResponse:
    """How far the reading is, for the script of the page."""
    document = documents.find_document(request.user, pk)
    return JsonResponse(
        {
            "state": document.state,
            "words": _state_words(document),
            "done": document.pages_done,
            "of": document.page_count,
        },
        headers={"Cache-Control": "no-store"},
    )


# --- What is handed out -----------------------------------------------------------------------------


@require_safe
def picture(request: Request, pk: int, number: int) -> HttpResponse:
    """A page as a picture: ``?width=`` 500, 1000 or 1600."""
    document = documents.find_document(request.user, pk)
    asked = request.GET.get("width", "1000")
    width = int(asked) if asked in {str(w) for w in pictures.WIDTHS} else 1000
    if document.media_type != PDF or not 1 <= number <= (document.page_count or 1):
        raise Http404
    try:
        drawn = pictures.picture_of(document, number, width=width)
    except Unreadable as refusal:
        raise Http404 from refusal
    # The bytes of a document never change, but who may see it can.
    headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(drawn, content_type="image/png", headers=headers)


@require_safe
def original(request: Request, pk: int) -> FileResponse:
    """The file as it came, byte for byte: to be saved, never shown by the browser."""
    document = documents.find_document(request.user, pk)
    kind = document.media_type if document.media_type in HANDED_OUT else "application/octet-stream"
    response = FileResponse(
        document.file.open("rb"), as_attachment=True, filename=document.name, content_type=kind
    )
    response["Content-Length"] = str(document.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


# --- What is done to it -----------------------------------------------------------------------------


@require_POST
def again(request: Request, pk: int) -> HttpResponse:
    """Try once more to read what was put aside."""
    document = documents.find_document(request.user, pk)
    read_again(by=request.user, document=document)
    messages.success(request, "It is being read once more. Nothing else has changed.")
    return redirect("desk:document", pk=pk)


@require_http_methods(["GET", "POST"])
def open_to_all(request: Request, pk: int) -> HttpResponse:
    """Choose a document for the public record."""
    document = documents.find_document(request.user, pk)
    rules.check_may_open(request.user, document)
    form = OpenDocument(_posted(request))
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        if attempt(form, open_document, by=request.user, document=document, because=because):
            messages.success(
                request,
                "The document is chosen for the public record. Nobody outside sees it "
                "until an edition that holds it is approved.",
            )
            return redirect("desk:document", pk=pk)
    return render(request, "desk/reports/open.html", {"form": form, "document": document})


@require_http_methods(["GET", "POST"])
def close_to_all(request: Request, pk: int) -> HttpResponse:
    """Take a document out of the public record."""
    document = documents.find_document(request.user, pk)
    rules.check_may_close(request.user, document)
    form = CloseDocument(_posted(request))
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        if attempt(form, close_document, by=request.user, document=document, because=because):
            messages.success(
                request,
                "The document is taken back. The next edition will not hold it; "
                "editions that are out already are not changed.",
            )
            return redirect("desk:document", pk=pk)
    return render(request, "desk/reports/close.html", {"form": form, "document": document})
