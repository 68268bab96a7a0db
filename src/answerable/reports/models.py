"""Reports, the documents received for them, what the engine read, and what people decided."""

import math

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Area, Body, Person


class Report(models.Model):
    """A review, inquiry, inspection, investigation or audit."""

    class Kind(models.TextChoices):
        REVIEW = "review", "independent review"
        INQUIRY = "inquiry", "inquiry"
        INSPECTION = "inspection", "inspection"
        INVESTIGATION = "investigation", "investigation"
        AUDIT = "audit", "audit"
        SCRUTINY = "scrutiny", "scrutiny committee report"
        CORONER = "coroner", "coroner's report"
        OTHER = "other", "other report"

    AUDITED = (
        "title",
        "slug",
        "kind",
        "author_id",
        "commissioner_id",
        "terms",
        "scope",
        "period_from",
        "period_to",
        "published_on",
        "published_words",
        "address",
        "stated_count",
        "clock_basis",
        "invented",
    )

    title = models.CharField(max_length=300)
    slug = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    author = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="reports_made")
    commissioner = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="reports_commissioned"
    )
    terms = models.TextField("terms of reference", blank=True)
    scope = models.TextField(blank=True)
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="reports")
    published_on = models.DateField(null=True, blank=True)
    published_words = models.CharField(
        max_length=40,
        blank=True,
        help_text="Where only a year or month is known, as the source has it.",
    )
    address = models.URLField("official address", max_length=500, blank=True)
    stated_count = models.PositiveIntegerField(null=True, blank=True)
    clock_basis = models.CharField(
        max_length=60, blank=True, help_text="Code of the legal basis on which replies are timed."
    )
    invented = models.BooleanField(default=False)
    logged_at = models.DateTimeField()
    logged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(
        default=1, help_text="Counts changes: an edit names the one it saw."
    )

    class Meta:
        ordering = ("-published_on", "title")

    def __str__(self) -> str:
        return self.title


class Document(models.Model):
    """A file received for a report, kept byte for byte under its SHA-256."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting to be read"
        READING = "reading", "being read"
        READ = "read", "read"
        PARKED = "parked", "put aside"

    class Purpose(models.TextChoices):
        REPORT = "report", "the report itself"
        REPLY = "reply", "a reply"

    AUDITED = ("report_id", "sha256", "size", "media_type", "purpose", "is_public")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="documents")
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.REPORT)
    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    file = models.FileField(max_length=120)
    page_count = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    state_reason = models.TextField(blank=True)
    pages_done = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    is_public = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("received_at", "pk")

    def __str__(self) -> str:
        return self.name


class Page(models.Model):
    """One page as it was read: its text in reading order, its lines and word boxes."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="pages")
    number = models.PositiveIntegerField()
    width = models.FloatField()
    height = models.FloatField()
    text = models.TextField()
    lines = models.JSONField(help_text="[[start, end, left, top, right, bottom], …]")
    words = models.JSONField(help_text="[[start, end, left, top, right, bottom], …]")

    class Meta:
        ordering = ("document", "number")
        constraints = (models.UniqueConstraint(fields=("document", "number"), name="page_once"),)

    def __str__(self) -> str:
        return f"{self.document_id} page {self.number}"


