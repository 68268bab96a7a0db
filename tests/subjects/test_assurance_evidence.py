"""Evidence: kept by its SHA-256, checked for personal data, offered, graded, sealed."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from answerable.accounts.actions.bodies import succeed_body
from answerable.accounts.models import Body, Person
from answerable.accounts.rules import NotTheirs, Refused
from answerable.assurance.actions.aside import FOR, find_aside, put_aside
from answerable.assurance.actions.evidence import (
    About,
    add_link,
    add_statement,
    grade_evidence,
    open_evidence,
    seal_evidence,
    take_out_evidence,
    use_evidence,
)
from answerable.assurance.actions.files import sweep
from answerable.assurance.actions.interests import declare_interest
from answerable.assurance.models import Evidence, Grade, Use
from answerable.assurance.queries import evidence as queries
from answerable.assurance.rules.evidence import PersonalData, check_grading
from answerable.audit import queries as audit
from answerable.audit.models import Event
from answerable.cli import archive
from answerable.cli.backups import _wrong_documents
from answerable.engine import chain
from answerable.engine.disclosure import Kind
from answerable.register.actions.undertakings import pass_to_successor
from answerable.register.models import Recommendation, Undertaking
from answerable.reports.actions import files as arriving_files
from tests.assured import ABOUT, RETURN, a_file, in_days

NAMED = b"Witness: Thandiwe Mbeki, d.o.b. 3/4/09, was called back.\n"


@pytest.fixture
def other(asked: list[Recommendation], force: Body) -> Undertaking:
    """Another recommendation to Northmoor Police."""
    return asked[1].undertakings.get(body=force)


# --- Kept ---


def test_a_file_is_kept_byte_for_byte_under_its_digest(
    evidence: Evidence, accepted: Undertaking, omar: Person
) -> None:
    assert evidence.sha256 == chain.digest(RETURN)
    assert evidence.file.name == f"evidence/{evidence.sha256[:2]}/{evidence.sha256}"
    assert evidence.file.open("rb").read() == RETURN
    assert (evidence.media_type, evidence.size) == ("text/plain", len(RETURN))
    assert [use.evidence for use in queries.uses_of(accepted)] == [evidence]
    event = audit.history(evidence)[0]
    assert (event.verb, event.actor) == ("evidence.added", str(omar.pk))
    assert event.facts["sha256"] == evidence.sha256
    assert event.said["name"] == "october-return.txt"
    assert audit.verify().holds


def test_it_is_sealed_until_a_publisher_opens_it(
    evidence: Evidence, petra: Person, omar: Person
) -> None:
    assert not evidence.is_public
    with pytest.raises(Refused, match="Only a publisher"):
        open_evidence(by=omar, evidence=evidence, because="It is ours.")
    with pytest.raises(Refused, match="Say why"):
        open_evidence(by=petra, evidence=evidence, because=" ")
    assert open_evidence(by=petra, evidence=evidence, because="Counts only.").is_public
    with pytest.raises(Refused, match="public already"):
        open_evidence(by=petra, evidence=evidence, because="Again.")
    assert not seal_evidence(by=petra, evidence=evidence, because="A mistake in it.").is_public
    with pytest.raises(Refused, match="not public"):
        seal_evidence(by=petra, evidence=evidence, because="Again.")
    assert audit.verify().holds


def test_one_file_serves_several_undertakings(
    accepted: Undertaking, other: Undertaking, omar: Person
) -> None:
    evidence = a_file(omar, accepted, other)
    assert {use.undertaking for use in evidence.uses.all()} == {accepted, other}
    assert Event.objects.filter(verb="evidence.added").count() == 1


def test_the_same_bytes_are_kept_once_and_told_to_the_verifier(
    evidence: Evidence, accepted: Undertaking, other: Undertaking, omar: Person
) -> None:
    again = a_file(omar, other, name="other-name.txt")
    assert again.pk != evidence.pk
    assert again.file.name == evidence.file.name
    told = queries.elsewhere(other, queries.uses_of(other))[again.pk]
    assert [(e.use.undertaking, e.same_record) for e in told] == [(accepted, False)]
    assert told[0].sentence == (
        "The same file, byte for byte, is offered for R-0001 of Northmoor Police, where it was "
        "handed in as another piece."
    )
    use_evidence(by=omar, evidence=evidence, undertaking=other)
    told = queries.elsewhere(accepted, queries.uses_of(accepted))[evidence.pk]
    assert {e.same_record for e in told} == {True, False}
    both = queries.uses_of(other)
    assert queries.twice_here(both) == [evidence]
    told = queries.elsewhere(other, both)
    assert [e.use.undertaking for e in told[again.pk]] == [accepted]
    assert [e.use.undertaking for e in told[evidence.pk]] == [accepted]


def test_a_link_is_kept_as_a_snapshot(accepted: Undertaking, omar: Person, force: Body) -> None:
    page = b"<!doctype html><html><body><p>The policy, as it stood.</p></body></html>"
    given = {
        "by": omar,
        "body": force,
        "address": "https://northmoor.example/policy",
        "taken_at": timezone.now(),
        "name": "The policy",
        "about": ABOUT,
        "undertakings": [accepted],
    }
    link = add_link(**given, sha256=chain.digest(page), snapshot=io.BytesIO(page))
    assert (link.kind, link.media_type, link.size) == ("link", "text/html", len(page))
    assert link.file.open("rb").read() == page
    digest_only = add_link(**given, sha256=chain.digest(b"kept elsewhere"))
    assert (digest_only.file.name, digest_only.size) == ("", 0)
    with pytest.raises(Refused, match="not the one whose SHA-256"):
        add_link(**given, sha256=chain.digest(b"another"), snapshot=io.BytesIO(page))
    with pytest.raises(Refused, match="64 hexadecimal digits"):
        add_link(**given, sha256="12")
    with pytest.raises(Refused, match="begins with https"):
        add_link(**{**given, "address": "javascript:1"}, sha256=chain.digest(page))
    later = timezone.now() + timedelta(days=1)
    with pytest.raises(Refused, match="in the future"):
        add_link(**{**given, "taken_at": later}, sha256=chain.digest(page))
    assert audit.verify().holds


def test_a_statement_is_bound_by_its_words(
    accepted: Undertaking, omar: Person, force: Body
) -> None:
    said = "The shift pattern changed on 1 May, and supervisors now read every report."
    given = {"by": omar, "body": force, "name": "Shift pattern", "about": ABOUT}
    statement = add_statement(**given, words=said, undertakings=[accepted])
    assert (statement.kind, statement.sha256) == ("statement", chain.digest(said.encode()))
    with pytest.raises(Refused, match="Enter the words"):
        add_statement(**given, words=" ")


@pytest.mark.parametrize(
    ("about", "says"),
    [
        (About(" ", "Much.", "use"), "what this shows"),
        (About("Some.", "", "use"), "does not show"),
        (About("Some.", "Much.", "proof"), "what kind of evidence"),
        (About("Some.", "Much.", "use", in_days(2), in_days(1)), "ends before it begins"),
        (About("Some.", "Much.", "use", expires_on=in_days(9)), "Say why it is too old"),
        (About("S.", "M.", "use", expires_on=in_days(-1), expires_because="Old."), "already"),
        (About("Some.", "Much.", "use", expires_because="Old."), "Enter the day"),
    ],
)
def test_evidence_says_what_it_shows_and_when_it_is_too_old(
    about: About, says: str, accepted: Undertaking, omar: Person
) -> None:
    with pytest.raises(Refused, match=says):
        a_file(omar, accepted, about=about)


# --- Personal data ---


def test_what_names_people_is_refused_with_what_and_where_and_nothing_is_kept(
    accepted: Undertaking, omar: Person
) -> None:
    with pytest.raises(PersonalData) as refused:
        a_file(omar, accepted, content=NAMED)
    assert {one.kind for one in refused.value.found} == {Kind.NAME, Kind.BIRTH}
    assert "a person’s name in line 1" in refused.value.sentence
    assert "Mbeki" not in refused.value.sentence
    assert not Evidence.objects.exists()
    assert not default_storage.exists("evidence")
    assert not any(Path(settings.MEDIA_ROOT).rglob("*mbeki*"))


def test_it_is_kept_where_somebody_says_why_and_is_never_opened(
    accepted: Undertaking, omar: Person, petra: Person
) -> None:
    kept = a_file(omar, accepted, content=NAMED, despite="An invented example from the course.")
    assert {one["kind"] for one in kept.findings} == {"name", "birth"}
    assert all(set(one) == {"kind", "where", "count"} for one in kept.findings)
    assert audit.history(kept)[0].said["despite"] == "An invented example from the course."
    assert not Event.objects.filter(content__contains="Mbeki").exists()
    with pytest.raises(Refused, match="redacted copy"):
        open_evidence(by=petra, evidence=kept, because="Interesting.")


def test_what_is_typed_beside_it_is_checked_too(accepted: Undertaking, omar: Person) -> None:
    about = About("That Mrs Ackroyd was called back.", "More.", "use")
    with pytest.raises(PersonalData, match="in what you typed"):
        a_file(omar, accepted, about=about)


def test_what_cannot_be_read_is_refused(accepted: Undertaking, omar: Person) -> None:
    with pytest.raises(Refused, match="program, whatever its name"):
        a_file(omar, accepted, content=b"MZ\x00\x01\x02\x00")


def test_a_file_that_nobody_has_is_swept_away(evidence: Evidence) -> None:
    place = default_storage.path(evidence.file.name)
    left = Path(place).parent.parent / "ff" / ("f" * 64)
    left.parent.mkdir()
    left.write_bytes(b"left by a killed process")
    assert sweep() == 1
    assert not left.exists()
    assert Path(place).exists()


def test_a_backup_holds_each_file_once_and_a_lost_one_is_named(
    evidence: Evidence, other: Undertaking, omar: Person
) -> None:
    a_file(omar, other, name="again.txt")
    assert list(archive.files_of_evidence()) == [evidence]
    assert list(_wrong_documents()) == []
    default_storage.delete(evidence.file.name)
    assert list(_wrong_documents()) == ["The document october-return.txt is missing."]


# --- Who ---


def test_nobody_hands_in_evidence_of_another_body(
    accepted: Undertaking, lena: Person, vera: Person, ravi: Person
) -> None:
    with pytest.raises(NotTheirs):
        a_file(lena, accepted)
    for person in (vera, ravi):
        with pytest.raises(Refused, match="hand in evidence"):
            a_file(person, accepted)


def test_evidence_of_one_body_does_not_serve_another(
    evidence: Evidence, asked: list[Recommendation], council: Body, rosa: Person, lena: Person
) -> None:
    theirs = asked[1].undertakings.get(body=council)
    with pytest.raises(Refused, match="evidence of Northmoor Police"):
        use_evidence(by=rosa, evidence=evidence, undertaking=theirs)
    with pytest.raises(NotTheirs):
        queries.find(lena, evidence.pk)


def test_the_office_and_the_body_see_it_and_an_administrator_does_not(
    evidence: Evidence, vera: Person, omar: Person, ada: Person
) -> None:
    assert queries.find(vera, evidence.pk) == queries.find(omar, evidence.pk) == evidence
    with pytest.raises(Refused, match="see evidence"):
        queries.find(ada, evidence.pk)


# --- Used, graded, too old ---


def test_a_use_is_taken_out_with_a_reason_and_stays(
    evidence: Evidence, accepted: Undertaking, omar: Person
) -> None:
    use = evidence.uses.get()
    with pytest.raises(Refused, match="offered here already"):
        use_evidence(by=omar, evidence=evidence, undertaking=accepted)
    with pytest.raises(Refused, match="Say why"):
        take_out_evidence(by=omar, use=use, reason="")
    take_out_evidence(by=omar, use=use, reason="The wrong month.")
    assert queries.uses_of(accepted) == []
    assert Use.objects.get().taken_out_reason == "The wrong month."
    with pytest.raises(Refused, match="taken out already"):
        take_out_evidence(by=omar, use=use, reason="Again.")
    assert use_evidence(by=omar, evidence=evidence, undertaking=accepted).pk != use.pk
    assert audit.verify().holds


def test_the_verifier_sets_the_grade_and_the_proposed_one_stays(
    evidence: Evidence, vera: Person, omar: Person, rosa: Person
) -> None:
    assert queries.grade_of(evidence) == (Grade.USE, False)
    with pytest.raises(Refused, match="You belong to Northmoor Police"):
        grade_evidence(by=omar, evidence=evidence, grade="outcome", reason="It is so.")
    with pytest.raises(Refused, match="Only a verifier"):
        grade_evidence(by=rosa, evidence=evidence, grade="use", reason="It is so.")
    with pytest.raises(Refused, match="Say why"):
        grade_evidence(by=vera, evidence=evidence, grade="assertion", reason="")
    grade_evidence(by=vera, evidence=evidence, grade="assertion", reason="Nobody signed it.")
    declare_interest(by=vera, body=evidence.body, words="My brother works there.")
    with pytest.raises(Refused, match="declared an interest"):
        grade_evidence(by=vera, evidence=evidence, grade="outcome", reason="It is so.")
    found = Evidence.objects.get(pk=evidence.pk)
    assert queries.grade_of(found) == (Grade.ASSERTION, True)
    assert found.grade_proposed == Grade.USE
    with pytest.raises(Refused, match="stands already"):
        check_grading(found, "assertion", "Again.")


def test_evidence_is_good_until_the_end_of_its_last_day(
    accepted: Undertaking, omar: Person
) -> None:
    about = About(
        "A course.", "Use.", "training", expires_on=in_days(30), expires_because="Yearly course."
    )
    evidence = a_file(omar, accepted, about=about)
    assert not queries.has_expired(evidence, in_days(30))
    assert queries.expired_in(queries.uses_of(accepted), in_days(31)) == [evidence]


def test_the_database_itself_keeps_evidence_as_it_came(evidence: Evidence) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=evidence.pk).update(shows="Everything.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=evidence.pk).delete()


def test_what_serves_nothing_now_can_be_graded(
    evidence: Evidence, omar: Person, vera: Person
) -> None:
    take_out_evidence(by=omar, use=evidence.uses.get(), reason="The wrong month.")
    graded = grade_evidence(by=vera, evidence=evidence, grade="policy", reason="It only says so.")
    assert queries.grade_of(evidence)[0] == graded.grade


def test_a_successor_sees_what_was_offered_for_what_it_took_over(
    asked: list[Recommendation],
    force: Body,
    council: Body,
    rosa: Person,
    omar: Person,
    lena: Person,
) -> None:
    kept = a_file(omar, asked[0].undertakings.get(body=force))
    other = a_file(omar, asked[1].undertakings.get(body=force), name="other.txt")
    succeed_body(by=rosa, body=force, successor=council, on=in_days(-1))
    pass_to_successor(by=rosa, undertaking=asked[0].undertakings.get(body=force))
    assert list(queries.seen_by(lena)) == [kept]
    with pytest.raises(NotTheirs):
        queries.find(lena, other.pk)


# --- Kept aside ---


def test_what_is_kept_aside_is_its_owners_for_an_hour(omar: Person, otto: Person) -> None:
    kept = put_aside(by=omar, upload=io.BytesIO(NAMED), name="interviews.txt")
    assert find_aside(by=omar, word=kept.word) == kept
    assert find_aside(by=otto, word=kept.word) is None
    assert find_aside(by=omar, word=kept.word[:-1]) is None
    assert arriving_files.sweep() == 0
    with time_machine.travel(timezone.now() + timedelta(seconds=FOR + 1)):
        assert find_aside(by=omar, word=kept.word) is None
        assert arriving_files.sweep() == 1
    assert not kept.path.exists()
