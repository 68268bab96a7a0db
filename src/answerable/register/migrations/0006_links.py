"""Signed links between recommendations: what was signed never changes; taken back once."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

from answerable.audit.frozen import freeze_columns, freeze_removal, thaw

TABLE = "register_link"


def freeze(apps, editor):
    freeze_removal(editor, TABLE)
    freeze_columns(
        editor,
        TABLE,
        ("id", "earlier_id", "later_id", "relation", "reason", "signed_by_id", "at"),
        once=("taken_back_at", "taken_back_by_id", "taken_back_reason"),
    )


def unfreeze(apps, editor):
    thaw(editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0005_replies"),
        ("audit", "0002_frozen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("same", "asks the same as"),
                            ("extends", "asks for more than"),
                            ("partly", "repeats a part of"),
                            ("contradicts", "contradicts"),
                            ("supersedes", "supersedes"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                ("taken_back_reason", models.TextField(blank=True)),
                (
                    "earlier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links_to_later",
                        to="register.recommendation",
                    ),
                ),
                (
                    "later",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links_to_earlier",
                        to="register.recommendation",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Least("earlier", "later"),
                        django.db.models.functions.comparison.Greatest("earlier", "later"),
                        condition=models.Q(("taken_back_at__isnull", True)),
                        name="link_stands_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("earlier", models.F("later")), _negated=True),
                        name="link_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("taken_back_at__isnull", True),
                                ("taken_back_by__isnull", True),
                                ("taken_back_reason", ""),
                            ),
                            models.Q(
                                ("taken_back_at__isnull", False), ("taken_back_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="link_taken_back_at_and_by",
                    ),
                ],
            },
        ),
        migrations.RunPython(freeze, unfreeze),
    ]
