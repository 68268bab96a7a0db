"""Rows of several tables by one query, for pages that show a little of everything about one thing."""

import json
from datetime import UTC
from typing import Any

from django.db.models import DateTimeField, F, Field, ForeignKey, JSONField, Model, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils.timezone import is_naive


def together(*asked: QuerySet[Any]) -> list[list[Any]]:
    """The rows of each of ``asked``, by one query for them all.

    Each row carries its own columns, or those of ``only()``, and what was annotated as JSON has it;
    it knows nothing that it points to. They come in no order, whatever the query sets say.
    """
    parts = [_as_objects(number, rows) for number, rows in enumerate(asked)]
    found: list[list[Any]] = [[] for _ in asked]
    for number, row in parts[0].union(*parts[1:], all=True):
        found[number].append(_made(asked[number], row))
    return found


def _as_objects(number: int, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    names = [field.attname for field in _columns(rows)]
    columns = {name: F(name) for name in (*names, *rows.query.annotations)}
    marked: QuerySet[Any] = rows.order_by().annotate(of=Value(number), row=JSONObject(**columns))
    return marked.values_list("of", "row")


def _columns(rows: QuerySet[Any]) -> list[Field[Any, Any]]:
    fields = rows.model._meta.concrete_fields
    names, left_out = rows.query.deferred_loading
    if left_out:
        return [field for field in fields if field.name not in names]
    return [field for field in fields if field.primary_key or field.name in names]


def _made(rows: QuerySet[Any], row: dict[str, Any]) -> Model:
    fields = _columns(rows)
    values = [_value(field, row[field.attname]) for field in fields]
    made: Model = rows.model.from_db(None, [field.attname for field in fields], values)
    for name in rows.query.annotations:
        setattr(made, name, row[name])
    return made


def _value(field: Field[Any, Any], value: Any) -> Any:
    """A value as the field gives it, from what JSON made of it in either database."""
    if value is None:
        return None
    if isinstance(field, ForeignKey):
        return _value(field.target_field, value)
    if isinstance(field, JSONField):
        return json.loads(value) if isinstance(value, str) else value
    found = field.to_python(value)
    if isinstance(field, DateTimeField) and is_naive(found):
        return found.replace(tzinfo=UTC)
    return found
