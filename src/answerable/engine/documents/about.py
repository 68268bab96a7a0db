"""Whom a whole document is about: the force that was inspected, the State under review.

Inspections rarely name in each entry who must act; the title has said it once. And "the force" in
an entry means the one in the title.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from answerable.engine.documents import bodies
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.shapes import Addressee

_EARLY = 40
_SCANNED = 400
_INSPECTS = re.compile(
    r"\b(?:inspect(?:ion|ed|ors?)|judgements?|ratings?|audit(?:ed|ors?)?|assessment of"
    r"|peer review|reinspection|focused visit|monitoring visit|quality report)\b",
    re.I,
)
_INSPECTION_OF = re.compile(
    r"\b(?P<what>(?i:re-?inspection|inspection|visit|audit|assessment|review of the effectiveness"
    r"|peer review|investigation))\s+(?i:report\s+)?(?:of|to|at|on|into)"
    r"\s+(?P<who>(?:the\s+)?[A-Z][^.:;()\n]{3,110})$",
)
_ADDRESSED = re.compile(
    r"^(?i:(?:(?:a|the|final|interim|special)\s+)*(?:report|letter|advice)\s+to)\s+"
    r"(?P<who>(?:the\s+)?[A-Z].{3,90})$",
)
_COMPLAINT = re.compile(
    r"\b(?i:complaints?\s+(?:against|about|by\s+\S+\s+\S+\s+about)|audit\s+findings?(?:\s+report)?\s+for"
    r"|(?:annual\s+)?audit\s+(?:letter|report|results)\s+(?:for|to)"
    r"|auditor[’']s\s+annual\s+report\s+(?:for|on)|learning\s+review\s+for)\s+"
    r"(?P<who>(?:the\s+)?[A-Z][^.:;()\n]{3,90}?)(?=\s*[\[(–—-]|\s+(?:for|19|20)|$)",
)
_SEEN = re.compile(
    r"\b(?i:inspection|focused\s+visit|monitoring\s+visit|re-?inspection|visit)\s+(?:of|to)\s+"
    r"(?P<who>(?:the\s+)?[A-Z][\w’'-]+(?:\s+(?:(?:and|of|upon|on|the|with)\s+)?[A-Z][\w’'-]+){0,8}"
    r"(?:\s+local\s+authority)?)"
)
_SENT = re.compile(
    r"\b(?:is being sent to|this report is sent to|sent to)\s*:?\s*(?P<who>.*)$", re.I
)
_OF_TITLES = re.compile(
    r"^(?:sessions?|lists?|thematic|matrix|working|groups?|cycles?|documents?|text|full|annex"
    r"|addendum|reports?|reviews?|recommendations?|final|draft|universal|periodic|national)$",
    re.I,
)
_DATED = re.compile(r"\s+(?:on|between|from|during|in|,)\s+\d.*$")
_OPEN_END = re.compile(r"\b(?:inspection|visit|audit)\s+(?:of|to|at)$", re.I)
_OF_MAKERS = re.compile(
    r"\b(?:report|reviews?|inquiry|recommendations?|committee|commission|rapporteur)\b", re.I
)
_SERVICES = re.compile(
    r"(?<=local authority)\s+.*$|\s+(?:children[’']s|adult|social|SEND|youth|fire and rescue)?"
    r"\s*(?:social care\s+)?(?:services?|arrangements|functions)"
    r"(?:\s+for\s+.*)?$|[’']s\s+.*$",
    re.I,
)
_LABELLED = re.compile(
    r"^(?:name of\s+)?(?:(?:registered\s+|service\s+|training\s+)?provider|local authority|force"
    r"|organisation|trust|school|audited body|inspected body|body|council|establishment|prison"
    r"|service|operator)(?:\s+name)?\s*:\s*(?P<who>[A-Z].{2,90})$",
    re.I,
)
_STATE = re.compile(
    r"\b(?i:the review of|have been examined by|enjoy the support of|the position of"
    r"|periodic reports? of|concluding observations on|delegation of|initial report of)\s+"
    r"(?P<who>(?:the\s+)?[A-Z][\w’'-]+(?:(?:\s+(?:and|of|the))*\s+[A-Z][\w’'-]+){0,5})"
)
_UNDER_REVIEW = re.compile(
    r"\bstate under review\b|\bstate party\b|\bUPR\d*\b|\bperiodic review", re.I
)
_SMALL_PARTS = re.compile(r"[\s_\-–—:.,()/]+")
_GENERIC: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"^(?:police )?force$", re.I), re.compile(r"police|constabulary", re.I)),
    (re.compile(r"^school$", re.I), re.compile(r"school|academy|college", re.I)),
    (re.compile(r"^college$", re.I), re.compile(r"college", re.I)),
    (re.compile(r"^trust$", re.I), re.compile(r"\btrust\b", re.I)),
    (re.compile(r"^board$", re.I), re.compile(r"\bboard\b", re.I)),
    (
        re.compile(r"^(?:council|local authority|authority)$", re.I),
        re.compile(r"council|borough|county|city|authority", re.I),
    ),
    (re.compile(r"^(?:local area )?partnership$", re.I), re.compile(r"partnership", re.I)),
    (re.compile(r"^state party$|^state under review$", re.I), re.compile(r"^[A-Z]")),
    (re.compile(r"^(?:registered |service )?provider$|^service$", re.I), re.compile(r"^[A-Z]")),
    (re.compile(r"^prison$", re.I), re.compile(r"prison|^HMP", re.I)),
)
_NEEDS = "The whole document is about them."


@dataclass(frozen=True, slots=True)
class About:
    """The body that the document is about, as it calls it.

    ``alone`` is true where entries that name nobody are for it: an inspection, a State's review.
    ``others`` are those to whom the document is sent beside it.
    """

    name: str
    alone: bool
    others: tuple[str, ...] = ()

    def for_all(self) -> tuple[Addressee, ...]:
        """Who acts where an entry names nobody."""
        names = (self.name, *self.others) if self.alone else ()
        return tuple(Addressee(name, _NEEDS) for name in names)

    def spelled_out(self, found: Iterable[Addressee]) -> tuple[Addressee, ...]:
        """The same bodies, with "the force" and the like given the name that the document gives."""
        return tuple(self._spelled(one) for one in found)

    def _spelled(self, one: Addressee) -> Addressee:
        for general, own in _GENERIC:
            if general.match(one.name) and own.search(self.name):
                whole = f"{self.name} (the {one.name})"
                return Addressee(whole, f"{one.why} It says “{one.name}”. {_NEEDS}")
        return one


def of(title: str | None, blocks: Sequence[Block]) -> About | None:
    """Whom the document is about, or None where it does not say so plainly."""
    early = blocks[:_EARLY]
    found = (
        _sent_to(early)
        or _labelled(early)
        or _inspected(title, early)
        or _titled(title, early)
        or _addressed(title, early)
        or _visited(early)
        or _state(title, blocks)
    )
    return _in_full(found, blocks) if found is not None else None


def _in_full(found: About, blocks: Sequence[Block]) -> About:
    """A place that was inspected, by the name of its body where the document gives it."""
    if bodies.is_body(found.name) or len(found.name.split()) > 6:
        return found
    place = re.escape(found.name.removesuffix(" local authority"))
    fuller = re.compile(
        rf"\b{place}(?:\s+[A-Z][a-z]+){{0,3}}\s+(?:Council|Authority|Partnership)\b"
    )
    names = Counter(m.group(0) for b in blocks[:_SCANNED] for m in fuller.finditer(b.text))
    return replace(found, name=names.most_common(1)[0][0]) if names else found


def _sent_to(early: Sequence[Block]) -> About | None:
    """From "THIS REPORT IS BEING SENT TO: 1. …", as coroners begin."""
    for at, block in enumerate(early):
        matched = _SENT.search(block.text.strip())
        if matched is None or len(block.text) > 400:
            continue
        names = _receivers(matched.group("who"))
        for following in early[at + 1 : at + 5] if not names else ():
            if following.heading is not None or following.text.strip().lower() == "coroner":
                break
            names += _receivers(following.text)
        if names:
            return About(names[0], alone=True, others=tuple(names[1:]))
    return None


def _receivers(text: str) -> list[str]:
    """The bodies of a numbered list of receivers, written in one line or one in each."""
    found = []
    for part in re.split(r"\s*(?:^|[;\n]|\s)\(?\d{1,2}[.)]\s+|;\s*", text):
        name = re.sub(r"^[Tt]he\s+", "", part.strip(" .,;:"))
        if bodies.speaks_of_one(name) and len(name.split()) <= 16:
            found.append(name)
    return found


def _labelled(early: Sequence[Block]) -> About | None:
    for block in early:
        matched = _LABELLED.match(block.text.strip())
        if matched is not None and len(matched.group("who").split()) <= 12:
            return About(matched.group("who").strip(" .*"), alone=True)
    return None


def _inspected(title: str | None, early: Sequence[Block]) -> About | None:
    """From "Inspection of X local authority children’s services" on the first page."""
    for text in [*([title] if title else []), *_first_lines(early)]:
        matched = _INSPECTION_OF.search(" ".join(text.split()).strip(" *"))
        if matched is None:
            continue
        whole = _DATED.sub("", matched.group("who"))
        who = re.sub(r"^[Tt]he\s+", "", _SERVICES.sub("", whole).strip())
        seen = re.search(r"inspection|visit", matched.group("what"), re.I) is not None
        if bodies.is_body(who) or (seen and _is_place(who)) or who.endswith("local authority"):
            return About(who, alone=True)
    return None


def _first_lines(early: Sequence[Block]) -> list[str]:
    """Short blocks of the first page; a line that ends in "inspection of" with the one after."""
    found = []
    for block, following in zip_longest(early, early[1:]):
        text = block.text.strip()
        if following is not None and _OPEN_END.search(text):
            text = f"{text} {following.text.strip()}"
        if len(text) < 140 and (block.heading is not None or block.index < 14):
            found.append(text)
    return found


def _is_place(words: str) -> bool:
    """Whether the words are a short proper name, as of a school, a prison or an area."""
    parts = words.split()
    small = ("and", "of", "the", "upon", "on", "in", "for")
    return len(parts) <= 8 and all(w[:1].isupper() or w in small for w in parts)


def _titled(title: str | None, early: Sequence[Block]) -> About | None:
    """From a title that is a body's name, where the pages around it speak of an inspection."""
    if not any(_INSPECTS.search(b.text) for b in early):
        return None
    headings = [b.text for b in early if b.heading is not None][:4]
    for text in [*([title] if title else []), *headings]:
        name = re.split(r"\s*[:–—|]\s*", " ".join(text.split()).strip(" *"))
        for part in name[:2]:
            if not 2 <= len(part.split()) <= 9 or _OF_MAKERS.search(part):
                continue
            if bodies.is_body(part) and not _maker(part, early):
                return About(part, alone=True)
    return None


