"""What follows from the record alone, remembered until the next event of the audit chain."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from answerable.audit import queries as audit

Made = TypeVar("Made")
MOST = 500
"""So many things of each kind are remembered; the one that nobody asked for longest goes first."""

_values: dict[str, dict[tuple[str, Hashable], object]] = {}
_NOTHING = object()


def _kind(key: Hashable) -> str:
    """What a key is about: its first word, however deep it stands."""
    while isinstance(key, tuple):
        key = key[0]
    return str(key)


class Memory:
    """What was made since the last event, for one request; made once, whoever asks.

    Every act writes an event in its own transaction, so whoever reads the same head of the chain
    can read the same record. One short query in place of long ones: the head is read once.
    """

    def __init__(self) -> None:
        self.head: str = audit.head()[1]

    def of(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` gives: from memory, as long as no event has been written since.

        Each kind of thing has room of its own, so that many small ones drive out no large one.
        """
        room = _values.setdefault(_kind(key), {})
        mine = (self.head, key)
        found = room.pop(mine, _NOTHING)
        if found is _NOTHING:
            found = make()
            self._make_room(room)
        room[mine] = found
        return found  # type: ignore[return-value]

    def _make_room(self, room: dict[tuple[str, Hashable], object]) -> None:
        """Forget what is left of an earlier head, or the one thing that nobody asked for longest."""
        oldest = next(iter(room), None)
        if oldest is None:
            return
        if oldest[0] != self.head:
            room.clear()
        elif len(room) >= MOST:
            room.pop(oldest, None)
