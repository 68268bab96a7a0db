"""What an arriving row is in this register already, if it is."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model

from answerable.accounts.models import Body, FormerName, Person, Succession
from answerable.register.models import Basis, OutsideLink, Recommendation
from answerable.register.queries.outside_links import standing_at
from answerable.reports.models import Document, Report


def _person(came: Person) -> Model | None:
    return Person.objects.filter(pk=came.pk).first()


def _body(came: Body) -> Model | None:
    return Body.objects.filter(name=came.name).first()


def _former_name(came: FormerName) -> Model | None:
    return FormerName.objects.filter(body=came.body_id, name=came.name).first()


def _succession(came: Succession) -> Model | None:
    pair = {"predecessor": came.predecessor_id, "successor": came.successor_id}
    return Succession.objects.filter(**pair).first()


def _report(came: Report) -> Model | None:
    rows = Report.objects.filter(title=came.title, published_on=came.published_on)
    return rows.filter(author=came.author_id).first()


def _document(came: Document) -> Model | None:
    return Document.objects.filter(sha256=came.sha256).first()


def _basis(came: Basis) -> Model | None:
    return Basis.objects.filter(code=came.code, version=came.version).first()


def _recommendation(came: Recommendation) -> Model | None:
    rows = Recommendation.objects.filter(report=came.report_id, fingerprint=came.fingerprint)
    return rows.filter(number=came.number, withdrawn_at__isnull=True).first()


def _outside_link(came: OutsideLink) -> Model | None:
    if came.taken_back_at:
        return None
    return standing_at(came.recommendation, came.address, came.theirs)


SAME: dict[type[Model], Callable[[Any], Model | None]] = {
    Person: _person,
    Body: _body,
    FormerName: _former_name,
    Succession: _succession,
    Report: _report,
    Document: _document,
    Basis: _basis,
    Recommendation: _recommendation,
    OutsideLink: _outside_link,
}
"""Kinds of which this register may have the same: all others are new here."""


def as_here(came: Model) -> Model | None:
    """The row of this register that is the same as one that came, or None."""
    find = SAME.get(type(came))
    return find(came) if find else None


def free_report_slug(slug: str) -> str:
    """``slug``, or the next like it that no report has."""
    taken = set(Report.objects.filter(slug__startswith=slug[:90]).values_list("slug", flat=True))
    return next(
        s for n in range(1, 10_000) if (s := slug if n == 1 else f"{slug[:90]}-{n}") not in taken
    )


def id_of_body(rows: list[dict[str, Any]], opened: Mapping[str, Any]) -> str:
    """The id that the body whose record it is had at the giving office."""
    name = opened["body"]["name"]
    return next(str(row["id"]) for row in rows if row["fields"]["name"] == name)
