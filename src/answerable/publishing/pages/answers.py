"""One body's answer in words: the four questions, what happens next, the dates, the history."""

from collections.abc import Iterator
from datetime import date
from textwrap import shorten
from typing import Any

from answerable.assurance.queries.opinions import State
from answerable.engine import wording
from answerable.html.times import day_words
from answerable.publishing import standings
from answerable.publishing.pages import followed
from answerable.publishing.pages.site import Record, Site

ELSEWHERE = {
    "answer": "Not recorded here",
    "note": "This comes from a public source; the office follows no answer to it.",
}


def pieces(old: str, new: str) -> list[tuple[str, str]]:
    """Two wordings as the pieces that the difference tag draws."""
    return [(p.side, p.text) for p in wording.difference(old, new)]


def name_of(site: Site, slug: str) -> str:
    """The full name of a body."""
    body = site.bodies.get(slug)
    return str(body["name"]) if body else slug


def four(site: Site, undertaking: Record, anchor: str) -> dict[str, Any]:
    """The four questions of one undertaking, side by side, and the sentence where two disagree."""
    u, told = undertaking, undertaking["four"]
    if u["standing"] == standings.ELSEWHERE and not u["claims"]:
        delivery, assurance = {**ELSEWHERE, "sign": "silent"}, {**ELSEWHERE, "sign": "unseen"}
    else:
        delivery, assurance = _delivery(u, anchor), _assurance(u, anchor)
    return {
        "response": _response(site, u, anchor),
        "delivery": delivery,
        "assurance": assurance,
        "effect": {"answer": _answer(told["effect"]["words"]), "sign": "unmeasured"},
        "apart": told["disagreement"],
    }


def _answer(sentence: str) -> str:
    return sentence.removesuffix(".")


def _said_by(told: Record) -> str:
    return ", ".join(filter(None, (_capital(told["by"]), day_words(told["on"]))))


def _delivery(u: Record, anchor: str) -> dict[str, Any]:
    told = u["four"]["delivery"]
    if not u["claims"]:
        return {"answer": _answer(told["words"]), "sign": "silent"}
    note = _answer(told["note"]) if u["claims"][-1]["slipped_on"] else ""
    return {
        "answer": _answer(told["words"]),
        "by": _said_by(told),
        "note": note,
        "href": f"#{anchor}-claim",
        "link": "Read the claim",
        "sign": "said",
    }


SIGNS = {"assured": "seen", "partly": "part", standings.DIFFER: "part"}


def _missing(u: Record) -> str:
    """What was missing, by the newest opinion that stands."""
    standing = [o["missing"] for o in u["opinions"] if o["state"] == State.STANDS]
    return shorten(standing[-1], 160, placeholder=" …").removesuffix(".")


def _assurance(u: Record, anchor: str) -> dict[str, Any]:
    told, seen = u["four"]["assurance"], standings.seen(u)
    if not u["opinions"]:
        return {"answer": _answer(told["words"]), "sign": "unseen"}
    return {
        "answer": _answer(told["words"]),
        "by": _said_by(told) if seen != standings.NONE_STANDS else "",
        "note": _answer(told["note"]) if seen == standings.NONE_STANDS else _missing(u),
        "href": f"#{anchor}-opinion",
        "link": "Read what was seen",
        "sign": SIGNS.get(seen, "unseen"),
    }


def _response(site: Site, u: Record, anchor: str) -> dict[str, Any]:
    standing, clock = u["standing"], u["clock"]
    body = name_of(site, u["body"])
    if standing in standings.NOT_ANSWERED or standing == standings.ELSEWHERE:
        return {"answer": _SILENCE[standing], "sign": "silent", "by": _due(clock, standing)}
    if standing == standings.PASSED:
        heir = name_of(site, u["passed_to"])
        return {"answer": f"Passed to {heir}", "sign": "silent"}
    if not u["responses"]:  # read in a reply of the body that it took over from
        was = name_of(site, u["passed_from"])
        return {"answer": _capital(u["standing_words"]), "by": f"{was}, before it passed on"}
    reply = u["responses"][-1]
    answer = "A reply came" if standing == standings.UNREAD else _capital(u["standing_words"])
    note = "The office has not yet said how it reads it" if standing == standings.UNREAD else ""
    by = f"{body}, {day_words(reply['dated_on'])}"
    return {
        "answer": answer,
        "by": by,
        "note": note,
        "href": f"#{anchor}-reply",
        "link": "Read the reply",
    }


