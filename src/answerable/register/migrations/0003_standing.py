"""Where each answer and clock stands, and the whole of a legal basis, beside what never changes.

SQLite remakes a table to add a column, and a remade table has lost its triggers: they are lifted
first and put back last, so that both databases end with the same ones.
"""

import django.db.models as models
from django.db import migrations

from answerable.audit.frozen import freeze_columns, freeze_removal, freeze_rows, thaw

RECOMMENDATION = (
    "id",
    "reference",
    "serial",
    "report_id",
    "document_id",
    "number",
    "words",
    "kind",
    "page",
    "spans",
    "fingerprint",
    "accepted_at",
    "paraphrased",
    "source_url",
)
CLOCK = ("id", "undertaking_id", "basis_id", "starts_on", "first_computed_on")
UNDERTAKING = (
    "id",
    "recommendation_id",
    "body_id",
    "because",
    "passed_from_id",
    "added_at",
    "added_by_id",
)


def lift(apps, editor):
    for noun in ("recommendation", "clock", "undertaking", "response", "basis"):
        thaw(editor, f"register_{noun}")


def _freeze_the_same(editor):
    for noun, columns in (("recommendation", RECOMMENDATION), ("clock", CLOCK)):
        freeze_removal(editor, f"register_{noun}")
        freeze_columns(editor, f"register_{noun}", columns)
    freeze_rows(editor, "register_response")
    freeze_rows(editor, "register_basis")


def freeze(apps, editor):
    _freeze_the_same(editor)
    freeze_removal(editor, "register_undertaking")
    freeze_columns(editor, "register_undertaking", UNDERTAKING)
    freeze_removal(editor, "register_reference", key="prefix")
    freeze_columns(
        editor,
        "register_reference",
        ("prefix", "last"),
        unless="NEW.prefix = OLD.prefix AND NEW.last > OLD.last",
    )


def lift_again(apps, editor):
    for noun in ("recommendation", "clock", "undertaking", "response", "basis", "reference"):
        thaw(editor, f"register_{noun}")


def freeze_as_before(apps, editor):
    _freeze_the_same(editor)
    freeze_rows(editor, "register_undertaking")


STANDS = [
    ("silent", "no reply"),
    ("unread", "reply to be read"),
    ("accepted", "accepted"),
    ("in_part", "accepted in part"),
    ("in_principle", "accepted in principle"),
    ("rejected", "rejected"),
    ("anothers", "another body's matter"),
    ("no_response", "no response in the reply"),
    ("passed", "passed to a successor"),
]
STATES = [
    ("running", "running"),
    ("paused", "paused"),
    ("stopped", "stopped by a reply"),
    ("passed", "passed to a successor"),
    ("withdrawn", "recommendation withdrawn"),
]


class Migration(migrations.Migration):
    dependencies = [("register", "0002_frozen")]
    operations = [
        migrations.RunPython(lift, freeze_as_before),
        migrations.AddField(
            "basis", "owed", models.CharField("what is owed", max_length=300, blank=True)
        ),
        migrations.AddField(
            "basis",
            "publish_within_days",
            models.PositiveIntegerField(
                null=True,
                blank=True,
                help_text="How soon the maker must publish the reply, if at all.",
            ),
        ),
        migrations.AlterField(
            "basis",
            "valid_from",
            models.DateField(null=True, blank=True, help_text="Empty where not recorded."),
        ),
        migrations.AddField(
            "clock",
            "state",
            models.CharField(max_length=10, choices=STATES, default="running"),
        ),
        migrations.AddField(
            "recommendation",
            "next_due_on",
            models.DateField(
                null=True,
                blank=True,
                help_text="Soonest last day among its running clocks: kept for sorting, computed from them.",
            ),
        ),
        migrations.AddField(
            "response",
            "received_on",
            models.DateField(
                null=True,
                blank=True,
                help_text="Where it came on another day than it is dated.",
            ),
        ),
        migrations.AddField(
            "undertaking",
            "stands",
            models.CharField(max_length=20, choices=STANDS, default="silent"),
        ),
        migrations.AddIndex("clock", models.Index(fields=["state", "due_on"], name="clock_by_due")),
        migrations.AddIndex(
            "recommendation",
            models.Index(fields=["next_due_on", "serial"], name="recommendation_by_due"),
        ),
        migrations.AddIndex(
            "recommendation",
            models.Index(fields=["kind", "serial"], name="recommendation_by_kind"),
        ),
        migrations.AddIndex(
            "recommendation",
            models.Index(
                fields=["serial"],
                condition=models.Q(("withdrawn_at__isnull", False)),
                name="recommendation_withdrawn",
            ),
        ),
        migrations.AddIndex(
            "undertaking",
            models.Index(fields=["body", "stands", "recommendation"], name="undertaking_of_body"),
        ),
        migrations.AddIndex(
            "undertaking",
            models.Index(fields=["stands", "recommendation"], name="undertaking_stands"),
        ),
        migrations.RunPython(freeze, lift_again),
    ]
