"""What a recommendation is made of: who must act, what act, on what, for whom, by when.

Read from the words by simple rules of English; what is not said is empty. It is used to weigh and
to explain a likeness and is never shown as fact.
"""

import re
from typing import NamedTuple

from answerable.engine.similarity.words import stem

_ADVERBS = r"(?:(?!be\b)\w+ly\s+|also\s+|now\s+|not\s+|always\s+|therefore\s+|further\s+)*"
_MODAL = re.compile(
    rf"\b(?:should|must|shall|ought\s+to|needs?\s+to|(?:is|are)\s+(?:required\s+)?to)\s+{_ADVERBS}",
    re.I,
)
_PASSIVE = re.compile(r"be\s+(?:\w+ly\s+)?(?P<act>[^\W\d_]+)", re.I)
_BY_WHOM = re.compile(
    r"\bby\s+(?P<who>(?:the|all|each|both|every)\s+[^,.;:()]{2,60}?)"
    r"(?=[,.;:()]|\s+(?:to|in|on|with|and|so|as|for|that|which|who)\b|$)",
    re.I,
)
_FOR = re.compile(
    r"\b(?:for|of|to|with|by)\s+(?P<whom>(?:[\w’'-]+\s+){0,3}?(?:children|young\s+people|victims"
    r"|survivors|patients|residents|families|carers?|parents|staff|officers|pupils|prisoners"
    r"|detainees|women|girls|people|tenants|students|learners|witnesses|bereaved))\b",
    re.I,
)
_WHEN = re.compile(
    r"\b(?:within\s+(?:the\s+next\s+)?[\w-]+\s+(?:working\s+)?(?:days?|weeks?|months?|years?)"
    r"|(?:by|before|no\s+later\s+than)\s+(?:the\s+)?(?:end\s+of\s+)?(?:\d{1,2}\s+)?"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|spring|summer|autumn|winter)?\s?(?:19|20)\d\d|immediately|urgently|as\s+soon\s+as\s+possible"
    r"|without\s+delay)\b",
    re.I,
)
_END = re.compile(
    r"[,.;:()]|\s(?:so\s+that|in\s+order\s+to|to\s+ensure|which|who|that|where|when|by|and\s+that)\s"
)
_LEAD = re.compile(
    r"^\W*(?:(?:we|I|the\s+\w+)\s+(?:therefore\s+|also\s+)?(?:recommends?|urges?)\s+(?:that\s+)?)+",
    re.I,
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_MOST = 12
"""Words of an object, and of an actor: longer is a sentence, no name of a thing."""


class Made(NamedTuple):
    """The five answers, as they stand in the text."""

    who: str = ""
    act: str = ""
    thing: str = ""
    whom: str = ""
    when: str = ""


def made_of(text: str) -> Made:
    """The first request in ``text``, taken apart."""
    who, act, rest = _asked(_LEAD.sub("", text[:1_000]))
    end = _END.search(rest)
    thing = _short(rest[: end.start()] if end else rest)
    if not who and (by := _BY_WHOM.search(text)):
        who = _short(by["who"])
    whom, when = _FOR.search(text), _WHEN.search(text)
    return Made(
        who=who,
        act=act,
        thing=thing,
        whom=" ".join(whom["whom"].split()) if whom else "",
        when=" ".join(when[0].split()) if when else "",
    )


def _asked(text: str) -> tuple[str, str, str]:
    """Who, what act, and what follows it."""
    modal = _MODAL.search(text)
    if modal is None:
        first = _WORD.search(text)
        return ("", first[0], text[first.end() :]) if first else ("", "", "")
    before = re.split(r"[.;:]\s|,\s", text[: modal.start()])[-1]
    rest = text[modal.end() :]
    if passive := _PASSIVE.match(rest):
        return "", passive["act"], f" {before} "
    word = _WORD.match(rest)
    who = _short(before)
    return (who, word[0], rest[word.end() :]) if word else (who, "", "")


def _short(words: str) -> str:
    return " ".join(words.split()[:_MOST]).strip(" ,.;:–—-")


def stems_of(words: str) -> frozenset[str]:
    """The stems of some words, without the plain ones."""
    return frozenset(s for word in _WORD.findall(words) if (s := stem(word)))
