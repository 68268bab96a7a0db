"""Bodies: their names, areas, dates and successors; nobody overwrites what they have not seen."""

from datetime import date

import pytest

from answerable.accounts import actions, queries
from answerable.accounts.models import Body, FormerName, Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit


@pytest.fixture(autouse=True)
def the_chain_holds(db: None):
    """After every test of this file."""
    yield
    verdict = audit.verify()
    assert verdict.holds, verdict.problem


def changed(body: Body, by: Person, **what: object) -> Body:
    now = {"name": body.name, "short_name": body.short_name, "kind": body.kind}
    details = {**now, "seen": body.version, **what}
    return actions.change_body(by=by, body=body, **details)  # type: ignore[arg-type]


def test_a_body_is_added_under_its_name_and_others(rosa: Person) -> None:
    body = actions.add_body(
        by=rosa,
        name=" Eastmoor Police ",
        kind="force",
        other_names=["EMP", "EMP", " ", "Old Force"],
    )
    assert (body.name, body.slug) == ("Eastmoor Police", "eastmoor-police")
    assert [n.name for n in body.other_names.all()] == ["EMP", "Old Force"]


def test_two_bodies_do_not_share_a_name(rosa: Person, force: Body) -> None:
    with pytest.raises(Refused, match="already a body called Northmoor Police"):
        actions.add_body(by=rosa, name="NORTHMOOR police", kind="force")


def test_a_slug_is_never_the_address_of_a_page(rosa: Person) -> None:
    assert actions.add_body(by=rosa, name="New", kind="other").slug == "new-2"
    assert actions.add_body(by=rosa, name="!!!", kind="other").slug == "body"


def test_a_body_does_not_end_before_it_begins(rosa: Person) -> None:
    with pytest.raises(Refused, match="cannot be before"):
        actions.add_body(
            by=rosa,
            name="X",
            kind="other",
            begins_on=date(2024, 1, 2),
            ends_on=date(2024, 1, 1),
        )


def test_whoever_has_not_the_right_keeps_no_bodies(vera: Person, force: Body) -> None:
    with pytest.raises(Refused, match="may keep the list of bodies"):
        changed(force, vera, name="Mine")


def test_a_body_that_changes_its_name_is_known_by_the_old_one(rosa: Person, force: Body) -> None:
    now = changed(force, rosa, name="Northmoor Constabulary")
    assert now.name == "Northmoor Constabulary"
    assert now.slug == "northmoor-police"
    assert [n.name for n in now.other_names.all()] == ["Northmoor Police"]
    back = changed(now, rosa, name="Northmoor Police")
    assert [n.name for n in back.other_names.all()] == ["Northmoor Constabulary"]


def test_other_names_can_be_taken_out(rosa: Person, force: Body) -> None:
    now = changed(force, rosa, other_names=["NMP", "The Force"])
    now = changed(now, rosa, other_names=["NMP"])
    assert [n.name for n in FormerName.objects.filter(body=now)] == ["NMP"]


def test_an_edit_that_saw_an_older_version_is_refused(
    rosa: Person, ada: Person, force: Body
) -> None:
    seen = force.version
    changed(force, ada, short_name="the Police")
    with pytest.raises(Refused, match="Someone else changed this") as refused:
        changed(force, rosa, seen=seen, short_name="NMP")
    assert refused.value.code == "version"
    assert Body.objects.get(pk=force.pk).short_name == "the Police"


def test_areas_are_added_and_changed(rosa: Person, force: Body) -> None:
    area = actions.add_area(by=rosa, body=force, name="East Moor", begins_on=date(2020, 4, 1))
    version = Body.objects.get(pk=force.pk).version
    now = actions.change_area(
        by=rosa, area=area, seen=version, name="Eastmoor", ends_on=date(2024, 3, 31)
    )
    assert (now.name, now.slug, now.ends_on) == ("Eastmoor", "east-moor", date(2024, 3, 31))
    assert [e.verb for e in audit.history(area)] == ["area.changed", "area.added"]
    with pytest.raises(Refused, match="Someone else changed this"):
        actions.change_area(by=rosa, area=area, seen=version, name="Another")


def test_a_body_has_no_two_areas_of_a_name(rosa: Person, force: Body, council: Body) -> None:
    actions.add_area(by=rosa, body=force, name="Eastmoor")
    actions.add_area(by=rosa, body=council, name="Eastmoor")
    with pytest.raises(Refused, match="already has an area called Eastmoor"):
        actions.add_area(by=rosa, body=force, name="EASTMOOR")
    with pytest.raises(Refused, match="needs letters"):
        actions.add_area(by=rosa, body=force, name="---")


def test_a_body_is_followed_by_another(rosa: Person, force: Body, council: Body) -> None:
    step = actions.succeed_body(by=rosa, body=force, successor=council, on=date(2025, 4, 1))
    assert queries.successor_of(force) == council
    assert Body.objects.get(pk=force.pk).ends_on == date(2025, 4, 1)
    assert step.predecessor == force
    assert audit.history(council)[0].verb == "body.succeeded"


def test_a_body_never_follows_itself_however_long_the_way(
    rosa: Person, force: Body, council: Body, inspectorate: Body
) -> None:
    day = date(2025, 4, 1)
    with pytest.raises(Refused, match="its own successor"):
        actions.succeed_body(by=rosa, body=force, successor=force, on=day)
    actions.succeed_body(by=rosa, body=force, successor=council, on=day)
    actions.succeed_body(by=rosa, body=council, successor=inspectorate, on=day)
    with pytest.raises(Refused, match="itself took over"):
        actions.succeed_body(by=rosa, body=inspectorate, successor=force, on=day)
    with pytest.raises(Refused, match="already recorded"):
        actions.succeed_body(by=rosa, body=force, successor=council, on=day)


def test_bodies_are_found_by_every_name_they_had(rosa: Person, force: Body, council: Body) -> None:
    changed(force, rosa, other_names=["Moorland Constabulary"])
    today = date(2026, 1, 1)
    assert list(queries.bodies(words="moorland const", today=today)) == [force]
    assert list(queries.bodies(words="the force", today=today)) == [force]
    changed(council, rosa, ends_on=date(2025, 1, 1))
    assert council not in queries.bodies(exists="now", today=today)
    assert list(queries.bodies(exists="ended", today=today)) == [council]
