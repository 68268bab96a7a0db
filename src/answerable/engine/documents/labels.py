"""Printed labels: numbers, letters and bullets at the start of a line."""

import re

from answerable.engine.documents.pieces import Label

# The last ones are the private codes of Symbol and Wingdings.
BULLETS = "•●▪■◼◾▶►◆◦‣⁃∙·○□❖➢➤✓–—\u25fb\u25ab\uf0a7\uf0b7\uf06e\uf0a8\uf0d8\uf0fc\uf076\uf02d\uf0be\uf0d2\uf0e8"

_BULLET = re.compile(rf"^([{BULLETS}]|[o*-](?=\s))\s*(?=\S)")
# 12/34: a register number, never a label's own form. Years and quantities are not labels either.
_NUMBER = re.compile(
    r"^(\(?)(\d{1,3}(?:\.\d{1,3})*)(\)|\.\)|[.:](?!\d))?"
    r"(?:(?<=\d)(?=\s*$)|(?<=[.):])(?=\s*\S)|(?<=\d)\s+(?=\S)|(?<=\.\d)(?=[A-Z][a-z ])"
    r"|(?<=\.\d\d)(?=[A-Z][a-z ]))"
)
_LETTER = re.compile(r"^(\(?)([a-zA-Z]|[ivxIVX]{1,6})(\)|\.\)|\.(?=\s))\s*(?=\S|$)")
_CODE = re.compile(r"^([A-Z]{1,3})\s?(\d{1,3}(?:\.\d{1,3})*)([.:)]?)(?=\s|$)\s*")
_HASH = re.compile(r"^#\.\s+")
_NAMED = re.compile(
    r"^((?:(?:key|safety|priority|urgent|interim|further|final|main|national|local|specific)\s+)?"
    r"(?:recommendation|rec|area(?:s)? for improvement|afi|cause(?:s)? of concern|coc"
    r"|priority action|learning point|"
    r"lesson|(?:required |agreed |statutory )?action(?: point)?|(?:statutory )?requirement"
    r"|area for development|proposal|matter of concern|concern))"
    r"(?:\s+(?:no\.?|number|nr\.?)?\s*|\s*#\s*)"
    r"((?:[A-Z]{1,5}[-/]?)?\d{1,4}(?:[-–/]\d{1,4}[A-Z]?)+"
    r"|[A-Z]{0,3}\d{1,3}(?:[./]\d{1,3})*(?:\s?\([a-z]{1,4}\))*[a-z]?|[ivxIVX]{1,5}"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty"
    r"|[A-Z])(?![\w/])\s*([.:)–—-]|(?=\s|$))\s*",
    re.I,
)
_WORDS = [
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
    "twenty",
]
_ROMAN = re.compile(r"^(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})$")
_ROMAN_VALUE = {"i": 1, "v": 5, "x": 10}


def parse(text: str) -> Label | None:
    """The label that the line starts with, or None. Named ones ("Recommendation 5:") too."""
    named = _NAMED.match(text)
    if named and (named.group(3) or named.end() == len(text.rstrip()) or _capital(text, named)):
        name = re.sub(r"\s+", " ", named.group(1)).lower()
        return Label(named.group(0).strip(), name, (named.group(2),), named.end())
    found = _HASH.match(text)
    if found:
        return Label("#.", "#.", ("#",), found.end())
    return _bullet(text) or _number(text) or _code(text) or _letter(text)


def _capital(text: str, named: re.Match[str]) -> bool:
    """Without a colon only a capital after it marks a label: "Recommendation 10 shall" is prose."""
    rest = text[named.end() :]
    return rest[:1].isupper() and rest[:1].isalpha()


def _bullet(text: str) -> Label | None:
    found = _BULLET.match(text)
    return Label(found.group(1), found.group(1), (), found.end()) if found else None


def _number(text: str) -> Label | None:
    found = _NUMBER.match(text)
    if not found:
        return None
    opening, digits, closing = found.group(1), found.group(2), found.group(3) or ""
    if opening and ")" not in closing:
        return None
    parts = tuple(digits.split("."))
    if len(parts) == 1 and (not closing and _quantity(text[found.end() :])):
        return None
    form = opening + ".".join("#" for _ in parts) + closing
    end = found.end()
    end += len(text[end:]) - len(text[end:].lstrip())
    return Label((opening + digits + closing).strip(), form, parts, end)


def _quantity(rest: str) -> bool:
    """Whether what follows a bare number makes it a quantity, a date or prose."""
    rest = rest.lstrip()
    return (
        not rest
        or not (rest[0].isupper() or rest[0] in "‘“\"'(")
        or bool(
            re.match(
                r"(?:January|February|March|April|May|June|July|August|September|October|November"
                r"|December)\b",
                rest,
            )
        )
    )


def _code(text: str) -> Label | None:
    found = _CODE.match(text)
    if not found or found.group(1) in {"NO", "PO", "CT", "SW"}:
        return None
    parts = (found.group(1) + found.group(2).split(".")[0], *found.group(2).split(".")[1:])
    form = found.group(1) + ".".join("#" for _ in found.group(2).split(".")) + found.group(3)
    return Label(found.group(0).strip(), form, parts, found.end())


def _letter(text: str) -> Label | None:
    found = _LETTER.match(text)
    if not found:
        return None
    opening, letters, closing = found.groups()
    if (opening and ")" not in closing) or (not opening and letters.isupper() and closing == "."):
        return None
    kind = "i" if len(letters) > 1 else "a"
    if kind == "i" and not _ROMAN.match(letters.lower()):
        return None
    shape = kind.upper() if letters.isupper() else kind
    return Label(opening + letters + closing, opening + shape + closing, (letters,), found.end())


def ordinal(part: str) -> int | None:
    """The place of one part in its count: "7" is 7, "c" is 3, "iv" is 4, "R12" is 12."""
    digits = re.search(r"\d+$", part)
    if digits:
        return int(digits.group())
    lowered = part.lower()
    if lowered in _WORDS:
        return _WORDS.index(lowered) + 1
    if len(lowered) == 1 and lowered.isalpha():
        return ord(lowered) - 96
    return roman(lowered)


def roman(part: str) -> int | None:
    """The value of a small Roman numeral, or None."""
    if not part or not _ROMAN.match(part.lower()):
        return None
    total, last = 0, 0
    for letter in reversed(part.lower()):
        value = _ROMAN_VALUE[letter]
        total += value if value >= last else -value
        last = max(last, value)
    return total
