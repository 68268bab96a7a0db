"""Recommendations, undertakings, replies and the positions read in them, and clocks."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from answerable.accounts.models import Body, Person
from answerable.reports.models import Decision, Document, Report


class Reference(models.Model):
    """The counter behind ``R-0001``: counts up, never down."""

    prefix = models.CharField(max_length=4, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}-{self.last:04}"


class Kind(models.TextChoices):
    """What a report calls what it asks for."""

    RECOMMENDATION = "recommendation", "recommendation"
    AREA_FOR_IMPROVEMENT = "area_for_improvement", "area for improvement"
    CAUSE_OF_CONCERN = "cause_of_concern", "cause of concern"
    LEARNING_POINT = "learning_point", "learning point"
    FINDING = "finding", "finding"


class Recommendation(models.Model):
    """What a report asks for. Its words, place and fingerprint never change, by triggers too."""

    FROZEN = (
        "reference",
        "serial",
        "report_id",
        "document_id",
        "number",
        "words",
        "kind",
        "page",
        "spans",
        "fingerprint",
        "accepted_at",
        "paraphrased",
        "source_url",
    )
    AUDITED = (*FROZEN, "withdrawn_at", "withdrawn_reason")

    reference = models.CharField(max_length=12, unique=True)
    serial = models.PositiveIntegerField(unique=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="recommendations")
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="recommendations"
    )
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, null=True, related_name="recommendation"
    )
    number = models.CharField(max_length=60, blank=True)
    words = models.TextField()
    kind = models.CharField(max_length=30, choices=Kind)
    page = models.PositiveIntegerField(null=True, blank=True)
    spans = models.JSONField(default=list)
    fingerprint = models.CharField(
        max_length=64, help_text="SHA-256 of the words, normalised as documented."
    )
    paraphrased = models.BooleanField(
        default=False, help_text="The words are ours, after a public source."
    )
    source_url = models.URLField(max_length=500, blank=True)
    subject = models.CharField(max_length=120, blank=True)
    next_due_on = models.DateField(
        null=True,
        blank=True,
        help_text="Soonest last day among its running clocks: kept for sorting, computed from them.",
    )
    accepted_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("serial",)
        indexes = (
            models.Index(fields=("report", "serial"), name="recommendation_of_report"),
            models.Index(fields=("next_due_on", "serial"), name="recommendation_by_due"),
            models.Index(fields=("kind", "serial"), name="recommendation_by_kind"),
            models.Index(
                fields=("serial",),
                condition=Q(withdrawn_at__isnull=False),
                name="recommendation_withdrawn",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="recommendation_withdrawn_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return self.reference


class Correction(models.Model):
    """A transcription error mended: the first words stay, these stand beside them, with the reason."""

    AUDITED = ("recommendation_id", "words", "reason", "at", "by_id")

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="corrections"
    )
    words = models.TextField()
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"correction of {self.recommendation_id}"


class Position(models.TextChoices):
    """What the overseer reads in a reply."""

    ACCEPTED = "accepted", "accepted"
    IN_PART = "in_part", "accepted in part"
    IN_PRINCIPLE = "in_principle", "accepted in principle"
    REJECTED = "rejected", "rejected"
    ANOTHERS = "anothers", "another body's matter"
    NO_RESPONSE = "no_response", "no response"


class Stands(models.TextChoices):
    """Where a body's answer stands: no reply, a reply to read, the position read, or passed on."""

    SILENT = "silent", "no reply"
    UNREAD = "unread", "reply to be read"
    ACCEPTED = "accepted", "accepted"
    IN_PART = "in_part", "accepted in part"
    IN_PRINCIPLE = "in_principle", "accepted in principle"
    REJECTED = "rejected", "rejected"
    ANOTHERS = "anothers", "another body's matter"
    NO_RESPONSE = "no_response", "no response in the reply"
    PASSED = "passed", "passed to a successor"


class Undertaking(models.Model):
    """One recommendation × one body it is addressed to. That body's answer hangs here.

    Only ``stands`` ever changes: it follows from the replies and the positions read in them, and
    is kept so that lists can filter by it.
    """

    FROZEN = ("recommendation_id", "body_id", "because", "passed_from_id", "added_at")
    AUDITED = ("recommendation_id", "body_id", "passed_from_id", "because", "stands")

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="undertakings"
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="undertakings")
    because = models.CharField(max_length=300, blank=True, help_text="Where the body is named.")
    passed_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="passed_to"
    )
    stands = models.CharField(max_length=20, choices=Stands, default=Stands.SILENT)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("recommendation", "pk")
        constraints = (
            models.UniqueConstraint(fields=("recommendation", "body"), name="undertaking_once"),
        )
        indexes = (
            models.Index(fields=("body", "stands", "recommendation"), name="undertaking_of_body"),
            models.Index(fields=("stands", "recommendation"), name="undertaking_stands"),
        )

    def __str__(self) -> str:
        return f"{self.recommendation_id} × {self.body_id}"


