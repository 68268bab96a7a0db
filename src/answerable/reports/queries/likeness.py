"""Which reports a new one may be the same as: searched before it is created."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from answerable.accounts.models import Body
from answerable.reports.models import Report

SHOWN = 0.45
"""From this likeness of titles on, a report is shown as perhaps the same."""
STRONG = 0.85
"""From this likeness on, a person must say that it is another report."""
LOOKED_AT = 300
"""At most so many reports are compared; the database finds them by their words first."""

STOP = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "report"}
) | {
    "the",
    "to",
    "with",
}
"""Words that titles share without being alike."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A report that may be the same, why, and whether a person must say that it is not."""

    report: Report
    why: str
    score: float
    strong: bool


def title_words(title: str) -> list[str]:
    """The words of a title that tell it from others."""
    return [w for w in re.findall(r"\w+", title.casefold()) if w not in STOP]


def _trigrams(words: Iterable[str]) -> set[str]:
    text = f"  {' '.join(words)} "
    return {text[i : i + 3] for i in range(len(text) - 2)}


def likeness(one: str, other: str) -> float:
    """How alike two titles are, from 0 to 1: shared trigrams and shared words, half and half.

    Titles of yearly reports differ in their number alone; they are never almost the same.
    """
    a, b = title_words(one), title_words(other)
    if not a or not b:
        return 0.0
    x, y = _trigrams(a), _trigrams(b)
    letters = 2 * len(x & y) / (len(x) + len(y))
    words = 2 * len(set(a) & set(b)) / (len(set(a)) + len(set(b)))
    score = (letters + words) / 2
    numbers_differ = {w for w in a if w.isdigit()} != {w for w in b if w.isdigit()}
    return min(score, STRONG - 0.05) if numbers_differ else score


def _worth_comparing(
    title: str, author: Body | None, published_on: date | None, address: str
) -> Q | None:
    """The reports that share a long word, the maker and the day, or the address."""
    looked_for = [Q(title__icontains=w) for w in sorted(title_words(title), key=len)[-6:]]
    if author and published_on:
        looked_for.append(Q(author=author, published_on=published_on))
    if address:
        looked_for.append(Q(address=address))
    if not looked_for:
        return None
    found = looked_for[0]
    for one in looked_for[1:]:
        found |= one
    return found


def _compare(
    report: Report, title: str, author: Body | None, published_on: date | None, address: str
) -> Alike | None:
    score = likeness(title, report.title)
    same_author = author is not None and report.author_id == author.pk
    same_day = published_on is not None and report.published_on == published_on
    if address and report.address == address:
        return Alike(report, "It has the same official address.", 2, True)
    if same_author and same_day:
        return Alike(report, "It has the same maker and the same date.", 1 + score, True)
    if score >= STRONG:
        return Alike(report, "Its title is almost the same.", score, True)
    if score >= SHOWN:
        return Alike(report, "Its title has many of the same words.", score, False)
    return None


def likely_same(
    *,
    title: str,
    author: Body | None = None,
    published_on: date | None = None,
    address: str = "",
    apart_from: Report | None = None,
) -> list[Alike]:
    """Reports that may be the same as one with these details, the likeliest first. One query."""
    worth = _worth_comparing(title, author, published_on, address)
    if worth is None:
        return []
    reports = Report.objects.filter(worth).select_related("author")
    if apart_from is not None:
        reports = reports.exclude(pk=apart_from.pk)
    compared = (
        _compare(r, title, author, published_on, address)
        for r in reports.order_by("-pk")[:LOOKED_AT]
    )
    return sorted((a for a in compared if a), key=lambda a: -a.score)[:10]