def _addressed(title: str | None, early: Sequence[Block]) -> About | None:
    """From "Report to the Government of X"."""
    for text in [*([title] if title else []), *_first_lines(early)]:
        matched = _ADDRESSED.match(text.strip(" *"))
        if matched is not None and bodies.is_body(who := matched.group("who")):
            return About(re.sub(r"^the\s+", "", who), alone=True)
    return None


def _visited(early: Sequence[Block]) -> About | None:
    """From a sentence of the first page: "the findings of the focused visit to X on 3 May"."""
    for block in early[:14]:
        for pattern in (_COMPLAINT, _SEEN):
            matched = pattern.search(block.text)
            if matched is None:
                continue
            who = re.sub(r"^[Tt]he\s+", "", matched.group("who")).strip()
            if bodies.is_body(who) or who.endswith("local authority"):
                return About(who, alone=True)
    return None


def _maker(name: str, early: Sequence[Block]) -> bool:
    """Whether the name is the inspecting body's own: it publishes, makes or inspects."""
    said = re.escape(name)
    makes = re.compile(rf"\b{said}\b.{{0,40}}\b(?:inspects|inspected|publishes|published|audits)\b")
    inspects = re.search(r"\b(?:inspectorate|ombudsman|auditor|audit|regulator)", name, re.I)
    return inspects is not None or any(makes.search(b.text) for b in early)


def _state(title: str | None, blocks: Sequence[Block]) -> About | None:
    """The State under review: named as such, or the one proper name that the title holds."""
    whole = [b.text for b in blocks[:_SCANNED]]
    if not any(_UNDER_REVIEW.search(text) for text in [title or "", *whole]):
        return None
    for text in whole:
        matched = _STATE.search(text)
        if matched is not None and len(matched.group("who").split()) <= 7:
            return About(re.sub(r"^[Tt]he\s+", "", matched.group("who")), alone=True)
    if not re.search(r"(?<![A-Z])UPR\d*|periodic review", title or "", re.I):
        return None
    return _only_proper_name(title or "", " ".join(whole))


def _only_proper_name(title: str, text: str) -> About | None:
    """The word of the title that the text uses often and never without its capital."""
    for word in _SMALL_PARTS.split(title):
        if len(word) < 4 or not word.istitle() or not word.isalpha() or _OF_TITLES.match(word):
            continue
        often = len(re.findall(rf"\b{word}(?:[’']s)?\b", text))
        if often >= 3 and not re.search(rf"\b{word.lower()}\b", text):
            return About(word, alone=True)
    return None
