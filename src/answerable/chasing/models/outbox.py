"""The outbox: one row for each message to one person, and what became of it."""

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Person
from answerable.chasing.models.chases import Dispatch
from answerable.chasing.models.people import Head


class Delivery(models.Model):
    """One message to one address. The address itself stays where it is kept: with the person.

    Marked as *sending* before a byte leaves. What was being sent when the process died is never
    sent again by itself: nobody can know whether it went, so a person says.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waits to be sent"
        SENDING = "sending", "is being sent"
        SENT = "sent", "sent"
        UNSURE = "unsure", "may have gone"
        FAILED = "failed", "could not be sent"
        DROPPED = "dropped", "not sent: it was answered before"

    dispatch = models.ForeignKey(
        Dispatch, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    head = models.ForeignKey(
        Head, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    digest_on = models.DateField(
        null=True, blank=True, help_text="The day of a digest of what needs this person."
    )
    digest = models.TextField(blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ("queued_at", "pk")
        indexes = (models.Index(fields=("state", "next_try_at"), name="delivery_waiting"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=False, head__isnull=True)
                | Q(person__isnull=True, head__isnull=False),
                name="delivery_to_one",
            ),
            models.CheckConstraint(
                condition=Q(dispatch__isnull=False, digest_on__isnull=True)
                | Q(dispatch__isnull=True, digest_on__isnull=False),
                name="delivery_of_one",
            ),
            models.UniqueConstraint(fields=("person", "digest_on"), name="digest_once_a_day"),
        )

    def __str__(self) -> str:
        return self.message_id
