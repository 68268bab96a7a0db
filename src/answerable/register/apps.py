"""The register part as Django knows it."""

from django.apps import AppConfig


class Register(AppConfig):
    """Recommendations, undertakings, responses, clocks."""

    name = "answerable.register"
    label = "register"
