"""Real documents for the tests, typeset when they are needed. All words are ours."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pikepdf
import typst

from answerable.engine.documents import Candidate, Reading, read

PROSE = (
    "The team spent eleven days in the control room and read what had been written down there. "
    "People were generous with their time and candid about what had not worked. "
    "What follows is drawn from those days and from the records that we were shown afterwards. "
)


def pdf(folder: Path, source: str, name: str = "report") -> Path:
    """Typeset markup as a PDF."""
    path = folder / f"{name}.pdf"
    path.write_bytes(typst.compile(source.encode(), format="pdf"))
    return path


def plain_pdf(folder: Path, *, pages: int = 1, text: str = PROSE) -> Path:
    """A PDF of running text."""
    return pdf(folder, "#pagebreak()\n".join(f"{text}\n" for _ in range(pages)), "plain")


def word(folder: Path, fill, name: str = "report") -> Path:
    """A Word document, filled by a function."""
    document = docx.Document()
    fill(document)
    path = folder / f"{name}.docx"
    document.save(str(path))
    return path


def with_parts(path: Path, changes: dict[str, bytes], *, suffix: str = "changed") -> Path:
    """A copy of a packed file with parts added or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            if item.filename not in changes:
                new.writestr(item, old.read(item.filename))
        for name, data in changes.items():
            new.writestr(name, data)
    changed = path.with_name(f"{path.stem}-{suffix}{path.suffix}")
    changed.write_bytes(out.getvalue())
    return changed


def file(folder: Path, data: bytes, name: str) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def taken(reading: Reading) -> list[Candidate]:
    return [c for c in reading.candidates if c.taken]


def numbers(reading: Reading) -> list[str | None]:
    return [c.number for c in taken(reading)]


def texts(reading: Reading) -> list[str]:
    return [c.text for c in taken(reading)]


def codes(reading: Reading) -> list[str]:
    return [notice.code for notice in reading.notices]


def read_pdf(folder: Path, source: str) -> Reading:
    return read(pdf(folder, source))


def starts(reading: Reading, expected: Sequence[str]) -> bool:
    """Whether the entries taken begin with these words, in this order."""
    found = texts(reading)
    return len(found) == len(expected) and all(
        text.startswith(start) for text, start in zip(found, expected, strict=True)
    )


def pdf_with_content(folder: Path, content: bytes) -> Path:
    """A PDF of one page with this content stream, packed."""
    document = pikepdf.new()
    document.add_blank_page()
    document.pages[0].Contents = document.make_stream(content)
    path = folder / "content.pdf"
    document.save(path, compress_streams=True)
    return path
