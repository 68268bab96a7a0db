"""What stands in the register, and what the reader proposes for it."""

from answerable.register.models.recorded import (
    Basis,
    Clock,
    ClockChange,
    Correction,
    Kind,
    Position,
    PositionRead,
    Recommendation,
    Reference,
    Response,
    Stands,
    Undertaking,
    Unit,
)
from answerable.register.models.replies import AnswerDecision, ProposedAnswer, ReplyReading

__all__ = [
    "AnswerDecision",
    "Basis",
    "Clock",
    "ClockChange",
    "Correction",
    "Kind",
    "Position",
    "PositionRead",
    "ProposedAnswer",
    "Recommendation",
    "Reference",
    "ReplyReading",
    "Response",
    "Stands",
    "Undertaking",
    "Unit",
]
