"""The pages of one report, one recommendation, one body."""

from collections import Counter
from collections.abc import Iterator
from textwrap import shorten
from typing import Any

from django.conf import settings

from answerable.engine import wording
from answerable.html.times import day_words, plural
from answerable.publishing import standings
from answerable.publishing.folders import Made
from answerable.publishing.pages import answers, followed
from answerable.publishing.pages.answers import name_of
from answerable.publishing.pages.lists import (
    ASSURANCE_PARTS,
    DELIVERY_PARTS,
    day_of,
    parts_of,
    report_row,
    response_parts,
)
from answerable.publishing.pages.site import Pair, Record, Site


def report(site: Site, record: Record) -> Iterator[Made]:
    """A report with everything it asks, in its exact words."""
    asked = site.of_report[record["slug"]]
    rows = [(r, [(u, name_of(site, u["body"])) for u in r["undertakings"]]) for r in asked]
    yield from site.list_pages(
        f"report/{record['slug']}.html",
        "report.html",
        rows,
        report=record,
        author=name_of(site, record["author"]),
        when=day_of(record),
        summary=_summary_of_report(record, asked),
        facts=_facts_of_report(site, record),
        reports_href="../reports.html",
        invented=record["invented"],
        elsewhere=_is_elsewhere(asked),
    )


def _is_elsewhere(asked: list[Record]) -> bool:
    return bool(asked) and not any(standings.is_own(r) for r in asked)


def _summary_of_report(report: Record, asked: list[Record]) -> str:
    standing = [r for r in asked if not r["withdrawn_on"]]
    are = "is" if len(standing) == 1 else "are"
    words = f"{plural(len(standing), 'recommendation')} from this report {are} kept here."
    said = report["stated_count"]
    if said is None or said == len(standing):
        return words
    return f"{words} The report itself speaks of {said}."


def _facts_of_report(site: Site, report: Record) -> list[tuple[str, str]]:
    commissioner = report["commissioner"]
    period = " to ".join(filter(None, map(day_words, (report["period_from"], report["period_to"]))))
    facts = [
        ("Made by", name_of(site, report["author"])),
        ("Commissioned by", name_of(site, commissioner) if commissioner else ""),
        ("Published", day_of(report)),
        ("Period examined", period),
        ("Areas", ", ".join(report["areas"])),
        ("Terms of reference", report["terms"]),
        ("Scope", report["scope"]),
    ]
    return [(key, value) for key, value in facts if value]


# --- One recommendation -------------------------------------------------------------------------


def recommendation(site: Site, r: Record) -> Made:
    """A recommendation: its words, where it stands, what comes next, how it got here."""
    made_by = site.reports[r["report"]]
    author = name_of(site, made_by["author"])
    return site.page(
        f"record/{r['reference']}.html",
        "record.html",
        r=r,
        report=made_by,
        short_title=shorten(made_by["title"], 60, placeholder=" …"),
        author=author,
        when=day_of(made_by),
        report_href=f"../report/{r['report']}.html",
        page_href=f"../{r['document']}#page={r['page']}" if r["document"] and r["page"] else "",
        answers=[_answer(site, r, u, n) for n, u in enumerate(r["undertakings"], start=1)],
        corrections=_corrections(r),
        lines=answers.history(site, r),
        family=followed.family(site, r),
        superseded_by=followed.superseded_by(r),
        small_number=site.records["small_number"],
        address=f"{settings.SITE_URL}/record/{r['reference']}",
        fingerprint=wording.grouped(r["fingerprint"]),
        cite=_citation(site, r, made_by, author),
        picture=site.pictures.get(r["reference"]),
        invented=r["invented"],
        elsewhere=r["paraphrased"],
    )


def _answer(site: Site, r: Record, u: Record, number: int) -> dict[str, Any]:
    anchor, clock = f"body-{number}", u["clock"]
    return {
        "u": u,
        "name": name_of(site, u["body"]),
        "anchor": anchor,
        "four": answers.four(site, u, anchor),
        "next": answers.next_step(site, u),
        "replies": [_reply(r, reply) for reply in u["responses"]],
        "dates": answers.dates(clock) if clock else [],
        "moved": answers.moved_words(clock) if clock else "",
        "then": followed.of(site, u),
        "owed": f"{clock['owed'].rstrip('.')}." if clock and clock["owed"] else "",
    }


