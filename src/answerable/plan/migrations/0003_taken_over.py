"""An action can be carried on by a successor: which one it continues never changes."""

import django.db.models.deletion
from django.db import migrations, models

from answerable.audit.frozen import freeze_columns, freeze_removal, thaw

BEFORE = ("id", "reference", "serial", "body_id", "added_by_id", "added_at")
ONCE = ("first_due_on", "abandoned_at", "abandoned_by_id", "abandoned_reason")


def lift(apps, editor):
    thaw(editor, "plan_action")


def freeze_as_before(apps, editor):
    freeze_removal(editor, "plan_action")
    freeze_columns(editor, "plan_action", BEFORE, once=ONCE)


def freeze(apps, editor):
    freeze_removal(editor, "plan_action")
    freeze_columns(editor, "plan_action", (*BEFORE, "taken_over_from_id"), once=ONCE)


class Migration(migrations.Migration):
    dependencies = [("plan", "0002_frozen")]
    operations = [
        migrations.RunPython(lift, freeze_as_before),
        migrations.AddField(
            "action",
            "taken_over_from",
            models.OneToOneField(
                blank=True,
                null=True,
                help_text="The action of the body before, whose first date and moves it carries on.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="taken_over_by",
                to="plan.action",
            ),
        ),
        migrations.RunPython(freeze, lift),
    ]
