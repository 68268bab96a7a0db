"""A gap analysis as a tagged PDF (PDF/UA-1)."""

import io
from dataclasses import asdict

import pikepdf

from answerable.engine.packs.gap_shapes import GapPaper
from answerable.engine.packs.pdf import set_paper


def gaps_pdf(paper: GapPaper) -> bytes:
    """The paper as PDF: every table with its headings, of columns and of rows.

    Raises:
        WouldLookWrong: where it cannot be set without a fault.
    """
    return with_row_headings(set_paper("gaps", asdict(paper)))


def with_row_headings(pdf: bytes) -> bytes:
    """The first cell of each row of each table marked as the heading of its row.

    The typesetter marks the headings of columns only.
    """
    with pikepdf.open(io.BytesIO(pdf)) as package:
        root = package.Root.StructTreeRoot
        waiting = [root.K]
        while waiting:
            found = waiting.pop()
            if isinstance(found, pikepdf.Array):
                waiting.extend(found)
            elif isinstance(found, pikepdf.Dictionary) and "/S" in found:
                if pikepdf.Name.TBody == found.S:
                    _head_rows(found)
                elif "/K" in found:
                    waiting.append(found.K)
        out = io.BytesIO()
        package.save(out, deterministic_id=True)
    return out.getvalue()


def _children(element: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    return [kid for kid in _all(element.K) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _head_rows(body: pikepdf.Dictionary) -> None:
    for row in _children(body):
        first = next((c for c in _children(row) if c.S == pikepdf.Name.TD), None)
        if first is not None:
            scope = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
            held = first.get("/A", pikepdf.Array())
            first.S = pikepdf.Name.TH
            first.A = pikepdf.Array([*_all(held), scope])


def _all(found: pikepdf.Object) -> list[pikepdf.Object]:
    return list(found) if isinstance(found, pikepdf.Array) else [found]
