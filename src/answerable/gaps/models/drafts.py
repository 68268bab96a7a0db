"""Draft plans: what gaps were chosen, and a line for each thing that was asked. Nobody's until owned."""

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Body, Person
from answerable.gaps.models.runs import GapRun
from answerable.plan.models import Action


class DraftPlan(models.Model):
    """A plan drafted from the gaps of one analysis. A draft until a person owns it."""

    FROZEN = ("reference", "serial", "run_id", "chosen", "drafted_by_id", "drafted_at")
    AUDITED = (*FROZEN, "owner_id", "owned_at")

    reference = models.CharField(max_length=12, unique=True)
    serial = models.PositiveIntegerField(unique=True)
    run = models.ForeignKey(GapRun, on_delete=models.PROTECT, related_name="drafts")
    chosen = models.JSONField(help_text="The keys of the gaps that were chosen, in their order.")
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-serial",)
        constraints = (
            models.CheckConstraint(
                condition=Q(owner__isnull=True, owned_at__isnull=True)
                | Q(owner__isnull=False, owned_at__isnull=False),
                name="draft_plan_owner_and_at",
            ),
        )

    def __str__(self) -> str:
        return self.reference


class DraftLine(models.Model):
    """One line of a draft: its title and words a person may change; what it must satisfy, nobody."""

    FROZEN = ("draft_id", "place", "key", "bodies", "asked", "settles", "tests")
    AUDITED = (*FROZEN, "title", "words", "left_out_at", "left_out_by_id", "left_out_reason")

    draft = models.ForeignKey(DraftPlan, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveIntegerField()
    key = models.CharField(max_length=120)
    bodies = models.JSONField(help_text="Slugs of the bodies of which it has a gap.")
    asked = models.JSONField(help_text="Every wording that it must satisfy, first asked first.")
    settles = models.JSONField(help_text="The gaps, each with what would settle it.")
    tests = models.JSONField(help_text="Closing tests that are suggested.")
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    left_out_at = models.DateTimeField(null=True, blank=True)
    left_out_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    left_out_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("draft", "place")
        constraints = (
            models.UniqueConstraint(fields=("draft", "place"), name="draft_line_place_once"),
            models.UniqueConstraint(fields=("draft", "key"), name="draft_line_key_once"),
            models.CheckConstraint(
                condition=Q(left_out_at__isnull=True, left_out_by__isnull=True, left_out_reason="")
                | Q(left_out_at__isnull=False, left_out_by__isnull=False),
                name="draft_line_left_out_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"line {self.place} of {self.draft_id}"


class TakenLine(models.Model):
    """A line that was taken into the plan of a body, as one action there."""

    AUDITED = FROZEN = ("line_id", "body_id", "action_id", "taken_by_id", "at")

    line = models.ForeignKey(DraftLine, on_delete=models.PROTECT, related_name="taken")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    action = models.OneToOneField(Action, on_delete=models.PROTECT, related_name="drafted_in")
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("line", "pk")
        constraints = (
            models.UniqueConstraint(fields=("line", "body"), name="draft_line_taken_once"),
        )

    def __str__(self) -> str:
        return f"{self.line_id} as {self.action_id}"
