"""What a Word document's named styles say: outline level, letters, list, indent, purpose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from answerable.engine.documents import numbering
from answerable.engine.documents.markup import Element
from answerable.engine.documents.numbering import W

_HEADING = re.compile(r"^heading (\d)$", re.I)
_QUOTE = re.compile(r"\bquot(?:e|ation)\b|\bblock text\b", re.I)
_CONTENTS = re.compile(r"^toc(?: heading| \d+)$|^table of (?:figures|authorities)$", re.I)


@dataclass(frozen=True, slots=True)
class Letters:
    """How letters are set; None where a style or run does not say."""

    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None
    hidden: bool | None = None
    raised: bool | None = None

    def over(self, lower: "Letters") -> "Letters":
        """These, and what they leave open from the lower ones."""
        return Letters(
            self.bold if self.bold is not None else lower.bold,
            self.italic if self.italic is not None else lower.italic,
            self.size if self.size is not None else lower.size,
            self.hidden if self.hidden is not None else lower.hidden,
            self.raised if self.raised is not None else lower.raised,
        )


def letters_of(properties: Element | None) -> Letters:
    """What the properties of a run say."""
    if properties is None:
        return Letters()
    size = properties.find(f"{W}sz")
    raised = properties.find(f"{W}vertAlign")
    return Letters(
        on(properties, "b"),
        on(properties, "i"),
        _half_points(size) if size is not None else None,
        on(properties, "vanish"),
        raised.get(f"{W}val") == "superscript" if raised is not None else None,
    )


def on(properties: Element, name: str) -> bool | None:
    """Whether a switch is on, off or not there."""
    found = properties.find(W + name)
    return None if found is None else found.get(f"{W}val") not in ("0", "false", "off")


def _half_points(element: Element) -> float | None:
    value = element.get(f"{W}val") or ""
    return int(value) / 2 if value.isdigit() and len(value) < 5 else None


class Styles:
    """The named styles of one document, with those that they are based on."""

    def __init__(self, part: Element | None) -> None:
        self.known: dict[str, Element] = {}
        self.default: str | None = None
        size = part.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz") if part is not None else None
        self.default_size = (_half_points(size) if size is not None else None) or 11.0
        for style in part.iter(f"{W}style") if part is not None else ():
            identity = style.get(f"{W}styleId")
            if not identity:
                continue
            self.known[identity] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self.default = identity
        self.numbered = {i: listed for i in self.known if (listed := self._list(i))[0] is not None}
        self._letters: dict[str | None, Letters] = {}

    def chain(self, identity: str | None) -> Iterator[Element]:
        """The style and those that it is based on, nearest first."""
        seen: set[str] = set()
        identity = identity if identity in self.known else self.default
        while identity and identity in self.known and identity not in seen:
            seen.add(identity)
            style = self.known[identity]
            yield style
            based = style.find(f"{W}basedOn")
            identity = based.get(f"{W}val") if based is not None else None

    def _list(self, identity: str) -> tuple[str | None, int | None]:
        """The list and the level of the style, each from the nearest style that names it."""
        name: str | None = None
        level: int | None = None
        for style in self.chain(identity):
            own, depth = numbering.of(style)
            level = depth if level is None else level
            if own is not None:
                name = own
                break
        return name, level

    def names(self, identity: str | None) -> Iterator[str]:
        """What the style and those under it are called, nearest first."""
        for style in self.chain(identity):
            name = style.find(f"{W}name")
            yield (name.get(f"{W}val") or "") if name is not None else ""

    def heading(self, identity: str | None) -> float | None:
        """The weight of a heading style, or None."""
        for style, called in zip(self.chain(identity), self.names(identity), strict=True):
            if _CONTENTS.match(called):
                return None
            matched = _HEADING.match(called)
            if matched:
                return 100.0 - 5 * int(matched.group(1))
            if called.lower() == "title":
                return 100.0
            found, weight = outline(style.find(f"{W}pPr"))
            if found:
                return weight
        return None

    def letters(self, identity: str | None) -> Letters:
        """How the style sets its letters."""
        if identity not in self._letters:
            found = Letters()
            for style in self.chain(identity):
                found = found.over(letters_of(style.find(f"{W}rPr")))
            self._letters[identity] = found
        return self._letters[identity]

    def indent(self, identity: str | None) -> int:
        """The left indent of the style in twips."""
        for style in self.chain(identity):
            found = style.find(f"{W}pPr/{W}ind")
            if found is not None:
                return numbering.twips(found)
        return 0

    def quotes(self, identity: str | None) -> bool:
        """Whether the style is for quotations."""
        return any(_QUOTE.search(name) for name in self.names(identity))

    def lists_contents(self, identity: str | None) -> bool:
        """Whether the style is one of those of a table of contents."""
        return any(_CONTENTS.match(name) for name in self.names(identity))


def outline(properties: Element | None) -> tuple[bool, float | None]:
    """Whether an outline level is given, and the weight of its heading (none for body text)."""
    level = properties.find(f"{W}outlineLvl") if properties is not None else None
    value = (level.get(f"{W}val") or "") if level is not None else ""
    if not value.isdigit():
        return False, None
    return True, 95.0 - 5 * int(value) if int(value) < 9 else None
