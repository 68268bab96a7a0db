"""`answerable serve | worker | migrate`: the processes that make up the product."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from answerable.audit.actions import OPERATOR
from answerable.cli.telling import aside, refuse, tell
from answerable.register.actions.bases import adopt_bases
from answerable.reports.actions.work import run_worker


def waiting_migrations() -> int:
    """How many steps the database is behind this version."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def prepare_tables() -> None:
    """Bring the database up to this version, with its cache table, and put nothing into it."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def prepare() -> None:
    """As :func:`prepare_tables`, and adopt the legal bases of clocks that come with this version."""
    prepare_tables()
    adopt_bases(by=OPERATOR)


@click.command()
def migrate() -> None:
    """Bring the database up to this version. Safe to repeat. Make a backup first."""
    before = waiting_migrations()
    prepare()
    tell(
        f"The database is up to date ({before} steps done)."
        if before
        else "The database was up to date."
    )


def _refuse_if_behind() -> None:
    behind = waiting_migrations()
    if behind:
        refuse(f"The database is {behind} steps behind this version. Run: answerable migrate")


@click.command()
@click.option(
    "--reap-every",
    default=15.0,
    show_default=True,
    help="Seconds between looks for abandoned work.",
)
def worker(reap_every: float) -> None:
    """Run only the background worker: it reads documents. End it with Ctrl-C; work is not lost."""
    _refuse_if_behind()
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    aside("The worker waits for documents to read.")
    run_worker(stop=stop, reap_every=reap_every)


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


def _start(commands: Sequence[list[str]]) -> list[subprocess.Popen[bytes]]:
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "answerable.settings"}
    return [subprocess.Popen(c, env=env) for c in commands]


def supervise(commands: Sequence[list[str]]) -> int:
    """Run ``commands`` until one ends or we are told to stop; then end the others in order.

    Returns the exit code of the one that ended by itself, or 0 after a signal.
    """
    told = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: told.set())
    running = _start(commands)
    while not told.wait(0.3) and all(p.poll() is None for p in running):
        pass
    ended = next((p.returncode for p in running if p.poll() is not None), 0)
    for process in running:
        if process.poll() is None:
            process.terminate()
    limit = time.monotonic() + 15
    for process in running:
        try:
            process.wait(max(0.1, limit - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
    return 0 if told.is_set() else ended or 1


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--processes", default=2, show_default=True, type=click.IntRange(1, 64), help="Web processes."
)
@click.option(
    "--worker/--no-worker", "with_worker", default=True, help="Run the background worker too."
)
def serve(host: str, port: int, processes: int, with_worker: bool) -> None:
    """Run the web server, and the background worker beside it."""
    _refuse_if_behind()
    tell(f"Answerable is at http://{host}:{port}/ — end it with Ctrl-C.")
    commands = [web_command(host, port, processes)]
    if with_worker:
        commands.append([sys.executable, "-m", "answerable.cli", "worker"])
    sys.exit(supervise(commands))
