"""Who must act: proposed from the words of the entry, its lead-in, its headings or its table.

Only what stands on the page is proposed, in its own words; whether it is a body in the register is
for a person to say.
"""

import re
from collections.abc import Sequence

from answerable.engine.documents import bodies, lexicon
from answerable.engine.documents.about import About
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Item, Run
from answerable.engine.documents.shapes import Addressee

_MOST = 8
_FAR = 80
_SENTENCE = re.compile(r"(?<=[.;:])\s+(?=[A-Z])")
_MODAL = re.compile(
    r"\b(?:should|must|shall|(?<!the )(?<!no )(?<!a )(?<!any )(?<!of )needs? to|ought to"
    r"|will need to|(?:is|are) required to"
    r"|(?:is|are) to)\b(?!\s+(?:\w+ly\s+|not\s+|also\s+)*be\b"
    r"(?!\s+(?:obliged|required|responsible|prepared|held|clear|mindful|proactive|able)\b))"
)
_PASSIVE = re.compile(
    r"\b(?:should|must|shall|needs? to|ought to|to|is|are)\s+(?:\w+ly\s+|not\s+|also\s+)*be\b",
)
_BY = re.compile(r"\bby\s+(?=(?P<who>(?:the\s+|all\s+|each\s+|both\s+)?[^.;:–—()]{2,140}))")
_BY_ENDS = re.compile(
    r"[ ]+(?:of|to|prior|in order|so that|so|by|with|through|within|on|at|which|who|that|when|before"
    r"|under|as|from|using|for|working|following|where|whether|if|and\s+(?!the\b|all\b)(?-i:[a-z])\w*"
    r"|no later)\b",
    re.I,
)
_TOLD = re.compile(
    r"\b(?:recommends?|recommended(?=\s+(?:to|that)\b)|urges?|invites?|calls?\s+(?:on|upon|for)|asks?|requests?|advises?"
    r"|encourages?)\s+"
    r"(?:further\s+|again\s+|strongly\s+|to\s+|that\b,?\s+|(?:at|in|by|as|within|before|no"
    r"|following|given)\s[^,]{3,60},\s+)*"
    r"(?P<who>[^;:.]{2,200})",
    re.I,
)
_OPENS = re.compile(
    r"^(?:to|by|within|before|no later|not later|from|in|at|on|during|as|where|when|if|after"
    r"|following|given|bearing|urgently|therefore|that|accordingly|and before|and by|for"
    r"|we|i|further|finally|also|however|immediately|with|once|until|over|through|while"
    r"|whilst|although|because|since|under|having|recognising|using|building|and)\b",
    re.I,
)
_ASIDE = re.compile(
    r"^(?:in|with|through|including|along|together|working|as|following|whether|who|which|once"
    r"|where|supported|led|acting|via|alongside|and their|and its|if|when|after|by|having"
    r"|drawing|building|jointly|collaborating|under|subject|at|such as|particularly|especially"
    r"|not least|notably)\b",
    re.I,
)
_INSIDE = re.compile(
    r"\s(?:in (?:conjunction|consultation|partnership|collaboration|liaison|association)"
    r"|working|following|together with|supported by|through|alongside|acting)\s",
)
_LEADING = re.compile(
    r"^(?i:in|during|at|for|within|under|on|by|over|from)\s+(?:[^\s,]+\s+){1,9}?"
    r"(?=(?:the\s+(?:[A-Z]|\w+\s)|[A-Z][a-z]+\s+[A-Z]))"
)
_WITHIN = re.compile(
    r"^within (?:the next )?[\w-]+ (?:working )?(?:days?|weeks?|months?|years?)\s+(?=the\s|[A-Z])",
    re.I,
)
_ANNOUNCES = re.compile(
    r":\s*$|^(?:To|For)\s+(?:the\s+)?\w[^.]{2,70}$|\b(?:following|below)\b[^.:]{0,60}[.:]\s*$", re.I
)
_MADE_TO = re.compile(
    r"\brecommendations?\s+(?:below\s+|that\s+follow\s+)?(?:(?:is|are|were)\s+)?(?:made\s+|addressed\s+|directed\s+)?(?:to|for)\s+"
    r"(?P<who>(?:the\s+)?[^.:;,]{3,80}?)(?=[.:;,]|\s+(?:that|which|to|in|on|following|below)\b|$)",
    re.I,
)
_TO = re.compile(r"^(?:To|For)\s+(?P<who>(?:(?:the|all)\s+\w|[A-Z])[^.]{2,70}?):?$")
_STOPS = re.compile(
    r"^(?:to|should|must|shall|will|that|ensures?|takes?|does|do|has|have|is|are|be|also|now"
    r"|makes?|not|gives?|asks?)$"
)
_OF_AUTHORS = frozenset({"considers", "recommends", "encourages", "supports", "notes", "accepts"})
_PRONOUN = re.compile(r"^(?:it|they)\b", re.I)
_FOR_HEADING = re.compile(
    r"^(?:[\w.]{1,5}\s+)?(?:(?:further|safety|key|our|the|specific|list of)\s+)*"
    r"(?:recommendations?|actions?|areas? for improvement|priorities|learning points?)\s+"
    r"(?:(?:is|are)\s+)?(?:made\s+|addressed\s+|directed\s+)?(?:to|for)\s+(?P<who>.{3,140})$"
    r"|^(?:for|to)\s+(?P<other>.{3,100})$"
    r"|^what\s+(?:does|do|should|must)\s+(?P<what>.{3,80}?)\s+"
    r"(?:need\s+to\s+(?:do|improve|change)|do|improve|change)\b.*$"
    r"|^what\s+(?P<needs>(?:the\s)?[\w’' -]{3,60}?)\s+(?:needs?\s+to|must|should)\s.*$",
    re.I,
)
_TAIL = re.compile(
    r"[\[(]?\b(?:action(?:\s+(?:by|for|owner|on))?|owners?|responsib(?:le(?:\s+\w+)?|ility)"
    r"|lead(?:\s+\w+)?|addressees?|addressed\s+to|directed\s+to|for\s+action\s+by|for|to|by\s+whom)"
    r"\s*[:–—]\s*(?P<who>[^\n\[\]]{2,160}?)[\])]?\s*[.;]?\s*$",
    re.I,
)
_WHEN_TAIL = re.compile(
    r"[\s.;,|(]+(?:by\s+when|timescale|time\s?frame|deadline|due(?:\s+date)?|target(?:\s+date)?"
    r"|when|priority)\s*[:–—].*$",
    re.I,
)
_FRONT = re.compile(r"^(?:(?:to|for)\s+)?(?P<who>[^.:;]{3,90}?)\s*(?::|\s[–—]\s)\s*(?=\S)", re.I)


