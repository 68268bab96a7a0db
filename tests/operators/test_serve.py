"""`answerable serve | worker`: real processes that start, work, and leave nobody behind."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.operators.conftest import COMMAND, Installation

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def until(holds: Callable[[], object], seconds: float = 60) -> None:
    limit = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < limit, "it never happened"
        time.sleep(0.1)


def processes_of(installation: Installation) -> dict[int, str]:
    """Every living process that works on this installation, by its environment."""
    mark, found = f"ANSWERABLE_DATA={installation.data}".encode(), {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            alive = (folder / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
            if alive and mark in (folder / "environ").read_bytes().split(b"\0"):
                found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue  # it ended while we looked
    return found


def page(port: int, path: str = "/account/login/") -> int:
    """The status with which a page is answered; 0 where nobody listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@contextmanager
def started(installation: Installation, *arguments: object) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)], env=installation.env, stdout=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        for pid in processes_of(installation):
            os.kill(pid, signal.SIGKILL)
        process.wait()


RECEIVE = """
import io
from answerable.accounts.models import Person
from answerable.reports.actions.documents import receive_document
from answerable.reports.models import Report
from tests import papers
receive_document(by=Person.objects.get(name="Rosa Adeyemi"), report=Report.objects.get(), upload=io.BytesIO(papers.pdf({pages}, title="Another")), name="another.pdf")
"""
STATE = "from answerable.reports.models import Document\nprint(Document.objects.latest('pk').state)"


def test_serve_answers_reads_and_leaves_nobody_behind(installation: Installation) -> None:
    port = free_port()
    with started(installation, "serve", "--port", port, "--processes", 1) as serving:
        until(lambda: page(port) == 200)
        assert page(port, "/") == 200, "the edition"
        assert page(port, "/desk/") in (200, 404)
        installation.python(RECEIVE.format(pages=3))
        until(lambda: installation.python(STATE) == "read")
        began = time.monotonic()
        serving.send_signal(signal.SIGTERM)
        assert serving.wait(30) == 0
        assert time.monotonic() - began < 20
        assert processes_of(installation) == {}
        assert page(port) == 0


def test_a_long_reading_does_not_hold_up_the_end_and_is_done_next_time(
    installation: Installation,
) -> None:
    port = free_port()
    installation.python(RECEIVE.format(pages=900))
    with started(installation, "serve", "--port", port, "--processes", 1) as serving:
        until(lambda: installation.python(STATE) == "reading")
        serving.send_signal(signal.SIGINT)
        assert serving.wait(40) == 0
        assert processes_of(installation) == {}
    assert installation.python(STATE) in ("reading", "read", "waiting")
    assert installation.lines("audit", "verify")[0]["holds"]


@pytest.mark.parametrize("killed", ["granian", "answerable.cli worker"])
def test_where_one_of_them_is_killed_the_other_is_ended_too(
    installation: Installation, killed: str
) -> None:
    port = free_port()
    with started(installation, "serve", "--port", port, "--processes", 1) as serving:
        until(lambda: page(port) == 200)
        until(lambda: any("worker" in c for c in processes_of(installation).values()))
        leader = min(pid for pid, c in processes_of(installation).items() if killed in c)
        os.kill(leader, signal.SIGKILL)
        assert serving.wait(30) != 0
        until(lambda: processes_of(installation) == {}, 10)
        assert page(port) == 0, "nothing holds the port"


def test_where_the_supervisor_itself_is_killed_nobody_lives_on(installation: Installation) -> None:
    port = free_port()
    with started(installation, "serve", "--port", port, "--processes", 1) as serving:
        until(lambda: page(port) == 200)
        serving.send_signal(signal.SIGKILL)
        until(lambda: processes_of(installation) == {}, 30)


def test_both_also_start_alone(installation: Installation) -> None:
    port = free_port()
    web = ("serve", "--no-worker", "--port", port, "--processes", 1)
    with started(installation, *web) as serving, started(installation, "worker") as working:
        until(lambda: page(port) == 200)
        installation.python(RECEIVE.format(pages=3))
        until(lambda: installation.python(STATE) == "read")
        for process in (serving, working):
            process.send_signal(signal.SIGTERM)
        assert (serving.wait(30), working.wait(30)) == (0, 0)
        assert processes_of(installation) == {}


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_database_that_is_behind_is_not_served(bare: Installation, command: str) -> None:
    assert "Run: answerable migrate" in bare.refuses(command)


def test_a_port_that_is_taken_is_told(furnished: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = furnished.refuses("serve", "--port", port)
    assert f"Nothing can listen at 127.0.0.1:{port}" in said


def test_a_demo_is_not_served_on_a_record_that_it_did_not_make(furnished: Installation) -> None:
    demo = Installation(furnished.data, settings={"ANSWERABLE_DEMO": "yes"})
    assert "was not made by the demo" in demo.refuses("serve", "--port", free_port())
