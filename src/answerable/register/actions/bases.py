"""Writes of the legal bases on which replies are timed: data with their source, one row a version."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from answerable.audit import actions as audit
from answerable.audit.actions import act
from answerable.register.models import Basis
from answerable.register.queries.bases import shipped_bases
from answerable.register.rules import clocks as rules
from answerable.register.rules.who import By

FIELDS = {
    "name": "name",
    "who": "who_must_answer",
    "owed": "what_is_owed",
    "length": "length",
    "unit": "unit",
    "first_day_counts": "first_day_counts",
    "starts_from": "starts_from",
    "source": "source_title",
    "source_url": "source_url",
    "valid_from": "valid_from",
    "extendable": "extendable",
    "pausable": "pausable",
    "publish_within_days": "publish_reply_within_days",
    "note": "note",
}
"""Our field for each of the data file."""


def _values(row: Mapping[str, Any]) -> dict[str, Any]:
    values = {field: row[name] for field, name in FIELDS.items()}
    if values["valid_from"]:
        values["valid_from"] = date.fromisoformat(values["valid_from"])
    return values


def _adopt(code: str, values: dict[str, Any], by: By) -> Basis | None:
    newest = Basis.objects.filter(code=code).order_by("-version").first()
    if newest and all(getattr(newest, field) == value for field, value in values.items()):
        return None
    basis = Basis(code=code, version=newest.version + 1 if newest else 1, **values)
    basis.full_clean()
    basis.save(force_insert=True)
    audit.record("basis.adopted", by=by, on=basis, facts={"name": basis.name})
    return basis


@act
def adopt_bases(*, by: By, rows: Iterable[Mapping[str, Any]] | None = None) -> list[Basis]:
    """Adopt time limits, without ``rows`` those that come with the product. Returns what is new.

    What is known already stays as it is; a changed row is a new version, and clocks that run on an
    older one are not touched.
    """
    rules.check_may_adopt(by)
    adopted = (
        _adopt(row["code"], _values(row), by) for row in (shipped_bases() if rows is None else rows)
    )
    return [basis for basis in adopted if basis]
