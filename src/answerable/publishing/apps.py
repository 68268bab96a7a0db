"""The publishing part as Django knows it."""

from django.apps import AppConfig


class Publishing(AppConfig):
    """For everyone: editions, public pages, open data."""

    name = "answerable.publishing"
    label = "publishing"
