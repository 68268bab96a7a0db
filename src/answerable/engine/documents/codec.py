"""Readings as plain bytes: between the child process and its parent, and to keep pages small.

Not pickle: the bytes may have been written by a process that a hostile document took over, so
everything is checked as it is taken apart, and nothing in it can run.
"""

import json
import zlib
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from typing import Any, get_args

from answerable.engine.documents.shapes import (
    Addressee,
    Basis,
    Box,
    Candidate,
    Due,
    Kind,
    Line,
    MediaType,
    Notice,
    Page,
    Reading,
    Span,
    Word,
)

_MOST_PACKED = 32 * 1024 * 1024
_FIELDS = 6
_TENTHS = 10


class Malformed(ValueError):
    """Bytes that no reading was encoded to."""


def pack(page: Page) -> bytes:
    """A page's word and line boxes in about a tenth of their size; the text is kept beside it."""
    return zlib.compress(_raw(page), 6)


def unpack(number: int, width: float, height: float, text: str, packed: bytes) -> Page:
    """The page again, from its text and what :func:`pack` gave. Raises :class:`Malformed`."""
    opener = zlib.decompressobj()
    try:
        raw = opener.decompress(packed, _MOST_PACKED)
    except zlib.error as error:
        raise Malformed(str(error)) from None
    if opener.unconsumed_tail:
        raise Malformed("more boxes than a page can have")
    return _page(number, width, height, text, raw)


def _raw(page: Page) -> bytes:
    values = [len(page.words)]
    pieces: tuple[Word | Line, ...] = (*page.words, *page.lines)
    for piece in pieces:
        box = piece.box
        values += (
            piece.start,
            piece.end,
            round(box.left * _TENTHS),
            round(box.top * _TENTHS),
            round(box.right * _TENTHS),
            round(box.bottom * _TENTHS),
        )
    return array("i", values).tobytes()


def _page(number: int, width: float, height: float, text: str, raw: bytes) -> Page:
    values = array("i")
    if len(raw) % values.itemsize or not raw:
        raise Malformed("boxes cut short")
    values.frombytes(raw)
    words, rest = values[0], values[1:]
    if len(rest) % _FIELDS or not 0 <= words <= len(rest) // _FIELDS:
        raise Malformed("boxes cut short")
    rows = list(zip(*(iter(rest),) * _FIELDS, strict=True))
    if any(not 0 <= row[0] <= row[1] <= len(text) for row in rows):
        raise Malformed("a box outside the text")
    return Page(
        number,
        width,
        height,
        text,
        tuple(Word(text[r[0] : r[1]], r[0], r[1], _box(r)) for r in rows[:words]),
        tuple(Line(r[0], r[1], _box(r)) for r in rows[words:]),
    )


def _box(row: tuple[int, ...]) -> Box:
    return Box(row[2] / _TENTHS, row[3] / _TENTHS, row[4] / _TENTHS, row[5] / _TENTHS)


def encode(reading: Reading) -> bytes:
    """A reading as JSON, put together page by page: a long one is large."""
    rest = {
        "sha256": reading.sha256,
        "media_type": reading.media_type,
        "paged": reading.paged,
        "candidates": [asdict(c) for c in reading.candidates],
        "notices": [asdict(n) for n in reading.notices],
        "stated_count": reading.stated_count,
        "title": reading.title,
        "version": reading.version,
    }
    parts = [b'{"pages":[']
    for index, page in enumerate(reading.pages):
        parts += [b"," if index else b"", _compact(_plain_page(page))]
    return b"".join([*parts, b"],", _compact(rest)[1:]])


def _plain_page(page: Page) -> list[object]:
    boxes = b64encode(_raw(page)).decode()
    return [page.number, page.width, page.height, page.text, boxes, page.sureness]


def _compact(value: object) -> bytes:
    return json.dumps(value, default=_plain, separators=(",", ":")).encode()


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"cannot encode {type(value).__name__}")


