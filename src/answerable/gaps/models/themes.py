"""The office's own list of themes, and which recommendations it puts under each."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from answerable.accounts.models import Person
from answerable.register.models import Recommendation


class Theme(models.Model):
    """A subject that the office follows through reports. Retired with a reason, never removed."""

    FROZEN = ("slug", "added_by_id", "added_at")
    AUDITED = (*FROZEN, "name", "description", "retired_at", "retired_by_id", "retired_reason")

    slug = models.SlugField(max_length=80, unique=True, help_text="Stays when it is renamed.")
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    retired_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                Lower("name"), condition=Q(retired_at__isnull=True), name="theme_name_once"
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True, retired_by__isnull=True, retired_reason="")
                | Q(retired_at__isnull=False, retired_by__isnull=False),
                name="theme_retired_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return self.name


class ThemeMember(models.Model):
    """A recommendation is put under a theme by a person. Taken out again, never removed."""

    FROZEN = ("theme_id", "recommendation_id", "added_by_id", "added_at")
    AUDITED = (*FROZEN, "taken_out_at", "taken_out_by_id", "taken_out_reason")

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="members")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="themes"
    )
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    taken_out_at = models.DateTimeField(null=True, blank=True)
    taken_out_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_out_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("added_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("theme", "recommendation"),
                condition=Q(taken_out_at__isnull=True),
                name="theme_member_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    taken_out_at__isnull=True, taken_out_by__isnull=True, taken_out_reason=""
                )
                | Q(taken_out_at__isnull=False, taken_out_by__isnull=False),
                name="theme_member_taken_out_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.recommendation_id} under {self.theme_id}"
