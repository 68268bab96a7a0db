"""Fills an empty installation through actions only, as `python -m tests.operators.furnish` in a process
of its own: an office with people, a report with a document that has been read, replies, an edition."""

import io
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from answerable.accounts import actions as accounts  # noqa: E402
from answerable.accounts.models import Body, Role  # noqa: E402
from answerable.publishing.actions import approve_edition, propose_edition  # noqa: E402
from answerable.register.actions.recommendations import enter_recommendation  # noqa: E402
from answerable.register.actions.responses import log_response, read_position  # noqa: E402
from answerable.reports.actions.documents import receive_document  # noqa: E402
from answerable.reports.actions.reports import log_report  # noqa: E402
from answerable.reports.actions.work import run_waiting  # noqa: E402
from tests import papers  # noqa: E402

PEOPLE = (
    ("Rosa Adeyemi", Role.GOVERNANCE_OFFICER),
    ("Petra Novak", Role.PUBLISHER),
    ("Percy Hale", Role.PUBLISHER),
    ("Ada Whitlock", Role.ADMINISTRATOR),
)
WORDS = "Write down the same day what was decided — “every child”, naïve façade, 日本語, and 🙂."


def furnish() -> None:
    today = timezone.localdate()
    office = accounts.add_body(
        by="operator", name="Northmoor Commissioner", kind=Body.Kind.OFFICE, is_office=True
    )
    force = accounts.add_body(by="operator", name="Northmoor Police", kind=Body.Kind.FORCE)
    maker = accounts.add_body(
        by="operator",
        name="Inspectorate of Policing and Rescue",
        short_name="IPR",
        other_names=["Inspectorate of Police"],
        kind=Body.Kind.INSPECTORATE,
    )
    areas = [accounts.add_area(by="operator", body=force, name=n) for n in ("East", "West")]
    rosa, petra, percy, _ = (
        accounts.add_person(
            by="operator",
            name=name,
            email=f"{name.split()[0].lower()}@northmoor.example",
            body=office,
            roles=[role],
            password="correct horse battery staple",
        )
        for name, role in PEOPLE
    )
    report = log_report(
        by=rosa,
        title="Inspection of Northmoor",
        kind="inspection",
        author=maker,
        published_on=today - timedelta(days=70),
        clock_basis="police-act-55",
        areas=areas,
    )
    receive_document(by=rosa, report=report, upload=io.BytesIO(papers.pdf()), name="inspection.pdf")
    assert run_waiting() == 1
    asked = enter_recommendation(
        by=rosa, report=report, words=WORDS, number="1", bodies=[(force, "Named")]
    )
    reply = log_response(
        by=rosa, undertaking=asked.undertakings.get(), words="We accept this.", dated_on=today
    )
    read_position(by=rosa, response=reply, position="accepted", reason="")
    edition = propose_edition(by=petra)
    approve_edition(by=percy, edition=edition, content_digest=edition.content_digest)
    enter_recommendation(
        by=rosa, report=report, words="Publish the results.", number="2", bodies=[(force, "Named")]
    )


if __name__ == "__main__":
    furnish()
