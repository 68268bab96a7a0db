"""A draft as a document without pages: HTML inside a site, Markdown-like and RST text."""

import re
from html import escape
from random import Random

from tests.typeset.damage import spoil
from tests.typeset.parts import (
    Block,
    Contents,
    Cover,
    Draft,
    Figure,
    Grid,
    Heading,
    Panel,
    Para,
    Piece,
    Turned,
    walk,
)

NAV = """<nav aria-label="Main"><ul><li><a href="/">Home</a></li><li><a href="/topics">Topics</a></li><li><a href="/publications">Publications</a></li>
<li><a href="/recommendations">Recommendations tracker</a></li><li><a href="/contact">Contact</a></li></ul></nav>"""
COOKIES = """<div class="cookie-banner" role="region" aria-label="Cookies"><h2>Cookies on this site</h2><p>We use some essential cookies. We recommend that you accept additional cookies so that we can improve this site. You should change your settings at any time.</p>
<button>Accept</button> <button>Reject</button></div>"""
SIDE = """<aside><h2>Related content</h2><ul><li><a href="#">How to make a complaint</a></li><li><a href="#">What you should do if you disagree with a report</a></li><li><a href="#">Recommendations: an introduction</a></li></ul></aside>"""
FOOT = """<footer><ul><li><a href="#">Accessibility statement</a></li><li><a href="#">Privacy</a></li></ul><p>All content is available under an open licence, except where otherwise stated. You must not use our logo.</p></footer>"""


def html(draft: Draft, rng: Random) -> bytes:
    """The report as a page of a web site."""
    damage = draft.look.damage
    body = "\n".join(_html(block, draft, rng) for block in draft.blocks)
    body = body.replace("</ul>\n<ul>", "\n")
    if rng.random() < 0.5 and "glued" not in damage:
        body = _counted(body)
    dress = rng.choice(("plain", "main", "divs"))
    inner = {
        "plain": body,
        "main": f"{COOKIES}{NAV}<main><article>{body}</article>{SIDE}</main>{FOOT}",
        "divs": f"<div class=header>{NAV}</div><div class=page><div class=content>{body}</div><div class=side>{SIDE}</div></div><div class=footer>{FOOT}</div>{COOKIES}",
    }[dress]
    head = f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{escape(draft.title)}</title><style>body{{margin:2em}}</style><script>var should = 1;</script></head>"
    if "spaces" in damage:
        inner = inner.replace("</p>\n<p>", "</p><p>")
    return f"{head}<body>{inner}</body></html>".encode()


def _counted(body: str) -> str:
    """Numbers ``1.`` of paragraphs as lists which the browser counts."""
    body = re.sub(r"<p>(\d+)\. (.*?)</p>", r"<ol start=\1><li>\2</li></ol>", body)
    return re.sub(r"</ol>\n?<ol start=(?!1>)\d+>", "\n", body)


def _said(text: str, draft: Draft, rng: Random) -> str:
    return escape(spoil(text, draft.look.damage, rng))


def _pieces(pieces: list[Piece], draft: Draft, rng: Random) -> str:
    out = ""
    for piece in pieces:
        words = _said(piece.text, draft, rng)
        if "bold" in piece.face:
            words = f"<strong>{words}</strong>"
        if "italic" in piece.face:
            words = f"<em>{words}</em>"
        out += words + ("<sup><a href='#fn'>12</a></sup>" if piece.note else "")
    return out


def _html(block: Block, draft: Draft, rng: Random) -> str:
    match block:
        case Para():
            inner = _pieces(block.pieces, draft, rng)
            if block.label and block.label == draft.look.bullet:
                return f"<ul><li>{inner}</li></ul>"
            gap = "" if "glued" in draft.look.damage else " "
            label = f"{escape(block.label)}{gap}" if block.label else ""
            tag = "blockquote" if block.style == "quote" else "p"
            return f"<{tag}>{label}{inner}</{tag}>"
        case Heading():
            label = f"{block.label} " if block.label else ""
            return (
                f"<h{block.level + 1}>{label}{_said(block.text, draft, rng)}</h{block.level + 1}>"
            )
        case Panel():
            title = f"<h3>{escape(block.title)}</h3>" if block.title else ""
            return f'<div class="box">{title}{"".join(_html(b, draft, rng) for b in block.blocks)}</div>'
        case Grid():
            return _html_table(block, draft, rng)
        case Figure():
            return f"<figure><img alt='' src='chart.png'><figcaption>{_said(block.caption, draft, rng)}</figcaption></figure>"
        case Turned():
            return "".join(_html(b, draft, rng) for b in block.blocks)
        case Cover():
            return f"<h1>{escape(block.title)}</h1><p>{escape(block.maker)}</p><p>Published {escape(block.day)}</p>"
        case Contents():
            names = [b.text for b in walk(draft.blocks) if isinstance(b, Heading) and b.level == 1]
            items = "".join(
                f'<li><a href="#{n}">{escape(name)}</a></li>' for n, name in enumerate(names)
            )
            return f"<h2>Contents</h2><ol>{items}</ol>"
    return ""


