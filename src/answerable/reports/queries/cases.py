"""What people decided on what the reader proposed, as cases from which it can be measured and mended.

A case tells what happened and how it looked, and no words of the document, of the report or of its
maker: numbers only by their form, words only by how many and how many are shared. What the reader
gave as reasons is told by those of its own words in them that stand in :data:`STRATEGY_WORDS`.
"""

import re
from collections.abc import Iterator

from django.db.models import QuerySet

from answerable.reports.models import Candidate, Decision, Document, Report

_REASONS = (
    "alone almost box boxed bullet bold call calls cell column command contents count follows "
    "heading headed indented italic last lead list listed made named nearest numbered opens "
    "opened order paragraph position printed quoted recommend recommends register restated run "
    "section sentence should must needs stands style summary table taken title twice typeface "
    "under unnumbered urge"
)
STRATEGY_WORDS = frozenset(_REASONS.split())
"""The words by which the reasons of the reader differ; a word outside this list is never told."""
KINDS = frozenset(
    {
        "recommendation",
        "area_for_improvement",
        "cause_of_concern",
        "learning_point",
        "finding",
        "quoted",
    }
)
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\W_]+")
_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,40}")
_FORM = re.compile(r"\d+|[^\W\d_]+|\s+|.", re.DOTALL)


def form_of(number: str) -> str:
    """How a number is made, without saying it: "12(b)(ii)" is ``9(a)(aa)``, "Recommendation 4" ``w 9``."""
    return "".join(_piece(found) for found in _FORM.findall(number.strip()))


def _piece(found: str) -> str:
    if found.isdigit():
        return "9"
    if found.isspace():
        return " "
    if found.isalpha():
        roman = len(found) > 1 and set(found.casefold()) <= set("ivxlc")
        return "a" if len(found) == 1 else "aa" if roman else "w"
    return found if found in ".,:;()[]/-–—" else "?"


def strategy_words(why: list[str]) -> list[str]:
    """The reader's own words in its reasons; what it quotes from the document is left out first."""
    said = _QUOTED.sub(" ", " ".join(map(str, why))).casefold()
    return sorted(set(_WORD.findall(said)) & STRATEGY_WORDS)


def overlap(one: str, other: str) -> float | None:
    """How much of two wordings is shared: tokens in both over tokens in either."""
    first, second = (set(_TOKEN.findall(text.casefold())) for text in (one, other))
    return round(len(first & second) / len(first | second), 4) if first | second else None


def decided() -> QuerySet[Decision]:
    """Every decision that stands, with all that a case is told from."""
    return (
        Decision.objects.filter(
            taken_back_at__isnull=True, document__purpose=Document.Purpose.REPORT
        )
        .select_related("candidate", "document__reading", "document__report__author")
        .order_by("document__report_id", "document_id", "pk")
    )


def cases(*, with_text: bool = False) -> Iterator[dict[str, object]]:
    """Every case. Reports and makers are told apart by a number that means nothing elsewhere.

    Only ``with_text`` are the words told, and whose they are.
    """
    reports: dict[int, int] = {}
    makers: dict[int, int] = {}
    for decision in decided().iterator(chunk_size=500):
        report = decision.document.report
        case: dict[str, object] = {
            "maker": makers.setdefault(report.author_id, len(makers) + 1),
            "report": reports.setdefault(report.pk, len(reports) + 1),
            **_decision(decision),
            **(_candidate(decision.candidate, decision) if decision.candidate else {}),
        }
        yield case | _text(decision, report) if with_text else case


def _decision(decision: Decision) -> dict[str, object]:
    version = getattr(getattr(decision.document, "reading", None), "engine", "")
    return {
        "outcome": decision.outcome,
        "part": decision.part,
        "kind": _kind(decision.kind),
        "number_form": form_of(decision.number),
        "characters": len(decision.words),
        "words": len(decision.words.split()),
        "page": _page(decision.spans),
        "pages": decision.document.page_count,
        "media_type": decision.document.media_type,
        "engine": version if _VERSION.fullmatch(version) else "",
    }


def _candidate(candidate: Candidate, decision: Decision) -> dict[str, object]:
    return {
        "proposed": {
            "taken": candidate.taken,
            "kind": _kind(candidate.kind),
            "confidence": round(candidate.confidence, 4),
            "number_form": form_of(candidate.number),
            "same_number": candidate.number == decision.number,
            "characters": len(candidate.words),
            "words": len(candidate.words.split()),
            "page": candidate.page,
            "run": candidate.run,
            "printings": len(candidate.also),
            "addressees": len(candidate.addressees),
            "has_date": candidate.due is not None,
            "strategy": strategy_words(candidate.why),
        },
        "overlap": overlap(candidate.words, decision.words),
        "same_start": _edge(candidate.spans, "start") == _edge(decision.spans, "start"),
        "same_end": _edge(candidate.spans, "end") == _edge(decision.spans, "end"),
    }


def _text(decision: Decision, report: Report) -> dict[str, object]:
    candidate = decision.candidate
    return {
        "text": {
            "maker": report.author.name,
            "report": report.title,
            "sha256": decision.document.sha256,
            "number": decision.number,
            "words": decision.words,
            "reason": decision.reason,
            "proposed_number": candidate.number if candidate else "",
            "proposed_words": candidate.words if candidate else "",
            "why": candidate.why if candidate else [],
        }
    }


def _kind(kind: str) -> str:
    return kind if kind in KINDS else ""


def _page(spans: list[dict[str, object]]) -> object:
    return spans[0]["page"] if spans else None


def _edge(spans: list[dict[str, object]], edge: str) -> tuple[object, object] | None:
    if not spans:
        return None
    span = spans[0] if edge == "start" else spans[-1]
    return (span["page"], span[edge])