def of(
    item: Item,
    run: Run,
    about: About | None = None,
    *,
    blocks: Sequence[Block] = (),
    also: Sequence[Item] = (),
) -> tuple[Addressee, ...]:
    """Who is proposed for the entry, from the nearest place that says so.

    ``about`` is whom the whole document is about: it stands behind "the force" and the like, and
    for entries that name nobody. ``blocks`` are the whole document's, to look for the sentence
    that opens the list; ``also`` are the other places where the entry is printed.
    """
    found = _found(item, run, blocks, also)
    if about is None:
        return found
    return about.spelled_out(found) or about.for_all()


def _found(
    item: Item, run: Run, blocks: Sequence[Block], also: Sequence[Item]
) -> tuple[Addressee, ...]:
    for printed in (item, *also):
        if printed.who and (names := bodies.named(printed.who, whole=True)):
            return _said(names, "They are named in the same row of the table.")
    text = " ".join(item.text.split())
    if names := _labelled(text):
        return _said(names, "The entry ends or begins with who must act.")
    if names := _told(text):
        return _said(names, "The sentence recommends it to them.")
    above = _from_opening(item, run, blocks)
    if names := _subject(text):
        own = _said(names, "They are who the sentence says should act.")
        return above + tuple(one for one in own if not above or _adds(one.name, above))
    if above:
        return above
    if names := _agent(text):
        return _said(names, "The sentence says that it is to be done by them.")
    if item.title and _all_bodies(item.title):
        return _said(bodies.named(item.title), "They are the entry’s own title.")
    return _from_headings(item, run)


def _adds(name: str, above: tuple[Addressee, ...]) -> bool:
    """Whether the entry names a further body, not only a thing that those above look after."""
    return any(c.isupper() for c in name) and all(name != one.name for one in above)


