"""The page of who may do what to one body's answer, from the table that rules and buttons ask."""

from answerable.accounts.models import Role
from answerable.accounts.rules import GRANTS, OFFICE_ROLES
from answerable.assurance.rules.independence import BARS
from answerable.assurance.rules.separation import ACTS, Guarded
from tools.markdown import page, table

WORDS = """Nobody marks their own work. What follows is one table, `ACTS` in
`src/answerable/assurance/rules/separation.py`: each row names an act, the permission that it needs and
the rule that is asked, by the button on the page and by the act itself. A role grants the permission or
does not; the last column holds whatever roles someone has. A test walks every act with people of every
role, and with people who are tied to what they judge, in every state from no reply to reopened: the
rule says that they may exactly where the act succeeds."""


def _may(act: Guarded, role: Role) -> str:
    granted = act.permission in GRANTS[role]
    if act.act == "withdraw_opinion" and role == Role.VERIFIER:
        return "their own"
    return "yes" if granted else "–"


def separation() -> str:
    """Who may do what, who never may, and what ties a person to what they would judge."""
    roles = [r for r in Role if any(a.permission in GRANTS[r] for a in ACTS)]
    names = [f"{r.label[:1].upper()}{r.label[1:]}" for r in roles]
    bodies = ["the office" if r in OFFICE_ROLES else "a body that answers" for r in roles]
    rows = [
        (f"{a.does[:1].upper()}{a.does[1:]}", *(_may(a, r) for r in roles), a.never) for a in ACTS
    ]
    return page(
        "Who may do what, and who never may",
        WORDS,
        table(("Act", *names, "Never"), [("*held by people of*", *bodies, ""), *rows]),
        "## Tied to it",
        "None of these may sign an opinion, grade evidence, draw a sample or close. It is the table\n"
        "`BARS` in `src/answerable/assurance/rules/independence.py`.",
        table(("Who", "What they are told"), ((bar.who, bar.sentence) for bar in BARS)),
    )
