"""Who must act: proposed from the words of the entry, its lead-in, its headings or its table.

Only what stands on the page is proposed, in its own words; whether it is a body in the register is
for a person to say.
"""

import re

from answerable.engine.documents.runs import Item, Run
from answerable.engine.documents.shapes import Addressee

_MOST = 8
_LONGEST = 14
_HEAD = (
    r"(?:governments?|ministers?|ministry|ministries|departments?|councils?|forces?|police"
    r"|constabular(?:y|ies)|constables?|"
    r"boards?|trusts?|providers?|commissioners?|commissions?|authorit(?:y|ies)|agenc(?:y|ies)"
    r"|inspectorates?|"
    r"partnerships?|partners|secretar(?:y|ies)|committees?|services?|nhs|executives?|offices?"
    r"|leaders|colleges?|schools?|"
    r"hospitals?|bodies|body|regulators?|directors?|managers?|chairs?|companies|company"
    r"|corporations?|institutes?|"
    r"universities|university|parliament|assembly|cabinet|administrations?|organisations?"
    r"|operators?|funds?|"
    r"courts?|prisons?|advisers?|employers?|networks?|collaboratives?|practitioners|professionals"
    r"|coroners?|"
    r"mayors?|officers?|panels?|unions?|federations?|foundations?|society|societies|associations?"
    r"|groups?)"
)
_BODY = re.compile(rf"\b{_HEAD}\b", re.I)
_NAMED = re.compile(r"\b[A-Z][A-Za-z’'&-]+")
_MODAL = re.compile(
    r"\b(?:should|must|shall|needs? to|ought to|will need to|(?:is"
    r"|are) required to)\b(?!\s+(?:not\s+)?be\b)"
)
_TOLD = re.compile(
    r"\b(?:recommend(?:s|ed)?|urges?|invites?|calls?\s+(?:on|upon|for)|asks?|requests?|advises?"
    r"|encourages?)\s+"
    r"(?:further\s+|again\s+|strongly\s+|to\s+|that\b,?\s+|(?:at|in|by|as)\s[^,]{3,60},\s+)*"
    r"(?P<who>(?:the\s+)?[^,;:.()]{2,120}?)"
    r"(?=\s+(?:to\b|should\b|must\b|shall\b|take\b|takes\b|ensures?\b|considers?\b|that\b|"
    r"(?-i:[a-z]{3,}(?:s|e|w|t|p|y|d|n|r)?)\s+(?:the|a|an|its|their|all|how|whether|that|to|with"
    r"|as|out)\b)|[:,]|\s+\()",
    re.I,
)
_OPENING = re.compile(
    r"^(?:(?:to|by|within|before|no later than|from|in|at|during|as soon as|where|when|if|after"
    r"|following|given|bearing)\b"
    r"[^,]{2,90},\s+|(?:urgently|therefore|we (?:therefore |also )?recommend that|that"
    r"|accordingly),?\s+)+",
    re.I,
)
_WITHIN = re.compile(
    r"^within (?:the next )?[\w-]+ (?:working )?(?:days?|weeks?|months?|years?)\s+(?=the\s|[A-Z])",
    re.I,
)
_FOR_HEADING = re.compile(
    r"^(?:[\d.]+\s+)?(?:(?:further|safety|key)\s+)?(?:recommendations?|actions?)\s+(?:to"
    r"|for)\s+(?P<who>.{3,100})$"
    r"|^for\s+(?P<other>.{3,100})$",
    re.I,
)
_SPLIT = re.compile(
    r"\s*(?:;|,\s+and\s+|,|\band/or\b|/(?=[A-Z])"
    r"|\band\b(?:\s+where appropriate)?)\s+(?=(?:the\s+)?[A-Z])"
)
_DETERMINER = re.compile(
    r"^(?:the|all|every|each|both|any|those|these|our|where appropriate)\s+", re.I
)
_NOT = re.compile(
    r"^(?:if|when|where|whether|and|but|this|it|that|these|those|they|there|which|who|we|i|he|she"
    r"|consideration|any|such|no|a|an|work|"
    r"plans?|training|reviews?|success|progress)\b",
    re.I,
)


