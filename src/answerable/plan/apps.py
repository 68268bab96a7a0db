"""The plan part as Django knows it."""

from django.apps import AppConfig


class Plan(AppConfig):
    """Closing tests, actions, milestones, moved dates, claims."""

    name = "answerable.plan"
    label = "plan"
