"""How a thing may pass from one state to another, as data: rules ask it, and diagrams are drawn of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ANY = ""
"""Any act, or any state, where something is said against it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One act that takes a thing from a state to a state; from "" where it begins."""

    act: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Life:
    """The states of one kind of thing, the steps between them, and what is said against any other.

    ``against`` gives, for an act and a state, the sentence and the code with which it is refused;
    in the sentence ``{name}`` is how the thing is called, and ``{state}`` the state in words.
    """

    noun: str
    about: str
    states: Mapping[str, str]
    steps: tuple[Step, ...]
    against: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def allows(self, act: str, state: str) -> bool:
        """Whether ``act`` may be done to a thing in ``state``."""
        return any(step.act == act and step.before == state for step in self.steps)

    def refusal(self, act: str, state: str, name: str = "") -> tuple[str, str] | None:
        """Sentence and code of what is said against ``act`` in ``state``; None where it may be done.

        Raises:
            StopIteration: where nothing is said against it, so that nothing goes through unsaid.
        """
        if self.allows(act, state):
            return None
        places = ((act, state), (ANY, state), (act, ANY))
        sentence, code = next(self.against[p] for p in places if p in self.against)
        return sentence.format(name=name, state=self.states[state]), code
