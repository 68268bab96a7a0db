"""What followed a reply, as the page of a recommendation shows it: claim, test, plan, what was seen."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from answerable.assurance.queries.opinions import State
from answerable.html.times import age_words, day_words, plural
from answerable.publishing import families, lines_after, standings
from answerable.publishing.pages.site import Record, Site

MOST_EARLIER = 40
"""Earlier claims, versions and opinions beyond this are in the data."""


def of(site: Site, u: Record) -> dict[str, Any]:
    """Everything that the page shows of one body's answer after its reply."""
    return {
        "claim": u["claims"][-1] if u["claims"] else None,
        "claims_before": u["claims"][:-1][::-1][:MOST_EARLIER],
        "candour": [claim for claim in u["claims"] if claim["slipped_on"]],
        "test": _test(u["closing_tests"]),
        "tests_before": u["closing_tests"][:-1][::-1][:MOST_EARLIER],
        "plan": [_action(action) for action in u["plan"]],
        "unserved": u["unserved"],
        "opinions": [_opinion(o) for o in _in_order(u["opinions"])],
        "opened": u["evidence"]["opened"],
        "sealed": [{**s, "said": lines_after.sealed_words(s)} for s in u["evidence"]["sealed"]],
        "samples": [_sample(sample) for sample in u["samples"]],
        "closures": u["closures"][::-1],
        "reopened": standings.times_reopened(u),
        "is_closed": standings.closed(u) != standings.OPEN,
    }


def _test(tests: Sequence[Record]) -> dict[str, Any] | None:
    if not tests:
        return None
    test = tests[-1]
    moves = [move for one in tests for move in one["moves"]]
    return {
        **test,
        "moves": moves,
        "moved": moved_words(test["first_due_on"], test["due_on"], moves),
    }


def moved_words(first: str | None, now: str | None, moves: Sequence[Record]) -> str:
    """How often a date was moved, and how far from the first; nothing if it never was."""
    if not moves or not first or not now:
        return ""
    days = (date.fromisoformat(now) - date.fromisoformat(first)).days
    often = {1: "once", 2: "twice"}.get(len(moves), f"{len(moves)} times")
    if not days:
        return f"Moved {often}, and back to the first date."
    way = "later" if days > 0 else "earlier"
    return f"Moved {often}. {plural(abs(days), 'day')} {way} than first promised."


def _action(action: Record) -> dict[str, Any]:
    steps = [
        {**step, "moved": moved_words(step["first_due_on"], step["due_on"], step["moves"])}
        for step in action["milestones"]
    ]
    moved = moved_words(action["first_due_on"], action["due_on"], action["moves"])
    return {**action, "moved": moved, "milestones": steps}


# --- What was seen ------------------------------------------------------------------------------


def _in_order(opinions: Sequence[Record]) -> list[Record]:
    """Those that stand first, then the newest: where two verifiers differ, both are on top."""
    newest = list(reversed(opinions))
    return sorted(newest, key=lambda opinion: opinion["state"] != State.STANDS)


def _opinion(opinion: Record) -> dict[str, Any]:
    return {
        **opinion,
        "stands": opinion["state"] == State.STANDS,
        "worth": lines_after.worth_words(opinion),
    }


def _sample(sample: Record) -> dict[str, Any]:
    results = [{**r, "said": lines_after.result_words(r)} for r in sample["results"]]
    return {**sample, "results": results, "hides": any(r["hidden"] for r in results)}


# --- The family ---------------------------------------------------------------------------------


def family(site: Site, r: Record) -> dict[str, Any] | None:
    """How often it was asked and since when, with the links that say so; None where nothing is linked."""
    if not r["links"]:
        return None
    asked = r["family"]["asked"]
    reports = [site.by_reference[one["reference"]]["report"] for one in asked]
    times = list(dict.fromkeys(reports))  # a report that says so in several places asked once
    return {
        "place": _ordinal(times.index(r["report"]) + 1) if len(times) > 1 else "",
        "times": len(times),
        "href": f"../family/{asked[0]['reference']}.html" if len(asked) > 1 else "",
        "first_on": r["family"]["first_asked_on"],
        "age": age_words(
            date.fromisoformat(r["family"]["first_asked_on"]),
            date.fromisoformat(site.records["as_of"]),
        ),
        "asked": [_asked(site, one) for one in asked],
        "links": r["links"],
        "inherited": r["inherited"],
    }


def superseded_by(r: Record) -> list[Record]:
    """The links by which another stands in its place."""
    return [
        link
        for link in r["links"]
        if link["earlier"] == r["reference"]
        and link["relation"] == families.SUPERSEDES
        and not link["taken_back_on"]
    ]


def _asked(site: Site, one: Record) -> dict[str, Any]:
    other = site.by_reference[one["reference"]]
    report = site.reports[other["report"]]
    return {**one, "words": other["words"], "title": report["title"]}


ORDINALS = (
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
)


def _ordinal(number: int) -> str:
    return ORDINALS[number] if number < len(ORDINALS) else f"{number}th"


# --- What happens next --------------------------------------------------------------------------


def next_step(body: str, u: Record) -> str:
    """What happens next after a body has answered, and by when."""
    if standings.closed(u) != standings.OPEN:
        return _after_closing(u)
    seen, claim = standings.seen(u), standings.claimed(u)
    if seen in (standings.NOBODY_LOOKED, standings.NONE_STANDS):
        return _before_opinion(body, u, claim, lost=seen == standings.NONE_STANDS)
    if _came_back_since(u):
        return "It came back after it was closed, so someone independent has to look again."
    again = max(o["recheck_on"] for o in u["opinions"] if o["state"] == State.STANDS)
    looks = f"Someone independent looks again by {day_words(again)}."
    if seen == "assured":
        return f"The chair decides whether this can be closed. {looks}"
    return f"{body} has still to show what was missing. {looks}"


