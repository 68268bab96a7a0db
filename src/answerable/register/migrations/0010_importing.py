import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from answerable.audit.frozen import freeze_rows, thaw

TABLE = "register_import"


def freeze(apps, editor):
    freeze_rows(editor, TABLE)


def unfreeze(apps, editor):
    thaw(editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("register", "0009_likeness"),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                ("sheet", models.CharField(max_length=255)),
                ("first_serial", models.PositiveIntegerField()),
                ("last_serial", models.PositiveIntegerField()),
                ("rows", models.JSONField()),
                (
                    "left_out",
                    models.JSONField(
                        default=list, help_text="The refused rows that were left out."
                    ),
                ),
                (
                    "exact",
                    models.BooleanField(help_text="The words stand exactly as in the reports."),
                ),
                (
                    "columns",
                    models.JSONField(
                        default=dict, help_text="What each heading was taken to mean."
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "pk"),
                "indexes": [
                    models.Index(fields=["first_serial", "last_serial"], name="import_by_serial")
                ],
            },
        ),
        migrations.CreateModel(
            name="PendingImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                (
                    "content",
                    models.TextField(help_text="The sheets as they were read, packed, in base 64."),
                ),
                (
                    "choices",
                    models.JSONField(
                        default=dict, help_text="What each column means, and the answers."
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("touched_at", models.DateTimeField()),
                ("waits_since", models.DateTimeField(blank=True, null=True)),
                ("trouble", models.TextField(blank=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ("-touched_at", "pk")},
        ),
        migrations.RunPython(freeze, unfreeze),
    ]
