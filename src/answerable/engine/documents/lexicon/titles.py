"""The words of headings: what a list under them is, and whose. General English of reports."""

import re
from functools import lru_cache
from typing import Literal

from answerable.engine.documents.shapes import Kind

Sense = Literal["own", "mixed", "against"]

_OWN = re.compile(
    r"\brecommend(?:ation|ation\(s\)|ations|ed actions?|s)\b"
    r"|\bareas?\b.{0,12}\b(?:for|of|requiring)\b.{0,20}\b(?:improvement|development|action"
    r"|focus)s?\b"
    r"|\bpriority\b.{0,16}\bactions?\b|\bimmediate actions?\b"
    r"|^\W*(?:[\d.]+\W+)?(?:what|where|how)\b.*\bneeds?\b.{0,12}\bto\b.{0,12}"
    r"\b(?:improve|change|happen|do)\b"
    r"|^\W*(?:[\d.]+\W+)?what (?:we|i) (?:want to (?:see|happen|change)|recommend(?:ed)?|propose"
    r"|asked?)\b|^\W*(?:we|i) recommend\W*$"
    r"|\bcalls? for (?:action|justice|change|reform)\b"
    r"|\b(?:necessary|proposed) (?:changes|actions|reforms)\b"
    r"|\b(?:changes?|reforms?|steps?|measures?) (?:necessary|needed|required|to be taken)\b"
    r"|\b(?:key|priority|main) concerns\b|\bagreed actions?\b"
    r"|\bactions?\b.{0,40}\b(?:must|should|needs? to) take\b"
    r"|\b(?:next )?steps\b.{0,40}\b(?:must|should|needs? to) take\b"
    r"|^\W*(?:[\d.]+\W+)?(?:actions|next steps|priorities) for (?:the |all |our )?[a-z’' ]{3,40}$"
    r"|^\W*(?:[\d.]+\W+)?requirements?\W*$|^\W*(?:[\d.]+\W+)?action plan\W*$"
    r"|\b(?:required|urgent|statutory) (?:actions?|improvements?|changes)\b"
    r"|\b(?:actions?|improvements?) (?:required|needed|to be taken)\b"
    r"|\b(?:should|must) (?:take action|improve|do(?: next)?|happen next)\b"
    r"|\blearning points?\b|\blessons to be learn(?:ed|t)\b|\bcauses? of concern\b"
    r"|\bmatters? of concern\b|\bcoroner[’']?s (?:matters? of )?concerns?\b|\bopportunit(?:y"
    r"|ies) (?:for|to) improve(?:ment)?\b"
    r"|\bactions? should be taken\b|\bcalls? to action\b|\bwhat should (?:be done|happen)\b"
    r"|\b(?:matters|issues|points) for (?:action|improvement)\b",
    re.I,
)
_MIXED = re.compile(
    r"\b(?:conclusions?|findings?|observations?|lessons?|issues?"
    r"|summary(?=,|\s+(?:and|&)\s))\b.{0,30}\brecommendations?\b"
    r"|\brecommendations?\b.{0,12}\b(?:conclusions?|findings?|observations?)\b",
    re.I,
)
# Words that turn a heading about recommendations into one about something else.
_SPOILED = re.compile(
    r"\bprogress\b|(?<!provide )\bresponses?\b|\brespond|\bstatus\b|\bupdates?\b|\bprevious(?:ly)?\b"
    r"|\bearlier\b|\bprior\b"
    r"|\bimplement(?:ed|ation|ing)\b|\bfollow(?:ed|ing)?[- ]up\b|\bglossary\b|\brationale\b"
    r"|\btaken since\b"
    r"|\bpast\b|\bhistor(?:y|ical)\b|\bother (?:reports?|inquir|reviews?)|\bapproach to\b"
    r"|\bmonitoring\b"
    r"|\bdelivery of\b|\bgiving effect\b|\bhow we\b|\bfail(?:ed|ures?)\b|\bfrom (?:other|earlier)\b"
    r"|\blist of\b.{0,20}\b(?:tables|figures)\b|\bbackground\b|\baccepted\b|\brejected\b"
    r"|\bcontents\b"
    r"|\b(?:made|issued) by\b|\b(?:by|of) others\b"
    r"|\bdo(?:es|ing)?\b.{0,24}\bwell\b"
    r"|\bhave been (?:made|met)\b|\blast (?:inspection|review|year|report)\b|\babout (?:the"
    r"|our) recommendations\b",
    re.I,
)
_TITLES = 8_192
# Headings of lists that look like recommendations and are not.
_AGAINST = re.compile(
    r"^\W*(?:\d+(?:\.\d+)*\W+|[ivx]+\W+)?(?:(?:the|our|its|their|key|main|summary of|overall|area"
    r"|areas of|service[’']?s?|local|partnership[’']?s?|"
    r"authority[’']?s?|council[’']?s?|force[’']?s?|board[’']?s?|leaders[’']?"
    r"|area[’']s|[a-z]+[’']s)\s+){0,5}"
    r"(?:strengths?|conclusions?|findings?|observations?|background|introduction|methodology"
    r"|methods?|glossary|"
    r"comments|requests? for information|contents|(?:good|notable|innovative|outstanding|promising|positive) practice|"
    r"what (?:is|are|we|has|have) (?:working|found|worked).*|what(?:’|')?s working.*|"
    r"what happen(?:s|ed) next|next steps|progress since.*|progress (?:made|against|on).*"
    r"|status of.*|responses?(?: (?:to|from|received|by).*)?|"
    r"acknowledge?ments?|terms of reference|appendi(?:x|ces).*|annex(?:es)?.*|context"
    r"|definitions?|abbreviations?|actions? (?:already )?taken.*|"
    r"safety actions?(?: (?:already )?taken.*)?|guiding principles|principles?(?: for.*)?"
    r"|evidence|analysis|commendations?|references|bibliography|"
    r"vision.*|our vision.*|about (?:this|the|us).*|further information.*|how (?:we|this|the).*"
    r"|who (?:we|is|are).*)\W*$",
    re.I,
)
# A section on what came of requirements that were made before.
_EARLIER = re.compile(
    r"\b(?:requirements?|improvements?|actions?)\b.{0,40}\b(?:made|set|issued|required)\b.{0,30}"
    r"\b(?:last|previous|earlier|prior)\b"
    r"|\b(?:previous|earlier|prior|outstanding) (?:\w+ )?requirements\b",
    re.I,
)
_PLAIN_TITLE = re.compile(
    r"^(?:\W*(?:(?:chapter|section|part|appendix|annex)\s+)?(?:\d+(?:\.\d+)*|[ivx]+"
    r"|[a-z](?=[.:)]))\W+)?(?:(?:our|the|my|its|key|main|final|full|list of|summary of"
    r"|consolidated|"
    r"detailed|specific|formal|safety|committee|national|local|overall|priority|report)\s+){0,4}"
    r"(?:recommendations?|areas? for improvement|areas? for priority action|"
    r"(?:conclusions?|findings?) and recommendations?|what needs to improve|"
    r"learning points?|causes? of concern|matters? of concern|priority actions?)\W*$",
    re.I,
)

_KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (
        re.compile(r"\b(?:causes?|matters?) of concern\b|\bcoroner[’']?s concerns?\b", re.I),
        "cause_of_concern",
    ),
    (re.compile(r"\blearning points?\b|\blessons?\b", re.I), "learning_point"),
    (
        re.compile(r"\brecommend|\bpriority\b.{0,16}\bactions?\b|\bimmediate action", re.I),
        "recommendation",
    ),
    (
        re.compile(
            r"\bareas?\b.{0,30}\b(?:improvement|development)\b|\bneeds?\b.{0,20}\bto improve\b"
            r"|\bafi\b|\bimprove",
            re.I,
        ),
        "area_for_improvement",
    ),
)


# Every block asks about the headings that it stands under, so a title is asked for many times.
@lru_cache(maxsize=_TITLES)
def sense(heading: str) -> Sense | None:
    """What the heading says of the list under it; None where it says nothing."""
    text = heading.strip()
    if len(text.split()) > 18:
        return None
    if _OWN.search(text):
        if _PLAIN_TITLE.match(text) or not _SPOILED.search(text):
            return "mixed" if _MIXED.search(text) else "own"
        return "against"
    return "against" if _AGAINST.match(text) else None


def other_list(heading: str) -> bool:
    """Whether the heading is the plain title of another kind of list ("Strengths")."""
    return bool(_AGAINST.match(heading.strip()))


@lru_cache(maxsize=_TITLES)
def of_others(heading: str) -> bool:
    """Whether the heading speaks of recommendations that are not this document's own or not new."""
    spoiled = _OWN.search(heading) and _SPOILED.search(heading)
    return bool(spoiled or _EARLIER.search(heading))


def plain_title(text: str) -> bool:
    """Whether the text is nothing but the title of a list of recommendations."""
    return bool(_PLAIN_TITLE.match(text.strip()))


def kind(*texts: str) -> Kind:
    """The kind that the nearest telling text names; a recommendation where none does."""
    for text in texts:
        for pattern, found in _KINDS:
            if pattern.search(text):
                return found
    return "recommendation"
