"""Make the chain append-only. What a person said may be erased, and only erased."""

from django.db import migrations

from answerable.audit.frozen import freeze_columns, freeze_removal, freeze_rows, thaw


def freeze(apps, editor):
    freeze_rows(editor, "audit_event", key="seq")
    freeze_rows(editor, "audit_change")
    freeze_removal(editor, "audit_commitment")
    freeze_columns(
        editor,
        "audit_commitment",
        ("id", "event_seq", "name", "digest", "salt", "value"),
        unless="NEW.salt = '' AND NEW.value = '' AND NEW.id = OLD.id AND NEW.event_seq = OLD.event_seq "
        "AND NEW.name = OLD.name AND NEW.digest = OLD.digest",
    )


def unfreeze(apps, editor):
    for table in ("audit_event", "audit_change", "audit_commitment"):
        thaw(editor, table)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(freeze, unfreeze)]
