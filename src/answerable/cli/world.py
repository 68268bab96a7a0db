"""`answerable demo`: the product with the example world, on a machine that has nothing set up."""

import os
import shutil
import socket
import sys
import time
from pathlib import Path

import click
from django.conf import settings
from django.db import connection, connections

from answerable.audit.rules import Refused
from answerable.cli.running import prepare_tables, supervise, waiting_migrations, web_command
from answerable.cli.telling import example, refuse, tell
from answerable.demo import marker
from answerable.demo.loading import load
from answerable.demo.marker import Made

HOST = "127.0.0.1"
"""The demo listens to this machine alone: whoever reaches it may be anyone."""


@click.command(epilog=example("answerable demo --port 8080"))
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="Port to listen on.",
)
@click.option(
    "--no-serve", is_flag=True, help="Load the example world, and do not start the server."
)
@click.option("--fresh", is_flag=True, help="Throw the example world away, and load it anew.")
def demo(port: int, no_serve: bool, fresh: bool) -> None:
    """Set up and run the product with the example world.

    Real reports from the public record, and Northmoor, which is invented, with people for every
    role: one click signs in as any of them. It needs no settings. What it makes lies in data/demo,
    or where ANSWERABLE_DATA says; started again, it goes on with what is there.
    """
    if not no_serve:
        _check_port(port)
    try:
        _set_up(fresh)
    except Refused as error:
        refuse(error.sentence)
    if not no_serve:
        _serve(port)


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            refuse(f"Port {port} is taken on this machine. Try: answerable demo --port {port + 1}")


def _set_up(fresh: bool) -> None:
    """Make the example world where it is not there yet."""
    found = _found()
    if found is Made.OTHERS:
        marker.check_ours()
    if found is Made.HALF or (fresh and found is Made.WHOLE):
        _throw_away()
        found = Made.EMPTY
    if waiting_migrations() or found is Made.EMPTY:
        prepare_tables()
    if found is Made.EMPTY:
        began = time.monotonic()
        load(tell)
        tell(f"Loaded in {time.monotonic() - began:.0f} seconds.")


def _found() -> Made:
    """What the database holds; one without our tables holds nothing of ours."""
    tables = set(connection.introspection.table_names())
    if "audit_event" in tables:
        return marker.made()
    return Made.OTHERS if tables else Made.EMPTY


def _throw_away() -> None:
    """Remove the demo's own database and files."""
    if connection.vendor != "sqlite":
        raise Refused(
            "Only the embedded database can be thrown away here. Drop the demo's database "
            "yourself, make an empty one, and start again."
        )
    database = Path(str(connection.settings_dict["NAME"]))
    connections.close_all()
    for name in (database.name, f"{database.name}-wal", f"{database.name}-shm"):
        database.with_name(name).unlink(missing_ok=True)
    for folder in (settings.MEDIA_ROOT, settings.EDITIONS, settings.PICTURES):
        if folder.is_relative_to(settings.DATA):
            shutil.rmtree(folder, ignore_errors=True)


def _serve(port: int) -> None:
    address = f"http://{HOST}:{port}"
    os.environ.setdefault("ANSWERABLE_URL", address)
    tell("")
    tell(f"The public record of Northmoor is at   {address}/")
    tell(f"Sign in as anyone with one click at    {address}/account/demo-people/")
    tell("End it with Ctrl-C.")
    connections.close_all()
    commands = [web_command(HOST, port, 2), [sys.executable, "-m", "answerable.cli", "worker"]]
    sys.exit(supervise(commands))
