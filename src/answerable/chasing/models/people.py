"""Whom letters go to, and what each person wants to hear. Private, all of it."""

from django.db import models

from answerable.accounts.models import Body, Person


class Head(models.Model):
    """Who heads a body, and how a letter reaches them. Overwritten when another takes over.

    Only that it was changed is in the chain: names and addresses can be erased by changing them.
    """

    AUDITED = ("body_id", "version")

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="head")
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    address = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"head of {self.body_id}"


class Rhythm(models.TextChoices):
    """How often a person hears what needs them."""

    NEVER = "never", "never"
    DAILY = "daily", "every day"
    WEEKLY = "weekly", "every Monday"


class Subscription(models.Model):
    """What one person wants to hear: a digest, and a calendar at an address that is secret."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="subscription")
    rhythm = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.NEVER)
    calendar_digest = models.CharField(
        max_length=64, blank=True, db_index=True, help_text="SHA-256 of the secret address."
    )
    calendar_made_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id} {self.rhythm}"
