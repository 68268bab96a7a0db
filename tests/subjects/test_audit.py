"""The audit chain: every act is in it, and nobody can change it quietly."""

import pytest
from django.db import Error, connection, transaction

from answerable.accounts import actions as accounts
from answerable.accounts.models import Body, Person
from answerable.audit import queries
from answerable.audit.models import Event
from answerable.reports.models import Document
from answerable.reports.queries.documents import changed_proposals


def lifted(sql: str, *values: object) -> None:
    """What someone with the keys of the database could do: lift the triggers, and write."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(sql, values)
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(sql, values)
        for _, made in triggers:
            cursor.execute(made)


def test_a_chain_of_acts_holds(rosa: Person, omar: Person) -> None:
    verdict = queries.verify()
    assert verdict.holds, verdict.problem
    assert verdict.events == Event.objects.count() > 3
    assert verdict.records > 3


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET verb = 'x' WHERE seq = 1",
        "DELETE FROM audit_event WHERE seq = 1",
        "UPDATE audit_change SET after = '' WHERE event_seq = 1",
        "DELETE FROM audit_commitment",
        "UPDATE audit_commitment SET value = 'someone else'",
    ],
)
def test_the_database_itself_refuses_to_change_the_chain(rosa: Person, sql: str) -> None:
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert queries.verify().holds


def test_replacing_a_row_is_refused_too(rosa: Person) -> None:
    if connection.vendor == "sqlite":
        sql = "INSERT OR REPLACE INTO audit_event SELECT seq, at, 'x', actor, content, previous, digest FROM audit_event WHERE seq = 1"
    else:
        sql = "TRUNCATE audit_event"
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert queries.verify().holds


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        (
            "UPDATE audit_event SET content = replace(content, 'body.added', 'body.gone') WHERE seq = 1",
            "Event 1 has been changed",
        ),
        ("UPDATE audit_event SET verb = 'body.changed' WHERE seq = 2", "Event 2 has been changed"),
        ("DELETE FROM audit_event WHERE seq = 2", "Event 2 has been removed"),
        ("UPDATE audit_commitment SET value = 'Someone Else'", "has been changed"),
        (
            "DELETE FROM audit_event WHERE seq = (SELECT max(seq) FROM audit_event)",
            "has been removed from the end",
        ),
        (
            "UPDATE accounts_body SET name = 'Elsewhere' WHERE slug = 'northmoor-police'",
            "has been changed since event",
        ),
        ("DELETE FROM accounts_roleheld", "has been removed since event"),
    ],
)
def test_what_was_done_with_the_triggers_lifted_is_named(
    rosa: Person, omar: Person, sql: str, named: str
) -> None:
    lifted(sql)
    verdict = queries.verify()
    assert not verdict.holds
    assert named in (verdict.problem or "")


def test_a_record_put_there_without_an_event_is_named(rosa: Person) -> None:
    Body.objects.create(name="Nobody", slug="nobody", kind="other")
    assert "was put there without an event" in (queries.verify().problem or "")


def test_reordered_events_are_named(rosa: Person) -> None:
    lifted("UPDATE audit_event SET seq = seq + 100 WHERE seq = 1")
    lifted("UPDATE audit_event SET seq = 1 WHERE seq = 2")
    lifted("UPDATE audit_event SET seq = 2 WHERE seq = 101")
    assert "Event 1 has been moved" in (queries.verify().problem or "")


def test_an_end_that_an_edition_knows_cannot_be_cut_off(rosa: Person) -> None:
    seq, digest = queries.head()
    lifted("DELETE FROM audit_change WHERE event_seq = %s", seq)
    lifted("DELETE FROM audit_commitment WHERE event_seq = %s", seq)
    lifted("DELETE FROM audit_event WHERE seq = %s", seq)
    lifted("DELETE FROM accounts_roleheld")
    lifted("DELETE FROM account_emailaddress")
    lifted("DELETE FROM accounts_person")
    assert queries.verify().holds  # nothing inside the database can know
    problem = queries.verify(heads=[(seq, digest, "edition 1")]).problem
    assert f"edition 1 names event {seq}" in (problem or "")


def test_when_the_event_cannot_be_written_the_act_is_not_there_either(
    office: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = Event.objects.count()

    def full(*args: object, **kwargs: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(Event, "save", full)
    with pytest.raises(OSError, match="no space"), transaction.atomic():
        accounts.add_body(by="operator", name="Never", kind="other")
    assert not Body.objects.filter(name="Never").exists()
    assert Event.objects.count() == events


def test_a_changed_proposal_of_the_machine_is_named(inspection_read: Document) -> None:
    assert changed_proposals() is None
    lifted("UPDATE reports_candidate SET words = 'Something milder.' WHERE ordinal = 1")
    assert f"document {inspection_read.pk} has been changed" in (changed_proposals() or "")
