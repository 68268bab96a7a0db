"""Makes Word documents as a council's committee clerk would: heading styles, bold and italic."""

import io
import zipfile
from datetime import UTC, date, datetime, time
from typing import cast

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from .text import Block, Item, Runs

INVENTED = "Northmoor, its people and its organisations are invented."
_ZIP_EPOCH = (2020, 1, 1, 0, 0, 0)


def word(title: str, author: str, published: date, blocks: list[Block]) -> bytes:
    """The document as DOCX, the same bytes for the same words and day."""
    document = _prepared(title, author, published)
    for block in blocks:
        _add(document, block)
    out = io.BytesIO()
    document.save(out)
    return _without_clock(out.getvalue())


def _prepared(title: str, author: str, published: date) -> WordDocument:
    document = docx.Document()
    normal = cast(ParagraphStyle, document.styles["Normal"])
    normal.font.name, normal.font.size = "Arial", Pt(11)
    normal.paragraph_format.space_after = Pt(8)
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(2.5)
    section.header.paragraphs[0].text = author
    section.footer.paragraphs[0].text = INVENTED
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.created = properties.modified = datetime.combine(published, time(9), UTC)
    heading = document.add_paragraph(title, style="Title")
    heading.alignment = WD_ALIGN_PARAGRAPH.LEFT
    return document


def _add(document: WordDocument, block: Block) -> None:
    match block.kind:
        case "heading":
            document.add_heading(level=block.level)
            _write(document.paragraphs[-1], block.content)
        case "paragraph":
            _write(document.add_paragraph(), block.content)
        case "quote":
            _write(document.add_paragraph(style="Quote"), block.content)
        case "bullets":
            for bullet in block.content:
                _write(document.add_paragraph(style="List Bullet"), bullet)
        case "item":
            _add_item(document, block.content)
        case "conclusion":
            _write(document.add_paragraph(), block.content, bold=True)
        case "leadin":
            _write(document.add_paragraph(), block.content)
        case _:
            raise ValueError(f"a Word document here has no {block.kind}")


def _add_item(document: WordDocument, item: Item) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = Cm(1.5)
    paragraph.paragraph_format.first_line_indent = Cm(-0.9)
    paragraph.add_run(f"{item.number}\t")
    _write(paragraph, item.words, italic=True)


def _write(paragraph: Paragraph, runs: Runs, *, bold: bool = False, italic: bool = False) -> None:
    for run in runs:
        written = paragraph.add_run(run.text)
        written.bold = bold or run.style == "strong" or None
        written.italic = italic or run.style == "emph" or None


def _without_clock(made: bytes) -> bytes:
    """The same archive with the time of making taken out of each entry."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
