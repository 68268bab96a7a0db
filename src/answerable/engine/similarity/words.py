"""Words as they are compared: cut, put into sentences, reduced to stems, and the plainest left out.

A text's words are kept as they stand, so that an explanation can quote them.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import snowballstemmer

_TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?<=[.;!?:])[\s”’\")]+(?=[A-Z0-9‘“(•])|\n+|\s*•\s*|(?<=[;:])\s+")
_HYPHENS = re.compile("[\u00ad\u200b-\u200d\ufeff]")
_WORDS = 200_000
"""As many different words have their stems remembered."""

_PLAIN = """
    a an and are as at be been being but by can could did do does for from had has have having he
    her him his i if in into is it its itself may me might more most must my no nor not of on or
    other our ours out over own per shall she should so some such than that the their theirs them
    then there these they this those through to too under until up upon us very via was we were
    what when where which while who whom whose why will with within would yet you your all any both
    each either every also however therefore thus well s t
    """
PLAIN = frozenset(_PLAIN.split())
"""Words that say nothing of a recommendation's subject."""

_ASKING = """
    ensure ensures ensuring ensured recommend recommends recommended recommendation recommendations
    accept accepts accepted agree agrees agreed
    """
ASKING = frozenset(_ASKING.split())
"""Words of asking and of answering: everything that is asked or answered has them."""


@lru_cache(maxsize=_WORDS)
def stem(word: str) -> str:
    """What a word is counted as: its stem, or nothing where it is plain."""
    folded = word.casefold().replace("’", "'")
    folded = folded.removesuffix("'s").removesuffix("'")
    if len(folded) < 2 and not folded.isdigit():
        return ""
    if folded in PLAIN or folded in ASKING:
        return ""
    # A stemmer keeps state while it works, so each word gets its own: threads share nothing.
    stemmed: str = snowballstemmer.stemmer("english").stemWord(folded)
    return stemmed


def cleaned(text: str) -> str:
    """``text`` with signs that only a typesetter sees left out."""
    return _HYPHENS.sub("", unicodedata.normalize("NFKC", text))


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence or listed item, as they stand; none is empty."""
    found = (_TOKEN.findall(piece) for piece in _SENTENCE.split(text))
    return [words for words in found if words]


FOLDER = Path(__file__).parent
"""Where the engine's data files stand."""
