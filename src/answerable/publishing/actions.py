"""The only writes to editions: propose, bring up to date, withdraw, send back, approve and publish.

**The order of publishing**, so that a process killed at any moment leaves the last edition standing:

1. The kernel's lock on the folder of editions is taken. What dead processes left is finished or
   cleared (:func:`recover`).
2. The edition is built in ``.building-N``, outside any transaction because it may take a minute,
   and synced to the disk. Nobody reads that name. *Killed here: a leftover, cleared next time.*
3. One act: under the chain's lock the rules are asked again and the record must still be what was
   approved; the row and its event are written; last of all ``.building-N`` becomes ``N`` by one
   rename. *Killed before the commit: the database knows no edition N, so N is a leftover too; the
   link still points to N-1.* The rename comes before the commit, so a committed edition always has
   its folder, whole.
4. The link ``current`` is replaced. *Killed before this: the database knows N and its folder is
   whole, so* :func:`recover` *moves the link.*

The link alone decides what is served, so no reader ever sees an edition that is not committed.
"""

import errno
from collections.abc import Iterator
from datetime import date, datetime
from importlib.metadata import version
from typing import Any

from django.utils import timezone

from answerable.accounts.models import Person
from answerable.accounts.rules import Refused
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.engine import chain
from answerable.publishing import attachments, folders, queries, rules
from answerable.publishing.attachments import Altered
from answerable.publishing.folders import Built, Busy, Progress
from answerable.publishing.manifest import Standing
from answerable.publishing.models import Edition
from answerable.publishing.pages import whole
from answerable.publishing.pages.site import Site
from answerable.publishing.queries import Record
from answerable.publishing.records import public_records


def _quiet(path: str, done: int) -> None:
    """Nobody wants to know how far it is."""


# --- Proposing ----------------------------------------------------------------------------------


@act
def propose_edition(*, by: Person, note: str = "") -> Edition:
    """Propose what the next edition would hold; nothing is public until another publisher agrees.

    Keeps the digest of the public records, and every line that would change.
    """
    rules.check_may_propose(by)
    edition = _propose(by, note)
    audit.record("edition.proposed", by=by, on=edition, facts=_facts(edition))
    return edition


@act
def renew_proposal(*, by: Person, edition: Edition) -> Edition:
    """Replace a proposal by one of the record as it stands now; ``by`` is then its proposer."""
    edition = _fresh(edition)
    rules.check_may_renew(by, edition, queries.since(edition).digest)
    before = audit_queries.snapshot(edition)
    _decide(edition, Edition.State.WITHDRAWN, by)
    renewed = _propose(by, edition.note)
    audit.record(
        "edition.proposed",
        by=by,
        on=renewed,
        also=[edition],
        before=before,
        facts=_facts(renewed),
    )
    return renewed


def _propose(by: Person, note: str) -> Edition:
    rules.check_folder(queries.newest())
    now = timezone.now()
    found = queries.outlook(queries.day_of(now), note.strip())
    rules.check_may_publish(found.changes)
    # The proposal's own event is the next one: whoever finds it still the last knows that nothing moved.
    seq, _ = audit_queries.head()
    return Edition.objects.create(
        number=found.number,
        proposed_at=now,
        proposed_by=by,
        note=note.strip(),
        content_digest=found.digest,
        changes=found.changes,
        chain_seq=seq + 1,
    )


def _facts(edition: Edition) -> dict[str, object]:
    return {
        "number": edition.number,
        "records": edition.content_digest,
        "changes": chain.digest_of(edition.changes),
    }


def _fresh(edition: Edition) -> Edition:
    return Edition.objects.select_related("proposed_by").get(pk=edition.pk)


def _decide(edition: Edition, state: str, by: Person) -> None:
    edition.state = state
    edition.decided_by, edition.decided_at = by, timezone.now()
    edition.save()


@act
def withdraw_proposal(*, by: Person, edition: Edition) -> Edition:
    """Take back one's own proposal."""
    edition = _fresh(edition)
    rules.check_may_withdraw(by, edition)
    before = audit_queries.snapshot(edition)
    _decide(edition, Edition.State.WITHDRAWN, by)
    facts: dict[str, object] = {"number": edition.number}
    audit.record("edition.withdrawn", by=by, on=edition, before=before, facts=facts)
    return edition


@act
def refuse_edition(*, by: Person, edition: Edition, reason: str) -> Edition:
    """Send a proposal back, with the reason."""
    edition = _fresh(edition)
    rules.check_may_decide(by, edition)
    rules.check_reason(reason)
    before = audit_queries.snapshot(edition)
    edition.refused_reason = reason.strip()
    _decide(edition, Edition.State.REFUSED, by)
    audit.record(
        "edition.refused",
        by=by,
        on=edition,
        before=before,
        facts={"number": edition.number},
        said={"reason": edition.refused_reason},
    )
    return edition


# --- Publishing ---------------------------------------------------------------------------------


