"""The ledger: each date that was moved and each owner that changed, who asked, who approved, why."""

from django.db import models
from django.db.models import F, Q

from answerable.accounts.models import Person
from answerable.plan.models.closing_tests import ClosingTest
from answerable.plan.models.planned import Action, Milestone

OPEN = Q(approved_at__isnull=True, refused_at__isnull=True)


def decided(noun: str) -> tuple[models.CheckConstraint, ...]:
    """What holds for everything that one person asks and another decides."""
    return (
        models.CheckConstraint(
            condition=Q(approved_at__isnull=True, approved_by__isnull=True)
            | Q(approved_at__isnull=False, approved_by__isnull=False, refused_at__isnull=True),
            name=f"{noun}_approved_at_and_by",
        ),
        models.CheckConstraint(
            condition=Q(refused_at__isnull=True, refused_by__isnull=True, refused_reason="")
            | Q(refused_at__isnull=False, refused_by__isnull=False),
            name=f"{noun}_refused_at_and_by",
        ),
        models.CheckConstraint(
            condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")),
            name=f"{noun}_approved_by_another",
        ),
    )


class DateMove(models.Model):
    """One move of one date: asked by one person with a reason, approved or refused by another."""

    FROZEN = (
        "action_id",
        "milestone_id",
        "closing_test_id",
        "before",
        "after",
        "reason",
        "asked_by_id",
        "asked_at",
    )
    AUDITED = (
        *FROZEN,
        "approved_by_id",
        "approved_at",
        "refused_by_id",
        "refused_at",
        "refused_reason",
    )

    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="moves"
    )
    milestone = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, null=True, blank=True, related_name="moves"
    )
    closing_test = models.ForeignKey(
        ClosingTest, on_delete=models.PROTECT, null=True, blank=True, related_name="moves"
    )
    before = models.DateField()
    after = models.DateField()
    reason = models.TextField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(action__isnull=False, milestone__isnull=True, closing_test__isnull=True)
                | Q(action__isnull=True, milestone__isnull=False, closing_test__isnull=True)
                | Q(action__isnull=True, milestone__isnull=True, closing_test__isnull=False),
                name="date_move_of_one",
            ),
            models.CheckConstraint(condition=~Q(before=F("after")), name="date_move_moves"),
            *(
                models.UniqueConstraint(
                    fields=(of,), condition=OPEN & Q(**{f"{of}__isnull": False}), name=name
                )
                for of, name in (
                    ("action", "date_move_of_action_open_once"),
                    ("milestone", "date_move_of_milestone_open_once"),
                    ("closing_test", "date_move_of_test_open_once"),
                )
            ),
            *decided("date_move"),
        )

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class OwnerChange(models.Model):
    """An action passes from one owner to another: asked by one person, approved by another."""

    FROZEN = (
        "action_id",
        "role_before",
        "role_after",
        "owner_before_id",
        "owner_after_id",
        "reason",
        "asked_by_id",
        "asked_at",
    )
    AUDITED = (
        *FROZEN,
        "approved_by_id",
        "approved_at",
        "refused_by_id",
        "refused_at",
        "refused_reason",
    )

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="owner_changes")
    role_before = models.CharField(max_length=200)
    role_after = models.CharField(max_length=200)
    owner_before = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner_after = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name_before = models.CharField(max_length=120, blank=True)
    name_after = models.CharField(max_length=120, blank=True)
    reason = models.TextField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("action",), condition=OPEN, name="owner_change_open_once"
            ),
            *decided("owner_change"),
        )

    def __str__(self) -> str:
        return f"{self.role_before} → {self.role_after}"
