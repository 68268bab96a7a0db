"""What another office handed over is taken in: verified whole, written in one act or not at all."""

import tarfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import FileField, ForeignKey, Model
from django.utils import timezone

from answerable.accounts.actions import free_slug
from answerable.accounts.models import Body, Person
from answerable.accounts.rules import By
from answerable.assurance.models import Evidence
from answerable.assurance.queries.evidence import place_of as evidence_place
from answerable.audit import actions as audit
from answerable.audit.actions import act
from answerable.audit.rules import Refused
from answerable.engine import sealed
from answerable.handover import rules
from answerable.handover.models import Handover, Taken
from answerable.handover.queries import same
from answerable.handover.queries.belonging import KINDS
from answerable.handover.queries.tables import schema
from answerable.handover.queries.unpacking import open_archive, rows_in
from answerable.plan.models import Action
from answerable.register.actions.likeness_index import index_likeness
from answerable.register.actions.references import next_serial
from answerable.register.actions.search import index_words
from answerable.register.actions.standing import settle_next
from answerable.register.models import Recommendation, Undertaking
from answerable.reports.actions import files
from answerable.reports.actions.files import Arriving, arriving
from answerable.reports.models import Document, Report
from answerable.reports.queries.files import place_of as document_place

FOLDER = "handovers"
PLACES: dict[type[Model], Callable[[str], str]] = {
    Document: document_place,
    Evidence: evidence_place,
}


class Writer:
    """Writes the rows of an archive, each after what it names; knows which is which here."""

    def __init__(self, manifest: Mapping[str, Any], tar: tarfile.TarFile) -> None:
        self.manifest = manifest
        self.tar = tar
        self.here: dict[tuple[str, str], Any] = {}
        self.made: list[Model] = []
        self.taken: list[tuple[str, str, Model, str]] = []
        self.placed: list[str] = []

    def write(self, model: type[Model]) -> None:
        """Write every row of ``model``, or find it where this register has the same."""
        kind = model._meta.label_lower
        for row in rows_in(self.tar, kind):
            thing = self._read(model, row["fields"])
            if model is Person:
                thing.pk = model._meta.pk.to_python(row["id"])
            known = same.as_here(thing)
            if known is None:
                self._fit(thing, row["id"])
                thing.save(force_insert=True)
                self.made.append(thing)
            self.here[kind, row["id"]] = (known or thing).pk
            self.taken.append((kind, row["id"], known or thing, row["fields"].get("reference", "")))

    def _read(self, model: type[Model], fields: Mapping[str, Any]) -> Model:
        """The row as it was, naming what it names by its key here."""
        thing = model()
        for field in model._meta.concrete_fields:
            if field.primary_key or field.attname not in fields:
                continue
            value = fields[field.attname]
            if isinstance(field, ForeignKey) and value is not None:
                value = self._here(field, str(value), thing)
            elif not isinstance(field, FileField):
                value = field.to_python(value)
            setattr(thing, field.attname, value)
        return thing

    def _here(self, field: "ForeignKey[Any, Any]", was: str, thing: Model) -> Any:
        kind = field.related_model._meta.label_lower
        found = self.here.get((kind, was))
        if found is None and not field.null:
            name = thing._meta.verbose_name
            raise Refused(f"A {name} in the archive names a {kind} that is not in it.")
        return found

    def _fit(self, thing: Model, was: str) -> None:
        """What is this register's own to give: references, addresses, where files lie."""
        if isinstance(thing, Person):
            roles = self.manifest["roles"].get(was, "person")
            thing.name = f"{roles} of {self.manifest['office']}"[:120]
            thing.email = f"{was}@handed-over.invalid"
            thing.is_active = False
            thing.set_unusable_password()
        elif isinstance(thing, Body):
            thing.is_office = False
            thing.slug = free_slug(Body, thing.name)
        elif isinstance(thing, Report):
            thing.slug = same.free_report_slug(thing.slug)
        elif isinstance(thing, Recommendation):
            thing.serial = next_serial("R")
            thing.reference = f"R-{thing.serial:04}"
            thing.decision_id = None
        elif isinstance(thing, Action):
            thing.serial = next_serial("A")
            thing.reference = f"A-{thing.serial:04}"
        elif isinstance(thing, Undertaking):
            rules.check_not_asked_here(thing.recommendation, thing.body)
        elif isinstance(thing, Document | Evidence):
            self._keep_file(thing)

    def _keep_file(self, thing: Document | Evidence) -> None:
        """Its file in its place here. What was public there is sealed: uploading is no publishing."""
        thing.is_public = False
        if isinstance(thing, Document):
            thing.state = Document.State.PARKED
            thing.state_reason = (
                f"It came from {self.manifest['office']} with what was read there. "
                "Read it again to look at its pages here."
            )
        if not thing.file:
            return
        place = PLACES[type(thing)](thing.sha256)
        thing.file.name = place
        if default_storage.exists(place):
            return
        member = self.tar.getmember(f"files/{thing.sha256}")
        with arriving(sealed.open_member(self.tar, member)) as arrived:
            files.put_in_place(arrived, place)
        self.placed.append(place)


