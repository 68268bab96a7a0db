"""Writes of evidence: handed in, offered, taken out, graded, opened to the public and sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.assurance.actions import files
from answerable.assurance.models import Evidence, Grade, Graded, Use
from answerable.assurance.queries import evidence as queries
from answerable.assurance.rules import evidence as rules
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.audit.rules import Refused
from answerable.engine import chain, disclosure
from answerable.engine.disclosure import Found
from answerable.engine.documents import Unreadable
from answerable.plan.rules.who import check_said
from answerable.register.models import Undertaking
from answerable.register.queries.undertakings import as_it_stands
from answerable.reports.actions import scanning
from answerable.reports.actions.documents import clean_name
from answerable.reports.actions.files import Arriving, Source, arriving
from answerable.reports.queries.files import limits

STATEMENT = "text/plain"


@dataclass(frozen=True, slots=True)
class About:
    """What whoever hands evidence in says of it."""

    shows: str
    does_not_show: str
    grade: str
    covers_from: date | None = None
    covers_to: date | None = None
    expires_on: date | None = None
    expires_because: str = ""

    def words(self) -> str:
        """Everything that was typed, for the check for personal data."""
        return f"{self.shows}\n{self.does_not_show}\n{self.expires_because}"


def _check_about(by: Person, body: Body, about: About) -> None:
    rules.check_may_add(by, body)
    rules.check_described(about.shows, about.does_not_show, about.grade)
    rules.check_period(about.covers_from, about.covers_to)
    rules.check_expiry(about.expires_on, about.expires_because, timezone.localdate())


def _typed(about: About, *others: str) -> tuple[Found, ...]:
    return disclosure.check_words("\n".join((about.words(), *others)), where="in what you typed")


def _examine(arrived: Arriving, name: str) -> disclosure.Checked:
    """What the file is, and what the check for personal data finds in it and in its name."""
    scanning.scan(arrived.path)
    try:
        return disclosure.check_file_safely(arrived.path, name=name, limits=limits())
    except Unreadable as refusal:
        raise Refused(refusal.sentence, code=refusal.code) from refusal


def add_file(
    *,
    by: Person,
    body: Body,
    upload: Source,
    name: str,
    about: About,
    undertakings: Sequence[Undertaking] = (),
    despite: str = "",
) -> Evidence:
    """Keep a file as evidence under its SHA-256, and offer it for ``undertakings`` at once.

    It is checked for personal data before anything is kept.

    Raises:
        rules.PersonalData: where something was found and ``despite`` gives no reason to keep it.
        Refused: where it cannot be read, the scanner refuses it, or this person may not.
    """
    _check_about(by, body, about)
    name = clean_name(name)
    with arriving(upload) as arrived:
        checked = _examine(arrived, name)
        found = disclosure.together(_typed(about), checked.found)
        rules.check_personal_data(found, despite)
        what = {"name": name, "media_type": checked.media_type}
        return _keep_file(arrived, by, body, about, undertakings, found, despite, what)


def add_link(
    *,
    by: Person,
    body: Body,
    address: str,
    sha256: str,
    taken_at: datetime,
    name: str,
    about: About,
    snapshot: Source | None = None,
    undertakings: Sequence[Undertaking] = (),
    despite: str = "",
) -> Evidence:
    """Keep a link as it was at one moment: its address, and the digest of the snapshot.

    ``sha256`` is what whoever took the snapshot says of it; where the snapshot itself comes along,
    it is kept, and must have that digest.

    Raises:
        Refused: as :func:`add_file`, and where digest and snapshot differ.
    """
    _check_about(by, body, about)
    now = timezone.now()
    typed = _typed(about, name)
    link: dict[str, Any] = {"name": name.strip()[:255], "address": address, "taken_at": taken_at}
    if snapshot is None:
        rules.check_snapshot(address, sha256, None, taken_at, now)
        rules.check_personal_data(typed, despite)
        link |= {"kind": Evidence.Kind.LINK, "sha256": sha256}
        return _keep(
            by=by, body=body, about=about, undertakings=undertakings, found=typed, despite=despite,
            what=link,
        )  # fmt: skip
    with arriving(snapshot) as arrived:
        rules.check_snapshot(address, sha256, arrived.sha256, taken_at, now)
        checked = _examine(arrived, name)
        found = disclosure.together(typed, checked.found)
        rules.check_personal_data(found, despite)
        link |= {"kind": Evidence.Kind.LINK, "media_type": checked.media_type}
        return _keep_file(arrived, by, body, about, undertakings, found, despite, link)


def add_statement(
    *,
    by: Person,
    body: Body,
    name: str,
    words: str,
    about: About,
    undertakings: Sequence[Undertaking] = (),
    despite: str = "",
) -> Evidence:
    """Keep a statement in its exact words. Its digest is that of the words.

    Raises:
        Refused: as :func:`add_file`.
    """
    _check_about(by, body, about)
    check_said(words, "Enter the words of the statement.", "words")
    found = _typed(about, name, words)
    rules.check_personal_data(found, despite)
    content = words.encode()
    what = {
        "kind": Evidence.Kind.STATEMENT,
        "name": name.strip()[:255] or "Statement",
        "sha256": chain.digest(content),
        "size": len(content),
        "media_type": STATEMENT,
        "words": words,
    }
    return _keep(
        by=by, body=body, about=about, undertakings=undertakings, found=found, despite=despite,
        what=what,
    )  # fmt: skip


def _keep_file(
    arrived: Arriving,
    by: Person,
    body: Body,
    about: About,
    undertakings: Sequence[Undertaking],
    found: Sequence[Found],
    despite: str,
    what: Mapping[str, Any],
) -> Evidence:
    """As :func:`_keep`, with the file: there is no row without it, and no file without a row."""
    try:
        return _keep(
            by=by, body=body, about=about, undertakings=undertakings, found=found, despite=despite,
            what={"kind": Evidence.Kind.FILE, **what}, arrived=arrived,
        )  # fmt: skip
    except Exception as error:
        files.remove_unused(arrived.sha256)
        refusal = files.refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error


@act
def _keep(
    *,
    by: Person,
    body: Body,
    about: About,
    undertakings: Sequence[Undertaking],
    found: Sequence[Found],
    despite: str,
    what: Mapping[str, Any],
    arrived: Arriving | None = None,
) -> Evidence:
    rules.check_may_add(by, body)
    now = timezone.now()
    evidence = Evidence(
        body=body,
        shows=about.shows.strip(),
        does_not_show=about.does_not_show.strip(),
        covers_from=about.covers_from,
        covers_to=about.covers_to,
        expires_on=about.expires_on,
        expires_because=about.expires_because.strip(),
        grade_proposed=about.grade,
        findings=disclosure.summary(found),
        uploaded_by=by,
        uploaded_at=now,
        **what,
    )
    if arrived is not None:
        evidence.sha256, evidence.size = arrived.sha256, arrived.size
        evidence.file = files.put_in_place(arrived)
    evidence.save()
    uses = [_use(evidence, undertaking, by, now) for undertaking in undertakings]
    said = {"name": evidence.name, **({"despite": despite.strip()} if found else {})}
    audit.record(
        "evidence.added",
        by=by,
        on=evidence,
        also=uses,
        facts={
            "body": body.name,
            "kind": str(Evidence.Kind(evidence.kind).label),
            "grade": str(Grade(evidence.grade_proposed).label),
            "sha256": evidence.sha256,
        },
        said=said,
    )
    return evidence


def _use(evidence: Evidence, undertaking: Undertaking, by: Person, now: datetime) -> Use:
    undertaking = as_it_stands(undertaking)
    rules.check_may_use(by, evidence, undertaking)
    return Use.objects.create(evidence=evidence, undertaking=undertaking, added_by=by, added_at=now)


def _where(use: Use) -> dict[str, object]:
    return {"reference": use.undertaking.recommendation.reference}


@act
def use_evidence(*, by: Person, evidence: Evidence, undertaking: Undertaking) -> Use:
    """Offer evidence for one more undertaking of the same body."""
    use = _use(queries.as_it_stands(evidence), undertaking, by, timezone.now())
    audit.record("evidence.used", by=by, on=use, facts=_where(use))
    return use


@act
def take_out_evidence(*, by: Person, use: Use, reason: str) -> Use:
    """Offer evidence no longer. It stays to be seen, with the reason."""
    use = queries.use_as_it_stands(use)
    rules.check_may_take_out(by, use)
    rules.check_taking_out(reason)
    before = audit_queries.snapshot(use)
    use.taken_out_at, use.taken_out_by = timezone.now(), by
    use.taken_out_reason = reason.strip()
    use.save(update_fields=["taken_out_at", "taken_out_by", "taken_out_reason"])
    said = {"reason": use.taken_out_reason}
    audit.record("evidence.taken_out", by=by, on=use, before=before, facts=_where(use), said=said)
    return use


@act
def grade_evidence(*, by: Person, evidence: Evidence, grade: str, reason: str) -> Graded:
    """Set what a piece of evidence is worth, and why. What was proposed stays beside it."""
    evidence = queries.as_it_stands(evidence)
    rules.check_may_grade(by, evidence)
    rules.check_grading(evidence, grade, reason)
    graded = Graded.objects.create(
        evidence=evidence, grade=grade, reason=reason.strip(), by=by, at=timezone.now()
    )
    facts = {
        "grade": str(Grade(grade).label),
        "proposed": str(Grade(evidence.grade_proposed).label),
    }
    audit.record("evidence.graded", by=by, on=graded, facts=facts, said={"reason": graded.reason})
    return graded


@act
def open_evidence(*, by: Person, evidence: Evidence, because: str) -> Evidence:
    """Choose evidence for the public record. It is sealed until someone does."""
    evidence = queries.as_it_stands(evidence)
    rules.check_may_open(by, evidence)
    rules.check_because(because)
    return _publish(by, evidence, because, is_public=True)


@act
def seal_evidence(*, by: Person, evidence: Evidence, because: str) -> Evidence:
    """Take evidence out of the public record: the next edition will not hold it."""
    evidence = queries.as_it_stands(evidence)
    rules.check_may_close(by, evidence)
    rules.check_because(because)
    return _publish(by, evidence, because, is_public=False)


def _publish(by: Person, evidence: Evidence, because: str, *, is_public: bool) -> Evidence:
    before = audit_queries.snapshot(evidence)
    evidence.is_public = is_public
    evidence.save(update_fields=["is_public"])
    verb = "evidence.opened" if is_public else "evidence.sealed"
    said = {"name": evidence.name, "because": because.strip()}
    audit.record(verb, by=by, on=evidence, before=before, said=said)
    return evidence
