"""The words of replies: those that were typed, and those that stand in a reply's own document."""

import re
from dataclasses import dataclass, replace
from datetime import date

from .. import days
from ..text import Block, parse, plain
from ..typeset import HERE

_HEADED = re.compile(r"Recommendation (\S+)")


@dataclass(frozen=True, slots=True)
class Reply:
    """A body's answer to one item, and the position that Rosa read in it, if she has read it yet.

    ``words`` are empty for an answer that stands in a document, until :func:`filled`.
    ``restates`` is the recommendation as the answer words it. ``position`` is one of the
    register's, or empty while nobody has read the reply. ``entered_by`` is a key of a person.
    """

    item: tuple[str, str]
    body: str
    dated: int | date
    words: str = ""
    position: str = ""
    reason: str = ""
    document: str = ""
    number: str = ""
    received: int | None = None
    entered_by: str = "rosa"
    restates: str = ""

    def dated_on(self, today: date) -> date:
        """The day printed on the reply."""
        return self.dated if isinstance(self.dated, date) else days.day_of(self.dated, today)

    def received_on(self, today: date) -> date | None:
        """The day on which it came, where that was another."""
        return None if self.received is None else days.day_of(self.received, today)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reply's document says to one number."""

    words: str
    restates: str = ""


def filled(reply: Reply, today: date) -> Reply:
    """The reply with its exact words, taken out of its document where it stands in one."""
    if not reply.document:
        return replace(reply, words=days.filled(reply.words, today))
    answer = answers(reply.document, today)[reply.number]
    return replace(reply, words=answer.words, restates=answer.restates)


def answers(document: str, today: date) -> dict[str, Answer]:
    """Every answer in a reply's document, by the number that it answers."""
    source = (HERE / "texts" / f"{document}.txt").read_text(encoding="utf-8")
    blocks = parse(days.filled(source, today))
    in_table = {b.title: Answer(plain(b.content)) for b in blocks if b.kind == "reply"}
    return in_table or _under_headings(blocks)


def _under_headings(blocks: list[Block]) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for head, first, second in zip(blocks, blocks[1:], blocks[2:], strict=False):
        if head.kind == "heading" and (match := _HEADED.match(plain(head.content))):
            words = plain(second.content).removeprefix("Reply. ")
            found[match[1]] = Answer(words, plain(first.content))
    return found
