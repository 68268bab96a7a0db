"""The gate: what a file really is, and whether it may come in.

The name that a file arrives under decides nothing. Its first bytes say what it claims to be, and
then the real parser has to open it.
"""

import hashlib
import re
import zipfile
import zlib
from pathlib import Path

import pypdfium2

from answerable.engine.documents import markup, pdf
from answerable.engine.documents.shapes import STANDARD, Checked, Limits, MediaType, Unreadable

PDF: MediaType = "application/pdf"
DOCX: MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML: MediaType = "text/html"
TEXT: MediaType = "text/plain"

ACCEPTED = "PDF, Word (.docx), HTML or plain text"

_HTML_START = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|h1|p|div)[\s>]", re.I)
_EXECUTABLE = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"#!",
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|XFA|RichMedia)\b")
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.I)
_OWN_DISK = re.compile(
    r"^(?:file:///)?(?:[A-Za-z](?::|%3A)[\\/]|/(?:Users|home|Applications|var|tmp)/)"
    r"|^file:///(?:Users|home)/",
    re.I,
)
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BROKEN_PACKAGE = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    EOFError,
    OSError,
    ValueError,
    markup.Malformed,
)
_MOST_PARTS = 5_000
_RATIO = 200


def media_type(data: bytes) -> MediaType:
    """The type by signature. Raises :class:`Unreadable` for everything that is not allowed."""
    head = data[:1024]
    if not data.strip(b"\x00\t\n\r\f "):
        raise Unreadable(
            "empty",
            "This file is empty. Check that the upload or the copy finished, and send it again.",
        )
    if head.startswith(_EXECUTABLE) and not _plain_script(head):
        raise _not_allowed("This file is a program, whatever its name says.")
    if head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return DOCX
    _refuse_known(head)
    if b"%PDF-" in head:
        raise _not_allowed(
            "Something else stands before the PDF in this file, so it is not a plain PDF."
        )
    if b"\x00" in data[:65536] and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _not_allowed("This file is not text: it holds bytes that no text has.")
    if _HTML_START.search(head) or (
        head.lstrip()[:5].lower() == b"<?xml" and b"<html" in data[:4096].lower()
    ):
        return HTML
    if not _is_text(data):
        raise _not_allowed("This file is not text: it holds bytes that no text has.")
    return TEXT


def _plain_script(head: bytes) -> bool:
    """An ordinary text can begin with MZ; a program has bytes that no text has."""
    return head.startswith(b"MZ") and _is_text(head) and b"%PDF" not in head


def _refuse_known(head: bytes) -> None:
    if head.startswith(_OLD_OFFICE):
        raise Unreadable(
            "not_allowed",
            "This is an older Office file or a Word file with a password. Open it in Word, save "
            "it as "
            ".docx without a password, or as PDF, and send that.",
        )
    if head.startswith(b"{\\rtf"):
        raise _not_allowed("This is a Rich Text file.")
    if head.startswith(_PICTURES):
        raise _not_allowed("This is a picture, not a document.")
    if head.startswith(_ARCHIVES):
        raise _not_allowed("This is an archive. Unpack it and send the documents in it one by one.")


def _not_allowed(first: str) -> Unreadable:
    return Unreadable("not_allowed", f"{first} Send the report as {ACCEPTED}.")


def _is_text(data: bytes) -> bool:
    sample = data[:200_000]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    odd = sum(sample.count(bytes([c])) for c in range(32) if c not in (9, 10, 11, 12, 13))
    if odd > 0.003 * len(sample) + 2:
        return False
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:
            high = sum(byte > 126 for byte in sample)
            return high < 0.25 * len(sample)
    return True


def check(path: Path, *, limits: Limits = STANDARD, name: str = "") -> Checked:
    """Look at the file before it is read.

    Gives its digest, size, type and pages. Raises :class:`Unreadable` with a code and a sentence
    that says what to do. It opens the file with the real parser, so for files from outside it
    belongs in a child process: :func:`read_safely` does that.
    """
    size = path.stat().st_size
    if size == 0:
        raise Unreadable(
            "empty",
            "This file is empty. Check that the upload or the copy finished, and send it again.",
        )
    if size > limits.bytes:
        raise Unreadable(
            "too_large",
            f"This file has {_megabytes(size)}; the most that is read here is "
            f"{_megabytes(limits.bytes)}. "
            "Send it in parts, or save it with smaller pictures.",
        )
    data = path.read_bytes()
    kind = media_type(data)
    digest = hashlib.sha256(data).hexdigest()
    if kind == PDF:
        pages, remarks = _check_pdf(path, data, limits)
        return Checked(digest, size, kind, pages, remarks)
    if kind == DOCX:
        return Checked(digest, size, kind, None, _check_docx(path, limits))
    return Checked(digest, size, kind, None)


