"""Words as they are compared: cut, put into sentences, reduced to stems, and the plainest left out."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import snowballstemmer

_TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?<=[.;!?:])[\s”’\")]+(?=[A-Z0-9‘“(•])|\n+|\s*•\s*|(?<=[;:])\s+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\ufeff]")
_WORDS = 200_000
"""As many different words have their stems remembered."""

_PLAIN = """
    a an and are as at be been being but by can could did do does for from had has have having he
    her him his i if in into is it its itself may me might more most must my no nor not of on or
    other our ours out over own per shall she should so some such than that the their theirs them
    then there these they this those through to too under until up upon us very via was we were
    what when where which while who whom whose why will with within would yet you your all any both
    each either every also however therefore thus well
    """
PLAIN = frozenset(_PLAIN.split())
"""Words that say nothing of a recommendation's subject."""

_ASKING = """
    ensure ensures ensuring ensured recommend recommends recommended recommendation recommendations
    accept accepts accepted agree agrees agreed
    """
ASKING = frozenset(_ASKING.split())
"""Words of asking and of answering: everything that is asked or answered has them."""

_LACKING = """
    however not no lack lacks lacking insufficient insufficiently inconsistent variable variability
    too poor poorly weak delay delays few limited yet need needs inadequate although despite failed
    failure unable without remain remains absence gap gaps unclear concern concerns improve
    improvement improving
    """
LACKING = frozenset(_LACKING.split())
"""Words that tell of something wanting, as what a request answers to does."""


@lru_cache(maxsize=_WORDS)
def stem(word: str) -> str:
    """What a word is counted as: its stem, or nothing where it is plain."""
    folded = word.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")
    if folded in PLAIN or folded in ASKING or (len(folded) < 2 and not folded.isdigit()):
        return ""
    # A stemmer keeps state while it works, so each word gets its own: threads share nothing.
    stemmed: str = snowballstemmer.stemmer("english").stemWord(folded)
    return stemmed


def cleaned(text: str) -> str:
    """``text`` with signs that only a typesetter sees left out."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


def sentences(text: str) -> list[str]:
    """Each sentence or listed item that has a word, in one line, as it stands."""
    return [" ".join(piece.split()) for piece in _SENTENCE.split(text) if _TOKEN.search(piece)]


def words(sentence: str) -> Iterator[re.Match[str]]:
    """The words of a sentence with their places."""
    return _TOKEN.finditer(sentence)


def tokens(sentence: str) -> list[str]:
    """The words of a sentence."""
    return _TOKEN.findall(sentence)


def lacking(sentence: str) -> int:
    """How many of its words tell of something wanting."""
    return sum(word in LACKING for word in tokens(sentence.casefold()))


def _concepts() -> dict[str, tuple[str, ...]]:
    """For each stem the groups of near words that it stands in, as terms (``#staff``)."""
    found: dict[str, dict[str, None]] = {}
    path = Path(__file__).with_name("concepts.txt")
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, group = line.partition(": ")
        for word in group.split() if not line.startswith("#") else ():
            if own := stem(word):
                found.setdefault(own, {})[f"#{name}"] = None
    return {own: tuple(names) for own, names in found.items()}


CONCEPTS = _concepts()
