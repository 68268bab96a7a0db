"""Prints how the demo has numbered what its pictures show, as JSON: for tools/screenshots.py."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerable.settings")
django.setup()

from answerable.accounts.models import Body, Person  # noqa: E402
from answerable.publishing.models import Edition  # noqa: E402
from answerable.register.models import Clock, Recommendation, Response, Stands, Undertaking  # noqa: E402
from answerable.reports.models import Candidate, Document, Report  # noqa: E402

DOCUMENTS = {
    "inspection": "northmoor-police-child-protection-inspection.pdf",
    "learning": "operation-larkspur-learning.pdf",
    "letter": "joint-targeted-visit-northmoor.pdf",
    "peers": "peer-review-2009-scan.pdf",
    "prevention": "prevent-future-deaths-sam.html",
    "scrutiny": "children-missing-from-care.docx",
}


def _reference(**wanted: object) -> str:
    rows = Recommendation.objects.filter(paraphrased=False, **wanted).order_by("serial")
    return str(rows.values_list("reference", flat=True)[0])


def _of(document: str, number: str) -> str:
    return _reference(document__name=DOCUMENTS[document], number=number, kind="recommendation")


def _recommendations() -> dict[str, str]:
    passed = Undertaking.objects.filter(stands=Stands.PASSED).order_by("pk")[0]
    return {
        "late": _of("learning", "7"),
        "extended": _of("learning", "5"),
        "paused": _of("learning", "11"),
        "silent": _of("inspection", "2"),
        "restated": _reference(
            document__name=DOCUMENTS["scrutiny"], undertakings__stands=Stands.IN_PART
        ),
        "corrected": _reference(corrections__isnull=False),
        "withdrawn": _reference(withdrawn_at__isnull=False),
        "passed": passed.recommendation.reference,
        "board": passed.body.slug,
        "real": Recommendation.objects.filter(
            paraphrased=True, undertakings__stands=Stands.ACCEPTED
        )
        .order_by("serial")[0]
        .reference,
    }


def found() -> dict[str, str]:
    """Every name that an address of a picture may hold, with what stands in this demo for it."""
    documents = {key: Document.objects.get(name=name) for key, name in DOCUMENTS.items()}
    unread = Response.objects.filter(
        undertaking__stands=Stands.UNREAD,
        undertaking__body__slug="northmoor-police",
        undertaking__clock__state=Clock.State.STOPPED,
    )
    first_of = Candidate.objects.filter(reading__document=documents["letter"], taken=True)
    return {
        **{key: str(document.pk) for key, document in documents.items()},
        **_recommendations(),
        "inspection_report": str(documents["inspection"].report_id),
        "real_report": str(Report.objects.get(title__startswith="Operation Linden").pk),
        "learning_slug": documents["learning"].report.slug,
        "candidate": str(first_of.order_by("ordinal")[1].pk),
        "unread": str(unread.latest("entered_at").pk),
        "office": Body.objects.get(is_office=True).slug,
        "proposed": str(Edition.objects.get(state=Edition.State.PROPOSED).pk),
        "published": str(Edition.objects.get(state=Edition.State.PUBLISHED).pk),
        "rosa": str(Person.objects.get(name__startswith="Rosa").pk),
    }


if __name__ == "__main__":
    print(json.dumps(found()))
