"""What joins a recommendation to one that another office keeps: by address and digest, signed."""

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Person
from answerable.register.models.links import Relation
from answerable.register.models.recorded import Recommendation


class OutsideLink(models.Model):
    """A signed relation of a recommendation here to one of another office's record.

    ``address`` and ``theirs`` say where it stands there; ``sha256`` is of what was seen at the
    address, where whoever signed took it. Taken back with a reason, never removed.
    """

    FROZEN = (
        "recommendation_id",
        "relation",
        "office",
        "address",
        "theirs",
        "sha256",
        "reason",
        "signed_by_id",
        "at",
    )
    AUDITED = (*FROZEN, "taken_back_at", "taken_back_by_id", "taken_back_reason")

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="outside_links"
    )
    relation = models.CharField(
        max_length=12, choices=Relation, help_text="How the one here stands to theirs."
    )
    office = models.CharField(max_length=200, help_text="Whose record it is.")
    address = models.URLField(max_length=500)
    theirs = models.CharField(max_length=60, help_text="The reference that it has there.")
    sha256 = models.CharField(max_length=64, blank=True)
    reason = models.TextField()
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("recommendation", "address", "theirs"),
                condition=Q(taken_back_at__isnull=True),
                name="outside_link_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(address__startswith="https://"), name="outside_link_by_https"
            ),
            models.CheckConstraint(
                condition=Q(
                    taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_reason=""
                )
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="outside_link_taken_back_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.relation} {self.theirs} at {self.address}"
