"""A body's record passes to another office whole, with proof, and both registers say so."""

import io
import json
import tarfile
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import TransactionTestCase

from answerable.accounts.models import Body, Person
from answerable.assurance.models import Closure, Evidence, Opinion
from answerable.assurance.queries.closing import standing_closure
from answerable.assurance.queries.opinions import State, weighed_opinions
from answerable.audit import queries as audit
from answerable.audit.actions import OPERATOR
from answerable.audit.rules import Refused
from answerable.engine import chain, sealed
from answerable.handover.actions.giving import hand_over
from answerable.handover.actions.receiving import take_in
from answerable.handover.models import Handover, Taken
from answerable.handover.queries.known import handovers_of, references_of
from answerable.handover.queries.unpacking import EVENTS, NotSealed, open_archive, rows_name
from answerable.plan.models import Action, Claim
from answerable.register.models import Recommendation, Undertaking
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def archive(closure: Closure, action: Action, tmp_path: Path) -> Path:
    """The police's record, with something closed on an opinion, as it leaves for the mayor."""
    target = tmp_path / "police.tar"
    hand_over(by=OPERATOR, body=closure.undertaking.body, office="The Mayor", target=target)
    return target


def empty_office() -> None:
    """From here on, the database is another office's."""
    TransactionTestCase._fixture_teardown(TransactionTestCase())


def rewritten(archive: Path, name: str, content: bytes | None) -> Path:
    """A copy of an archive without the member ``name``, or with another content in it."""
    copy = archive.with_name("copy.tar")
    with tarfile.open(archive) as source, tarfile.open(copy, "w") as target:
        for member in source.getmembers():
            stream = source.extractfile(member)
            assert stream is not None
            if member.name != name:
                target.addfile(member, stream)
            elif content is not None:
                member.size = len(content)
                target.addfile(member, io.BytesIO(content))
    return copy


def resealed(archive: Path, name: str, content: bytes) -> Path:
    """As :func:`rewritten`, by someone who makes the manifest fit."""
    copy = rewritten(archive, name, content)
    with tarfile.open(copy) as opened:
        stream = opened.extractfile(sealed.MANIFEST)
        assert stream is not None
        manifest = json.load(stream)
    manifest["members"][name] = chain.digest(content)
    return rewritten(copy.rename(archive.with_name("step.tar")), sealed.MANIFEST,
                     json.dumps(manifest).encode())  # fmt: skip


def member(archive: Path, name: str) -> bytes:
    with tarfile.open(archive) as opened:
        stream = opened.extractfile(name)
        assert stream is not None
        return stream.read()


def test_the_whole_record_of_a_body_arrives_at_the_other_office(archive: Path) -> None:
    was = Undertaking.objects.get(closures__isnull=False)
    words, claimed = was.recommendation.words, Claim.objects.get(undertaking=was).words
    owed = Undertaking.objects.filter(body=was.body).count()
    empty_office()
    received, manifest = take_in(by=OPERATOR, archive=archive)
    assert received.way == Handover.Way.RECEIVED
    assert len(manifest["open"]) == owed == Undertaking.objects.filter(body=received.body).count()
    here = Undertaking.objects.get(closures__isnull=False)
    assert here.recommendation.words == words
    assert Claim.objects.get(undertaking=here).words == claimed
    assert standing_closure(here) is not None
    assert (
        Evidence.objects.get().file.read()
        == b"Records read in October: 40. Made within 24 hours: 38.\n"
    )
    assert audit.verify().holds


def test_both_registers_say_so(archive: Path, force: Body) -> None:
    given = handovers_of(force)
    assert [(h.way, h.office) for h in given] == [(Handover.Way.GIVEN, "The Mayor")]
    empty_office()
    received, _ = take_in(by=OPERATOR, archive=archive)
    assert received.office == django_settings.OFFICE_NAME
    assert received.sha256 == given[0].sha256
    first = Recommendation.objects.order_by("serial")[0]
    assert references_of(received)["R-0001"] == first.reference


def test_what_came_gets_references_of_this_register(archive: Path, tmp_path: Path) -> None:
    empty_office()
    take_in(by=OPERATOR, archive=archive)
    serials = list(Recommendation.objects.order_by("serial").values_list("serial", flat=True))
    assert serials == list(range(1, len(serials) + 1))
    assert Taken.objects.filter(kind="register.recommendation").count() == len(serials)


