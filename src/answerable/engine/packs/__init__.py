"""Papers for people: plain dataclasses in, PDF and DOCX bytes out."""

from answerable.engine.packs.docx_letter import letter_docx
from answerable.engine.packs.gap_shapes import (
    GapKind,
    GapLine,
    GapPaper,
    Grid,
    GridRow,
    Square,
)
from answerable.engine.packs.gaps_docx import gaps_docx
from answerable.engine.packs.gaps_pdf import gaps_pdf
from answerable.engine.packs.pdf import WouldLookWrong, letter_pdf
from answerable.engine.packs.shapes import Letter, Matter

__all__ = [
    "GapKind",
    "GapLine",
    "GapPaper",
    "Grid",
    "GridRow",
    "Letter",
    "Matter",
    "Square",
    "WouldLookWrong",
    "gaps_docx",
    "gaps_pdf",
    "letter_docx",
    "letter_pdf",
]
