"""Northmoor's reports as the office logged them, and what in them repeats what."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Checking = Literal["checked", "half", "unchecked", "parked"]


@dataclass(frozen=True, slots=True)
class InventedReport:
    """A report as it is logged. ``document`` is the id of its document, and so of its items.

    ``accepted`` are the keys of the items that Rosa has accepted; the rest wait. ``official``
    is the last day that the author names (in days from today, or a fixed day), beside the one that
    is computed.
    """

    document: str
    title: str
    kind: str
    author: str
    checking: Checking
    accepted: tuple[str, ...]
    clock_basis: str
    stated_count: int | None
    terms: str
    scope: str
    commissioned_by: str = ""
    areas: tuple[str, ...] = ()
    document_is_public: bool = False
    official: int | date | None = None
    official_reason: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two items of which the later asks again for what the earlier asked."""

    first: tuple[str, str]
    second: tuple[str, str]
    relation: str
    reason: str


def _keys(prefix: str, count: int) -> tuple[str, ...]:
    return tuple(f"{prefix}{number}" for number in range(1, count + 1))


_INQUIRY = (
    *("1", "2", "3(a)", "3(b)", "4(a)(i)", "4(a)(ii)", "4(b)(i)", "4(b)(ii)", "5(a)", "5(b)"),
    *("6", "7(a)", "7(b)", "8", "9(a)", "9(b)", "10"),
)

REPORTS = (
    InventedReport(
        document="inspection",
        title="Northmoor Police: an inspection of how the force protects children",
        kind="inspection",
        author="policing-inspectorate",
        checking="half",
        accepted=("c1", *_keys("r", 3), "c2", "r4", "r5", "r6", *_keys("a", 4)),
        clock_basis="police-act-55",
        stated_count=None,
        terms="Part of the Inspectorate's programme for all forces.",
        scope="How well Northmoor Police protects children, from the first call to the outcome.",
        areas=("Ashby Vale", "Carrow", "Eastmere", "Holt Fell"),
        document_is_public=True,
    ),
    InventedReport(
        document="review",
        title="Heard and Followed Up: the Harlow Review",
        kind="review",
        author="harlow-review",
        commissioned_by="northmoor-office",
        checking="checked",
        accepted=_keys("r", 11),
        clock_basis="local-agreement",
        stated_count=11,
        terms="To consider how Northmoor Police responded and responds to reports that children "
        "are sexually exploited, whether earlier reports were acted upon, and what is needed now.",
        scope="Northmoor Police, 2004 to the present. Not the council, and not individual conduct.",
        areas=("Ashby Vale", "Carrow", "Eastmere", "Holt Fell"),
        document_is_public=True,
    ),
    InventedReport(
        document="learning",
        title="Operation Larkspur: learning and recommendations",
        kind="investigation",
        author="police-standards",
        checking="checked",
        accepted=_keys("r", 12),
        clock_basis="iopc-28b",
        stated_count=12,
        terms="Learning from 61 complaints by 27 people about events between 2005 and 2019.",
        scope="What would stop the same things from happening again. No finding against anyone.",
        areas=("Ashby Vale", "Carrow", "Eastmere", "Holt Fell"),
        document_is_public=True,
    ),
    InventedReport(
        document="scrutiny",
        title="Children missing from care",
        kind="scrutiny",
        author="northmoor-scrutiny",
        checking="checked",
        accepted=_keys("r", 10),
        clock_basis="local-agreement",
        stated_count=None,
        terms="To examine what happens when a child in the care of Northmoor Council, or living in "
        "Northmoor in the care of another council, goes missing.",
        scope="Children in care; return interviews; children's homes; placements by others.",
        document_is_public=True,
        official=31,
        official_reason="The Committee's rules ask for a reply within two months.",
    ),
    InventedReport(
        document="letter",
        title="Joint targeted visit to children's services in Northmoor",
        kind="inspection",
        author="childrens-inspectorate",
        checking="unchecked",
        accepted=(),
        clock_basis="local-agreement",
        stated_count=None,
        terms="A joint targeted visit.",
        scope="Children at risk outside their homes.",
        official=62,
        official_reason="The inspectorate asks for a written statement of action by this day.",
    ),
    InventedReport(
        document="prevention",
        title="Report to prevent future deaths: Sam",
        kind="coroner",
        author="northmoor-coroner",
        checking="checked",
        accepted=_keys("m", 4),
        clock_basis="pfd-2013",
        stated_count=None,
        terms="A coroner's duty to say what could be done to prevent other deaths.",
        scope="Supported lodgings in Eastmere; calls about missing children.",
        areas=("Eastmere",),
    ),
    InventedReport(
        document="peers",
        title="Peer review of public protection, Northmoor Police",
        kind="review",
        author="peer-review-team",
        commissioned_by="northmoor-police",
        checking="parked",
        accepted=(),
        clock_basis="",
        stated_count=None,
        terms="A friendly view from outside, at the invitation of the Chief Constable.",
        scope="Child abuse, domestic violence and the management of dangerous offenders.",
    ),
    InventedReport(
        document="inquiry",
        title="The Tressell Inquiry: care and protection of children in Northmoor, 2004 to 2013",
        kind="inquiry",
        author="tressell-inquiry",
        commissioned_by="northmoor-council",
        checking="checked",
        accepted=_INQUIRY,
        clock_basis="local-agreement",
        stated_count=10,
        terms="To inquire into the care and protection of children in Northmoor between 2004 and "
        "2013, with particular reference to those who were sexually exploited.",
        scope="The police, the council, hospitals and clinics, and the Safeguarding Children Board.",
        areas=("Carrow", "Eastmere"),
        document_is_public=True,
        official=date(2015, 9, 12),
        official_reason="The Inquiry asked each body to reply within six months.",
    ),
)

