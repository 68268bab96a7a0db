"""What the public may know of a sample: how it was drawn, and its counts without small numbers.

The list is not kept anywhere. Its digest, its length where it is small, and the places that were
drawn stay inside: who could guess the list must not be able to test the guess.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings

from answerable.assurance.models import Sample
from answerable.engine import sampling
from answerable.engine.disclosure.suppression import Shown, suppressed
from answerable.publishing.records.rows import Groups, Record, of, plain, plain_of, records_by

SAMPLE = ("size", "why", "criteria", "seed_digest", "seed")
MOMENTS = {"committed_at": "committed_on", "drawn_at": "drawn_on", "seen_at": "seen_on"}
PATH = "undertaking__recommendation__report__"


def samples(as_of: date) -> Groups:
    """Every sample by undertaking, oldest first: those never drawn are shown too."""
    rows = of(Sample, as_of, PATH).order_by("committed_at", "pk")
    columns = ("undertaking_id", "undertaking__body__slug", "population_size", "drawn", "seen")
    found = rows.values(*columns, *MOMENTS, *SAMPLE)
    return records_by(found, "undertaking_id", _sample)


def _sample(row: Mapping[str, Any]) -> Record:
    drawn = len(row["drawn"] or ())
    listed = row["population_size"]
    criteria = list(row["criteria"])
    is_small = listed is not None and listed < settings.SMALL_NUMBER
    return plain_of(row, SAMPLE) | {
        "body": row["undertaking__body__slug"],
        "criteria": criteria,
        **{name: plain(row[column]) for column, name in MOMENTS.items()},
        "listed": None if is_small else listed,
        "listed_is_small": is_small,
        "drawn": drawn if drawn >= settings.SMALL_NUMBER else None,
        "results": [
            _result(criterion, met, of_, drawn)
            for criterion, (met, of_) in zip(criteria, row["seen"] or (), strict=False)
        ],
    }


def _result(criterion: str, met: int, looked_at: int, drawn: int) -> Record:
    """What was seen of one criterion, as far as it may be shown, with what the size allows one to say."""
    shown = None
    if drawn >= settings.SMALL_NUMBER:  # of a few records, not even how many there are is said
        counts = [met, looked_at - met, drawn - looked_at]
        shown = suppressed(counts, threshold=settings.SMALL_NUMBER)
    if shown is None:
        nothing = dict.fromkeys(("met", "of", "share_low", "share_high"))
        return {"criterion": criterion, "hidden": True, **nothing}
    yes, _, unseen = shown
    least, most = drawn - _end(unseen, drawn), drawn - unseen.low
    low, high = _share(yes.low, most), _share(min(_end(yes, drawn), most), least)
    return {
        "criterion": criterion,
        "hidden": yes.number is None or least != most,
        "met": [yes.low, min(_end(yes, drawn), most)],
        "of": [least, most],
        "share_low": round(low.low, 3) if low else None,
        "share_high": round(high.high, 3) if high else None,
    }


def _end(shown: Shown, drawn: int) -> int:
    return drawn if shown.high is None else min(shown.high, drawn)


def _share(met: int, of_: int) -> sampling.Interval | None:
    """The interval for a share; of a number that is not shown, its widest end is asked for."""
    return sampling.wilson(min(met, of_), of_) if of_ else None
