"""The cheating machine: every public act at random, and each guard of the rules switched off in turn.

    python bench/cheating.py [--acts 100000] [--workers 2] [--seed 1] [--patience 1500]
                             [--only run | guards] [--match WORDS]

First hypothesis plays the machine of ``tests/cheating`` with all rules in place: it must reach none
of the forbidden states. Then each guard is taken out of its rule in a child process, and the same
machine looks for the hole: printed is which forbidden state it reached and after how many acts. Where
it reaches none, what became of the acts that the guard would have refused is said instead. Exit code
1 where a forbidden state is reached with all rules in place.
"""

import argparse
import os
import pickle
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

import hypothesis.core  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import setup_databases  # noqa: E402
from hypothesis import HealthCheck, Phase  # noqa: E402
from hypothesis import settings as how  # noqa: E402
from hypothesis.stateful import run_state_machine_as_test  # noqa: E402

from tests.cheating import guards  # noqa: E402
from tests.cheating.acts import ACTS  # noqa: E402
from tests.cheating.draw import Draw  # noqa: E402
from tests.cheating.forbidden import Hole, Memory  # noqa: E402
from tests.cheating.guards import Guard, Off  # noqa: E402
from tests.cheating.machine import Cheating  # noqa: E402
from tests.cheating.player import DECK, Player, Tally, prepared, step  # noqa: E402
from tests.settings import remove_data  # noqa: E402

STEPS = 200
"""Acts in one game; then the world is as it was, and the next begins."""
ENOUGH = 25
"""So often a guard may have been needed, without a forbidden state, before we give up."""
FAVOUR = 6
"""How much more often the acts are tried that ask a guard which is off."""


# --- Children --------------------------------------------------------------------------------------


def _child(pipe: int, run: Callable[[Any], Any], job: Any) -> None:
    settings.EDITIONS = settings.DATA / f"editions-{os.getpid()}"
    try:
        found: Any = run(job)
    except BaseException as error:
        found = error
    with os.fdopen(pipe, "wb") as writing:
        pickle.dump(found, writing)
    os._exit(0)


def in_children(run: Callable[[Any], Any], jobs: Iterable[Any], workers: int) -> Iterator[Any]:
    """What ``run`` makes of each job, each in a fork of this process with its own database."""
    waiting, running = list(jobs), {}
    while waiting or running:
        while waiting and len(running) < workers:
            reading, writing = os.pipe()
            job = waiting.pop(0)
            sys.stdout.flush()
            pid = os.fork()
            if pid == 0:
                os.close(reading)
                _child(writing, run, job)
            os.close(writing)
            running[pid] = reading
        pid, _ = os.waitpid(-1, 0)
        with os.fdopen(running.pop(pid), "rb") as answer:
            found = pickle.load(answer)  # noqa: S301  # our own child wrote it
        if isinstance(found, BaseException):
            raise found
        yield found


# --- With all rules in place -----------------------------------------------------------------------


@dataclass
class Run:
    """What one worker did."""

    tally: Tally
    games: int
    hole: str = ""


class Counted(Cheating):
    """The machine, saying how far it is."""

    games = 0
    said = 0

    def teardown(self) -> None:
        super().teardown()
        type(self).games += 1
        total = sum(self.tally.tried.values())
        if total - type(self).said >= 5_000:
            type(self).said = total
            print(f"  worker {os.getpid()}: {total:,} acts …", file=sys.stderr, flush=True)


