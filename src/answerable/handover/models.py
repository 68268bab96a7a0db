"""What was handed over, both ways: the archive, and what became of each thing in it."""

from django.db import models

from answerable.accounts.models import Body


class Handover(models.Model):
    """One archive that left for another office, or came from one. Never changed or removed."""

    class Way(models.TextChoices):
        GIVEN = "given", "handed over"
        RECEIVED = "received", "received"

    AUDITED = (
        "way", "body_id", "office", "sha256", "size", "counts", "lines", "head_seq", "head_digest", "at",
    )  # fmt: skip

    way = models.CharField(max_length=10, choices=Way)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="handovers")
    office = models.CharField(max_length=200, help_text="The other office.")
    sha256 = models.CharField(max_length=64, help_text="Of the archive.")
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=255)
    file = models.FileField(max_length=120, blank=True, help_text="Kept where it was received.")
    counts = models.JSONField(help_text="How many rows of each kind were in it.")
    lines = models.JSONField(
        help_text="Each thing asked of the body as it stood then: its four answers, open or closed, why."
    )
    head_seq = models.PositiveBigIntegerField(
        help_text="Where the chain of the giving office stood."
    )
    head_digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("sha256",),
                condition=models.Q(way="received"),
                name="handover_received_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.way} {self.sha256[:12]}"


class Taken(models.Model):
    """One thing that came with a handover: what it was there, and which it is here."""

    AUDITED = ("handover_id", "kind", "was", "object_id", "reference")

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="taken")
    kind = models.CharField(max_length=80)
    was = models.CharField(max_length=40, help_text="Its id at the office that gave it.")
    object_id = models.CharField(max_length=40)
    reference = models.CharField(max_length=12, blank=True, help_text="Its reference there.")

    class Meta:
        verbose_name_plural = "taken"
        ordering = ("handover", "pk")
        constraints = (
            models.UniqueConstraint(fields=("handover", "kind", "was"), name="taken_once"),
        )
        indexes = (models.Index(fields=("kind", "object_id"), name="taken_as"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.was}"
