"""How the demo knows its own database: by the first and the last event of its loading."""

from enum import Enum

from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import OPERATOR, act
from answerable.audit.models import Event
from answerable.audit.rules import Refused

BEGUN, LOADED = "world.begun", "world.loaded"


class Made(Enum):
    """What a database holds, as far as the demo is concerned."""

    EMPTY = "nothing yet"
    HALF = "an example world whose loading was interrupted"
    WHOLE = "the example world"
    OTHERS = "something that the demo did not make"


def made() -> Made:
    """What this database holds. The chain tells it: its first event cannot be changed."""
    if audit_queries.head()[0] == 0:
        return Made.EMPTY
    if not Event.objects.filter(seq=1, verb=BEGUN).exists():
        return Made.OTHERS
    return Made.WHOLE if Event.objects.filter(verb=LOADED).exists() else Made.HALF


def check_ours() -> None:
    """Refuses a database that holds anything but the example world.

    In demo mode anyone may sign in as anyone, so a real record must never be opened in it.
    """
    if made() is Made.OTHERS:
        raise Refused(
            "This database was not made by the demo, and in demo mode anyone can sign in as "
            "anyone. Take ANSWERABLE_DEMO away, or let ANSWERABLE_DATA name another folder.",
            code="not_demo",
        )


@act
def begin() -> None:
    """Write the first event: what follows is an example."""
    audit.record(BEGUN, by=OPERATOR, on=None)


@act
def finish() -> None:
    """Write that the example world is whole."""
    audit.record(LOADED, by=OPERATOR, on=None)
