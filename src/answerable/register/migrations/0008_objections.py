"""Second readings of signed links, and links that the operator entered from a public source.

SQLite remakes the table of links to let nobody have signed one, and a remade table has lost its
triggers: they are lifted first and put back last, so that both databases end with the same ones.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from answerable.audit.frozen import freeze_columns, freeze_removal, thaw

LINK = "register_link"
OBJECTION = "register_objection"


def lift(apps, editor):
    thaw(editor, LINK)


def freeze_links(apps, editor):
    freeze_removal(editor, LINK)
    freeze_columns(
        editor,
        LINK,
        ("id", "earlier_id", "later_id", "relation", "reason", "signed_by_id", "at"),
        once=("taken_back_at", "taken_back_by_id", "taken_back_reason"),
    )


def freeze(apps, editor):
    freeze_links(apps, editor)
    freeze_removal(editor, OBJECTION)
    freeze_columns(
        editor,
        OBJECTION,
        ("id", "link_id", "reads", "reason", "by_id", "at"),
        once=("taken_back_at", "taken_back_reason"),
    )


def unfreeze(apps, editor):
    thaw(editor, OBJECTION)
    thaw(editor, LINK)


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0007_outside_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(lift, freeze_links),
        migrations.AlterField(
            model_name="link",
            name="signed_by",
            field=models.ForeignKey(
                help_text="Nobody, where whoever runs the machine entered it from a public source.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reads",
                    models.CharField(
                        choices=[
                            ("same", "asks the same as"),
                            ("extends", "asks for more than"),
                            ("partly", "repeats a part of"),
                            ("contradicts", "contradicts"),
                            ("supersedes", "supersedes"),
                            ("unrelated", "has nothing to do with"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                ("taken_back_reason", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="register.link",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at__isnull", True)),
                        fields=("link", "by"),
                        name="objection_once_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_back_at__isnull", False),
                            ("taken_back_reason", ""),
                            _connector="OR",
                        ),
                        name="objection_taken_back_at_and_why",
                    ),
                ],
            },
        ),
        migrations.RunPython(freeze, unfreeze),
    ]
