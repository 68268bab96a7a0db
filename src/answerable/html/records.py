"""A recommendation on a page: its reference, its exact words, the four questions, bars."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from answerable.html.library import register
from answerable.html.times import plural

Answer = Mapping[str, Any]

QUESTIONS = (
    ("Response", "what was said?", "said"),
    ("Delivery", "what is claimed?", "said"),
    ("Assurance", "what has been seen?", "unseen"),
    ("Effect", "did it help?", "unmeasured"),
)
"""The four questions, in the order that never changes: name, question, usual sign."""

SIGNS = ("said", "silent", "unseen", "part", "seen", "measured", "unmeasured")


@register.simple_tag
def ref(reference: str, href: str = "") -> SafeString:
    """A public reference, with ``href`` as a link."""
    if href:
        return format_html('<a class="govuk-link an-ref" href="{}">{}</a>', href, reference)
    return format_html('<span class="an-ref">{}</span>', reference)


@register.inclusion_tag("parts/words.html")
def words(
    text: str,
    *,
    small: bool = False,
    source: str = "",
    page: object = None,
    href: str = "",
    cite: str = "",
) -> dict[str, object]:
    """The exact words of others, in their own typeface, with where they stand."""
    return {
        "text": text,
        "small": small,
        "source": source,
        "page": page,
        "href": href,
        "cite": cite,
    }


@register.inclusion_tag("parts/four.html")
def four(
    response: Answer,
    delivery: Answer,
    assurance: Answer,
    effect: Answer,
    apart: str = "",
    facts: Sequence[str] = (),
) -> dict[str, object]:
    """The four questions side by side, and one sentence when claim and assurance differ.

    ``facts`` are sentences that stand beside the four and are no fifth: that it is closed, say.

    Each answer has ``answer`` (words), and may have ``by`` (who and when), ``note``, ``href`` with
    ``link`` (its text), ``sign``: one of ``SIGNS``, and ``history``: everything that was said to
    it, newest first, each with ``words``, ``by`` and ``note``. The history is folded away.
    """
    every = (response, delivery, assurance, effect)
    given = zip(QUESTIONS, every, strict=True)
    return {
        "questions": [
            {
                **answer,
                "name": name,
                "asks": asks,
                "sign": _sign(answer, usual),
                "seen": name == "Assurance",
                "stop": _stop(answer),
            }
            for (name, asks, usual), answer in given
        ],
        "apart": apart,
        "facts": facts,
        "told": any(answer.get("history") for answer in every),
    }


def _stop(answer: Answer) -> str:
    """What ends the words before a link; nothing where they are a whole sentence."""
    said = str(answer.get("note") or answer.get("by") or "")
    return "" if said.endswith((".", "?", "!")) else "."


@register.inclusion_tag("parts/four-words.html")
def four_words(given: Mapping[str, Answer]) -> dict[str, object]:
    """The four answers in a few words each, for a line of a list: always all four, in their order.

    ``given`` has them as ``response``, ``delivery``, ``assurance`` and ``effect``.
    """
    return {"questions": [{"name": name, **given[name.lower()]} for name, _, _ in QUESTIONS]}


def _sign(answer: Answer, usual: str) -> str:
    sign = answer.get("sign") or usual
    if sign not in SIGNS:
        raise ValueError(f"No such sign: {sign}")
    return str(sign)


@register.inclusion_tag("parts/difference.html")
def difference(pieces: Iterable[tuple[str, str]], small: bool = False) -> dict[str, object]:
    """Two wordings in one: pieces of ``("same" | "added" | "removed", text)``."""
    return {"pieces": list(pieces), "small": small}


SHADES = ("full", "some", "little", "none")
WIDE, NARROW = 920, 600
"""How wide a bar is at a desk, and how narrow it gets before it is drawn as a list, in pixels."""


def _room(text: str, share: float) -> str:
    """Where ``text`` can be read inside its part: everywhere, only at a desk ("tight"), or never."""
    needed = len(text) * 7.4 + 18
    if needed <= share * NARROW:
        return ""
    return "tight" if needed <= share * WIDE else "thin"


def _part(part: Mapping[str, Any], total: int) -> dict[str, Any]:
    count = int(part["count"])
    share = count / total
    text = f"{count:,} {part['words']}"
    shade = part.get("shade", "some")
    if shade not in SHADES:
        raise ValueError(f"No such shade: {shade}")
    return {
        "text": text,
        "href": part.get("href", ""),
        "shade": shade,
        "width": max(1, round(share * 100)),
        "room": _room(text, share),
    }


@register.inclusion_tag("parts/bar.html")
def bar(parts: Sequence[Mapping[str, Any]], label: str = "") -> dict[str, object]:
    """Counts as one bar: parts of ``count``, ``words``, ``shade`` (one of ``SHADES``), ``href``.

    It is a list of sentences that is drawn as a bar; what is too narrow to be read stands below.
    """
    total = sum(int(part["count"]) for part in parts)
    drawn = [_part(part, total) for part in parts if int(part["count"])] if total else []
    return {
        "parts": drawn,
        "label": label,
        "rest": [part for part in drawn if part["room"]],
    }


@register.inclusion_tag("parts/lanes.html")
def lanes(given: Iterable[Mapping[str, Any]]) -> dict[str, object]:
    """Bars under each other, never added up: each lane has ``name``, ``asks`` and ``parts``."""
    return {"lanes": list(given)}


@register.simple_tag
def count(number: int, noun: str, nouns: str = "") -> str:
    """A number with its noun: "1 report", "3 bodies" (``{% count n "body" "bodies" %}``)."""
    return f"{number:,} {nouns}" if nouns and number != 1 else plural(number, noun)
