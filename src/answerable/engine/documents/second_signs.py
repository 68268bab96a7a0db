"""The words that the second look listens to: titles, opening sentences, labels, what asks."""

import re
from collections.abc import Iterator, Sequence

from answerable.engine.documents import labels, lexicon
from answerable.engine.documents.pieces import Block

_TELLING = re.compile(
    r"\b(?:recommend\w*|improv\w+|propos(?:als?|ed)|opinions?|suggest(?:ions?|ed)|actions?"
    r"|requirements?|required|lessons?|learning|remed(?:y|ies)|way forward|ways forward|next steps"
    r"|looking (?:ahead|forward)|looking to the future|the future|should|must|reforms?|measures?"
    r"|priorit(?:y|ies)|advice|agenda|expect(?:ations?)?|needs? to|need(?:ed|s)?|calls? (?:for|to|on)"
    r"|what (?:we|i) (?:ask|want|expect|propose)|questions? (?:for|to)|ask(?:s|ed)? of|demands?"
    r"|changes?|steps|points for|to the (?:minister|department|board|director|governor|service))\b",
    re.I,
)
_NOT_TELLING = re.compile(
    r"\b(?:taken|progress|previous|earlier|since|respon\w+|terms of reference|good practice|methods?"
    r"|methodology|background|contents|glossary|introduction|about|history|how we|legal|law"
    r"|regulatory|framework|act \d{4}|standards?|guidance|implemented|monitoring|training"
    r"|chronology|timeline|strengths?|well|figures?|tables?|completed|status|update|findings)\b",
    re.I,
)
_LEAD = re.compile(
    r"\b(?:should|must|shall|ought to|needs? to|(?:is|are) (?:required|asked|invited|requested"
    r"|urged|expected|called (?:up)?on) to|propos(?:es?|als?)|suggest(?:s|ions?)?|asks?|urges?"
    r"|calls? (?:on|for|upon)|recommend\w*|(?:the )?following (?:actions?|steps|measures|changes"
    r"|improvements?|proposals?|suggestions?|points|requirements?))\b.{0,160}$",
    re.I | re.S,
)
_LEAD_END = re.compile(
    r"(?::\s?[-–—]?|\bas follows\W*|\bthe following (?:\w+ ){0,2}(?:actions?|steps|measures|changes"
    r"|improvements?|proposals?|suggestions?)\.?)\s*$",
    re.I,
)
_PAST = re.compile(
    r"\b(?:found|told|noted|replied|responded|said|heard|reported|accepted|were|was|has|have had"
    r"|included|made several|whether|terms of reference|asked (?:us|me|to))\b",
    re.I,
)
# What a law or a standard asks, and what readers are asked to bear in mind, nobody recommends here.
_LAW = re.compile(
    r"\b(?:by law|under (?:the|section)|(?:act|regulations|rules|order) \d{4}|statut\w+|standards?"
    r"|guidance|code of|polic(?:y|ies) requires?|readers?|users?|anyone|those (?:who|using))\b",
    re.I,
)
_QUESTION = re.compile(
    r"^(?:will|can|could|would|when|what|how|does|do|is|are)\b.*\?\W*$", re.I | re.S
)
_NEEDS = re.compile(
    r"\b(?:needs? to|(?:is|are) required to|(?:is|are) to be|(?:has|have) to)\b", re.I
)
_CAUTION = re.compile(
    r"\b(?:should|must|ought to|needs? to|to) (?:also |not |always )?be (?:\w+ly )?(?:read|noted|seen|borne"
    r"|remembered|said|understood|interpreted|treated with|viewed|compared)\b"
    r"|\b(?:should|must|ought to) (?:also )?(?:note|remember)\b"
    r"|\b(?:should|must|ought to) (?:not )?have (?!to\b|an?\b|the\b|in\b)\w+\b",
    re.I,
)
_REFERENCE = re.compile(r"^\W*(?:ref(?:erence)?|see|source|stated|paragraph)s?\b\.?\s*:", re.I)
_AT_END = re.compile(
    r"(?<=[.;])\s+(?:ref(?:erence)?\b\.?\s*:\s*|response by\b[^.:]{0,60}:).*$", re.I | re.S
)
_READER = re.compile(r"\b(?:you|your|yours)\b", re.I)
_WORD = re.compile(
    r"^((?:[A-Z][A-Za-z]*|[A-Z]{2,})(?: [a-z]+| [A-Z][A-Za-z]+)?)\s+(?:no\.?\s*)?"
    r"(\d{1,2}|[A-Z]|[IVX]{1,4})\s*(?:[.:)–—-]\s*|\s+(?=[A-Z])|$)"
)
_OTHER_WORDS = re.compile(
    r"\b(?:tables?|figures?|chapters?|sections?|appendix|annex|box|pages?|parts?|volumes?|days?"
    r"|notes?|exhibits?|case|cases|stages?|articles?|paragraphs?|schedules?|photos?|photographs?"
    r"|maps?|charts?|graphs?|findings?|conclusions?|themes?|objectives?|principles?|phases?|years?"
    r"|levels?|grades?|class|types?|terms?|footnotes?|examples?|regulations?|rules?|sections?|acts?"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.I,
)
_NO_REPORT = re.compile(
    r"\b(?:progress (?:report|update|on|against)|follow[- ]?up|implementation (?:of|report|status)"
    r"|status (?:of|report)|update on|guidance|guide|handbook|manual|code of practice|statistics"
    r"|polic(?:y|ies)|terms of reference|minutes|newsletter|press release|replies|reply|response"
    r"|responses|government response|bulletin of statistics)\b",
    re.I,
)
_FIRST_TITLES = 3
_FEWEST = 2


