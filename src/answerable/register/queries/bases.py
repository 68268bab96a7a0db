"""The legal bases that come with the product, as data with their sources."""

import json
from importlib.resources import files
from typing import Any

from answerable import world


def shipped_bases() -> list[dict[str, Any]]:
    """The rows of ``world/clock_bases.json``."""
    text = files(world).joinpath("clock_bases.json").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = json.loads(text)
    return rows
