"""What the titles of a table's columns say: which holds recommendations, numbers, who must act."""

import re

_COLUMN = re.compile(
    r"^\W*(?:(?:the|our|key|main|policy|safety|agreed|proposed|summary of|text of)\s+)*"
    r"(?:recommendations?|recommended actions?|areas? for improvement|areas? for priority action|"
    r"(?:what )?we recommend(?:ed)?(?: that)?|areas? for development|"
    r"priority actions?|learning points?|causes? of concern|"
    r"(?:required|improvement) actions?|what needs to (?:improve|change))\b[a-z ]{0,20}"
    r"(?:\([^()]{1,60}\)\W*)?$",
    re.I,
)
_NUMBERS = re.compile(
    r"^\W*(?:no\.?|nr\.?|ref(?:erence)?\.?|number|#|item|"
    r"rec(?:ommendation)?s?\.? (?:no\.?|nr\.?|number|ref\.?|#))\W*$",
    re.I,
)
_WHO = re.compile(
    r"^\W*(?:responsible(?: (?:bod(?:y|ies)|part(?:y|ies)|organisations?|owners?|agenc(?:y|ies)))?|"
    r"responsibility|addressees?|addressed to|for|to|who|owners?|leads?|"
    r"lead (?:body|agency|organisation|officer)|organisations?|bod(?:y|ies)|recipients?|"
    r"accountable (?:body|officer|owner)|who (?:should|must|will) (?:act|do it|do this)|agenc(?:y"
    r"|ies)|"
    r"by|by whom|for whom|to whom)\W*$",
    re.I,
)
_OTHER = re.compile(
    r"^\W*(?:(?:main|key|our)\s+)?(?:time ?(?:scale|frame|line|limit)s?|by when|when|deadline|due(?: date)?|target date"
    r"|date|priority|"
    r"rationale|reasons?|why|findings?|evidence|paragraphs?|page|section|theme|issued?|response"
    r"|comments?|"
    r"level|position|status.*|progress|outcome|measure of success)\W*$",
    re.I,
)
_WHEN = re.compile(
    r"^\W*(?:(?:target|completion|implementation|proposed|agreed) )?(?:time ?(?:scale|frame|line"
    r"|limit)s?|by when|when|deadline|due(?: date| by)?|(?:target )?dates?)"
    r"(?: for (?:completion|implementation|action))?\W*$",
    re.I,
)
_STATUS = re.compile(r"\b(?:status|progress|update|implemented|completed|rag)\b", re.I)


def holds_entries(title: str) -> bool:
    """Whether the column holds the recommendations themselves."""
    return bool(_COLUMN.match(title)) and not numbers(title)


def numbers(title: str) -> bool:
    """Whether the column holds their numbers."""
    return bool(_NUMBERS.match(title))


def responsible(title: str) -> bool:
    """Whether the column says who must act."""
    return bool(_WHO.match(title))


def timed(title: str) -> bool:
    """Whether the column says by when."""
    return bool(_WHEN.match(title))


def usual(title: str) -> bool:
    """Whether it is the title of any column that stands in tables of recommendations."""
    return holds_entries(title) or numbers(title) or responsible(title) or bool(_OTHER.match(title))


def tracks(title: str) -> bool:
    """Whether the column tells how far something has come, as a table of old items does."""
    return bool(_STATUS.search(title))
