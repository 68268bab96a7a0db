"""`answerable serve | worker | migrate`: the processes that make up the product."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from answerable.assurance.actions.files import sweep
from answerable.assurance.actions.undoing import review_closures
from answerable.audit.actions import OPERATOR
from answerable.chasing.actions.outbox import send_waiting
from answerable.cli.telling import aside, example, plural, refuse, tell
from answerable.demo import marker
from answerable.publishing.actions import recover
from answerable.register.actions.bases import adopt_bases
from answerable.register.actions.importing import forget_pending
from answerable.register.actions.likeness_index import index_missing
from answerable.register.actions.meanings import store_vectors
from answerable.register.actions.suggesting import look_for_repeats
from answerable.reports.actions.work import run_worker

GRACE = 10.0
"""Seconds that a process has to end by itself; a document that is being read is read again later."""
_DEATH_SIGNAL = 1


def waiting_migrations() -> int:
    """How many steps the database is behind this version."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def prepare_tables() -> None:
    """Bring the database up to this version, with its cache table, and put nothing into it."""
    for folder in (settings.DATA, settings.STATIC_ROOT):
        folder.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def prepare() -> None:
    """As :func:`prepare_tables`, and adopt the legal bases of clocks that come with this version."""
    prepare_tables()
    adopt_bases(by=OPERATOR)


@click.command(
    epilog=example("answerable backup create /backups/before-the-upgrade.tar", "answerable migrate")
)
def migrate() -> None:
    """Bring the database up to this version. Safe to repeat. Make a backup first."""
    before = waiting_migrations()
    prepare()
    tell(
        f"The database is up to date ({plural(before, 'step')} done)."
        if before
        else "The database was up to date."
    )


def refuse_if_behind() -> None:
    """Stop, with what to do, where the database is not of this version."""
    behind = waiting_migrations()
    if behind:
        refuse(
            f"The database is {plural(behind, 'step')} behind this version. Run: answerable migrate"
        )


def refuse_unready() -> None:
    """As :func:`refuse_if_behind`; and a demo runs only on what the demo has made."""
    refuse_if_behind()
    if settings.DEMO:
        marker.check_ours()


def _when_told(do: Callable[[], None]) -> None:
    """Call ``do`` at Ctrl-C or SIGTERM.

    In a thread of its own: a handler runs between two steps of the main thread, which may hold
    the very lock that ``Event.set`` wants.
    """
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: threading.Thread(target=do).start())


def _review() -> int:
    """Open again what the record itself undoes, as ``answerable closures review`` does."""
    review_closures(by=None)
    return 0  # files taken away


def _index() -> int:
    """Put into the index of likeness what another version left out of it."""
    index_missing()
    return 0  # files taken away


def _forget() -> int:
    """Forget the spreadsheets that nobody has gone on with."""
    forget_pending()
    return 0  # files taken away


@click.command(epilog=example("answerable worker"))
@click.option(
    "--reap-every",
    default=15.0,
    show_default=True,
    help="Seconds between looks for abandoned work.",
)
def worker(reap_every: float) -> None:
    """Run only the background worker.

    It reads documents, sends messages, looks for what repeats, and reviews each hour what was
    closed. End it with Ctrl-C; work is not lost. Any number may run, on any number of machines that
    share the database and the folder of documents.
    """
    refuse_unready()
    stop = threading.Event()
    _when_told(stop.set)
    aside("The worker waits for documents to read and messages to send.")
    run_worker(
        stop=stop,
        reap_every=reap_every,
        sweeps=(sweep, _review, _index, _forget),
        rounds=(send_waiting, store_vectors, look_for_repeats),
    )


# --- Both together ---------------------------------------------------------------------------------


def web_command(host: str, port: int, processes: int) -> list[str]:
    """The web server's own command: one blocking thread a process (a second one halves its speed)."""
    granian = ["granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    size = ["--workers", str(processes), "--blocking-threads", "1", "--no-ws"]
    return [
        sys.executable,
        "-m",
        *granian,
        *size,
        "--log-level",
        "warning",
        "answerable.wsgi:application",
    ]


def _with_the_supervisor() -> None:
    """In a child, before its program: be told to end when the supervisor dies, even by kill -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGTERM, 0, 0, 0)


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a command with a process group of its own, so that all that it starts ends with it."""
    return subprocess.Popen(
        command,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "answerable.settings"},
        start_new_session=True,
        preexec_fn=_with_the_supervisor,  # no thread runs yet
    )


def _signal(process: subprocess.Popen[bytes], name: signal.Signals) -> None:
    """Signal a process and all that it started, also what outlived it."""
    try:
        os.killpg(process.pid, name)
    except ProcessLookupError:
        return  # nobody of it is left


def _end(running: Sequence[subprocess.Popen[bytes]]) -> None:
    """End every process and all that they started: asked first, and killed after GRACE."""
    for process in running:
        # The web server ends its own workers; what is left of a group without a leader is asked here.
        process.terminate() if process.poll() is None else _signal(process, signal.SIGTERM)
    limit = time.monotonic() + GRACE
    for process in running:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, limit - time.monotonic()))
        _signal(process, signal.SIGKILL)
        process.wait()


def supervise(commands: Sequence[list[str]]) -> int:
    """Run ``commands`` until one ends or we are told to stop; then end the others and all they started.

    Returns the exit code of the one that ended by itself, or 0 after a signal.
    """
    told = threading.Event()
    running = [_start(command) for command in commands]
    _when_told(told.set)
    try:
        while not told.wait(0.3) and all(p.poll() is None for p in running):
            pass
        ended = next((p.returncode for p in running if p.poll() is not None), 0)
    finally:
        _end(running)
    return 0 if told.is_set() else ended or 1


def _refuse_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            refuse(
                f"Nothing can listen at {host}:{port} ({error.strerror}). "
                "End what listens there, or give another --port."
            )


@click.command(
    epilog=example("answerable serve --port 8000", "answerable serve --no-worker --processes 4")
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="Port to listen on.",
)
@click.option(
    "--processes", default=2, show_default=True, type=click.IntRange(1, 64), help="Web processes."
)
@click.option(
    "--worker/--no-worker", "with_worker", default=True, help="Run the background worker too."
)
def serve(host: str, port: int, processes: int, with_worker: bool) -> None:
    """Run the web server, and the background worker beside it.

    End both with Ctrl-C or SIGTERM. Where one of them dies, the other is ended too, so that what
    watches over this command starts both again.
    """
    refuse_unready()
    _refuse_taken(host, port)
    recover()
    tell(f"Answerable is at http://{host}:{port}/ — end it with Ctrl-C.")
    commands = [web_command(host, port, processes)]
    if with_worker:
        commands.append([sys.executable, "-m", "answerable.cli", "worker"])
    sys.exit(supervise(commands))
