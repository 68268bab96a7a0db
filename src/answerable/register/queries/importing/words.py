"""How spreadsheets write positions, kinds of recommendation and kinds of report."""

from answerable.engine.importing.headings import plain
from answerable.register.models import Kind, Position
from answerable.reports.models import Report

UNREAD = "unread"
"""Chosen for words that are no position: the reply waits to be read."""

_POSITIONS: dict[str, tuple[str, ...]] = {
    Position.ACCEPTED: (
        "accepted", "accept", "accepted in full", "fully accepted", "agreed", "agree", "yes", "y",
        "accepted fully", "supported", "agreed in full", "we accept"),
    Position.IN_PART: (
        "accepted in part", "partially accepted", "partly accepted", "part accepted", "partial",
        "in part", "partially agreed", "partly agreed", "accept in part", "partially", "partly"),
    Position.IN_PRINCIPLE: (
        "accepted in principle", "in principle", "agreed in principle", "accept in principle",
        "accepted subject to funding"),
    Position.REJECTED: (
        "rejected", "reject", "not accepted", "declined", "disagree", "disagreed", "not agreed",
        "no", "n", "refused", "do not accept"),
    Position.ANOTHERS: (
        "another body s matter", "another bodys matter", "not for us", "for another body",
        "not applicable to us", "for others"),
    Position.NO_RESPONSE: ("no response", "no response in the reply", "acknowledged only"),
}  # fmt: skip
_SILENT = frozenset({"none", "no reply", "awaited", "awaiting", "awaiting reply", "awaiting response",
                     "n a", "na", "tbc", "outstanding", "not answered", "nil", "pending"})  # fmt: skip
_KINDS: dict[str, tuple[str, ...]] = {
    Kind.RECOMMENDATION: ("recommendation", "recommendations", "rec", "recs", "r"),
    Kind.AREA_FOR_IMPROVEMENT: (
        "area for improvement", "areas for improvement", "afi", "afis", "area of improvement"),
    Kind.CAUSE_OF_CONCERN: (
        "cause of concern", "causes of concern", "cause for concern", "coc", "area of concern"),
    Kind.LEARNING_POINT: (
        "learning point", "learning points", "learning", "lesson", "lessons", "lesson learned",
        "lesson learnt"),
    Kind.FINDING: ("finding", "findings", "observation", "conclusion"),
}  # fmt: skip
_REPORTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (Report.Kind.CORONER, ("coroner", "prevention of future deaths", "regulation 28")),
    (Report.Kind.SCRUTINY, ("scrutiny",)),
    (Report.Kind.INQUIRY, ("inquiry",)),
    (Report.Kind.INSPECTION, ("inspection", "peel", "inspectorate")),
    (Report.Kind.INVESTIGATION, ("investigation",)),
    (Report.Kind.AUDIT, ("audit",)),
    (Report.Kind.REVIEW, ("review",)),
)
_POSITION_OF = {plain(name): str(key) for key, names in _POSITIONS.items() for name in names}
_KIND_OF = {plain(name): str(key) for key, names in _KINDS.items() for name in names}


def position_of(words: str) -> str | None:
    """The position that these words name; "" where they say that there is none; None: unclear."""
    said = plain(words)
    return "" if said in _SILENT or not said else _POSITION_OF.get(said)


def kind_of(words: str) -> str | None:
    """The kind of recommendation that these words name; a recommendation where there are none."""
    said = plain(words)
    return _KIND_OF.get(said) if said else str(Kind.RECOMMENDATION)


def report_kind_of(words: str, title: str) -> str:
    """The kind of report, by what the file calls it, or else by the words of its title."""
    for text in (words, title):
        said = plain(text)
        for kind, names in _REPORTS:
            if any(name in said for name in names):
                return str(kind)
    return str(Report.Kind.OTHER)
