"""Reading documents from outside: in a child process that can be lost without harm.

The child is a fresh interpreter, not a fork of a server with threads. It has its own process group,
limits on memory, processor and wall-clock time, no network and nothing to write to; it is ended as
a group and reaped whatever happens. What it says is data, and is checked.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO, Any, Protocol

from answerable.engine.documents import codec, explaining, ocr, recognised, scans
from answerable.engine.documents.recognised import Recognised
from answerable.engine.documents.shapes import (
    STANDARD,
    Checked,
    Limits,
    MediaType,
    Progress,
    Reading,
    Unreadable,
)

_COMMAND = (sys.executable, "-I", "-X", "utf8", "-m", "answerable.engine.documents.child")
_MOST_ANSWER = 1024 * 1024 * 1024
_LONGEST_LINE = 64 * 1024
_GRACE = 2.0
_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_FAILED = 8
"""After so many pictures that could not be looked at, the others of the document are left alone."""


class Memory(Protocol):
    """Where what was recognised is kept until the whole document is read."""

    def get(self, page: int) -> bytes | None:
        """What was kept for a page."""

    def keep(self, page: int, found: bytes) -> None:
        """Keep what was recognised in a page."""


def read_safely(
    path: Path,
    *,
    limits: Limits = STANDARD,
    name: str = "",
    on_page: Callable[[Progress], None] | None = None,
    memory: Memory | None = None,
) -> Reading:
    """Check and read a document in a child process.

    Where pages are pictures and the ``ocr`` extra is installed, the text of each is recognised in
    a child of its own first; ``memory`` lets a later try go on where this one was killed.
    ``on_page`` is told of every page as it is read. Raises :class:`Unreadable`, and nothing else,
    where the document is refused, parked, too slow or makes the child fall over.
    """
    order = {
        "task": "read",
        "path": str(path.resolve()),
        "name": name,
        "recognise": ocr.available(),
    }
    child = _Child(order, limits, on_page)
    answer = child.run()
    if child.pictures:
        found = list(_recognised(path, child, memory))
        answer = _Child(order, limits, on_page, recognised.encode(found)).run()
    try:
        return codec.decode(answer)
    except codec.Malformed:
        raise _fell_over() from None


def _recognised(path: Path, asked: "_Child", memory: Memory | None) -> Iterator[Recognised]:
    """Each page that the child asked for, as it was kept or as it is recognised now."""
    failed = 0
    limits = asked.limits
    seconds = limits.page_seconds
    limits = replace(limits, cpu_seconds=seconds, wall_seconds=seconds)
    for before, page in zip((0, *asked.pictures), asked.pictures, strict=False):
        if asked.on_page is not None:
            asked.on_page(Progress(before, asked.pages, recognising=True))
        kept = memory.get(page) if memory is not None else None
        found = _decoded(kept, page) if kept is not None else None
        if found is None and failed >= _MOST_FAILED:
            found = Recognised(page, trouble="It was not tried, because too many others failed.")
        elif found is None:
            found = _recognise(path, page, limits)
            if memory is not None:
                memory.keep(page, recognised.encode([found]))
        failed += bool(found.trouble)
        yield found


def _recognise(path: Path, page: int, limits: Limits) -> Recognised:
    """The text in the picture of one page; where it is refused, why."""
    order = {"task": "recognise", "path": str(path.resolve()), "name": "", "page": page}
    try:
        return _decoded(_Child(order, limits, None).run(), page) or _no_page(page, _fell_over())
    except Unreadable as refused:
        return _no_page(page, refused)


def _no_page(page: int, refused: Unreadable) -> Recognised:
    return Recognised(page, trouble=scans.trouble(refused))


def _decoded(answer: bytes, page: int) -> Recognised | None:
    try:
        (found,) = recognised.decode(answer)
    except ValueError:
        return None
    return found if found.number == page else None


def check_safely(path: Path, *, limits: Limits = STANDARD, name: str = "") -> Checked:
    """The gate alone, in a child process: quick enough for the moment of an upload."""
    order = {"task": "check", "path": str(path.resolve()), "name": name}
    answer = _Child(order, limits, None).run()
    try:
        pages, size, digest, kind, remarks = json.loads(answer)
        return Checked(str(digest), int(size), _known(kind), pages, tuple(map(str, remarks)))
    except (ValueError, TypeError):
        raise _fell_over() from None


def page_picture(path: Path, page: int, *, width: int = 1000, limits: Limits = STANDARD) -> bytes:
    """PNG of one page of a PDF, drawn in a child process. Raises :class:`Unreadable`."""
    order = {"task": "picture", "path": str(path.resolve()), "page": page, "width": width}
    answer = _Child(order, limits, None).run()
    if not answer.startswith(_PNG):
        raise _fell_over()
    return answer


def explain_safely(
    path: Path,
    *,
    pages: Sequence[int] = (),
    width: int = 760,
    limits: Limits = STANDARD,
    name: str = "",
) -> tuple[explaining.Explanation, dict[int, bytes]]:
    """Read a document in a child process; gives what became of every block, and pictures.

    ``pages`` are those to draw; without any, all of them as far as time allows. Raises
    :class:`Unreadable`, as :func:`read_safely` does.
    """
    order = {"task": "explain", "path": str(path.resolve()), "name": name}
    answer = _Child(order | {"pages": list(pages), "width": width}, limits, None).run()
    try:
        return explaining.decode(answer)
    except codec.Malformed:
        raise _fell_over() from None


def _known(kind: str) -> MediaType:
    known: dict[str, MediaType] = {
        "application/pdf": "application/pdf",
        "text/html": "text/html",
        "text/plain": "text/plain",
    }
    docx: MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return known.get(kind, docx)


class _Child:
    """One child process, from start to reaping."""

    def __init__(
        self,
        order: dict[str, Any],
        limits: Limits,
        on_page: Callable[[Progress], None] | None,
        told: bytes = b"",
    ) -> None:
        self.argument = json.dumps(order | {"limits": asdict(limits)})
        self.limits = limits
        self.on_page = on_page
        self.buffer = bytearray()
        self.answer: bytes | None = None
        self.refusal: Unreadable | None = None
        self.expected: int | None = None
        self.told = told
        self.pictures: tuple[int, ...] = ()
        self.pages = 0

    def run(self) -> bytes:
        """The child's answer, or the reason why there is none.

        The answer is empty where the child asks for ``pictures`` to be recognised first.
        """
        late = False
        with (
            tempfile.TemporaryFile() as told,
            subprocess.Popen(
                [*_COMMAND, self.argument],
                stdin=_from_its_start(told, self.told),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                # More threads than one make recognising text slower, not faster.
                env={"PATH": os.defpath, "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"},
                start_new_session=True,
                close_fds=True,
            ) as process,
        ):
            try:
                late = not self._listen(process)
            finally:
                _end(process)
        if self.refusal is not None:
            raise self.refusal
        if self.pictures and not self.told:
            return b""
        if self.answer is not None:
            return self.answer
        raise _too_slow() if late else _reason(process.returncode)

    def _listen(self, process: subprocess.Popen[bytes]) -> bool:
        """Take in what the child says until it is done. False where it took too long."""
        if process.stdout is None:
            return True
        deadline = time.monotonic() + self.limits.wall_seconds + _GRACE
        handle = process.stdout.fileno()
        with selectors.DefaultSelector() as selector:
            selector.register(handle, selectors.EVENT_READ)
            while self.answer is None and self.refusal is None and not self.pictures:
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                if not selector.select(left):
                    return False
                data = os.read(handle, 1 << 20)
                if not data:
                    return True
                self.buffer += data
                if not self._take():
                    return True
        return True

    def _take(self) -> bool:
        """Take whole messages out of the buffer. False where the child talks nonsense."""
        while True:
            if self.expected is not None:
                if len(self.buffer) >= self.expected:
                    self.answer = bytes(self.buffer[: self.expected])
                return True
            end = self.buffer.find(b"\n")
            if end < 0:
                return len(self.buffer) <= _LONGEST_LINE
            line = bytes(self.buffer[:end])
            del self.buffer[: end + 1]
            if not self._message(line):
                return False
            if self.refusal is not None or self.pictures:
                return True

    def _message(self, line: bytes) -> bool:
        kind, _, rest = line.partition(b" ")
        try:
            if kind == b"P":
                page, pages = (int(part) for part in rest.split())
                if self.on_page is not None:
                    self.on_page(Progress(page, pages))
            elif kind == b"R":
                self.expected = int(rest)
                return 0 <= self.expected <= _MOST_ANSWER
            elif kind == b"S":
                self.pages, *numbers = (int(part) for part in rest.split())
                self.pictures = tuple(n for n in numbers if n > 0)
            elif kind == b"U":
                reason = json.loads(rest)
                self.refusal = Unreadable(
                    str(reason["code"]), str(reason["sentence"]), parked=reason["parked"] is True
                )
            else:
                return False
        except (ValueError, KeyError, TypeError):
            return False
        return True


def _from_its_start(file: IO[bytes], content: bytes) -> IO[bytes]:
    """A file with this content, to be read from its beginning."""
    file.write(content)
    file.seek(0)
    return file


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group and reap the child."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()
    process.wait()


def _reason(status: int) -> Unreadable:
    if status in (-signal.SIGXCPU, -signal.SIGALRM):
        return _too_slow()
    return _fell_over()


def _too_slow() -> Unreadable:
    return Unreadable(
        "too_slow",
        "Reading this file took longer than is allowed, so it was stopped. "
        "Save it again as a plain PDF, or in parts, and send that.",
    )


def _fell_over() -> Unreadable:
    return Unreadable(
        "damaged",
        "This file is damaged in a way that stops the reader. "
        "Open it, save or print it as a new PDF, and send that.",
    )
