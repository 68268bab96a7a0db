"""What became of some of Northmoor's undertakings: each a strand of the story, told from its start."""

from collections.abc import Callable

from answerable.demo.calendar import Part
from answerable.demo.cases import candid, gamed, repeats
from answerable.demo.northmoor import Northmoor

CASES: tuple[Callable[[Northmoor], Part], ...] = (
    gamed.output_for_outcome,
    gamed.completed_and_kept,
    gamed.superseded,
    gamed.closed_by_date,
    gamed.moved_dates_and_owners,
    gamed.counts_that_drift,
    gamed.silence,
    candid.own_word,
    candid.void,
    candid.verifiers_differ,
    candid.expired,
    candid.asked_again,
    candid.for_the_chair,
    candid.not_pursued,
    candid.other_ways,
    candid.this_week,
    *repeats.families(),
    repeats.contradicted,
    repeats.lapsed,
    repeats.beside,
    repeats.analysed,
)
"""The eight ways in which statuses are gamed come first, then what else the record must bear, and
last what repeats and what is missing."""
