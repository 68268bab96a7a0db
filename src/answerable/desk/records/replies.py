"""A reply as a page shows it: its words, the positions read in it, and how it rewords what was asked."""

from dataclasses import dataclass

from django.urls import reverse

from answerable.desk.records.offers import Offer, name_of
from answerable.engine import wording
from answerable.register.models import PositionRead, Response
from answerable.register.queries.undertakings import position_in


@dataclass(frozen=True, slots=True)
class ReplyShown:
    """A reply, the position read in it, and how it words what was asked."""

    reply: Response
    asked: str
    read: Offer | None

    @property
    def positions(self) -> list[PositionRead]:
        """Every reading, newest first."""
        return sorted(self.reply.positions.all(), key=lambda p: (p.at, p.pk), reverse=True)

    @property
    def position(self) -> PositionRead | None:
        """The reading that counts."""
        return position_in(self.reply)

    @property
    def pieces(self) -> list[wording.Piece]:
        """The recommendation and the reply's own wording of it, word by word."""
        if not self.reply.restates or not wording.differs(self.asked, self.reply.restates):
            return []
        return wording.difference(self.asked, self.reply.restates)

    @property
    def entered_by(self) -> str:
        """Who typed it in."""
        return name_of(self.reply.entered_by)

    @property
    def source_href(self) -> str:
        """Where its document is on the desk."""
        if self.reply.document_id is None:
            return ""
        href = reverse("desk:document", args=[self.reply.document_id])
        return f"{href}?page={self.reply.page}" if self.reply.page else href