_SILENCE = {
    standings.LATE: "No answer, and late",
    standings.WAITING: "No answer yet",
    standings.PAUSED: "No answer; the clock is paused",
    standings.UNTIMED: "No answer",
    standings.ELSEWHERE: "No answer is recorded here",
}


def _due(clock: Record | None, standing: str) -> str:
    if standing == standings.ELSEWHERE:
        return ""
    if clock is None:
        return "No time limit is recorded"
    verb = "It was due on" if standing == standings.LATE else "Due on"
    return f"{verb} {day_words(clock['due_on'])}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def next_step(site: Site, u: Record) -> str:
    """What happens next for this body, and by when, in one or two sentences."""
    body, clock, standing = name_of(site, u["body"]), u["clock"], u["standing"]
    if standing == standings.ELSEWHERE:
        return f"Nothing is timed here: this comes from a public source, and what {body} did is for its own record."
    if standing == standings.PASSED:
        return f"{name_of(site, u['passed_to'])} took this over from {body}, with everything that was owed."
    if standing == standings.UNREAD:
        return (
            f"{body} has replied. The office has still to say what position it reads in the reply."
        )
    if clock is None and standing == standings.UNTIMED:
        return f"{body} has not replied. No time limit is recorded."
    if clock and standing in standings.NOT_ANSWERED:
        return f"{_silent_step(site, body, clock, standing)}{_but_said(u)}"
    return followed.next_step(body, u)


def _silent_step(site: Site, body: str, clock: Record, standing: str) -> str:
    due, owed = day_words(clock["due_on"]), limit_words(clock)
    if standing == standings.LATE:
        seen = day_words(site.records["as_of"])
        return f"The reply of {body} was due by {due} ({owed}). None had come by {seen}."
    if standing == standings.PAUSED:
        return f"The time limit of {body} ({owed}) is paused. The last day, before the pause, was {due}."
    return f"{body} has until {due} to reply ({owed})."


def _but_said(u: Record) -> str:
    """What came, and was read as no response: the reader must not think that nothing did."""
    if not u["responses"]:
        return ""
    newest = u["responses"][-1]
    came = day_words(newest["received_on"] or newest["dated_on"])
    return f" What came on {came} was read as no response."


def limit_words(clock: Record) -> str:
    """The limit and what it is for: “56 days: comments on a report of the police inspectorate”."""
    unit = clock["unit"].removesuffix("s") if clock["length"] == 1 else clock["unit"]
    basis = clock["basis"]
    is_word = basis[1:2].islower()
    return f"{clock['length']} {unit}: {basis[:1].lower() + basis[1:] if is_word else basis}"


# --- Dates, and who moved them ------------------------------------------------------------------


def dates(clock: Record) -> list[dict[str, Any]]:
    """Every last day there ever was, oldest first; all but the last were moved away."""
    first = {
        "day": clock["first_due_on"],
        "set_on": clock["starts_on"],
        "why": f"First date. {_capital(limit_words(clock))}",
        "by": "Computed",
    }
    rows = [first]
    for change in clock["changes"]:
        what = change["what"]
        rows.append(
            {
                "day": change["due_after"],
                "set_on": change["recorded_on"],
                "why": f"{_capital(what)}: {change['reason']}",
                "by": _capital(change["by"]),
            }
        )
    if clock["official_on"] and clock["official_on"] != rows[-1]["day"]:
        rows.append(
            {
                "day": clock["official_on"],
                "set_on": "",
                "why": f"Official date: {clock['official_reason']}",
                "by": "",
            }
        )
    return [{**row, "moved": n < len(rows)} for n, row in enumerate(rows, start=1)]


