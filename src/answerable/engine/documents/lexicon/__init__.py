"""The words that tell sections and sentences apart. General English of reports; no body's name."""

from answerable.engine.documents.lexicon.titles import (
    Sense,
    kind,
    of_others,
    other_list,
    plain_title,
    sense,
)
from answerable.engine.documents.lexicon.wording import (
    announces,
    asks,
    believes,
    commands,
    directs,
    is_clause,
    judges,
    obliges,
    opens,
    performed,
    performs,
    standard,
    tells,
    told,
)

__all__ = [
    "Sense",
    "announces",
    "asks",
    "believes",
    "commands",
    "directs",
    "is_clause",
    "judges",
    "kind",
    "obliges",
    "of_others",
    "opens",
    "other_list",
    "performed",
    "performs",
    "plain_title",
    "sense",
    "standard",
    "tells",
    "told",
]
