"""The audit subject as Django knows it."""

from django.apps import AppConfig


class Audit(AppConfig):
    """Who did what, when."""

    name = "answerable.audit"
    label = "audit"
