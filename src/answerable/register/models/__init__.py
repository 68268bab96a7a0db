"""What stands in the register, and what the reader proposes for it."""

from answerable.register.models.importing import Import, PendingImport
from answerable.register.models.likeness import (
    Dismissal,
    LikenessBlock,
    LikenessPosting,
    LikenessTerm,
    LikenessText,
    LikenessVector,
    Suggestion,
)
from answerable.register.models.links import Link, Relation
from answerable.register.models.objections import Objection
from answerable.register.models.outside_links import OutsideLink
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
    "Dismissal",
    "Import",
    "Kind",
    "LikenessBlock",
    "LikenessPosting",
    "LikenessTerm",
    "LikenessText",
    "LikenessVector",
    "Link",
    "Objection",
    "OutsideLink",
    "PendingImport",
    "Position",
    "PositionRead",
    "ProposedAnswer",
    "Recommendation",
    "Reference",
    "Relation",
    "ReplyReading",
    "Response",
    "Stands",
    "Suggestion",
    "Undertaking",
    "Unit",
]
