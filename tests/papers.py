"""Files as they reach an office: good ones, and everything that is wrong with a file."""

import io
import zipfile
from functools import cache

import docx
import pikepdf
import typst
from PIL import Image, ImageDraw

ASKS = (
    "Northmoor Police should record every report about a child within 24 hours.",
    "Northmoor Police should test each month whether that is done.",
    "Northmoor Council should tell each family in writing what was decided.",
)


@cache
def pdf(pages: int = 3, *, title: str = "Review of Northmoor") -> bytes:
    """A report of so many pages, with three recommendations on its last."""
    prose = "#lorem(180)\n#pagebreak()\n" * (pages - 1)
    asks = "\n".join(f"+ {words}" for words in ASKS)
    source = (
        f"#set page(width: 210mm, height: 297mm)\n= {title}\n{prose}\n== Recommendations\n{asks}\n"
    )
    return bytes(typst.compile(source.encode()))


@cache
def scan() -> bytes:
    """A page that is only a picture: there is no text in it."""
    image = Image.new("RGB", (827, 1169), "white")
    ImageDraw.Draw(image).text((80, 100), "Recommendation 1", fill="black")
    out = io.BytesIO()
    image.save(out, "PDF", resolution=100)
    return out.getvalue()


@cache
def encrypted() -> bytes:
    """A PDF that asks for a password."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as opened:
        opened.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return out.getvalue()


@cache
def word() -> bytes:
    """The same recommendations as a Word file."""
    made = docx.Document()
    made.add_heading("Review of Northmoor", 1)
    made.add_paragraph("This review looked at how reports are recorded.")
    made.add_heading("Recommendations", 2)
    for words in ASKS:
        made.add_paragraph(words, style="List Number")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@cache
def with_macros() -> bytes:
    """A Word file that carries a program."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as good, zipfile.ZipFile(out, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(
                    b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml"
                )
            bad.writestr(name, content)
        bad.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"\0" * 200)
    return out.getvalue()


HTML = (
    b"<!doctype html><title>Report</title><h1>Report</h1><h2>Recommendations</h2><ol>"
    + b"".join(b"<li>%s</li>" % words.encode() for words in ASKS)
    + b"</ol><script>document.title='ran'</script>"
)
PROGRAM = b"MZ\x90\x00" + bytes(range(256)) * 40
EMPTY = b""
JUNK = bytes(range(256)) * 200
