"""The lists that Word counts for itself: from numbering definitions to printed labels."""

import re

from answerable.engine.documents import labels
from answerable.engine.documents.markup import Element
from answerable.engine.documents.pieces import Label

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%(\d)")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def of(holder: Element) -> tuple[str, int] | None:
    """The list and level that a paragraph's or style's properties name."""
    properties = holder.find(f"{W}pPr/{W}numPr")
    properties = properties if properties is not None else holder.find(f"{W}numPr")
    if properties is None:
        return None
    identity, level = properties.find(f"{W}numId"), properties.find(f"{W}ilvl")
    name = identity.get(f"{W}val") if identity is not None else None
    depth = (level.get(f"{W}val") or "0") if level is not None else "0"
    return (name, int(depth) if depth.isdigit() else 0) if name else None


class Lists:
    """Counts every list of the document as its paragraphs pass."""

    def __init__(self, part: Element | None, by_style: dict[str, tuple[str, int]]) -> None:
        self.by_style = by_style
        self.levels: dict[str, dict[int, Element]] = {}
        self.abstract: dict[str, str] = {}
        self.counts: dict[str, dict[int, int]] = {}
        for definition in part.findall(f"{W}abstractNum") if part is not None else ():
            identity = definition.get(f"{W}abstractNumId") or ""
            self.levels[identity] = {
                int(level.get(f"{W}ilvl") or 0): level for level in definition.findall(f"{W}lvl")
            }
        for number in part.findall(f"{W}num") if part is not None else ():
            link = number.find(f"{W}abstractNumId")
            if link is not None:
                self.abstract[number.get(f"{W}numId") or ""] = link.get(f"{W}val") or ""

    def next(self, properties: Element | None, style: str | None) -> tuple[Label | None, int]:
        """The label of the next paragraph, if it is listed, and its depth in lists."""
        named = of(properties) if properties is not None else None
        named = named or (self.by_style.get(style) if style else None)
        if named is None or named[0] == "0":
            return None, 0
        identity, depth = self.abstract.get(named[0], ""), named[1]
        level = self.levels.get(identity, {}).get(depth)
        if level is None:
            return None, depth
        counts = self.counts.setdefault(identity, {})
        counts[depth] = counts.get(depth, _start(level) - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        return self._label(identity, depth, counts), depth + 1

    def _label(self, identity: str, depth: int, counts: dict[int, int]) -> Label | None:
        level = self.levels[identity][depth]
        kind, template = _value(level, "numFmt"), _value(level, "lvlText")
        if kind == "bullet":
            return Label("•", "•", (), 2)
        if kind == "none" or not template.strip():
            return None

        def shown(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            own = self.levels[identity].get(at)
            start = _start(own) if own is not None else 1
            return _shown(counts.get(at, start), _value(own, "numFmt") if own is not None else "")

        printed = _PLACE.sub(shown, template).strip()
        found = labels.parse(printed + " X")
        if found is None:
            return Label(printed, template, (printed,), len(printed) + 1)
        return Label(printed, found.form, found.path, len(printed) + 1)


def _value(level: Element, name: str) -> str:
    found = level.find(W + name)
    return (found.get(f"{W}val") or "") if found is not None else ""


def _start(level: Element) -> int:
    value = _value(level, "start")
    return int(value) if value.isdigit() and len(value) < 6 else 1


def _shown(count: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter") and 1 <= count <= 26:
        letter = chr(96 + count)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("lowerRoman", "upperRoman") and 1 <= count < 40:
        numeral, rest = "", count
        for value, letters in _ROMAN:
            while rest >= value:
                numeral, rest = numeral + letters, rest - value
        return numeral if kind == "lowerRoman" else numeral.upper()
    return str(count)
