"""Lists as files that a spreadsheet opens, exactly what is on the screen."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, and rows of plain values."""

    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]


def safe_cell(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula: a text that looks like one gets a quote."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


class _Line:
    """A file that gives back what was written."""

    def write(self, text: str) -> str:
        return text


def _lines(table: Table) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff"  # so that Excel knows it is UTF-8
    yield writer.writerow(table.headings)
    for row in table.rows:
        yield writer.writerow([safe_cell(v) for v in row])


def as_csv(name: str, table: Table) -> StreamingHttpResponse:
    """``table`` as CSV to be saved, named after the list and the day."""
    filename = f"{name}-{timezone.localdate().isoformat()}.csv"
    return StreamingHttpResponse(
        _lines(table),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{filename}"',
            "Cache-Control": "private, no-store",
        },
    )
