"""One question to a child process: how whatever opens a file from outside is asked, and heard."""

import os
import subprocess
import sys
from threading import Timer

GRACE = 5
"""Seconds that a child may take beyond its own limits to begin and to tell."""


def ask_child(module: str, argument: str, *, seconds: float, most: int) -> bytes:
    """What ``python -I -m module argument`` writes: at most ``most`` bytes, within ``seconds``.

    It has no standard input, no environment of ours and no open files. It is gone afterwards; a
    child that was killed has told nothing, or only a part.
    """
    with subprocess.Popen(
        (sys.executable, "-I", "-m", module, argument),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        start_new_session=True,
        close_fds=True,
    ) as process:
        clock = Timer(seconds + GRACE, process.kill)
        clock.start()
        try:
            return process.stdout.read(most) if process.stdout else b""
        finally:
            clock.cancel()
            process.kill()
