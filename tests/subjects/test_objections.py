"""Somebody reads a signed link otherwise: both readings stand, and the link is not undone."""

import pytest
from django.db import IntegrityError, transaction

from answerable.accounts.models import Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.audit.actions import OPERATOR
from answerable.register.actions.links import sign_link, take_back_link
from answerable.register.actions.objections import object_to_link, take_back_objection
from answerable.register.models import Link, Objection, Recommendation
from answerable.register.queries import families, links
from tests.subjects.test_links import ask, supersede, three

__all__ = ["ask", "three"]  # fixtures
WHY = "The first asks for a rule, the second for a person."


@pytest.fixture
def link(rosa: Person, three: tuple[Recommendation, ...]) -> Link:
    """Rosa signed that the second supersedes the first."""
    return supersede(rosa, three[0], three[1])


def objected(by: Person, link: Link, reads: str = "unrelated", reason: str = WHY) -> Objection:
    return object_to_link(by=by, link=link, reads=reads, reason=reason)


@pytest.mark.parametrize("who", ["cass", "vera", "second_officer"])
def test_another_person_reads_it_otherwise_and_the_link_stands(
    who: str, link: Link, rosa: Person, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    made = objected(person, link, "partly", f"  {WHY} ")
    assert (made.by, made.reads, made.reason) == (person, "partly", WHY)
    (found,) = links.links_of(rosa, link.earlier)
    assert found.taken_back_at is None
    assert list(found.objections.all()) == [made]
    assert len(families.family_of(link.earlier).members) == 2
    entry = audit.history(made)[0]
    assert (entry.verb, entry.said) == ("objection.made", {"reason": WHY})
    assert audit.verify().holds


@pytest.mark.parametrize("who", ["petra", "omar", "ada", "ravi"])
def test_others_do_not_object(who: str, link: Link, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refused, match="may say that they read a signed link otherwise"):
        objected(request.getfixturevalue(who), link)


def test_whoever_signed_it_takes_it_back_instead(link: Link, rosa: Person) -> None:
    with pytest.raises(Refused, match="take it back instead") as refused:
        objected(rosa, link)
    assert refused.value.code == "separation"


@pytest.mark.parametrize(
    ("reads", "reason", "code"),
    [("like", WHY, "reads"), ("supersedes", WHY, "reads"), ("same", "  ", "reason")],
)
def test_what_is_no_other_reading_is_refused(
    reads: str, reason: str, code: str, link: Link, vera: Person
) -> None:
    with pytest.raises(Refused) as refused:
        objected(vera, link, reads, reason)
    assert refused.value.code == code


def test_each_person_objects_once_at_a_time(link: Link, vera: Person, cass: Person) -> None:
    first = objected(vera, link)
    objected(cass, link, "partly")
    with pytest.raises(Refused, match="already"):
        objected(vera, link, "same")
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.create(link=link, reads="same", reason="x", by=vera, at=first.at)
    take_back_objection(by=vera, objection=first, reason="I see it now.")
    assert objected(vera, link, "same").pk != first.pk


def test_it_is_taken_back_by_whoever_wrote_it_alone(
    link: Link, vera: Person, cass: Person, rosa: Person
) -> None:
    made = objected(vera, link)
    for other in (cass, rosa):
        with pytest.raises(Refused, match="Only whoever reads it otherwise"):
            take_back_objection(by=other, objection=made, reason="x")
    with pytest.raises(Refused, match="Say why"):
        take_back_objection(by=vera, objection=made, reason=" ")
    take_back_objection(by=vera, objection=made, reason="Read again.")
    made.refresh_from_db()
    assert (bool(made.taken_back_at), made.taken_back_reason) == (True, "Read again.")
    with pytest.raises(Refused, match="taken back already"):
        take_back_objection(by=vera, objection=made, reason="x")
    assert audit.verify().holds


def test_nobody_objects_to_what_was_taken_back(link: Link, rosa: Person, vera: Person) -> None:
    take_back_link(by=rosa, link=link, reason="Another matter.")
    with pytest.raises(Refused, match="was taken back"):
        objected(vera, link)


def test_an_objection_never_changes_and_is_never_removed(link: Link, vera: Person) -> None:
    rows = Objection.objects.filter(pk=objected(vera, link).pk)
    for change in ({"reason": "Other"}, {"reads": "same"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


def test_a_link_of_the_operator_is_signed_by_nobody_and_may_be_objected_to(
    three: tuple[Recommendation, ...], rosa: Person
) -> None:
    signed = sign_link(
        by=OPERATOR, earlier=three[0], later=three[1], relation="same", reason="A public source."
    )
    assert signed.signed_by is None
    assert audit.history(signed)[0].actor == OPERATOR
    assert objected(rosa, signed).link == signed
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.filter(pk=signed.pk).update(signed_by=rosa)
    take_back_link(by=rosa, link=signed, reason="Read anew.")
