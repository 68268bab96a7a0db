"""The lives of things, drawn and listed from the tables of steps that the rules ask."""

from collections.abc import Iterator

from answerable.assurance.rules import lives as assurance
from answerable.engine.lifecycles import ANY, Life
from answerable.plan.models import Rung
from answerable.plan.rules import lives as plan
from answerable.plan.rules.claims import FALLS
from answerable.publishing.rules import LIFE as EDITION
from answerable.register.rules import lives as register
from tools.markdown import table

LIVES: tuple[Life, ...] = (
    plan.TEST,
    plan.ACTION,
    plan.MILESTONE,
    plan.DEPENDENCY,
    plan.MOVE,
    plan.OWNER,
    assurance.USE,
    assurance.SAMPLE,
    assurance.INTEREST,
    assurance.OPINION,
    assurance.CLOSURE,
    register.LINK,
    register.DISMISSAL,
    register.OBJECTION,
    register.OUTSIDE_LINK,
    register.CLOCK,
    EDITION,
)
"""Every life, in the order of the page."""

LADDER = """### Claim

What a body says of its own delivery. A claim is never changed: a newer one stands beside it. Any rung may
be claimed at any time, *ready for assessment* only under a closing test that both sides agreed to; to claim
one of these after the other is to report that something has slipped back, and says from which day. The
table is `FALLS` in `src/answerable/plan/rules/claims.py`."""


def _drawn(life: Life) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for name, words in life.states.items():
        yield f'    state "{words.replace(":", ",")}" as {name}'
    for step in life.steps:
        act = step.act.replace(":", ",")
        yield f"    {step.before or '[*]'} --> {step.after}: {act}"
    yield "```"


def _listed(life: Life) -> str:
    rows = (
        (
            life.states[step.before] if step.before != ANY else "(it begins)",
            f"`{step.act}`" if "_" in step.act and " " not in step.act else f"*{step.act}*",
            life.states[step.after],
        )
        for step in life.steps
    )
    return table(("From", "By", "To"), rows)


def _life(life: Life) -> str:
    title = f"### {life.noun[:1].upper()}{life.noun[1:]}"
    return "\n\n".join((title, life.about, "\n".join(_drawn(life)), _listed(life)))


def _ladder() -> str:
    falls = [(before, after) for before, afters in FALLS.items() for after in afters]
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{rung.label}" as {rung.value}' for rung in Rung]
    lines += [f"    {before.value} --> {after.value}: slips back" for before, after in falls]
    rows = ((str(before.label), str(after.label)) for before, after in falls)
    return "\n\n".join((LADDER, "\n".join([*lines, "```"]), table(("From", "Slips back to"), rows)))


def lives() -> str:
    """All lives, each as a diagram with the same steps in a table beside it."""
    words = (
        "## From state to state\n\nEach diagram is drawn from the table that the rules ask: an act is "
        "done from a state where an arrow\nleaves it, and refused from any other. The table under it "
        "says the same in words. Acts have the names\nthat they have in `actions`; what is set in "
        "italics is no act, but something that follows."
    )
    return "\n\n".join((words, *map(_life, LIVES), _ladder()))
