"""From a document's bytes to its pages, passages and candidates.

``read_safely`` and ``page_picture`` are for files from outside: they work in a child process.
"""

from answerable.engine.documents.codec import Malformed, pack, unpack
from answerable.engine.documents.gate import check
from answerable.engine.documents.ocr import available as can_recognise
from answerable.engine.documents.passages import passage, words_of
from answerable.engine.documents.reader import VERSION, read
from answerable.engine.documents.safely import check_safely, page_picture, read_safely
from answerable.engine.documents.shapes import (
    Addressee,
    Box,
    Candidate,
    Checked,
    Due,
    Kind,
    Limits,
    Line,
    MediaType,
    Notice,
    Page,
    Progress,
    Reading,
    Span,
    Unreadable,
    Word,
)

__all__ = [
    "VERSION",
    "Addressee",
    "Box",
    "Candidate",
    "Checked",
    "Due",
    "Kind",
    "Limits",
    "Line",
    "Malformed",
    "MediaType",
    "Notice",
    "Page",
    "Progress",
    "Reading",
    "Span",
    "Unreadable",
    "Word",
    "can_recognise",
    "check",
    "check_safely",
    "pack",
    "page_picture",
    "passage",
    "read",
    "read_safely",
    "unpack",
    "words_of",
]
