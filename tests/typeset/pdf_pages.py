"""A draft as a PDF, typeset by typst, and the pages on which its items begin."""

import io
import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pikepdf
import typst

from tests.typeset.damage import spoil
from tests.typeset.parts import (
    Block,
    Contents,
    Cover,
    Draft,
    Figure,
    Grid,
    Heading,
    Look,
    NewPage,
    Panel,
    Para,
    Piece,
    Turned,
)

FONTS = Path(__file__).resolve().parents[2] / "src" / "answerable" / "world" / "northmoor" / "fonts"
SERIFS = ("Libertinus Serif", "Libertinus Serif", "New Computer Modern", "Gelasio", "Gelasio", "DejaVu Sans Mono")  # fmt: skip
SANS = ("Arimo", "Public Sans", "Atkinson Hyperlegible", "Arimo")


def pdf(draft: Draft, rng: Random) -> bytes:
    """The PDF; sets the pages of the draft's rows."""
    source = "\n".join([_preamble(draft.look), *(_Setter(draft.look, rng).blocks(draft.blocks))])
    fonts = _fonts()
    found = json.loads(typst.query(source.encode(), "<at>", font_paths=fonts))
    pages: dict[int, list[int]] = {}
    for mark in found:
        pages.setdefault(mark["value"]["row"], []).append(mark["value"]["page"])
    for index, row in enumerate(draft.rows):
        row.pages = tuple(sorted(set(pages.get(index, ()))))
    data = bytes(
        typst.compile(
            source.encode(), font_paths=fonts, pdf_tags=draft.look.tags, timestamp=1_600_000_000
        )
    )
    if "shuffled" in draft.look.damage:
        data = _shuffled(data)
    return _laid_on_side(data) if draft.look.rotates else data


NOTES = (
    "See the evidence summarised above.",
    "Oral evidence, day 12.",
    "This matter is taken up again below.",
    "Written evidence, bundle C, page 114.",
)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def _preamble(look: Look) -> str:
    size, leading = look.size, look.leading
    head_font = look.head_font or look.font
    foot = _string(look.running_foot)
    head = _string(look.running_head)
    url = _string(f"https://reports.example.org/{look.running_head.lower().replace(' ', '-')}")
    second = (
        f"#linebreak() #text(size: 7pt)[#{foot} #h(1fr) #{url}]" if "heads" in look.damage else ""
    )
    ascent = "12%" if "heads" in look.damage else "35%"
    sizes = ", ".join(f"{s}pt" for s in look.head_sizes)
    hyphens = "true" if look.hyphenate or "hyphens" in look.damage else "false"
    leading = 0.42 if "tight" in look.damage else leading
    gap = 0.62 if "tight" in look.damage else look.gap
    weight = "regular" if look.head_look == "plain" else "bold"
    colour = look.colour if look.head_look in {"colour", "rule"} else "#000000"
    body = "upper(it.body)" if look.head_look == "caps" else "it.body"
    rule = "#v(-0.7em) #line(length: 100%, stroke: 0.6pt)" if look.head_look == "rule" else ""
    paper = {"a4": "width: 210mm, height: 297mm", "letter": "width: 8.5in, height: 11in", "book": "width: 176mm, height: 250mm"}[look.paper]  # fmt: skip
    if look.wide:
        paper = "width: 297mm, height: 167mm"
    stamp = 'background: rotate(-50deg, text(size: 48pt, fill: luma(215))[DRAFT – NOT FOR CIRCULATION]),' if "stamp" in look.damage else ""  # fmt: skip
    return f"""#set page({paper}, {stamp} margin: {look.margin}cm, columns: {look.columns}, header-ascent: {ascent},
  header: context if here().page() > 1 [#set text(size: 8pt); #{head} #h(1fr) #{foot} {second}],
  footer: context if here().page() > 1 [#set align(center); #set text(size: 9pt); #counter(page).display()])
#set text(font: "{look.font}", size: {size}pt, lang: "en", region: "gb", hyphenate: {hyphens})
#set par(leading: {leading}em, spacing: {gap}em, justify: {str(look.justify).lower()})
#set footnote.entry(gap: 0.3em)
#show footnote.entry: set text(size: 8pt)
#let at(i) = context [#metadata((row: i, page: here().page()))<at>]
#let sizes = ({sizes})
#show heading: it => block(above: 1.5em, below: 0.8em, sticky: true)[#set par(justify: false)
  #text(font: "{head_font}", size: sizes.at(calc.min(it.level, 3) - 1), weight: "{weight}", fill: rgb("{colour}"))[#{body}] {rule}]
#let hang(label, body) = block(grid(columns: (2.6em, 1fr), label, body))
#let inline(label, body) = par[#label#h(0.7em)#body]
#let listed(label, body) = list(marker: label, body-indent: 0.6em, body)
"""


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


