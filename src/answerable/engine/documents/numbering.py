"""The lists that Word counts for itself: from numbering definitions to printed labels."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from answerable.engine.documents import labels
from answerable.engine.documents.markup import Element
from answerable.engine.documents.pieces import Label

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%(\d)")
_DEEPEST = 9
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_ORDINAL_ENDS = {1: "st", 2: "nd", 3: "rd"}
_WORDS = (
    "One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen "
    "Sixteen Seventeen Eighteen Nineteen Twenty"
)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts, what it prints, where its words begin in twips."""

    start: int = 1
    kind: str = "decimal"
    template: str = ""
    style: str | None = None
    restart: int | None = None
    legal: bool = False
    indent: int = 0


@dataclass(slots=True)
class _Number:
    """One use of a list: its definition, its own levels and the starts that it sets once."""

    abstract: str
    own: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


def of(holder: Element | None) -> tuple[str | None, int | None]:
    """The list and level that a paragraph's or style's properties name, None where they do not."""
    properties = holder.find(f"{W}pPr/{W}numPr") if holder is not None else None
    if properties is None and holder is not None:
        properties = holder.find(f"{W}numPr")
    if properties is None:
        return None, None
    identity, level = properties.find(f"{W}numId"), properties.find(f"{W}ilvl")
    depth = level.get(f"{W}val") if level is not None else None
    return (
        identity.get(f"{W}val") if identity is not None else None,
        int(depth) if depth is not None and depth.isdigit() and len(depth) == 1 else None,
    )


