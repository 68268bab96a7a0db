"""The background worker: what ``answerable worker`` runs, and ``answerable serve`` beside the web."""

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from answerable.reports.actions import files, reading, recognising

log = logging.getLogger("answerable.worker")

KEPT_DAYS = 14
"""Finished tasks stay in the queue's table for so long, to be looked at."""
SWEEP_SECONDS = 3600.0


def run_worker(
    *,
    stop: threading.Event | None = None,
    reap_every: float = 15.0,
    stale_after: float = reading.STALE_SECONDS,
    pause: float = 1.0,
    sweeps: Sequence[Callable[[], int]] = (),
    rounds: Sequence[Callable[[], int]] = (),
) -> None:
    """Work until ``stop`` is set: what is waiting first, else look again every ``pause`` seconds.

    What is being read when ``stop`` is set is finished. Killing the process loses nothing: after
    ``stale_after`` seconds without a heartbeat any worker picks up what it held. Any number of
    workers may run, on any number of machines. For ``answerable worker`` and ``answerable serve``.

    The caller sets ``stop``, for instance from a signal handler; ``reap_every`` is how many
    seconds lie between two looks for what killed workers left; ``sweeps`` take away, now and then,
    what killed processes left on the disk elsewhere, and tell how many files that were; ``rounds``
    are made with each look, for what other subjects keep waiting, and tell how much they did.
    """
    stop = stop or threading.Event()
    reaped_at = swept_at = float("-inf")
    while not stop.is_set():
        try:
            if time.monotonic() - reaped_at >= reap_every:
                reading.reap(stale_after=stale_after)
                _go_round(rounds)
                reaped_at = time.monotonic()
            if time.monotonic() - swept_at >= SWEEP_SECONDS:
                _tidy(sweeps)
                swept_at = time.monotonic()
            if not _run_one():
                stop.wait(pause)
        except DatabaseError as error:
            # The database is busy, being restarted, or full: nothing is lost, it is tried again.
            log.warning("the worker could not reach the database: %s", error)
            connections.close_all()
            stop.wait(pause * 5)
        close_old_connections()


def run_waiting() -> int:
    """Do all that waits now, in this process, and return how many tasks that was."""
    done = 0
    while _run_one():
        done += 1
    return done


def _run_one() -> bool:
    """Run the next task, if one waits."""
    # Asked without a lock first: an idle worker must not stop people from writing.
    if not DBTaskResult.objects.ready().exists():
        return False
    name = f"worker-{os.getpid()}-{threading.get_native_id()}"
    waiting = DBTaskResult.objects.ready()
    with exclusive_transaction(waiting.db):
        next_task = waiting.get_locked()
        if next_task is None:
            return False  # another worker was quicker
        next_task.claim(name)
    _worker(name).run_task(next_task)
    return True


def _worker(name: str) -> Worker:
    """The library's worker, of which only the running of one task is used.

    Its own loop closes connections between tasks, knows no reaping, and ends where the database
    is away for a moment.
    """
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=name,
    )


def _go_round(rounds: Sequence[Callable[[], int]]) -> None:
    """Make each round; one that fails must not keep documents from being read."""
    for make in rounds:
        try:
            make()
        except DatabaseError:
            raise
        except Exception:
            log.exception("a round of the worker failed")


def _tidy(sweeps: Sequence[Callable[[], int]]) -> None:
    """Take away what killed processes left on the disk, and tasks that ended long ago."""
    removed = files.sweep() + recognising.sweep() + sum(sweep() for sweep in sweeps)
    if removed:
        log.info("took away %d files that killed processes had left", removed)
    long_ago = timezone.now() - timedelta(days=KEPT_DAYS)
    DBTaskResult.objects.finished().filter(finished_at__lt=long_ago).delete()