class _Setter:
    """Writes blocks as typst source."""

    def __init__(self, look: Look, rng: Random) -> None:
        self.look = look
        self.rng = rng

    def blocks(self, blocks: list[Block]) -> list[str]:
        return [self.block(block) for block in blocks]

    def block(self, block: Block) -> str:
        match block:
            case Para():
                return self.para(block)
            case Heading():
                return self.heading(block)
            case Panel():
                return self.panel(block)
            case Grid():
                return self.grid(block)
            case Figure():
                return self.figure(block)
            case Turned():
                return self.turned(block)
            case Contents():
                title = self.said(block.title)
                return f"#page(columns: 1)[#outline(title: [{title}], depth: 2)]"
            case Cover():
                return self.cover(block)
            case NewPage():
                return "#pagebreak(weak: true)"

    def said(self, text: str) -> str:
        return "#" + _string(spoil(text, self.look.damage, self.rng))

    def piece(self, piece: Piece) -> str:
        words = self.said(piece.text)
        if piece.row is not None:
            words = f"#at({piece.row}){words}"
        if "bold" in piece.face:
            words = f'#text(weight: "bold")[{words}]'
        if "italic" in piece.face:
            words = f'#text(style: "italic")[{words}]'
        if piece.note:
            words += f"#footnote[{self.said(piece.note)}]"
        return words

    def para(self, para: Para) -> str:
        mark = f"#at({para.row})" if para.row is not None else ""
        body = mark + "".join(self.piece(piece) for piece in para.pieces)
        if para.row is not None and "marks" in self.look.damage and self.rng.random() < 0.5:
            body += f"#footnote[{self.said(self.rng.choice(NOTES))}]"
        if para.label:
            label = self.piece(Piece(para.label, para.face_of_label))
            how = {"hang": "hang", "inline": "inline", "list": "listed"}[self.look.labels]
            glued = para.glued or ("glued" in self.look.damage and para.label[-1].isalnum())
            body = f"{label}{body}" if glued else f"#{how}([{label}], [{body}])"
        return self.placed(para, body)

    def placed(self, para: Para, body: str) -> str:
        match para.style:
            case "quote":
                body = f"#pad(left: 1.6em, right: 1.6em)[#text(size: 0.95em)[{body}]]"
            case "small":
                body = f"#text(size: 0.82em)[{body}]"
            case "caption":
                body = f'#block(below: 0.6em)[#text(size: 0.9em, weight: "bold")[{body}]]'
            case "centre":
                body = f"#align(center)[{body}]"
        if para.indent:
            body = f"#pad(left: {1.5 * para.indent}em)[{body}]"
        return body + "\n"

    def heading(self, heading: Heading) -> str:
        mark = f"#at({heading.row})" if heading.row is not None else ""
        label = self.said(heading.label) + "#h(0.8em)" if heading.label else ""
        return f"#heading(level: {heading.level})[{mark}{label}{self.said(heading.text)}]\n"

    def panel(self, panel: Panel) -> str:
        look = {
            "tint": 'fill: rgb("#e8eef5"), inset: 10pt',
            "rule": "stroke: 0.8pt, inset: 10pt",
            "bar": f'stroke: (left: 4pt + rgb("{self.look.colour}")), inset: (left: 12pt, y: 4pt)',
        }[panel.look]
        title = f'#block(sticky: true)[#text(weight: "bold", size: 1.1em)[{self.said(panel.title)}]]' if panel.title else ""  # fmt: skip
        inner = "\n".join(self.blocks(panel.blocks))
        return f"#block(width: 100%, breakable: true, {look})[{title}\n{inner}]\n"

    def grid(self, grid: Grid) -> str:
        widths = ", ".join(f"{width}fr" for width in grid.widths)
        head = ", ".join(f'[#text(weight: "bold")[{self.said(t)}]]' for t in grid.head)
        repeats = str(grid.repeats).lower()
        header = f"table.header(repeat: {repeats}, {head})," if grid.head else ""
        stroke = "0.5pt + gray" if grid.ruled else "none"
        cells = ",\n".join(
            self.cell(cell, len(grid.widths) if len(row) == 1 < len(grid.widths) else 1)
            for row in grid.rows
            for cell in row
        )
        caption = self.para(Para([Piece(grid.caption)], style="caption")) if grid.caption else ""
        table = f"{caption}#block[#set text(size: 0.92em); #set par(justify: false); #table(columns: ({widths},), inset: 5pt, stroke: {stroke}, align: left, {header}\n{cells})]\n"
        wide = self.look.columns > 1 and len(grid.widths) > 2 and not grid.caption
        return f"#page(columns: 1)[{table}]" if wide else table

    def cell(self, paras: list[Para], span: int) -> str:
        inner = "\n".join(self.para(para) for para in paras)
        return f"table.cell(colspan: {span})[{inner}]" if span > 1 else f"[{inner}]"

    def figure(self, figure: Figure) -> str:
        bars = ", ".join(
            f'stack(dir: ttb, rect(width: 14pt, height: {bar}pt, fill: rgb("{self.look.colour}")), v(3pt), text(size: 7pt)[{2000 + index}])'
            for index, bar in enumerate(figure.bars, 11)
        )
        return f"#block(breakable: false)[#grid(columns: {len(figure.bars)}, column-gutter: 8pt, align: bottom, {bars}) #v(0.3em) #text(size: 0.85em)[{self.said(figure.caption)}]]\n"

    def turned(self, turned: Turned) -> str:
        inner = "\n".join(self.blocks(turned.blocks))
        if "turned" in self.look.damage and not self.look.rotates:
            return f"#page(columns: 1)[#rotate(-90deg, reflow: true)[#block(width: 23cm)[{inner}]]]"
        return f"#page(columns: 1, flipped: true)[{inner}]"

    def cover(self, cover: Cover) -> str:
        return f"""#page(columns: 1)[#v(25%) #text(font: "{self.look.head_font or self.look.font}", size: 26pt, weight: "bold")[{self.said(cover.title)}]
#v(0.5em) #text(size: 15pt)[{self.said(cover.subtitle)}] #v(1fr) #text(size: 12pt)[{self.said(cover.maker)} #linebreak() {self.said(cover.day)}]]
"""


