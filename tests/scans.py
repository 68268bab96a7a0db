"""Scans: a document printed, photocopied and put through a scanner, so that only pictures are left."""

import io
from collections.abc import Sequence
from random import Random

import pikepdf
import pypdfium2
from PIL import Image, ImageFilter

PAPER = 240


def pages(document: bytes, *, dpi: int = 200, turns: Sequence[float] = (0.0,), dirt: float = 0.06) -> list[Image.Image]:  # fmt: skip
    """Each page as a scanner sees it: turned by so many degrees to the right, a little dirty."""
    chance = Random(len(document))
    with pypdfium2.PdfDocument(document) as opened:
        drawn = [page.render(scale=dpi / 72).to_pil().convert("L") for page in opened]
    return [_copied(page, turns[n % len(turns)], dirt, chance) for n, page in enumerate(drawn)]


def _copied(page: Image.Image, turn: float, dirt: float, chance: Random) -> Image.Image:
    page = page.point([round(v * PAPER / 255) for v in range(256)])
    if dirt:
        page = page.filter(ImageFilter.GaussianBlur(0.5))
    page = page.rotate(
        -turn, Image.Resampling.BICUBIC, expand=turn % 90 == 0 and bool(turn), fillcolor=PAPER
    )
    if not dirt:
        return page
    specks = Image.frombytes("L", page.size, chance.randbytes(page.width * page.height))
    return Image.blend(page, specks, dirt)


def bound(pictures: Sequence[Image.Image], *, dpi: int = 200) -> bytes:
    """A PDF of pictures."""
    out = io.BytesIO()
    first, *others = pictures
    first.save(out, "PDF", save_all=True, append_images=others, resolution=dpi, quality=70)
    return out.getvalue()


def scanned(document: bytes, *, dpi: int = 200, turns: Sequence[float] = (0.0,), dirt: float = 0.06) -> bytes:  # fmt: skip
    """The whole document as a PDF of pictures."""
    return bound(pages(document, dpi=dpi, turns=turns, dirt=dirt), dpi=dpi)


def mixed(document: bytes, which: Sequence[int]) -> bytes:
    """The document with these pages, counted from 1, replaced by their pictures."""
    out = io.BytesIO()
    with (
        pikepdf.open(io.BytesIO(document)) as kept,
        pikepdf.open(io.BytesIO(scanned(document))) as pictures,
    ):
        for number in which:
            kept.pages[number - 1] = pictures.pages[number - 1]
        kept.save(out)
    return out.getvalue()