def _hypothesis(job: tuple[Memory, int, int]) -> Run:
    Cheating.memory, acts, seed = job
    Cheating.tally = Tally()
    hypothesis.core.global_force_seed = seed
    hole = ""
    try:
        while sum(Cheating.tally.tried.values()) < acts:
            left = acts - sum(Cheating.tally.tried.values())
            run_state_machine_as_test(
                Counted,
                settings=how(
                    max_examples=max(left // STEPS, 1),
                    stateful_step_count=STEPS,
                    database=None,
                    deadline=None,
                    phases=(Phase.generate, Phase.shrink),
                    suppress_health_check=list(HealthCheck),
                ),
            )
            hypothesis.core.global_force_seed += 1_000
    except Hole as found:
        hole = str(found)
    return Run(Cheating.tally, Counted.games, hole)


def play_all(memory: Memory, acts: int, workers: int, seed: int) -> bool:
    """All acts at random; whether no forbidden state was reached."""
    started = time.monotonic()
    jobs = [(memory, acts // workers + 1, seed + n) for n in range(workers)]
    tally, games, holes = Tally(), 0, []
    for run in in_children(_hypothesis, jobs, workers):
        for name in ("tried", "done", "refused", "fell"):
            getattr(tally, name).update(getattr(run.tally, name))
        games += run.games
        holes += [run.hole] if run.hole else []
    print(f"{'act':28}{'tried':>9}{'done':>9}{'refused':>9}")
    for name in sorted(ACTS):
        print(f"{name:28}{tally.tried[name]:9,}{tally.done[name]:9,}{tally.refused[name]:9,}")
    for fell, times in tally.fell.most_common():
        print(f"only the database refused {times} times: {fell}")
    total, done = sum(tally.tried.values()), sum(tally.done.values())
    print(
        f"{total:,} acts of {len(ACTS)} kinds in {games:,} games, {time.monotonic() - started:.0f} s:"
        f" {done:,} done, {sum(tally.refused.values()):,} refused. "
        + (f"FORBIDDEN STATES: {holes}" if holes else "No forbidden state was reached.")
    )
    return not holes


# --- With one guard off ----------------------------------------------------------------------------


@dataclass
class Found:
    """What became of the record with one guard off."""

    guard: Guard
    hole: str = ""
    acts: int = 0
    fired: int = 0
    ended: Counter[str] = field(default_factory=Counter)

    @property
    def kind(self) -> str:
        """Needed; or why no forbidden state was reached without it."""
        if self.hole:
            return "needed"
        if not self.fired:
            return "never asked to refuse"
        if self.ended["done"]:
            return "manners"
        return "held below" if self.ended["fell"] else "behind it"


WORDS = {
    "needed": "Needed: without it a forbidden state was reached",
    "behind it": "Another rule stands behind it and refused each time",
    "held below": "The database, or the program itself, stopped each act that it let through",
    "manners": "Guards manners, not a forbidden state: acts got through, and nothing forbidden came of it",
    "never asked to refuse": "Nothing was there to refuse: an earlier rule always refused first",
}


def _deck(guard: Guard) -> list[str]:
    """All acts, with those that ask this guard more often."""
    asking = [n for n in DECK if ACTS[n].do.__module__.rsplit(".", 1)[1] in guard.acts]
    return DECK + asking * FAVOUR


def _game(memory: Memory, seed: int, deck: list[str], off: Off, found: Found) -> None:
    """One game with a guard off."""
    rng, player = random.Random(seed), Player(memory, Tally(), broken=True)
    try:
        while player.acts < STEPS:
            before = off.fired
            ended = step(player, rng, deck)
            if off.fired > before:
                found.ended[ended.rsplit(maxsplit=1)[-1]] += 1
        player.watch.check_all()
        player.watch.check_chain()
    except Hole as hole:
        found.hole = str(hole)
    finally:
        player.end()
        found.acts, found.fired = found.acts + player.acts, off.fired


def _without(job: tuple[Memory, Guard, int, int]) -> Found:
    memory, guard, patience, seed = job
    found, deck = Found(guard), _deck(guard)
    Draw.right = 0.75
    if "check_said" in guard.words or "strip()" in guard.words:
        Draw.blank = 0.2
    with guards.off(guard) as off:
        while not found.hole and found.acts < patience and found.ended.total() < ENOUGH:
            _game(memory, seed, deck, off, found)
            seed += 1
    return found


def play_without(
    memory: Memory, chosen: list[Guard], patience: int, workers: int, seed: int
) -> None:
    """Each guard off in turn."""
    started, kinds = time.monotonic(), Counter[str]()
    jobs = [(memory, guard, patience, seed) for guard in chosen]
    left: list[Found] = []
    for found in in_children(_without, jobs, workers):
        kinds[found.kind] += 1
        if found.hole:
            print(
                f"{found.guard.name}\n    off: {found.hole}, after {found.acts:,} acts", flush=True
            )
        else:
            left.append(found)
            print(f"{found.guard.name}\n    {found.kind} ({found.fired} times)", flush=True)
    for kind, words in list(WORDS.items())[1:]:
        print(f"\n{words}: {kinds[kind]}")
        for found in left:
            if found.kind == kind:
                print(f"  {found.guard.name}  {found.guard.words}")
    print(
        f"\n{len(chosen)} guards switched off one at a time in {time.monotonic() - started:.0f} s: "
        + ", ".join(f"{kinds[kind]} {kind}" for kind in WORDS)
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--acts", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--patience", type=int, default=1_500)
    parser.add_argument("--only", choices=("run", "guards"))
    parser.add_argument("--match", default="")
    options = parser.parse_args()
    connection.settings_dict["TEST"]["NAME"] = None  # in memory: a fork has its own
    setup_databases(0, interactive=False)
    call_command("createcachetable", verbosity=0)
    memory = prepared()
    try:
        whole = options.only == "guards" or play_all(
            memory, options.acts, options.workers, options.seed
        )
        if options.only != "run":
            chosen = [g for g in guards.guards() if options.match in f"{g.name} {g.words}"]
            play_without(memory, chosen, options.patience, options.workers, options.seed)
    finally:
        remove_data()
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
