"""What was recognised in a scan, kept page by page until the whole of it is read.

Recognising takes seconds a page. A worker that is killed half-way through a long scan loses one
page of work: the next one finds the others here, on the machine's own disk.
"""

import os
import shutil
from pathlib import Path

from django.conf import settings

from answerable.reports.models import Document

SLOW = "Its pages are pictures, so their text is recognised first: a few seconds a page."


class Recognised:
    """The pages of one document that were recognised so far."""

    def __init__(self, document: Document) -> None:
        self.folder = Path(settings.RECOGNISED) / document.sha256

    def get(self, page: int) -> bytes | None:
        """What was kept for a page."""
        try:
            return (self.folder / str(page)).read_bytes()
        except FileNotFoundError:
            return None

    def keep(self, page: int, found: bytes) -> None:
        """Keep what was recognised in a page: whole, or not at all."""
        self.folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        arriving = self.folder / f"{page}.arriving-{os.getpid()}"
        arriving.write_bytes(found)
        arriving.replace(self.folder / str(page))

    def forget(self) -> None:
        """Keep nothing any more: the document is read, or was put aside."""
        shutil.rmtree(self.folder, ignore_errors=True)


def sweep() -> int:
    """Take away what is kept for documents that nobody is reading any more; how many they were."""
    wanted = Document.objects.filter(state__in=(Document.State.WAITING, Document.State.READING))
    digests = set(wanted.values_list("sha256", flat=True))
    left = [f for f in Path(settings.RECOGNISED).glob("*") if f.name not in digests]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)
