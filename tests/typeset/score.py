"""How well a reading agrees with the truth of an invented report.

The same rule as for real documents: the sets of words overlap by at least .6 (Jaccard), pages may
differ by one, one candidate to one item, as many matches as there can be.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from answerable.engine.documents import Candidate, Reading
from tests.typeset.parts import Row

_TOKEN = re.compile(r"[^\W_]+")
_LABEL = re.compile(
    r"^\s*(?:[•●▪■◦‣–—*-]\s+)?(?:(?:(?:safety\s+)?recommendations?|requirements?|areas? for improvement|rec)\s*(?:no\.?\s*)?[\dr][\w./-]*[\s:.)–—-]*"
    r"|[a-z]-?\d[\d.-]*[\s:.)]+|\d{1,4}(?:[./]\d{1,3})*\s*[.):]?(?=\s|[A-Z])|\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})[).](?=\s))\s*",
    re.I,
)
NOT_FOUND = {"finding", "quoted"}


@dataclass
class Score:
    """What one document came to. ``f1`` is None where the document asks for nothing."""

    own: int
    found: int
    matched: int
    causes: Counter[str] = field(default_factory=Counter)
    numbers: tuple[int, int] = (0, 0)
    pages: tuple[int, int] = (0, 0)
    exact: tuple[int, int] = (0, 0)
    addressees: tuple[int, int] = (0, 0)
    dues: tuple[int, int] = (0, 0)

    @property
    def precision(self) -> float:
        return self.matched / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.matched / self.own if self.own else 0.0

    @property
    def f1(self) -> float | None:
        if not self.own:
            return None
        return 2 * self.matched / (self.own + self.found)


def bag(text: str) -> frozenset[str]:
    """The words of a text without its label, soft hyphens and quotation marks."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub("[\u00ad\ufffe\uffff\x02]\\s*", "", text)
    text = re.sub(r"(?<=[^\W\d_])[-\u2010]\s*\n\s*(?=[a-z])", "", text)
    text = re.sub("[\u2018\u2019'`]", "", text)
    for _ in range(3):
        shorter = _LABEL.sub("", text, count=1)
        if shorter == text or not _TOKEN.search(shorter):
            break
        text = shorter
    return frozenset(_TOKEN.findall(text.lower()))


def number(value: str | None) -> str | None:
    """A label as it is compared: ``Recommendation 5.`` is ``5``, ``2(a)(i)`` is ``2ai``."""
    if value is None:
        return None
    text = unicodedata.normalize("NFKC", value).strip().lower()
    text = re.sub(
        r"^(?:safety\s+)?(?:recommendations?|requirements?|areas? for improvement|recs?|no)\b\.?\s*(?:no\.?\s*)?",
        "",
        text,
    )
    text = re.sub(r"^r\s*(?=\d)", "", text)
    return re.sub(r"[\s()\[\]]", "", text).strip(".:;,-") or None


def likeness(candidate: Candidate, row: Row) -> float:
    """How like one of the row's wordings, 0 where it stands on another page."""
    near = not row.pages or any(abs((candidate.page or page) - page) <= 1 for page in row.pages)
    return _like(candidate.text, row) if near else 0.0


def _like(text: str, row: Row) -> float:
    words = bag(text)
    best = 0.0
    for wording in (row.text, *row.wordings):
        other = bag(wording)
        if words and other:
            best = max(best, len(words & other) / len(words | other))
    return best


def pairs(taken: list[Candidate], rows: list[Row]) -> dict[int, int]:
    """The greatest set of pairs row -> candidate with a likeness of .6, the likest first."""
    edges = {
        r: sorted((-like, c) for c, one in enumerate(taken) if (like := likeness(one, row)) >= 0.6)
        for r, row in enumerate(rows)
    }
    holds: dict[int, int] = {}

    def place(row: int, seen: set[int]) -> bool:
        for _, c in edges[row]:
            if c not in seen:
                seen.add(c)
                if c not in holds or place(holds[c], seen):
                    holds[c] = row
                    return True
        return False

    for row in sorted(edges, key=lambda r: edges[r][:1]):
        place(row, set())
    return {row: c for c, row in holds.items()}


def score(reading: Reading, rows: list[Row]) -> Score:
    """Compare the candidates that were taken with the truth."""
    taken = [c for c in reading.candidates if c.taken and c.kind not in NOT_FOUND]
    own = own_rows(taken, rows)
    matched = pairs(taken, own)
    left = [c for i, c in enumerate(taken) if i not in set(matched.values())]
    spare = [row for row in rows if row.optional]
    forgiven = set(pairs(left, spare).values())
    wrong = [c for i, c in enumerate(left) if i not in forgiven]
    both = [(taken[c], own[r]) for r, c in matched.items()]
    result = Score(len(own), len(both) + len(wrong), len(both))
    result.causes.update(_cause(c, rows, own) for c in wrong)
    result.causes.update(_missed(row, taken) for i, row in enumerate(own) if i not in matched)
    _details(result, both)
    return result


def own_rows(taken: list[Candidate], rows: list[Row]) -> list[Row]:
    """The report's own items: each whole by itself, or its parts, as the reading chose."""
    wholes = [row for row in rows if row.instead_of]
    left_out = {id(row) for row in wholes}
    for whole in wholes:
        parts = [rows[index] for index in whole.instead_of]
        if pairs(taken, [whole]) and not pairs(taken, parts):
            left_out.discard(id(whole))
            left_out |= {id(part) for part in parts}
    return [row for row in rows if row.own and not row.optional and id(row) not in left_out]


def _details(result: Score, both: list[tuple[Candidate, Row]]) -> None:
    def share(tests: list[bool]) -> tuple[int, int]:
        return sum(tests), len(tests)

    result.numbers = share(
        [number(c.number) in {number(n) for n in row.numbers} for c, row in both]
    )
    result.pages = share([c.page in row.pages for c, row in both if row.pages])
    result.exact = share([_like(c.text, row) >= 0.95 for c, row in both])
    result.addressees = share(
        [_names(c, row.addressee) for c, row in both if row.addressee is not None]
    )
    result.dues = share([_dated(c, row.due) for c, row in both if row.due])


def _dated(candidate: Candidate, due: str) -> bool:
    words = bag(due) - {"by", "the", "of"}
    return candidate.due is not None and len(words & bag(candidate.due.words)) >= 0.6 * len(words)


def _names(candidate: Candidate, addressee: str) -> bool:
    words = bag(addressee) - {"the", "and", "of"}
    return any(len(words & bag(one.name)) >= 0.6 * len(words) for one in candidate.addressees)


def _cause(candidate: Candidate, rows: list[Row], own: list[Row]) -> str:
    words = bag(candidate.text)
    for row in rows:
        if _like(candidate.text, row) >= 0.6:
            return f"+{row.kind}" if not row.own or row.optional else "+again"
    for row in own:
        other = bag(row.text)
        least = min(len(words), len(other))
        if least >= 5 and len(words & other) >= 0.8 * least:
            return "+bounds"
    return "+prose"


def _missed(row: Row, taken: list[Candidate]) -> str:
    words = bag(row.text)
    for candidate in taken:
        other = bag(candidate.text)
        if _like(candidate.text, row) >= 0.6:
            return "-page" if likeness(candidate, row) < 0.6 else "-pair"
        if len(words & other) >= 0.8 * min(len(words), len(other)) and len(other) >= 5:
            return "-merged" if len(other) > len(words) else "-split"
    return "-absent"
