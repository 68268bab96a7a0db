"""What was handed over is never changed or removed."""

from django.db import migrations

from answerable.audit.frozen import freeze_rows, thaw

TABLES = ("handover_handover", "handover_taken")


def freeze(apps, editor):
    for table in TABLES:
        freeze_rows(editor, table)


def unfreeze(apps, editor):
    for table in TABLES:
        thaw(editor, table)


class Migration(migrations.Migration):
    dependencies = [("handover", "0001_initial"), ("audit", "0002_frozen")]
    operations = [migrations.RunPython(freeze, unfreeze)]
