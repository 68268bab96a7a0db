"""What has happened in Northmoor so far: data for the loader of the demonstration, no acts.

Every date is a number of days from today (negative: before), so that the demonstration is always
alive; only what is long past has a fixed date. An item is named by its document's id and its key in
that document's text (and in its truth file), never by a database key.
"""

from .bodies import BODIES, MEANT_BY, PEOPLE, InventedBody, InventedPerson
from .replies import CHANGES, CORRECTIONS, WITHDRAWALS, Change, Correction, Withdrawal, replies
from .reports import LIKENESSES, REPORTS, InventedReport, Likeness
from .words import Reply

__all__ = [
    "BODIES",
    "CHANGES",
    "CORRECTIONS",
    "LIKENESSES",
    "MEANT_BY",
    "PEOPLE",
    "REPORTS",
    "WITHDRAWALS",
    "Change",
    "Correction",
    "InventedBody",
    "InventedPerson",
    "InventedReport",
    "Likeness",
    "Reply",
    "Withdrawal",
    "replies",
]