def take_in(*, by: By, archive: Path) -> tuple[Handover, dict[str, Any]]:
    """Take in what another office handed over: all of it in one act, or nothing.

    It is verified first; see :func:`answerable.handover.queries.unpacking.open_archive`. Rows get
    this register's own references, and keep the ones they had. People come without names or
    addresses and cannot sign in. An opinion stays on the record of the office whose verifier gave
    it: it counts here once someone independent has looked again.

    Raises:
        Refused: naming whatever is wrong with the archive, or what this register already has.
    """
    rules.check_may_receive(by)
    try:
        opened = open_archive(archive)
    except sealed.NotSealed as error:
        raise Refused(f"{archive.name} cannot be used. {error}", code="damaged") from error
    rules.check_holds(opened, archive.name)
    rules.check_same_tables(opened.manifest, schema())
    placed: list[str] = []
    with archive.open("rb") as stream, arriving(stream) as arrived:
        try:
            return _take_in(by=by, opened=opened.manifest, arrived=arrived, placed=placed), (
                opened.manifest
            )
        except BaseException:
            for place in placed:
                default_storage.delete(place)
            raise


@act
def _take_in(*, by: By, opened: dict[str, Any], arrived: Arriving, placed: list[str]) -> Handover:
    rules.check_is_new(arrived.sha256)
    with tarfile.open(arrived.path, "r:") as tar:
        writer = Writer(opened, tar)
        writer.placed = placed
        for model in KINDS:
            writer.write(model)
        _settle(writer.made)
        received = _received(opened, arrived, writer, timezone.now())
    placed.append(received.file.name or "")
    taken = Taken.objects.bulk_create(
        Taken(handover=received, kind=k, was=w, object_id=str(t.pk), reference=r)
        for k, w, t, r in writer.taken
    )
    facts = {
        "body": opened["body"]["name"],
        "office": opened["office"],
        "asked": len(opened["open"]),
        "sha256": arrived.sha256,
    }
    watched = [thing for thing in writer.made if hasattr(thing, "AUDITED")]
    audit.record("handover.received", by=by, on=received, also=[*taken, *watched], facts=facts)
    return received


def _settle(made: list[Model]) -> None:
    """What is computed from the rows, for lists and search."""
    for thing in made:
        if isinstance(thing, Recommendation):
            settle_next(thing)
            index_words(thing)
            index_likeness(thing)


def _received(
    opened: Mapping[str, Any], arrived: Arriving, writer: Writer, now: datetime
) -> Handover:
    bodies = rows_in(writer.tar, "accounts.body")
    body = writer.here["accounts.body", same.id_of_body(bodies, opened)]
    seq, digest = opened["head"]
    size, sha256 = arrived.size, arrived.sha256
    return Handover.objects.create(
        way=Handover.Way.RECEIVED,
        body_id=body,
        office=opened["office"],
        sha256=sha256,
        size=size,
        name=f"{opened['body']['slug']}.tar",
        file=files.put_in_place(arrived, f"{FOLDER}/{sha256}.tar"),
        counts=opened["counts"],
        lines=opened["open"],
        head_seq=seq,
        head_digest=digest,
        at=now,
    )
