"""The lives of what a plan is made of: from which state each act takes it, and to which."""

from answerable.engine.lifecycles import ANY, Life, Step
from answerable.plan.models import Action, ClosingTest, DateMove, Dependency, Milestone, OwnerChange
from answerable.plan.queries.closing_tests import is_agreed

TEST = Life(
    "closing test",
    "One row a version; the newest to which both sides agreed is the one that stands.",
    {
        "proposed": "waits for the other side’s word",
        "agreed": "agreed by body and office: it stands",
        "replaced": "a newer version stands in its place",
        "refused": "refused, or taken back",
    },
    (
        Step("propose_test", ANY, "proposed"),
        Step("agree_test", "proposed", "agreed"),
        Step("refuse_test", "proposed", "refused"),
        Step("both agree to a newer version", "agreed", "replaced"),
    ),
    {
        (ANY, "refused"): ("This proposal was refused. Propose another.", "refused"),
        (ANY, "agreed"): ("Both sides have agreed to this test already.", "agreed"),
    },
)
ACTION = Life(
    "action",
    "What a body will do. Nothing is removed; what was abandoned stays as it is.",
    {
        "under_way": "under way",
        "done": "done, says the body",
        "abandoned": "abandoned, with the reason",
        "taken_over": "carried on by a successor",
    },
    (
        Step("add_action", ANY, "under_way"),
        Step("change_action", "under_way", "under_way"),
        Step("change_action", "done", "done"),
        Step("complete_action", "under_way", "done"),
        Step("resume_action", "done", "under_way"),
        Step("abandon_action", "under_way", "abandoned"),
        Step("take_over_action", "under_way", "taken_over"),
    ),
    {
        (ANY, "abandoned"): ("{name} was abandoned: it stays as it is.", "abandoned"),
        (ANY, "done"): ("{name} is done. Take it up again first, and say why.", "done"),
        ("resume_action", "under_way"): ("{name} is not done.", "not_done"),
    },
)
MILESTONE = Life(
    "milestone",
    "A step of an action, with its own date.",
    {"waiting": "waits", "met": "met", "abandoned": "abandoned, with the reason"},
    (
        Step("add_milestone", ANY, "waiting"),
        Step("meet_milestone", "waiting", "met"),
        Step("abandon_milestone", "waiting", "abandoned"),
    ),
    {
        (ANY, "abandoned"): ("This milestone was abandoned: it stays as it is.", "abandoned"),
        (ANY, "met"): ("This milestone was met.", "met"),
    },
)
DEPENDENCY = Life(
    "dependency",
    "What an action waits for outside the plan; another action ends it by being done.",
    {"waiting": "waits", "met": "it has come", "taken_out": "taken back, with the reason"},
    (
        Step("add_dependency", ANY, "waiting"),
        Step("meet_dependency", "waiting", "met"),
        Step("take_out_dependency", "waiting", "taken_out"),
    ),
    {
        (ANY, "met"): ("It no longer waits for this.", "settled"),
        (ANY, "taken_out"): ("It no longer waits for this.", "settled"),
    },
)
_DECIDED = ("This has been decided already.", "decided")
MOVE = Life(
    "move of a date",
    "Asked by one person and decided by another; the first date stays beside the present one.",
    {"asked": "waits for a decision", "moved": "approved: the date moved", "refused": "refused"},
    (
        Step("ask_date", ANY, "asked"),
        Step("approve_date", "asked", "moved"),
        Step("refuse_date", "asked", "refused"),
    ),
    {(ANY, "moved"): _DECIDED, (ANY, "refused"): _DECIDED},
)
OWNER = Life(
    "change of owner",
    "Asked by one person and decided by another; who owned it before stays on record.",
    {"asked": "waits for a decision", "moved": "approved: it passed", "refused": "refused"},
    (
        Step("ask_owner", ANY, "asked"),
        Step("approve_owner", "asked", "moved"),
        Step("refuse_owner", "asked", "refused"),
    ),
    {(ANY, "moved"): _DECIDED, (ANY, "refused"): _DECIDED},
)


def of_test(test: ClosingTest) -> str:
    """The state of a closing test, without whether a newer one stands in its place."""
    if test.refused_at:
        return "refused"
    return "agreed" if is_agreed(test) else "proposed"


def of_action(action: Action) -> str:
    """The state of an action, without whether a successor carries it on."""
    if action.abandoned_at:
        return "abandoned"
    return "done" if action.done_on else "under_way"


def of_milestone(milestone: Milestone) -> str:
    """The state of a milestone."""
    if milestone.abandoned_at:
        return "abandoned"
    return "met" if milestone.met_on else "waiting"


def of_dependency(dependency: Dependency) -> str:
    """The state of a dependency."""
    if dependency.taken_out_at:
        return "taken_out"
    return "met" if dependency.met_on else "waiting"


def of_asked(asked: DateMove | OwnerChange) -> str:
    """The state of what one person asked and another decides."""
    if asked.approved_at:
        return "moved"
    return "refused" if asked.refused_at else "asked"