def approve_edition(
    *, by: Person, edition: Edition, content_digest: str, progress: Progress = _quiet
) -> Edition:
    """Approve exactly what was seen, and publish it: all or nothing.

    ``content_digest`` is that of the proposal on the page that ``by`` has read. ``progress`` is
    told each file as it is written, and how many there are so far.
    """
    edition = _fresh(edition)
    rules.check_may_decide(by, edition)
    rules.check_saw(edition, content_digest)
    try:
        with folders.locked(queries.root()):
            _recover()
            return _publish(by, edition, progress)
    except Busy as error:
        raise Refused(
            "Another edition is being published at this moment. Try again in a minute.",
            code="busy",
        ) from error


def _publish(by: Person, edition: Edition, progress: Progress) -> Edition:
    root, last = queries.root(), queries.newest()
    rules.check_folder(last)
    head = audit_queries.head()  # before the records are read: if it stays, so have they
    records = public_records(queries.day_of(edition.proposed_at), edition.note)
    rules.check_still(edition, chain.digest_of(records))
    rules.check_shown(edition, queries.changes_since_last(last, records))
    standing = _standing(edition, records, head, last, timezone.now())
    try:
        files = _files(edition, standing, records, last)
        built = folders.build(root, standing, files, progress)
        published = _approve(by=by, edition=edition, standing=standing, built=built)
    except BaseException as error:
        _recover()
        _say_why(error)
        raise
    folders.point_to(root, published.number)
    return published


def _say_why(error: BaseException) -> None:
    """Turn what an operator can mend into a sentence."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        raise Refused(
            "The disk is full, so nothing was published. Ask your administrator to make room.",
            code="full",
        ) from error
    if isinstance(error, Altered):
        raise Refused(f"{error} Nothing was published.", code="altered") from error


def _standing(
    edition: Edition,
    records: Record,
    head: tuple[int, str],
    last: Edition | None,
    now: datetime,
) -> Standing:
    return Standing(
        number=edition.number,
        published_at=now.isoformat(timespec="microseconds"),
        as_of=records["as_of"],
        office=records["office"],
        version=version("answerable"),
        records_digest=edition.content_digest,
        chain_seq=head[0],
        chain_digest=head[1],
        previous_number=last.number if last else 0,
        previous_digest=last.manifest_digest if last else chain.GENESIS,
    )


def _files(
    edition: Edition, standing: Standing, records: Record, last: Edition | None
) -> Iterator[folders.Made]:
    """Every file of the edition, one after the other, so that few are in memory at a time."""
    cuts = attachments.cuts(records, queries.folder_of(last) if last else None)
    site = Site(
        records=records,
        number=edition.number,
        published_on=queries.day_of(datetime.fromisoformat(standing.published_at)).isoformat(),
        changes=edition.changes,
        previous=_previous(last),
        chain={"seq": standing.chain_seq, "digest": standing.chain_digest},
        pictures=cuts,
    )
    yield from whole.files(site)
    yield from attachments.files(cuts)
    yield from attachments.documents(records)
    yield from attachments.evidence(records)


def _previous(last: Edition | None) -> dict[str, Any]:
    if last is None or last.published_at is None:
        return {}
    day: date = queries.day_of(last.published_at)
    return {"number": last.number, "digest": last.manifest_digest, "date": day.isoformat()}


@act
def _approve(*, by: Person, edition: Edition, standing: Standing, built: Built) -> Edition:
    edition = _fresh(edition)
    digest_now = standing.records_digest
    if audit_queries.head()[0] != standing.chain_seq:
        records = public_records(queries.day_of(edition.proposed_at), edition.note)
        digest_now = chain.digest_of(records)
    rules.check_may_approve(by, edition, digest_now)
    before = audit_queries.snapshot(edition)
    edition.chain_seq, edition.chain_digest = standing.chain_seq, standing.chain_digest
    edition.previous_digest, edition.manifest_digest = standing.previous_digest, built.digest
    edition.published_at = datetime.fromisoformat(standing.published_at)
    _decide(edition, Edition.State.PUBLISHED, by)
    audit.record(
        "edition.published",
        by=by,
        on=edition,
        before=before,
        facts={"number": edition.number, "manifest": built.digest},
    )
    folders.put_in_place(queries.root(), built)
    return edition


# --- After a process that died ------------------------------------------------------------------


def recover() -> bool:
    """Finish or clear what a process that died while publishing has left. Safe at any time.

    Returns whether it could look: False where another process is publishing right now.
    """
    if not queries.root().is_dir():
        return True
    try:
        with folders.locked(queries.root()):
            _recover()
    except Busy:
        return False
    return True


def _recover() -> None:
    root, last = queries.root(), queries.newest()
    number = last.number if last else 0
    folders.clear(folders.leftovers(root, number))
    if last and folders.pointed_to(root) < number and queries.is_whole(last):
        folders.point_to(root, number)
