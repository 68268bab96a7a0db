"""Light markup in text files: Markdown and reStructuredText, read as they would be shown."""

import html
import re

_MARKDOWN_SIGNS = (
    re.compile(r"^#{1,6} \S", re.M),
    re.compile(r"\*\*[^*\n]+\*\*|(?<!\w)__[^_\n]+__(?!\w)"),
    re.compile(r"\[[^\]\n]+\]\([^)\n]+\)"),
    re.compile(r"^\|?(?:\s*:?-{3,}:?\s*\|)+\s*:?-*:?\s*$", re.M),
    re.compile(r"^```", re.M),
)
_RST_SIGNS = (
    re.compile(r"^\.\. [\w-]+::", re.M),
    re.compile(r"^\.\. _[^:\n]+:", re.M),
    re.compile(r":\w+:`[^`\n]+`|`[^`\n]+ <[^>\n]+>`_"),
    re.compile(r"^#\. ", re.M),
    re.compile(r"``[^`\n]+``"),
)
_FRONT = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]\[]+)\]\((?:[^()]|\([^()]*\))*\)|\[([^\]\[]+)\]\[[^\]]*\]")
_NOTE_MARK = re.compile(r"\[\^[^\]]+\](?!:)")
_STRONG = re.compile(r"(?<![\w*])(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_\n]+?)(?<=[^\s*_])\1(?![\w*_])")
_STARRED = re.compile(r"(?<![\w*])(\*{1,2})(?=[^\s*])([^*\n]+?)(?<=[^\s*])\1(?![\w*])")
_CODE = re.compile(r"(`+)([^`\n]+)\1")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>-])")
_TAG = re.compile(r"</?(?:br|b|i|strong|em|u|sup|sub|span|a|p|div|hr)\b[^>\n]*>", re.I)
_RAISED_NOTE = re.compile(r"<sup>\s*\[?\d{1,3}\]?\s*</sup>", re.I)
_ROLE = re.compile(r":[\w-]+:`(?:([^`<\n]+?)\s*<[^>\n]+>|([^`\n]+))`")
_RST_LINK = re.compile(r"`([^`<\n]+?)\s*<[^>\n]+>`__?|`([^`\n]+)`__?")
_RST_NOTE = re.compile(r"\s?\[(?:#?\w*|\d+|\*)\]_(?!\w)")

WHOLE_STRONG = re.compile(r"^(?:\*\*|__)(?=\S)([^*_]+?)(?<=\S)(?:\*\*|__):?$")
"""A line that is strong from end to end, as titles often are."""


def is_markdown(text: str) -> bool:
    """Whether the text uses at least one sign that only Markdown has."""
    return any(sign.search(text) for sign in _MARKDOWN_SIGNS) and not is_rst(text)


def is_rst(text: str) -> bool:
    """Whether the text uses at least one sign that only reStructuredText has."""
    return any(sign.search(text) for sign in _RST_SIGNS[:3]) or (
        _RST_SIGNS[3].search(text) is not None
    )


def without_front(text: str) -> str:
    """The text without what stands before it for machines, and without comments."""
    return _COMMENT.sub("", _FRONT.sub("", text))


def shown(text: str) -> str:
    """A stretch of Markdown as a reader sees it: no stars, no addresses of links."""
    text = _NOTE_MARK.sub("", _RAISED_NOTE.sub("", _PICTURE.sub("", text)))
    text = _LINK.sub(lambda m: m.group(1) or m.group(2), text)
    text = _TAG.sub(" ", _CODE.sub(r"\2", text))
    text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    return html.unescape(_ESCAPED.sub(r"\1", text))


def shown_plain(text: str) -> str:
    """A stretch of plain text without the stars that its writer set around words."""
    return _STARRED.sub(r"\2", text)


def shown_rst(text: str) -> str:
    """A stretch of reStructuredText as a reader sees it."""
    text = _ROLE.sub(lambda m: (m.group(1) or m.group(2)).strip(), text)
    text = _RST_NOTE.sub("", text)
    text = _RST_LINK.sub(lambda m: (m.group(1) or m.group(2)).strip(), text)
    text = _CODE.sub(r"\2", text)
    return _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))


def row(line: str) -> list[str] | None:
    """The cells of a table's line, or None where it is none."""
    stripped = line.strip()
    if not stripped.startswith("|") or stripped.count("|") < 2:
        return None
    inner = re.split(r"(?<!\\)\|", stripped.strip("|"))
    return [cell.strip().replace("\\|", "|") for cell in inner]


def is_rule(line: str) -> bool:
    """Whether the line is the rule between the rows of a table."""
    return re.fullmatch(r"\s*[|+][\s:|+=-]*[|+]?\s*", line) is not None and "-" * 2 in line.replace(
        "=", "-"
    )
