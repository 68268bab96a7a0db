"""The index of likeness and what is suggested from it; dismissals, which never change but once."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

from answerable.audit.frozen import freeze_columns, freeze_removal, thaw

TABLE = "register_dismissal"


def freeze(apps, editor):
    freeze_removal(editor, TABLE)
    freeze_columns(
        editor,
        TABLE,
        ("id", "earlier_id", "later_id", "reason", "dismissed_by_id", "at"),
        once=("taken_back_at", "taken_back_by_id", "taken_back_reason"),
    )


def unfreeze(apps, editor):
    thaw(editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0008_objections"),
        ("audit", "0002_frozen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LikenessBlock",
            fields=[
                ("block", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("rows", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="LikenessPosting",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "term",
                        "block",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("term", models.BigIntegerField()),
                ("block", models.PositiveIntegerField()),
                ("places", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="LikenessTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term", models.TextField()),
                ("df", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("term",), name="likeness_term_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LikenessText",
            fields=[
                (
                    "recommendation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="likeness_text",
                        serialize=False,
                        to="register.recommendation",
                    ),
                ),
                (
                    "fingerprint",
                    models.CharField(help_text="Of the words that were indexed.", max_length=64),
                ),
                (
                    "version",
                    models.PositiveSmallIntegerField(help_text="Of the engine's analysis."),
                ),
                ("content", models.BinaryField(help_text="The analysis, packed.")),
                (
                    "looked",
                    models.BooleanField(
                        default=False, help_text="Whether suggestions were made for it."
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("looked", False)),
                        fields=["recommendation"],
                        name="likeness_to_look_at",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LikenessVector",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                ("model", models.CharField(help_text="Which model, by its digest.", max_length=64)),
                ("vector", models.BinaryField()),
                (
                    "recommendation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="likeness_vector",
                        to="register.recommendation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Dismissal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                ("taken_back_reason", models.TextField(blank=True)),
                (
                    "dismissed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.recommendation",
                    ),
                ),
                (
                    "later",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.recommendation",
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
                        name="dismissal_stands_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("earlier", models.F("later")), _negated=True),
                        name="dismissal_of_two",
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
                        name="dismissal_taken_back_at_and_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("score", models.FloatField()),
                (
                    "related",
                    models.FloatField(
                        help_text="The odds that any relation holds between the two."
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.recommendation",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestions",
                        to="register.recommendation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recommendation", "other"), name="suggestion_once"
                    )
                ],
            },
        ),
        migrations.RunPython(freeze, unfreeze),
    ]
