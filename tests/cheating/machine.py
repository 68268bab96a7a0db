"""The state machine: hypothesis chooses who tries what, and shortens what leads to a hole."""

import random
from typing import ClassVar

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.cheating.player import Memory, Player, Tally, step


class Cheating(RuleBasedStateMachine):
    """A dishonest lead, a hurried officer, a colluding pair, an administrator: all of them at once."""

    memory: ClassVar[Memory]
    tally: ClassVar[Tally]

    def __init__(self) -> None:
        super().__init__()
        self.player = Player(self.memory, self.tally)
        self.game = self.turn = 0

    @initialize(game=st.integers(0, 2**64 - 1))
    def begin(self, game: int) -> None:
        self.game = game

    @rule(chosen=st.integers(0, 2**32 - 1))
    def someone_tries(self, chosen: int) -> None:
        """One act. Hypothesis likes small and equal numbers, and no two turns may be the same."""
        self.turn += 1
        rng = random.Random(f"{self.game} {self.turn} {chosen}")
        note(f"{self.turn}: {step(self.player, rng)}")

    def teardown(self) -> None:
        try:
            self.player.watch.check_all()
            self.player.watch.check_chain()
        finally:
            self.player.end()
