"""The words of a Word paragraph as they stand in the end: changes accepted, hidden text left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from answerable.engine.documents import labels
from answerable.engine.documents.docx_styles import Letters, Styles, letters_of
from answerable.engine.documents.markup import Element
from answerable.engine.documents.numbering import W

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MAX_DEPTH = 40
_PASSED_THROUGH = frozenset(
    W + name
    for name in (
        "hyperlink",
        "ins",
        "moveTo",
        "smartTag",
        "sdt",
        "sdtContent",
        "fldSimple",
        "customXml",
        "dir",
        "bdo",
    )
)
_PLAIN = {
    W + "tab": " ",
    W + "ptab": " ",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MENDED = str.maketrans({"\u00ad": "", "\u2011": "-", "\u200b": "", "\ufeff": ""})
_CHANGES = frozenset(W + name for name in ("ins", "del", "moveFrom", "cellIns", "cellDel"))
_TICKED = {"F0FE": "☑", "F052": "☑", "F0A8": "☐", "F06F": "☐", "F0FC": "✓"}


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a paragraph in one setting."""

    text: str
    letters: Letters


@dataclass(slots=True)
class Fields:
    """Which fields are open where the reading stands: "begin", what it is told, its result."""

    told: list[str]
    shown: list[bool]

    @property
    def contents(self) -> bool:
        """Whether a table of contents is open."""
        return any(told.split()[:1] == ["TOC"] for told in self.told)

    @property
    def instructing(self) -> bool:
        """Whether what follows is the instruction of a field and not its result."""
        return bool(self.shown) and not self.shown[-1]

    def pass_mark(self, mark: Element) -> None:
        """Take note of a field's beginning, of its result or of its end."""
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self.told.append("")
            self.shown.append(False)
        elif kind == "separate" and self.shown:
            self.shown[-1] = True
        elif kind == "end" and self.shown:
            self.told.pop()
            self.shown.pop()

    def tell(self, words: str) -> None:
        """Add to the instruction of the innermost field."""
        if self.instructing:
            self.told[-1] += words


def changes(body: Element) -> int:
    """How many stretches of the document were inserted, deleted or moved and still say so."""
    return sum(element.tag in _CHANGES for element in body.iter())


def stretches(
    paragraph: Element, styles: Styles, identity: str | None, fields: Fields
) -> Iterator[Words]:
    """The words of the paragraph that a reader of the final text would see."""
    base = styles.letters(identity)
    for run in _runs(paragraph, 0):
        properties = run.find(f"{W}rPr")
        named = properties.find(f"{W}rStyle") if properties is not None else None
        own = letters_of(properties)
        if named is not None and (style := named.get(f"{W}val")) in styles.known:
            own = own.over(styles.letters(style))
        letters = own.over(base)
        text = _text(run, fields)
        if text and not letters.hidden:
            yield Words(_raised(text) if letters.raised else text, letters)


def _raised(text: str) -> str:
    """Raised figures as such: after a word they are the mark of a footnote."""
    return text.translate(_RAISED) if text.strip().isdigit() else text


def _runs(holder: Element, depth: int) -> Iterator[Element]:
    """Runs of the paragraph itself, links and insertions included, deletions not."""
    for child in holder:
        if child.tag == f"{W}r":
            yield child
        elif depth < _MAX_DEPTH and child.tag in _PASSED_THROUGH and not placeholder(child):
            yield from _runs(child, depth + 1)
        elif depth < _MAX_DEPTH and child.tag == f"{_MC}AlternateContent":
            chosen = _chosen(child)
            if chosen is not None:
                yield from _runs(chosen, depth + 1)


def _text(run: Element, fields: Fields) -> str:
    parts = []
    for child in run:
        if child.tag == f"{W}fldChar":
            fields.pass_mark(child)
        elif child.tag == f"{W}instrText":
            fields.tell(child.text or "")
        elif fields.instructing:
            continue
        elif child.tag == f"{W}t":
            parts.append((child.text or "").translate(_MENDED))
        elif child.tag == f"{W}sym":
            parts.append(_symbol(child.get(f"{W}char") or ""))
        else:
            parts.append(_PLAIN.get(child.tag, ""))
    return "".join(parts)


def _symbol(code: str) -> str:
    """A character of a symbol font: bullets and ticks are known, the rest has no words."""
    try:
        letter = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    if code.upper() in _TICKED:
        return _TICKED[code.upper()]
    if "\ue000" <= letter <= "\uf8ff":
        return "•" if letter in labels.BULLETS else ""
    return letter if letter.isprintable() else ""


def placeholder(control: Element) -> bool:
    """Whether it is a content control that nobody filled in: "Click here to enter text"."""
    return control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _chosen(alternatives: Element) -> Element | None:
    """Of the copies that Word writes for old and new readers, the first."""
    choice = alternatives.find(f"{_MC}Choice")
    return choice if choice is not None else alternatives.find(f"{_MC}Fallback")


def text_boxes(holder: Element, depth: int = 0) -> Iterator[Element]:
    """The contents of the text boxes that hang on the paragraph, each once."""
    for child in holder:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag in (f"{W}del", f"{W}moveFrom") or depth > _MAX_DEPTH:
            continue
        elif child.tag == f"{_MC}AlternateContent":
            chosen = _chosen(child)
            if chosen is not None:
                yield from text_boxes(chosen, depth + 1)
        else:
            yield from text_boxes(child, depth + 1)


def mark_deleted(properties: Element | None) -> bool:
    """Whether the end of the paragraph was deleted or moved away: it runs into the next."""
    letters = properties.find(f"{W}rPr") if properties is not None else None
    return letters is not None and (
        letters.find(f"{W}del") is not None or letters.find(f"{W}moveFrom") is not None
    )
