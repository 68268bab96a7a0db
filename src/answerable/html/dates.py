"""A date in three inputs: day, month, year.

People know dates by heart and type them quicker than they find them in a calendar. The rules for
what is said when one is wrong are those of the GOV.UK date input: name the part that is missing,
say "must be a real date", and mark only the parts that are wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from answerable.html.times import MONTHS, day_words

PARTS = ("day", "month", "year")
MONTH_NUMBERS = {
    month[:size].lower(): number
    for number, month in enumerate(MONTHS, start=1)
    for size in (3, 4, len(month))
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, as it was typed."""

    day: str = ""
    month: str = ""
    year: str = ""

    def __iter__(self) -> Any:
        return iter((self.day, self.month, self.year))

    def missing(self) -> list[str]:
        """The names of the parts that are empty."""
        return [name for name, value in zip(PARTS, self, strict=True) if not value]


def typed_from(value: object) -> Typed:
    """The three parts of a date, an ISO date, what was typed, or nothing."""
    if isinstance(value, Typed):
        return value
    if isinstance(value, str) and value:
        value = date.fromisoformat(value[:10])
    if isinstance(value, date):
        return Typed(str(value.day), str(value.month), str(value.year))
    return Typed()


class DateInput(forms.Widget):
    """Three text inputs, named ``NAME-day``, ``NAME-month`` and ``NAME-year``."""

    use_fieldset = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: object, name: str
    ) -> Typed | None:
        """What was typed, without spaces around it; ``None`` if the form has no such inputs."""
        if all(f"{name}-{part}" not in data for part in PARTS):
            return None
        return Typed(*(str(data.get(f"{name}-{part}") or "").strip() for part in PARTS))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:
        """Whether none of the three came."""
        return all(f"{name}-{part}" not in data for part in PARTS)

    def id_for_label(self, id_: str) -> str:
        """The first input, so that an error can link to it."""
        return f"{id_}-day" if id_ else id_

    def format_value(self, value: object) -> Any:
        """The three parts to show."""
        return typed_from(value)

    def render(self, name: str, value: object, attrs: Any = None, renderer: Any = None) -> Any:
        """Drawn by ``{% field %}`` only, so that it always has its legend."""
        raise NotImplementedError("Draw a date with {% field form.name %}.")


class DateField(forms.Field):
    """A date; with ``past=True`` not after today, with ``earliest`` or ``latest`` within bounds."""

    widget = DateInput

    def __init__(
        self,
        *,
        past: bool = False,
        earliest: date | None = None,
        latest: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.past, self.earliest, self.latest = past, earliest, latest

    def to_python(self, value: Any) -> date | None:
        """The date that was typed, or an error that names the parts to mend."""
        typed = typed_from(value)
        missing = typed.missing()
        if len(missing) == len(PARTS):
            return None
        if missing:
            raise self._wrong(f"{self._name()} must include a {' and '.join(missing)}", missing)
        return self._real(typed)

    def validate(self, value: date | None) -> None:
        """Required, and within its bounds."""
        super().validate(value)
        if value is None:
            return
        if self.past and value > timezone.localdate():
            raise self._wrong(f"{self._name()} must be today or in the past")
        if self.earliest and value < self.earliest:
            raise self._wrong(f"{self._name()} must be on or after {day_words(self.earliest)}")
        if self.latest and value > self.latest:
            raise self._wrong(f"{self._name()} must be on or before {day_words(self.latest)}")

    def has_changed(self, initial: object, data: object) -> bool:
        """Whether what was typed means another date."""
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True

    def _name(self) -> str:
        label = str(self.label or "Date")
        return label[:1].upper() + label[1:]

    def _wrong(self, sentence: str, parts: list[str] | None = None) -> ValidationError:
        return ValidationError(sentence, code="date", params={"parts": parts or list(PARTS)})

    def _real(self, typed: Typed) -> date:
        month = MONTH_NUMBERS.get(typed.month.lower(), typed.month)
        if typed.year.isascii() and typed.year.isdigit() and len(typed.year) != 4:
            raise self._wrong(
                f"{self._name()} must include a year of 4 numbers, like 2024", ["year"]
            )
        wrong = [
            name for name, value, most in _bounds(typed, month) if not _number_up_to(value, most)
        ]
        if not wrong:
            try:
                return date(int(typed.year), int(month), int(typed.day))
            except ValueError:
                wrong = list(PARTS)
        raise self._wrong(f"{self._name()} must be a real date, like 27 3 2024", wrong)


def _bounds(typed: Typed, month: int | str) -> tuple[tuple[str, int | str, int], ...]:
    return (("day", typed.day, 31), ("month", month, 12), ("year", typed.year, 9999))


def _number_up_to(value: int | str, most: int) -> bool:
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= most
