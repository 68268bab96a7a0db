"""The chasing part as Django knows it."""

from django.apps import AppConfig


class Chasing(AppConfig):
    """Ladders, messages, letters, the outbox, digests and calendars."""

    name = "answerable.chasing"
    label = "chasing"
