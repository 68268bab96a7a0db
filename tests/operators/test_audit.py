"""`answerable audit verify`, and the locks that the databases themselves keep."""

import pytest
from django.db import Error, connection, transaction

from answerable.accounts.models import Person
from answerable.audit import frozen, queries
from tests.subjects.test_audit import lifted


def active_triggers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(queries.ACTIVE_TRIGGERS[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def lift(table: str) -> None:
    """What someone with the keys of the database could do."""
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in frozen.triggers_of(table, connection.vendor):
            cursor.execute(f"DROP TRIGGER {name}{on}")


def test_after_all_migrations_the_database_has_exactly_the_locks_that_are_declared(
    db: None,
) -> None:
    declared = {t for table in frozen.LOCKS for t in frozen.triggers_of(table, connection.vendor)}
    assert active_triggers() == declared
    assert queries.lifted_locks() == []


def test_no_row_under_audit_can_be_removed_but_those_with_a_reason() -> None:
    audited = {model._meta.db_table for model in queries.audited_models()}
    assert audited - set(frozen.LOCKS) == set(frozen.FORGETTABLE)


@pytest.mark.parametrize("table", sorted(frozen.LOCKS))
def test_a_lifted_lock_is_named(db: None, table: str) -> None:
    lift(table)
    assert queries.lifted_locks() == [table]
    assert f"The lock on {table} has been lifted" in (queries.verify().problem or "")


def test_one_trigger_less_is_a_lifted_lock(db: None) -> None:
    name = "register_response_no_update"
    on = " ON register_response" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    assert queries.lifted_locks() == ["register_response"]


def test_a_trigger_that_is_only_disabled_is_a_lifted_lock(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite cannot disable a trigger, only drop it")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_delete")
    assert queries.lifted_locks() == ["audit_event"]


def test_a_broken_link_is_named_before_a_lifted_lock(rosa: Person) -> None:
    lifted("UPDATE accounts_body SET name = 'Elsewhere' WHERE is_office")
    lift("register_response")
    assert "has been changed since event" in (queries.verify().problem or "")


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("DELETE FROM accounts_body", "append-only"),
        ("DELETE FROM accounts_person", "append-only"),
        ("DELETE FROM accounts_roleheld", "append-only"),
        ("UPDATE accounts_roleheld SET role = 'administrator'", "never change"),
    ],
)
def test_people_bodies_and_the_roles_they_were_given_stay(rosa: Person, sql: str, why: str) -> None:
    with pytest.raises(Error, match=why), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert queries.verify().holds
