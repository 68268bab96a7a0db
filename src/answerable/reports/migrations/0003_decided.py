"""A decision keeps the date it read and what it was merged into; a page may be seen in parts.

SQLite makes a table anew when a column is added, and its triggers go with the old one: they are
lifted before and set again after, and now cover the new columns too.
"""

from django.conf import settings
from django.db import migrations, models

from answerable.audit.frozen import freeze_columns, freeze_removal, thaw

BEFORE = (
    "id",
    "document_id",
    "candidate_id",
    "part",
    "outcome",
    "number",
    "words",
    "kind",
    "spans",
    "reason",
    "at",
    "by_id",
)
AFTER = (*BEFORE, "into_id", "due_words", "due_on")


def _freeze(editor, columns):
    freeze_removal(editor, "reports_decision")
    freeze_columns(editor, "reports_decision", columns)


def lift(apps, editor):
    thaw(editor, "reports_decision")


def freeze_before(apps, editor):
    _freeze(editor, BEFORE)


def freeze_after(apps, editor):
    _freeze(editor, AFTER)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_frozen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RunPython(lift, freeze_before),
        migrations.AddField(
            model_name="decision",
            name="due_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="due_words",
            field=models.CharField(
                blank=True,
                help_text="When it must be done, as the report says it.",
                max_length=300,
            ),
        ),
        migrations.RunPython(freeze_after, lift),
        migrations.RemoveConstraint(model_name="pageseen", name="page_seen_once"),
        migrations.AddField(
            model_name="pageseen",
            name="part",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name="pageseen",
            constraint=models.UniqueConstraint(
                fields=("page", "person", "part"), name="page_seen_once"
            ),
        ),
    ]
