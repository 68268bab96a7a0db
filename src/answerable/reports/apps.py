"""The reports part as Django knows it."""

from django.apps import AppConfig


class Reports(AppConfig):
    """Reports, documents, pages, candidates."""

    name = "answerable.reports"
    label = "reports"
