"""What was asked again and again in Northmoor, what is missing, and a plan drafted from that."""

from collections.abc import Callable
from functools import partial

from answerable.assurance.actions.undoing import sign_link
from answerable.demo.calendar import Part
from answerable.demo.cases.matter import POLICE, Matter
from answerable.demo.checking import Item
from answerable.demo.northmoor import Northmoor
from answerable.gaps.actions.drafts import draft_plan
from answerable.gaps.actions.runs import run_analysis
from answerable.gaps.actions.themes import add_theme
from answerable.gaps.queries.runs import analysis_of
from answerable.plan.actions.planned import change_action
from answerable.register.actions.undertakings import add_undertaking
from answerable.register.models import Relation
from answerable.register.queries.links import standing_between
from answerable.world.northmoor import story

SIGNED_ON = {"review": -393, "learning": -44, "inspection": -43, "scrutiny": -17}
"""On which day Rosa signed how the recommendations of a report stand to earlier ones."""
UNDECIDED = {
    (("inquiry", "3(b)"), ("inspection", "r3")),
    (("inquiry", "4(b)(ii)"), ("scrutiny", "r4")),
    (("inquiry", "5(a)"), ("scrutiny", "r6")),
    (("prevention", "m1"), ("inspection", "a3")),
}
"""Alike, and left for whoever tries it: the page of likenesses has something to decide."""

THEMES: dict[str, tuple[Item, ...]] = {
    "Recording crimes against children": (
        ("inquiry", "3(a)"), ("inquiry", "3(b)"), ("learning", "r3"), ("inspection", "c1"),
        ("inspection", "r1"), ("inspection", "r2"), ("inspection", "r3"), ("review", "r7"),
    ),
    "Training, and people who leave": (
        ("inquiry", "9(a)"), ("inquiry", "9(b)"), ("review", "r5"), ("learning", "r1"),
        ("learning", "r2"), ("inspection", "a2"),
    ),
    "Children who go missing": (
        ("inquiry", "4(a)(i)"), ("inquiry", "4(a)(ii)"), ("inquiry", "4(b)(i)"),
        ("inquiry", "4(b)(ii)"), ("inspection", "a4"), ("scrutiny", "r1"), ("scrutiny", "r3"),
        ("scrutiny", "r4"), ("prevention", "m1"),
    ),
    "Advocates and support that last": (
        ("inquiry", "7(a)"), ("review", "r6"), ("learning", "r4"), ("learning", "r5"),
    ),
    "Using what is known": (
        ("inquiry", "6"), ("review", "r4"), ("learning", "r8"), ("learning", "r9"),
        ("review", "r8"),
    ),
    "Homes, and children placed by others": (
        ("inquiry", "5(a)"), ("inquiry", "5(b)"), ("review", "r10"), ("scrutiny", "r6"),
        ("scrutiny", "r7"), ("scrutiny", "r8"),
    ),
    "Telling the public what has changed": (
        ("inquiry", "10"), ("review", "r9"), ("review", "r11"), ("scrutiny", "r2"),
    ),
}  # fmt: skip
"""The office's own list, and what Rosa put under each."""


def families() -> tuple[Callable[[Northmoor], Part], ...]:
    """For each report, the day on which Rosa reads what it repeats, and signs it."""
    return tuple(partial(_signing, report=report, day=day) for report, day in SIGNED_ON.items())


def _signing(northmoor: Northmoor, report: str, day: int) -> Part:
    yield day
    for alike in story.LIKENESSES:
        known = (alike.first, alike.second)
        if alike.second[0] != report or known in UNDECIDED:
            continue
        earlier, later = (northmoor.register[item] for item in known)
        if standing_between(earlier, later) is None:
            sign_link(
                by=northmoor.people["rosa"],
                earlier=earlier,
                later=later,
                relation=alike.relation,
                reason=alike.reason,
            )


def contradicted(northmoor: Northmoor) -> Part:
    """Two askings that cannot both be done: someone must say which stands."""
    yearly = Matter(northmoor, ("inquiry", "9(b)"), POLICE)
    yield -42
    yearly.link(
        ("review", "r5"),
        Relation.CONTRADICTS,
        "The Inquiry wants a course for all agencies every year. The Review wants the yearly course "
        "replaced. Both stand until somebody says which of them does.",
    )


def lapsed(northmoor: Northmoor) -> Part:
    """An action whose money ended before it was done."""
    cases = Matter(northmoor, ("inspection", "r4"), POLICE)
    yield -30
    action = cases.plan(
        "Two agency supervisors for the cases that wait", "Head of Public Protection", due=60
    )
    change_action(
        by=cases.lead,
        action=action,
        funding="Transformation grant",
        funding_ends_on=cases.day(-9),
    )


def beside(northmoor: Northmoor) -> Part:
    """Another force was asked one of the four of the coroner. The overseer judges of the others."""
    yield -18
    add_undertaking(
        by=northmoor.people["rosa"],
        recommendation=northmoor.register["prevention", "m2"],
        body=northmoor.bodies["harbour-police"],
        because="The Coroner wrote to it as well: its calls go to the same control room.",
    )


def analysed(northmoor: Northmoor) -> Part:
    """The office's themes; what is missing a month ago and now; and a plan drafted from the gravest."""
    rosa = northmoor.people["rosa"]
    yield -41
    for name, items in THEMES.items():
        recommendations = [northmoor.register[item] for item in items if item in northmoor.register]
        add_theme(by=rosa, name=name, recommendations=recommendations)
    yield -40
    run_analysis(by=rosa)
    yield -1
    run = run_analysis(by=rosa)
    grave = [
        gap.key
        for gap in analysis_of(run).gaps
        if gap.kind in ("repeat_after_closure", "lapsed", "contradicted", "no_action")
    ]
    draft_plan(by=rosa, run=run, gaps=grave)
    northmoor.say(f"Northmoor: {run.reference}, a gap analysis, and a plan drafted from it.")
