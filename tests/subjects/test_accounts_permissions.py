"""Who may do what: every role against every permission, and the separation of duties."""

import pytest

from answerable.accounts import actions, queries, rules
from answerable.accounts.models import Body, Person, Role
from answerable.accounts.rules import GRANTS, NotTheirs, Permission, Refused

EVERY = [(role, permission) for role in Role for permission in Permission]


def person_as(role: Role, office: Body, force: Body) -> Person:
    return actions.add_person(
        by="operator",
        name="Someone",
        email=f"{role}@northmoor.example",
        body=force if role == Role.ASSURANCE_LEAD else office,
        roles=[role],
    )


@pytest.mark.parametrize(("role", "permission"), EVERY, ids=lambda v: str(v))
def test_a_role_may_what_the_table_grants_and_nothing_else(
    role: Role, permission: Permission, office: Body, force: Body
) -> None:
    person = person_as(role, office, force)
    assert rules.may(person, permission) is (permission in GRANTS[role])
    if permission in GRANTS[role]:
        rules.check_may(person, permission)
        return
    with pytest.raises(Refused) as refused:
        rules.check_may(person, permission)
    assert refused.value.sentence.startswith(("Only a ", "Only an "))
    assert rules.WORDS[permission] in refused.value.sentence


def test_every_permission_is_granted_to_someone_and_has_its_words() -> None:
    assert {p for granted in GRANTS.values() for p in granted} == set(Permission)
    assert set(rules.WORDS) == set(Permission)
    assert set(GRANTS) == set(rules.DOES) == set(Role)


def test_permissions_are_nouns_and_verbs() -> None:
    assert all(p.value.count(":") == 1 and p.value == p.value.lower() for p in Permission)


def test_whoever_has_no_role_may_nothing(office: Body, ravi: Person) -> None:
    actions.end_role(by="operator", held=ravi.roles_held.get())
    assert not any(rules.may(ravi, p) for p in Permission)


def test_a_person_whose_access_is_closed_may_nothing(ada: Person, rosa: Person) -> None:
    actions.suspend_person(by=ada, person=rosa)
    assert not any(rules.may(rosa, p) for p in Permission)


def test_a_role_that_has_ended_grants_nothing(ada: Person, petra: Person) -> None:
    actions.end_role(by=ada, held=petra.roles_held.get())
    assert not rules.may(petra, Permission.EDITION_APPROVE)
    assert queries.roles_of(Person.objects.get(pk=petra.pk)) == frozenset()


# --- Separation of duties ---


def test_nobody_gives_themselves_a_role(ada: Person) -> None:
    with pytest.raises(Refused, match="cannot give yourself a role") as refused:
        actions.give_role(by=ada, person=ada, role=Role.PUBLISHER)
    assert refused.value.code == "separation"


def test_who_proposed_may_not_approve(petra: Person, percy: Person) -> None:
    sentence = "You proposed this edition, so someone else must approve it."
    with pytest.raises(Refused, match="You proposed"):
        rules.check_not_same(petra, petra, sentence)
    rules.check_not_same(percy, petra, sentence)


@pytest.mark.parametrize("role", sorted(rules.OFFICE_ROLES))
def test_who_is_of_the_body_may_not_hold_a_role_that_judges_it(
    role: Role, ada: Person, omar: Person
) -> None:
    with pytest.raises(Refused, match="Only people of an oversight office"):
        actions.give_role(by=ada, person=omar, role=role)


def test_who_is_of_the_office_does_not_answer_for_a_body(ada: Person, rosa: Person) -> None:
    with pytest.raises(Refused, match="belongs to a body that answers"):
        actions.give_role(by=ada, person=rosa, role=Role.ASSURANCE_LEAD)


def test_who_is_of_the_body_may_not_judge_it_whatever_they_hold(
    omar: Person, rosa: Person, force: Body
) -> None:
    with pytest.raises(Refused, match="You belong to Northmoor Police"):
        rules.check_may_judge(omar, Permission.RESPONSE_LOG, force)
    rules.check_may_judge(rosa, Permission.POSITION_READ, force)


def test_an_assurance_lead_reaches_only_her_own_body(
    omar: Person, rosa: Person, force: Body, council: Body
) -> None:
    rules.check_may_for(omar, Permission.RESPONSE_LOG, force)
    rules.check_may_for(rosa, Permission.RESPONSE_LOG, council)
    with pytest.raises(NotTheirs):
        rules.check_may_for(omar, Permission.RESPONSE_LOG, council)


def test_an_administrator_publishes_nothing_and_reads_no_report(ada: Person) -> None:
    assert not any(
        rules.may(ada, p)
        for p in (Permission.REPORT_READ, Permission.EDITION_PROPOSE, Permission.EDITION_APPROVE)
    )
