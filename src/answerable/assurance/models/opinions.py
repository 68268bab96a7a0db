"""The signed opinion, what binds those who may give it, and closing and reopening."""

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Body, Person
from answerable.assurance.models.evidence import Evidence
from answerable.plan.models import Claim, ClosingTest
from answerable.register.models import Link, Undertaking


class Interest(models.Model):
    """A person has declared what could make them partial towards a body or an undertaking."""

    FROZEN = ("person_id", "body_id", "undertaking_id", "declared_at")
    AUDITED = (*FROZEN, "ended_at", "ended_by_id")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interests")
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="interests_in"
    )
    undertaking = models.ForeignKey(
        Undertaking, on_delete=models.PROTECT, null=True, blank=True, related_name="interests_in"
    )
    words = models.TextField()
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("declared_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(body__isnull=False, undertaking__isnull=True)
                | Q(body__isnull=True, undertaking__isnull=False),
                name="interest_in_one",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="interest_ended_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"interest of {self.person_id}"


class Judgement(models.TextChoices):
    """What a verifier says she has seen."""

    ASSURED = "assured", "assured"
    PARTLY = "partly", "partly assured"
    NOT_ASSURED = "not_assured", "not assured"


class Opinion(models.Model):
    """One signed judgement, bound to the digest of exactly what was seen.

    Whether it still stands or is void is never stored: it is computed from what is there now.
    """

    FROZEN = (
        "undertaking_id",
        "judgement",
        "looked_at",
        "missing",
        "recheck_on",
        "digest",
        "seen",
        "closing_test_id",
        "claim_id",
        "signed_by_id",
        "signed_at",
    )
    AUDITED = (*FROZEN, "withdrawn_at", "withdrawn_by_id", "withdrawn_reason")

    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="opinions")
    judgement = models.CharField(max_length=12, choices=Judgement)
    looked_at = models.TextField()
    missing = models.TextField(blank=True)
    recheck_on = models.DateField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of `seen` as canonical JSON.")
    seen = models.JSONField(help_text="The wording, test, claim and evidence, as they were seen.")
    closing_test = models.ForeignKey(ClosingTest, on_delete=models.PROTECT, related_name="opinions")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="opinions")
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("signed_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason=""
                )
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="opinion_withdrawn_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.judgement} {self.undertaking_id}"


class Closure(models.Model):
    """The chair's decision that an undertaking is closed, and on what. Undone only by reopening."""

    class How(models.TextChoices):
        ASSURED = "assured", "assured"
        NOT_PURSUED = "not_pursued", "not pursued"

    AUDITED = ("undertaking_id", "how", "reason", "opinion_id", "by_id", "at")

    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="closures")
    how = models.CharField(max_length=12, choices=How)
    reason = models.TextField()
    opinion = models.ForeignKey(
        Opinion, on_delete=models.PROTECT, null=True, blank=True, related_name="closures"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(how="assured", opinion__isnull=False)
                | Q(how="not_pursued", opinion__isnull=True) & ~Q(reason=""),
                name="closure_on_an_opinion",
            ),
        )

    def __str__(self) -> str:
        return f"{self.how} {self.undertaking_id}"


class Reopening(models.Model):
    """A closed undertaking is open again, and why. Each counts."""

    class Because(models.TextChoices):
        RECHECK_FAILED = "recheck_failed", "a re-check failed"
        OPINION_WITHDRAWN = "opinion_withdrawn", "the opinion on which it was closed was withdrawn"
        EVIDENCE_EXPIRED = "evidence_expired", "its evidence expired"
        ASKED_AGAIN = "asked_again", "a later report asked for it again"
        OWN_WORD = "own_word", "the body itself said so"

    AUDITED = (
        "closure_id",
        "because",
        "words",
        "opinion_id",
        "evidence_id",
        "link_id",
        "claim_id",
        "by_id",
        "at",
    )

    closure = models.OneToOneField(Closure, on_delete=models.PROTECT, related_name="reopening")
    because = models.CharField(max_length=20, choices=Because)
    words = models.TextField()
    opinion = models.ForeignKey(
        Opinion, on_delete=models.PROTECT, null=True, blank=True, related_name="reopenings"
    )
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="reopenings"
    )
    link = models.ForeignKey(
        Link, on_delete=models.PROTECT, null=True, blank=True, related_name="reopenings"
    )
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="reopenings"
    )
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.because} {self.closure_id}"
