"""The rows of the register's list: plain, light, and in four queries however many there are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet

from answerable.accounts.models import Person
from answerable.register.models import Correction, Kind, Recommendation
from answerable.register.queries.undertakings import seen_by

KINDS = {str(value): str(label) for value, label in Kind.choices}


@dataclass(frozen=True, slots=True)
class Answer:
    """One body's answer on a row."""

    pk: int
    body: str
    clock: str | None
    due_on: date | None
    stopped_on: date | None


@dataclass(slots=True)
class Row:
    """One recommendation as a list shows it."""

    pk: int
    reference: str
    number: str
    words: str
    kind: str
    page: int | None
    withdrawn_at: datetime | None
    report_id: int
    report: str
    maker: str
    published_on: date | None
    published_words: str
    corrected: bool = False
    answers: list[Answer] = field(default_factory=list)

    @property
    def kind_words(self) -> str:
        """The kind, in words."""
        return KINDS.get(self.kind, self.kind)


COLUMNS = (
    "pk",
    "reference",
    "number",
    "words",
    "kind",
    "page",
    "withdrawn_at",
    "report_id",
    "report__title",
    "report__author__name",
    "report__published_on",
    "report__published_words",
)


def _corrected(keys: Sequence[int]) -> dict[int, str]:
    """The words that count now, of those that were corrected."""
    rows = Correction.objects.filter(recommendation__in=keys).order_by("at", "pk")
    return dict(rows.values_list("recommendation_id", "words"))


def _answers(person: Person, keys: Sequence[int]) -> Iterator[tuple[int, Answer]]:
    rows = seen_by(person).filter(recommendation__in=keys).order_by("pk")
    for pk, *rest in rows.values_list(
        "recommendation_id",
        "pk",
        "body__name",
        "clock__state",
        "clock__due_on",
        "clock__stopped_on",
    ):
        yield pk, Answer(*rest)


def rows_of(person: Person, keys: Sequence[int]) -> list[Row]:
    """The rows with these ``keys``, in their order, with the answers that ``person`` may see."""
    found = Recommendation.objects.filter(pk__in=keys).order_by().values_list(*COLUMNS)
    corrected = _corrected(keys)
    rows: dict[int, Row] = {}
    for pk, reference, number, words, *rest in found:
        said = corrected.get(pk, words)
        rows[pk] = Row(pk, reference, number, said, *rest)
        rows[pk].corrected = pk in corrected
    for pk, answer in _answers(person, keys):
        rows[pk].answers.append(answer)
    return [rows[pk] for pk in keys if pk in rows]


def keys_of(found: QuerySet[Recommendation], first: int, last: int) -> list[int]:
    """Keys of a stretch of a list: skipping rows costs an index entry each, not a row."""
    return list(found.values_list("pk", flat=True)[first:last])


def all_rows(person: Person, found: QuerySet[Recommendation], *, batch: int = 500) -> Iterable[Row]:
    """Every row of a list, a batch at a time, for a download."""
    keys = list(found.values_list("pk", flat=True))
    for first in range(0, len(keys), batch):
        yield from rows_of(person, keys[first : first + batch])
