"""What follows from the record alone, remembered until the next event of the audit chain."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from answerable.audit import queries as audit

Made = TypeVar("Made")
MOST = 500

_values: dict[tuple[str, Hashable], object] = {}


class Memory:
    """What was made since the last event, for one request; made once, whoever asks.

    Every act writes an event in its own transaction, so whoever reads the same head of the chain
    can read the same record. One short query in place of long ones: the head is read once.
    """

    def __init__(self) -> None:
        self.head: str = audit.head()[1]

    def of(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` gives: from memory, as long as no event has been written since."""
        mine = (self.head, key)
        found = _values.get(mine, _values)  # itself stands for “nothing yet”
        if found is _values:
            found = make()
            self._make_room()
            _values[mine] = found
        return found  # type: ignore[return-value]

    def _make_room(self) -> None:
        """Forget everything once there is too much of it, or once something has happened since."""
        oldest = next(iter(_values), (self.head, None))
        if len(_values) >= MOST or oldest[0] != self.head:
            _values.clear()
