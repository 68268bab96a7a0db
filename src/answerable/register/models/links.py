"""What joins two recommendations: a typed, reasoned relation that a person signs for."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from answerable.accounts.models import Person
from answerable.register.models.recorded import Recommendation


class Relation(models.TextChoices):
    """How the later recommendation stands to the earlier one."""

    SAME = "same", "asks the same as"
    EXTENDS = "extends", "asks for more than"
    PARTLY = "partly", "repeats a part of"
    CONTRADICTS = "contradicts", "contradicts"
    SUPERSEDES = "supersedes", "supersedes"


class Link(models.Model):
    """A signed relation between two recommendations. Taken back with a reason, never removed."""

    FROZEN = ("earlier_id", "later_id", "relation", "reason", "signed_by_id", "at")
    AUDITED = (*FROZEN, "taken_back_at", "taken_back_by_id", "taken_back_reason")

    earlier = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="links_to_later"
    )
    later = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="links_to_earlier"
    )
    relation = models.CharField(max_length=12, choices=Relation)
    reason = models.TextField()
    signed_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Nobody, where whoever runs the machine entered it from a public source.",
    )
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
                Least("earlier", "later"),
                Greatest("earlier", "later"),
                condition=Q(taken_back_at__isnull=True),
                name="link_stands_once",
            ),
            models.CheckConstraint(condition=~Q(earlier=F("later")), name="link_of_two"),
            models.CheckConstraint(
                condition=Q(
                    taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_reason=""
                )
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="link_taken_back_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.later_id} {self.relation} {self.earlier_id}"
