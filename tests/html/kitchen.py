"""One page with every part on it, for the browser, for axe, and for looking at."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree
from threading import Thread
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory

from answerable.html import ChoiceWithHints, DateField, FilesField, Form

STATIC = Path(__file__).parents[2] / "src" / "answerable" / "static"
PAGE = Path(__file__).parent / "templates" / "kitchen_sink.html"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
AREAS = [("ashby", "Ashby Vale"), ("carrow", "Carrow"), ("eastmere", "Eastmere")]


class ReportForm(Form):
    title = forms.CharField(help_text="As it stands on the first page.")
    email = forms.EmailField(required=False, label="Email address")
    count = forms.IntegerField(required=False, label="How many pages?")
    published_on = DateField(label="Date of publication", help_text="For example, 27 3 2024")
    scope = forms.CharField(widget=forms.Textarea, required=False)
    note = forms.CharField(widget=forms.Textarea, required=False, label="Note")
    kind = forms.ChoiceField(choices=[("", "Choose one"), ("review", "Review")])
    position = ChoiceWithHints(
        label="What did they say?",
        choices=[
            ("accepted", "Accepted"),
            ("in_part", "Accepted in part"),
            ("none", "No response"),
        ],
        hints={"none": "They wrote, but not about what was asked."},
    )
    why = forms.CharField(required=False, label="Which part?")
    areas = forms.MultipleChoiceField(choices=AREAS, widget=forms.CheckboxSelectMultiple)
    lasting = forms.BooleanField(required=False, label="This body no longer exists")
    files = FilesField(required=False, label="Documents", help_text="PDF, Word, HTML or text.")
    password = forms.CharField(widget=forms.PasswordInput, required=False)


class FilterForm(Form):
    q = forms.CharField(required=False, label="Words")
    body = forms.ChoiceField(
        required=False, choices=[("", "Any body"), ("force", "Northmoor Police")]
    )
    area = forms.MultipleChoiceField(
        required=False, choices=AREAS, widget=forms.CheckboxSelectMultiple, label="Area"
    )
    since = DateField(required=False, label="Published since")


def context() -> dict[str, Any]:
    """What the page shows."""
    query = (
        "q=record&body=force&area=carrow&sort=due&since-day=1&since-month=2&since-year=2024&page=6"
    )
    typed = {
        "published_on-day": "31",
        "published_on-month": "2",
        "published_on-year": "2024",
        "position": "in_part",
        "areas": ["carrow"],
        "scope": "All four districts.",
    }
    return {
        "request": RequestFactory().get(f"/list?{query}"),
        "office_name": "Northmoor Police and Crime Commissioner",
        "user": {"is_authenticated": True, "name": "Rosa Adeyemi"},
        "role_words": "governance officer",
        "demo": True,
        "exit_href": "https://www.example.org/weather",
        "asset_root": "assets/",
        "today": date(2026, 11, 22),
        "navigation": [
            {"text": text, "href": "#", "active": text == "Register"}
            for text in ("Today", "Reports", "Register", "Publish", "Bodies and people")
        ],
        "edition": {"number": 14, "date": "2026-11-20"},
        "footer_links": [
            {"text": "What changed since edition 13", "href": "#"},
            {"text": "Check that nobody has altered this record", "href": "#"},
            {"text": "Download the data", "href": "#"},
            {"text": "Accessibility", "href": "#"},
        ],
        "messages": [
            Message(constants.SUCCESS, "The reply is logged. Nothing has been published.")
        ],
        "form": ReportForm(typed),
        "filter_form": FilterForm(QueryDict(query)),
        "page": Paginator(range(120), 10).page(6),
        **RECORD,
    }


RECORD: dict[str, Any] = {
    "text": "The Chief Constable should ensure that every report concerning a child at risk is "
    "recorded as a crime within 24 hours where a crime is disclosed, and that a supervisor who was "
    "not involved tests this by reading a sample of records each month.",
    "response": {
        "answer": "Accepted",
        "by": "Chief Constable, 2 May 2024",
        "href": "#",
        "link": "Read the reply",
    },
    "delivery": {"answer": "Ready for assessment", "by": "Northmoor Police, 3 September 2026"},
    "assurance": {
        "answer": "Partly assured",
        "sign": "part",
        "by": "Verifier, 6 November 2026",
        "note": "the 24-hour rule was kept in 41 of 50 records",
    },
    "effect": {"answer": "No clear change yet", "sign": "measured", "note": "18 months of figures"},
    "pieces": [
        ("same", "recorded as a crime within "),
        ("removed", "24 hours"),
        ("added", "a reasonable time"),
        ("same", " where a crime is disclosed"),
    ],
    "lines": [
        {
            "when": "2026-11-06",
            "text": "The verifier gave the opinion partly assured.",
            "by": "V. Lindqvist",
        },
        {
            "when": date(2026, 9, 3),
            "text": "Northmoor Police claimed that it is ready for assessment.",
        },
        {"when": "2024-03", "text": "The Harlow review asked for this."},
    ],
    "published": date(2024, 3, 14),
    "read_at": datetime(2026, 11, 20, 14, 5, tzinfo=UTC),
    "lanes": [
        {
            "name": "Response",
            "asks": "what was said?",
            "parts": [
                {"count": 64, "words": "accepted", "shade": "full", "href": "#"},
                {"count": 13, "words": "in part", "shade": "some"},
                {"count": 2, "words": "rejected", "shade": "little"},
                {"count": 8, "words": "silent", "shade": "none"},
            ],
        },
        {
            "name": "Assurance",
            "asks": "what has been seen?",
            "parts": [
                {"count": 19, "words": "assured", "shade": "full"},
                {"count": 23, "words": "partly", "shade": "some"},
                {"count": 45, "words": "nobody has looked yet", "shade": "none"},
            ],
        },
    ],
}


def html() -> str:
    """The page as HTML."""
    return engines["django"].from_string(PAGE.read_text("utf-8")).render(context())


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The page in ``folder``, served under the policy that the site has; yields its address."""
    copytree(STATIC, folder / "assets")
    (folder / "index.html").write_text(html(), "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
