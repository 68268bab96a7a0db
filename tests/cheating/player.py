"""Acts one after the other, and looks each time whether a forbidden state was reached."""

import random
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import time_machine
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from answerable.accounts.rules import Refused
from answerable.assurance.queries.seen import digest_of, seen_now
from answerable.register.models import Undertaking
from tests.cheating import raw, world
from tests.cheating.acts import ACTS
from tests.cheating.draw import Draw, Nothing
from tests.cheating.forbidden import Hole, Memory, Watch

DECK = [name for name, act in ACTS.items() for _ in range(act.weight)]
"""Every act, the more telling ones more often."""
FULL_LOOK = 100
"""After this many acts everything is looked at."""
LOOK_BACK = 0.25


@dataclass
class Tally:
    """What was tried, what was done, what was refused; and where Python or the database fell over."""

    tried: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    fell: Counter[str] = field(default_factory=Counter)
    idle: int = 0


@dataclass(frozen=True)
class Look:
    """What a page showed to somebody, some time ago."""

    undertaking: int
    digest: str
    print: str


class Player:
    """One game: from the world as it was made, until :meth:`end` puts everything back."""

    def __init__(self, memory: Memory, tally: Tally, *, broken: bool = False) -> None:
        self.tally, self.broken = tally, broken
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.clock = time_machine.travel(timezone.now())
        self.traveller = self.clock.start()
        self.watch = Watch(memory)
        self.looks: list[Look] = []
        self.acts = 0

    def end(self) -> None:
        """Whatever was done is undone, and the clock is right again."""
        self.clock.stop()
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)
        shutil.rmtree(settings.EDITIONS, ignore_errors=True)

    def wait(self, days: int) -> None:
        self.traveller.shift(timedelta(days=days))

    def look(self, rng: random.Random) -> None:
        """Somebody opens a page, and leaves it open."""
        at = Draw(rng).undertaking()
        seen = digest_of(seen_now(Undertaking.objects.get(pk=at.pk)))
        self.looks.append(Look(at.pk, seen, raw.print_of(at.pk)))

    def act(self, name: str, rng: random.Random) -> str:
        """Try one act. Returns how it ended: done, refused, fell, or idle where nothing is there."""
        try:
            given = self._given(name, rng)
        except Nothing:
            self.tally.idle += 1
            return "idle"
        self.acts += 1
        self.traveller.shift(timedelta(seconds=1))
        self.tally.tried[name] += 1
        by = given["by"]
        roles = raw.roles_of(raw.key(by.pk)) if by is not None else set()
        ended = self._try(name, given, roles)
        if self.acts % FULL_LOOK == 0:
            self.watch.check_all()
        return ended

    def _given(self, name: str, rng: random.Random) -> dict[str, Any]:
        given = ACTS[name].draw(Draw(rng))
        if name == "sign_opinion":
            given["looked"] = self._page(given, rng)
        return given

    def _page(self, given: dict[str, Any], rng: random.Random) -> str:
        """The page before whoever signs: as it is now, or as it was when it was opened."""
        if self.looks and rng.random() < LOOK_BACK:
            look = rng.choice(self.looks)
            given["undertaking"] = Undertaking.objects.get(pk=look.undertaking)
            given["digest"] = look.digest
            return look.print
        return raw.print_of(given["undertaking"].pk)

    def _try(self, name: str, given: dict[str, Any], roles: set[str]) -> str:
        handed = {key: value for key, value in given.items() if key != "looked"}
        try:
            with transaction.atomic():
                result = ACTS[name].do(**handed)
        except (Refused, ValidationError):
            self.tally.refused[name] += 1
            self.watch.after_refusal()
            return "refused"
        except IntegrityError as error:
            self.tally.fell[f"{name}: {str(error).splitlines()[0][:90]}"] += 1
            return "fell"
        except Exception as error:
            if not self.broken:
                raise
            self.tally.fell[f"{name}: {type(error).__name__}"] += 1
            return "fell"
        self.watch.after(name, given, roles, result)
        self.tally.done[name] += 1
        return "done"


def prepared(*, read: bool = True) -> Memory:
    """The world, made once, and what the watcher knows of it."""
    world.make(read=read)
    return Watch().begin().memory


def play(
    memory: Memory,
    tally: Tally,
    seed: int,
    acts: int,
    *,
    broken: bool = False,
    deck: Sequence[str] = DECK,
) -> Player:
    """One game of ``acts`` acts drawn from ``seed``. Raises Hole with the act at which it happened."""
    rng = random.Random(seed)
    player = Player(memory, tally, broken=broken)
    try:
        while player.acts < acts:
            step(player, rng, deck)
        player.watch.check_all()
        player.watch.check_chain()
    finally:
        player.end()
    return player


def step(player: Player, rng: random.Random, deck: Sequence[str] = DECK) -> str:
    """One act, or a page opened, or days that pass. Returns what, and how it ended."""
    chance = rng.random()
    if chance < 0.03:
        player.wait(rng.choice([1, 10, 40, 90]))
        return "waited"
    if chance < 0.06:
        player.look(rng)
        return "looked"
    name = rng.choice(deck)
    return f"{name} {player.act(name, rng)}"


__all__ = ["DECK", "Hole", "Memory", "Player", "Tally", "play", "prepared", "step"]
