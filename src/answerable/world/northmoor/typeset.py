"""Typesets blocks as PDF in one of the layouts of ``typst/``, and says what stands where."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from . import days
from .text import Block

HERE = Path(__file__).parent
_HOLDERS = ("box", "grid", "replies")  # closed by ``@end``


@dataclass(frozen=True, slots=True)
class Typeset:
    """A PDF, and for every item the pages on which it begins: its first printing and the others."""

    pdf: bytes
    pages: dict[str, list[int]]


class WouldLookWrong(Exception):
    """The typesetter warned: a font or a character is missing, so the page would not be right."""


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[HERE / "fonts"])


def typeset(layout: str, about: dict[str, Any], blocks: list[Block]) -> Typeset:
    """The document as PDF. Raises :class:`WouldLookWrong` rather than print without a font."""
    compiler = _compiler(layout, about, blocks)
    made = datetime.combine(about["published"], time(9), UTC)
    pdf, warnings = compiler.compile_with_warnings(format="pdf", timestamp=int(made.timestamp()))
    if warnings:
        raise WouldLookWrong(f"{layout}: {warnings[0].message}")
    if not isinstance(pdf, bytes):
        raise WouldLookWrong(f"{layout}: the typesetter returned no document.")
    return Typeset(pdf, _pages(compiler))


def pictures(layout: str, about: dict[str, Any], blocks: list[Block], ppi: float) -> list[bytes]:
    """The pages of the document as PNG, for what is to look like a scan."""
    pages = _compiler(layout, about, blocks).compile(format="png", ppi=ppi)
    if isinstance(pages, bytes):
        return [pages]
    if not pages:
        raise WouldLookWrong(f"{layout}: the typesetter returned no pages.")
    return pages


def _compiler(layout: str, about: dict[str, Any], blocks: list[Block]) -> typst.Compiler:
    data = {"about": about, "blocks": nested(blocks)}
    return typst.Compiler(
        HERE / "typst" / f"{layout}.typ",
        root=HERE / "typst",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, default=_plain)},
    )


def _pages(compiler: typst.Compiler) -> dict[str, list[int]]:
    pages: dict[str, list[int]] = {}
    for place in json.loads(compiler.query("<item>", field="value")):
        pages.setdefault(place["key"], []).append(place["page"])
    return pages


def nested(blocks: list[Block]) -> list[dict[str, Any]]:
    """The blocks as plain data, with what stands in a box inside that box."""
    top: list[dict[str, Any]] = []
    into = top
    for block in blocks:
        if block.kind == "end":
            into = top
            continue
        into.append(asdict(block))
        if block.kind in _HOLDERS:
            inside: list[dict[str, Any]] = []
            into[-1]["children"] = inside
            into = inside
    return top


def _plain(value: object) -> str:
    if isinstance(value, date):
        return days.long(value)
    raise TypeError(f"no way to print {value!r}")
