"""The audit chain as it is stored. No foreign keys: an event outlives what it describes."""

from django.db import models


class Event(models.Model):
    """One line of the audit chain: who did what to which things, when.

    ``content`` is the canonical JSON whose SHA-256 is ``digest``; the other columns repeat parts
    of it so that they can be searched, and :func:`answerable.audit.queries.verify` compares them.
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    verb = models.CharField(max_length=80, db_index=True)
    actor = models.CharField(max_length=40, db_index=True)
    content = models.TextField()
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("seq",)

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"


class Change(models.Model):
    """One thing that an event changed: digests of its state before and after."""

    event_seq = models.PositiveBigIntegerField(db_index=True)
    kind = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40)
    before = models.CharField(max_length=64, blank=True)
    after = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("event_seq", "pk")
        indexes = (models.Index(fields=("kind", "object_id", "event_seq"), name="audit_change_of"),)

    def __str__(self) -> str:
        return f"{self.event_seq} {self.kind} {self.object_id}"


class Commitment(models.Model):
    """What a person said in an act, outside the chain; the chain holds only its salted digest.

    Erasing ``salt`` and ``value`` together forgets it for good; nothing else may change.
    """

    event_seq = models.PositiveBigIntegerField(db_index=True)
    name = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    salt = models.CharField(max_length=64, blank=True)
    value = models.TextField(blank=True)

    class Meta:
        ordering = ("event_seq", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("event_seq", "name"), name="audit_one_commitment_a_name"
            ),
        )

    def __str__(self) -> str:
        return f"{self.event_seq} {self.name}"
