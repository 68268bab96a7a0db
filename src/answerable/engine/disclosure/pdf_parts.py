"""A PDF: the words of its pages, its properties, its notes, and pages that are only a picture."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw

from answerable.engine.disclosure.parts import Part, properties
from answerable.engine.disclosure.shapes import Found, Kind

raw: Any = pypdfium2.raw
TELLING = ("/Title", "/Subject", "/Keywords")
_CREATOR = re.compile(r"<dc:creator>(.*?)</dc:creator>", re.S)
_TAGS = re.compile(r"<[^>]+>")
_HYPHEN = re.compile(r"[\ufffe\x02]\r?\n?")
FEW_LETTERS = 8
NOTES = frozenset({"/Text", "/FreeText", "/Highlight", "/Popup", "/StrikeOut", "/Underline"})


def pages(path: Path) -> Iterator[Part]:
    """Everything in a PDF that may tell of people."""
    open_it: Any = pypdfium2.PdfDocument
    with open_it(path) as document:
        for number, page in enumerate(document, start=1):
            words = page.get_textpage().get_text_bounded()
            where = f"on page {number}"
            bare = sum(c.isalnum() for c in words) < FEW_LETTERS
            unread = (Found(Kind.UNREAD, where),) if bare and _pictured(page) else ()
            yield Part(_HYPHEN.sub("", words).replace("\r\n", "\n"), where, unread)
    with pikepdf.open(path) as package:
        yield from _properties(package)
        yield from _notes(package)


def _pictured(page: Any) -> bool:
    return any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))


def _properties(package: pikepdf.Pdf) -> Iterator[Part]:
    info = package.docinfo
    who = [str(info["/Author"])] if "/Author" in info else []
    if "/Metadata" in package.Root:
        packet = package.Root.Metadata.read_bytes().decode("utf-8", errors="replace")
        who += [_TAGS.sub(" ", made).strip() for made in _CREATOR.findall(packet)]
    yield from properties(who)
    told = [str(info[key]) for key in TELLING if key in info]
    yield Part("\n".join(told), "in the properties of the file")


def _notes(package: pikepdf.Pdf) -> Iterator[Part]:
    for number, page in enumerate(package.pages, start=1):
        notes = [n for n in page.get("/Annots", []) if str(n.get("/Subtype", "")) in NOTES]
        if notes:
            where = f"in a note on page {number}"
            words = "\n".join(str(n.get("/Contents", "")) for n in notes)
            found = [Found(Kind.COMMENT, f"on page {number}", len(notes))]
            yield Part(words, where, tuple(found))
            yield from properties((str(n.get("/T", "")) for n in notes), where)
