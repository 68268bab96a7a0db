"""Spreadsheets that are being brought in, and what came of those that were."""

from django.db import models

from answerable.accounts.models import Person


class PendingImport(models.Model):
    """A spreadsheet that a person has sent and not brought in yet: seen by its owner alone.

    Only what its cells say is kept, until it is brought in, thrown away, or forgotten after a while.
    """

    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content = models.TextField(help_text="The sheets as they were read, packed, in base 64.")
    choices = models.JSONField(default=dict, help_text="What each column means, and the answers.")
    sent_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    waits_since = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True)

    class Meta:
        ordering = ("-touched_at", "pk")

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """A spreadsheet that was brought in. Says of each recommendation from which row it came.

    ``rows`` has, for each reference from ``first_serial`` on, the row and the office's own reference.
    """

    AUDITED = (
        "sha256",
        "sheet",
        "first_serial",
        "last_serial",
        "rows",
        "left_out",
        "exact",
        "columns",
        "at",
        "by_id",
    )

    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=255)
    first_serial = models.PositiveIntegerField()
    last_serial = models.PositiveIntegerField()
    rows = models.JSONField()
    left_out = models.JSONField(default=list, help_text="The refused rows that were left out.")
    exact = models.BooleanField(help_text="The words stand exactly as in the reports.")
    columns = models.JSONField(default=dict, help_text="What each heading was taken to mean.")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-at", "pk")
        indexes = (models.Index(fields=("first_serial", "last_serial"), name="import_by_serial"),)

    def __str__(self) -> str:
        return f"{self.name}: {len(self.rows)}"
