"""What changes in public between two editions: every line that a reader would see differently.

Each public record is laid out as lines, a label and a text; two layouts are compared label by
label. The list is plain data, kept with the proposal, so that it can be shown to have been seen.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from answerable.html.times import day_words
from answerable.publishing import lines_after

Record = Mapping[str, Any]
Lines = dict[str, str]
Change = dict[str, Any]
Names = Mapping[str, str]
"""Names of bodies by their slugs, and titles of reports by theirs."""

ADDED, CHANGED, REMOVED = "added", "changed", "removed"


def between(before: Record | None, after: Record) -> list[Change]:
    """The changes from the records of one edition to those of the next, in reading order.

    ``before`` is None for the first edition. Each change says ``kind``, ``key``, ``title``,
    ``what`` (added, changed or removed) and its ``lines``: label, ``old`` and ``new`` text.
    """
    was = before or {"office": "", "bodies": [], "reports": [], "recommendations": []}
    names = {b["slug"]: b["name"] for b in [*was["bodies"], *after["bodies"]]}
    names |= {f"report {r['slug']}": r["title"] for r in [*was["reports"], *after["reports"]]}

    def of(
        kind: str, key: str, title: str, laid_out: Callable[[Record, Names], Lines]
    ) -> list[Change]:
        held = f"{kind}s" if kind != "body" else "bodies"
        return list(_of(kind, key, title, lambda r: laid_out(r, names), was[held], after[held]))

    return [
        *_office(was, after),
        *of("report", "slug", "title", _report_lines),
        *of("recommendation", "reference", "reference", _recommendation_lines),
        *of("body", "slug", "name", _body_lines),
    ]


def counts(changes: Iterable[Change]) -> dict[str, dict[str, int]]:
    """How many of each kind were added, changed and removed."""
    found = Counter((c["kind"], c["what"]) for c in changes)
    kinds = dict.fromkeys(kind for kind, _ in found)
    return {k: {w: found[k, w] for w in (ADDED, CHANGED, REMOVED)} for k in kinds}


TEXTS = (
    "Words",
    "words",
    "why",
    "looked at",
    "missing",
    "seen",
    "shows",
    "show",
    "Title",
    "Scope",
    "Terms of reference",
    "the recommendation",
)
"""How the labels end of lines that are sentences, to be compared word by word."""


def is_text(label: str) -> bool:
    """Whether a line is text; any other, a date or a standing, is compared as a whole."""
    return label.endswith(TEXTS)


def leaving(changes: Iterable[Change]) -> list[Change]:
    """Records that would leave. Nothing does: a proposal with one of these is refused."""
    return [c for c in changes if c["what"] == REMOVED]


def _office(before: Record, after: Record) -> Iterator[Change]:
    if before["office"] != after["office"]:
        line = {"label": "Name of the office", "old": before["office"], "new": after["office"]}
        yield {
            "kind": "office",
            "key": "",
            "title": after["office"],
            "what": CHANGED if before["office"] else ADDED,
            "lines": [line],
        }


def _of(
    kind: str,
    key: str,
    title: str,
    laid_out: Callable[[Record], Lines],
    before: Iterable[Record],
    after: Iterable[Record],
) -> Iterator[Change]:
    old = {record[key]: record for record in before}
    new = {record[key]: record for record in after}
    for each in [*new, *(k for k in old if k not in new)]:
        was, now = old.get(each), new.get(each)
        if was == now:
            continue
        lines = _compared(laid_out(was) if was else {}, laid_out(now) if now else {})
        what = ADDED if was is None else REMOVED if now is None else CHANGED
        if lines:
            shown = (now or was or {})[title]
            yield {"kind": kind, "key": each, "title": shown, "what": what, "lines": lines}


def _compared(old: Lines, new: Lines) -> list[dict[str, str | None]]:
    labels = dict.fromkeys([*new, *old])
    return [
        {"label": label, "old": old.get(label), "new": new.get(label)}
        for label in labels
        if old.get(label) != new.get(label)
    ]


def _filled(lines: Mapping[str, object]) -> Lines:
    return {label: str(text) for label, text in lines.items() if text not in (None, "", False)}


def _passed_on(handed: Record) -> str:
    """That a body's record went to another office, or came from one."""
    way = "handed over to" if handed["way"] == "given" else "came from"
    return f"{way} {handed['office']} on {day_words(handed['on'])}"


def _body_lines(body: Record, names: Names) -> Lines:
    followed = [f"{names[f['body']]} on {day_words(f['on'])}" for f in body["followed_by"]]
    return _filled(
        {
            "Name": body["name"],
            "Short name": body["short_name"],
            "Other names": ", ".join(body["other_names"]),
            "Kind": body["kind"],
            "Begins on": day_words(body["begins_on"]),
            "Ends on": day_words(body["ends_on"]),
            "Areas": ", ".join(body["areas"]),
            "Followed by": "; ".join(followed),
            "Its whole record": "; ".join(map(_passed_on, body.get("handed_over", []))),
            "Oversight office": "yes" if body["is_office"] else "",
            "Invented": "yes" if body["invented"] else "",
        }
    )