def telling_title(text: str) -> bool:
    """Whether a title speaks of what should happen, by whatever name."""
    if len(text.split()) > 14 or lexicon.of_others(text) or text.strip()[:1] in "“‘\"'":
        return False
    if lexicon.sense(text) in ("mixed", "against"):
        return False  # the first look has weighed what stands there
    return bool(_TELLING.search(text)) and not _NOT_TELLING.search(text)


def leads(text: str) -> bool:
    """Whether a sentence opens a list of what somebody should do."""
    text = text.strip()
    if len(text) > 700 or not _LEAD_END.search(text) or _LAW.search(text):
        return False
    found = _LEAD.search(text)
    return found is not None and not _PAST.search(text[max(0, found.start() - 60) :])


def asking(text: str) -> bool:
    """Whether an entry asks in its main clause, commands, or puts a question to somebody."""
    if lexicon.performs(text) or lexicon.commands(text) or _QUESTION.match(text.strip()):
        return True
    if _CAUTION.search(text) or lexicon.judges(text):
        return False
    return lexicon.directs(text) or (not lexicon.tells(text) and bool(_NEEDS.search(text)))


def refers(text: str) -> bool:
    """Whether it is only a reference: "Ref: 6.2"."""
    return bool(_REFERENCE.match(text))


def trailing(text: str) -> int:
    """How many characters at its end are a reference and what follows that."""
    found = _AT_END.search(text)
    return len(text) - found.start() if found is not None else 0


def to_the_reader(text: str) -> bool:
    """Whether it speaks to whoever reads it, as guidance does; reports ask bodies."""
    return bool(_READER.search(text))


def names_no_report(title: str | None, blocks: Sequence[Block]) -> bool:
    """Whether its first titles say that it is guidance, a reply or a report on progress."""
    first = [b.text for b in blocks if b.heading is not None][:_FIRST_TITLES]
    return any(_NO_REPORT.search(text) for text in ([title] if title else []) + first)


def counted_words(blocks: Sequence[Block]) -> Iterator[list[tuple[str, Block, int]]]:
    """Series of blocks that begin with the same word and count from one, with the label's length.

    The length is that of the label within the block's text: 0 where it was read as a label.
    """
    series: dict[str, list[tuple[str, Block, int]]] = {}
    for block in blocks:
        found = _WORD.match(block.text) if block.label is None and block.cell is None else None
        if found is None or _OTHER_WORDS.search(found.group(1)):
            continue
        word, number = found.group(1).lower(), found.group(2)
        known = series.setdefault(word, [])
        if labels.ordinal(number) == len(known) + 1:
            known.append((number, block, found.end()))
    yield from (known for known in series.values() if len(known) >= _FEWEST)
