"""Somebody who reads a signed link otherwise: both readings are shown wherever the link is."""

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Person
from answerable.register.models.links import Link, Relation

UNRELATED = "unrelated"
READINGS = (*Relation.choices, (UNRELATED, "has nothing to do with"))
"""How somebody may read the later of two recommendations beside the earlier one."""


class Objection(models.Model):
    """How a second person reads a link that another signed. It undoes nothing.

    Whoever wrote it, and nobody else, may take it back; it stays to be read.
    """

    FROZEN = ("link_id", "reads", "reason", "by_id", "at")
    AUDITED = (*FROZEN, "taken_back_at", "taken_back_reason")

    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="objections")
    reads = models.CharField(max_length=12, choices=READINGS)
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("link", "by"),
                condition=Q(taken_back_at__isnull=True),
                name="objection_once_a_person",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=False) | Q(taken_back_reason=""),
                name="objection_taken_back_at_and_why",
            ),
        )

    def __str__(self) -> str:
        return f"link {self.link_id} read as {self.reads}"
