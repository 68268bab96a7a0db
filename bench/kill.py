"""kill -9 at random moments: no acknowledged write is lost, none is half done, the chain verifies.

    python bench/kill.py [--kills 50]

A child process receives and reads documents, accepts candidates, enters replies and publishes
editions, and says so after each; it is killed with SIGKILL again and again. At the end everything
that it said must be there, and nothing else by half. Then the work that was cut off is finished.
Runs on SQLite, then on a throw-away PostgreSQL. Exit code 1 on any loss; the last line of each run has the figures.
"""

import argparse
import collections
import hashlib
import io
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import stage  # noqa: I001  # names the data folder before Django starts

from django.conf import settings
from django.db import connection
from django.utils import timezone

from answerable.audit import queries as audit
from answerable.audit.rules import Refused
from answerable.publishing.actions import approve_edition, propose_edition, recover
from answerable.publishing.models import Edition
from answerable.publishing.queries import folder_of, known_heads, proposal
from answerable.publishing.verification import verify_edition, verify_row
from answerable.register.actions.candidates import accept_candidate
from answerable.register.actions.responses import log_response
from answerable.register.models import Recommendation, Response, Undertaking
from answerable.reports.actions.documents import receive_document
from answerable.reports.actions.files import sweep
from answerable.reports.actions.reading import reap
from answerable.reports.actions.work import run_waiting
from answerable.reports.models import Candidate, Document, Page, Reading

ACTS = ("receive", "read", "accept", "answer", "publish")


# --- The child ----------------------------------------------------------------------------------


def say(act: str, what: str) -> None:
    """Acknowledge: from here on it may not be lost. The parent reads this from the pipe."""
    os.write(1, f"{act} {what}\n".encode())


def receive(rng: random.Random) -> None:
    """Receive one new document."""
    rosa, _, _, _, report = stage.found()
    content = stage.document(f"{rng.getrandbits(64):x}")
    document = receive_document(by=rosa, report=report, upload=io.BytesIO(content), name="a.rst")
    say("receive", document.sha256)


def read(rng: random.Random) -> None:
    """Work as the background worker does, until nothing waits."""
    reap(stale_after=0.5)
    run_waiting()
    for sha256 in (
        Document.objects.filter(state="read").order_by("-pk").values_list("sha256", flat=True)[:3]
    ):
        say("read", sha256)


def accept(rng: random.Random) -> None:
    """Accept an undecided candidate."""
    rosa, *_ = stage.found()
    open_ones = Candidate.objects.filter(taken=True, decisions__isnull=True)
    candidate = open_ones.select_related("reading__document").order_by("?").first()
    if candidate:
        say("accept", accept_candidate(by=rosa, candidate=candidate).reference)


def answer(rng: random.Random) -> None:
    """Enter a reply where there is none."""
    rosa, *_ = stage.found()
    undertaking = Undertaking.objects.filter(responses__isnull=True).order_by("?").first()
    if undertaking:
        words = f"We will do this: {rng.getrandbits(64):x}."
        log_response(by=rosa, undertaking=undertaking, words=words, dated_on=timezone.localdate())
        say("answer", hashlib.sha256(words.encode()).hexdigest())


def publish(rng: random.Random) -> None:
    """One publisher proposes, the other approves."""
    _, petra, percy, _, _ = stage.found()
    edition = proposal() or propose_edition(by=petra)
    approved = approve_edition(by=percy, edition=edition, content_digest=edition.content_digest)
    say("publish", f"{approved.number}:{approved.manifest_digest}")


def child(seed: int) -> None:
    """Act at random until killed."""
    rng = random.Random(seed)
    say("ready", "1")
    while True:
        name = rng.choice(ACTS)
        try:
            {
                "receive": receive,
                "read": read,
                "accept": accept,
                "answer": answer,
                "publish": publish,
            }[name](rng)
        except Refused as error:
            say("refused", error.code)
            standing = proposal()
            if name == "publish" and standing:
                _, petra, *_ = stage.found()
                withdraw(petra, standing)


def withdraw(petra: stage.Person, edition: Edition) -> None:
    """The record has moved since it was proposed: make room for a fresh proposal."""
    from answerable.publishing.actions import withdraw_proposal

    try:
        withdraw_proposal(by=petra, edition=edition)
    except Refused as error:
        say("refused", error.code)


# --- The parent ---------------------------------------------------------------------------------


