"""Match the rows of a file with what is here, and plan what would be entered. Nothing is written."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Permission, check_may_judge, reason_against
from answerable.engine import wording
from answerable.engine.importing.headings import plain
from answerable.engine.importing.rows import Reader, Row, names_in
from answerable.engine.importing.shapes import Settings, Table, Told
from answerable.register.queries.candidates import directory
from answerable.register.queries.importing import words as said
from answerable.register.queries.importing.names import Names
from answerable.register.queries.importing.plans import (
    Ask,
    Checked,
    Named,
    PlannedReply,
    Question,
)
from answerable.register.queries.importing.reports import Reports
from answerable.register.queries.naming import plain_name

Answers = Mapping[str, Mapping[str, str]]
"""What a person said: by the kind of question, then by its key."""


@dataclass(slots=True)
class Asked:
    """A question as it is gathered from the rows."""

    words: str
    rows: list[int] = field(default_factory=list)


class _Check:
    def __init__(self, person: Person, table: Table, settings: Settings, answers: Answers) -> None:
        self.person, self.answers = person, answers
        self.found = Checked(sheet=table.name, exact=bool(settings.exact))
        self.asked: dict[tuple[str, str], Asked] = {}
        self.names = Names(directory(), answers.get("body", {}))
        self.against: dict[int, str] = {}
        self.by_words: dict[tuple[str, str], list[Ask]] = defaultdict(list)

    def run(self, reader: Reader) -> Checked:
        read = reader.read()
        self.reader = reader
        self.found.left, self.found.hidden = read.left, read.hidden
        self.found.faults = read.faults
        self.reports = Reports(read.rows, self.names, self.answers)
        for row in read.rows:
            self._row(row)
        self.found.asks.sort(key=_own_order)
        self.found.reports = self.reports.used({ask.report.key for ask in self.found.asks})
        self.found.bodies = self.names.new
        self.found.questions = self._questions()
        self.found.faults.sort(key=lambda fault: (fault.row, len(fault.column), fault.column))
        return self.found

    # --- One row ------------------------------------------------------------------------------------

    def _row(self, row: Row) -> None:
        faults = len(self.found.faults)
        report, wrong = self.reports.of(row)
        for meaning, sentence in wrong:
            self._fault(row, meaning, sentence)
        to = self._addressees(row)
        kind = self._choice("kind", row, said.kind_of)
        reply = self._reply(row, to)
        if report is None or len(self.found.faults) > faults:
            return
        fingerprint = wording.fingerprint(row.says("words"))
        if here := self.reports.standing(report, fingerprint, row.says("number")):
            sentence = f"Its words stand in this report as {here} already."
            self.found.standing.append(Told(row.number, sentence))
            return
        ask = self._known(report.key, fingerprint, row.says("number"))
        if ask is None:
            ask = Ask(
                report=report,
                row=row.number,
                words=row.says("words"),
                fingerprint=fingerprint,
                number=row.says("number"),
                kind=kind or "",
                page=row.page,
                subject=row.says("subject"),
                address=row.says("address"),
                theirs=row.says("theirs"),
            )
            self.by_words[report.key, fingerprint].append(ask)
            self.found.asks.append(ask)
        self._join(ask, row, to, reply)

    def _fault(self, row: Row, meaning: str, sentence: str) -> None:
        self.found.faults.append(self.reader.fault(row.number, meaning, sentence))

    def _known(self, key: str, fingerprint: str, number: str) -> Ask | None:
        """What an earlier row of the same report says in the same words."""
        same = self.by_words.get((key, fingerprint), ())
        folded = number.casefold()
        return next(
            (a for a in same if not a.number or not number or a.number.casefold() == folded), None
        )

    def _join(
        self, ask: Ask, row: Row, to: Mapping[Named, str], reply: PlannedReply | None
    ) -> None:
        new = [body for body in to if body not in ask.to]
        said_before = {(r.to, r.words, r.dated_on) for r in ask.replies}
        more = (
            reply if reply and (reply.to, reply.words, reply.dated_on) not in said_before else None
        )
        if ask.row != row.number and not new and not more:
            sentence = f"It says the same as row {ask.row}. It is taken once."
            self.found.doubled.append(Told(row.number, sentence))
        ask.number = ask.number or row.says("number")
        ask.page = ask.page or row.page
        for body in new:
            ask.to[body] = to[body]
        names = names_in(row.says("to"))
        ask.waits += [n for n in names if plain_name(n) and self.names.meant(n) is None]
        if more:
            ask.replies.append(more)

    # --- What a row names ---------------------------------------------------------------------------

    def _addressees(self, row: Row) -> dict[Named, str]:
        found: dict[Named, str] = {}
        for name in names_in(row.says("to")):
            if len(name) > 200:
                self._fault(row, "to", f"“{name[:60]} …” is too long for a name.")
                continue
            bodies = self.names.meant(name) if plain_name(name) else ()
            if self.names.was_asked(name):
                self._ask("body", plain_name(name), name, row)
            for body in bodies or ():
                found.setdefault(body, name)
        return found

    def _choice(self, what: str, row: Row, known: Callable[[str], str | None]) -> str | None:
        """What a word of a row means: known, or answered once for every row that has it."""
        words = row.says(what)
        meant = known(words)
        if meant is not None:
            return meant
        self._ask(what, plain(words), words, row)
        return self.answers.get(what, {}).get(plain(words))

    def _ask(self, what: str, key: str, words: str, row: Row) -> None:
        rows = self.asked.setdefault((what, key), Asked(words)).rows
        if not rows or rows[-1] != row.number:
            rows.append(row.number)

    def _reply(self, row: Row, to: Mapping[Named, str]) -> PlannedReply | None:
        words = row.says("reply")
        if "reply" not in self.reader.at:
            words = row.says("position")  # all that the file has of the reply
        if said.position_of(words) == "":
            if said.position_of(row.says("position")) != "":
                self._note(row, "Its position is left out: no words of a reply stand beside it.")
            return None
        if "replied" not in self.reader.at:
            self._note(row, "Its reply is left out: no column says on which day it was made.")
            return None
        position = self._choice("position", row, said.position_of)
        return self._dated(row, to, words, position or "")

    def _note(self, row: Row, sentence: str) -> None:
        self.found.notes.append(Told(row.number, sentence))

    def _dated(
        self, row: Row, to: Mapping[Named, str], words: str, position: str
    ) -> PlannedReply | None:
        body = next(iter(to), None)
        read = "" if position == said.UNREAD else position
        if row.replied is None:
            self._fault(row, "replied", "A reply has a day. Put it in, or take the reply out.")
        elif len(to) > 1:
            sentence = "A reply stands beside several bodies. Give each body a row of its own."
            self._fault(row, "reply", sentence)
        elif read and (sentence := self._against(body)):
            self._fault(row, "position", sentence)
        elif body is not None:
            return PlannedReply(
                body, words, row.replied, row.number, read, row.says("position_why")
            )
        elif all(self.names.meant(name) is not None for name in names_in(row.says("to"))):
            self._fault(row, "to", "There is a reply, but nobody to whom this is addressed.")
        return None

    def _against(self, body: Named | None) -> str:
        """Why this person may not read a position of ``body``; nothing where she may."""
        if not isinstance(body, Body):
            return ""
        if body.pk not in self.against:
            asked = (self.person, Permission.POSITION_READ, body)
            self.against[body.pk] = reason_against(check_may_judge, *asked)
        return self.against[body.pk]

    # --- Questions ----------------------------------------------------------------------------------

    def _questions(self) -> list[Question]:
        found = {(q.what, q.key): q for q in self.reports.questions}
        for (what, key), asked in self.asked.items():
            rows = [*asked.rows, *(found[what, key].rows if (what, key) in found else ())]
            answer = self.answers.get(what, {}).get(key, "")
            likely = tuple(self.names.likely(asked.words)) if what == "body" else ()
            rows_once = tuple(sorted(set(rows)))
            found[what, key] = Question(what, key, asked.words, rows_once, likely, answer=answer)
        return list(found.values())


def _own_order(ask: Ask) -> int:
    """Those of a register's own download in the order of their references there."""
    found = re.fullmatch(r"R-(\d+)", ask.theirs)
    return int(found[1]) if found else 0


def check(
    *, person: Person, table: Table, settings: Settings, answers: Answers, today: date
) -> Checked:
    """What ``table`` would put into the register, as ``settings`` read it and ``answers`` decide it.

    Every row is fine, refused with the cell named, told, or waits for an answer. A handful of
    queries, however many rows there are.
    """
    return _Check(person, table, settings, answers).run(Reader(table, settings, today))