class Response(models.Model):
    """A body's reply, in its exact words. Never changed; a later reply stands beside it."""

    AUDITED = (
        "undertaking_id",
        "words",
        "dated_on",
        "received_on",
        "document_id",
        "page",
        "restates",
        "source_url",
        "entered_at",
        "entered_by_id",
    )

    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="responses")
    words = models.TextField()
    restates = models.TextField(
        blank=True, help_text="The recommendation as the reply words it, if it does."
    )
    dated_on = models.DateField()
    received_on = models.DateField(
        null=True, blank=True, help_text="Where it came on another day than it is dated."
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="responses"
    )
    page = models.PositiveIntegerField(null=True, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("dated_on", "entered_at", "pk")

    def __str__(self) -> str:
        return f"reply to {self.undertaking_id} of {self.dated_on}"


class PositionRead(models.Model):
    """The position that the overseer reads in a reply, with her reason. The newest counts."""

    AUDITED = ("response_id", "position", "reason", "at", "by_id")

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="positions")
    position = models.CharField(max_length=20, choices=Position)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "positions read"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.position


class Unit(models.TextChoices):
    """In what a time limit is counted."""

    CALENDAR_DAYS = "calendar_days", "days"
    WORKING_DAYS = "working_days", "working days"
    MONTHS = "months", "months"


class Basis(models.Model):
    """A legal or agreed time limit, one row a version. A new version does not touch past clocks."""

    AUDITED = (
        "code",
        "version",
        "name",
        "length",
        "unit",
        "first_day_counts",
        "starts_from",
        "source",
        "source_url",
        "valid_from",
        "extendable",
        "pausable",
        "note",
        "who",
        "owed",
        "publish_within_days",
    )

    code = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=200)
    who = models.CharField("who must answer", max_length=200, blank=True)
    length = models.PositiveIntegerField()
    unit = models.CharField(max_length=20, choices=Unit)
    first_day_counts = models.BooleanField()
    starts_from = models.CharField(max_length=20)
    source = models.CharField(max_length=300)
    source_url = models.URLField(max_length=500, blank=True)
    owed = models.CharField("what is owed", max_length=300, blank=True)
    publish_within_days = models.PositiveIntegerField(
        null=True, blank=True, help_text="How soon the maker must publish the reply, if at all."
    )
    valid_from = models.DateField(null=True, blank=True, help_text="Empty where not recorded.")
    extendable = models.BooleanField(default=False)
    pausable = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "bases"
        ordering = ("code", "-version")
        constraints = (
            models.UniqueConstraint(fields=("code", "version"), name="basis_version_once"),
        )

    def __str__(self) -> str:
        return self.name


class Clock(models.Model):
    """A time limit that runs for one undertaking. ``computed_on`` and ``official_on`` never mix."""

    class State(models.TextChoices):
        RUNNING = "running", "running"
        PAUSED = "paused", "paused"
        STOPPED = "stopped", "stopped by a reply"
        PASSED = "passed", "passed to a successor"
        WITHDRAWN = "withdrawn", "recommendation withdrawn"

    FROZEN = ("undertaking_id", "basis_id", "starts_on", "first_computed_on")

    AUDITED = (
        "undertaking_id",
        "basis_id",
        "starts_on",
        "computed_on",
        "official_on",
        "official_reason",
        "stopped_on",
        "state",
    )

    undertaking = models.OneToOneField(Undertaking, on_delete=models.PROTECT, related_name="clock")
    basis = models.ForeignKey(Basis, on_delete=models.PROTECT, related_name="clocks")
    starts_on = models.DateField()
    computed_on = models.DateField(
        help_text="Last day, by the basis with its extensions and pauses."
    )
    first_computed_on = models.DateField(help_text="Last day as first computed, before any change.")
    official_on = models.DateField(null=True, blank=True, help_text="As the source gives it.")
    official_reason = models.TextField(blank=True)
    stopped_on = models.DateField(null=True, blank=True, help_text="The day a reply came.")
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    due_on = models.GeneratedField(
        expression=Coalesce("official_on", "computed_on"),
        output_field=models.DateField(),
        db_persist=True,
        db_index=True,
    )

    class Meta:
        ordering = ("due_on", "pk")
        indexes = (models.Index(fields=("state", "due_on"), name="clock_by_due"),)

    def __str__(self) -> str:
        return f"clock of {self.undertaking_id}"


class ClockChange(models.Model):
    """An extension, a pause, a resumption or an official date, with its reason. Never removed."""

    class What(models.TextChoices):
        EXTENDED = "extended", "extended"
        PAUSED = "paused", "paused"
        RESUMED = "resumed", "resumed"
        DATED = "dated", "official date recorded"

    AUDITED = (
        "clock_id",
        "what",
        "on",
        "days",
        "due_before",
        "due_after",
        "reason",
        "at",
        "by_id",
    )

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=10, choices=What)
    on = models.DateField(help_text="First day of a pause, day of resumption, or the date given.")
    days = models.PositiveIntegerField(
        default=0, help_text="Length of an extension, in the basis's unit."
    )
    due_before = models.DateField()
    due_after = models.DateField()
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.what} {self.on}"
