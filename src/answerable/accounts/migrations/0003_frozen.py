"""Bodies, people, roles and invitations are never removed; that a role was given stays as it was.

A person who must be forgotten keeps an empty row, so that the chain still knows whose acts were
one person's. Another name of a body may be taken away, in an act that says so.
"""

from django.db import migrations

from answerable.audit.frozen import freeze_columns, freeze_removal, freeze_rows, thaw

KEPT = ("body", "area", "person", "invitation", "roleheld")


def freeze(apps, editor):
    for noun in KEPT:
        freeze_removal(editor, f"accounts_{noun}")
    freeze_columns(editor, "accounts_roleheld", ("id", "person_id", "role", "begun_at"))
    freeze_rows(editor, "accounts_succession")


def unfreeze(apps, editor):
    for noun in (*KEPT, "succession"):
        thaw(editor, f"accounts_{noun}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_versions_and_security"), ("audit", "0002_frozen")]
    operations = [migrations.RunPython(freeze, unfreeze)]
