"""Labels that only their series shows: "B. Training", "Platforms 2.", "2010-I-R3" on its own line.

One of them alone could be a name, an exhibit or a reference. Several that count on are labels.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from answerable.engine.documents.pieces import Block, Label

CODE = "Code #"
"""The form of a label that is a whole code, such as a board's own number."""

_CAPITAL = re.compile(r"^([A-Z])[.)]\s+(?=\S)")
_THEME = re.compile(r"^([A-Z][\w’'&-]*(?: [\w’'&-]+){0,2}) (\d{1,2})[.:)]\s+(?=[A-Z“‘])")
_CODE = re.compile(r"^(?=\S*[A-Z])([A-Z\d][A-Z\d/.-]{2,22}[A-Z/.-])(\d{1,3})$")
_SHOWN = re.compile(
    r"^(?:table|figure|fig|box|chart|map|photo|image|exhibit|annex|appendix|chapter|section|part"
    r"|page|volume|day|week|month|year|question|note|footnote|article|act|case|example|source"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r")s?\b",
    re.I,
)
_NEAR = 14
_Found = tuple[str, int, Label]


def labelled(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those of such a series with their label apart from their words."""
    found: dict[int, Label] = {}
    for least, reader in ((2, _capital), (2, _theme), (3, _code)):
        for series in _series(blocks, reader):
            if len(series) >= least:
                found |= dict(series)
    return [_without(b, found[n]) if n in found else b for n, b in enumerate(blocks)]


def _without(block: Block, label: Label) -> Block:
    return replace(block.without_start(label.length), label=label)


def _series(
    blocks: Sequence[Block], reader: Callable[[Block], _Found | None]
) -> Iterator[list[tuple[int, Label]]]:
    """Stretches of blocks, with their places, whose labels share a name and count 1, 2, 3."""
    going: dict[str, tuple[int, list[tuple[int, Label]]]] = {}
    for place, block in enumerate(blocks):
        read = reader(block) if block.label is None and block.cell is None else None
        if read is None:
            continue
        name, number, label = read
        last, series = going.get(name, (0, []))
        far = series and name != "" and place - series[-1][0] > _NEAR
        if series and (number != last + 1 or far):
            yield series
            series = []
        if series or number == 1 or label.form == CODE:
            series.append((place, label))
            going[name] = (number, series)
        else:
            going.pop(name, None)
    yield from (series for _, series in going.values())


def _capital(block: Block) -> _Found | None:
    matched = _CAPITAL.match(block.text) if block.heading is not None else None
    if matched is None:
        return None
    letter = matched.group(1)
    label = Label(f"{letter}.", "A.", (letter,), matched.end())
    return "", ord(letter) - 64, label


def _theme(block: Block) -> _Found | None:
    matched = _THEME.match(block.text) if block.heading is None else None
    if matched is None or _SHOWN.match(matched.group(1)):
        return None
    name, number = matched.groups()
    label = Label(matched.group(0).strip(), f"{name} #", (f"{name} {number}",), matched.end())
    return name, int(number), label


def _code(block: Block) -> _Found | None:
    text = block.text.strip()
    matched = _CODE.match(text)
    if matched is None:
        return None
    return matched.group(1), int(matched.group(2)), Label(text, CODE, (text,), len(block.text))