def _megabytes(size: int) -> str:
    return (
        f"{size / 1024 / 1024:,.1f} MB"
        if size < 10 * 1024 * 1024
        else f"{size // 1024 // 1024:,} MB"
    )


def _check_pdf(path: Path, data: bytes, limits: Limits) -> tuple[int, tuple[str, ...]]:
    try:
        document = pdf.open_pdf(path)
    except pypdfium2.PdfiumError as error:
        raise _pdf_error(error, data) from None
    try:
        pages = len(document)
    finally:
        document.close()
    if pages == 0:
        raise Unreadable("damaged", "This PDF has no pages. Ask for a new copy of it.")
    if pages > limits.pages:
        raise Unreadable(
            "too_many_pages",
            f"This PDF has {pages:,} pages; the most that is read here is {limits.pages:,}. Send "
            f"it in parts.",
        )
    remarks = []
    if _ACTIVE.search(data):
        remarks.append(
            "It holds scripts, attachments or commands. They are never run, and the file is only "
            "offered as a download."
        )
    return pages, tuple(remarks)


def _pdf_error(error: Exception, data: bytes) -> Unreadable:
    text = str(error).lower()
    if (
        "password" in text
        or "security" in text
        or (b"/Encrypt" in data[-4096:] and "format" not in text)
    ):
        return Unreadable(
            "encrypted",
            "This PDF is locked with a password. Save a copy without the password and send that.",
        )
    return Unreadable(
        "damaged",
        "This PDF is damaged or not complete, and cannot be opened. Download or export it again "
        "and send the new copy.",
    )


def _check_docx(path: Path, limits: Limits) -> tuple[str, ...]:
    try:
        with zipfile.ZipFile(path) as package:
            _check_sizes(package, limits)
            return _check_parts(package)
    except markup.Declares:
        raise Unreadable(
            "bomb",
            "This Word file declares XML entities of its own, which no report needs. "
            "Save it as PDF and send that.",
        ) from None
    except (*_BROKEN_PACKAGE, NotImplementedError):
        raise Unreadable(
            "damaged",
            "This Word file is damaged or not complete, and cannot be opened. Open it in Word, "
            "save it again and send the new copy.",
        ) from None
    except RuntimeError:
        # zipfile says so of a part with a password.
        raise Unreadable(
            "encrypted",
            "This file is locked with a password. Save a copy without the password and send that.",
        ) from None


def _check_sizes(package: zipfile.ZipFile, limits: Limits) -> None:
    parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if (
        len(parts) > _MOST_PARTS
        or unpacked > limits.unpacked_bytes
        or (unpacked > 50 * 1024 * 1024 and unpacked > _RATIO * packed)
    ):
        raise Unreadable(
            "bomb",
            "This file would unpack to far more than a report holds, so it was not opened. Save "
            "it as PDF and send that.",
        )


def _check_parts(package: zipfile.ZipFile) -> tuple[str, ...]:
    names = package.namelist()
    lowered = [name.lower() for name in names]
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        raise _not_allowed(
            "This is a packed folder or another kind of Office file, not a Word document."
        )
    types = package.read("[Content_Types].xml")
    if any("vbaproject" in name for name in lowered) or b"macroEnabled" in types:
        raise Unreadable(
            "macros",
            "This Word file holds macros, which can run programs. Save it as a .docx without "
            "macros, or as PDF, and send that.",
        )
    outside = False
    for name in names:
        if name.endswith(".rels"):
            outside |= _check_references(package.read(name))
    markup.parse(package.read("word/document.xml"))
    if outside:
        return (
            "It names a template or picture on its author's own disk. Nothing was fetched for it.",
        )
    return ()


def _check_references(data: bytes) -> bool:
    """Refuse what is fetched from another machine. True where a file on the author's disk is named.

    Links are harmless, they wait for a person. A template on the author's own drive is what Word
    leaves behind in ordinary documents; nothing is fetched for it here.
    """
    if not _EXTERNAL.search(data):
        return False
    found = False
    for relation in markup.parse(data).iter(_REL):
        if relation.get("TargetMode", "").lower() != "external":
            continue
        if relation.get("Type", "").rsplit("/", 1)[-1].lower() == "hyperlink":
            continue
        found = True
        if not _OWN_DISK.match(relation.get("Target", "")):
            raise Unreadable(
                "external",
                "This Word file fetches parts of itself from another place when it is opened "
                "(a template, a picture or an object). Save it as PDF and send that.",
            )
    return found
