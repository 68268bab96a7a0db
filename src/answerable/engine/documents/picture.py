"""A page as a picture."""

import io
from pathlib import Path

import pypdfium2

from answerable.engine.documents import pdf
from answerable.engine.documents.shapes import Unreadable

WIDEST = 2_400
_MOST_PIXELS = 12_000_000


def draw(path: Path, page: int, *, width: int = 1000) -> bytes:
    """PNG of one page of a PDF, in this process. Use :func:`page_picture` for files from outside.

    ``page`` counts from 1. Raises :class:`Unreadable` where there is no such page.
    """
    width = max(50, min(width, WIDEST))
    try:
        document = pdf.open_pdf(path)
    except pypdfium2.PdfiumError:
        raise Unreadable("damaged", "This document has no pages that can be drawn.") from None
    try:
        if not 1 <= page <= len(document):
            raise Unreadable("damaged", f"This document has no page {page}.")
        sheet = document[page - 1]
        wide, high = sheet.get_size()
        scale = min(width / max(wide, 1.0), (_MOST_PIXELS / max(wide * high, 1.0)) ** 0.5)
        image = sheet.render(scale=scale, may_draw_forms=False).to_pil()
    except pypdfium2.PdfiumError:
        raise Unreadable("damaged", f"Page {page} of this document cannot be drawn.") from None
    finally:
        document.close()
    out = io.BytesIO()
    # 64 colours keep text crisp at a quarter of the size.
    image.convert("RGB").quantize(64).save(out, "PNG")
    return out.getvalue()
