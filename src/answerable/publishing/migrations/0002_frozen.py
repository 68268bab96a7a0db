"""A published edition never changes."""

from django.db import migrations

from answerable.audit.frozen import freeze_columns, freeze_removal, thaw

EDITION = (
    "id",
    "number",
    "state",
    "proposed_at",
    "proposed_by_id",
    "note",
    "content_digest",
    "decided_at",
    "decided_by_id",
    "published_at",
    "chain_seq",
    "chain_digest",
    "previous_digest",
    "manifest_digest",
)


def freeze(apps, editor):
    freeze_removal(editor, "publishing_edition")
    freeze_columns(editor, "publishing_edition", EDITION, unless="OLD.state <> 'published'")


def unfreeze(apps, editor):
    thaw(editor, "publishing_edition")


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial"), ("audit", "0002_frozen")]
    operations = [migrations.RunPython(freeze, unfreeze)]