LIKENESSES = (
    Likeness(
        ("inquiry", "2"),
        ("review", "r1"),
        "extends",
        "In 2015 a list of everything recommended; now a gap analysis and a plan made from it.",
    ),
    Likeness(
        ("inquiry", "3(a)"),
        ("inspection", "r1"),
        "same",
        "Both ask that what other agencies report is recorded as crime when it arrives.",
    ),
    Likeness(
        ("inquiry", "3(a)"),
        ("learning", "r3"),
        "same",
        "The watchdog cites the inquiry, and asks again for the same recording.",
    ),
    Likeness(
        ("inquiry", "3(b)"),
        ("inspection", "r3"),
        "extends",
        "A yearly check by an outsider becomes a monthly audit, published by district.",
    ),
    Likeness(
        ("inquiry", "4(a)(ii)"),
        ("inspection", "a4"),
        "same",
        "An officer who knows the child: asked for in 2015, found in two districts of four.",
    ),
    Likeness(
        ("inquiry", "4(b)(i)"),
        ("scrutiny", "r3"),
        "partly",
        "The same three days; the committee asks for the cause of lateness to be removed.",
    ),
    Likeness(
        ("inquiry", "4(b)(ii)"),
        ("scrutiny", "r4"),
        "extends",
        "Same-day passing on, now with a record of what was done with it.",
    ),
    Likeness(
        ("inquiry", "5(a)"),
        ("scrutiny", "r6"),
        "extends",
        "An agreement with each home becomes a monthly visit to each home.",
    ),
    Likeness(
        ("inquiry", "6"),
        ("review", "r4"),
        "partly",
        "Both want intelligence used and answered; one asks for analysts, one for a procedure.",
    ),
    Likeness(
        ("inquiry", "7(a)"),
        ("review", "r6"),
        "partly",
        "Advocates for all, then advocates with lasting contracts.",
    ),
    Likeness(
        ("review", "r6"),
        ("learning", "r5"),
        "same",
        "Both ask the Commissioner for agreements that outlast an investigation.",
    ),
    Likeness(
        ("inquiry", "7(b)"),
        ("learning", "r7"),
        "same",
        "Review of convictions of exploited children; the later one adds the Commissioner.",
    ),
    Likeness(
        ("inquiry", "8"),
        ("review", "r3"),
        "same",
        "A review after each investigation; the body asked is the successor of the first.",
    ),
    Likeness(
        ("inquiry", "9(a)"),
        ("review", "r5"),
        "extends",
        "Training before a case becomes training that allows for turnover.",
    ),
    Likeness(
        ("review", "r5"),
        ("learning", "r1"),
        "same",
        "Continuing training that allows for turnover.",
    ),
    Likeness(
        ("review", "r5"),
        ("inspection", "a2"),
        "extends",
        "The inspectorate adds a limit of three months and a measure.",
    ),
    Likeness(
        ("prevention", "m1"),
        ("inspection", "a3"),
        "same",
        "The coroner and the inspectorate found the same practice in the control room.",
    ),
)
