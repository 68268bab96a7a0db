"""What changes in public between two editions: every line that a reader would see differently.

Each public record is laid out as lines, a label and a text; two layouts are compared label by
label. The list is plain data, kept with the proposal, so that it can be shown to have been seen.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Record = Mapping[str, Any]
Lines = dict[str, str]
Change = dict[str, Any]

ADDED, CHANGED, REMOVED = "added", "changed", "removed"


def between(before: Record | None, after: Record) -> list[Change]:
    """The changes from the records of one edition to those of the next, in reading order.

    ``before`` is None for the first edition. Each change says ``kind``, ``key``, ``title``,
    ``what`` (added, changed or removed) and its ``lines``: label, ``old`` and ``new`` text.
    """
    earlier = before or {"office": "", "bodies": [], "reports": [], "recommendations": []}
    return [
        *_office(earlier, after),
        *_of("report", "slug", "title", _report_lines, earlier["reports"], after["reports"]),
        *_of(
            "recommendation",
            "reference",
            "reference",
            _recommendation_lines,
            earlier["recommendations"],
            after["recommendations"],
        ),
        *_of("body", "slug", "name", _body_lines, earlier["bodies"], after["bodies"]),
    ]


def counts(changes: Iterable[Change]) -> dict[str, dict[str, int]]:
    """How many of each kind were added, changed and removed."""
    found = Counter((c["kind"], c["what"]) for c in changes)
    kinds = dict.fromkeys(kind for kind, _ in found)
    return {k: {w: found[k, w] for w in (ADDED, CHANGED, REMOVED)} for k in kinds}


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
    laid_out: Any,
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


def _body_lines(body: Record) -> Lines:
    followed = [f"{f['body']} on {f['on']}" for f in body["followed_by"]]
    return _filled(
        {
            "Name": body["name"],
            "Short name": body["short_name"],
            "Other names": ", ".join(body["other_names"]),
            "Kind": body["kind"],
            "Begins on": body["begins_on"],
            "Ends on": body["ends_on"],
            "Areas": ", ".join(body["areas"]),
            "Followed by": "; ".join(followed),
            "Oversight office": "yes" if body["is_office"] else "",
            "Invented": "yes" if body["invented"] else "",
        }
    )


def _report_lines(report: Record) -> Lines:
    lines = {
        "Title": report["title"],
        "Kind": report["kind"],
        "Author": report["author"],
        "Commissioned by": report["commissioner"],
        "Published on": report["published_on"] or report["published_words"],
        "Period": " to ".join(filter(None, (report["period_from"], report["period_to"]))),
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


def _recommendation_lines(recommendation: Record) -> Lines:
    r = recommendation
    lines = {
        "Words": r["words"],
        "Words as first entered": r["words_as_entered"] if r["corrections"] else "",
        "Number": r["number"],
        "Kind": r["kind"],
        "Report": r["report"],
        "Page": r["page"],
        "Subject": r["subject"],
        "Source": r["source_url"],
        "Fingerprint": r["fingerprint"],
        "SHA-256 of its document": r["document_sha256"],
        "Document made public": r["document"],
        "Withdrawn": r["withdrawn_on"],
        "Why it was withdrawn": r["withdrawn_because"],
    }
    for n, correction in enumerate(r["corrections"], start=1):
        lines[f"Correction {n} of {correction['on']}: words"] = correction["words"]
        lines[f"Correction {n} of {correction['on']}: why"] = correction["reason"]
    for undertaking in r["undertakings"]:
        lines |= _undertaking_lines(undertaking)
    return _filled(lines)


def _undertaking_lines(undertaking: Record) -> dict[str, object]:
    body, u = undertaking["body"], undertaking
    lines: dict[str, object] = {
        f"{body}: where it stands": u["standing_words"],
        f"{body}: late since": u["late_since"] and f"the day after {u['late_since']}",
        f"{body}: passed on from": u["passed_from"],
        f"{body}: passed on to": u["passed_to"],
    }
    for n, reply in enumerate(u["responses"], start=1):
        name = f"{body}: reply {n} of {reply['dated_on']}"
        lines[f"{name}: words"] = reply["words"]
        lines[f"{name}: how it restates the recommendation"] = reply["restates"]
        lines[f"{name}: received on"] = reply["received_on"]
        lines[f"{name}: page"] = reply["page"]
        lines[f"{name}: source"] = reply["source_url"]
        lines[f"{name}: document made public"] = reply["document"]
        for m, read in enumerate(reply["positions"], start=1):
            lines[f"{name}: position, reading {m}"] = f"{read['position']} (read by {read['by']})"
            lines[f"{name}: position, reading {m}: why"] = read["reason"]
    if u["clock"]:
        lines |= {f"{body}: {label}": text for label, text in _clock_lines(u["clock"]).items()}
    return lines


def _clock_lines(clock: Record) -> dict[str, object]:
    lines: dict[str, object] = {
        "time limit": f"{clock['length']} {clock['unit']}, {clock['basis']}",
        "time limit: source": f"{clock['source']} {clock['source_url']}".strip(),
        "what is owed": clock["owed"],
        "clock starts on": clock["starts_on"],
        "last day as first computed": clock["first_due_on"],
        "last day as computed": clock["computed_on"],
        "official last day": clock["official_on"],
        "official last day: why": clock["official_reason"],
        "a reply came on": clock["answered_on"],
    }
    for n, change in enumerate(clock["changes"], start=1):
        text = f"{change['what']}: {change['due_before']} became {change['due_after']}"
        lines[f"date moved {n}, on {change['recorded_on']}, by {change['by']}"] = text
        lines[f"date moved {n}: why"] = change["reason"]
    return lines
