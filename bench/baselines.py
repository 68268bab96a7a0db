"""The simple ways of finding recommendations that the reader is measured against.

Each takes the plain text of pages and gives rows of ``{"text", "page", "number"}``. They know no
layout: what they miss shows what the reader's layout and its weighing of whole runs are worth.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import docx
import pdfplumber
import pypdfium2
from selectolax.lexbor import LexborHTMLParser

Row = dict[str, Any]
Pages = list[str]

_TITLE = re.compile(r"\b(?:recommendations?|improve(?:ment)?|priority action)\b", re.I)
_ITEM = re.compile(
    r"^\s*(?:Recommendation\s+)?(\d{1,3}(?:\.\d{1,3})*|R\d{1,3}|\([a-z]\)|[•▪■●\uf0a7–-])"
    r"[.):]?(?:\s+(\S.*))?$"
)
_SENTENCE = re.compile(r"[^.!?]+[.!?]")
_MODAL = re.compile(r"\b(?:should|must|recommends?|recommended)\b", re.I)


def plain_pages(path: Path) -> Pages:
    """The text of a document's pages as the plainest tool for its format gives it."""
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        return [page.get_textpage().get_text_bounded() for page in document]
    if path.suffix == ".docx":
        opened = docx.Document(str(path))
        cells = (c.text for t in opened.tables for r in t.rows for c in r.cells)
        return ["\n".join([*(p.text for p in opened.paragraphs), *cells])]
    raw = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix in (".html", ".htm"):
        body = LexborHTMLParser(raw).body
        return [body.text(separator="\n") if body else ""]
    return [raw]


def plumbed_pages(path: Path) -> Pages:
    """The same by pdfplumber."""
    with pdfplumber.open(path) as document:
        return [page.extract_text() or "" for page in document.pages]


def headed_lists(pages: Pages) -> list[Row]:
    """Numbered or bulleted items between a heading with *recommendations* and the next heading."""
    found: list[Row] = []
    inside = False
    for number, line in _lines(pages):
        matched = _ITEM.match(line)
        if matched and inside:
            label = matched[1] if matched[1][0].isalnum() or matched[1][0] == "(" else None
            found.append({"text": matched[2] or "", "page": number, "number": label})
        elif _is_title(line) and _TITLE.search(line):
            inside = True
        elif inside and _is_title(line) and found and found[-1]["text"].endswith((".", ";")):
            inside = False
        elif inside and found:
            found[-1]["text"] += " " + line.strip()
    return found


def _is_title(line: str) -> bool:
    words = line.split()
    return (
        len(words) <= 12 and words[0][:1].isalnum() and not line.rstrip().endswith((".", ";", ","))
    )


def modal_sentences(pages: Pages) -> list[Row]:
    """Every sentence with *should*, *must* or *recommend*."""
    return [
        {"text": sentence.strip(), "page": number, "number": None}
        for number, text in enumerate(pages, start=1)
        for sentence in _SENTENCE.findall(" ".join(text.split()))
        if _MODAL.search(sentence)
    ]


def _lines(pages: Pages) -> Iterable[tuple[int, str]]:
    for number, text in enumerate(pages, start=1):
        for line in text.splitlines():
            if line.strip():
                yield number, line


BASELINES: dict[str, tuple[Callable[[Path], Pages], Callable[[Pages], list[Row]]]] = {
    "headed": (plain_pages, headed_lists),
    "modal": (plain_pages, modal_sentences),
    "plumber": (plumbed_pages, headed_lists),
}
"""Name → how it gets the text, and how it finds."""
