"""What a sceptic would look at: agreed by the body and the office before anything is claimed."""

from django.db import models
from django.db.models import F, Q

from answerable.accounts.models import Person
from answerable.register.models import Undertaking


class Pattern(models.TextChoices):
    """The ways of looking that are offered; the words of a test say the rest."""

    RECORDS = "records", "look at records that the office chooses"
    PEOPLE = "people", "ask the people concerned"
    WATCH = "watch", "watch it being done"
    POLICY_AND_USE = "policy_and_use", "read the policy, and see it used"
    OTHER = "other", "another way"


class ClosingTest(models.Model):
    """What is looked at, how many, by when, and what counts as seen: one row a version.

    It stands once a person of the body and a person of the office have both agreed to it.
    """

    FROZEN = (
        "undertaking_id",
        "version",
        "pattern",
        "look_at",
        "how_many",
        "first_due_on",
        "counts_as_seen",
        "why",
        "proposed_by_id",
        "proposed_at",
    )
    AUDITED = (
        *FROZEN,
        "due_on",
        "agreed_for_body_by_id",
        "agreed_for_body_at",
        "agreed_for_office_by_id",
        "agreed_for_office_at",
        "refused_by_id",
        "refused_at",
        "refused_reason",
    )

    undertaking = models.ForeignKey(
        Undertaking, on_delete=models.PROTECT, related_name="closing_tests"
    )
    version = models.PositiveIntegerField()
    pattern = models.CharField(max_length=20, choices=Pattern)
    look_at = models.TextField()
    how_many = models.PositiveIntegerField(null=True, blank=True)
    first_due_on = models.DateField(help_text="By when, as first agreed: kept in every version.")
    due_on = models.DateField(help_text="By when; moved only in the ledger of dates.")
    counts_as_seen = models.TextField()
    why = models.TextField(blank=True, help_text="Why this test; needed where it replaces another.")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    agreed_for_body_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_for_body_at = models.DateTimeField(null=True, blank=True)
    agreed_for_office_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_for_office_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("undertaking", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("undertaking", "version"), name="closing_test_version_once"
            ),
            models.UniqueConstraint(
                fields=("undertaking",),
                condition=Q(refused_at__isnull=True)
                & (Q(agreed_for_body_at__isnull=True) | Q(agreed_for_office_at__isnull=True)),
                name="closing_test_open_once",
            ),
            models.CheckConstraint(
                condition=Q(agreed_for_body_at__isnull=True, agreed_for_body_by__isnull=True)
                | Q(agreed_for_body_at__isnull=False, agreed_for_body_by__isnull=False),
                name="closing_test_body_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(agreed_for_office_at__isnull=True, agreed_for_office_by__isnull=True)
                | Q(agreed_for_office_at__isnull=False, agreed_for_office_by__isnull=False),
                name="closing_test_office_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True, refused_by__isnull=True, refused_reason="")
                | Q(refused_at__isnull=False, refused_by__isnull=False),
                name="closing_test_refused_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(agreed_for_body_by__isnull=True)
                | Q(agreed_for_office_by__isnull=True)
                | ~Q(agreed_for_body_by=F("agreed_for_office_by")),
                name="closing_test_agreed_by_two",
            ),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True)
                | Q(agreed_for_body_at__isnull=True)
                | Q(agreed_for_office_at__isnull=True),
                name="closing_test_agreed_or_refused",
            ),
        )

    def __str__(self) -> str:
        return f"closing test {self.version} of {self.undertaking_id}"
