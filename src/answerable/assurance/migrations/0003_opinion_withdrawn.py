"""One more reason to open again: the opinion on which something was closed was withdrawn.

Only the choices change, so no table is made anew and its triggers stay.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assurance", "0002_frozen")]

    operations = [
        migrations.AlterField(
            model_name="reopening",
            name="because",
            field=models.CharField(
                choices=[
                    ("recheck_failed", "a re-check failed"),
                    ("opinion_withdrawn", "the opinion on which it was closed was withdrawn"),
                    ("evidence_expired", "its evidence expired"),
                    ("asked_again", "a later report asked for it again"),
                    ("own_word", "the body itself said so"),
                ],
                max_length=20,
            ),
        ),
    ]
