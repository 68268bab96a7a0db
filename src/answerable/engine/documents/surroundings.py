"""Where something stands: under a heading, or in a document, that speaks of what others asked."""

import re
from collections.abc import Sequence

from answerable.engine.documents import lexicon
from answerable.engine.documents.pieces import Block

_FIRST = 14
_REPLY = re.compile(
    r"\b(?:response|reply|replies|answer)s?\b.{0,60}?\b(?:to|from|by|of)\b.{0,80}\b(?:report"
    r"|recommendations?|inquiry|review|committee|commission|"
    r"inspection|investigation)\b"
    r"|\b(?:report|recommendations?|inquiry|review|committee|inspection"
    r"|investigation)\b.{0,60}[:–—-]\s*.{0,40}\b(?:response|reply)\b",
    re.I,
)
_ABOUT = re.compile(
    r"\b(?:police|force|agency|agencies|multi-agency|council|health|emergency"
    r"|operational)(?:[’']s)? response\b",
    re.I,
)

_GUIDANCE = re.compile(
    r"^\W*(?:[\w-]+\s+){0,3}(?:guidance|guidelines?|guide|toolkit|handbook|code of practice)\b"
    r"(?!\s+(?:was|is|has|had|failed|needs?)\b)",
    re.I,
)
_REVIEWS = re.compile(
    r"\b(?:reviews?|reports?|inquir(?:y|ies)|inspect(?:ions?|ed)|investigations?|audits?|findings?"
    r"|recommendations?|scrutiny|committees?|commissions?)\b",
    re.I,
)


def elsewhere(path: Sequence[Block]) -> str | None:
    """Why a list under these headings is not the document's own; None where nothing says so.

    The nearest heading that speaks of recommendations decides.
    """
    for heading in reversed(path):
        if lexicon.of_others(heading.text):
            return f"It is in a section about something else, “{heading.text.strip()}”."
        if lexicon.sense(heading.text) in ("own", "mixed"):
            return None
    return None


def _numbered(block: Block) -> bool:
    """Whether it is a chapter's heading: a report may have one on replies to the year before."""
    return block.label is not None and bool(block.label.path)


def is_guidance(title: str | None, blocks: Sequence[Block]) -> bool:
    """Whether the document tells anyone what to do, as guidance does, and reviews nobody."""
    if any(b.heading is not None and lexicon.plain_title(b.text) for b in blocks):
        return False  # with a section of recommendations it is a report, whatever it is called
    first = [b.text for b in blocks[:_FIRST] if b.heading is not None and len(b.text) < 250]
    named = [title, *first[:1]] if title else first[:1]
    if not any(_GUIDANCE.search(text) for text in named):
        return False
    return not any(_REVIEWS.search(text) for text in [*named, *first])


def is_reply(title: str | None, blocks: Sequence[Block]) -> bool:
    """Whether the document answers recommendations rather than makes them."""
    first = [b.text for b in blocks[:_FIRST] if b.heading is not None and not _numbered(b)]
    return any(
        _REPLY.search(text) is not None and _ABOUT.search(text) is None
        for text in ([title] if title else []) + first
        if len(text) < 250
    )
