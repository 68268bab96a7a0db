"""Papers for people: plain dataclasses in, PDF and DOCX bytes out."""

from answerable.engine.packs.docx_letter import letter_docx
from answerable.engine.packs.pdf import WouldLookWrong, letter_pdf
from answerable.engine.packs.shapes import Letter, Matter

__all__ = ["Letter", "Matter", "WouldLookWrong", "letter_docx", "letter_pdf"]
