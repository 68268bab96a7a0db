"""From gaps to a draft plan: one line for each thing that was asked, however often it was asked.

Plain data in, plain data out. A draft decides nothing: it says which wordings a line must satisfy,
what would settle each gap, and at what a sceptic might look. People take it on, change it or leave
it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from answerable.engine.gap_analysis.content import Analysis, Gap, RecommendationLine

LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Settling:
    """What would settle one gap."""

    gap: str
    kind: str
    recommendation: str
    because: str
    words: str


@dataclass(frozen=True, slots=True)
class Looking:
    """A closing test that is suggested: a pattern, what to look at, and what counts as seen."""

    pattern: str
    look_at: str
    counts_as_seen: str
    because: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a draft: what to do once, for everyone who was asked, in whatever words.

    ``key`` is the reference of the first asking of a family, that of a recommendation that stands
    alone, or "theme:" with the slug of a theme. ``asked`` has every wording, first asked first, so
    that the narrowest is not lost.
    """

    key: str
    title: str
    bodies: tuple[str, ...]
    asked: tuple[RecommendationLine, ...]
    settles: tuple[Settling, ...]
    tests: tuple[Looking, ...]


SETTLES: Mapping[str, str] = {
    "repeat_after_closure": "Do it so that it lasts, and have it looked at again after it was closed.",
    "contradicted": "Decide which of the two stands, and sign that one supersedes the other.",
    "never_answered": "Get an answer from the body; the public list says that there is none.",
    "no_position": "Read the reply, and say which position the overseer reads in it.",
    "no_action": "Put an action in the body’s plan that serves it.",
    "bare_action": "Give the action an owner and a date, and agree how it will be tested.",
    "never_assessed": "Have someone independent look at what is claimed.",
    "wording_changed": "Have it looked at again: what was seen is no longer what stands.",
    "neighbour": "Judge whether it should be asked of the other body too; if so, address it.",
    "uncovered_theme": "Put an action in the plan for what this theme asks.",
    "lapsed": "Find the money or the owner that the action has lost, or say that it ends.",
    "not_taken_over": "Have the successor take it over, with its first date and its moves.",
}
"""What would settle each kind of gap. Whoever adds a kind adds its line; a test asks for it."""


# --- At what a sceptic might look --------------------------------------------------------------------

_TESTS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        r"\b(train\w*|course\w*|brief\w*|induction|skills?|educat\w*|aware(?:ness)?)\b",
        "people",
        "People who were to be trained, chosen by the office, and the work they did since",
        "What was taught can be seen in their work; and those who joined since were reached too.",
        "it asks for training, and training delivered is not training used",
    ),
    (
        r"\b(record\w*|log(?:s|ged|ging)?|register\w*|document\w*|note[sd]?|files?|data)\b",
        "records",
        "Records made since the change, drawn at random by the office",
        "At least nine in ten are as was asked, and whoever reads them can say so without help.",
        "it asks that something is recorded",
    ),
    (
        r"\b(listen\w*|victims?|survivors?|famil(?:y|ies)|parents?|carers?|witness\w*|communit\w*"
        r"|consult\w*|engag\w*|feedback|voices?)\b",
        "people",
        "The people concerned, asked by someone who does not work for the body",
        "Most of them say that it is so, and what the others say is answered.",
        "it is about people, and only they can say whether it is so",
    ),
    (
        r"\b(polic(?:y|ies)|procedures?|guidance|protocols?|strateg(?:y|ies)|frameworks?|standards?"
        r"|plans?|terms of reference)\b",
        "policy_and_use",
        "What was written, and cases since then in which it should have been followed",
        "It was followed in the cases that the office chose, and where it was not, someone noticed.",
        "it asks for something in writing, and paper is not practice",
    ),
    (
        r"\b(supervis\w*|oversight|govern\w*|board|monitor\w*|audit\w*|review\w*|assur\w*|inspect\w*"
        r"|scrutin\w*)\b",
        "records",
        "Minutes and papers of those who oversee it, and what they had changed",
        "They saw the truth in time, and something was done because they saw it.",
        "it asks that someone watches, and watching must change something",
    ),
    (
        r"\b(staffing|resourc\w*|recruit\w*|capacity|fund\w*|posts?|workload\w*|team)\b",
        "records",
        "Posts filled and work in hand, month by month, from the body’s own books",
        "There were enough people for the work over at least six months, not on one day.",
        "it asks for people or money, and both come and go",
    ),
)
_ANY = Looking(
    "other",
    "What would be different if it were done",
    "Someone independent has seen it in use, on a day that the body did not choose.",
    "nothing in the words says where to look",
)
_FIRM = Looking(
    "records",
    "The same again, at least six months after the first look, on a new sample",
    "What was seen the first time is still so: a look at paper, or at one day, does not count.",
    "it was closed or claimed before, and then asked again",
)
MOST_TESTS = 3


