"""A file taken apart into what travels in it: its words by place, its properties, what is hidden."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from PIL import ExifTags, Image, UnidentifiedImageError
from selectolax.lexbor import LexborHTMLParser

from answerable.engine.disclosure import office, pdf_parts
from answerable.engine.disclosure.parts import Part, properties
from answerable.engine.disclosure.shapes import Found, Kind
from answerable.engine.documents import gate
from answerable.engine.documents.shapes import Limits, Unreadable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg"}
ACCEPTED = "PDF, Word (.docx), Excel (.xlsx), HTML, plain text, CSV, PNG or JPEG"
LINES_A_PART = 50

__all__ = ["ACCEPTED", "Part", "opened"]


def opened(path: Path, *, name: str, limits: Limits) -> tuple[str, list[Part]]:
    """The media type of a file by its bytes, and its parts.

    Raises:
        Unreadable: with a sentence, for what is damaged, locked, active or of no known kind.
    """
    with path.open("rb") as file:
        head = file.read(16)
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return _picture(path, limits)
    if head.startswith(b"PK\x03\x04") and is_workbook(path):
        office.check_workbook(path, limits)
        return XLSX, list(office.workbook(path))
    try:
        checked = gate.check(path, limits=limits, name=name)
    except Unreadable as refused:
        if refused.code != "not_allowed" and not refused.parked:
            raise
        if refused.parked:
            return gate.PDF, [Part(found=(Found(Kind.UNREAD, "in the file"),))]
        first = refused.sentence.split(" Send the report as")[0]
        raise Unreadable("not_allowed", f"{first} Hand it in as {ACCEPTED}.") from None
    readers = {gate.PDF: pdf_parts.pages, gate.DOCX: office.document, gate.HTML: _page}
    return checked.media_type, list(readers.get(checked.media_type, _lines)(path))


def is_workbook(path: Path) -> bool:
    """Whether a package is an Excel workbook, whatever its name."""
    try:
        with zipfile.ZipFile(path) as package:
            return "xl/workbook.xml" in package.namelist()
    except zipfile.BadZipFile:
        return False


# --- Text and HTML ----------------------------------------------------------------------------------


def decoded(path: Path) -> str:
    """The text of a file, in whichever of the usual encodings it is."""
    data = path.read_bytes()
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            break
    return data.decode("cp1252", errors="replace")


def _lines(path: Path) -> Iterator[Part]:
    text = decoded(path)
    lines = text.splitlines()
    table = office.labelled_rows(office.split_rows(lines))
    if table is not None:
        lines = table
    for first in range(0, len(lines), LINES_A_PART):
        some = lines[first : first + LINES_A_PART]
        one = f"in line {first + 1}"
        where = one if len(some) == 1 else f"in lines {first + 1} to {first + len(some)}"
        yield Part("\n".join(some), where)


_BLOCKS = "p, div, li, td, th, tr, br, h1, h2, h3, h4, h5, h6, dt, dd, section, article"


def _page(path: Path) -> Iterator[Part]:
    source = decoded(path)
    tree = LexborHTMLParser(source)
    for meta in tree.css("meta[name]"):
        if (meta.attributes.get("name") or "").lower() in ("author", "creator", "dc.creator"):
            yield from properties([meta.attributes.get("content") or ""])
    comments = re.findall(r"<!--(.*?)-->", source, re.S)
    yield Part("\n".join(comments), "in a comment of the page’s source")
    for dead in tree.css("script, style"):
        dead.decompose()
    body = tree.body or tree.root
    yield Part(body.text(separator="\n") if body else "", "in the page")
    links = [a.attributes.get("href") or "" for a in tree.css("a[href^='mailto:']")]
    yield Part("\n".join(link.removeprefix("mailto:") for link in links), "in a link")


# --- Pictures ---------------------------------------------------------------------------------------

_WHO = (ExifTags.Base.Artist, ExifTags.Base.XPAuthor, ExifTags.Base.Copyright)


def _picture(path: Path, limits: Limits) -> tuple[str, list[Part]]:
    if path.stat().st_size > limits.bytes:
        raise Unreadable(
            "too_large", "This picture is too large. Save it smaller, and hand that in."
        )
    try:
        with Image.open(path, formats=list(PICTURES)) as picture:
            picture.verify()
            kind = PICTURES[str(picture.format)]
        with Image.open(path, formats=list(PICTURES)) as picture:
            exif = picture.getexif()
            who = [str(exif[tag]) for tag in _WHO if tag in exif]
            placed = bool(exif.get_ifd(ExifTags.IFD.GPSInfo))
            told = [str(v) for v in picture.info.values() if isinstance(v, str)]
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Unreadable(
            "damaged", "This picture is damaged. Save it again, and hand in the new copy."
        ) from error
    found = [Found(Kind.UNREAD, "in the file")]
    if placed:
        found.append(Found(Kind.LOCATION, "in the properties of the file"))
    parts = [Part(found=tuple(found)), *properties(who)]
    return kind, [*parts, Part("\n".join(told), "in the properties of the file")]
