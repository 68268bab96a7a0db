"""What was typed into the search box, as conditions on recommendations, alike on both databases.

Every word must be found: in the words of the recommendation (stemmed, so that "recording" finds
"record"), in its number, reference or subject, in the title of its report, or in the name of a body
it is addressed to. "Words in quotes" stand together; a word after a minus must not be there.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from answerable.register.models import Recommendation, Undertaking

MOST_TERMS = 12
LONGEST = 200
"""Nobody searches for more characters than this; the rest is left out."""

_TYPED = re.compile(r'(-?)"([^"]*)"|(-?)(\S+)')
_LETTERS = re.compile(r"[^\W_]+")

FOUND = {
    "sqlite": "SELECT rowid FROM register_search WHERE register_search MATCH %s",
    "postgresql": """SELECT recommendation_id FROM register_search
        WHERE document @@ to_tsquery('answerable', %s)""",
}

Term = tuple[str, ...]
"""Words that must stand next to each other; mostly one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must be found, and what must not."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()


def letters(text: str) -> Term:
    """``text`` cut as the index cuts it: letters and digits, small, without accents."""
    plain = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(_LETTERS.findall(bare))


def wanted(typed: str) -> Wanted:
    """What was typed, understood. Whatever can be typed means something, or nothing."""
    terms: list[Term] = []
    without: list[Term] = []
    for match in _TYPED.finditer(typed.replace("\x00", " ")[:LONGEST]):
        minus = match[1] or match[3]
        term = letters(match[2] if match[2] is not None else match[4])
        if term:
            (without if minus else terms).append(term)
    return Wanted(tuple(terms[:MOST_TERMS]), tuple(without[:MOST_TERMS]))


def _in_words(term: Term) -> Q:
    joiner, quote = (" ", '"') if connection.vendor == "sqlite" else (" <-> ", "")
    asked = f"{quote}{joiner.join(term)}{quote}"
    return Q(pk__in=RawSQL(FOUND[connection.vendor], [asked]))  # noqa: S611 - a constant


def _stands_in(term: Term, names: Iterable[str]) -> bool:
    """Whether the words of ``term`` stand together in one of ``names``; a plural finds a singular."""
    bare = tuple(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in term)
    width = len(bare)
    for cut in (letters(name) for name in names):
        for at in range(len(cut) - width + 1):
            if all(w.startswith(b) for w, b in zip(cut[at : at + width], bare, strict=True)):
                return True
    return False


@dataclass(frozen=True, slots=True)
class Names:
    """Titles of reports and names of bodies that a reader may search, by their keys."""

    reports: dict[int, str]
    bodies: dict[int, list[str]]

    def reports_with(self, term: Term) -> list[int]:
        """Reports whose title has ``term``."""
        return [pk for pk, title in self.reports.items() if _stands_in(term, [title])]

    def bodies_with(self, term: Term) -> list[int]:
        """Bodies of which some name has ``term``."""
        return [pk for pk, names in self.bodies.items() if _stands_in(term, names)]


def _addressed_to(bodies: list[int]) -> Exists:
    return Exists(Undertaking.objects.filter(recommendation=OuterRef("pk"), body__in=bodies))


def _conditions(terms: Iterable[Term], names: Names) -> Iterator[Q]:
    for term in terms:
        found = _in_words(term)
        if reports := names.reports_with(term):
            found |= Q(report__in=reports)
        if bodies := names.bodies_with(term):
            found |= Q(_addressed_to(bodies))
        yield found


def matching(
    recommendations: QuerySet[Recommendation], typed: str, names: Names
) -> QuerySet[Recommendation]:
    """Those in which everything typed is found; ``names`` are those that the reader may search."""
    asked = wanted(typed)
    if not asked.terms and not asked.without:
        return recommendations.none() if typed.strip() else recommendations
    for found in _conditions(asked.terms, names):
        recommendations = recommendations.filter(found)
    for unwanted in _conditions(asked.without, names):
        recommendations = recommendations.exclude(unwanted)
    return recommendations
