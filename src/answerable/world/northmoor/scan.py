"""Turns pages into a scan: grey, a little crooked, a little dirty, and without any text."""

import io
import random
from datetime import date

from PIL import Image, ImageChops, ImageFilter

_PAPER = 238
_DIRT = 0.09
_CROOKED = 0.9  # degrees either way
_QUALITY = 55


def scanned(pages: list[bytes], published: date, ppi: float) -> bytes:
    """A PDF of pictures made from PNG ``pages``. The same pages give the same bytes."""
    chance = random.Random(published.toordinal())  # noqa: S311 dirt on a page, not a secret
    first, *others = (_photocopied(page, chance) for page in pages)
    out = io.BytesIO()
    when = published.timetuple()
    first.save(
        out,
        "PDF",
        save_all=True,
        append_images=others,
        resolution=ppi,
        quality=_QUALITY,
        creationDate=when,
        modDate=when,
    )
    return out.getvalue()


def _photocopied(png: bytes, chance: random.Random) -> Image.Image:
    page = Image.open(io.BytesIO(png)).convert("L")
    paper = Image.new("L", page.size, _PAPER)
    page = ImageChops.multiply(page, paper).filter(ImageFilter.GaussianBlur(0.6))
    angle = chance.uniform(-_CROOKED, _CROOKED)
    page = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=_PAPER)
    dirt = Image.frombytes("L", page.size, chance.randbytes(page.width * page.height))
    return Image.blend(page, dirt, _DIRT)