def _report_lines(report: Record, names: Names) -> Lines:
    lines = {
        "Title": report["title"],
        "Kind": report["kind"],
        "Author": names[report["author"]],
        "Commissioned by": names.get(report["commissioner"], ""),
        "Published on": day_words(report["published_on"]) or report["published_words"],
        "Period": " to ".join(
            filter(None, map(day_words, (report["period_from"], report["period_to"])))
        ),
        "Areas": ", ".join(report["areas"]),
        "Terms of reference": report["terms"],
        "Scope": report["scope"],
        "Official address": report["address"],
        "Recommendations, by its own count": report["stated_count"],
        "Invented": "yes" if report["invented"] else "",
    }
    for document in report["documents"]:
        label = f"Document made public: {document['sha256'][:16]}"
        lines[label] = f"{document['purpose']}, {document['media_type']}, {document['size']} bytes"
    return _filled(lines)


def _recommendation_lines(recommendation: Record, names: Names) -> Lines:
    r = recommendation
    lines = {
        "Words": r["words"],
        "Words as first entered": r["words_as_entered"] if r["corrections"] else "",
        "Number": r["number"],
        "Kind": r["kind"],
        "Report": names[f"report {r['report']}"],
        "Page": r["page"],
        "Subject": r["subject"],
        "Source": r["source_url"],
        "Fingerprint": r["fingerprint"],
        "SHA-256 of its document": r["document_sha256"],
        "Document made public": r["document"],
        "Withdrawn": day_words(r["withdrawn_on"]),
        "Why it was withdrawn": r["withdrawn_because"],
    }
    for n, correction in enumerate(r["corrections"], start=1):
        lines[f"Correction {n}, {day_words(correction['on'])}: words"] = correction["words"]
        lines[f"Correction {n}, {day_words(correction['on'])}: why"] = correction["reason"]
    for undertaking in r["undertakings"]:
        lines |= _undertaking_lines(undertaking, names)
    return _filled(lines | lines_after.of_links(r))


def _undertaking_lines(undertaking: Record, names: Names) -> dict[str, object]:
    u, body = undertaking, names[undertaking["body"]]
    lines: dict[str, object] = {
        f"{body}: where it stands": u["standing_words"],
        f"{body}: late since": u["late_since"] and f"the day after {day_words(u['late_since'])}",
        f"{body}: notice of silence": day_words(u.get("notice_on")),
        f"{body}: passed on from": names.get(u["passed_from"], ""),
        f"{body}: passed on to": names.get(u["passed_to"], ""),
    }
    for n, reply in enumerate(u["responses"], start=1):
        name = f"{body}: reply {n}, {day_words(reply['dated_on'])}"
        lines[f"{name}: words"] = reply["words"]
        lines[f"{name}: how it restates the recommendation"] = reply["restates"]
        lines[f"{name}: received on"] = day_words(reply["received_on"])
        lines[f"{name}: page"] = reply["page"]
        lines[f"{name}: source"] = reply["source_url"]
        lines[f"{name}: document made public"] = reply["document"]
        for m, read in enumerate(reply["positions"], start=1):
            lines[f"{name}: position, reading {m}"] = f"{read['position']} (read by {read['by']})"
            lines[f"{name}: position, reading {m}: why"] = read["reason"]
    if u["clock"]:
        lines |= {f"{body}: {label}": text for label, text in _clock_lines(u["clock"]).items()}
    followed = lines_after.of_answer(u, names)
    return lines | {f"{body}: {label}": text for label, text in followed.items()}


def _clock_lines(clock: Record) -> dict[str, object]:
    lines: dict[str, object] = {
        "time limit": f"{clock['length']} {clock['unit']}, {clock['basis']}",
        "time limit: source": f"{clock['source']} {clock['source_url']}".strip(),
        "what is owed": clock["owed"],
        "clock starts on": day_words(clock["starts_on"]),
        "last day as first computed": day_words(clock["first_due_on"]),
        "last day as computed now": day_words(_if_moved(clock)),
        "official last day": day_words(clock["official_on"]),
        "official last day: why": clock["official_reason"],
        "a reply came on": day_words(clock["answered_on"]),
    }
    for n, change in enumerate(clock["changes"], start=1):
        was, now = day_words(change["due_before"]), day_words(change["due_after"])
        when = day_words(change["recorded_on"])
        lines[f"date moved {n}, on {when}, by {change['by']}"] = (
            f"{change['what']}: {was} became {now}"
        )
        lines[f"date moved {n}: why"] = change["reason"]
    return lines


def _if_moved(clock: Record) -> str:
    """The last day as computed, where it is no longer the first."""
    moved = clock["computed_on"] != clock["first_due_on"]
    return str(clock["computed_on"]) if moved else ""
