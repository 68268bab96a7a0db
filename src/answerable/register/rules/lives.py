"""The lives of links and clocks: from which state each act takes them, and to which."""

from answerable.engine.lifecycles import ANY, Life, Step
from answerable.register.models import Clock

LINK = Life(
    "link",
    "A signed relation between two recommendations; one at a time between the same two.",
    {"stands": "stands", "taken_back": "taken back, with the reason"},
    (Step("sign_link", ANY, "stands"), Step("take_back_link", "stands", "taken_back")),
    {(ANY, "taken_back"): ("This link was taken back already.", "taken_back")},
)
DISMISSAL = Life(
    "dismissal",
    "A person’s word that two recommendations are not alike; one at a time of the same two.",
    {"stands": "stands", "taken_back": "taken back, with the reason"},
    (Step("dismiss_likeness", ANY, "stands"), Step("take_back_dismissal", "stands", "taken_back")),
    {(ANY, "taken_back"): ("This was taken back already.", "taken_back")},
)
OBJECTION = Life(
    "objection",
    "How a second person reads a link that another signed; one at a time of each person. The link "
    "stands as it did.",
    {"stands": "stands", "taken_back": "taken back, with the reason"},
    (Step("object_to_link", ANY, "stands"), Step("take_back_objection", "stands", "taken_back")),
    {(ANY, "taken_back"): ("This was taken back already.", "taken_back")},
)
OUTSIDE_LINK = Life(
    "link to another office’s record",
    "A signed relation to what another office keeps; one at a time to the same place there.",
    {"stands": "stands", "taken_back": "taken back, with the reason"},
    (
        Step("sign_outside_link", ANY, "stands"),
        Step("take_back_outside_link", "stands", "taken_back"),
    ),
    {(ANY, "taken_back"): ("This link was taken back already.", "taken_back")},
)
_ACTS = ("extend_clock", "date_clock")
_ENDS = (
    ("log_response", "stopped"),
    ("pass_to_successor", "passed"),
    ("withdraw_recommendation", "withdrawn"),
)
CLOCK = Life(
    "clock",
    "The time limit of one reply. Computed and official dates never mix; each change has its reason.",
    {state.value: str(state.label) for state in Clock.State},
    (
        Step("start_clock", ANY, "running"),
        Step("pause_clock", "running", "paused"),
        Step("resume_clock", "paused", "running"),
        Step("read_position: no response", "stopped", "running"),
        *(Step(act, state, state) for act in _ACTS for state in ("running", "paused")),
        *(Step(act, state, end) for act, end in _ENDS for state in ("running", "paused")),
        Step("pass_to_successor", "stopped", "passed"),
    ),
    {
        ("pause_clock", "paused"): ("This clock is paused already.", "paused"),
        ("pause_clock", ANY): ("This clock does not run.", "not_running"),
        ("resume_clock", ANY): ("This clock is not paused.", "not_paused"),
    },
)
