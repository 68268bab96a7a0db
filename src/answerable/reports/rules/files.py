"""How large a file may be, and what is said where one cannot be kept."""

import errno

from django.conf import settings
from django.db import DatabaseError

from answerable.audit.rules import Refused

FULL = "There is no room left on the disk, so nothing was kept. Tell your administrator, then try again."
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_FULL_WORDS = ("disk is full", "no space left", "disk full", "disk i/o error")


def check_size(size: int) -> None:
    """Refuses what is larger than the setting allows."""
    if size > settings.DOCUMENT_BYTES:
        most = settings.DOCUMENT_BYTES / (1024 * 1024)
        raise Refused(
            f"This file is larger than {most:g} MB, the most that is taken here. "
            "Save it with smaller pictures, or add it in parts.",
            code="too_large",
        )


def refusal_of(error: OSError) -> Refused:
    """What to say to a person whose file could not be kept."""
    if error.errno in _NO_ROOM:
        return Refused(FULL, code="disk_full")
    return Refused(
        "The file could not be kept, so nothing was changed. Tell your administrator: "
        f"the folder for documents answered “{error.strerror or error}”.",
        code="not_kept",
    )


def is_full(error: DatabaseError) -> bool:
    """Whether the database failed because its disk is full."""
    return any(words in str(error).lower() for words in _FULL_WORDS)
