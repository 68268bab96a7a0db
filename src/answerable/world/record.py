"""Reads the public record and the legal bases of clocks from this package's own data files."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, Literal

Precision = Literal["year", "month", "day", ""]
ClockUnit = Literal["calendar_days", "working_days", "months"]
ClockStart = Literal["publication", "receipt", "making"]


@dataclass(frozen=True, slots=True)
class LooseDate:
    """A date as precisely as its source gives it: ``2002``, ``2014-09`` or ``2014-08-26``."""

    text: str
    precision: Precision

    @property
    def first_day(self) -> date | None:
        """The earliest day that it can mean, for sorting only: never to be shown."""
        if not self.text:
            return None
        return date.fromisoformat(f"{self.text}-01-01"[:10])


@dataclass(frozen=True, slots=True)
class PublicBody:
    """A real organisation that wrote, commissioned, received or answered a report."""

    body: str
    name: str
    short_name: str
    former_names: tuple[str, ...]
    kind: str
    part_of: str
    successor: str
    exists_from: LooseDate
    exists_until: LooseDate
    note: str
    source_url: str


@dataclass(frozen=True, slots=True)
class PublicReport:
    """A real report. ``count_said`` is the number of recommendations it is said to make."""

    report: str
    title: str
    author: str
    author_as_recorded: str
    commissioned_by: str
    kind: str
    published: LooseDate
    basis_as_recorded: str
    count_said: int | None
    count_source_url: str
    note: str
    source_urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicRecommendation:
    """A paraphrased recommendation or finding, with what its sources say of the answer to it.

    ``response_words``, ``position_said`` and ``status_said`` are empty where no source says.
    """

    recommendation: str
    report: str
    number: str
    number_from: str
    kind: str
    words: str
    theme: str
    addressees: tuple[str, ...]
    addressees_as_recorded: str
    addressees_inferred: bool
    due_on: date | None
    due_kind: str
    due_words: str
    response_by: str
    response_words: str
    response_on: LooseDate
    response_note: str
    position_said: str
    response_source_url: str
    status_said: str
    status_source_url: str
    source_url: str
    confidence: str
    how_known: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """Two recommendations that ask for the same thing, how they are related, and why we say so."""

    first: str
    second: str
    relation: str
    reason: str
    reasoning_is_ours: bool
    source_url: str
    confidence: str


@dataclass(frozen=True, slots=True)
class ClockBasis:
    """The legal basis of a time limit: data, not code."""

    code: str
    name: str
    who_must_answer: str
    what_is_owed: str
    length: int
    unit: ClockUnit
    first_day_counts: bool
    starts_from: ClockStart
    extendable: bool
    pausable: bool
    publish_reply_within_days: int | None
    source_title: str
    source_url: str
    valid_from: date | None
    note: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("answerable.world").joinpath("public", name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def _loose(text: str) -> LooseDate:
    precisions: dict[int, Precision] = {0: "", 4: "year", 7: "month", 10: "day"}
    return LooseDate(text, precisions[len(text)])


def _list(text: str, separator: str = ";") -> tuple[str, ...]:
    return tuple(part for part in text.split(separator) if part)


def bodies() -> list[PublicBody]:
    """Every real body that the public record names, in the order of the file."""
    return [
        PublicBody(
            **{
                **row,
                "former_names": _list(row["former_names"]),
                "exists_from": _loose(row["exists_from"]),
                "exists_until": _loose(row["exists_until"]),
            }  # type: ignore[arg-type]
        )
        for row in _rows("bodies.csv")
    ]


def reports() -> list[PublicReport]:
    """Every real report of the public record, oldest first as the file lists them."""
    return [_report(row) for row in _rows("reports.csv")]


def _report(row: dict[str, str]) -> PublicReport:
    fields: dict[str, Any] = {key: value for key, value in row.items() if key != "precision"}
    fields["published"] = _loose(row["published"])
    fields["count_said"] = int(row["count_said"]) if row["count_said"] else None
    fields["source_urls"] = _list(row["source_urls"], " ")
    return PublicReport(**fields)


def recommendations() -> list[PublicRecommendation]:
    """Every recommendation and finding of the public record."""
    return [_recommendation(row) for row in _rows("recommendations.csv")]


def _recommendation(row: dict[str, str]) -> PublicRecommendation:
    fields: dict[str, Any] = {k: v for k, v in row.items() if k != "response_precision"}
    fields["addressees"] = _list(row["addressees"])
    fields["addressees_inferred"] = row["addressees_inferred"] == "yes"
    fields["due_on"] = date.fromisoformat(row["due_on"]) if row["due_on"] else None
    fields["response_on"] = _loose(row["response_on"])
    return PublicRecommendation(**fields)


def repeats() -> list[Repeat]:
    """Every likeness on record. Those of low confidence are suggestions for a person."""
    return [
        Repeat(**{**row, "reasoning_is_ours": row["reasoning_is_ours"] == "yes"})  # type: ignore[arg-type]
        for row in _rows("repeats.csv")
    ]


def clock_bases() -> list[ClockBasis]:
    """The legal bases of clocks, each with its source and with what is only background."""
    text = files("answerable.world").joinpath("clock_bases.json").read_text(encoding="utf-8")
    return [_clock_basis(item) for item in json.loads(text)]


def _clock_basis(item: dict[str, Any]) -> ClockBasis:
    day = item["valid_from"]
    return ClockBasis(**{**item, "valid_from": date.fromisoformat(day) if day else None})