def one_life(seed: int, wait: float) -> tuple[list[str], list[str]]:
    """Start a child, kill it ``wait`` seconds after it is ready; what it said, and what was odd."""
    process = subprocess.Popen(
        [sys.executable, __file__, "--child", str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=stage.environment(),
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(wait)
    odd = [] if process.poll() is None else ["a child ended by itself"]
    process.send_signal(signal.SIGKILL)
    out, err = process.communicate()
    if odd:
        odd.append(err.decode()[-2000:])
    complete = out.decode().rpartition("\n")[0]  # the last line may be cut, like any write
    return complete.split("\n") if complete else [], odd


def losses(said: list[tuple[str, str]]) -> list[str]:
    """What was acknowledged and is not there."""
    there = {
        "receive": set(Document.objects.values_list("sha256", flat=True)),
        "read": set(Reading.objects.values_list("document__sha256", flat=True)),
        "accept": set(Recommendation.objects.values_list("reference", flat=True)),
        "answer": {
            hashlib.sha256(w.encode()).hexdigest()
            for w in Response.objects.values_list("words", flat=True)
        },
        "publish": {
            f"{e.number}:{e.manifest_digest}" for e in Edition.objects.filter(state="published")
        },
    }
    return [f"lost: {act} {what}" for act, what in said if act in there and what not in there[act]]


def halves() -> list[str]:
    """What is there by half."""
    found = []
    for document in Document.objects.all():
        with document.file.open("rb") as stream:
            if hashlib.sha256(stream.read()).hexdigest() != document.sha256:
                found.append(f"the file of document {document.pk} is not the one received")
        if document.state == "read" and not Page.objects.filter(document=document).exists():
            found.append(f"document {document.pk} is read and has no pages")
    kept = {p.name for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()}
    rows = {Path(n).name for n in Document.objects.values_list("file", flat=True)}
    found += [f"a file without a row: {n}" for n in kept - rows]
    for edition in Edition.objects.filter(state="published"):
        found += [
            f"edition {edition.number}: {f.sentence}" for f in verify_edition(folder_of(edition))
        ]
    found += [f.sentence for f in verify_row(Path(settings.EDITIONS))]
    verdict = audit.verify(heads=known_heads())
    return found if verdict.problem is None else [*found, verdict.problem]


def finish() -> list[str]:
    """Recover as the next start would; all that waits must come to its end, once."""
    recover()
    for path in (Path(settings.MEDIA_ROOT) / "arriving").glob("*"):
        os.utime(path, (0, 0))  # uploads that stopped are swept away once they are old
    sweep()
    time.sleep(0.6)
    limit = time.monotonic() + 120  # a reading that was cut off is tried again a little later
    while (
        Document.objects.exclude(state__in=("read", "parked")).exists() and time.monotonic() < limit
    ):
        reap(stale_after=0.5)
        run_waiting()
        time.sleep(0.2)
    found = [
        f"document {d.pk} never ended: {d.state} after {d.attempts} attempts"
        for d in Document.objects.exclude(state__in=("read", "parked"))
    ]
    twice = Document.objects.count() - len(set(Document.objects.values_list("sha256", flat=True)))
    _, petra, percy, _, _ = stage.found()
    standing = proposal()
    if standing:
        withdraw(petra, standing)
    try:
        edition = propose_edition(by=petra)
        approve_edition(by=percy, edition=edition, content_digest=edition.content_digest)
    except Refused as error:
        if error.code != "same":
            found.append(f"the next try to publish was refused: {error.sentence}")
    return [*found, "a document was kept twice"] if twice else found


def run(kills: int) -> int:
    """Kill, and look."""
    stage.world()
    rng = random.Random(20261122)
    said: list[tuple[str, str]] = []
    problems: list[str] = []
    began = time.perf_counter()
    for n in range(kills):
        connection.close()
        lines, odd = one_life(n, rng.uniform(0.05, 2.5))
        problems += odd
        said += [tuple(line.split(" ", 1)) for line in lines]  # type: ignore[misc]
        print(
            f"\r{connection.vendor}: {n + 1} of {kills} kills", end="", file=sys.stderr, flush=True
        )
    print(file=sys.stderr)
    problems += finish() + losses(said) + halves()
    for problem in problems[:20]:
        print(problem)
    counts = collections.Counter(act for act, _ in said)
    print(
        f"kill: {connection.vendor}, {kills} kills in {time.perf_counter() - began:.0f} s, acknowledged: "
        + ", ".join(f"{counts[a]} {a}" for a in ACTS)
        + f"; lost or half done: {len(problems) or 'none'}"
    )
    return 1 if problems else 0


def main() -> int:
    """Exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--child", type=int, default=-1, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child >= 0:
        child(given.child)
    return stage.on_both_databases(lambda: run(given.kills))


if __name__ == "__main__":
    sys.exit(main())
