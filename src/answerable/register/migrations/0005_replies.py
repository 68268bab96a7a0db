"""Replies read against their report: proposals that stay as they were, decisions beside them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from answerable.audit.frozen import freeze_rows, thaw

TABLES = ("register_replyreading", "register_proposedanswer", "register_answerdecision")


def freeze(apps, editor):
    for table in TABLES:
        freeze_rows(editor, table)


def unfreeze(apps, editor):
    for table in TABLES:
        thaw(editor, table)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_frozen"),
        ("register", "0004_search"),
        ("reports", "0003_decided"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProposedAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordinal", models.PositiveIntegerField()),
                ("words", models.TextField()),
                ("restates", models.TextField(blank=True)),
                ("page", models.PositiveIntegerField(null=True)),
                (
                    "spans",
                    models.JSONField(help_text="[{page, start, end, boxes: [[l, t, r, b], …]}, …]"),
                ),
                ("how", models.CharField(max_length=20)),
                ("confidence", models.FloatField()),
                ("why", models.JSONField(default=list, help_text="Sentences.")),
                (
                    "undertaking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposed_answers",
                        to="register.undertaking",
                    ),
                ),
            ],
            options={
                "ordering": ("reading", "ordinal"),
            },
        ),
        migrations.CreateModel(
            name="AnswerDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("accepted", "entered as proposed"),
                            ("corrected", "entered with other bounds"),
                            ("moved", "entered for another recommendation"),
                            ("dismissed", "not an answer to it"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "response",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposed",
                        to="register.response",
                    ),
                ),
                (
                    "undertaking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.undertaking",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="register.proposedanswer",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ReplyReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("engine", models.CharField(help_text="Version of the engine.", max_length=40)),
                ("dated_on", models.DateField()),
                ("received_on", models.DateField(blank=True, null=True)),
                ("themes", models.JSONField(default=list)),
                ("proposals_digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reply_readings",
                        to="accounts.body",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reply_readings",
                        to="reports.document",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "pk"),
            },
        ),
        migrations.AddField(
            model_name="proposedanswer",
            name="reading",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="register.replyreading",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposedanswer",
            constraint=models.UniqueConstraint(
                fields=("reading", "undertaking"), name="proposed_once"
            ),
        ),
        migrations.RunPython(freeze, unfreeze),
    ]