def suggested_tests(words: Sequence[str], *, again: bool) -> tuple[Looking, ...]:
    """Closing tests for what these wordings ask, from the evidence that would convince a sceptic.

    ``again`` says that it was claimed or closed before and asked again: then a second, later look
    comes first.
    """
    text = "\n".join(words).casefold()
    counted = [
        (-len(re.findall(expression, text)), place, Looking(*rest))
        for place, (expression, *rest) in enumerate(_TESTS)
        if re.search(expression, text)
    ]
    found = [looking for _, _, looking in sorted(counted, key=lambda one: one[:2])]
    chosen = ([_FIRM] if again else []) + (found or [_ANY])
    return tuple(chosen[:MOST_TESTS])


# --- Lines ------------------------------------------------------------------------------------------


def draft(analysis: Analysis, chosen: Iterable[str]) -> tuple[Line, ...]:
    """One line for each family, for each recommendation that stands alone, and for each theme.

    ``chosen`` are keys of gaps. Every chosen gap is settled by exactly one line. Lines stand in the
    order of the analysis: the gravest gap first.

    Raises:
        KeyError: where the analysis has no gap of that key.
    """
    wanted = frozenset(chosen)
    gaps = [gap for gap in analysis.gaps if gap.key in wanted]
    if unknown := wanted.difference(gap.key for gap in gaps):
        raise KeyError(min(unknown))
    place: dict[str, int] = {}
    for gap in gaps:
        place.setdefault(_line_of(gap), len(place))
    by_line = sorted(gaps, key=lambda gap: place[_line_of(gap)])
    return tuple(_line(key, list(some), analysis) for key, some in groupby(by_line, key=_line_of))


def _line_of(gap: Gap) -> str:
    """What the gap is about, as the key of its line."""
    if gap.theme:
        return f"theme:{gap.theme}"
    return gap.family or gap.recommendation


def _line(key: str, gaps: Sequence[Gap], analysis: Analysis) -> Line:
    asked = _asked(gaps, analysis)
    again = any(gap.kind == "repeat_after_closure" for gap in gaps)
    return Line(
        key=key,
        title=_title(gaps, asked, analysis),
        bodies=tuple(sorted({gap.body for gap in gaps if gap.body})),
        asked=asked,
        settles=tuple(
            Settling(g.key, g.kind, g.recommendation, g.because, SETTLES[g.kind]) for g in gaps
        ),
        tests=suggested_tests([one.words for one in asked], again=again),
    )


def _asked(gaps: Sequence[Gap], analysis: Analysis) -> tuple[RecommendationLine, ...]:
    """Every wording of the family, of the theme in this report, or of the one recommendation."""
    families = {one.reference: one.members for one in analysis.families}
    named = [gap.recommendation for gap in gaps]
    for family in dict.fromkeys(gap.family for gap in gaps if gap.family and not gap.theme):
        named += families.get(family, ())
    found = (analysis.by_reference.get(one) for one in dict.fromkeys(named))
    return tuple(sorted(filter(None, found), key=lambda one: (one.asked_on, one.reference)))


def _title(gaps: Sequence[Gap], asked: Sequence[RecommendationLine], analysis: Analysis) -> str:
    """The theme, or how the newest asking begins: a person gives it a better name."""
    names = {theme.slug: theme.name for theme in analysis.themes}
    theme = next((gap.theme for gap in gaps if gap.theme), None)
    words = names.get(theme or "") or (asked[-1].words if asked else gaps[0].because)
    first = re.split(r"(?<=[.;:!?])\s|\n", " ".join(words.split()), maxsplit=1)[0].rstrip(" .;:,")
    if len(first) <= LONGEST_TITLE:
        return first
    return first[: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(" .;:,") + "…"
