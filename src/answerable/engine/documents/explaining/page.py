"""An explanation as one page of HTML that needs nothing beside it: no script, no other file."""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby

from answerable.engine.documents.explaining.seen import Explanation, Place, SeenBlock, SeenRun
from answerable.engine.documents.explaining.style import CSS, ROLES

_OUTCOMES = {"taken": "✔", "again": "=", "missed": "✘", "opens": "▸", "none": ""}


def as_html(explanation: Explanation, pictures: Mapping[int, bytes], *, name: str) -> str:
    """The whole page. ``name`` is the file's own name; only blocks on drawn pages are shown there.

    Where nothing was drawn (a document without pages), every block is shown.
    """
    title = f"How {name} was read"
    shown = [b for b in explanation.blocks if not pictures or b.page in pictures]
    parts = [_head(explanation, title), _legend(shown), _runs(explanation)]
    if explanation.paged:
        for number, blocks in groupby(shown, key=lambda b: b.page):
            parts.append(_sheet(explanation, number, list(blocks), pictures.get(number)))
    else:
        parts.append(_scroll(explanation, shown))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{CSS}</style></head><body>\n"
        + "\n".join(parts)
        + "\n</main></body></html>\n"
    )


def _head(explanation: Explanation, title: str) -> str:
    taken = [run for run in explanation.runs if run.against is None]
    pages = f"{_many(len(explanation.sizes), 'page')}, " if explanation.paged else ""
    found = (
        f"{pages}{_many(len(explanation.blocks), 'block')}, "
        f"{_many(len(explanation.runs), 'run')} proposed, {len(taken):,} taken, "
        f"{_many(explanation.taken, 'entry', 'entries')} found."
    )
    said = "".join(f"<li>{escape(n)}</li>" for n in explanation.notices)
    return (
        f"<header><h1>{escape(title)}</h1>"
        + (f'<p class="title">{escape(explanation.title)}</p>' if explanation.title else "")
        + f"<p>{escape(found)}</p>"
        + (f'<ul class="notices">{said}</ul>' if said else "")
        + "</header><main>"
    )


def _many(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _legend(blocks: Sequence[SeenBlock]) -> str:
    there = {b.role for b in blocks}
    entries = "".join(
        f'<li><span class="chip r-{role}">{escape(words)}</span></li>'
        for role, words in ROLES.items()
        if role in there
    )
    return (
        '<section aria-labelledby="legend"><h2 id="legend">What the colours and marks say</h2>'
        f'<ul class="legend">{entries}</ul><p class="note">✔ taken · = printed again · '
        "✘ in a run that was not taken · ▸ opens a run. A block that was taken is filled.</p>"
        "</section>"
    )


def _runs(explanation: Explanation) -> str:
    """Every run with its votes: the votes that made it, and why it was not taken."""
    if not explanation.runs:
        return "<section><h2>Runs</h2><p>No strategy proposed anything.</p></section>"
    rows = "".join(_run(run) for run in explanation.runs)
    return (
        '<section aria-labelledby="runs"><h2 id="runs">Runs, in the order in which they were '
        "judged</h2><table class='runs'><thead><tr>"
        + _titles("Run", "What and where", "Entries", "Votes", "Score", "Verdict")
        + f"</tr></thead><tbody>{rows}</tbody></table></section>"
    )


def _titles(*titles: str) -> str:
    return "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)


def _run(run: SeenRun) -> str:
    kind = run.kind.replace("_", " ")
    verdict = "Taken." if run.against is None else f"Not taken. {run.against}"
    where = f"on {_pages(run.pages)}" if len(run.pages) else ""
    numbers = f", numbered {run.numbers}" if run.numbers else ""
    return (
        f'<tr class="{"taken" if run.against is None else "missed"}">'
        f'<th scope="row" id="run-{run.number}">{run.number}</th>'
        f"<td><strong>{escape(run.strategy)}</strong>, {escape(kind)} "
        f"{escape(run.place)}</td>"
        f"<td>{run.entries:,}{escape(numbers)} <span class='quiet'>{escape(where)}</span></td>"
        f"<td>{_votes(run)}</td><td class='figure'>{run.score:.2f}</td>"
        f"<td>{escape(verdict)}</td></tr>"
    )


def _pages(pages: Sequence[int]) -> str:
    if len(pages) == 1:
        return f"page {pages[0]}"
    return f"pages {pages[0]} to {pages[-1]}"


def _votes(run: SeenRun) -> str:
    rows = "".join(
        f'<li><span class="vote {"for" if v.weight >= 0 else "contra"}">{v.weight:+.2f}</span> '
        f"{escape(v.sentence)}</li>"
        for v in run.votes
    )
    return f'<ul class="votes">{rows}</ul>'


def _sheet(
    explanation: Explanation, number: int, blocks: list[SeenBlock], png: bytes | None
) -> str:
    """One page: its picture with the blocks drawn over it, and the table beside it."""
    picture = _picture(explanation, number, png) if png is not None else ""
    return (
        f'<section class="sheet" aria-labelledby="page-{number}">'
        f'<h2 id="page-{number}">Page {number}</h2><div class="beside">{picture}'
        f"<div>{_table(blocks)}{_runs_here(explanation, blocks)}</div></div></section>"
    )


def _scroll(explanation: Explanation, blocks: list[SeenBlock]) -> str:
    return (
        '<section aria-labelledby="text"><h2 id="text">The text, block by block</h2>'
        f"{_table(blocks)}{_runs_here(explanation, blocks)}</section>"
    )


def _picture(explanation: Explanation, number: int, png: bytes) -> str:
    wide, high = explanation.sizes[number - 1]
    drawn = "".join(
        _outline(block, place)
        for block in explanation.blocks
        for place in block.places
        if place.page == number
    )
    data = b64encode(png).decode()
    return (
        f'<figure><img src="data:image/png;base64,{data}" alt="Picture of page {number}; the table '
        f'beside it names its blocks in reading order." width="{wide:.0f}" height="{high:.0f}">'
        f'<svg viewBox="0 0 {wide:.1f} {high:.1f}" aria-hidden="true">{drawn}</svg></figure>'
    )


def _outline(block: SeenBlock, place: Place) -> str:
    box = place.box
    left, top = box.left - 2, box.top - 1.5
    wide, high = box.right - box.left + 4, box.bottom - box.top + 3
    # What goes on from the page before keeps the number that it has there.
    order = f"{block.order}" if place.page == block.page else f"‹{block.order}"
    badge = 4.6 + 4.4 * len(order)
    at = max(left - badge, 0)
    return (
        f'<g class="r-{block.role} {block.outcome}">'
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}"/>'
        f'<rect class="badge" x="{at:.1f}" y="{top:.1f}" width="{badge:.1f}" height="9.6"/>'
        f'<text x="{at + badge / 2:.1f}" y="{top + 7.3:.1f}">{order}</text></g>'
    )