def of(item: Item, run: Run) -> tuple[Addressee, ...]:
    """Who is proposed for the entry, from the nearest place that says so."""
    if item.who and (found := _bodies(item.who, whole=True)):
        return _said(found, "They are named in the same row of the table.")
    text = item.text
    told = _TOLD.search(text[:600])
    if told is not None and (found := _bodies(told.group("who"))):
        return _said(found, "The sentence recommends it to them.")
    if found := _subject(text):
        return _said(found, "They are who the sentence says should act.")
    return _from_around(item, run)


def _subject(text: str) -> list[str]:
    """Who stands before the first "should" of the first sentence."""
    first = re.split(r"(?<=[.;:])\s+(?=[A-Z])", text, maxsplit=1)[0]
    modal = _MODAL.search(first)
    if modal is None:
        return []
    subject = _WITHIN.sub("", _OPENING.sub("", first[: modal.start()]))
    subject = re.split(
        r",\s+(?:in|with|through|including|along|together|working|as|following|whether|who|which"
        r"|once)\b"
        r"|\s+(?:in conjunction|in consultation|in partnership|working|following|together) ",
        subject,
    )[0]
    return _bodies(subject)


def _from_around(item: Item, run: Run) -> tuple[Addressee, ...]:
    if run.lead is not None:
        told = _TOLD.search(run.lead.text)
        if told is not None and (found := _bodies(told.group("who"))):
            return _said(found, "The sentence that opens the list recommends it to them.")
    for block in reversed(item.blocks[0].path):
        matched = _FOR_HEADING.match(block.text.strip())
        if matched is not None:
            found = _bodies(matched.group("who") or matched.group("other"))
            if found:
                return _said(found, f"The heading above says “{block.text.strip()}”.")
    if item.node is not None and item.node.parent is not None:
        told = _TOLD.search(item.node.parent.block.text)
        if told is not None and (found := _bodies(told.group("who"))):
            return _said(found, "The sentence that opens the list recommends it to them.")
    return ()


def _said(names: list[str], why: str) -> tuple[Addressee, ...]:
    return tuple(Addressee(name, why) for name in names[:_MOST])


def _bodies(text: str, *, whole: bool = False) -> list[str]:
    """The bodies named in the words, without articles; none where the words name no body."""
    text = " ".join(text.split()).strip(" ,.;:–-")
    if not text or (_NOT.match(text) and not whole) or len(text.split()) > (60 if whole else 45):
        return []
    names = []
    for part in _parts(text):
        name = _DETERMINER.sub("", part.strip(" ,.;:"))
        known = _BODY.search(name) or (_NAMED.search(name) and len(name.split()) <= 6)
        if known and len(name.split()) <= _LONGEST and not _NOT.match(name) and name not in names:
            names.append(name)
    return names


def _parts(text: str) -> list[str]:
    """Split a list of bodies, but not the "and" inside a body's own name."""
    pieces = _SPLIT.split(text)
    joints = [m.group(0) for m in _SPLIT.finditer(text)]
    parts = [pieces[0]]
    for joint, piece in zip(joints, pieces[1:], strict=True):
        if _one_name(parts[-1], joint, piece):
            parts[-1] += joint + piece
        else:
            parts.append(piece)
    return parts


def _one_name(before: str, joint: str, piece: str) -> bool:
    """Whether the joint is inside a single name, as in "Department of Health and Social Care"."""
    if re.match(r"the\s", piece, re.I) or ";" in joint or "/" in joint:
        return False
    bodied = _BODY.search(piece) is not None or piece.split()[0].isupper()
    ongoing = re.search(r"\b(?:of|for)\b", before) is not None and not bodied
    if "," in joint:
        return ongoing and len(piece.split()) == 1
    headless = _BODY.search(before) is None and len(before.split()) > 1
    return ongoing or (headless and bodied)