class PageSeen(models.Model):
    """A person has had this page before their eyes on the checking page.

    A document without pages is one page that is shown in several parts; ``part`` counts them.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="seen")
    part = models.PositiveIntegerField(default=1)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "pages seen"
        constraints = (
            models.UniqueConstraint(fields=("page", "person", "part"), name="page_seen_once"),
        )

    def __str__(self) -> str:
        return f"{self.page_id} {self.person_id}"


class Reading(models.Model):
    """One run of the engine over one document. What it proposed stays as it was for ever."""

    AUDITED = ("document_id", "engine", "candidates_digest")

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="reading")
    engine = models.CharField(max_length=40, help_text="Version of the engine.")
    at = models.DateTimeField()
    seconds = models.FloatField()
    stated_count = models.PositiveIntegerField(null=True, blank=True)
    candidates_digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"reading of {self.document_id}"


class Candidate(models.Model):
    """What the machine proposed. Never changed; decisions stand in :class:`Decision`.

    What is of a kind in ``APART`` stands in the document and is not asked for by it: it waits for
    nobody, and counts as proposed by the reader only once a person has made it something else.
    """

    APART = ("quoted", "finding")

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="candidates")
    ordinal = models.PositiveIntegerField()
    run = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=60, blank=True)
    words = models.TextField()
    kind = models.CharField(max_length=30)
    page = models.PositiveIntegerField(null=True)
    spans = models.JSONField(help_text="[{page, start, end, boxes: [[l, t, r, b], …]}, …]")
    also = models.JSONField(default=list)
    addressees = models.JSONField(default=list, help_text="[{name, why}, …]")
    due = models.JSONField(
        null=True, help_text="{words, on, why}, and of a period {months, days, working, basis}"
    )
    whose = models.CharField(
        max_length=300,
        blank=True,
        default="",
        help_text="Who made it, where it is quoted and the document says so.",
    )
    confidence = models.FloatField()
    why = models.JSONField(default=list, help_text="Sentences.")
    taken = models.BooleanField(default=True)

    class Meta:
        ordering = ("reading", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("reading", "ordinal"), name="candidate_once"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.words[:60]}"

    @property
    def sure(self) -> int:
        """How sure the reader is, in percent; never quite certain."""
        return max(1, min(99, round(self.confidence * 100)))

    @property
    def tenths(self) -> int:
        """How many in ten like this are right, if the reader is as sure as it should be."""
        return math.floor(self.confidence * 10 + 0.5)

    @property
    def sure_words(self) -> str:
        """What its confidence means: "about 9 in 10 like this are right"."""
        ends = {0: "hardly any like this are right", 10: "nearly all like this are right"}
        return ends.get(self.tenths, f"about {self.tenths} in 10 like this are right")

    @property
    def apart(self) -> bool:
        """Whether it is quoted or found rather than asked for."""
        return self.kind in self.APART

    @property
    def own(self) -> bool:
        """Whether the reader proposes it as something that the document asks for."""
        return self.taken and not self.apart


class Notice(models.Model):
    """Something about a reading that a person must look at; shown until someone has settled it."""

    AUDITED = ("reading_id", "code", "settled_at")

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="notices")
    code = models.CharField(max_length=30)
    sentence = models.TextField()
    page = models.PositiveIntegerField(null=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_how = models.TextField(blank=True)

    class Meta:
        ordering = ("page", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="notice_settled_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return self.sentence


class Decision(models.Model):
    """What a person decided about a passage. A decision is taken back, never deleted.

    ``candidate`` is empty where the engine missed the passage. A split makes several decisions
    with one candidate; a merge makes one decision that names the others in ``merged``.
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "accepted unchanged"
        CORRECTED = "corrected", "accepted with corrected bounds"
        SPLIT = "split", "split"
        MERGED = "merged", "merged into another"
        DISMISSED = "dismissed", "not a recommendation"
        ADDED = "added", "missed by the reader, added"

    AUDITED = (
        "document_id",
        "candidate_id",
        "into_id",
        "part",
        "outcome",
        "number",
        "words",
        "kind",
        "spans",
        "due_words",
        "due_on",
        "reason",
        "at",
        "by_id",
        "taken_back_at",
    )

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="decisions")
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    part = models.PositiveIntegerField(default=0, help_text="0, or the piece of a split: 1, 2, …")
    outcome = models.CharField(max_length=12, choices=Outcome)
    number = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    kind = models.CharField(max_length=30, blank=True)
    spans = models.JSONField(default=list)
    due_words = models.CharField(
        max_length=300, blank=True, help_text="When it must be done, as the report says it."
    )
    due_on = models.DateField(null=True, blank=True)
    due_why = models.CharField(
        max_length=400,
        blank=True,
        default="",
        help_text="How the date was reckoned, where a person did not choose another.",
    )
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("candidate", "part"),
                condition=Q(taken_back_at__isnull=True, candidate__isnull=False),
                name="candidate_decided_once",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="decision_taken_back_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.outcome} {self.number}"
