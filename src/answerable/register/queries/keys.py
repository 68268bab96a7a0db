"""A long list of keys as one parameter, alike on both databases."""

import json
from collections.abc import Iterable

from django.db import connection
from django.db.models.expressions import RawSQL

KEYS = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT value::bigint FROM jsonb_array_elements_text(%s::jsonb)",
}


def these(keys: Iterable[int]) -> RawSQL:
    """For ``pk__in``: as many keys as there are, where a parameter each would be too many."""
    asked = json.dumps(sorted(keys))
    return RawSQL(KEYS[connection.vendor], [asked])  # noqa: S611 - a constant