def moved_words(clock: Record) -> str:
    """How often the last day moved, and how far from the first; nothing if it never did."""
    rows = dates(clock)
    days = (date.fromisoformat(rows[-1]["day"]) - date.fromisoformat(clock["first_due_on"])).days
    times = len({row["day"] for row in rows}) - 1
    if not times:
        return ""
    often = "once" if times == 1 else f"{times} times"
    way = "later" if days > 0 else "earlier"
    return f"Moved {often}. {abs(days)} {'day' if abs(days) == 1 else 'days'} {way} than first set."


# --- How it got here ----------------------------------------------------------------------------


def history(site: Site, recommendation: Record) -> list[dict[str, str]]:
    """What happened to a recommendation, newest first, as the public records tell it."""
    lines = [*_asked(site, recommendation)]
    for undertaking in recommendation["undertakings"]:
        lines += _answered(site, undertaking)
    lines += _linked(recommendation)
    lines += _linked_outside(recommendation)
    # Stable: what happened on one day keeps the order in which it must have happened.
    lines = sorted(lines, key=lambda line: line["when"])
    return lines[::-1]


def _asked(site: Site, r: Record) -> Iterator[dict[str, str]]:
    report = site.reports[r["report"]]
    if report["published_on"]:
        author = name_of(site, report["author"])
        yield {"when": report["published_on"], "text": f"{author} asked for this."}
    yield {"when": r["entered_on"], "text": f"Entered in the register as {r['reference']}."}
    for correction in r["corrections"]:
        text = f"A transcription error was corrected: {correction['reason']}"
        yield {"when": correction["on"], "text": text}
    if r["withdrawn_on"]:
        text = f"Withdrawn from the register: {r['withdrawn_because']}"
        yield {"when": r["withdrawn_on"], "text": text}


def _linked_outside(r: Record) -> Iterator[dict[str, str]]:
    for link in r.get("outside_links", ()):
        joined = f"{r['reference']} {link['relation']} {link['theirs']} of {link['office']}"
        by = _capital(link["by"])
        yield {"when": link["on"], "text": f"Linked: {joined}. {link['reason']}", "by": by}
        if link["taken_back_on"]:
            text = f"A link was taken back ({joined}): {link['taken_back_because']}"
            yield {"when": link["taken_back_on"], "text": text}


def _linked(r: Record) -> Iterator[dict[str, str]]:
    for link in r["links"]:
        joined = f"{link['later']} {link['relation']} {link['earlier']}"
        by = _capital(link["by"])
        yield {"when": link["on"], "text": f"Linked: {joined}. {link['reason']}", "by": by}
        if link["taken_back_on"]:
            text = f"A link was taken back ({joined}): {link['taken_back_because']}"
            yield {"when": link["taken_back_on"], "text": text}
        for other in link["read_otherwise"]:
            read = f"{link['later']} {other['relation']} {link['earlier']}"
            text = f"A link was read otherwise: {read}. {other['reason']}"
            yield {"when": other["on"], "text": text, "by": _capital(other["by"])}


def _answered(site: Site, u: Record) -> Iterator[dict[str, str]]:
    body = name_of(site, u["body"])
    if u["passed_from"]:
        text = f"{body} took this over from {name_of(site, u['passed_from'])}."
        yield {"when": u["passed_from_on"], "text": text}
    for change in u["clock"]["changes"] if u["clock"] else ():
        text = f"{body}: the clock was {change['what']}; the last day is {day_words(change['due_after'])}."
        if change["what"].startswith("official"):
            text = f"{body}: the official last day was recorded: {day_words(change['due_after'])}."
        yield {"when": change["recorded_on"], "text": text, "by": _capital(change["by"])}
    for reply in u["responses"]:
        yield {"when": reply["received_on"] or reply["dated_on"], "text": f"{body} replied."}
        for read in reply["positions"]:
            text = f"The office read the reply of {body} as: {read['position']}."
            yield {"when": read["on"], "text": text, "by": _capital(read["by"])}
    if u["notice_on"]:
        yield {"when": u["notice_on"], "text": f"A notice was given that {body} had not answered."}
    yield from followed.history(body, u)
    if u["late_since"]:
        text = f"The last day for {body} to reply; nothing had come."
        yield {"when": u["late_since"], "text": text}
