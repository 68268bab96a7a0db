"""Pages a second: the signed-in list and record page against a bare Django list of the same rows.

    python bench/pages.py [--rows 10000] [--more 100000] [--seconds 6]

Two workers of the same web server each, one after the other, the same rows, in one run. Exit code
1 where the list or the record page is under 40 % of the floor, the list at ``--more`` rows takes
over 1.3 times as long, or a public page is under ten times the signed-in list.
"""

import argparse
import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import stage  # noqa: I001  # names the data folder before Django starts
from fill import fill
from load import Measured, load

from django.conf import settings
from django.db import connection

from answerable.accounts.models import Person
from answerable.publishing.actions import approve_edition, propose_edition
from answerable.register.models import Recommendation
from tests.browser import session_of


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def served(application: str, **environment: str) -> Iterator[int]:
    """The web server of the product with two workers, for one application; the port."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "2", "--blocking-threads", "1", "--no-ws"]
    env = stage.environment() | {"PYTHONPATH": str(stage.TREE / "bench")} | environment
    process = subprocess.Popen([*command, "--log-level", "error", application], env=env)
    try:
        for _ in range(200):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request("GET", "/")
                connection.getresponse().read()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def measure(port: int, paths: list[str], seconds: float, cookie: str = "") -> Measured:
    """Warm up, then the middle one of three rounds; every answer must be 200.

    One round alone differs by a third from the next on a shared machine.
    """
    load(port, paths, seconds=2, cookie=cookie)
    rounds = [load(port, paths, seconds=seconds, cookie=cookie) for _ in range(3)]
    failures = sum(r.failures for r in rounds)
    if failures:
        raise SystemExit(f"{failures} answers for {paths[0]} were not 200")
    return sorted(rounds, key=lambda r: r.rate)[1]


def run(rows: int, more: int, seconds: float) -> int:
    """Fill, serve, measure, compare."""
    rosa, petra, percy, _, _ = stage.world()
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    fill(rows, by=rosa)
    references = [f"R-{n:04}" for n in range(10, rows, max(1, rows // 200))]
    listed = [f"?page={n}" for n in range(1, 40)]
    connection.close()
    with served("floor:application", FLOOR_DATABASE=str(connection.settings_dict["NAME"])) as port:
        floor = measure(port, [f"/{q}" for q in listed], seconds)
    publish(petra, percy)
    cookie = f"{settings.SESSION_COOKIE_NAME}={session_of(Person.objects.get(pk=rosa.pk))}"
    connection.close()
    with served("answerable.wsgi:application") as port:
        our_list = measure(port, [f"/desk/register/{q}" for q in listed], seconds, cookie)
        our_record = measure(port, [f"/desk/register/{r}/" for r in references], seconds, cookie)
        public = measure(port, [f"/record/{r}" for r in references], seconds)
    fill_more(more - rows, rosa)
    with served("answerable.wsgi:application") as port:
        larger = measure(port, [f"/desk/register/{q}" for q in listed], seconds, cookie)
    return tell(floor, our_list, our_record, public, larger, rows, more)


def publish(petra: Person, percy: Person) -> None:
    """One edition of all rows."""
    began = time.perf_counter()
    edition = propose_edition(by=petra)
    approve_edition(by=percy, edition=edition, content_digest=edition.content_digest)
    print(
        f"an edition of {Recommendation.objects.count():,} recommendations: {time.perf_counter() - began:.0f} s"
    )


def fill_more(count: int, rosa: Person) -> None:
    """Copy rows until there are so many more."""
    if count > 0:
        fill(count, by=rosa)
        connection.close()


def tell(
    floor: Measured,
    our_list: Measured,
    our_record: Measured,
    public: Measured,
    larger: Measured,
    rows: int,
    more: int,
) -> int:
    """Print every figure and its ratio; 1 where one misses its mark."""
    lines = [
        ("bare Django list", floor, None, 0.0),
        (f"register, 25 of {rows:,}", our_list, our_list.rate / floor.rate, 0.4),
        ("record page", our_record, our_record.rate / floor.rate, 0.4),
        ("public record page", public, public.rate / our_list.rate, 10.0),
        (f"register, 25 of {more:,}", larger, larger.rate / our_list.rate, 1 / 1.3),
    ]
    missed = []
    for name, found, ratio, mark in lines:
        said = "" if ratio is None else f"{ratio:6.2f} × (mark {mark:.2f})"
        print(
            f"{name:28} {found.rate:8.0f} a second   {found.percentile(0.95):6.1f} ms at 95 %   {said}"
        )
        if ratio is not None and ratio < mark:
            missed.append(name)
    print(
        f"pages: list {lines[1][2]:.2f} × the floor, record {lines[2][2]:.2f} ×, public {lines[3][2]:.1f} × the list, "
        f"list at {more:,} rows {1 / lines[4][2]:.2f} × as long; missed: {', '.join(missed) or 'none'}"
    )
    return 1 if missed else 0


def main() -> int:
    """Exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--more", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=6)
    given = parser.parse_args()
    if "ANSWERABLE_DATABASE" in os.environ:
        print("The floor reads the embedded database: run this without ANSWERABLE_DATABASE.")
        return 2
    try:
        return run(given.rows, given.more, given.seconds)
    finally:
        shutil.rmtree(stage.DATA, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
