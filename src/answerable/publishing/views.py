"""The public pages that no file can be: search, and the page before the first edition.

They read the newest edition's files, never the database, and set no cookie.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import get_template
from django.views.decorators.http import require_safe

from answerable.accounts.gate import public
from answerable.publishing import queries, search, served

PER_PAGE = 25
MOST_LETTERS = 200

searched = search.Newest()


def _drawn(template: str, context: dict[str, object]) -> HttpResponse:
    """A page without a session: nothing about the reader is asked or kept."""
    response = HttpResponse(get_template(f"publishing/{template}").render(context))
    response["Cache-Control"] = "public, max-age=60"
    return response


@public
@require_safe
def published(request: HttpRequest, asked: str = "") -> HttpResponse:
    """A file of the newest edition; at the root, before the first, a page that says so.

    ``served.Served`` answers before Django is asked. This is the same where it is not in front.
    """
    newest = served.newest_edition()
    reply = newest.reply(f"/{asked}", request.headers.get("If-None-Match", ""), "")
    if reply is not None:
        body = reply.body if isinstance(reply.body, bytes) else reply.body.read_bytes()
        return HttpResponse(body, status=reply.status, headers=dict(reply.headers))
    if asked:
        raise Http404
    return _drawn("before.html", {"office_name": settings.OFFICE_NAME})


@public
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Search in the newest edition: ``/search?q=…&page=…``."""
    index = searched.of(queries.root())
    if index is None:
        raise Http404
    q = request.GET.get("q", "").replace("\0", "").strip()[:MOST_LETTERS]
    found = index.search(q)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    hits = [{**hit, "pieces": search.pieces(hit["words"], q)} for hit in page.object_list]
    return _drawn(
        "search.html",
        {
            **index.frame,
            "q": q,
            "total": len(found),
            "found": hits,
            "number": page.number,
            "pages": page.paginator.num_pages,
            "previous_href": _to(q, page.number - 1) if page.has_previous() else "",
            "next_href": _to(q, page.number + 1) if page.has_next() else "",
        },
    )


def _to(q: str, number: int) -> str:
    return f"search?{urlencode({'q': q, 'page': number})}"
