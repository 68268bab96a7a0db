"""Who may approve a message, change its words, hold it back or sign a letter, and when."""

from collections.abc import Mapping, Sequence

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, Refused, check_may, check_version
from answerable.chasing.models import Chase, Delivery, Dispatch, Step
from answerable.chasing.queries import outbox
from answerable.chasing.queries.owed import why_ended
from answerable.chasing.rules.ladder import check_may_see


def permission_for(step: str) -> Permission:
    """What approves a step: the chair signs letters herself."""
    return Permission.LETTER_SIGN if step == Step.LETTER else Permission.CHASE_APPROVE


def _check_unsent(chase: Chase) -> None:
    if chase.stopped_at:
        raise Refused(f"This was stopped: {chase.stopped_because}.", code="stopped")
    if chase.dispatch_id:
        raise Refused("This was approved already.", code="approved")


def check_may_change(person: Person, chase: Chase) -> None:
    """Refuses to change the words of what was approved or stopped."""
    check_may_see(person)
    check_may(person, Permission.CHASE_APPROVE)
    _check_unsent(chase)


def check_may_hold(person: Person, chase: Chase) -> None:
    """Refuses to hold back what was approved, stopped or held back already."""
    check_may_change(person, chase)
    if chase.held_at:
        raise Refused("This is held back already.", code="held")


def check_held(reason: str) -> None:
    """Refuses to hold a message back without saying why."""
    if not reason.strip():
        raise Refused("Say why this is not sent now.", code="reason")


def check_words(words: str) -> None:
    """Refuses a message that says nothing."""
    if not words.strip():
        raise Refused("Write what the message says.", code="words")


def check_may_approve(person: Person, chase: Chase) -> None:
    """Refuses whoever may not approve this step, what is not open, and where nobody would get it."""
    check_may_see(person)
    check_may(person, permission_for(chase.step))
    check_can_go(chase)


def check_can_go(chase: Chase) -> None:
    """Refuses what was approved, stopped or answered, and where nobody would get it."""
    _check_unsent(chase)
    ended = why_ended(chase)
    if ended:
        raise Refused(f"There is nothing to chase any more: {ended}.", code="ended")
    if chase.step == Step.NOTICE or outbox.recipients_of([chase]):
        return  # a notice is public, whoever can be told of it
    if chase.step == Step.LETTER:
        raise Refused(
            f"Nobody has recorded who heads {chase.body.name}. Record that first.", code="head"
        )
    raise Refused(
        f"{chase.body.name} has no assurance lead here, and no head with an e-mail address. "
        "Invite one, or record who heads it.",
        code="nobody",
    )


def check_together(chases: Sequence[Chase]) -> None:
    """Refuses to send together what is not to one body, of one ladder and one step."""
    if not chases:
        raise Refused("Choose at least one message.", code="chases")
    if len({(c.body_id, c.ladder, c.step) for c in chases}) > 1:
        raise Refused(
            "Only messages to one body about the same kind of date go together.", code="chases"
        )


def check_seen(chases: Sequence[Chase], seen: Mapping[int, int]) -> None:
    """Refuses to approve words other than those that were read."""
    for chase in chases:
        check_version(chase.version, seen.get(chase.pk, 0))


def check_may_post(person: Person, dispatch: Dispatch) -> None:
    """Refuses to say that a letter was posted which was not signed, or went by e-mail."""
    check_may_see(person)
    check_may(person, Permission.CHASE_APPROVE)
    if dispatch.step != Step.LETTER or dispatch.deliveries.exists():
        raise Refused("Only a letter without an e-mail address goes by post.", code="post")
    if dispatch.posted_on:
        raise Refused("This was posted already.", code="posted")


def check_may_settle(person: Person, delivery: Delivery) -> None:
    """Refuses to say what became of a message whose fate is known."""
    check_may_see(person)
    check_may(person, Permission.CHASE_APPROVE)
    if delivery.state not in (Delivery.State.UNSURE, Delivery.State.FAILED):
        raise Refused("What became of this message is known.", code="known")