def _html_table(grid: Grid, draft: Draft, rng: Random) -> str:
    head = "".join(f"<th>{escape(title)}</th>" for title in grid.head)
    rows = "".join(f"<tr>{_html_cells(row, grid, draft, rng)}</tr>" for row in grid.rows)
    caption = f"<caption>{escape(grid.caption)}</caption>" if grid.caption else ""
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _html_cells(row: list[list[Para]], grid: Grid, draft: Draft, rng: Random) -> str:
    """The cells of a row; a cell alone spans the table, several paragraphs are a list or lines."""
    cells = ""
    for cell in row:
        wide = f" colspan={len(grid.widths)}" if len(row) < len(grid.widths) else ""
        if any(para.label for para in cell):
            inner = "".join(f"<li>{_pieces(p.pieces, draft, rng)}</li>" for p in cell)
            cells += f"<td{wide}><ul>{inner}</ul></td>"
        else:
            inner = "<br>".join(_pieces(p.pieces, draft, rng) for p in cell)
            cells += f"<td{wide}>{inner}</td>"
    return cells


# ------------------------------------------------------------------------------ text


def text(draft: Draft, rng: Random) -> bytes:
    """The report as text: Markdown-like or RST, in long lines or wrapped."""
    kind = rng.choice(("markdown", "rst", "bare"))
    if any(isinstance(block, Grid) for block in walk(draft.blocks)):
        kind = "markdown"
    wrapped = rng.random() < 0.5
    parts = [_text(block, draft, rng, kind, wrapped) for block in draft.blocks]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _text(block: Block, draft: Draft, rng: Random, kind: str, wrapped: bool) -> str:
    match block:
        case Para():
            words = "".join(_faced(piece, kind, draft, rng) for piece in block.pieces).strip()
            label = {draft.look.bullet: "*" if kind != "bare" else block.label}.get(
                block.label, block.label
            )
            line = f"{label} {words}".strip()
            return _fill(line, 3 if label else 0) if wrapped else line
        case Heading():
            words = f"{block.label} {block.text}".strip()
            if kind == "markdown":
                return f"{'#' * block.level} {words}"
            return (
                f"{words}\n{'=-~'[block.level - 1] * len(words)}"
                if kind == "rst"
                else words.upper()
            )
        case Panel():
            inner = [_text(b, draft, rng, kind, wrapped) for b in block.blocks]
            title = [_faced(Piece(block.title, "bold"), kind, draft, rng)] if block.title else []
            return "\n\n".join([*title, *inner])
        case Grid():
            return _text_table(block, draft, rng, kind)
        case Figure():
            return block.caption
        case Turned():
            return "\n\n".join(_text(b, draft, rng, kind, wrapped) for b in block.blocks)
        case Cover():
            return (
                f"{block.title}\n{'#' * len(block.title)}\n\n{block.maker}, {block.day}"
                if kind == "rst"
                else f"# {block.title}\n\n{block.maker}, {block.day}"
            )
    return ""


def _faced(piece: Piece, kind: str, draft: Draft, rng: Random) -> str:
    words = spoil(piece.text, draft.look.damage - {"soft"}, rng)
    if kind == "bare" or piece.face == "roman" or not words.strip():
        return words
    mark = "**" if "bold" in piece.face else "*"
    bare = words.strip()
    return words.replace(bare, f"{mark}{bare}{mark}")


def _text_table(grid: Grid, draft: Draft, rng: Random, kind: str) -> str:
    rows = [grid.head, *([" ".join(p.text for p in cell) for cell in row] for row in grid.rows)]
    lines = ["| " + " | ".join(cells) + " |" for cells in rows]
    lines.insert(1, "|" + "---|" * len(grid.head))
    return "\n".join(lines)


def _fill(line: str, indent: int) -> str:
    words, lines = re.split(r" +", line), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 78 and lines[-1].strip():
            lines.append(" " * indent)
        lines[-1] += ("" if not lines[-1].strip() else " ") + word
    return "\n".join(lines)
