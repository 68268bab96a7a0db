"""The words inside a paragraph of a web page: their setting, their line breaks, marks of notes."""

import re
from collections import Counter

from selectolax.lexbor import LexborNode

from answerable.engine.documents import labels
from answerable.engine.documents.pieces import PLAIN, Style

_BOLD = frozenset(["b", "strong"])
_ITALIC = frozenset(["i", "em", "cite"])
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_MARK = re.compile(r"^\W*(?:\d{1,3}|[a-z*†‡§]|[ivx]{1,4})\W*$")
_NOTE_LINK = re.compile(r"^#_?(?:fn|ftn|edn|footnote|endnote|note|ref|cite_note|sdfootnote)", re.I)
_NOTE_NAME = re.compile(r"footnote|noteref|endnote|fn-?ref", re.I)

_NEARLY_ALL = 0.8

BREAK = "\u2028"
"""What stands for a line break among the stretches: the text itself may be wrapped anywhere."""

Parts = list[tuple[str, Style]]
"""Stretches of text, each in one setting; a line break is a stretch of its own."""


def styled(node: LexborNode, style: Style) -> Style:
    """The setting inside the element."""
    tag = node.tag
    heavy = tag in _BOLD or bool(_BOLD_STYLE.search(node.attributes.get("style") or ""))
    return Style(bold=style.bold or heavy, italic=style.italic or tag in _ITALIC)


def is_note(node: LexborNode, tag: str) -> bool:
    """Whether a raised or linked figure is the mark of a footnote."""
    if not _MARK.match(node.text().strip()):
        return False
    links = node.css("a") if tag == "sup" else [node]
    for link in links:
        attributes = link.attributes
        if attributes.get("role") == "doc-noteref" or _NOTE_LINK.match(
            attributes.get("href") or ""
        ):
            return True
    named = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    return bool(_NOTE_NAME.search(named)) or (tag == "sup" and bool(links))


def usual(parts: Parts) -> Style:
    """The setting of nearly all of the words; a number or a reference may be set otherwise."""
    letters: Counter[Style] = Counter()
    for part, style in parts:
        letters[style] += len(part.strip())
    style, most = letters.most_common(1)[0]
    return style if most >= _NEARLY_ALL * letters.total() else PLAIN


def paragraphs(gathered: Parts) -> list[Parts]:
    """The gathered text cut at line breaks that end a paragraph, a title or an entry."""
    lines: list[Parts] = [[]]
    for part, style in gathered:
        if part == BREAK:
            lines.append([])
        else:
            lines[-1].append((part, style))
    found: list[Parts] = [[]]
    for number, line in enumerate(lines):
        if number and _starts(found[-1], line):
            found.append([])
        elif number:
            found[-1].append((" ", found[-1][-1][1] if found[-1] else PLAIN))
        found[-1] += line
    return found


def _starts(before: Parts, line: Parts) -> bool:
    words = joined(line).strip()
    if not words:
        return bool(joined(before).strip())
    label = labels.parse(words)
    if label is not None and label.printed not in "-–—":
        return True
    if not joined(before).strip() or (before[-1] == (" ", PLAIN) and not before[:-1]):
        return False
    bold = [s.bold for part, s in before if part.strip()]
    return all(bold) and not any(s.bold for part, s in line if part.strip())


def joined(parts: Parts) -> str:
    """The parts as one text, with a blank where a figure and a capital were only set apart."""
    words = ""
    for part, _ in parts:
        if words[-1:].isdigit() and part[:1].isupper() and part[1:2].islower():
            words += " "
        words += part
    return words
