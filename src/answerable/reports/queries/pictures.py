"""Pictures of pages: made when asked for, kept for a while, never more than there is room for."""

import os
import secrets
from pathlib import Path

from django.conf import settings

from answerable.engine import documents
from answerable.reports.models import Document
from answerable.reports.queries import files

WIDTHS = (500, 1000, 1600)
"""The widths in pixels that can be asked for: few, so that a stranger cannot fill the cache."""


def _kept_at(document: Document, page: int, width: int) -> Path:
    folder = Path(settings.PICTURES) / document.sha256[:2]
    return folder / f"{document.sha256}-{page}-{width}.png"


def _forget_oldest(room: int) -> None:
    """Remove the pictures that were looked at longest ago until the rest fit into ``room``."""
    found = []
    for path in Path(settings.PICTURES).glob("*/*.png"):
        try:
            status = path.stat()
        except FileNotFoundError:
            continue  # another process was quicker
        found.append((status.st_mtime, status.st_size, path))
    total = sum(size for _, size, _ in found)
    for _, size, path in sorted(found):
        if total <= room:
            return
        path.unlink(missing_ok=True)
        total -= size


def _keep(path: Path, picture: bytes) -> None:
    """Keep a picture, whole or not at all. A full disk only means that it is made again."""
    unfinished = path.with_name(f"{path.stem}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(picture)
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        return
    _forget_oldest(settings.PICTURES_BYTES)


def picture_of(document: Document, page: int, *, width: int = 1000) -> bytes:
    """A page of a paged document as PNG, ``width`` pixels wide.

    Raises:
        Unreadable: where the page cannot be drawn.
        ValueError: for a width that is not in :data:`WIDTHS`.
    """
    if width not in WIDTHS:
        raise ValueError(f"Pages are drawn {WIDTHS} pixels wide, not {width}.")
    path = _kept_at(document, page, width)
    try:
        picture = path.read_bytes()
        os.utime(path)  # the time it was last looked at
        return picture
    except OSError:
        pass
    with files.local(document) as original:
        picture = documents.page_picture(original, page, width=width)
    _keep(path, picture)
    return picture
