"""Links to what other offices keep: what was signed never changes; taken back once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from answerable.audit.frozen import freeze_columns, freeze_removal, thaw

TABLE = "register_outsidelink"


def freeze(apps, editor):
    freeze_removal(editor, TABLE)
    freeze_columns(
        editor,
        TABLE,
        (
            "id",
            "recommendation_id",
            "relation",
            "office",
            "address",
            "theirs",
            "sha256",
            "reason",
            "signed_by_id",
            "at",
        ),
        once=("taken_back_at", "taken_back_by_id", "taken_back_reason"),
    )


def unfreeze(apps, editor):
    thaw(editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0006_links"),
        ("audit", "0002_frozen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OutsideLink",
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
                        help_text="How the one here stands to theirs.",
                        max_length=12,
                    ),
                ),
                ("office", models.CharField(help_text="Whose record it is.", max_length=200)),
                ("address", models.URLField(max_length=500)),
                (
                    "theirs",
                    models.CharField(help_text="The reference that it has there.", max_length=60),
                ),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                ("taken_back_reason", models.TextField(blank=True)),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outside_links",
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
                        condition=models.Q(("taken_back_at__isnull", True)),
                        fields=("recommendation", "address", "theirs"),
                        name="outside_link_stands_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("address__startswith", "https://")),
                        name="outside_link_by_https",
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
                        name="outside_link_taken_back_at_and_by",
                    ),
                ],
            },
        ),
        migrations.RunPython(freeze, unfreeze),
    ]
