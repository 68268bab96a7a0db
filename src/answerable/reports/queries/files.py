"""Where documents are kept, and how much one of them may cost to read."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage

from answerable.engine.documents.shapes import Limits
from answerable.reports.models import Document


def place_of(sha256: str) -> str:
    """The name in the storage of the file with this digest: ``ab/abcdef…``."""
    return f"{sha256[:2]}/{sha256}"


def limits() -> Limits:
    """The settings of how much a stranger's document may cost, as the engine takes them."""
    return Limits(
        bytes=settings.DOCUMENT_BYTES,
        pages=settings.DOCUMENT_PAGES,
        memory=settings.DOCUMENT_MEMORY,
        cpu_seconds=settings.DOCUMENT_SECONDS,
        wall_seconds=settings.DOCUMENT_SECONDS,
        page_seconds=settings.OCR_SECONDS,
    )


@contextmanager
def local(document: Document) -> Iterator[Path]:
    """The document as a file on this machine: its own, or a copy where the storage is elsewhere."""
    try:
        yield Path(default_storage.path(str(document.file.name)))
        return
    except NotImplementedError:
        pass  # a storage without paths, such as S3
    with tempfile.NamedTemporaryFile(prefix="document-") as copy:
        with default_storage.open(str(document.file.name), "rb") as kept:
            for chunk in kept.chunks():
                copy.write(chunk)
        copy.flush()
        yield Path(copy.name)
