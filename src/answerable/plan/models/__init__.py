"""What exists in a plan."""

from answerable.plan.models.claims import Claim, Rung
from answerable.plan.models.closing_tests import ClosingTest, Pattern
from answerable.plan.models.moves import DateMove, OwnerChange
from answerable.plan.models.planned import Action, DateOf, Dependency, Milestone, Service

__all__ = [
    "Action",
    "Claim",
    "ClosingTest",
    "DateMove",
    "DateOf",
    "Dependency",
    "Milestone",
    "OwnerChange",
    "Pattern",
    "Rung",
    "Service",
]