def _shuffled(data: bytes) -> bytes:
    """The same pages with their text drawn line by line across columns, as other programs do.

    Every stretch of text stands in a group of its own (``q … Q``) with its own place, so groups
    look the same in any order; only fills and rules must stay below the text.
    """
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        for page in opened.pages:
            page.contents_coalesce()
            groups = _groups(list(pikepdf.parse_content_stream(page)))
            drawn = [group for group in groups if not _is_text(group)]
            said = sorted((group for group in groups if _is_text(group)), key=_height)
            turned = [one for group in (*drawn, *said) for one in group]
            page.Contents = opened.make_stream(pikepdf.unparse_content_stream(turned))
        opened.save(out, deterministic_id=True)
    return out.getvalue()


def _laid_on_side(data: bytes) -> bytes:
    """Wide pages as upright ones with a rotation, as scanners and printers write them."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        for page in opened.pages:
            _, _, width, height = (float(x) for x in page.MediaBox)
            if width > height:
                page.contents_add(f"q 0 1 -1 0 {height} 0 cm\n".encode(), prepend=True)
                page.contents_add(b"\nQ")
                page.MediaBox = [0, 0, height, width]
                page.Rotate = 90
        opened.save(out, deterministic_id=True)
    return out.getvalue()


def _groups(instructions: list[Any]) -> list[list[Any]]:
    """The outermost ``q … Q`` groups of a page."""
    groups: list[list[Any]] = [[]]
    depth = 0
    for one in instructions:
        groups[-1].append(one)
        depth += {"q": 1, "Q": -1}.get(str(one.operator), 0)
        if depth == 0:
            groups.append([])
    return groups


def _is_text(group: list[Any]) -> bool:
    return any(str(one.operator) == "BT" for one in group)


def _height(group: list[Any]) -> float:
    """How far down the page a group stands."""
    place = next((one for one in group if str(one.operator) == "cm"), None)
    return -float(place.operands[5]) if place is not None else 0.0
