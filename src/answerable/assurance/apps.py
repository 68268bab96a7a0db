"""The assurance part as Django knows it."""

from django.apps import AppConfig


class Assurance(AppConfig):
    """Evidence, samples, interests, opinions, closures."""

    name = "answerable.assurance"
    label = "assurance"