def decode(data: bytes) -> Reading:
    """The reading again. Raises :class:`Malformed` for anything else."""
    try:
        return _reading(json.loads(data))
    except Malformed:
        raise
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RecursionError,
        OverflowError,
    ) as error:
        raise Malformed(str(error)) from None


def _reading(whole: dict[str, Any]) -> Reading:
    pages = tuple(
        replace(
            _page(_int(n), _float(w), _float(h), _str(t), b64decode(_str(b), validate=True)),
            sureness=None if sure is None else min(1.0, max(0.0, _float(sure))),
        )
        for n, w, h, t, b, sure in whole["pages"]
    )
    lengths = {page.number: len(page.text) for page in pages}
    return Reading(
        sha256=_str(whole["sha256"]),
        media_type=_one_of(whole["media_type"], MediaType),
        paged=_bool(whole["paged"]),
        pages=pages,
        candidates=tuple(_candidate(c, lengths) for c in whole["candidates"]),
        notices=tuple(_notice(n) for n in whole["notices"]),
        stated_count=_maybe_int(whole["stated_count"]),
        title=_maybe_str(whole["title"]),
        version=_str(whole["version"]),
    )


def _candidate(raw: dict[str, Any], lengths: dict[int, int]) -> Candidate:
    due = raw["due"]
    return Candidate(
        number=_maybe_str(raw["number"]),
        text=_str(raw["text"]),
        kind=_one_of(raw["kind"], Kind),
        page=_maybe_int(raw["page"]),
        spans=_spans(raw["spans"], lengths),
        confidence=min(1.0, max(0.0, _float(raw["confidence"]))),
        why=tuple(_str(w) for w in raw["why"]),
        run=_maybe_int(raw["run"]),
        also=_spans(raw["also"], lengths),
        addressees=tuple(Addressee(_str(a["name"]), _str(a["why"])) for a in raw["addressees"]),
        due=_due(due) if due is not None else None,
        taken=_bool(raw["taken"]),
        whose=_maybe_str(raw["whose"]),
    )


def _due(raw: dict[str, Any]) -> Due:
    on = raw["on"]
    return Due(
        _str(raw["words"]),
        date.fromisoformat(_str(on)) if on is not None else None,
        _str(raw["why"]),
        _maybe_int(raw["months"]),
        _maybe_int(raw["days"]),
        _bool(raw["working"]),
        _one_of(raw["basis"], Basis),
    )


def _spans(raw: Iterable[dict[str, Any]], lengths: dict[int, int]) -> tuple[Span, ...]:
    found = []
    for span in raw:
        page, start, end = _int(span["page"]), _int(span["start"]), _int(span["end"])
        if not 0 <= start <= end <= lengths.get(page, -1):
            raise Malformed("a passage outside its page")
        boxes = tuple(
            Box(*(_float(b[edge]) for edge in ("left", "top", "right", "bottom")))
            for b in span["boxes"]
        )
        found.append(Span(page, start, end, boxes))
    return tuple(found)


def _notice(raw: dict[str, Any]) -> Notice:
    return Notice(_str(raw["code"]), _str(raw["sentence"]), _maybe_int(raw["page"]))


def _str(value: object) -> str:
    if not isinstance(value, str):
        raise Malformed("text expected")
    return value


def _int(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Malformed("a whole number expected")
    return value


def _float(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) < 1e9:
        raise Malformed("a number expected")
    return float(value)


def _bool(value: object) -> bool:
    if not isinstance(value, bool):
        raise Malformed("yes or no expected")
    return value


def _maybe_int(value: object) -> int | None:
    return None if value is None else _int(value)


def _maybe_str(value: object) -> str | None:
    return None if value is None else _str(value)


def _one_of(value: object, allowed: Any) -> Any:
    if value not in get_args(allowed):
        raise Malformed("a word that is not in the list")
    return value
