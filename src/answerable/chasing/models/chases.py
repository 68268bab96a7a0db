"""Messages of the ladder: what is prepared about one date, and what was approved to go together."""

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Body, Person
from answerable.assurance.models import Closure
from answerable.chasing.models.ladder import Ladder, Step
from answerable.plan.models import Action, ClosingTest, Milestone
from answerable.register.models import Clock, Undertaking

ABOUT = ("clock", "action", "milestone", "closing_test", "closure")
"""What a chase may be about: exactly one of these."""


def _only(name: str) -> Q:
    return Q(**{f"{other}__isnull": other != name for other in ABOUT})


class Dispatch(models.Model):
    """What one person approved to go to one body together: one message, or one signed letter."""

    FROZEN = ("body_id", "ladder", "step", "by_id", "at", "pdf_digest", "docx_digest")
    AUDITED = (*FROZEN, "posted_on")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="dispatches")
    ladder = models.CharField(max_length=10, choices=Ladder)
    step = models.CharField(max_length=10, choices=Step)
    by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty where the ladder sends by itself.",
    )
    at = models.DateTimeField()
    pdf = models.BinaryField(blank=True, default=b"")
    docx = models.BinaryField(blank=True, default=b"")
    pdf_digest = models.CharField(max_length=64, blank=True)
    docx_digest = models.CharField(max_length=64, blank=True)
    posted_on = models.DateField(null=True, blank=True, help_text="A letter that went by post.")

    class Meta:
        verbose_name_plural = "dispatches"
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(step__in=("letter", "notice")) | Q(by__isnull=False),
                name="dispatch_letter_by_a_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.step} to {self.body_id}"


class Chase(models.Model):
    """One step of the ladder about one date. Prepared; then approved, held back, or stopped.

    ``reason`` is why it was asked, in the words of the report: the first line of what is sent.
    """

    FROZEN = (
        "ladder",
        "step",
        "step_version",
        "body_id",
        "undertaking_id",
        "clock_id",
        "action_id",
        "milestone_id",
        "closing_test_id",
        "closure_id",
        "due_on",
        "reference",
        "reason",
        "prepared_at",
    )
    AUDITED = (
        *FROZEN,
        "words",
        "dispatch_id",
        "held_at",
        "held_by_id",
        "held_reason",
        "stopped_at",
        "stopped_because",
        "sent_at",
    )

    ladder = models.CharField(max_length=10, choices=Ladder)
    step = models.CharField(max_length=10, choices=Step)
    step_version = models.PositiveIntegerField(default=0)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="chases")
    undertaking = models.ForeignKey(
        Undertaking, on_delete=models.PROTECT, null=True, blank=True, related_name="chases"
    )
    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, null=True, blank=True, related_name="chases"
    )
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="chases"
    )
    milestone = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, null=True, blank=True, related_name="chases"
    )
    closing_test = models.ForeignKey(
        ClosingTest, on_delete=models.PROTECT, null=True, blank=True, related_name="chases"
    )
    closure = models.ForeignKey(
        Closure, on_delete=models.PROTECT, null=True, blank=True, related_name="chases"
    )
    due_on = models.DateField()
    reference = models.CharField(max_length=12)
    reason = models.TextField()
    words = models.TextField()
    version = models.PositiveIntegerField(default=1, help_text="Counts changes of the words.")
    prepared_at = models.DateTimeField()
    dispatch = models.ForeignKey(
        Dispatch, on_delete=models.PROTECT, null=True, blank=True, related_name="chases"
    )
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    held_reason = models.TextField(blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_because = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due_on", "pk")
        indexes = (models.Index(fields=("sent_at", "stopped_at"), name="chase_by_fate"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(*[_only(name) for name in ABOUT], _connector=Q.OR),
                name="chase_about_one",
            ),
            *(
                models.UniqueConstraint(
                    fields=(name, "due_on", "step"), name=f"chase_of_{name}_once"
                )
                for name in ABOUT
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True, held_by__isnull=True, held_reason="")
                | Q(held_at__isnull=False, held_by__isnull=False),
                name="chase_held_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(dispatch__isnull=False),
                name="chase_sent_was_approved",
            ),
        )

    def __str__(self) -> str:
        return f"{self.step} {self.reference}"
