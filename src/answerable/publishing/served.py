"""Public reading without Django and without a database: the files of the newest edition, from memory.

Wraps the application. A GET or HEAD of something that the edition holds is answered here; all else
goes on. Which edition is served says the link ``current`` alone, looked at once a second. A file is
read once, compared with the manifest, packed, and kept while there is room; one that is not as it
was published is never shown.
"""

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from wsgiref.util import FileWrapper

from django.conf import settings

from answerable.publishing import folders, manifest
from answerable.publishing.manifest import MANIFEST, SEAL, File, Unreadable

Headers = list[tuple[str, str]]

LOOK_EVERY = 1.0
ROOM = 64 * 1024 * 1024
"""How many bytes of files are kept in memory; the longest unread goes first."""
LARGE = 4 * 1024 * 1024
"""A file above this is sent from the disk."""

TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "sha256": "text/plain; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
PLAIN = "text/plain; charset=utf-8"
PACKED = ("html", "css", "js", "json", "csv", "txt", "svg")
ASIDE = ("docx", "xlsx", "zip")
"""What a browser saves rather than shows."""

FOR_EVER = "public, max-age=31536000, immutable"
A_MINUTE = "public, max-age=60, stale-while-revalidate=86400"


@dataclass(frozen=True, slots=True)
class Answer:
    """A file as it is sent: with its headers, plain and packed."""

    plain: bytes
    packed: bytes
    headers: Headers
    packed_headers: Headers

    @property
    def size(self) -> int:
        """The room it takes."""
        return len(self.plain) + len(self.packed)


class Edition:
    """One edition as it is served: what it holds, and what of it is in memory."""

    def __init__(self, root: Path, number: int, safe: Headers) -> None:
        self.root, self.number, self.safe = root, number, safe
        self.folder = root / str(number)
        content = (self.folder / MANIFEST).read_bytes()
        standing, self.files = manifest.read(content)
        self.day = datetime.fromisoformat(standing.published_at).astimezone(UTC)
        for path, data in ((MANIFEST, content), (SEAL, manifest.seal(content)[1])):
            self.files[path] = File(path, len(data), hashlib.sha256(data).hexdigest())
        self.kept: OrderedDict[str, Answer] = OrderedDict()
        self.room = ROOM

    def path_of(self, asked: str) -> str | None:
        """The file that an address means: ``/record/R-0001`` is ``record/R-0001.html``."""
        path = asked.lstrip("/") or "index.html"
        if path in self.files:
            return path
        page = f"{path}.html"
        return page if page in self.files else None

    def answer(self, path: str) -> Answer | None:
        """The answer with the file ``path``; None where it is not as it was published."""
        found = self.kept.get(path)
        if found is not None:
            self.kept.move_to_end(path)
            return found
        found = self._read(self.files[path])
        if found is not None:
            self._keep(path, found)
        return found

    def _read(self, file: File) -> Answer | None:
        try:
            data = (self.folder / file.path).read_bytes()
        except OSError:
            return None
        if hashlib.sha256(data).hexdigest() != file.sha256:
            return None
        headers = self.headers(file)
        packed = gzip.compress(data, 6, mtime=0) if _ending(file.path) in PACKED else b""
        if not packed or len(packed) >= len(data):
            return Answer(data, b"", _sized(headers, data), [])
        varied = [*headers, ("Vary", "Accept-Encoding")]
        packed_headers = _sized([*varied, ("Content-Encoding", "gzip")], packed)
        return Answer(data, packed, _sized(varied, data), packed_headers)

    def _keep(self, path: str, answer: Answer) -> None:
        self.kept[path] = answer
        self.room -= answer.size
        while self.room < 0 and len(self.kept) > 1:
            self.room += self.kept.popitem(last=False)[1].size

    def headers(self, file: File) -> Headers:
        """The headers of a file but its length."""
        ending = _ending(file.path)
        found = [
            ("Content-Type", TYPES.get(ending, PLAIN)),
            ("ETag", f'"{file.sha256[:32]}"'),
            ("Last-Modified", format_datetime(self.day, usegmt=True)),
            ("Cache-Control", FOR_EVER if file.path.startswith("assets/") else A_MINUTE),
            *self.safe,
        ]
        if ending in ASIDE:
            found.append(("Content-Disposition", "attachment"))
        if ending in ("json", "csv"):
            found.append(("Access-Control-Allow-Origin", "*"))
        return found


def _ending(path: str) -> str:
    return path.rpartition(".")[2].lower()


