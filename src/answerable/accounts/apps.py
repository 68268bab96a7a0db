"""The accounts part as Django knows it."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """People, bodies and areas, roles, permissions."""

    name = "answerable.accounts"
    label = "accounts"
