"""The public record: real reports and what their sources say, and nothing that they do not say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from answerable.audit.actions import OPERATOR, act
from answerable.demo.bodies import Bodies
from answerable.register.actions.links import sign_link
from answerable.register.actions.recommendations import enter_recommendation
from answerable.register.actions.responses import log_response, read_position
from answerable.register.models import Recommendation
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Report
from answerable.world import record
from answerable.world.northmoor.days import month as month_words
from answerable.world.record import LooseDate, PublicRecommendation, PublicReport, Repeat

MAKERS_SITES = (
    "justiceinspectorates.gov.uk",
    "publications.parliament.uk",
    "iicsa.org.uk",
    "rotherham.gov.uk",
)
"""Sites on which the makers of these reports themselves published them."""


def in_words(loose: LooseDate) -> str:
    """A date as precisely as it is known: "2002", "September 2014"."""
    if loose.precision != "month":
        return loose.text
    return month_words(date.fromisoformat(f"{loose.text}-01"))


def _official_address(report: PublicReport) -> str:
    """Where the maker itself published it; a newspaper's address is not official."""
    for url in report.source_urls:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        if host.endswith(MAKERS_SITES) and not host.startswith("moderngov."):
            return url
    return ""


def _log(row: PublicReport, bodies: Bodies) -> Report:
    known = row.published.precision == "day"
    return log_report(
        by=OPERATOR,
        title=row.title,
        kind=row.kind,
        author=bodies[row.author],
        commissioner=bodies.get(row.commissioned_by),
        published_on=date.fromisoformat(row.published.text) if known else None,
        published_words="" if known else in_words(row.published),
        address=_official_address(row),
        stated_count=row.count_said,
    )


def _addressees(row: PublicRecommendation) -> Sequence[str]:
    """Whom the source names. Whom we only infer is left out: a body must not be asked by guess."""
    return () if row.addressees_inferred else row.addressees


def _enter(row: PublicRecommendation, report: Report, bodies: Bodies) -> Recommendation:
    because = f"The source says: {row.addressees_as_recorded}"
    return enter_recommendation(
        by=OPERATOR,
        report=report,
        words=row.words,
        kind=row.kind,
        number=row.number if row.number_from == "printed" else "",
        bodies=[(bodies[key], because) for key in _addressees(row)],
        paraphrased=True,
        source_url=row.source_url,
        subject=row.theme,
        start_clocks=False,
    )


def _answer(row: PublicRecommendation, entered: Recommendation, bodies: Bodies) -> bool:
    """What its own addressee replied, on a day that the source gives; whether there is such a reply.

    One body's answer is not another's, and a reply of which only the month is known has no day.
    """
    mine = row.response_by in _addressees(row) and row.response_on.precision == "day"
    if not (mine and row.response_words):
        return False
    note = f" {row.response_note}" if row.response_note else ""
    reply = log_response(
        by=OPERATOR,
        undertaking=entered.undertakings.get(body=bodies[row.response_by]),
        words=f"In our words, after the source: {row.response_words}.{note}",
        dated_on=date.fromisoformat(row.response_on.text),
        source_url=row.response_source_url,
    )
    if row.position_said:
        read_position(
            by=OPERATOR, response=reply, position=row.position_said, reason="The source says so."
        )
    return True


def _why(row: Repeat) -> str:
    """Our reason, whose reasoning it is, and where it was read."""
    whose = "Our own reading" if row.reasoning_is_ours else "In our words, after the source"
    return f"{whose}: {row.reason} Source: {row.source_url}"


def _link(row: Repeat, entered: Mapping[str, Recommendation]) -> bool:
    """Enter what repeats what, where we are sure enough; whether it was entered.

    No person of an office signed it, and none is invented for it: it is entered by the operator, and
    says so. What is of low confidence stays a suggestion for a person.
    """
    if row.confidence == "low":
        return False
    sign_link(
        by=OPERATOR,
        earlier=entered[row.first],
        later=entered[row.second],
        relation=row.relation,
        reason=_why(row),
    )
    return True


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much of the public record there is now."""

    reports: int
    recommendations: int
    replies: int
    links: int


@act
def load_record(bodies: Bodies) -> Loaded:
    """Log every real report, enter what it asks for, what was replied, and what repeats what."""
    logged = {row.report: _log(row, bodies) for row in record.reports()}
    rows = record.recommendations()
    entered = [_enter(row, logged[row.report], bodies) for row in rows]
    replies = [_answer(row, made, bodies) for row, made in zip(rows, entered, strict=True)]
    named = {row.recommendation: made for row, made in zip(rows, entered, strict=True)}
    links = [_link(row, named) for row in record.repeats()]
    return Loaded(len(logged), len(entered), sum(replies), sum(links))
