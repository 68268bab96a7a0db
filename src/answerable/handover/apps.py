"""The handover part as Django knows it."""

from django.apps import AppConfig


class Handover(AppConfig):
    """What was handed over to other offices, and what came from them."""

    name = "answerable.handover"
    label = "handover"
