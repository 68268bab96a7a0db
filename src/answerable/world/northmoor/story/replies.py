"""Who has answered what in Northmoor: well, warmly, late or not at all; and what moved a clock.

Silence is not listed: an item without a reply here has none. In particular the council has not
answered item ``r5`` of the scrutiny report nor ``r9`` of the review; the Commissioner has not
answered ``r7`` of the learning report, nor the Partnership ``r9`` (both ten days late); and nobody
has answered the coroner yet.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .words import Reply, filled

_POLICE, _COUNCIL, _OFFICE = "northmoor-police", "northmoor-council", "northmoor-office"
_PARTNERSHIP, _BOARD = "northmoor-partnership", "northmoor-board"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that moved a clock. ``on`` and ``until`` are days from today."""

    item: tuple[str, str]
    body: str
    what: Literal["extended", "paused"]
    reason: str
    days: int = 0
    on: int = 0
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """Words that were left out when an item was accepted, and were put back with a reason."""

    item: tuple[str, str]
    left_out: str
    reason: str
    by: str = "rosa"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Something that was accepted in error and taken back; it stays visible."""

    item: tuple[str, str]
    reason: str
    by: str = "rosa"


def _larkspur(number: str, position: str = "", reason: str = "") -> Reply:
    return Reply(
        ("learning", f"r{number}"),
        _POLICE,
        -14,
        position=position,
        reason=reason,
        document="force-reply",
        number=number,
        received=-13,
        entered_by="omar",
    )


def _cabinet(key: str, number: str, position: str = "", reason: str = "") -> Reply:
    return Reply(
        ("scrutiny", key),
        _COUNCIL,
        -6,
        position=position,
        reason=reason,
        document="council-reply",
        number=number,
        entered_by="lena",
    )


_LEARNING = (
    _larkspur("1", "accepted"),
    _larkspur("2", "accepted"),
    _larkspur("3", "accepted"),
    _larkspur(
        "4",
        "in_part",
        "A named officer is promised. The handover in person is not, where an officer leaves at "
        "short notice, and those are the cases that the recommendation is about.",
    ),
    _larkspur("6", "accepted"),
    _larkspur(
        "7",
        "no_response",
        "The words are warm, but the reply does not say that anything will be done, by whom, or "
        "when. It will explore options and keep the matter under consideration.",
    ),
    _larkspur("8", "accepted"),
    _larkspur("10"),
    _larkspur("12", "rejected"),
)

_SCRUTINY = (
    _cabinet("r1", "2.6(a)", "accepted"),
    _cabinet("r2", "2.6(b)", "accepted"),
    _cabinet(
        "r3",
        "3.7(a)",
        "no_response",
        "The Cabinet welcomes the recommendation and describes its journey. It does not say that "
        "the provider will be told, or when.",
    ),
    _cabinet(
        "r4",
        "3.7(b)",
        "in_principle",
        "Agreed only once the police have done something first; no date is given.",
    ),
    _cabinet(
        "r6",
        "4.7(a)",
        "in_part",
        "The reply restates the recommendation as being about the council's own four homes and "
        "“regularly”. The Committee asked for every home, every month, by a named officer.",
    ),
    _cabinet("r7", "4.7(b)", "accepted"),
    _cabinet("r8", "5.5(a)", "rejected"),
    _cabinet("r9", "5.5(b)", "accepted"),
    _cabinet("r10", "6.3(a)"),
)

_INSPECTION = (
    Reply(
        ("inspection", "r4"),
        _POLICE,
        -45,
        words="Accepted and done. Since {w-46} every case in the queue has had a named supervisor, "
        "and the duty superintendent reads the list each morning.",
        position="accepted",
        entered_by="omar",
    ),
    Reply(
        ("inspection", "r1"),
        _POLICE,
        -9,
        words="Accepted. Two crime recording specialists moved to the joint front door on {w-20}.",
        entered_by="omar",
    ),
)


def _review(
    key: str,
    body: str,
    dated: int,
    words: str,
    position: str,
    reason: str = "",
) -> Reply:
    return Reply(("review", key), body, dated, words=words, position=position, reason=reason)


_HARLOW = (
    _review(
        "r1",
        _POLICE,
        -401,
        "Accepted. The Force has asked the researcher who helped the Review to carry out the gap "
        "analysis, beginning with the list in Appendix C.",
        "accepted",
    ),
    _review(
        "r2",
        _OFFICE,
        -405,
        "Accepted. The next meeting will be chaired by one of those who attend.",
        "accepted",
    ),
    _review("r2", _POLICE, -401, "Accepted.", "accepted"),
    _review(
        "r3",
        _PARTNERSHIP,
        -330,
        "The Partnership agrees with the principle that there is always learning to be had and "
        "will consider how reviews might be resourced.",
        "in_principle",
        "The aim is agreed. No review is promised after any investigation.",
    ),
    _review(
        "r4",
        _POLICE,
        -401,
        "Accepted. The procedure will be replaced by one of two sides by {m-310}.",
        "accepted",
    ),
    _review(
        "r5",
        _POLICE,
        -401,
        "Accepted in part. The course will run four times a year. A new member of a team will "
        "have a place within sixteen weeks; eight is beyond what we can staff.",
        "in_part",
        "Sixteen weeks in place of eight.",
    ),
    _review(
        "r6",
        _OFFICE,
        -405,
        "Accepted. From April the agreements will last for three years.",
        "accepted",
    ),
    _review("r7", _POLICE, -401, "Accepted. Sergeants have been told.", "accepted"),
    _review("r8", _POLICE, -401, "Accepted. We will begin in Eastmere.", "accepted"),
    _review(
        "r8",
        _COUNCIL,
        -395,
        "Gathering intelligence is a matter for the police.",
        "anothers",
        "The council sends this to the Force. The recommendation is addressed to both, and says "
        "why.",
    ),
    _review("r9", _POLICE, -401, "Accepted. The first figures will be for this year.", "accepted"),
    _review(
        "r10",
        _COUNCIL,
        -395,
        "Not accepted. The duty to tell us lies with the council that places the child.",
        "rejected",
    ),
    _review("r11", _OFFICE, -405, "Accepted.", "accepted"),
)


def _tressell(key: str, body: str, on: date, words: str, position: str) -> Reply:
    return Reply(("inquiry", key), body, on, words=words, position=position)


_FORCE_2015, _COUNCIL_2015, _BOARD_2015 = date(2015, 4, 9), date(2015, 3, 26), date(2015, 5, 20)
_VOTE = "The council accepts this recommendation by unanimous vote."
_TURNING = "The Force accepts this recommendation in full."

_TRESSELL = (
    *(
        _tressell(key, _POLICE, _FORCE_2015, _TURNING, "accepted")
        for key in ("3(a)", "3(b)", "4(a)(i)", "4(a)(ii)", "5(a)", "6", "7(b)", "9(a)")
    ),
    *(
        _tressell(key, _COUNCIL, _COUNCIL_2015, _VOTE, "accepted")
        for key in ("4(b)(i)", "4(b)(ii)", "5(a)", "5(b)", "7(a)", "9(b)", "10")
    ),
    _tressell("1", _BOARD, _BOARD_2015, "Accepted. A project manager is in post.", "accepted"),
    _tressell("2", _BOARD, _BOARD_2015, "Accepted. The list is being drawn up.", "accepted"),
    _tressell(
        "8",
        _BOARD,
        _BOARD_2015,
        "Accepted in part. The Board will hold a review where its chair thinks one is needed.",
        "in_part",
    ),
)

CHANGES = (
    Change(
        ("learning", "r5"),
        _OFFICE,
        "extended",
        "The Commissioner asked on the fortieth day for time to agree new terms with the two "
        "charities. The Office for Police Standards gave 28 days.",
        days=28,
        on=-25,
    ),
    Change(
        ("learning", "r11"),
        _COUNCIL,
        "paused",
        "A claim for judicial review of the recommendation was lodged, and withdrawn after three "
        "weeks.",
        on=-35,
        until=-14,
    ),
)

CORRECTIONS = (
    Correction(
        ("review", "r8"),
        "They should publish each year what was passed on and, in general terms, what was done "
        "with it.",
        "The last sentence stands after a note number and was left out when the words were taken "
        "over.",
    ),
)

WITHDRAWALS = (
    Withdrawal(
        ("review", "o5"),
        "Accepted in error. The author says of her five observations that they are not "
        "recommendations and that no one need reply to them.",
    ),
)


def replies(today: date) -> list[Reply]:
    """Every reply in Northmoor with its exact words, oldest first."""
    given = (*_TRESSELL, *_HARLOW, *_LEARNING, *_SCRUTINY, *_INSPECTION)
    return sorted(
        (filled(reply, today) for reply in given), key=lambda reply: reply.dated_on(today)
    )
