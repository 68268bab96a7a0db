"""Files on their way in by the browser: written once, beside their later place, and hashed."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from answerable.reports.actions.files import Arriving


class Arrived(UploadedFile):  # type: ignore[type-arg]
    """What a form gets for a file: it is on the disk already, and goes when the request ends."""

    def __init__(self, arriving: Arriving, name: str, content_type: str) -> None:
        super().__init__(None, name, content_type, arriving.size)
        self.arriving = arriving

    def read(self, size: int = -1, /) -> bytes:
        """All that came, for whoever does not move the file."""
        if self.file is None:
            self.arriving.finish()
            self.file = self.arriving.path.open("rb")
        return self.file.read(size)

    def close(self) -> None:
        """Called by Django when the request ends: nothing may be left behind."""
        if self.file is not None:
            self.file.close()
        self.arriving.discard()


class ToItsPlace(FileUploadHandler):
    """Django's way to take an upload. Whoever has not signed in sends nothing to our disk."""

    chunk_size = 256 * 1024

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.arriving: Arriving | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Another file begins."""
        super().new_file(*args, **kwargs)
        person = getattr(self.request, "user", None)
        if person is None or not person.is_authenticated:
            raise SkipFile
        self.arriving = Arriving()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The next bytes; nobody else needs them."""
        if self.arriving is not None:
            self.arriving.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """The file has ended; what went wrong is told by whoever receives it."""
        arriving, self.arriving = self.arriving, None
        if arriving is None:
            return None
        return Arrived(arriving, self.file_name or "document", self.content_type or "")

    def upload_interrupted(self) -> None:
        """The person went away in the middle."""
        if self.arriving is not None:
            self.arriving.discard()
