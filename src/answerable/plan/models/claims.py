"""What a body says about its own delivery. It never says more than *ready for assessment*."""

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Person
from answerable.plan.models.closing_tests import ClosingTest
from answerable.register.models import Undertaking


class Rung(models.TextChoices):
    """The body's ladder. Whether it is so, someone independent says elsewhere."""

    NOT_STARTED = "not_started", "not started"
    IN_PROGRESS = "in_progress", "in progress"
    READY = "ready_for_assessment", "ready for assessment"
    OTHER_MEANS = "met_by_other_means", "met by other means"
    CANNOT = "cannot_be_done", "cannot be done"


class Claim(models.Model):
    """One statement of delivery. Never changed: the newest counts, the others stay beside it.

    ``slipped_on`` is the day from which something had slipped back, as the body itself reports.
    """

    AUDITED = (
        "undertaking_id",
        "rung",
        "words",
        "reason",
        "closing_test_id",
        "signed_off_role",
        "slipped_on",
        "made_by_id",
        "made_at",
    )

    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="claims")
    rung = models.CharField(max_length=24, choices=Rung)
    words = models.TextField()
    reason = models.TextField(blank=True, help_text="Published with the claim.")
    closing_test = models.ForeignKey(
        ClosingTest,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        help_text="The test that stood when it was claimed.",
    )
    signed_off_name = models.CharField(max_length=120, blank=True)
    signed_off_role = models.CharField(max_length=200, blank=True)
    slipped_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("made_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(rung="ready_for_assessment") | Q(closing_test__isnull=False),
                name="claim_ready_needs_test",
            ),
            models.CheckConstraint(
                condition=~Q(rung__in=("met_by_other_means", "cannot_be_done")) | ~Q(reason=""),
                name="claim_needs_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rung} {self.undertaking_id}"
