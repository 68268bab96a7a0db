"""Where a recommendation stands: the picture of its page, with the words marked."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from answerable.register.models import Recommendation
from answerable.reports.models import Document

PAD = 1.6
"""How far a mark reaches beyond its words, in points."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """A page's picture, in the page's own points, and the marks on it."""

    picture: str
    number: int
    width: float
    height: float
    marks: list[Box]


def _boxes(spans: list[dict[str, Any]], page: int) -> list[Box]:
    return [tuple(box) for s in spans if s.get("page") == page for box in s.get("boxes") or ()]


def _mark(box: Box) -> Box:
    left, top, right, bottom = box
    wide, tall = right - left + 2 * PAD, bottom - top + 2 * PAD
    return (round(left - PAD, 1), round(top - PAD, 1), round(wide, 1), round(tall, 1))


def places_of(document: Document, spans: list[dict[str, Any]]) -> list[Place]:
    """The pages that ``spans`` touch with their marks; none where there is nothing to draw. One query."""
    numbers = sorted({int(span["page"]) for span in spans})
    sizes = document.pages.filter(number__in=numbers).values_list("number", "width", "height")
    known = {number: (width, height) for number, width, height in sizes}
    found = []
    for number in numbers:
        boxes, (width, height) = _boxes(spans, number), known.get(number, (0, 0))
        if boxes and width and height:
            picture = reverse("desk:page_picture", args=[document.pk, number])
            marks = [_mark(box) for box in boxes]
            found.append(Place(picture, number, width, height, marks))
    return found


def page_href(recommendation: Recommendation) -> str:
    """The page of the document on the desk, or nothing."""
    if recommendation.document_id is None:
        return ""
    href = reverse("desk:document", args=[recommendation.document_id])
    return f"{href}?page={recommendation.page}#pages" if recommendation.page else href


def place_of(recommendation: Recommendation) -> Place | None:
    """The words on their page; nothing where they have no place that can be drawn."""
    document, number = recommendation.document_id, recommendation.page
    boxes = _boxes(recommendation.spans, number) if document and number else []
    width = getattr(recommendation, "page_width", None)
    height = getattr(recommendation, "page_height", None)
    if not (document and number and boxes and width and height):
        return None
    picture = reverse("desk:page_picture", args=[document, number])
    return Place(picture, number, width, height, [_mark(box) for box in boxes])
