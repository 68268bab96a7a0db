"""How a report may name a body: what is the same name, whose office it is, what stands inside it."""

import re
from collections.abc import Iterator

_BLANKS = re.compile(r"\s+")
_APART = re.compile(r"[^\w& ]+")
_APOSTROPHE = re.compile(r"[’'`´]")
_OWNED = re.compile(r"(?<=\w)[’'`´](?:s\b)?")
_SMALL = frozenset({"of", "for", "the", "and", "in", "to", "on"})
_SHORTENED = {"dept": "department", "govt": "government", "cttee": "committee"}
JOINING = frozenset(
    {
        "and",
        "or",
        "with",
        "and the",
        "or the",
        "with the",
        "together with",
        "together with the",
        "as well as",
        "as well as the",
        "in partnership with",
        "along with",
        "working with",
    }
)
"""What may stand between two names without being part of either."""

_HEADS = (
    (
        r"(?:(?:temporary|acting|deputy|assistant) )?chief constables? (?:of|for) (?P<of>.+)",
        (
            "{of}",
            "{of} police",
            "{of} constabulary",
            "{of} police service",
            "police service of {of}",
        ),
    ),
    (r"(?P<of>.+) (?:temporary |acting |deputy )?chief constable", ("{of}", "{of} police")),
    (
        r"(?:leaders?|mayor|chief executives?|director of childrens services|section 151 officer)"
        r" (?:of|for|at) (?P<of>.+)",
        (
            "{of}",
            "{of} council",
            "{of} city council",
            "{of} county council",
            "{of} borough council",
        ),
    ),
    (
        r"(?:secretar(?:y|ies) of state|ministers?|minister of state) (?:for|of) (?P<of>.+)",
        (
            "department for {of}",
            "department of {of}",
            "ministry of {of}",
            "ministry for {of}",
            "{of}",
        ),
    ),
    (
        r"(?P<of>\w+) (?:secretary|minister)",
        ("{of} office", "department for {of}", "department of {of}", "ministry of {of}"),
    ),
    (
        r"(?:chairs?|chief executives?|boards?|trustees|directors|governors|heads?|members)"
        r" (?:of|at) (?P<of>.+)",
        ("{of}",),
    ),
)
"""Who leads a body stands for it: how the office is named, and how the body may be."""
_OFFICES = tuple((re.compile(pattern), names) for pattern, names in _HEADS)


def plain_name(name: str) -> str:
    """A name as it is compared: without capitals, stops, apostrophes and a leading "the"."""
    folded = _APOSTROPHE.sub("", name.casefold()).replace("&", " and ")
    words = _BLANKS.sub(" ", _APART.sub(" ", folded)).split()
    return " ".join(_SHORTENED.get(word, word) for word in words).removeprefix("the ")


def ways_to_say(name: str) -> list[str]:
    """``name`` as it may be compared: as it stands, and without the mark of what is somebody's."""
    return list(dict.fromkeys((plain_name(name), plain_name(_OWNED.sub("", name)))))


def led(plain: str) -> Iterator[str]:
    """The names that the body may bear which the holder of this office leads."""
    for pattern, names in _OFFICES:
        found = pattern.fullmatch(plain)
        if found:
            of = found["of"].removeprefix("the ")
            yield from (name.format(of=of) for name in names)


def words_key(plain: str) -> tuple[str, ...]:
    """A name by its words alone, whatever their order: "Council of X" is "X Council".

    Empty where it has fewer than two words, which are too few to tell a body by.
    """
    words = sorted(word for word in plain.split() if word not in _SMALL)
    return tuple(words) if len(words) > 1 else ()
