"""What a report says of itself: how many recommendations it makes."""

import re
from collections import Counter
from collections.abc import Sequence

from answerable.engine.documents.pieces import Block

_UNITS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBER = (
    r"(?:\d{1,3}|(?:(?:"
    + "|".join(_TENS)
    + r")[- ])?(?:"
    + "|".join(_UNITS)
    + r")|"
    + "|".join(_TENS)
    + ")"
)
_THINGS = r"(?:[\w-]+\s+){0,3}?recommendations?"
_COUNT = re.compile(
    r"\b(?:(?:i|we|it|which|that|and|(?:the|this|our)\s+(?:\w+\s+){0,3}?(?:report|review|inquiry"
    r"|investigation|inspection|"
    r"committee|commission|panel|chapter \d+))\s+(?:also\s+|therefore\s+|now\s+)?(?:have\s+"
    r"|has\s+)?"
    r"(?:makes?|made|making|contains?|sets? out|include[sd]?|issued?|offers?|has|have)|"
    r"(?:a\s+)?total of|(?:all|my|our|these|following)(?:\s+of\s+(?:the|our|my))?)\s+"
    rf"(?:a total of\s+)?({_NUMBER})\s+{_THINGS}\b",
    re.I,
)
_NONE = re.compile(
    r"\bno\s+(?:formal\s+|safety\s+|specific\s+|new\s+)?recommendations?\s+(?:have|has|were|was"
    r"|are|is)\s+(?:been\s+)?"
    r"(?:made|issued|necessary)\b|\b(?:makes?|made|making|issued?|issues|issuing)\s+no\s+"
    r"(?:\w+\s+){0,2}recommendations\b"
    r"|\b(?:not|never)\s+(?:\w+\s+){0,5}(?:make|made|making|issued?|issuing)\s+any\s+(?:\w+\s+){0,2}"
    r"recommendations?\b",
    re.I,
)
# "No new recommendations on this safety issue" says nothing of the others.
_OF_ONE_MATTER = re.compile(
    r"\W*(?:on|about|regarding|concerning|in relation to|in respect of|in this (?:area|regard|respect)"
    r"|as to|relating to|to the|here)\b",
    re.I,
)
_OTHERS = re.compile(
    r"\b(?:previous|earlier|last (?:year|inspection|report)|interim|had made|were accepted"
    r"|in (?:19|20)\d\d|of the \d+|remaining|outstanding)\b",
    re.I,
)


def count(blocks: Sequence[Block]) -> int | None:
    """How many recommendations the document says that it makes; None where it does not say."""
    found: Counter[int] = Counter()
    for block in blocks:
        if "recommendation" not in block.text:
            continue
        if any(not _OF_ONE_MATTER.match(block.text, m.end()) for m in _NONE.finditer(block.text)):
            return 0
        for match in _COUNT.finditer(block.text):
            around = block.text[max(0, match.start() - 80) : match.end() + 40]
            value = value_of(match.group(1))
            if value is not None and value > 1 and not _OTHERS.search(around):
                found[value] += 1
    return found.most_common(1)[0][0] if found else None


def value_of(words: str) -> int | None:
    """The number that figures or words stand for, up to 999."""
    if words.isdigit():
        return int(words)
    total = 0
    for word in re.split(r"[- ]", words.lower()):
        if word in _UNITS:
            total += _UNITS.index(word) + 1
        elif word in _TENS:
            total += 10 * (_TENS.index(word) + 2)
        else:
            return None
    return total or None
