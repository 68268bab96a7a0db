"""What is not as it was: beside the last opinion, and beside what a page showed before."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from answerable.assurance.models import Grade, Judgement
from answerable.assurance.queries.opinions import Comparison
from answerable.assurance.queries.seen import PARTS, Seen
from answerable.desk.forms.people import sentence_case
from answerable.desk.records.offers import name_of
from answerable.engine import chain, wording
from answerable.html.times import day_words, plural
from answerable.plan.models import Pattern, Rung

FIELDS: dict[str, dict[str, str]] = {
    "closing_test": {
        "pattern": "How",
        "look_at": "What is looked at",
        "how_many": "How many",
        "due_on": "By when",
        "counts_as_seen": "What counts as seen",
    },
    "claim": {
        "rung": "Claimed",
        "words": "In its words",
        "reason": "Reason",
        "signed_off_role": "Signed off by",
        "slipped_on": "Slipped back",
    },
}
"""What of a test and of a claim is compared, in words."""


@dataclass(frozen=True, slots=True)
class Change:
    """One part that is not as it was: sentences, or the words before and now as one text."""

    part: str
    lines: Sequence[str] = field(default_factory=tuple)
    pieces: Sequence[tuple[str, str]] = field(default_factory=tuple)

    @property
    def title(self) -> str:
        """Which part."""
        return sentence_case(PARTS[self.part])


@dataclass(frozen=True)
class Compared:
    """Everything new since the last opinion; ``named`` says whether the reader may know names."""

    comparison: Comparison
    now: Seen
    named: bool

    @property
    def lead(self) -> str:
        """The sentence at the head of it."""
        last = self.comparison.last
        if last is None:
            return "Nobody has signed an opinion yet, so everything here is new."
        what = f"“{Judgement(last.judgement).label}”, by {name_of(last.signed_by)}"
        since = f"the last opinion ({what}) on {day_words(last.signed_at)}"
        if not self.comparison.changed:
            return f"Nothing has changed since {since}."
        return f"{sentence_case(parts_words(self.comparison.changed))} since {since}."

    @property
    def changes(self) -> list[Change]:
        """Each part that changed since the last opinion; none where there is no opinion."""
        last = self.comparison.last
        if last is None:
            return []
        make = {"wording": _wording, "closing_test": _fields, "claim": _fields}
        found = []
        for part in self.comparison.changed:
            if part in make:
                found.append(make[part](part, last.seen.get(part), self.now.get(part)))
            else:
                pairs = (last.seen.get(part, []), self.now[part])
                found.append(Change(part, list(LISTED[part](*pairs, self.named))))
        return found

    @property
    def new_evidence(self) -> set[int]:
        """The ids of the evidence that was not there, or not so, when the last opinion was signed."""
        if self.comparison.last is None:
            return set()
        return {one["id"] for one in self.comparison.new["evidence"]}  # type: ignore[misc]


def parts_words(parts: Sequence[str]) -> str:
    """What has changed, to begin a sentence: the claim and the evidence have changed."""
    what = [PARTS[part] for part in parts]
    listed = what[0] if len(what) == 1 else f"{', '.join(what[:-1])} and {what[-1]}"
    several = len(what) > 1 or listed.endswith("s")
    return f"{listed} {'have' if several else 'has'} changed"


def _wording(part: str, before: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> Change:
    return Change(part, pieces=wording.difference(_words(before), _words(now)))


def _words(seen: Mapping[str, Any] | None) -> str:
    """The words that counted."""
    if not seen:
        return ""
    return str(seen["corrections"][-1] if seen["corrections"] else seen["words"])


def _fields(part: str, before: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> Change:
    then, here = before or {}, now or {}
    lines = [
        _field_words(name, _value(key, then.get(key)), _value(key, here.get(key)))
        for key, name in FIELDS[part].items()
        if then.get(key) != here.get(key)
    ]
    return Change(part, lines or ["It was entered again in the same words."])


def _field_words(name: str, before: str, now: str) -> str:
    if not before:
        return f"{name}: “{now}”. Nothing stood there before."
    if not now:
        return f"{name}: nothing now. Before: “{before}”."
    return f"{name}: “{now}”. Before: “{before}”."


def _value(key: str, value: object) -> str:
    if value in (None, ""):
        return ""
    if key == "rung":
        return str(Rung(str(value)).label)
    if key == "pattern":
        return str(Pattern(str(value)).label)
    return day_words(str(value)) if key.endswith("_on") else str(value)


def _evidence(
    before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]], named: bool
) -> Iterator[str]:
    then = {one["use"]: one for one in before}
    here = {one["use"]: one for one in now}
    for use, one in here.items():
        what = f"“{one['name']}”" if named else "a piece of evidence"
        if use not in then:
            yield f"New: {what}, {_grade(one)}."
        elif one != then[use]:
            yield f"{sentence_case(what)} is now {_grade(one)}; it was {_grade(then[use])}."
    for use, one in then.items():
        if use not in here:
            what = f"“{one['name']}”" if named else "a piece of evidence"
            yield f"Taken out: {what}, {_grade(one)}."


def _grade(one: Mapping[str, Any]) -> str:
    label = Grade(one["grade"]).label
    return f"graded “{label}”" if one["grade_set"] else f"proposed as “{label}”, not graded"


def _samples(
    before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]], named: bool
) -> Iterator[str]:
    known = {one["id"] for one in before}
    for one in now:
        if one["id"] not in known:
            yield f"New: a sample of {plural(len(one['drawn'] or []), 'record')}."


LISTED = {"evidence": _evidence, "samples": _samples}


# --- Beside what a page showed -------------------------------------------------------------------


def shown_as(now: Seen) -> str:
    """What a page shows, part by part as digests, for a hidden field of its form."""
    parts = {part: chain.digest_of({"is": now[part]})[:16] for part in PARTS}
    pieces = {str(one["use"]): chain.digest_of(one)[:16] for one in now["evidence"]}
    return json.dumps({"parts": parts, "evidence": pieces}, separators=(",", ":"))


def changed_since(shown: str, now: Seen, *, named: bool) -> list[str]:
    """Sentences on what is no longer as a page showed it; nothing where all is, or nobody can tell."""
    try:
        given = json.loads(shown or "{}")
        then, pieces = dict(given["parts"]), dict(given["evidence"])
    except (ValueError, KeyError, TypeError):
        return []
    here = json.loads(shown_as(now))
    parts = [part for part in PARTS if then.get(part) != here["parts"][part]]
    if not parts:
        return []
    lines = [f"{sentence_case(parts_words(parts))} since this page was opened."]
    for one in now["evidence"]:
        key = str(one["use"])
        if pieces.get(key) != here["evidence"][key]:
            what = f"“{one['name']}”" if named else "a piece of evidence"
            lines.append(f"{'Changed' if key in pieces else 'New'}: {what}, {_grade(one)}.")
    gone = len(set(pieces) - set(here["evidence"]))
    if gone:
        lines.append(f"Taken out: {plural(gone, 'piece')} of evidence.")
    return lines
