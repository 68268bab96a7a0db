"""A candidate tells whose it is where it is quoted; a decision keeps how its date was reckoned.

SQLite makes a table anew when a column is added, and its triggers go with the old one: they are
lifted before and set again after, and now cover the new columns too.
"""

from django.db import migrations, models

from answerable.audit.frozen import freeze_columns, freeze_removal, freeze_rows, thaw

DECISION = (
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
    "into_id",
    "due_words",
    "due_on",
)


def lift(apps, editor):
    thaw(editor, "reports_candidate")
    thaw(editor, "reports_decision")


def _freeze(editor, columns):
    freeze_rows(editor, "reports_candidate")
    freeze_removal(editor, "reports_decision")
    freeze_columns(editor, "reports_decision", columns)


def freeze_before(apps, editor):
    _freeze(editor, DECISION)


def freeze_after(apps, editor):
    _freeze(editor, (*DECISION, "due_why"))


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_decided")]
    operations = [
        migrations.RunPython(lift, freeze_before),
        migrations.AddField(
            model_name="candidate",
            name="whose",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Who made it, where it is quoted and the document says so.",
                max_length=300,
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="due_why",
            field=models.CharField(
                blank=True,
                default="",
                help_text="How the date was reckoned, where a person did not choose another.",
                max_length=400,
            ),
        ),
        migrations.AlterField(
            model_name="candidate",
            name="due",
            field=models.JSONField(
                help_text="{words, on, why}, and of a period {months, days, working, basis}",
                null=True,
            ),
        ),
        migrations.RunPython(freeze_after, lift),
    ]
