"""What an edition takes from documents that someone made public: the files, and cuts of their pages."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from PIL import Image, ImageChops, ImageDraw

from answerable.assurance.models import Evidence
from answerable.engine import chain
from answerable.engine.documents.shapes import Unreadable
from answerable.publishing.folders import Made
from answerable.reports.models import Document, Page
from answerable.reports.queries import files as kept
from answerable.reports.queries.pictures import picture_of

Record = Mapping[str, Any]
Box = tuple[float, float, float, float]

DRAWN = 1000
"""The width in pixels at which a page is drawn before the passage is cut out."""
MARGIN = 36
TALLEST = 900
MARK = (255, 233, 168)
"""The colour of the marker pen, as on the checking page."""
COLOURS = 48


class Altered(Exception):
    """A stored document is no longer the one that was received, with a sentence."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage cut out of the picture of its page."""

    path: str
    width: int
    height: int
    content: bytes


def documents(records: Record) -> Iterator[Made]:
    """The file of every document in ``records``, byte for byte as it was received.

    Raises:
        Altered: where the stored file no longer has the digest under which it was received.
    """
    wanted = {d["sha256"]: d["path"] for r in records["reports"] for d in r["documents"]}
    for document in Document.objects.filter(sha256__in=wanted).order_by("sha256"):
        with kept.local(document) as path:
            if chain.digest(path.read_bytes()) != document.sha256:
                raise Altered(
                    f"The file of a document of “{document.report}” is not the one that was received."
                )
            yield wanted[document.sha256], path


def evidence(records: Record) -> Iterator[Made]:
    """The file of every piece of evidence that a publisher opened, byte for byte as it came.

    Raises:
        Altered: where the stored file no longer has the digest under which it was received.
    """
    wanted = {
        piece["sha256"]: piece["path"]
        for r in records["recommendations"]
        for u in r["undertakings"]
        for piece in u["evidence"]["opened"]
        if piece["path"]
    }
    kept_as = Evidence.objects.filter(sha256__in=wanted, is_public=True).exclude(file="")
    places = dict(kept_as.values_list("sha256", "file"))
    for sha256, path in sorted(wanted.items()):
        with default_storage.open(places[sha256], "rb") as file:
            content = file.read()
        if chain.digest(content) != sha256:
            raise Altered("The file of a piece of evidence is not the one that was received.")
        yield path, content


def cuts(records: Record, before: Path | None) -> dict[str, Cut]:
    """The passage of each recommendation whose document is public, by its reference.

    ``before`` is the folder of the last edition: what was cut then is taken from there.
    """
    wanted = [r for r in records["recommendations"] if r["document"].endswith(".pdf")]
    if not wanted:
        return {}
    held = Document.objects.in_bulk({r["document_sha256"] for r in wanted}, field_name="sha256")
    widths = _widths(held.values())
    found = {}
    for r in wanted:
        document = held[r["document_sha256"]]
        width = widths.get((document.pk, r["page"]), 0.0)
        boxes = _boxes(r["passage"], r["page"])
        cut = _cut(document, r["page"], width, boxes, before) if width and boxes else None
        if cut:
            found[r["reference"]] = cut
    return found


def _widths(documents: Any) -> dict[tuple[int, int], float]:
    rows = Page.objects.filter(document__in=list(documents))
    return {(d, n): w for d, n, w in rows.values_list("document_id", "number", "width")}


def _boxes(passage: list[Record], page: int) -> list[Box]:
    """The boxes of a passage on its first page, as left, top, right, bottom in points."""
    return [
        (float(box[0]), float(box[1]), float(box[2]), float(box[3]))
        for span in passage
        if span.get("page") == page
        for box in span.get("boxes", ())
    ]


def _cut(
    document: Document, page: int, width: float, boxes: list[Box], before: Path | None
) -> Cut | None:
    key = chain.digest_of([document.sha256, page, boxes, DRAWN])[:24]
    path = f"pictures/{key}.png"
    again = before / path if before else None
    if again and again.is_file():
        content = again.read_bytes()
    else:
        try:
            drawn = picture_of(document, page, width=DRAWN)
        except Unreadable:
            return None  # the words stand on the page as text in any case
        content = marked(drawn, boxes, DRAWN / width)
    with Image.open(io.BytesIO(content)) as image:
        return Cut(path, image.width, image.height, content)


def marked(drawn: bytes, boxes: list[Box], scale: float) -> bytes:
    """The part of a drawn page around ``boxes``, with the boxes marked as by a pen, as PNG."""
    with Image.open(io.BytesIO(drawn)) as opened:
        page = opened.convert("RGB")
    pen = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(pen)
    for left, top, right, bottom in boxes:
        draw.rectangle(
            (left * scale - 3, top * scale - 2, right * scale + 3, bottom * scale + 2), MARK
        )
    page = ImageChops.multiply(page, pen)
    left = max(0, round(min(b[0] for b in boxes) * scale) - MARGIN)
    right = min(page.width, round(max(b[2] for b in boxes) * scale) + MARGIN)
    top = max(0, round(min(b[1] for b in boxes) * scale) - MARGIN)
    bottom = min(page.height, round(max(b[3] for b in boxes) * scale) + MARGIN, top + TALLEST)
    part = page.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    out = io.BytesIO()
    part.quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def files(found: Mapping[str, Cut]) -> Iterator[Made]:
    """The cuts as files of the edition, each once."""
    yield from sorted({cut.path: cut.content for cut in found.values()}.items())
