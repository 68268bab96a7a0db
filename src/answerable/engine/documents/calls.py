"""PDFium's calls that are made for every word, without what ctypes checks of their arguments.

The bindings turn every argument into a typed pointer, which takes longer than the call itself; a
book has a million of them. These take plain addresses, so they are only for handles that PDFium
gave and buffers that are ours.
"""

from ctypes import CFUNCTYPE, addressof, c_int, c_void_p, cast
from typing import Any

import pypdfium2.raw

raw: Any = pypdfium2.raw


def _address(function: Any) -> int:
    return cast(function, c_void_p).value or 0


text_object: Any = CFUNCTYPE(c_void_p, c_void_p, c_int)(_address(raw.FPDFText_GetTextObject))
"""Address of the text object that a character of a text page belongs to, or None."""

loose_box: Any = CFUNCTYPE(c_int, c_void_p, c_int, c_void_p)(_address(raw.FPDFText_GetLooseCharBox))
"""Fill the rectangle at the address with a character's box; 0 where it has none."""


class Rectangle:
    """A rectangle of PDFium's that is filled again and again."""

    def __init__(self) -> None:
        self._kept = raw.FS_RECTF()
        self.address = addressof(self._kept)
        self.edges: Any = memoryview(self._kept).cast("B").cast("f")
        """Left, top, right, bottom, in user space."""
