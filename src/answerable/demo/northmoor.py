"""Northmoor while it is being loaded: its bodies, people and papers, and what is in its register."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from answerable.demo.answers import undertaking_of
from answerable.demo.bodies import Bodies, People
from answerable.demo.checking import Item, Register
from answerable.demo.papers import Paper
from answerable.register.models import Undertaking

Say = Callable[[str], None]


@dataclass
class Northmoor:
    """What the strands of its story share."""

    say: Say
    today: date
    bodies: Bodies
    people: People
    register: Register = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)

    def owed(self, item: Item, body: str) -> Undertaking:
        """What a body owes on one item of the register, as it stands."""
        return undertaking_of(self.register, self.bodies, item, body)
