"""The reports that a file names: rows of the same report together, and which of them are here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from answerable.engine.importing.headings import plain
from answerable.engine.importing.rows import Row
from answerable.register.models import Recommendation
from answerable.register.queries.importing.names import Names
from answerable.register.queries.importing.plans import PlannedReport, Question
from answerable.register.queries.importing.words import report_kind_of
from answerable.register.queries.naming import plain_name
from answerable.reports.models import Report
from answerable.reports.queries.likeness import STRONG, likeness, title_words

ANOTHER = "another"
"""The answer that a report of the file is none of those that are here."""
Wrong = list[tuple[str, str]]
Answers = Mapping[str, Mapping[str, str]]


class Reports:
    """Every report of a file, found once. Two queries."""

    def __init__(self, rows: Sequence[Row], names: Names, answers: Answers) -> None:
        self.names, self.answers = names, answers
        self.here = list(Report.objects.select_related("author").order_by("pk"))
        self.by_title: dict[str, list[Report]] = defaultdict(list)
        for report in self.here:
            self.by_title[plain(report.title)].append(report)
        self.planned: dict[str, PlannedReport] = {}
        self.days: dict[str, list[date | str]] = defaultdict(list)
        for row in rows:
            when = row.published or row.published_words
            if when and when not in self.days[plain(row.says("report"))]:
                self.days[plain(row.says("report"))].append(when)
        for row in rows:
            self._plan(row)
        self.asked = self._settled()
        self._words = self._standing()

    def _key(self, row: Row) -> str | None:
        """What tells this report from others; None where two have its title, and it has no day."""
        title = plain(row.says("report"))
        when = row.published or row.published_words
        days = self.days[title]
        if not when and len(days) > 1:
            return None
        when = when or (days[0] if days else "")
        return f"{title} · {when}"

    def _plan(self, row: Row) -> None:
        key = self._key(row)
        if key is None:
            return
        report = self.planned.setdefault(key, PlannedReport(key, row.says("report"), row.number))
        report.published_on = report.published_on or row.published
        report.published_words = report.published_words or row.published_words
        report.maker_words = report.maker_words or row.says("maker")
        report.kind = report.kind or row.says("report_kind")

    def of(self, row: Row) -> tuple[PlannedReport | None, Wrong]:
        """The report of a row, and what is wrong with what the row says of it."""
        key = self._key(row)
        if key is None:
            title = row.says("report")
            sentence = f"Two reports are called “{title[:80]}”, with different days. Say which."
            return None, [("published", sentence)]
        report = self.planned[key]
        maker = row.says("maker")
        if maker and plain(maker) != plain(report.maker_words):
            sentence = f"Row {report.row} says that {report.maker_words} made this report."
            return report, [("maker", sentence)]
        return report, []

    def used(self, keys: set[str]) -> list[PlannedReport]:
        """Those that a row is read of."""
        return [report for key, report in self.planned.items() if key in keys]

    @property
    def questions(self) -> list[Question]:
        """What a person must say of the reports."""
        return list(self.asked.values())

    # --- Which of them are here ---------------------------------------------------------------------

    def _settled(self) -> dict[tuple[str, str], Question]:
        found: dict[tuple[str, str], Question] = {}
        for report in self.planned.values():
            report.here = self._same(report)
            report.kind = report_kind_of(report.kind, report.title)
            if report.here is not None:
                continue
            maker = self._maker(report)
            another = self._another(report)
            if maker and report.here is None:
                known = found.get((maker.what, maker.key))
                rows = (*known.rows, *maker.rows) if known else maker.rows
                found[maker.what, maker.key] = replace(maker, rows=rows)
            if another:
                found["report", report.key] = another
        return found

    def _same(self, report: PlannedReport) -> Report | None:
        """The report of this title that is here, where its day is the same or one is not known."""
        found = self.by_title.get(plain(report.title), [])
        same = [one for one in found if report.when in (one.published_on, one.published_words)]
        if same:
            return same[0]
        open_ones = [one for one in found if not report.when or not _when(one)]
        return open_ones[0] if len(open_ones) == 1 else None

    def _answer(self, what: str, key: str) -> str:
        return self.answers.get(what, {}).get(key, "")

    def _maker(self, report: PlannedReport) -> Question | None:
        """Who made a report: by the name that the file has, or by what a person said."""
        words = report.maker_words
        if not words:
            answer = self._answer("maker", report.key)
            report.maker = self.names.by_slug.get(answer)
            usable = answer if report.maker else ""
            return Question("maker", report.key, report.title, (report.row,), answer=usable)
        report.maker = self.names.one(words)
        if report.maker is not None and not self.names.was_asked(words):
            return None
        key = plain_name(words)
        usable = self._answer("body", key) if report.maker is not None else ""
        likely = tuple(self.names.likely(words))
        return Question("body", key, words, (report.row,), likely, answer=usable)

    def _another(self, report: PlannedReport) -> Question | None:
        """Whether a report is one that is here under another title."""
        alike = self._alike(report)
        if alike is None:
            return None
        answer = self._answer("report", report.key)
        if answer == alike.slug:
            report.here = alike
        known = answer if answer in (alike.slug, ANOTHER) else ""
        return Question(
            "report", report.key, report.title, (report.row,), report=alike, answer=known
        )

    def _alike(self, report: PlannedReport) -> Report | None:
        """A report that is here and is almost certainly this one, under another title."""
        words = {word for word in title_words(report.title) if len(word) > 3}
        for one in self.here:
            day = report.published_on is not None and one.published_on == report.published_on
            if day and report.maker == one.author:
                return one
            shared = words & set(title_words(one.title))
            other_day = report.when and _when(one) and report.when != _when(one)
            if shared and not other_day and likeness(report.title, one.title) >= STRONG:
                return one
        return None

    def _standing(self) -> dict[int, dict[str, list[tuple[str, str]]]]:
        """The words that stand in the reports that are here: fingerprints with number and reference."""
        here = {report.here.pk for report in self.planned.values() if report.here}
        found: dict[int, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
        rows = Recommendation.objects.filter(report__in=here, withdrawn_at__isnull=True)
        columns = ("report_id", "fingerprint", "number", "reference")
        for pk, fingerprint, number, reference in rows.order_by("serial").values_list(*columns):
            found[pk][fingerprint].append((number, reference))
        return found

    def standing(self, report: PlannedReport, fingerprint: str, number: str) -> str:
        """The reference under which these words stand in ``report`` already; nothing where not."""
        if report.here is None:
            return ""
        same = self._words[report.here.pk].get(fingerprint, ())
        folded = number.casefold()
        found = (ref for n, ref in same if not n or not number or n.casefold() == folded)
        return next(found, "")


def _when(report: Report) -> date | str:
    return report.published_on or report.published_words
