"""A draft as a Word file, with the styles that people use, or do not use."""

import io
import re
import zipfile
from datetime import UTC, datetime
from random import Random

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from tests.typeset.damage import spoil
from tests.typeset.parts import (
    Block,
    Contents,
    Cover,
    Draft,
    Figure,
    Grid,
    Heading,
    Panel,
    Para,
    Turned,
    walk,
)

_PLAIN = re.compile(r"^(\d+)\.$")


def word(draft: Draft, rng: Random) -> bytes:
    """The report as a Word file."""
    return _Writer(draft, rng).written()


def _timeless(packed: io.BytesIO) -> bytes:
    """The same packed file, with no time of day in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(
                zipfile.ZipInfo(item.filename), old.read(item.filename), zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


class _Writer:
    """Adds blocks to a Word file. ``styled``: headings are headings, not only bold.

    ``tracked``: changes were followed, and words struck out are still in the file.
    ``counted``: Word counts lists of its own accord, so that their numbers stand nowhere in the text.
    """

    def __init__(self, draft: Draft, rng: Random) -> None:
        self.draft = draft
        self.rng = rng
        self.styled = rng.random() < 0.7
        self.counted = rng.random() < 0.5
        self.tracked = rng.random() < 0.2
        self.made = docx.Document()
        self.expected = 0
        self.list = 0

    def written(self) -> bytes:
        for block in self.draft.blocks:
            self.add(block)
        section = self.made.sections[0]
        section.header.paragraphs[0].text = self.draft.look.running_head
        section.left_margin = Cm(self.draft.look.margin)
        self.made.core_properties.created = datetime(2020, 1, 1, tzinfo=UTC)
        out = io.BytesIO()
        self.made.save(out)
        return _timeless(out)

    def add(self, block: Block) -> None:
        if not isinstance(block, Para):
            self.expected = 0
        match block:
            case Para():
                self.para(block)
            case Heading():
                self.heading(block)
            case Panel():
                self.panel(block)
            case Grid():
                self.grid(block)
            case Figure():
                self.made.add_paragraph(block.caption)
            case Turned():
                for inner in block.blocks:
                    self.add(inner)
            case Cover():
                self.made.add_paragraph(block.title, style="Title")
                self.made.add_paragraph(f"{block.maker}, {block.day}")
            case Contents():
                self.contents()

    def contents(self) -> None:
        self.made.add_paragraph("Contents")
        for heading in walk(self.draft.blocks):
            if isinstance(heading, Heading) and heading.level == 1:
                self.made.add_paragraph(f"{heading.text}\t{self.rng.randint(2, 30)}")

    def heading(self, heading: Heading) -> None:
        text = f"{heading.label} {heading.text}".strip()
        if self.styled:
            self.made.add_heading(text, heading.level)
        else:
            self.made.add_paragraph().add_run(text).bold = True

    def para(self, para: Para) -> None:
        bullet = bool(para.label) and para.label == self.draft.look.bullet
        number = _PLAIN.match(para.label)
        if bullet:
            self.runs(self.made.add_paragraph(style="List Bullet"), para, label=False)
        elif number and self.counted and self._continues(int(number[1])):
            target = self.made.add_paragraph(style="List Number")
            _count(target, self.list)
            self.runs(target, para, label=False)
        else:
            self.runs(self.made.add_paragraph(), para)

    def _continues(self, number: int) -> bool:
        """Whether this number comes next in a list that Word counts, or begins one."""
        if number == 1:
            self.list = self._new_list()
        elif number != self.expected:
            return False
        self.expected = number + 1
        return True

    def _new_list(self) -> int:
        """A list of its own that begins at 1."""
        numbering = self.made.part.numbering_part.element
        style = self.made.styles["List Number"].element
        used = style.find(f".//{qn('w:numId')}").get(qn("w:val"))
        model = next(n for n in numbering.findall(qn("w:num")) if n.get(qn("w:numId")) == used)
        abstract = model.find(qn("w:abstractNumId")).get(qn("w:val"))
        added = numbering.add_num(int(abstract))
        added.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(added.numId)

    def panel(self, panel: Panel) -> None:
        cell = self.made.add_table(rows=1, cols=1, style="Table Grid").rows[0].cells[0]
        if panel.title:
            cell.paragraphs[0].add_run(panel.title).bold = True
        for inner in panel.blocks:
            if isinstance(inner, Para):
                self.runs(cell.add_paragraph(), inner)
            elif isinstance(inner, Heading):
                cell.add_paragraph().add_run(inner.text).bold = True

    def grid(self, grid: Grid) -> None:
        if grid.caption:
            self.made.add_paragraph(grid.caption)
        style = "Table Grid" if grid.ruled else None
        table = self.made.add_table(rows=1, cols=len(grid.head), style=style)
        for cell, title in zip(table.rows[0].cells, grid.head, strict=True):
            cell.paragraphs[0].add_run(title).bold = True
        for row in grid.rows:
            cells = table.add_row().cells
            if len(row) < len(cells):
                cells = (cells[0].merge(cells[-1]),)
            for cell, paras in zip(cells, row, strict=True):
                for n, para in enumerate(paras):
                    self.runs(cell.paragraphs[0] if n == 0 else cell.add_paragraph(), para)

    def runs(self, target: Paragraph, para: Para, *, label: bool = True) -> None:
        if para.label and label:
            target.add_run(f"{para.label}\t")
        if self.tracked and para.row is not None and self.rng.random() < 0.4:
            _strike(target, "It has been suggested that, in time, ")
        for piece in para.pieces:
            run = target.add_run(spoil(piece.text, self.draft.look.damage, self.rng))
            run.bold = "bold" in piece.face or None
            run.italic = "italic" in piece.face or None
        if para.indent:
            target.paragraph_format.left_indent = Cm(para.indent)


def _count(target: Paragraph, number: int) -> None:
    """Let Word count this paragraph in the list with that number."""
    properties = target._p.get_or_add_pPr()
    counted = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", 0), ("w:numId", number)):
        element = OxmlElement(name)
        element.set(qn("w:val"), str(value))
        counted.append(element)
    properties.append(counted)


def _strike(target: Paragraph, words: str) -> None:
    """Words that someone took out while changes were being followed."""
    deleted = OxmlElement("w:del")
    deleted.set(qn("w:author"), "Editor")
    deleted.set(qn("w:id"), "1")
    run, text = OxmlElement("w:r"), OxmlElement("w:delText")
    text.text = words
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    deleted.append(run)
    target._p.append(deleted)