def _table(blocks: Iterable[SeenBlock]) -> str:
    rows = "".join(_row(block) for block in blocks)
    return (
        "<table class='blocks'><caption>Blocks in reading order</caption><thead><tr>"
        + _titles("Order", "What it is", "Words", "What became of it")
        + f"</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(block: SeenBlock) -> str:
    mark = _OUTCOMES[block.outcome]
    shown = f"<span aria-hidden='true'>{mark}</span> " if mark else ""
    return (
        f'<tr class="{block.outcome}" id="block-{block.page}-{block.order}">'
        f'<th scope="row"><span class="chip r-{block.role}">{block.order}</span></th>'
        f"<td>{_what(block)}</td><td>{_words(block)}</td>"
        f"<td>{shown}{escape(block.why)}{_links(block)}</td></tr>"
    )


def _what(block: SeenBlock) -> str:
    told = [f"<strong>{escape(ROLES[block.role])}</strong>"]
    if block.level is not None:
        told.append(f"level {block.level}, weight {block.weight or 0:.3g}")
    if block.style:
        told.append(escape(block.style))
    return "<br>".join((told[0], *(f'<span class="quiet">{t}</span>' for t in told[1:])))


def _words(block: SeenBlock) -> str:
    label = f'<span class="label">{escape(block.label)}</span> ' if block.label else ""
    under = (
        f'<br><span class="quiet">under “{escape(block.section)}”</span>' if block.section else ""
    )
    return f"{label}{escape(block.words)}{under}"


def _links(block: SeenBlock) -> str:
    if not block.runs:
        return ""
    links = ", ".join(f'<a href="#run-{n}">{n}</a>' for n in block.runs)
    word = "run" if len(block.runs) == 1 else "runs"
    return f'<br><span class="quiet">In {word} {links}.</span>'


def _runs_here(explanation: Explanation, blocks: Sequence[SeenBlock]) -> str:
    """The votes on the runs of these blocks, so that nobody has to look elsewhere for them."""
    here = sorted({n for b in blocks for n in b.runs})
    if not here:
        return ""
    shown = "".join(
        f"<dt>Run {n}: {run.score:.2f}, {'taken' if run.against is None else 'not taken'}</dt>"
        f"<dd>{_votes(run)}</dd>"
        for n in here
        if (run := explanation.runs[n - 1]) is not None
    )
    return f'<h3>Votes on the runs of this page</h3><dl class="here">{shown}</dl>'
