"""Log a report, and change what is written about it."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict, Unpack

from django.utils import timezone
from django.utils.text import slugify

from answerable.accounts.models import Area, Body, Person
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.reports.models import Report
from answerable.reports.queries.likeness import likely_same
from answerable.reports.rules import reports as rules
from answerable.reports.rules.reports import By


class Details(TypedDict, total=False):
    """What is written about a report; see the fields of :class:`Report`."""

    title: str
    kind: str
    author: Body
    commissioner: Body | None
    terms: str
    scope: str
    period_from: date | None
    period_to: date | None
    areas: Sequence[Area]
    published_on: date | None
    published_words: str
    address: str
    stated_count: int | None
    clock_basis: str


WORDS: dict[str, str] = {
    "title": "the title",
    "kind": "the kind",
    "author": "the maker",
    "commissioner": "who commissioned it",
    "terms": "the terms of reference",
    "scope": "the scope",
    "period_from": "the period examined",
    "period_to": "the period examined",
    "areas": "the areas",
    "published_on": "the date of publication",
    "published_words": "the date of publication",
    "address": "the official address",
    "stated_count": "the number it gives for its recommendations",
    "clock_basis": "the time limit for replies",
}
"""What each detail is called in the history."""


def _free_slug(title: str) -> str:
    base = slugify(title)[:90].strip("-") or "report"
    taken = set(Report.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        s for n in range(1, 100_000) if (s := base if n == 1 else f"{base}-{n}") not in taken
    )


def _set(report: Report, details: Details) -> None:
    for name, value in details.items():
        if name != "areas":
            setattr(report, name, value.strip() if isinstance(value, str) else value)
    if report.published_on:
        report.published_words = ""
    report.full_clean(exclude=["slug", "logged_by"], validate_unique=False)


@act
def log_report(*, by: By, another: bool = False, **details: Unpack[Details]) -> Report:
    """Log a report. ``title``, ``kind`` and ``author`` are needed, the rest may come later.

    ``another``: a person has seen the reports that look the same, and says that this is another.
    A command (``by`` is the operator) is not asked.

    Raises:
        Refused: where it is almost certainly here already, or may not be logged by this person.
        ValidationError: for a value that the field does not hold.
    """
    rules.check_may_log(by)
    rules.check_period(details.get("period_from"), details.get("period_to"))
    if isinstance(by, Person) and not another:
        rules.check_is_another(
            likely_same(
                title=details["title"],
                author=details["author"],
                published_on=details.get("published_on"),
                address=details.get("address", ""),
            )
        )
    report = Report(
        slug=_free_slug(details["title"]),
        invented=details["author"].invented,
        logged_at=timezone.now(),
        logged_by=by if isinstance(by, Person) else None,
    )
    _set(report, details)
    report.save()
    report.areas.set(details.get("areas", ()))
    audit.record("report.logged", by=by, on=report)
    return report


def _changed(report: Report, details: Details) -> list[str]:
    """The names of the details that differ from what stands."""
    now: dict[str, object] = {n: getattr(report, n) for n in WORDS if n != "areas"}
    now["areas"] = {a.pk for a in report.areas.all()}
    new: dict[str, object] = dict(details)
    if "areas" in details:
        new["areas"] = {a.pk for a in details["areas"]}
    return [n for n, value in new.items() if now[n] != value]


@act
def change_report(
    *, by: By, report: Report, seen_version: int, **details: Unpack[Details]
) -> Report:
    """Change what is written about a report. Details that are not named stay.

    ``seen_version`` is the version that the person had before her eyes.

    Raises:
        Refused: where someone else has changed the report since, or this person may not.
        ValidationError: for a value that the field does not hold.
    """
    rules.check_may_log(by)
    now = Report.objects.get(pk=report.pk)
    rules.check_unchanged(now, seen_version)
    changed = _changed(now, details)
    if not changed:
        return now
    before = audit_queries.snapshot(now)
    _set(now, details)
    rules.check_period(now.period_from, now.period_to)
    now.version += 1
    now.save()
    if "areas" in details:
        now.areas.set(details["areas"])
    what = ", ".join(dict.fromkeys(WORDS[n] for n in changed))
    audit.record("report.changed", by=by, on=now, before=before, facts={"what": what})
    return now