def _came_back_since(u: Record) -> bool:
    """Whether it was opened again after the day on which the last opinion that stands was signed."""
    back = [str(c["reopened"]["on"]) for c in u["closures"] if c["reopened"]]
    looked = max(str(o["on"]) for o in u["opinions"] if o["state"] == State.STANDS)
    return max(back, default="") > looked


def _after_closing(u: Record) -> str:
    closure = u["closures"][-1]
    said = f"This was closed on {day_words(closure['on'])}: {closure['how_words']}."
    stays = "It stays in this record, and can be opened again."
    again = [o["recheck_on"] for o in u["opinions"] if o["state"] == State.STANDS]
    if again:
        return f"{said} Someone independent looks again by {day_words(max(again))}. {stays}"
    if closure["opinion_on"]:
        lost = (
            "The opinion on which it was closed no longer stands, so it has to be looked at again."
        )
        return f"{said} {lost} {stays}"
    return f"{said} {stays}"


def _before_opinion(body: str, u: Record, claim: str, *, lost: bool) -> str:
    if lost:
        return "No opinion stands any more, so someone independent has to look again."
    if claim in ("ready_for_assessment", "met_by_other_means"):
        return f"{body} says that this is done. Someone independent has still to look."
    if claim == "cannot_be_done":
        return f"{body} says that this cannot be done. The office has still to decide what follows."
    due = [a for a in u["plan"] if a["due_on"] and not a["done_on"] and not a["abandoned_on"]]
    if due:
        soonest = min(due, key=lambda a: a["due_on"])
        return f"{body} plans to do this by {day_words(soonest['due_on'])}: {soonest['title']}."
    if u["closing_tests"]:
        by = day_words(u["closing_tests"][-1]["due_on"])
        return f"The closing test is to be met by {by}. {body} has put forward nothing for it yet."
    if u["standing"] in ("accepted", "in_part", "in_principle"):
        return f"{body} and the office have still to agree what a sceptic would look at."
    return f"{body} has answered. Nothing is planned here."


# --- How it got here ----------------------------------------------------------------------------


def history(body: str, u: Record) -> list[dict[str, str]]:
    """What happened after the reply, a line each, in no order."""
    return [*_claimed(body, u), *_agreed(body, u), *_planned(body, u), *_judged(u), *_closed(u)]


def _line(when: str, text: str, by: str = "") -> dict[str, str]:
    return {"when": when, "text": text, "by": by[:1].upper() + by[1:]}


def _claimed(body: str, u: Record) -> list[dict[str, str]]:
    lines = []
    for claim in u["claims"]:
        if claim["body"] != u["body"]:
            continue
        text = f"{body} claimed: {claim['rung_words']}."
        if claim["slipped_on"]:
            since = day_words(claim["slipped_on"])
            text = f"{body} itself reported that this had slipped back on {since}. {text}"
        lines.append(_line(claim["on"], text, claim["signed_off_role"]))
    return lines


def _agreed(body: str, u: Record) -> list[dict[str, str]]:
    own = [test for test in u["closing_tests"] if test["body"] == u["body"]]
    text = "{} and the office agreed the closing test, version {}."
    lines = [_line(t["agreed_on"], text.format(body, t["version"])) for t in own]
    moved = [_moved("the closing test", move) for test in own for move in test["moves"]]
    return [*lines, *moved]


def _moved(what: str, move: Record) -> dict[str, str]:
    text = (
        f"The date of {what} was moved from {day_words(move['before'])} to "
        f"{day_words(move['after'])}: {move['reason']}"
    )
    return _line(move["on"], text, move["by"])


def _planned(body: str, u: Record) -> list[dict[str, str]]:
    lines = []
    for action in u["plan"]:
        name = action["reference"]
        lines.append(_line(action["serves_since"], f"{body} planned {name}: {action['title']}."))
        lines += [_moved(name, move) for move in action["moves"]]
        if action["done_on"]:
            lines.append(_line(action["done_on"], f"{body} says that {name} is done."))
        if action["abandoned_on"]:
            text = f"{body} abandoned {name}: {action['abandoned_because']}"
            lines.append(_line(action["abandoned_on"], text))
    return lines


def _judged(u: Record) -> list[dict[str, str]]:
    lines = []
    for opinion in u["opinions"]:
        text = f"An independent opinion was signed: {opinion['judgement_words']}."
        lines.append(_line(opinion["on"], text, opinion["by"]))
        if opinion["withdrawn_on"]:
            text = f"The opinion of {day_words(opinion['on'])} was withdrawn: {opinion['withdrawn_because']}"
            lines.append(_line(opinion["withdrawn_on"], text, opinion["withdrawn_by"]))
    return lines


def _closed(u: Record) -> list[dict[str, str]]:
    lines = []
    for closure in u["closures"]:
        text = f"Closed: {closure['how_words']}. {closure['reason']}"
        lines.append(_line(closure["on"], text, closure["by"]))
        again = closure["reopened"]
        if again:
            text = f"Opened again, because {again['because']}. {again['words']}"
            lines.append(_line(again["on"], text, again["by"]))
    return lines