def _told(text: str) -> list[str]:
    """Whom "we recommend that …" tells; a command to encourage others does not tell them."""
    if lexicon.commands(text) and not lexicon.performs(text):
        return []
    for told in _TOLD.finditer(text[:900]):
        before = _SENTENCE.split(text[: told.start()])[-1]
        if _MODAL.search(before) or before.endswith((" to ", " and ")):
            continue
        if names := bodies.named(_up_to_verb(told.group("who"))):
            return names
    return []


def _up_to_verb(words: str) -> str:
    """What stands before what they are told to do, without asides."""
    kept: list[str] = []
    for word in re.sub(r"\s*\([^()]*\)", "", words).split():
        bare = word.lower().strip(",")
        told = lexicon.commands(bare) or lexicon.commands(bare.removesuffix("s"))
        if _STOPS.match(bare) or (told and kept and word[:1].islower()):
            break
        if bodies.is_body(" ".join(kept)) and not _goes_on(word):
            break
        kept.append(word)
        if len(kept) > 16:
            break
    return ", ".join(_without_asides(" ".join(kept)))


def _goes_on(word: str) -> bool:
    """Whether the word can belong to the name before it: "of", a capital, another kind of body."""
    bare = word.strip(",&").lower()
    joins = bare in ("", "of", "for", "and", "in", "on", "at", "the", "or", "across", "as", "with")
    return joins or word[:1].isupper() or bodies.speaks_of_one(bare)


def _without_asides(words: str) -> list[str]:
    """The segments of the words that name who acts: openings before and asides after left out."""
    subject: list[str] = []
    for segment in (s.strip() for s in re.split(r",|\s[–—-]\s", words)):
        if subject and _ASIDE.match(segment):
            break
        if segment and (subject or not _OPENS.match(segment)):
            subject.append(segment)
    return subject


def _labelled(text: str) -> list[str]:
    """Who stands in "(Action: …)" or "Owner: …" at the end, or in "To …:" at the start."""
    tail = _TAIL.search(_WHEN_TAIL.sub("", text)[-220:])
    if tail is not None and len(text) > len(tail.group(0)) + 12:
        names = bodies.named(tail.group("who"), whole=True)
        if names and bodies.speaks_of_one(tail.group("who")):
            return names
    front = _FRONT.match(text)
    if front is None:
        return []
    # "To Class I railroads: …" names them, whatever they are; "To improve safety: …" does not.
    said_to = re.match(r"(?:to|for)\s+(?:(?-i:[A-Z])|the\s|all\s)", text, re.I) is not None
    names = bodies.named(front.group("who"), whole=True)
    return names if said_to or all(bodies.is_body(name) for name in names) else []


def _all_bodies(words: str) -> bool:
    names = bodies.named(words, whole=True)
    return bool(names) and all(bodies.is_body(name) for name in names)


def _subject(text: str) -> list[str]:
    """Who stands before the first "should" of the first sentences, or before the bare verb."""
    for sentence in _SENTENCE.split(text[:900])[:3]:
        modal = _MODAL.search(sentence)
        if modal is not None and (names := _before(sentence[: modal.start()])):
            return names
        if names := _before_verb(sentence):
            return names
    return []


def _before(words: str) -> list[str]:
    """The bodies in the words before the verb: openings and asides are left out."""
    words = re.sub(r"\s*\([^()]*\)", "", _WITHIN.sub("", words)).rsplit(":", 1)[-1].strip()
    segments = [s.strip() for s in re.split(r",|\s[–—-]\s", words) if s.strip()]
    segments = [re.sub(r"^(?:that|and that)\s+", "", s, flags=re.I) for s in segments]
    subject = _without_asides(", ".join(segments))
    if not subject and segments:
        subject = [_LEADING.sub("", segments[-1])]
        if subject[0] == segments[-1]:
            return []
    said = _INSIDE.split(", ".join(subject))[0]
    if _PRONOUN.match(said):
        return _meant(segments)
    return bodies.named(_LEADING.sub("", said))


def _meant(segments: list[str]) -> list[str]:
    """Who "it" is: the body that the words before it name."""
    for segment in segments[:-1]:
        for found in re.finditer(r"\b(?:the|The)\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*", segment):
            if bodies.is_body(found.group(0)):
                return bodies.named(found.group(0))
    return []


