"""The virus scanner, where there is one: asked before a file is opened by anything else.

We speak clamd's own protocol (INSTREAM, in its manual page), which is shorter than any library
for it: the word, the file in chunks with their lengths before them, a zero, and one line back.
"""

import socket
import struct
from pathlib import Path

from django.conf import settings

from answerable.audit.rules import Refused

SECONDS = 120.0
CHUNK = 64 * 1024
LONGEST_ANSWER = 4096


def scan(path: Path) -> None:
    """Ask clamd at ``settings.CLAMD_SOCKET``; where there is no such setting, nothing is asked.

    Raises:
        Refused: where it finds something, or where it does not answer: a file that should have
            been scanned is not taken unscanned.
    """
    if not settings.CLAMD_SOCKET:
        return
    try:
        answer = _ask(path, settings.CLAMD_SOCKET)
    except OSError as error:
        raise _silent() from error
    if answer.endswith(" FOUND"):
        found = answer.removeprefix("stream: ").removesuffix(" FOUND")
        raise Refused(
            f"The virus scanner found “{found}” in this file, so it was not kept.", code="infected"
        )
    if answer != "stream: OK":
        raise _silent()


def answers() -> bool:
    """Whether the scanner that the settings name is there: for ``answerable doctor``."""
    try:
        with _connect(settings.CLAMD_SOCKET) as scanner:
            scanner.sendall(b"zPING\0")
            return scanner.recv(16).startswith(b"PONG")
    except OSError:
        return False


def _silent() -> Refused:
    return Refused(
        "The virus scanner does not answer, so no file is taken now. Tell your administrator, "
        "and try again later.",
        code="scanner",
    )


def _connect(address: str) -> socket.socket:
    """A path is a socket on this machine; HOST:PORT is one on another."""
    if "/" in address:
        connected = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connected.settimeout(SECONDS)
        connected.connect(address)
        return connected
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port) if port.isdecimal() else 3310), SECONDS)


def _ask(path: Path, address: str) -> str:
    with _connect(address) as scanner, path.open("rb") as file:
        scanner.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            scanner.sendall(struct.pack("!L", len(chunk)) + chunk)
        scanner.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            more = scanner.recv(LONGEST_ANSWER)
            if not more:
                break
            answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
