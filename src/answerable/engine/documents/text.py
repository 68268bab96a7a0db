"""Plain text, Markdown and reStructuredText: paragraphs, headings, lists, tables."""

import re
from statistics import quantiles

from answerable.engine.documents import labels, lexicon, text_marks, text_pages
from answerable.engine.documents.flow import Flow
from answerable.engine.documents.pieces import Label, Role, Style
from answerable.engine.documents.scroll import Scroll

_RULE = re.compile(r"^\s*([=\-~^\"'`#*+.:_])\1{2,}\s*$")
_MARKDOWN = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*$")
_DIRECTIVE = re.compile(r"^\s*\.\.(?:\s+(?P<name>[\w-]+)::\s*(?P<rest>.*)|\s.*|)$")
_RST_FOOTNOTE = re.compile(r"^\.\. \[(?:#?\w*|\*)\]\s+(?P<text>.+)$")
_MD_FOOTNOTE = re.compile(r"^\[\^[^\]]+\]:\s+(?P<text>.+)$")
_SHOWN_DIRECTIVES = re.compile(
    r"^(?:note|admonition|important|tip|hint|attention|caution|warning|danger|epigraph|topic"
    r"|sidebar|rubric|container|compound|pull-quote|highlights|class)$"
)
_OPTION = re.compile(r"^\s+:[\w-]+:")
_FIELD = re.compile(r"^\s*:([A-Za-z][\w -]{1,40}):\s+(\S.*)$")
_KEYED = re.compile(r"^\s*[A-Z][a-z]+(?: [\w-]+){0,4}: \S")
_TERMINAL = re.compile(r"[.:;!?…][\"'”’)\]]*$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_TITLE_WORDS = 12
_WRAPPED = 130
_CAPITALS, _LONE, _STRONG = 64.0, 60.0, 56.0


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
    whole = decoded(data).replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    whole = text_marks.without_front(whole)
    writer = _Writer(Scroll(), whole)
    lines = text_pages.lines_of(whole)
    writer.all(lines)
    found = writer.scroll.blocks()
    first = next((b.text for b in found if b.heading is not None), None)
    return Flow(
        (writer.scroll.page(),), found, paged=False, title=first, aside=writer.scroll.aside()
    )


class _Writer:
    """Gathers lines into paragraphs."""

    def __init__(self, scroll: Scroll, whole: str) -> None:
        self.scroll = scroll
        self.markdown = text_marks.is_markdown(whole)
        self.rst = text_marks.is_rst(whole)
        self.lines: list[str] = []
        self.gathered: list[str] = []
        self.adornments: list[str] = []
        self.counts: dict[int, int] = {}
        self.width = 0
        self.wrapped = True
        self.opened = 0
        self.skipping: int | None = None
        self.table: list[list[str]] = []
        self.tables = 0
        self.quoting = False
        self.fenced = False

    def all(self, lines: list[str]) -> None:
        """Take all lines of the document."""
        self.lines = lines
        lengths = [len(line.rstrip()) for line in lines if line.strip()]
        if len(lengths) > 1:
            self.width = round(quantiles(lengths, n=10)[8])
            self.wrapped = self.width <= _WRAPPED
        contents = text_pages.in_contents(lines)
        for at, line in enumerate(lines):
            if at in contents:
                self.flush()
                self.scroll.add(line, role="contents")
            else:
                self.line(at, line)
        self.flush()
        self.end_table()

    def line(self, at: int, line: str) -> None:
        """Take one line; the ones after it tell whether it is a heading."""
        if self._skips(line) or self._in_table(line):
            return
        stripped = line.strip()
        following = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        quoted = self.markdown and re.match(r"^ {0,3}>", line) is not None
        if quoted != self.quoting:
            self.flush()
            self.quoting = quoted
        if quoted:
            line = re.sub(r"^ {0,3}(?:> ?)+", "", line)
            stripped = line.strip()
        if not stripped or line == "\f" or (self.markdown and _FENCE.match(line)):
            self.flush()
        elif self._marked(line):
            return
        elif _RULE.match(line):
            self._rule(stripped[0])
        elif (hashed := _MARKDOWN.match(line)) is not None:
            self.flush()
            self._heading(hashed.group(2), 100.0 - 5 * len(hashed.group(1)))
        elif self._underlined(stripped, following):
            self.flush()
            self._gather(at, line)
        else:
            if self.gathered and self._starts(at, line):
                self.flush()
            self._gather(at, line)
            if self.markdown and line.endswith(("  ", "\\")):
                self.flush()

    def _gather(self, at: int, line: str) -> None:
        if not self.gathered:
            self.opened = at
        self.gathered.append(line.rstrip("\\") if self.markdown else line)

    def _underlined(self, stripped: str, following: str) -> bool:
        return (
            _RULE.match(following) is not None
            and len(following.strip()) >= 0.6 * len(stripped)
            and (not self.gathered or len(self.gathered) > 1 or self.markdown)
            and len(stripped) < 150
        )

    def _skips(self, line: str) -> bool:
        """Whether the line is inside a comment or a directive that is not shown."""
        if self.skipping is None:
            return False
        if not line.strip() or _indent(line) > self.skipping:
            return True
        self.skipping = None
        return False

    def _marked(self, line: str) -> bool:
        """Take a line that is markup: a directive, a field, a footnote, a line block."""
        note = _RST_FOOTNOTE.match(line) if self.rst else _MD_FOOTNOTE.match(line)
        if note is not None:
            self.flush()
            self.scroll.add(self._shown(note.group("text")), role="footnote")
            return True
        directive = _DIRECTIVE.match(line)
        if directive is not None:
            self.flush()
            name = directive.group("name") or ""
            if not _SHOWN_DIRECTIVES.match(name):
                self.skipping = _indent(line)
            elif directive.group("rest"):
                self.scroll.add(self._shown(directive.group("rest")))
            return True
        if self.rst and _OPTION.match(line) and not self.gathered:
            return True
        if (field := _FIELD.match(line)) is not None and self.rst:
            self.flush()
            self.gathered = [f"{field.group(1)}: {field.group(2)}"]
            return True
        return False

    def _in_table(self, line: str) -> bool:
        """Take the line of a table: between bars, or the rule between rows."""
        cells = text_marks.row(line)
        if text_marks.is_rule(line) and (self.table or line.strip().startswith("+")):
            self.flush()
            if not self.table or self.table[-1]:
                self.table.append([])
            return True
        if cells is None or (self.rst and not self.table):
            self.end_table()
            if self.rst and re.match(r"^\s*\| ", line):
                # A line block keeps its lines apart.
                self.flush()
                self.scroll.add(self._shown(line.strip()[1:]))
                return True
            return False
        self.flush()
        if self.table and self.table[-1] and self.rst:
            joined = zip(self.table[-1], cells, strict=False)
            self.table[-1] = [f"{a} {b}".strip() for a, b in joined]
        elif self.table and not self.table[-1]:
            self.table[-1] = cells
        else:
            self.table.append(cells)
        return True

    def end_table(self) -> None:
        """Put down the rows gathered so far."""
        rows, self.table = [row for row in self.table if row], []
        if not rows:
            return
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                place = (self.tables, number, column)
                self.scroll.add(self._shown(cell), cell=place, style=Style(bold=number == 0))
        self.tables += 1

    def _rule(self, mark: str) -> None:
        """An underline makes the one line before it a heading; an overline or ruler is dropped."""
        if len(self.gathered) != 1 or self.quoting:
            self.flush()
            return
        if mark not in self.adornments:
            self.adornments.append(mark)
        text, self.gathered = self.gathered[0], []
        self.counts.clear()
        depth = {"=": 1, "-": 2}.get(mark, 3) if self.markdown else self.adornments.index(mark)
        self._heading(text, 95.0 - 5 * depth)

    def _heading(self, text: str, weight: float) -> None:
        self.scroll.add(self._shown(text), heading=weight)

    def _shown(self, text: str) -> str:
        if self.markdown:
            return text_marks.shown(text)
        return text_marks.shown_rst(text) if self.rst else text_marks.shown_plain(text)

    def _starts(self, at: int, line: str) -> bool:
        """Whether a new paragraph begins, though no blank line stands before it."""
        last = self.gathered[-1]
        ended = _TERMINAL.search(last.rstrip()) is not None
        if not self.wrapped and not self.rst:
            return True
        if len(self.gathered) == 1 and _titles(last) and not _is_capitals(line):
            return True
        label = labels.parse(line.strip().lstrip("*_"))
        first = labels.parse(self.gathered[0].strip().lstrip("*_"))
        if label is not None and _indent(line) <= max(_indent(self.gathered[0]), 0):
            if first is not None or ended or label.form[:1].isalpha() or len(label.path) > 1:
                return True
            return label.bullet and _indent(line) == _indent(self.gathered[0])
        if label is not None and first is not None:
            return True
        if ended and _KEYED.match(line):
            return True
        return self._fell_short(last, line, ended) or self._set_in(at, line, first)

    def _fell_short(self, last: str, line: str, ended: bool) -> bool:
        """Whether the last line ended its sentence where the next word would still have fitted."""
        if not ended or self.rst or self.width < 40:
            return False
        word = line.split()[0]
        return len(last.rstrip()) + 1 + len(word) < 0.85 * self.width and word[:1].isupper()

    def _set_in(self, at: int, line: str, first: Label | None) -> bool:
        """Whether the line's indent begins a paragraph: set in, or back out from a hanging one."""
        here, before = _indent(line), _indent(self.gathered[-1])
        after = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        if first is not None:
            hung = len(self.gathered) > 1 and before > _indent(self.gathered[0])
            return hung and here < before
        if here < before + 2:
            return False
        return len(self.gathered) > 1 or (bool(after.strip()) and _indent(after) < here)

    def flush(self) -> None:
        """Put down the paragraph gathered so far."""
        if not self.gathered:
            return
        lines, self.gathered = self.gathered, []
        indent = _indent(lines[0])
        raw = _unbroken(lines)
        strong = text_marks.WHOLE_STRONG.match(raw) if self.markdown else None
        text = self._shown(raw)
        label = labels.parse(text)
        counted: Label | None = None
        if label is not None and label.form == "#.":
            counted = self._counted(label, indent)
            text = text[label.length :]
        role: Role = "quotation" if self.quoting else "paragraph"
        weight = self._weight(lines, text, label, strong=strong is not None)
        self.scroll.add(
            text,
            label=counted,
            level=indent // 2,
            heading=weight,
            style=Style(bold=strong is not None),
            role=role,
        )

    def _weight(
        self, lines: list[str], text: str, label: Label | None, *, strong: bool
    ) -> float | None:
        """The weight of a heading that nothing but its place and its letters mark as one."""
        if len(lines) > 1 or len(text) > 100 or self.quoting or text[:1].islower():
            return None
        words = text[label.length :] if label is not None else text
        if label is not None and (label.bullet or not words):
            return None
        if label is not None and label.form[0].isalpha():
            return self._named_title(text, label)
        telling = lexicon.sense(words.rstrip(":")) is not None
        if _TERMINAL.search(text) and not (telling and text.endswith(":")):
            return None
        if not self._alone(strict=not telling and not _is_capitals(words)):
            return None
        deeper = 1.0 * (len(label.path) - 1) if label is not None else 0.0
        if _is_capitals(words):
            return _CAPITALS - deeper
        if label is not None and not (telling and len(words.split()) <= _TITLE_WORDS):
            return None
        if strong:
            return _STRONG
        plain = not self.markdown and not self.rst
        short = len(words.split()) <= _TITLE_WORDS and len(text) < 0.75 * max(self.width, 60)
        return _LONE - deeper if plain and short else None

    def _named_title(self, text: str, label: Label) -> float | None:
        """The weight of "Recommendation 1: Training" above what it asks for."""
        following = [line for line in self.lines[self.opened + 1 : self.opened + 6] if line.strip()]
        other = labels.parse(following[0].strip()) if following else None
        same = other is not None and other.form == label.form
        if not following or same or _TERMINAL.search(text) or not self._alone(strict=True):
            return None
        return _STRONG

    def _alone(self, *, strict: bool) -> bool:
        """Whether the line stands between blank lines, and is not one of many short ones."""
        at = self.opened
        before = self.lines[at - 1].strip() if at else ""
        if before and not _TERMINAL.search(before):
            return False
        if not strict:
            return True
        if before or (at + 1 < len(self.lines) and self.lines[at + 1].strip()):
            return False
        following = [line for line in self.lines[at + 1 : at + 8] if line.strip()][:1]
        return bool(following) and (
            len(following[0].strip()) > 0.6 * self.width
            or _TERMINAL.search(following[0].strip()) is not None
            or labels.parse(following[0].strip()) is not None
        )

    def _counted(self, label: Label, indent: int) -> Label | None:
        """The number that "#." stands for."""
        if label.path != ("#",):
            return Label(label.printed, label.form, label.path, len(label.printed) + 1)
        self.counts[indent] = self.counts.get(indent, 0) + 1
        printed = f"{self.counts[indent]}."
        return Label(printed, "#.", (str(self.counts[indent]),), len(printed) + 1)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_capitals(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 3 and all(c.isupper() for c in letters)


def _titles(line: str) -> bool:
    """Whether a line is plainly a title, whatever stands under it."""
    return _is_capitals(line) or lexicon.plain_title(line.strip())


def _unbroken(lines: list[str]) -> str:
    """The lines as one, with words that were divided at their ends put together."""
    whole = lines[0].strip()
    for line in lines[1:]:
        part = line.strip()
        if re.search(r"[a-z]{2}[-\u2010]$", whole) and part[:1].islower():
            whole = _rejoined(whole, part)
        else:
            whole = f"{whole} {part}"
    return whole


def _rejoined(whole: str, part: str) -> str:
    """A soft break loses its hyphen; "non-" and the like keep theirs."""
    head = whole[:-1].split()[-1].lower()
    keeps = head in ("non", "self", "co", "re", "pre", "post", "anti", "multi", "long", "well")
    return f"{whole}{part}" if keeps or "-" in head else f"{whole[:-1]}{part}"
