"""A timeline on a page: the picture, its longest silence in a sentence, and the table beneath it."""

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import mark_safe

from answerable.engine.clocks import between, in_words
from answerable.engine.timeline import NAMES, Timeline, draw, lines, silence
from answerable.html.times import plural

SILENCE_RULE = (
    "The longest time from one asking, reply, claim, opinion or decision to the next, or to the day "
    "of this page, in which this record holds nothing."
)
ELSEWHERE_RULE = (
    "Some of it is known from public sources alone. This is the longest time from one thing that they "
    "tell to the next, or to the day of this page. What happened in it they do not say."
)
LOOSE_RULE = "Where a source gives only a month or a year, its last day counts, so that no age is overstated."


def shown(timeline: Timeline, name: str, hrefs: Mapping[str, str]) -> dict[str, Any]:
    """What ``parts/timeline.html`` draws; ``hrefs`` leads from a reference to its page."""
    quiet = silence(timeline)
    return {
        "picture": mark_safe(draw(timeline, name=name)),  # noqa: S308  # everything in it is escaped
        "rows": [
            {
                "day": line.day,
                "reference": line.asking.reference,
                "href": hrefs.get(line.asking.reference, ""),
                "question": NAMES[line.kind],
                "words": line.words,
            }
            for line in lines(timeline)
        ],
        "silence": f"{quiet.name}: {quiet.words}." if quiet else "",
        "silence_rule": ELSEWHERE_RULE if quiet and quiet.elsewhere else SILENCE_RULE,
        "loose_rule": LOOSE_RULE if any(asking.when for asking in timeline.askings) else "",
        "name": name,
    }


def heading(times: int, timeline: Timeline) -> str:
    """How often, over how long: “Asked 4 times in 7 years”. ``times`` counts the reports that asked."""
    members = len(timeline.askings)
    if times == 1:
        return f"Asked once, in {plural(members, 'recommendation')}"
    last = max(asking.on for asking in timeline.askings)
    if last == timeline.first:
        return f"Asked {times:,} times on one day"
    return f"Asked {times:,} times in {between(timeline.first, last)}"


def lead(timeline: Timeline) -> str:
    """Since when, and how old that is."""
    first = min(timeline.askings, key=lambda asking: asking.on)
    at = f"on {in_words(first.on)}" if not first.when else f"in {first.when}"
    return (
        f"First asked {at}, in {first.reference}: {between(timeline.first, timeline.until)} ago "
        f"({plural(timeline.age, 'day')})."
    )
