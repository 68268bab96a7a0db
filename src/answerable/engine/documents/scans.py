"""What a person is told of pages that are pictures: what was recognised, what not, what to do."""

from collections.abc import Iterable, Mapping, Sequence

from answerable.engine.documents.recognised import Recognised
from answerable.engine.documents.shapes import Notice, Page, Unreadable

EXTRA = "pip install 'answerable[ocr]'"
_CHECK = "Check names, numbers and dates against the picture."
_MOST_NAMED = 12
_TROUBLES = {
    "too_slow": "Recognising its text took longer than is allowed, so it was stopped.",
    "bomb": "Recognising its text takes more memory than is allowed, so it was stopped.",
}


class Pictured(Exception):
    """Pages of a document are pictures whose text must be recognised before it can be read."""

    def __init__(self, pages: Sequence[int], count: int) -> None:
        super().__init__("pages are pictures")
        self.pages = pages
        self.count = count


def trouble(refused: Unreadable) -> str:
    """Why one picture could not be looked at, in a sentence of its own."""
    return _TROUBLES.get(refused.code, "It is damaged, and no text could be recognised in it.")


def parked(recognised: Mapping[int, Recognised] | None) -> Unreadable:
    """The refusal of a document of pictures, whether or not recognising was tried."""
    if recognised:
        first = next((p for p in recognised.values() if p.trouble), None)
        because = f" Page {first.number}: {first.trouble}" if first else ""
        sentence = (
            "This PDF is a scan: its pages are pictures, and no text could be recognised in them."
            f"{because} It is kept. Ask its author for the original, or scan it again in black and "
            "white at 300 dots an inch, and send that."
        )
    else:
        sentence = (
            "This PDF is a scan: its pages are pictures without text. It is kept. To have the text "
            f"recognised (OCR), an administrator adds that part of Answerable ({EXTRA}) and starts "
            "it again; then choose Try again. Or ask its author for the original, and send that."
        )
    return Unreadable("no_text", sentence, parked=True)


def notices(
    pages: Iterable[Page], recognised: Mapping[int, Recognised] | None, left: Sequence[int]
) -> tuple[Notice, ...]:
    """How much was recognised and how sure it is; which pictures were left or failed."""
    found = [
        Notice("unread_pages", f"Page {p.number} is a picture. {p.trouble}", p.number)
        for p in (recognised or {}).values()
        if p.trouble
    ]
    if left:
        found.append(Notice("unread_pages", _left(left), left[0]))
    sure = {p.number: p.sureness for p in pages if p.sureness is not None and p.text.strip()}
    if sure:
        least = min(sure, key=lambda n: (sure[n], n))
        found.insert(0, Notice("recognised", _recognised(sure, least), least))
    return tuple(found)


def _left(left: Sequence[int]) -> str:
    if len(left) == 1:
        said = f"Page {left[0]} is a picture, and its text was not read."
    else:
        more = " and others" if len(left) > _MOST_NAMED else ""
        named = ", ".join(map(str, left[:_MOST_NAMED]))
        said = f"Pages {named}{more} are pictures, and their text was not read."
    return f"{said} To have it recognised (OCR), an administrator runs: {EXTRA}"


def _recognised(sure: dict[int, float], least: int) -> str:
    if len(sure) == 1:
        return f"The text of page {least} was recognised in a picture, {sure[least]:.0%} sure. {_CHECK}"
    mean = sum(sure.values()) / len(sure)
    return (
        f"The text of {len(sure):,} pages was recognised in pictures, {mean:.0%} sure on average; "
        f"least sure is page {least}, {sure[least]:.0%}. {_CHECK}"
    )
