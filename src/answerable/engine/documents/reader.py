"""From a file to a reading: which steps run, in which order."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from answerable.engine.documents import (
    about,
    addressees,
    choose,
    confidence,
    docx,
    due,
    evidence,
    flow,
    gate,
    html,
    notices,
    passages,
    reasons,
    scans,
    second_look,
    stated,
    strategies,
    surroundings,
    text,
)
from answerable.engine.documents.about import About
from answerable.engine.documents.choose import Choice, Chosen
from answerable.engine.documents.evidence import Evidence
from answerable.engine.documents.flow import Flow
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.recognised import Recognised
from answerable.engine.documents.shapes import (
    STANDARD,
    Candidate,
    Limits,
    MediaType,
    Page,
    Progress,
    Reading,
    Span,
    Unreadable,
)

VERSION = "1"

_LEAST_TEXT = 20
_REPLY = "The document is a reply, so the recommendations in it are those that it answers."
_GUIDANCE = "The document is guidance: it tells everyone what to do and asks it of nobody by name."


def read(
    path: Path,
    *,
    limits: Limits = STANDARD,
    on_page: Callable[[Progress], None] | None = None,
    recognised: Mapping[int, Recognised] | None = None,
) -> Reading:
    """Read one document in this process.

    Use :func:`read_safely` for files from outside. Raises :class:`Unreadable` with a sentence, and
    :class:`Pictured` where pages are pictures and are not among the ``recognised``; without any
    (None), such pages stay unread.
    """
    data = path.read_bytes()
    kind = gate.media_type(data)
    opened = open_document(path, data, kind, on_page, recognised)
    _check_text(opened, recognised)
    found = find(opened)
    whom = about.of(opened.title, opened.blocks)
    taken, missed = found.chosen.taken, found.chosen.missed
    sure = found.sure
    candidates = [
        _candidate(choice, opened, whom, sure[n], found.seen[n], taken=n < len(taken))
        for n, choice in enumerate((*taken, *missed))
    ]
    return Reading(
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=kind,
        paged=opened.paged,
        pages=opened.pages,
        candidates=tuple(candidates),
        notices=(
            *scans.notices(opened.pages, recognised, opened.pictures),
            *notices.of(
                opened, taken, missed, found.stated, reply=found.reply, sure=sure[: len(taken)]
            ),
        ),
        stated_count=found.stated,
        title=opened.title,
        version=VERSION,
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in an opened document: the runs, judged, and what it says of itself.

    ``seen`` is the evidence of each entry taken, then of each missed.
    """

    chosen: Chosen
    stated: int | None
    reply: bool
    seen: tuple[Evidence, ...]

    @property
    def sure(self) -> tuple[float, ...]:
        """How sure the reader is of each entry taken, then of each missed."""
        taken = self.chosen.taken
        return tuple(
            second_look.lowered(choice.run, confidence.of(e, taken=n < len(taken)))
            for n, (choice, e) in enumerate(
                zip((*taken, *self.chosen.missed), self.seen, strict=True)
            )
        )


def find(opened: Flow) -> Found:
    """Every run that a strategy proposes, judged. In a reply none is its own."""
    said = stated.count(opened.blocks)
    reply = surroundings.is_reply(opened.title, opened.blocks)
    proposed = strategies.proposals(opened.blocks)
    if reply:
        proposed = [replace(run, against=run.against or _REPLY, kind="quoted") for run in proposed]
    guidance = not reply and surroundings.is_guidance(opened.title, opened.blocks)
    if guidance:
        proposed = [replace(run, against=run.against or _GUIDANCE) for run in proposed]
    chosen = choose.choose(proposed, said)
    if not (reply or guidance) and second_look.needed(chosen, said, opened.title, opened.blocks):
        weaker = second_look.proposals(opened.blocks, proposed, chosen)
        if weaker:
            proposed = [*proposed, *weaker]
            chosen = choose.choose(proposed, said)
    about_all = evidence.about(chosen, said, opened.blocks)
    seen = evidence.gather(proposed, opened.blocks).of_choices(chosen, about_all)
    return Found(chosen, said, reply, tuple(seen))


def _check_text(opened: Flow, recognised: Mapping[int, Recognised] | None) -> None:
    """Park what has nothing to read: a scan, or an empty document."""
    readable = sum(len(page.text) > _LEAST_TEXT for page in opened.pages)
    if opened.paged and readable < 0.1 * len(opened.pages):
        raise scans.parked(recognised)
    if not opened.paged and not opened.pages[0].text.strip():
        raise Unreadable(
            "empty",
            "There is no text in this document. Check that it is the right file, and send it "
            "again.",
        )


def open_document(
    path: Path,
    data: bytes,
    kind: MediaType,
    on_page: Callable[[Progress], None] | None = None,
    recognised: Mapping[int, Recognised] | None = None,
) -> Flow:
    """The document's pages and blocks, whatever its format."""
    if kind == gate.PDF:
        return flow.from_pdf(path, on_page, recognised)
    if kind == gate.DOCX:
        return docx.read(path)
    return html.read(data) if kind == gate.HTML else text.read(data)


def _candidate(
    choice: Choice, opened: Flow, whom: About | None, sure: float, seen: Evidence, *, taken: bool
) -> Candidate:
    spans = spans_of(choice.item.blocks, opened.pages)
    doubts = confidence.doubts(seen) if taken and sure < confidence.LOW else None
    return Candidate(
        number=choice.item.number,
        text=passages.words_of(opened.pages, spans),
        kind=choice.run.kind,
        page=spans[0].page if opened.paged and spans else None,
        spans=spans,
        confidence=sure,
        why=(*reasons.of(choice, opened.paged), *([doubts] if doubts else [])),
        run=choice.number,
        # Several strategies may have found the same other place: it is one.
        also=tuple(
            dict.fromkeys(s for other in choice.also for s in spans_of(other.blocks, opened.pages))
        ),
        addressees=addressees.of(
            choice.item, choice.run, whom, blocks=opened.blocks, also=choice.also
        ),
        due=due.of(choice.item.text, choice.item.when),
        taken=taken,
        whose=choice.run.whose,
    )


def spans_of(blocks: Sequence[Block], pages: tuple[Page, ...]) -> tuple[Span, ...]:
    """One span a page, from the first to the last of the blocks' pieces on it."""
    bounds: dict[int, tuple[int, int]] = {}
    for block in blocks:
        for piece in block.pieces:
            start, end = bounds.get(piece.page, (piece.start, piece.end))
            bounds[piece.page] = min(start, piece.start), max(end, piece.end)
    return tuple(passages.passage(pages[n - 1], *bounds[n]) for n in sorted(bounds))
