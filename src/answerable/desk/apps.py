"""The desk part as Django knows it."""

from django.apps import AppConfig


class Desk(AppConfig):
    """For signed-in people: every staff page."""

    name = "answerable.desk"
    label = "desk"
