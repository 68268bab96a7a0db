"""What the databases themselves keep from changing, as data, and the SQL that makes it so.

:data:`LOCKS` says which tables are locked and how; the migrations of each subject make it so, and
:func:`answerable.audit.queries.lifted_locks` compares the two.

On SQLite a BEFORE INSERT guard stands beside the others, because INSERT OR REPLACE deletes
without asking the delete trigger unless ``recursive_triggers`` is on. On PostgreSQL TRUNCATE has
its own trigger.
"""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REMOVAL, COLUMNS, ROWS = "removal", "columns", "rows"
LOCKS: dict[str, str] = {
    "audit_event": ROWS,
    "audit_change": ROWS,
    "audit_commitment": COLUMNS,
    "accounts_body": REMOVAL,
    "accounts_area": REMOVAL,
    "accounts_succession": ROWS,
    "accounts_person": REMOVAL,
    "accounts_roleheld": COLUMNS,
    "accounts_invitation": REMOVAL,
    "reports_report": REMOVAL,
    "reports_document": COLUMNS,
    "reports_reading": ROWS,
    "reports_candidate": ROWS,
    "reports_notice": COLUMNS,
    "reports_decision": COLUMNS,
    "register_reference": COLUMNS,
    "register_recommendation": COLUMNS,
    "register_correction": ROWS,
    "register_undertaking": COLUMNS,
    "register_response": ROWS,
    "register_positionread": ROWS,
    "register_basis": ROWS,
    "register_clock": COLUMNS,
    "register_clockchange": ROWS,
    "register_replyreading": ROWS,
    "register_proposedanswer": ROWS,
    "register_answerdecision": ROWS,
    "register_import": ROWS,
    "register_link": COLUMNS,
    "register_dismissal": COLUMNS,
    "register_objection": COLUMNS,
    "register_outsidelink": COLUMNS,
    "plan_closingtest": COLUMNS,
    "plan_action": COLUMNS,
    "plan_service": COLUMNS,
    "plan_milestone": COLUMNS,
    "plan_dependency": COLUMNS,
    "plan_datemove": COLUMNS,
    "plan_ownerchange": COLUMNS,
    "plan_claim": ROWS,
    "assurance_evidence": COLUMNS,
    "assurance_use": COLUMNS,
    "assurance_graded": ROWS,
    "assurance_sample": COLUMNS,
    "assurance_interest": COLUMNS,
    "assurance_opinion": COLUMNS,
    "assurance_closure": ROWS,
    "assurance_reopening": ROWS,
    "handover_handover": ROWS,
    "handover_taken": ROWS,
    "chasing_stepset": ROWS,
    "chasing_head": REMOVAL,
    "chasing_dispatch": COLUMNS,
    "chasing_chase": COLUMNS,
    "gaps_gaprun": ROWS,
    "gaps_theme": COLUMNS,
    "gaps_draftplan": COLUMNS,
    "gaps_draftline": COLUMNS,
    "gaps_takenline": ROWS,
    "gaps_thememember": COLUMNS,
    "publishing_edition": COLUMNS,
}
"""Each locked table: no row is removed; nor are some columns changed; nor anything at all."""
FORGETTABLE = {
    "accounts_formername": "an abbreviation typed wrongly is taken away, in an act that says so",
}
"""Tables under audit whose rows may be removed all the same, and why."""

SAME = {"sqlite": "NEW.{c} IS OLD.{c}", "postgresql": "NEW.{c} IS NOT DISTINCT FROM OLD.{c}"}
BLANK = "COALESCE(CAST(OLD.{c} AS text), '') = ''"


def _run(editor: BaseDatabaseSchemaEditor, statement: str) -> None:
    editor.execute(statement, params=None)


def _trigger(
    editor: BaseDatabaseSchemaEditor, name: str, timing: str, table: str, when: str, words: str
) -> None:
    if editor.connection.vendor == "sqlite":
        condition = f"WHEN {when}" if when else ""
        _run(
            editor,
            f"CREATE TRIGGER {name} {timing} ON {table} FOR EACH ROW {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END",
        )
        return
    _run(
        editor,
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    )
    condition = f"WHEN ({when})" if when else ""
    level = "STATEMENT" if "TRUNCATE" in timing else "ROW"
    _run(
        editor,
        f"CREATE TRIGGER {name} {timing} ON {table} FOR EACH {level} {condition} EXECUTE FUNCTION {name}()",
    )


def freeze_removal(editor: BaseDatabaseSchemaEditor, table: str, *, key: str = "id") -> None:
    """Refuse DELETE, TRUNCATE and REPLACE on ``table``."""
    words = f"{table} is append-only"
    _trigger(editor, f"{table}_no_delete", "BEFORE DELETE", table, "", words)
    if editor.connection.vendor == "postgresql":
        _trigger(editor, f"{table}_no_truncate", "BEFORE TRUNCATE", table, "", words)
    else:
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608  # names are ours
        _trigger(editor, f"{table}_no_replace", "BEFORE INSERT", table, exists, words)


def freeze_rows(editor: BaseDatabaseSchemaEditor, table: str, *, key: str = "id") -> None:
    """Make ``table`` append-only: no UPDATE, DELETE, TRUNCATE or REPLACE."""
    freeze_removal(editor, table, key=key)
    _trigger(editor, f"{table}_no_update", "BEFORE UPDATE", table, "", f"{table} is append-only")


def freeze_columns(
    editor: BaseDatabaseSchemaEditor,
    table: str,
    columns: Sequence[str],
    *,
    once: Sequence[str] = (),
    unless: str = "",
) -> None:
    """Refuse an UPDATE that changes one of ``columns``, except where the SQL ``unless`` holds.

    Columns named in ``once`` may be filled while they are empty, and never change after that.
    """
    kept = SAME[editor.connection.vendor]
    held = [kept.format(c=c) for c in columns]
    held += [f"({kept.format(c=c)} OR {BLANK.format(c=c)})" for c in once]
    same = " AND ".join(held)
    when = f"NOT ({same})" + (f" AND NOT ({unless})" if unless else "")
    _trigger(
        editor,
        f"{table}_frozen_columns",
        "BEFORE UPDATE",
        table,
        when,
        f"these columns of {table} never change",
    )


def _drop(editor: BaseDatabaseSchemaEditor, table: str, name: str) -> None:
    if editor.connection.vendor == "sqlite":
        _run(editor, f"DROP TRIGGER IF EXISTS {name}")
    else:
        _run(editor, f"DROP TRIGGER IF EXISTS {name} ON {table}")
        _run(editor, f"DROP FUNCTION IF EXISTS {name}()")


def triggers_of(table: str, vendor: str) -> tuple[str, ...]:
    """The names of the triggers that lock ``table``, by :data:`LOCKS`."""
    whole = "no_truncate" if vendor == "postgresql" else "no_replace"
    beside = {REMOVAL: (), COLUMNS: ("frozen_columns",), ROWS: ("no_update",)}[LOCKS[table]]
    return tuple(f"{table}_{kind}" for kind in ("no_delete", whole, *beside))


def thaw(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Lift every trigger of this module from ``table``: for migrations backwards, and for tests."""
    for kind in ("no_delete", "no_truncate", "no_replace", "no_update", "frozen_columns"):
        _drop(editor, table, f"{table}_{kind}")
