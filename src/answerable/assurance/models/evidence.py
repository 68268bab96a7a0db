"""Evidence as it was handed in, where it is used, and the grade that the verifier gives it."""

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Body, Person
from answerable.register.models import Undertaking


class Grade(models.TextChoices):
    """What evidence can carry, from least to most."""

    ASSERTION = "assertion", "assertion"
    POLICY = "policy", "plan or policy"
    TRAINING = "training", "training delivered"
    USE = "use", "use in practice"
    SAMPLE = "sample", "independent sample or audit"
    OUTCOME = "outcome", "measured outcome"


class Evidence(models.Model):
    """A file, a link kept as a snapshot, or a statement. Sealed from the public by default."""

    class Kind(models.TextChoices):
        FILE = "file", "file"
        LINK = "link", "link, kept as it was"
        STATEMENT = "statement", "statement"

    FROZEN = (
        "kind",
        "body_id",
        "name",
        "sha256",
        "size",
        "media_type",
        "address",
        "taken_at",
        "words",
        "shows",
        "does_not_show",
        "covers_from",
        "covers_to",
        "expires_on",
        "expires_because",
        "grade_proposed",
        "findings",
        "uploaded_by_id",
        "uploaded_at",
    )
    AUDITED = (*FROZEN, "is_public")

    kind = models.CharField(max_length=10, choices=Kind)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="evidence")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(
        max_length=64, db_index=True, help_text="Of the file, the snapshot, or the statement."
    )
    size = models.PositiveBigIntegerField(default=0)
    media_type = models.CharField(max_length=100, blank=True)
    file = models.FileField(max_length=120, blank=True, help_text="The file, or the snapshot.")
    address = models.URLField(max_length=500, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True, help_text="When the snapshot was taken.")
    words = models.TextField(blank=True, help_text="The words of a statement.")
    shows = models.TextField()
    does_not_show = models.TextField()
    covers_from = models.DateField(null=True, blank=True)
    covers_to = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    expires_because = models.TextField(blank=True)
    grade_proposed = models.CharField(max_length=10, choices=Grade)
    findings = models.JSONField(
        default=list,
        help_text="What the check for personal data found: kinds and counts, no words.",
    )
    is_public = models.BooleanField(default=False)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ("uploaded_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="link") | (~Q(address="") & Q(taken_at__isnull=False)),
                name="evidence_link_has_address",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | ~Q(expires_because=""),
                name="evidence_expiry_has_reason",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Use(models.Model):
    """A piece of evidence is offered for an undertaking. Taken out with a reason, never removed."""

    FROZEN = ("evidence_id", "undertaking_id", "added_by_id", "added_at")
    AUDITED = (*FROZEN, "taken_out_at", "taken_out_by_id", "taken_out_reason")

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="uses")
    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="evidence")
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
                fields=("evidence", "undertaking"),
                condition=Q(taken_out_at__isnull=True),
                name="use_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    taken_out_at__isnull=True, taken_out_by__isnull=True, taken_out_reason=""
                )
                | Q(taken_out_at__isnull=False, taken_out_by__isnull=False),
                name="use_taken_out_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.evidence_id} for {self.undertaking_id}"


class Graded(models.Model):
    """The grade that a verifier gives a piece of evidence, with her reason. The newest counts."""

    AUDITED = ("evidence_id", "grade", "reason", "by_id", "at")

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="grades")
    grade = models.CharField(max_length=10, choices=Grade)
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "graded"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.grade} {self.evidence_id}"


class Sample(models.Model):
    """A sample that the office draws: the seed is committed before the list of records arrives.

    The list itself is never kept, only its length and digest; what was seen has no identifiers.
    """

    FROZEN = (
        "undertaking_id",
        "size",
        "why",
        "criteria",
        "seed_digest",
        "committed_by_id",
        "committed_at",
    )
    AUDITED = (
        *FROZEN,
        "population_digest",
        "population_size",
        "seed",
        "drawn",
        "drawn_by_id",
        "drawn_at",
        "seen",
        "seen_by_id",
        "seen_at",
    )

    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="samples")
    size = models.PositiveIntegerField()
    why = models.TextField(help_text="Why this many.")
    criteria = models.JSONField(help_text="What is looked for in each record: sentences.")
    seed_digest = models.CharField(max_length=64)
    secret = models.CharField(
        max_length=64, help_text="The seed, kept from everyone until the list has arrived."
    )
    committed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    committed_at = models.DateTimeField()
    population_digest = models.CharField(max_length=64, blank=True)
    population_size = models.PositiveIntegerField(null=True, blank=True)
    seed = models.CharField(max_length=64, blank=True, help_text="Revealed with what was drawn.")
    drawn = models.JSONField(
        null=True, blank=True, help_text="Places in the list, counted from 1: no record numbers."
    )
    drawn_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    drawn_at = models.DateTimeField(null=True, blank=True)
    seen = models.JSONField(
        null=True, blank=True, help_text="For each criterion: how many met it, of how many."
    )
    seen_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("committed_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True, drawn_by__isnull=True, seed="")
                | Q(drawn_at__isnull=False, drawn_by__isnull=False, drawn__isnull=False)
                & ~Q(seed="")
                & ~Q(population_digest=""),
                name="sample_drawn_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False, drawn_at__isnull=False),
                name="sample_seen_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"sample of {self.size} for {self.undertaking_id}"