def test_an_opinion_counts_at_the_new_office_once_someone_has_looked_again(archive: Path) -> None:
    empty_office()
    take_in(by=OPERATOR, archive=archive)
    opinion = Opinion.objects.get()
    [weighed] = weighed_opinions(opinion.undertaking)
    assert weighed.state is State.VOID
    assert "signed at another office" in weighed.sentence


def test_people_come_without_name_address_or_a_way_in(archive: Path, vera: Person) -> None:
    with tarfile.open(archive) as opened:
        whole = b"".join(
            opened.extractfile(m).read()  # type: ignore[union-attr]
            for m in opened.getmembers()
            if m.name.startswith("records/accounts.person") or m.name == sealed.MANIFEST
        )
    assert vera.email.encode() not in whole
    assert vera.name.encode() not in whole
    empty_office()
    take_in(by=OPERATOR, archive=archive)
    person = Person.objects.get(pk=vera.pk)
    assert person.name.startswith("verifier of ")
    assert not person.is_active
    assert not person.check_password(PASSWORD)


def test_what_the_same_events_touched_is_named_as_left_behind(archive: Path) -> None:
    opened = open_archive(archive)
    assert opened.holds
    left = {(kind, why) for kind, _, why in opened.manifest["left_behind"]}
    assert all(why for _, why in left)


def test_a_copy_without_one_file_is_refused_by_name(archive: Path) -> None:
    [name] = [n for n in open_archive(archive).manifest["members"] if n.startswith("files/")][:1]
    copy = rewritten(archive, name, None)
    empty_office()
    with pytest.raises(Refused, match=f"{name} is missing"):
        take_in(by=OPERATOR, archive=copy)
    assert not Body.objects.exists()


def test_a_copy_with_one_word_changed_is_refused_even_where_the_manifest_fits(
    archive: Path,
) -> None:
    name = rows_name("plan.claim")
    content = member(archive, name).replace(b"24 hours", b"48 hours")
    found = open_archive(resealed(archive, name, content)).problems
    assert any(
        "claim" in sentence and "not as its last event says" in sentence for sentence in found
    )


def test_a_row_left_out_is_missed_even_where_the_manifest_fits(archive: Path) -> None:
    name = rows_name("assurance.opinion")
    found = open_archive(resealed(archive, name, b"")).problems
    assert any("opinion" in sentence and "missing" in sentence for sentence in found)


def test_an_event_altered_or_left_out_is_named(archive: Path) -> None:
    events = member(archive, EVENTS)
    altered = events.replace(b"opinion.signed", b"opinion.signet", 1)
    assert any("changed" in s for s in open_archive(resealed(archive, EVENTS, altered)).problems)
    fewer = b"\n".join(line for line in events.split(b"\n") if b"claim.made" not in line)
    found = open_archive(resealed(archive, EVENTS, fewer)).problems
    assert any("claim" in s and "without an event" in s for s in found)


def test_a_file_cut_short_is_refused(archive: Path) -> None:
    short = archive.with_name("short.tar")
    short.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    with pytest.raises(NotSealed):
        open_archive(short)


def test_the_same_archive_is_taken_in_once(archive: Path) -> None:
    empty_office()
    take_in(by=OPERATOR, archive=archive)
    with pytest.raises(Refused, match="taken in before"):
        take_in(by=OPERATOR, archive=archive)


def test_what_is_asked_here_already_is_not_doubled(archive: Path) -> None:
    before = Undertaking.objects.count()
    with pytest.raises(Refused, match="already asked of"):
        take_in(by=OPERATOR, archive=archive)
    assert Undertaking.objects.count() == before
    assert audit.verify().holds


def test_nothing_is_given_where_a_file_is_damaged_here(closure: Closure, tmp_path: Path) -> None:
    evidence = Evidence.objects.get()
    Path(evidence.file.path).chmod(0o600)
    Path(evidence.file.path).write_bytes(b"other bytes")
    target = tmp_path / "police.tar"
    with pytest.raises(Refused, match="damaged here"):
        hand_over(by=OPERATOR, body=evidence.body, office="The Mayor", target=target)
    assert not list(tmp_path.glob("*.tar*"))
    assert not Handover.objects.exists()


def test_the_office_itself_is_not_handed_over(office: Body, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="office itself"):
        hand_over(by=OPERATOR, body=office, office="The Mayor", target=tmp_path / "x.tar")
