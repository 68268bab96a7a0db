"""Who may propose, approve and refuse an edition, and when."""

from collections.abc import Iterable

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, Refused, check_may, check_not_same
from answerable.audit.rules import check_step
from answerable.engine.lifecycles import ANY, Life, Step
from answerable.publishing import changes, folders, queries
from answerable.publishing.models import Edition

LIFE = Life(
    "edition",
    "A frozen release of everything public: proposed by one publisher, approved by another.",
    {state.value: str(state.label) for state in Edition.State},
    (
        Step("propose_edition", ANY, "proposed"),
        Step("approve_edition", "proposed", "published"),
        Step("refuse_edition", "proposed", "refused"),
        Step("withdraw_proposal", "proposed", "withdrawn"),
        Step("renew_proposal", "proposed", "withdrawn"),
    ),
    {
        ("approve_edition", ANY): (
            "This proposal for edition {name} is no longer open: it was {state}.",
            "decided",
        )
    },
)


def check_may_read(person: Person) -> None:
    """Refuses who may not see editions before they are public."""
    check_may(person, Permission.EDITION_READ)


def check_may_propose(person: Person) -> None:
    """Refuses who is not a publisher, and a second proposal beside one that waits."""
    check_may(person, Permission.EDITION_PROPOSE)
    waiting = queries.proposal()
    if waiting is not None:
        raise Refused(
            f"{waiting.proposed_by} has already proposed edition {waiting.number}. "
            "Approve it or send it back first.",
            code="already",
        )


def check_is_proposed(edition: Edition) -> None:
    """Refuses a proposal that has been decided, by saying how."""
    check_step(LIFE, "approve_edition", edition.state, str(edition.number))


def check_may_decide(person: Person, edition: Edition) -> None:
    """Refuses who is not a publisher, who proposed it, and what has been decided."""
    check_may(person, Permission.EDITION_APPROVE)
    check_is_proposed(edition)
    check_not_same(
        person,
        edition.proposed_by,
        "You proposed this edition, so another publisher must approve it or send it back.",
    )


def check_may_withdraw(person: Person, edition: Edition) -> None:
    """Only who proposed it may withdraw a proposal."""
    check_may(person, Permission.EDITION_PROPOSE)
    check_is_proposed(edition)
    if edition.proposed_by_id != person.pk:
        raise Refused(
            f"Only {edition.proposed_by} may withdraw this proposal. You can send it back.",
            code="separation",
        )


def check_may_renew(person: Person, edition: Edition, digest_now: str) -> None:
    """A publisher may bring a proposal up to date once the record has moved on."""
    check_may(person, Permission.EDITION_PROPOSE)
    check_is_proposed(edition)
    if digest_now == edition.content_digest:
        raise Refused("Nothing has changed since this was proposed.", code="same")


def check_saw(edition: Edition, content_digest: str) -> None:
    """Refuses an approval of something else than what is proposed."""
    if content_digest != edition.content_digest:
        raise Refused(
            "What you saw is not what is proposed now. Read the changes again before you approve.",
            code="moved",
        )


def check_still(edition: Edition, digest_now: str) -> None:
    """Refuses an approval after the record has moved on from what was proposed."""
    if digest_now != edition.content_digest:
        raise Refused(
            f"The record has changed since edition {edition.number} was proposed, so what you saw "
            "is not what would be published. Bring the proposal up to date, and have it approved.",
            code="moved",
        )


def check_shown(edition: Edition, found: list[changes.Change]) -> None:
    """Refuses an approval where the list of changes that was shown is not what would change."""
    if found != edition.changes:
        raise Refused(
            "The changes that were shown are not the ones that would be made, so they were altered "
            "outside Answerable. Send the proposal back, and tell your administrator.",
            code="altered",
        )


def check_may_approve(person: Person, edition: Edition, digest_now: str) -> None:
    """Everything that stands between ``person`` and approving what ``edition`` proposes."""
    check_may_decide(person, edition)
    check_still(edition, digest_now)


def check_something_changes(found: Iterable[changes.Change]) -> None:
    """Refuses an edition that would change nothing."""
    if not list(found):
        raise Refused("Nothing has changed in public since the last edition.", code="same")


def check_nothing_leaves(found: Iterable[changes.Change]) -> None:
    """Refuses an edition from which a record would be gone: nothing leaves the record."""
    gone = changes.leaving(found)
    if gone:
        first = gone[0]
        others = f" and {len(gone) - 1} more" if len(gone) > 1 else ""
        raise Refused(
            f"The {first['kind']} {first['title']}{others} would no longer be in the record. "
            "Nothing leaves it: look at the date of publication of its report.",
            code="leaves",
        )


def check_may_publish(found: list[changes.Change]) -> None:
    """Refuses an edition that would change nothing, or from which something would be gone."""
    check_something_changes(found)
    check_nothing_leaves(found)


def check_folder(newest: Edition | None) -> None:
    """Refuses to publish beside editions that this database does not know."""
    served = folders.pointed_to(queries.root())
    known = newest.number if newest else 0
    if served > known:
        raise Refused(
            f"The folder of editions serves edition {served}, but this database knows only "
            f"{known}: it is older than what is public. Restore the newest backup first.",
            code="older",
        )


def check_reason(reason: str) -> None:
    """Refuses to send a proposal back without a word."""
    if not reason.strip():
        raise Refused("Say why you send it back.", code="no_reason")
