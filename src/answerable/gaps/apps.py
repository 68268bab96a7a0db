"""The gaps part as Django knows it."""

from django.apps import AppConfig


class Gaps(AppConfig):
    """Gap analyses, each frozen as it was run, and the office's own list of themes."""

    name = "answerable.gaps"
    label = "gaps"