class Lists:
    """Counts every list of the document as its paragraphs pass."""

    def __init__(
        self, part: Element | None, by_style: Mapping[str, tuple[str | None, int | None]]
    ) -> None:
        self.by_style = by_style
        self.levels: dict[str, dict[int, Level]] = {}
        self.numbers: dict[str, _Number] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[str] = set()
        if part is not None:
            self._define(part)

    def _define(self, part: Element) -> None:
        links: dict[str, str] = {}
        for definition in part.findall(f"{W}abstractNum"):
            identity = definition.get(f"{W}abstractNumId") or ""
            self.levels[identity] = _levels(definition)
            link = definition.find(f"{W}numStyleLink")
            if link is not None:
                links[identity] = link.get(f"{W}val") or ""
        for number in part.findall(f"{W}num"):
            self.numbers[number.get(f"{W}numId") or ""] = _number(number)
        for identity, style in links.items():
            # The definition is kept with another list, which the linked style names.
            named = self.numbers.get(self.by_style.get(style, (None, None))[0] or "")
            if named is not None and not self.levels[identity]:
                self.levels[identity] = self.levels.get(named.abstract, {})

    def next(self, properties: Element | None, style: str | None) -> tuple[Label | None, int]:
        """The label of the next paragraph, if it is listed, and its depth in lists."""
        identity, depth = self._named(properties, style)
        number = self.numbers.get(identity or "")
        if number is None or identity == "0":
            return None, 0
        level = self._level(number, depth)
        if level is None:
            return None, depth
        counts = self.counts.setdefault(number.abstract, {})
        self._begin(identity or "", number, counts)
        counts[depth] = counts.get(depth, level.start - 1) + 1
        self._restart_below(number, depth, counts)
        return self._label(number, depth, counts), depth + 1

    def indent(self, properties: Element | None, style: str | None) -> int:
        """Where the words of a listed paragraph begin, in twips from the margin."""
        identity, depth = self._named(properties, style)
        number = self.numbers.get(identity or "")
        level = self._level(number, depth) if number is not None else None
        return level.indent if level is not None else 0

    def _named(self, properties: Element | None, style: str | None) -> tuple[str | None, int]:
        own, depth = of(properties)
        styled, level = self.by_style.get(style or "", (None, None))
        identity = own if own is not None else styled
        if own is None and depth is None:
            depth = self._styled_depth(identity, style)
            depth = level if depth is None else depth
        return identity, depth or 0

    def _styled_depth(self, identity: str | None, style: str | None) -> int | None:
        """The level that is tied to the style: there the style's own level is not written."""
        number = self.numbers.get(identity or "")
        if number is None or style is None:
            return None
        levels = {**self.levels.get(number.abstract, {}), **number.own}
        return next((depth for depth, level in levels.items() if level.style == style), None)

    def _level(self, number: _Number, depth: int) -> Level | None:
        return number.own.get(depth) or self.levels.get(number.abstract, {}).get(depth)

    def _begin(self, identity: str, number: _Number, counts: dict[int, int]) -> None:
        """Set the starts of a list that is used for the first time."""
        if identity in self.begun:
            return
        self.begun.add(identity)
        for depth, start in number.starts.items():
            counts[depth] = start - 1

    def _restart_below(self, number: _Number, depth: int, counts: dict[int, int]) -> None:
        for deeper in [d for d in counts if d > depth]:
            level = self._level(number, deeper)
            after = level.restart if level is not None else None
            if after is None or (after and depth < after):
                start = number.starts.get(deeper)
                if start is None:
                    del counts[deeper]
                else:
                    counts[deeper] = start - 1

    def _label(self, number: _Number, depth: int, counts: dict[int, int]) -> Label | None:
        level = self._level(number, depth) or Level()
        if level.kind == "bullet":
            return Label("•", "•", (), 2)
        if not level.template.strip():
            return None

        def place(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            own = self._level(number, at) or Level()
            kind = "decimal" if level.legal else own.kind
            return shown(counts.get(at, own.start), kind)

        printed = " ".join(_PLACE.sub(place, level.template).split())
        if not any(c.isalnum() for c in printed):
            return None
        found = labels.parse(printed + " X") or labels.parse(printed)
        if found is None:
            return Label(printed, level.template, (printed,), len(printed) + 1)
        return Label(printed, found.form, found.path, len(printed) + 1)


def _levels(holder: Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for level in holder.findall(f"{W}lvl"):
        depth = level.get(f"{W}ilvl") or ""
        if depth.isdigit() and int(depth) < _DEEPEST:
            found[int(depth)] = _one_level(level)
    return found


def _one_level(level: Element) -> Level:
    restart = _value(level, "lvlRestart")
    legal = level.find(f"{W}isLgl")
    indent = level.find(f"{W}pPr/{W}ind")
    kind = _value(level, "numFmt") or next(
        (f.get(f"{W}val") or "" for f in level.iter(f"{W}numFmt")), "decimal"
    )
    return Level(
        start=_whole(_value(level, "start"), 0 if _value(level, "start") == "0" else 1),
        kind=kind,
        template=_value(level, "lvlText") if kind != "none" else _fixed(_value(level, "lvlText")),
        style=_value(level, "pStyle") or None,
        restart=int(restart) if restart.isdigit() and len(restart) < 3 else None,
        legal=legal is not None and legal.get(f"{W}val") not in ("0", "false", "off"),
        indent=twips(indent),
    )


def _fixed(template: str) -> str:
    """What a level that does not count prints: its words, without the places for counts."""
    return "" if _PLACE.search(template) else template


def _number(number: Element) -> _Number:
    link = number.find(f"{W}abstractNumId")
    made = _Number((link.get(f"{W}val") or "") if link is not None else "")
    for change in number.findall(f"{W}lvlOverride"):
        depth = change.get(f"{W}ilvl") or ""
        if not depth.isdigit() or int(depth) >= _DEEPEST:
            continue
        made.own |= {int(depth): own for own in _levels(change).values()}
        start = change.find(f"{W}startOverride")
        if start is not None:
            made.starts[int(depth)] = _whole(start.get(f"{W}val") or "", 1)
    return made


def twips(indent: Element | None) -> int:
    """The left indent in twentieths of a point, 0 where none is given."""
    if indent is None:
        return 0
    value = indent.get(f"{W}left") or indent.get(f"{W}start") or ""
    return int(value) if re.fullmatch(r"\d{1,5}", value) else 0


def _value(level: Element, name: str) -> str:
    found = level.find(W + name)
    return (found.get(f"{W}val") or "") if found is not None else ""


def _whole(value: str, default: int) -> int:
    return int(value) if value.isdigit() and len(value) < 6 else default


def shown(count: int, kind: str) -> str:
    """A count as a list of this kind prints it; the kinds are named as Word names them."""
    if kind in ("lowerLetter", "upperLetter") and count >= 1:
        # After z come aa and bb.
        letter = chr(97 + (count - 1) % 26) * ((count - 1) // 26 % 5 + 1)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("lowerRoman", "upperRoman") and 1 <= count < 4000:
        numeral = _roman(count)
        return numeral if kind == "lowerRoman" else numeral.upper()
    if kind == "decimalZero":
        return f"{count:02}"
    if kind == "ordinal":
        end = "th" if count % 100 in (11, 12, 13) else _ORDINAL_ENDS.get(count % 10, "th")
        return f"{count}{end}"
    words = _WORDS.split()
    return words[count - 1] if kind == "cardinalText" and 1 <= count <= 20 else str(count)


def _roman(count: int) -> str:
    numeral = ""
    for value, letters in _ROMAN:
        while count >= value:
            numeral, count = numeral + letters, count - value
    return numeral
