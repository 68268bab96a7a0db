"""What exists in chasing."""

from answerable.chasing.models.chases import Chase, Dispatch
from answerable.chasing.models.ladder import STEPS, Ladder, Setting, Step, StepSet
from answerable.chasing.models.outbox import Delivery
from answerable.chasing.models.people import Head, Rhythm, Subscription

__all__ = [
    "STEPS",
    "Chase",
    "Delivery",
    "Dispatch",
    "Head",
    "Ladder",
    "Rhythm",
    "Setting",
    "Step",
    "StepSet",
    "Subscription",
]
