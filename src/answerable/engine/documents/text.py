"""Plain text and reStructuredText: paragraphs, underlined headings, lists."""

import re

from answerable.engine.documents import labels
from answerable.engine.documents.flow import Flow
from answerable.engine.documents.pieces import Label
from answerable.engine.documents.scroll import Scroll

_RULE = re.compile(r"^([=\-~^\"'`#*+.:_])\1{2,}\s*$")
_MARKDOWN = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_DIRECTIVE = re.compile(r"^\.\.(\s|$)")


def decoded(data: bytes) -> str:
    """The text of the file; what is not UTF-8 or UTF-16 is read as Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    for name in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def read(data: bytes) -> Flow:
    """Read a text file."""
    scroll = Scroll()
    lines = decoded(data).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    writer = _Writer(scroll)
    for index, line in enumerate(lines):
        writer.line(line, lines[index + 1] if index + 1 < len(lines) else "")
    writer.flush()
    blocks = scroll.blocks()
    first = next((b.text for b in blocks if b.heading is not None), None)
    return Flow((scroll.page(),), blocks, paged=False, title=first)


class _Writer:
    """Gathers lines into paragraphs."""

    def __init__(self, scroll: Scroll) -> None:
        self.scroll = scroll
        self.gathered: list[str] = []
        self.adornments: list[str] = []
        self.counts: dict[int, int] = {}
        self.underlined = False

    def line(self, line: str, following: str) -> None:
        """Take one line; the one after it tells whether it is a heading."""
        stripped = line.strip()
        if not stripped or _DIRECTIVE.match(line):
            self.flush()
        elif _RULE.match(line):
            self._rule(stripped[0])
        elif hashed := _MARKDOWN.match(line):
            self.flush()
            self.scroll.add(hashed.group(2), heading=100.0 - 5 * len(hashed.group(1)))
        elif (
            _RULE.match(following)
            and len(following.strip()) >= 0.6 * len(stripped)
            and not self.gathered
        ):
            self.gathered = [line]
        else:
            if self.gathered and self._starts(line):
                self.flush()
            self.gathered.append(line)

    def _rule(self, mark: str) -> None:
        """An underline makes the one line before it a heading; an overline or ruler is dropped."""
        if len(self.gathered) != 1:
            self.flush()
            return
        if mark not in self.adornments:
            self.adornments.append(mark)
        text, self.gathered = self.gathered[0], []
        self.counts.clear()
        self.scroll.add(text, heading=95.0 - 5 * self.adornments.index(mark))

    def _starts(self, line: str) -> bool:
        label = labels.parse(line.strip())
        if label is None:
            return False
        indent = len(line) - len(line.lstrip())
        first = self.gathered[0]
        return indent <= len(first) - len(first.lstrip()) or labels.parse(first.strip()) is not None

    def flush(self) -> None:
        """Put down the paragraph gathered so far."""
        if not self.gathered:
            return
        indent = len(self.gathered[0]) - len(self.gathered[0].lstrip())
        text = " ".join(part.strip() for part in self.gathered)
        self.gathered = []
        label = labels.parse(text)
        counted: Label | None = None
        if label is not None and label.form == "#.":
            counted = self._counted(label, indent)
            text = text[label.length :]
        self.scroll.add(text, label=counted, level=indent // 2)

    def _counted(self, label: Label, indent: int) -> Label | None:
        """The number that "#." stands for."""
        if label.path != ("#",):
            return Label(label.printed, label.form, label.path, len(label.printed) + 1)
        self.counts[indent] = self.counts.get(indent, 0) + 1
        printed = f"{self.counts[indent]}."
        return Label(printed, "#.", (str(self.counts[indent]),), len(printed) + 1)
