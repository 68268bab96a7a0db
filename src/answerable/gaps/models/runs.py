"""One gap analysis: when, of which state of the record, and what it found. Never changed."""

from django.db import models

from answerable.accounts.models import Body, Person


class GapRun(models.Model):
    """A dated analysis of the record as it stood at one head of the audit chain.

    ``content`` is canonical JSON; ``sha256`` is of exactly those bytes. Whoever runs it again over
    the same state gets the same bytes. No row is ever changed or removed, by triggers too.
    """

    FROZEN = (
        "reference",
        "serial",
        "dated_on",
        "head_seq",
        "head_digest",
        "body_id",
        "content",
        "sha256",
        "run_by_id",
        "at",
    )
    AUDITED = FROZEN

    reference = models.CharField(max_length=12, unique=True)
    serial = models.PositiveIntegerField(unique=True)
    dated_on = models.DateField(help_text="The day as of which it asks what is missing.")
    head_seq = models.PositiveBigIntegerField(help_text="The last event of the state it read.")
    head_digest = models.CharField(max_length=64)
    body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gap_runs",
        help_text="Empty where it is of all bodies.",
    )
    content = models.TextField(help_text="What was found, as canonical JSON.")
    sha256 = models.CharField(max_length=64, help_text="Of the content.")
    run_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty where the operator ran it.",
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("-serial",)

    def __str__(self) -> str:
        return self.reference
