"""What a published edition changed stays as the second publisher saw it."""

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
    "changes",
    "decided_at",
    "decided_by_id",
    "refused_reason",
    "published_at",
    "chain_seq",
    "chain_digest",
    "previous_digest",
    "manifest_digest",
)


def freeze(apps, editor):
    thaw(editor, "publishing_edition")
    freeze_removal(editor, "publishing_edition")
    freeze_columns(editor, "publishing_edition", EDITION, unless="OLD.state <> 'published'")


def unfreeze(apps, editor):
    thaw(editor, "publishing_edition")
    freeze_removal(editor, "publishing_edition")
    columns = [c for c in EDITION if c not in ("changes", "refused_reason")]
    freeze_columns(editor, "publishing_edition", columns, unless="OLD.state <> 'published'")


class Migration(migrations.Migration):
    dependencies = [("publishing", "0002_frozen")]
    operations = [migrations.RunPython(freeze, unfreeze)]
