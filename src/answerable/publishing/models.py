"""Editions: numbered, dated, frozen, hashed releases of everything public."""

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Person


class Edition(models.Model):
    """One edition, from its proposal to its publication. Published ones never change."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "waiting for a second publisher"
        REFUSED = "refused", "sent back"
        WITHDRAWN = "withdrawn", "withdrawn by its proposer"
        PUBLISHED = "published", "published"

    AUDITED = (
        "number",
        "state",
        "proposed_at",
        "proposed_by_id",
        "content_digest",
        "decided_by_id",
        "published_at",
        "manifest_digest",
        "previous_digest",
        "chain_seq",
        "chain_digest",
    )

    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True, help_text="What the public should know of this edition.")
    content_digest = models.CharField(
        max_length=64, help_text="Digest of the public records as proposed."
    )
    changes = models.JSONField(
        default=list, help_text="What changes in public, as the second publisher saw it."
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_reason = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    chain_seq = models.PositiveBigIntegerField(null=True, blank=True)
    chain_digest = models.CharField(max_length=64, blank=True)
    previous_digest = models.CharField(max_length=64, blank=True)
    manifest_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-number", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("number",), condition=Q(state="published"), name="edition_number_once"
            ),
            models.UniqueConstraint(
                fields=("state",), condition=Q(state="proposed"), name="edition_one_proposal"
            ),
        )

    def __str__(self) -> str:
        return f"edition {self.number}"