def _sized(headers: Headers, data: bytes) -> Headers:
    return [*headers, ("Content-Length", str(len(data)))]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a request is answered with, by whatever speaks to the browser."""

    status: int
    headers: Headers
    body: bytes | Path = b""


class Newest:
    """The newest edition in a folder, ready to answer."""

    def __init__(self, root: Path, safe: Headers) -> None:
        self.root, self.safe = root, safe
        self.edition: Edition | None = None
        self.looked = -LOOK_EVERY

    def current(self) -> Edition | None:
        """The edition that the link points to now."""
        now = time.monotonic()
        if now - self.looked >= LOOK_EVERY:
            self.looked = now
            number = folders.pointed_to(self.root)
            if number != (self.edition.number if self.edition else 0):
                self.edition = self._load(number)
        return self.edition

    def _load(self, number: int) -> Edition | None:
        """Edition ``number``; the one served before where it cannot be read."""
        try:
            return Edition(self.root, number, self.safe) if number else None
        except (OSError, Unreadable):
            return self.edition

    def reply(self, asked: str, known: str, accepts: str) -> Reply | None:
        """The reply to a request for the path ``asked``; None where the edition has no such thing.

        ``known`` is what the browser says it has (If-None-Match), ``accepts`` how it takes it
        (Accept-Encoding).
        """
        edition = self.current()
        if edition is None:
            return None
        path = edition.path_of(asked)
        if path is None:
            return self._beside(edition, asked)
        file = edition.files[path]
        if file.sha256[:32] in known:
            return Reply(304, [h for h in edition.headers(file) if h[0] != "Content-Type"])
        if file.size > LARGE:
            return _from_disk(edition.folder / path, edition.headers(file))
        answer = edition.answer(path)
        if answer is None:
            return _not_as_published(self.safe)
        if answer.packed and "gzip" in accepts:
            return Reply(200, answer.packed_headers, answer.packed)
        return Reply(200, answer.headers, answer.plain)

    def _beside(self, edition: Edition, asked: str) -> Reply | None:
        """The whole edition as one file; an address with a slash too many; or not ours."""
        name = folders.zip_name(edition.number)
        if asked == f"/{name}" and (self.root / name).is_file():
            headers = edition.headers(File(name, 0, edition.files[MANIFEST].sha256))
            return _from_disk(self.root / name, headers)
        if asked.endswith("/") and asked.strip("/") and edition.path_of(asked.rstrip("/")):
            return Reply(308, [("Location", f"/{asked.strip('/')}"), *self.safe])
        return None


def _from_disk(path: Path, headers: Headers) -> Reply:
    return Reply(200, [*headers, ("Content-Length", str(path.stat().st_size))], path)


def _not_as_published(safe: Headers) -> Reply:
    """A file that somebody has changed: better no page than a wrong one."""
    words = (
        b"This page is not as it was published, so it is not shown. "
        b"The office can say what was changed with: answerable edition verify\n"
    )
    headers = [("Content-Type", PLAIN), ("Cache-Control", "no-store"), *safe]
    return Reply(503, _sized(headers, words), words)


class Served:
    """The application, with the newest edition in front of it."""

    def __init__(self, application: WSGIApplication, newest: Newest) -> None:
        self.application, self.newest = application, newest

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer a reader from the edition; hand on all else."""
        method = environ["REQUEST_METHOD"]
        if method in ("GET", "HEAD"):
            reply = self.newest.reply(
                environ.get("PATH_INFO", "/"),
                environ.get("HTTP_IF_NONE_MATCH", ""),
                environ.get("HTTP_ACCEPT_ENCODING", ""),
            )
            if reply is not None:
                start(f"{reply.status} {HTTPStatus(reply.status).phrase}", reply.headers)
                return [] if method == "HEAD" else _body(reply.body, environ)
        return self.application(environ, start)


def _body(body: bytes | Path, environ: WSGIEnvironment) -> Iterable[bytes]:
    if isinstance(body, bytes):
        return [body] if body else []
    wrapper = environ.get("wsgi.file_wrapper", FileWrapper)
    found: Iterable[bytes] = wrapper(body.open("rb"), 64 * 1024)
    return found


def newest_edition() -> Newest:
    """The newest edition of this installation."""
    return Newest(Path(settings.EDITIONS), safe_headers())


def safe_headers() -> Headers:
    """The headers that every public answer carries: the policy of the whole site."""
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    rules = "; ".join(f"{name} {' '.join(sources)}" for name, sources in policy.items())
    headers = [
        ("Content-Security-Policy", rules),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ]
    if settings.SECURE_HSTS_SECONDS:
        held = f"max-age={settings.SECURE_HSTS_SECONDS}"
        headers.append(("Strict-Transport-Security", held))
    return headers
