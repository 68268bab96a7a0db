"""What a PDF says of its own structure: which text is a heading, a note, or no part of the text.

Tags are believed only where they cover nearly all of the text and tell more than one thing apart;
many programs call everything a paragraph. They add to what is seen on the page, and never take a
heading away that is plain to see.
"""

from ctypes import byref, c_ulong, c_ushort, create_string_buffer
from typing import Any

import pypdfium2.raw

# The bindings are made from PDFium's headers and have no types.
raw: Any = pypdfium2.raw

HEADING, NOTE, ARTIFACT, TEXT = "heading", "note", "artifact", "text"

_KINDS = {"H": HEADING, **{f"H{n}": HEADING for n in range(1, 7)}, "Note": NOTE, "FENote": NOTE}
_LOOKED_AT = 4
_MOST_OBJECTS = 3_000
_COVERED = 0.9
_MAX_DEPTH = 40
_MAX_ELEMENTS = 20_000


def sane(document: Any) -> bool:
    """Whether the tags of a few pages cover the text and tell headings from the rest."""
    if not raw.FPDFCatalog_IsTagged(document.raw):
        return False
    pages = len(document)
    covered = total = 0
    kinds: set[str] = set()
    for index in sorted({pages * n // _LOOKED_AT for n in range(_LOOKED_AT)}):
        page = document[index]
        owners = of(page)
        for item in _texts(page):
            total += 1
            kind = owners.get(raw.FPDFPageObj_GetMarkedContentID(item))
            kinds.add(kind or "")
            covered += kind is not None or is_artifact(item)
        page.close()
    return total > 0 and covered >= _COVERED * total and {HEADING, TEXT} <= kinds


def of(page: Any) -> dict[int, str]:
    """What each stretch of marked content on the page is, by its number."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return {}
    try:
        found: dict[int, str] = {}
        waiting = [
            (raw.FPDF_StructTree_GetChildAtIndex(tree, n), TEXT, 0)
            for n in range(raw.FPDF_StructTree_CountChildren(tree))
        ]
        for _ in range(_MAX_ELEMENTS):
            if not waiting:
                break
            element, above, depth = waiting.pop()
            if element and depth < _MAX_DEPTH:
                waiting += _entered(element, above, depth, found)
        return found
    finally:
        raw.FPDF_StructTree_Close(tree)


def _entered(
    element: Any, above: str, depth: int, found: dict[int, str]
) -> list[tuple[Any, str, int]]:
    """Note what the element holds itself, and give the elements below it."""
    kind = _KINDS.get(_type(element), above)
    for n in range(max(raw.FPDF_StructElement_GetMarkedContentIdCount(element), 0)):
        number = raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, n)
        if number >= 0:
            found[number] = kind
    return [
        (raw.FPDF_StructElement_GetChildAtIndex(element, n), kind, depth + 1)
        for n in range(raw.FPDF_StructElement_CountChildren(element))
    ]


def _type(element: Any) -> str:
    buffer = create_string_buffer(64)
    raw.FPDF_StructElement_GetType(element, buffer, 64)
    return buffer.raw.decode("utf-16-le", "replace").split("\0")[0]


def _texts(page: Any) -> list[Any]:
    count = min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)
    items = (raw.FPDFPage_GetObject(page.raw, n) for n in range(count))
    return [i for i in items if raw.FPDFPageObj_GetType(i) == raw.FPDF_PAGEOBJ_TEXT]


def is_artifact(item: Any) -> bool:
    """Whether the text is marked as no part of the document: a running head, a page number."""
    buffer, length = (c_ushort * 32)(), c_ulong()
    for n in range(max(raw.FPDFPageObj_CountMarks(item), 0)):
        mark = raw.FPDFPageObj_GetMark(item, n)
        if mark and raw.FPDFPageObjMark_GetName(mark, buffer, 64, byref(length)):
            name = bytes(buffer)[: length.value].decode("utf-16-le", "replace")
            if name.rstrip("\0") == "Artifact":
                return True
    return False
