"""Lists of a web page: how they count, and what their entries show."""

import re

from selectolax.lexbor import LexborNode

from answerable.engine.documents import labels, numbering
from answerable.engine.documents.pieces import Label

_KINDS = {
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "decimal-leading-zero": "decimalZero",
}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.I)
_WHOLE = re.compile(r"^-?\d{1,5}$")


class OpenList:
    """One open list: how it counts, and where it has come to."""

    def __init__(self, node: LexborNode) -> None:
        attributes = node.attributes
        style = _LIST_STYLE.search(attributes.get("style") or "")
        named = (style.group(1).lower() if style else "") or attributes.get("type") or ""
        self.kind = "" if node.tag != "ol" else _KINDS.get(named, "decimal")
        self.step = -1 if "reversed" in attributes else 1
        start = attributes.get("start") or ""
        first = len([c for c in node.iter() if c.tag == "li"]) if self.step < 0 else 1
        self.count = (int(start) if _WHOLE.match(start) else first) - self.step

    def next(self, value: str) -> Label:
        """The label of the next entry; ``value`` is the number that it gives itself."""
        if not self.kind:
            return Label("•", "•", (), 2)
        self.count = int(value) if _WHOLE.match(value) else self.count + self.step
        shown = f"{numbering.shown(self.count, self.kind)}."
        found = labels.parse(f"{shown} X")
        form = found.form if found is not None else "#."
        return Label(shown, form, (shown[:-1],), len(shown) + 1)


def typed_or_counted(words: str, counted: Label | None) -> Label | None:
    """The label of an entry, None where the one typed into its words stands for itself."""
    typed = labels.parse(" ".join(words.split()))
    if counted is None or typed is None or not typed.path:
        return counted
    if counted.bullet or len(typed.path) > 1 or typed.form[0].isalpha():
        return None
    return None if labels.ordinal(typed.path[0]) == labels.ordinal(counted.path[0]) else counted


def set_apart(printed: str) -> Label:
    """The label that stands in an element of its own before the words."""
    found = labels.parse(f"{printed} X")
    if found is None:
        return Label(printed, "#", (printed.strip("().:"),), len(printed) + 1)
    return Label(printed, found.form, found.path, len(printed) + 1)