def _before_verb(sentence: str) -> list[str]:
    """Who stands before a bare verb: "That all trusts have …", "The Fund develops a plan"."""
    rest = re.sub(r"^(?:and\s+)?that\s+", "", sentence, flags=re.I)
    asked = rest != sentence
    if not asked and lexicon.commands(rest):
        return []
    words = rest.split()
    for at in range(1, min(len(words), 16)):
        word = words[at].lower()
        bare = word in ("have", "be", "has") or lexicon.commands(words[at])
        third = word.endswith("s") and lexicon.commands(word.removesuffix("s"))
        third = third and word not in _OF_AUTHORS
        if not (bare and asked) and not third and not (bare and words[at - 1][-1:] == ","):
            continue
        subject = " ".join(words[:at])
        if word == "be" or not (bodies.speaks_of_one(subject) or _own_name(subject)):
            continue
        return _before(subject)
    return []


def _own_name(subject: str) -> bool:
    """Whether the words are a name by itself: "The NRF", "Northmoor Rail"."""
    words = re.sub(r"^the\s+", "", subject, flags=re.I).split()
    inside = [w for w in words[1:] if w.lower() not in ("and", "of", "for")]
    return (
        bool(words)
        and (words[0].isupper() or bool(inside))
        and all(w[:1].isupper() for w in [words[0], *inside])
    )


def _agent(text: str) -> list[str]:
    """Who is to do what "should be done by" them."""
    for sentence in _SENTENCE.split(text[:900])[:3]:
        passive = _PASSIVE.search(sentence)
        if passive is None and not re.search(r"\bthere (?:should|must|shall)\b", sentence, re.I):
            continue
        start = passive.start() if passive is not None else 0
        for found in _BY.finditer(sentence, start):
            who = _BY_ENDS.split(_place_kept(found.group("who")))[0]
            names = [n for n in bodies.named(who) if bodies.speaks_of_one(n) or n[:1].isupper()]
            if names:
                return names
    return []


def _place_kept(words: str) -> str:
    """The words with "Department of …" and the like held together against the cut at "of"."""
    return re.sub(r"\s(of|for|on)\s+(?=[A-Z])", "\u00a0\\1\u00a0", words)


def _from_opening(item: Item, run: Run, blocks: Sequence[Block]) -> tuple[Addressee, ...]:
    """Who is named by the sentence that opens the list, or one that opens the list around it."""
    first = run.items[0] if run.items else item
    for lead in (run.lead, _lead_of(item, run, blocks), _lead_of(first, run, blocks)):
        if lead is not None and (found := _opening(lead.text)):
            return found
    above = item.node.parent if item.node is not None else None
    while above is not None:
        if above.block.heading is None and (found := _opening(above.block.text)):
            return found
        above = above.parent
    return ()


def _lead_of(item: Item, run: Run, blocks: Sequence[Block]) -> Block | None:
    """The sentence that announces the list, back over its other entries and two titles in it."""
    own = {block.index for other in run.items for block in other.blocks}
    first, titles = item.blocks[0].index, 0
    for block in reversed(blocks[max(0, first - _FAR) : first]):
        if block.index not in own and block.cell is None and _ANNOUNCES.search(block.text):
            return block
        if block.heading is not None and lexicon.sense(block.text) is not None:
            # What stands above the title of a list belongs to another one.
            return None
        numbered = block.label is not None or block.index in own
        titles += block.heading is not None and not numbered
        if titles > 2 or not (numbered or block.heading is not None):
            return None
    return None


def _opening(text: str) -> tuple[Addressee, ...]:
    """Who is named by the sentence that opens a list."""
    made = _MADE_TO.search(text) or _TO.match(text.strip())
    names = _told(text) or (bodies.named(made.group("who")) if made is not None else [])
    names = names or _subject(text)
    return _said(names, "The sentence that opens the list recommends it to them.")


def _from_headings(item: Item, run: Run) -> tuple[Addressee, ...]:
    """Who the headings name, nearest first; a bare name only inside the list's own section."""
    top = run.heading.index if run.heading is not None else None
    for block in reversed(item.blocks[0].path):
        heading = block.text.strip()
        matched = _FOR_HEADING.match(heading)
        names = []
        if matched is not None:
            names = bodies.named(next(g for g in matched.groups() if g is not None))
        elif heading.endswith(":") and (opened := _opening(heading)):
            return opened
        elif top is not None and block.index > top and _all_bodies(heading):
            names = bodies.named(heading, whole=True)
        if names:
            return _said(names, f"The heading above says “{heading}”.")
    return ()


def _said(names: list[str], why: str) -> tuple[Addressee, ...]:
    return tuple(Addressee(name.replace("\u00a0", " "), why) for name in names[:_MOST])
