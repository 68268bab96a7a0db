"""Renders a line of template, as a page would."""

from typing import Any

from django.template import engines


def drawn(source: str, /, **context: Any) -> str:
    """The HTML of ``source`` with ``context``."""
    return engines["django"].from_string(source).render(context)
