"""What a body will do: actions, what they serve, their milestones and what they depend on."""

from django.db import models
from django.db.models import F, Q

from answerable.accounts.models import Body, Person
from answerable.register.models import Undertaking


class DateOf(models.TextChoices):
    """Whose date it is: only the overseer moves a date of the overseer's."""

    BODY = "body", "set by the body"
    OVERSEER = "overseer", "set by the overseer"


class Action(models.Model):
    """What a body will do, who owns it, by when. Abandoned with a reason, never removed."""

    FROZEN = (
        "reference",
        "serial",
        "body_id",
        "taken_over_from_id",
        "added_by_id",
        "added_at",
    )
    AUDITED = (
        *FROZEN,
        "title",
        "words",
        "owner_role",
        "owner_id",
        "date_of",
        "first_due_on",
        "due_on",
        "cost",
        "funding",
        "funding_ends_on",
        "done_on",
        "abandoned_at",
        "abandoned_by_id",
        "abandoned_reason",
    )

    reference = models.CharField(max_length=12, unique=True)
    serial = models.PositiveIntegerField(unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="actions")
    taken_over_from = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_over_by",
        help_text="The action of the body before, whose first date and moves it carries on.",
    )
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    owner_role = models.CharField(max_length=200, help_text="The post that answers for it.")
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="owned_actions"
    )
    owner_name = models.CharField(
        max_length=120, blank=True, help_text="Who holds that post, where they have no access here."
    )
    date_of = models.CharField(max_length=10, choices=DateOf, default=DateOf.BODY)
    first_due_on = models.DateField(null=True, blank=True, help_text="Set once, never changed.")
    due_on = models.DateField(null=True, blank=True)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    funding = models.CharField(max_length=300, blank=True)
    funding_ends_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    abandoned_at = models.DateTimeField(null=True, blank=True)
    abandoned_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    abandoned_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("serial",)
        indexes = (models.Index(fields=("body", "due_on"), name="action_of_body_by_due"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(first_due_on__isnull=True, due_on__isnull=True)
                | Q(first_due_on__isnull=False, due_on__isnull=False),
                name="action_first_date_and_date",
            ),
            models.CheckConstraint(
                condition=Q(
                    abandoned_at__isnull=True, abandoned_by__isnull=True, abandoned_reason=""
                )
                | Q(abandoned_at__isnull=False, abandoned_by__isnull=False, done_on__isnull=True),
                name="action_abandoned_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return self.reference


class Service(models.Model):
    """An action serves an undertaking, and these words of what was asked."""

    FROZEN = (
        "action_id",
        "undertaking_id",
        "spans",
        "words_digest",
        "note",
        "added_by_id",
        "added_at",
    )
    AUDITED = (*FROZEN, "taken_out_at", "taken_out_by_id", "taken_out_reason")

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="services")
    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="services")
    spans = models.JSONField(help_text="[[start, end], …] in the words that counted then.")
    words_digest = models.CharField(
        max_length=64, help_text="SHA-256 of those words: after a correction the spans may differ."
    )
    note = models.TextField(blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    taken_out_at = models.DateTimeField(null=True, blank=True)
    taken_out_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_out_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("action", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("action", "undertaking"),
                condition=Q(taken_out_at__isnull=True),
                name="service_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    taken_out_at__isnull=True, taken_out_by__isnull=True, taken_out_reason=""
                )
                | Q(taken_out_at__isnull=False, taken_out_by__isnull=False),
                name="service_taken_out_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.action_id} serves {self.undertaking_id}"


class Milestone(models.Model):
    """A step of an action, with its own date."""

    FROZEN = ("action_id", "date_of", "first_due_on", "added_by_id", "added_at")
    AUDITED = (
        *FROZEN,
        "title",
        "due_on",
        "met_on",
        "abandoned_at",
        "abandoned_by_id",
        "abandoned_reason",
    )

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(max_length=300)
    date_of = models.CharField(max_length=10, choices=DateOf, default=DateOf.BODY)
    first_due_on = models.DateField()
    due_on = models.DateField()
    met_on = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    abandoned_at = models.DateTimeField(null=True, blank=True)
    abandoned_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    abandoned_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    abandoned_at__isnull=True, abandoned_by__isnull=True, abandoned_reason=""
                )
                | Q(abandoned_at__isnull=False, abandoned_by__isnull=False, met_on__isnull=True),
                name="milestone_abandoned_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Dependency(models.Model):
    """What an action waits for: another action, or something outside the plan, in words."""

    FROZEN = ("action_id", "on_action_id", "words", "needed_by_on", "added_by_id", "added_at")
    AUDITED = (*FROZEN, "met_on", "taken_out_at", "taken_out_by_id", "taken_out_reason")

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="dependencies")
    on_action = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="dependents"
    )
    words = models.TextField(blank=True)
    needed_by_on = models.DateField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True, help_text="For what is outside the plan.")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    taken_out_at = models.DateTimeField(null=True, blank=True)
    taken_out_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_out_reason = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "dependencies"
        ordering = ("action", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(on_action__isnull=False) | ~Q(words=""), name="dependency_on_something"
            ),
            models.CheckConstraint(
                condition=Q(on_action__isnull=True) | ~Q(on_action=F("action")),
                name="dependency_on_another",
            ),
            models.CheckConstraint(
                condition=Q(
                    taken_out_at__isnull=True, taken_out_by__isnull=True, taken_out_reason=""
                )
                | Q(taken_out_at__isnull=False, taken_out_by__isnull=False),
                name="dependency_taken_out_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.action_id} waits for {self.on_action_id or self.words}"