def _reply(r: Record, reply: Record) -> dict[str, Any]:
    """A reply, with how it words the recommendation where it does so differently."""
    said = reply["restates"]
    differs = said and wording.differs(r["words"], said)
    return {**reply, "restated": answers.pieces(r["words"], said) if differs else []}


def _corrections(r: Record) -> list[dict[str, Any]]:
    before, found = r["words_as_entered"], []
    for correction in r["corrections"]:
        found.append({**correction, "pieces": answers.pieces(before, correction["words"])})
        before = correction["words"]
    return found


def _citation(site: Site, r: Record, report: Record, author: str) -> str:
    place = ", ".join(
        filter(
            None,
            (f"{r['kind']} {r['number']}".strip(), f"page {r['page']}" if r["page"] else ""),
        )
    )
    return (
        f"{author}, “{report['title']}” ({day_of(report)}), {place}. {r['reference']} in the record of "
        f"{site.records['office']}, edition {site.number} ({day_words(site.published_on)}), "
        f"{settings.SITE_URL}/record/{r['reference']}"
    )


# --- One body -----------------------------------------------------------------------------------


def body(site: Site, record: Record) -> Iterator[Made]:
    """A body: what it was asked, what it answered, what it made, whom it followed."""
    pairs = site.of_body.get(record["slug"], [])
    made = [r for r in site.reports.values() if r["author"] == record["slug"]]
    own = [u for _, u in standings.counted(r for r, _ in pairs) if u["body"] == record["slug"]]
    yield from site.list_pages(
        f"body/{record['slug']}.html",
        "body.html",
        pairs,
        body=record,
        summary=_summary_of_body(record, pairs, own),
        parts=response_parts(Counter(u["standing"] for u in own)) if own else [],
        claims=parts_of(Counter(map(standings.claimed, own)), DELIVERY_PARTS),
        seen=parts_of(Counter(map(standings.seen, own)), ASSURANCE_PARTS),
        made=[report_row(site, r) for r in made],
        facts=_facts_of_body(record),
        followed_by=[
            {"slug": f["body"], "name": name_of(site, f["body"]), "on": f["on"]}
            for f in record["followed_by"]
        ],
        follows=_follows(site, record["slug"]),
        handed_over=record.get("handed_over", []),
        bodies_href="../bodies.html",
        as_of=site.records["as_of"],
        invented=record["invented"],
        elsewhere=bool(pairs) and not own,
    )


def _follows(site: Site, slug: str) -> list[dict[str, str]]:
    return [
        {"slug": other["slug"], "name": other["name"], "on": f["on"]}
        for other in site.bodies.values()
        for f in other["followed_by"]
        if f["body"] == slug
    ]


def _summary_of_body(body: Record, pairs: list[Pair], own: list[Record]) -> str:
    if not pairs:
        return "No recommendation in this edition is addressed to it."
    if not own:
        asked = plural(len(pairs), "recommendation")
        return f"{asked} from public sources name it. Nothing is counted as owed here."
    silent = [u for u in own if u["standing"] in standings.NOT_ANSWERED]
    late = [u for u in silent if u["standing"] == standings.LATE]
    asked = f"It was asked {plural(len(own), 'thing')}"
    if not silent:
        return f"{asked} and has answered {'it' if len(own) == 1 else 'them all'}."
    lateness = f", {len(late)} of them late" if late else ", none of them late"
    return f"{asked}. {plural(len(silent), 'answer')} {'is' if len(silent) == 1 else 'are'} still to come{lateness}."


def _facts_of_body(body: Record) -> list[tuple[str, str]]:
    facts = [
        ("Also known as", ", ".join(filter(None, (body["short_name"], *body["other_names"])))),
        ("Areas", ", ".join(body["areas"])),
        ("Exists since", day_words(body["begins_on"])),
        ("Existed until", day_words(body["ends_on"])),
    ]
    return [(key, value) for key, value in facts if value]
