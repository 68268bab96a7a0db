"""What the child process gives up before it touches a document: memory, time, network, writing."""

import ctypes
import os
import resource
import signal
import sys

from answerable.engine.documents.shapes import Limits

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_DEATH_SIGNAL, _NO_NEW_PRIVILEGES = 1, 38
_REFUSED = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.chown",
    "shutil.",
    "ftplib.",
    "smtplib.",
    "urllib.",
    "webbrowser.",
)


def confine(limits: Limits) -> None:
    """Lower the limits of this process for good. Call it once, before opening the document."""
    _with_the_parent()
    _without_network()
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, 64)
    _limit(resource.RLIMIT_AS, limits.memory)
    # The soft limit sends SIGXCPU, which tells the parent why; the hard one is a second later.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    signal.alarm(max(1, limits.wall_seconds))
    sys.addaudithook(_refuse)


def _limit(which: int, value: int) -> None:
    _, hard = resource.getrlimit(which)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(which, (value, value))


def _with_the_parent() -> None:
    """Die when the parent dies, gain no rights. Linux only; elsewhere the wall clock does it."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if os.getppid() == 1:
        os._exit(1)


def _without_network() -> None:
    """Move to an empty network of its own, where the kernel permits that."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NET) != 0:
        libc.unshare(_NEW_USER | _NEW_NET)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """The second fence, for where the kernel does not permit the first."""
    if event.startswith(_REFUSED):
        raise PermissionError(f"{event} is not for the reader of documents")
    if event == "open" and len(arguments) > 2 and _writes(arguments[1], arguments[2]):
        raise PermissionError("the reader of documents writes no files")


def _writes(mode: object, flags: object) -> bool:
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
