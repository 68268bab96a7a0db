"""Prints how the demo has numbered what its pictures show, as JSON: for tools/screenshots.py."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerable.settings")
django.setup()

from answerable.accounts.models import Body, Person  # noqa: E402
from answerable.assurance.models import Evidence, Sample  # noqa: E402
from answerable.gaps.models import DraftPlan, GapRun, Theme  # noqa: E402
from answerable.plan.models import Action, DateMove  # noqa: E402
from answerable.publishing.models import Edition  # noqa: E402
from answerable.register.models import Clock, Recommendation, Response, Stands, Undertaking  # noqa: E402
from answerable.register.queries.families import families  # noqa: E402
from answerable.reports.models import Candidate, Document, Report  # noqa: E402

DOCUMENTS = {
    "inquiry": "tressell-inquiry-report.pdf",
    "inspection": "northmoor-police-child-protection-inspection.pdf",
    "learning": "operation-larkspur-learning.pdf",
    "letter": "joint-targeted-visit-northmoor.pdf",
    "peers": "peer-review-2009-scan.pdf",
    "prevention": "prevent-future-deaths-sam.html",
    "review": "harlow-review.pdf",
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


CASES = {
    "trained": ("review", "5"),
    "kept": ("inquiry", "3(b)"),
    "superseded": ("inquiry", "6"),
    "moved": ("review", "4"),
    "by_date": ("review", "9"),
    "homes": ("inquiry", "5(a)"),
    "counted": ("review", "1"),
    "slipped": ("inquiry", "4(a)(i)"),
    "void": ("review", "7"),
    "differ": ("inquiry", "9(a)"),
    "expired": ("inquiry", "7(a)"),
    "again": ("inquiry", "3(a)"),
    "let_go": ("review", "10"),
    "other": ("inquiry", "5(b)"),
    "refused_test": ("learning", "6"),
    "open_test": ("learning", "1"),
    "to_judge": ("learning", "2"),
    "for_chair": ("inquiry", "4(b)(ii)"),
    "untested": ("learning", "4"),
}
"""What the guide to the eight ways walks through, by the report and the number."""


def _assurance() -> dict[str, str]:
    moved = Action.objects.filter(moves__isnull=False)[0]
    return {
        **{name: _of(*case) for name, case in CASES.items()},
        "action": moved.reference,
        "move": str(DateMove.objects.get(approved_at=None, refused_at=None).pk),
        "evidence": str(Evidence.objects.get(is_public=True).pk),
        "ungraded": str(Evidence.objects.filter(grades=None).earliest("pk").pk),
        "sample": str(Sample.objects.filter(undertaking__recommendation__number="5")[0].pk),
    }


def _repeats() -> dict[str, str]:
    """What was asked again: signed, or for somebody to decide; and what was made of it."""
    groups = sorted(families(None), key=lambda one: -len(one.members))
    ours = next(one for one in groups if not one.first.paraphrased)
    real = next(one for one in groups if one.first.paraphrased)
    draft = DraftPlan.objects.latest("serial")
    return {
        "family": ours.first.reference,
        "real_family": real.first.reference,
        "real_earlier": real.links[0].earlier.reference,
        "real_later": real.links[0].later.reference,
        "signed": ours.links[0].later.reference,
        "signed_to": ours.links[0].earlier.reference,
        "earlier": _of("review", "10"),
        "later": _of("scrutiny", "5.5(a)"),
        "later_report": str(Document.objects.get(name=DOCUMENTS["scrutiny"]).report_id),
        "run": GapRun.objects.latest("serial").reference,
        "theme": Theme.objects.earliest("pk").slug,
        "draft": draft.reference,
        "line_body": draft.lines.get(place=1).bodies[0],
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
        **_assurance(),
        **_repeats(),
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
