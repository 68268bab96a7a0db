"""The reference page of the gap analysis: every kind and every rule, from the rules themselves."""

from answerable.engine.gap_analysis import KINDS, RULES
from tools.markdown import page, table

_INTRO = """\
A gap analysis asks of every undertaking (one recommendation × one body) what is missing. It is run with
`answerable gaps run` or by a governance officer or the chair, over one body or all, and kept as it came out: with the
day, the last event of the audit chain that it read, and the SHA-256 of its content. Over the same record it gives the
same bytes, on SQLite and on PostgreSQL; `answerable gaps verify` makes it again and compares them.

It is of the record **as it stands** on the day it is run. It cannot be run for a day in the past: what was known
then is in the analyses that were run then.

**Open** below means: neither closed nor passed to a successor. Recommendations that were withdrawn, which were entered
in error, are left out. So is what is known only from a public source, of which this record does not follow what
became: it is counted apart, and stands in families. A **family** is what signed links join (same, extends, partly,
supersedes); a body’s **line** is itself, those it followed and those that followed it. Nothing here says that a body
is at fault: a rule says that something is missing in the record, on what it rests, and a person looks."""

_KINDS = "## Kinds of gap\n\nThe gravest stands first, here and in every analysis."
_RULES = """\
## Rules

Each gap names the rule that found it, why, the events it rests on, and since when. It is known from one analysis to
the next by its key: rule, recommendation, body and, where it is about one, theme.
The rules are `RULES` in `src/answerable/engine/gap_analysis/rules.py`; a test compares each with
a second, slower reading over registers drawn at random (`tests/engine/test_gap_rules.py`)."""


def gap_rules() -> str:
    """docs/reference/gaps.md."""
    kinds = ((f"`{key}`", kind.name, kind.sentence) for key, kind in KINDS.items())
    rules = (
        (f"`{key}`", KINDS[rule.kind].name, rule.sentence, rule.evidence)
        for key, rule in RULES.items()
    )
    return page(
        "What a gap analysis looks for",
        _INTRO,
        _KINDS,
        table(("Kind", "Name", "What it means"), kinds),
        _RULES,
        table(("Rule", "Kind", "There is a gap where", "It rests on"), rules),
    )
