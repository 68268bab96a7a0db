"""The lives of what assurance is made of: from which state each act takes it, and to which."""

from answerable.assurance.models import Sample
from answerable.engine.lifecycles import ANY, Life, Step

USE = Life(
    "use of evidence",
    "A piece of evidence is offered for an undertaking, and may be taken out; both stay to be seen.",
    {"offered": "offered", "taken_out": "taken out, with the reason"},
    (
        Step("use_evidence", ANY, "offered"),
        Step("take_out_evidence", "offered", "taken_out"),
    ),
    {(ANY, "taken_out"): ("This has been taken out already.", "taken_out")},
)
SAMPLE = Life(
    "sample",
    "The seed is committed before the list of records arrives, so that neither side can choose.",
    {
        "committed": "the digest of the seed is in the chain",
        "drawn": "the list came, the seed is shown, records are drawn",
        "seen": "what was seen is recorded",
    },
    (
        Step("commit_sample", ANY, "committed"),
        Step("draw_sample", "committed", "drawn"),
        Step("record_sample", "drawn", "seen"),
    ),
    {
        ("draw_sample", ANY): ("This sample has been drawn. It is never drawn again.", "drawn"),
        ("record_sample", "committed"): ("Draw the sample first.", "not_drawn"),
        ("record_sample", "seen"): (
            "What was seen in this sample has been recorded. Draw another to look again.",
            "seen",
        ),
    },
)
INTEREST = Life(
    "declared interest",
    "It keeps a person from judging until someone else says that it is over.",
    {"declared": "holds", "ended": "is over"},
    (Step("declare_interest", ANY, "declared"), Step("end_interest", "declared", "ended")),
    {(ANY, "ended"): ("This interest has ended already.", "ended")},
)
OPINION = Life(
    "opinion",
    "Only signing and withdrawing are acts. Whether it stands is computed each time, and never kept.",
    {
        "stands": "stands: what was seen is as it was",
        "replaced": "a later opinion of the same verifier stands",
        "void": "void: something that was seen has changed",
        "withdrawn": "withdrawn, with the reason",
    },
    (
        Step("sign_opinion", ANY, "stands"),
        Step("something that was seen changes", "stands", "void"),
        Step("the same verifier signs again", "stands", "replaced"),
        Step("withdraw_opinion", "stands", "withdrawn"),
        Step("withdraw_opinion", "replaced", "withdrawn"),
        Step("withdraw_opinion", "void", "withdrawn"),
    ),
    {(ANY, "withdrawn"): ("This opinion was withdrawn already.", "withdrawn")},
)
CLOSURE = Life(
    "closing and reopening",
    "One undertaking at a time, each with its reason. Every reopening counts.",
    {"open": "open", "closed": "closed, by the chair"},
    (
        Step("add_undertaking", ANY, "open"),
        Step("close_undertaking", "open", "closed"),
        Step("reopen_undertaking", "closed", "open"),
    ),
    {
        ("close_undertaking", "closed"): ("This is closed already.", "closed"),
        ("reopen_undertaking", "open"): ("This was reopened already.", "open"),
    },
)


def of_sample(sample: Sample) -> str:
    """The state of a sample."""
    if sample.seen_at:
        return "seen"
    return "drawn" if sample.drawn_at else "committed"
