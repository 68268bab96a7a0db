"""Turn what the reader found into recommendations, and take that back.

Each act leaves what the machine proposed as it was, writes what the person decided beside it, and
enters the recommendation in the register, all or nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.audit.actions import act
from answerable.register.actions.recommendations import (
    enter_recommendation,
    withdraw_recommendation,
)
from answerable.register.models import Recommendation
from answerable.register.queries import candidates as queries
from answerable.register.queries.dues import Due, as_settled, due_of
from answerable.register.rules import candidates as rules
from answerable.reports.actions.decisions import enter_decision, mark_taken_back, reopen
from answerable.reports.models import Candidate, Decision, Document
from answerable.reports.queries import decisions as decided
from answerable.reports.queries import passages
from answerable.reports.queries.passages import Span
from answerable.reports.rules import decisions as when

Outcome = Decision.Outcome
Bodies = Sequence[tuple[Body, str]]
GivenDue = Due | tuple[str, date | None]
"""When the report asks for it to be done: its words, and the day where it can be told."""
NO_DUE = Due()
UNDONE = "Taken back on the checking page."


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage as it is to be entered, beside the decision that says so."""

    document: Document
    outcome: Decision.Outcome
    number: str
    words: str
    kind: str
    spans: Sequence[Span]
    due: Due = NO_DUE
    candidate: Candidate | None = None
    part: int = 0


def _enter(
    by: Person, passage: _Passage, bodies: Bodies, merged: Iterable[Candidate] = ()
) -> Recommendation:
    now = timezone.now()
    decision = enter_decision(
        by=by,
        document=passage.document,
        candidate=passage.candidate,
        outcome=passage.outcome,
        number=passage.number,
        words=passage.words,
        kind=passage.kind,
        spans=passage.spans,
        due=passage.due,
        part=passage.part,
        at=now,
    )
    paged = passage.document.media_type == passages.PDF
    return enter_recommendation(
        by=by,
        report=passage.document.report,
        words=passage.words,
        kind=passage.kind,
        number=passage.number,
        decision=decision,
        document=passage.document,
        page=int(str(passage.spans[0]["page"])) if paged and passage.spans else None,
        spans=list(passage.spans),
        bodies=list(bodies),
        also=[_merge(by, candidate, decision, now) for candidate in merged],
    )


def _merge(by: Person, candidate: Candidate, into: Decision, at: datetime) -> Decision:
    return enter_decision(
        by=by,
        document=into.document,
        candidate=candidate,
        outcome=Outcome.MERGED,
        number=candidate.number,
        words=candidate.words,
        kind=candidate.kind,
        spans=candidate.spans,
        into=into,
        at=at,
    )


def _given(candidate: Candidate, bodies: Bodies | None) -> Bodies:
    if bodies is not None:
        return bodies
    return queries.proposed(candidate, queries.directory()).sure


@act
def accept_candidate(
    *,
    by: Person,
    candidate: Candidate,
    bodies: Bodies | None = None,
    kind: str | None = None,
    number: str | None = None,
    spans: Sequence[Span] | None = None,
    due: GivenDue | None = None,
) -> Recommendation:
    """Enter ``candidate`` in the register; what is not given stays as the reader proposes it.

    With ``spans`` that differ from those proposed its bounds are corrected, and its words are
    read anew from the document. A passage that the reader did not take, or had for a quotation,
    counts as missed by it.

    Raises:
        Refused: where ``by`` may not, somebody has decided on it already, or nothing is covered.
    """
    document = candidate.reading.document
    when.check_may_decide(by, document)
    when.check_undecided(by, candidate)
    rules.check_kind_said(candidate, kind)
    mended = spans is not None and _differs(spans, candidate.spans)
    covers = spans if mended and spans is not None else candidate.spans
    if mended:
        when.check_new_passage(by, document, covers)
    outcome = Outcome.CORRECTED if mended else Outcome.ACCEPTED
    read_due = due_of(candidate, document.report.published_on)
    passage = _Passage(
        document=document,
        candidate=candidate,
        outcome=outcome if _was_proposed(candidate, kind) else Outcome.ADDED,
        number=candidate.number if number is None else number.strip(),
        words=passages.words_at(document, covers) if mended else candidate.words,
        kind=kind or queries.kind_of(candidate),
        spans=covers,
        due=read_due if due is None else as_settled(due, read_due),
    )
    rules.check_kind(passage.kind)
    return _enter(by, passage, _given(candidate, bodies))


def _was_proposed(candidate: Candidate, kind: str | None) -> bool:
    """Whether the reader had it for what it is accepted as: a finding may be kept as a finding."""
    return candidate.own or (candidate.taken and candidate.apart and kind == candidate.kind)


