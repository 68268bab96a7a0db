"""The days of Northmoor: each act of its past happens on its day, the oldest first.

Every act dates itself by Django's clock. Here that clock is set back while an example world is being
loaded, and nowhere else: a record that people keep has only the true time.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from heapq import heapify, heappop, heappush

from django.utils import timezone

from answerable.audit.rules import Refused
from answerable.demo import marker
from answerable.demo.marker import Made

Part = Iterator[int]
"""A strand of the story: it gives the day of its next act (counted from today), then acts."""

OPENS = time(9)
BETWEEN = timedelta(seconds=2)
"""From one reading of the clock to the next."""


@contextmanager
def _clock(now: Callable[[], datetime]) -> Iterator[None]:
    true = timezone.now
    timezone.now = now
    try:
        yield
    finally:
        timezone.now = true


class Calendar:
    """Plays strands of a story, each act on its day, so that the chain runs forward in time."""

    def __init__(self, today: date) -> None:
        if marker.made() not in (Made.EMPTY, Made.HALF):
            raise Refused("Only an example world that is being loaded can have a past.")
        self.today = today
        self.moment = datetime.min.replace(tzinfo=UTC)

    def _tick(self) -> datetime:
        self.moment += BETWEEN
        return self.moment

    @contextmanager
    def on(self, day: int) -> Iterator[None]:
        """Whatever is done inside happens on ``day``, counted from today; today it is true time."""
        if day >= 0:
            yield
            return
        morning = datetime.combine(self.today + timedelta(days=day), OPENS)
        self.moment = max(self.moment, timezone.make_aware(morning).astimezone(UTC))
        with _clock(self._tick):
            yield

    def play(self, parts: Iterable[Part]) -> None:
        """Let every strand happen, in the order of days; those of one day in the order given."""
        waiting = [(next(part), order, part) for order, part in enumerate(parts)]
        heapify(waiting)
        while waiting:
            day, order, part = heappop(waiting)
            with self.on(day):
                following = next(part, None)
            if following is not None:
                heappush(waiting, (max(day, following), order, part))
