"""Reply documents read against their report, what the reader proposed, and what people decided."""

from django.db import models

from answerable.accounts.models import Body, Person
from answerable.register.models.recorded import Response, Undertaking
from answerable.reports.models import Document


class ReplyReading(models.Model):
    """One run of the reader over a reply of one body. What it proposed stays as it was for ever.

    ``themes`` are the parts that answer nothing by name: [{heading, page, likely: [[reference,
    likeness], …]}, …]. ``proposals_digest`` binds the proposals, and the audit chain binds it.
    """

    AUDITED = (
        "document_id",
        "body_id",
        "engine",
        "dated_on",
        "received_on",
        "proposals_digest",
        "at",
        "by_id",
    )

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="reply_readings")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="reply_readings")
    engine = models.CharField(max_length=40, help_text="Version of the engine.")
    dated_on = models.DateField()
    received_on = models.DateField(null=True, blank=True)
    themes = models.JSONField(default=list)
    proposals_digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"reading of the reply {self.document_id} of {self.body_id}"


class ProposedAnswer(models.Model):
    """Which words of a reply answer which recommendation, as the machine has it. Never changed."""

    reading = models.ForeignKey(ReplyReading, on_delete=models.PROTECT, related_name="proposals")
    ordinal = models.PositiveIntegerField()
    undertaking = models.ForeignKey(
        Undertaking, on_delete=models.PROTECT, related_name="proposed_answers"
    )
    words = models.TextField()
    restates = models.TextField(blank=True)
    page = models.PositiveIntegerField(null=True)
    spans = models.JSONField(help_text="[{page, start, end, boxes: [[l, t, r, b], …]}, …]")
    how = models.CharField(max_length=20)
    confidence = models.FloatField()
    why = models.JSONField(default=list, help_text="Sentences.")

    class Meta:
        ordering = ("reading", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("reading", "undertaking"), name="proposed_once"),
        )

    def __str__(self) -> str:
        return f"proposed answer to {self.undertaking_id}"


class AnswerDecision(models.Model):
    """What a person decided about a proposed answer. Nothing is taken out; the newest counts.

    ``undertaking`` is what it was entered for, which can be another than proposed.
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "entered as proposed"
        CORRECTED = "corrected", "entered with other bounds"
        MOVED = "moved", "entered for another recommendation"
        DISMISSED = "dismissed", "not an answer to it"

    AUDITED = ("proposal_id", "undertaking_id", "response_id", "outcome", "reason", "at", "by_id")

    proposal = models.ForeignKey(ProposedAnswer, on_delete=models.PROTECT, related_name="decisions")
    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="+")
    response = models.OneToOneField(
        Response, on_delete=models.PROTECT, null=True, blank=True, related_name="proposed"
    )
    outcome = models.CharField(max_length=12, choices=Outcome)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.outcome} {self.proposal_id}"