def _differs(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    def places(given: Sequence[Span]) -> list[tuple[object, ...]]:
        return [(s["page"], s["start"], s["end"]) for s in given]

    return places(spans) != places(others)


@act
def split_candidate(
    *,
    by: Person,
    candidate: Candidate,
    parts: Sequence[tuple[str, Sequence[Span]]],
    bodies: Bodies | None = None,
    kind: str | None = None,
) -> list[Recommendation]:
    """Enter ``candidate`` as several recommendations: each part with its number and its place.

    Raises:
        Refused: where there are fewer than two parts, or somebody has decided on it already.
    """
    document = candidate.reading.document
    when.check_may_decide(by, document)
    when.check_undecided(by, candidate)
    rules.check_kind_said(candidate, kind)
    when.check_parts([spans for _, spans in parts])
    kept = kind or queries.kind_of(candidate)
    rules.check_kind(kept)
    addressed = _given(candidate, bodies)
    entered = []
    for at, (number, spans) in enumerate(parts, start=1):
        passage = _Passage(
            document=document,
            candidate=candidate,
            outcome=Outcome.SPLIT,
            number=number.strip(),
            words=passages.words_at(document, spans),
            kind=kept,
            spans=spans,
            due=due_of(candidate, document.report.published_on),
            part=at,
        )
        entered.append(_enter(by, passage, addressed))
    return entered


@act
def merge_candidates(
    *,
    by: Person,
    candidates: Sequence[Candidate],
    number: str | None = None,
    bodies: Bodies | None = None,
    kind: str | None = None,
) -> Recommendation:
    """Enter neighbouring ``candidates`` as one recommendation, under the first one's number.

    Raises:
        Refused: where they do not follow one another, or somebody has decided on one already.
    """
    first, *others = sorted(candidates, key=lambda c: when.place_key(c.spans[0]))
    document = first.reading.document
    when.check_may_decide(by, document)
    for candidate in candidates:
        when.check_undecided(by, candidate)
        rules.check_kind_said(candidate, kind)
    when.check_neighbours(document, candidates)
    spans = [span for candidate in (first, *others) for span in candidate.spans]
    published = document.report.published_on
    passage = _Passage(
        document=document,
        candidate=first,
        outcome=Outcome.CORRECTED,
        number=first.number if number is None else number.strip(),
        words=passages.words_at(document, spans),
        kind=kind or queries.kind_of(first),
        spans=spans,
        due=next(
            (due for c in (first, *others) if (due := due_of(c, published)) != NO_DUE), NO_DUE
        ),
    )
    rules.check_kind(passage.kind)
    return _enter(by, passage, _all_given((first, *others), bodies), merged=others)


def _all_given(candidates: Iterable[Candidate], bodies: Bodies | None) -> Bodies:
    if bodies is not None:
        return bodies
    known = queries.directory()
    pairs = [pair for c in candidates for pair in queries.proposed(c, known).sure]
    return list({body.pk: (body, because) for body, because in reversed(pairs)}.values())[::-1]


@act
def add_missed(
    *,
    by: Person,
    document: Document,
    spans: Sequence[Span],
    kind: str,
    number: str = "",
    bodies: Bodies = (),
    due: GivenDue = NO_DUE,
) -> Recommendation:
    """Enter a passage that the reader missed.

    Raises:
        Refused: where exactly these words stand in the register already, or there are none.
    """
    when.check_may_decide(by, document)
    when.check_new_passage(by, document, spans)
    rules.check_kind(kind)
    passage = _Passage(
        document=document,
        outcome=Outcome.ADDED,
        number=number.strip(),
        words=passages.words_at(document, spans),
        kind=kind,
        spans=spans,
        due=Due(*due),
    )
    return _enter(by, passage, bodies)


@act
def accept_run(
    *, by: Person, document: Document, run: int, otherwise: Bodies = ()
) -> list[Recommendation]:
    """Accept what still waits in one list of the document, as the reader proposes it.

    Where the reader found nobody, each is for those of the one entered last from the same list,
    or else for ``otherwise``.

    Raises:
        Refused: before all its pages have been seen by this person, or where nothing waits.
    """
    when.check_may_decide(by, document)
    left = decided.run_of(decided.cards(document), run)
    when.check_something_left(left)
    when.check_run_seen(by, passages.book(document), left)
    known = queries.directory()
    before = queries.chosen_before(document, known)
    entered = []
    reading = document.reading
    reading.document = document
    for candidate in (card.candidate for card in left if card.candidate):
        candidate.reading = reading  # the same for all: not asked for again
        given = queries.with_earlier(queries.proposed(candidate, known), candidate, before)
        bodies = given.sure or otherwise
        entered.append(accept_candidate(by=by, candidate=candidate, bodies=bodies))
    return entered


@act
def take_back(*, by: Person, decision: Decision, reason: str = "") -> list[Decision]:
    """Take a decision back, with all that was decided in the same act: it waits again.

    A recommendation that came of it is withdrawn; its reference is never used again.

    Raises:
        Refused: where somebody has taken it back, a body has replied, or it has been published.
    """
    decision = Decision.objects.select_related("document", "into", "taken_back_by").get(
        pk=decision.pk
    )
    when.check_may_decide(by, decision.document)
    when.check_can_take_back(by, decision)
    whole = decided.together(decision)
    entered = queries.entered_by(whole)
    if not entered:
        reopen(by=by, decisions=whole, reason=reason)
        return whole
    rules.check_can_undo(entered)
    before = mark_taken_back(by=by, decisions=whole)
    first, *others = entered
    because = reason.strip() or UNDONE
    withdraw_recommendation(by=by, recommendation=first, reason=because, also=whole, before=before)
    for recommendation in others:
        withdraw_recommendation(by=by, recommendation=recommendation, reason=because)
    return whole
