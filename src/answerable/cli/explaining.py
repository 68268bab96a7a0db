"""`answerable report explain`: why each block of a document was, or was not, taken."""

import sys
from pathlib import Path

import click

from answerable.cli.telling import aside, example, tell
from answerable.engine.documents import explaining
from answerable.engine.documents.safely import explain_safely
from answerable.engine.documents.shapes import Limits, Unreadable


@click.command(
    epilog=example(
        "answerable report explain inspection.pdf",
        "answerable report explain --page 12 --page 13 inspection.pdf",
    )
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--page", "pages", type=click.IntRange(min=1), multiple=True, help="Only this page; repeatable."
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Where to write the page; beside you, under the file's name, where it is not given.",
)
def explain(file: Path, pages: tuple[int, ...], out: Path | None) -> None:
    """Show how FILE is read: every block, run and vote, drawn on pictures of its pages.

    Writes one HTML page that needs nothing beside it, and prints its path. It holds the document's
    words: keep it as you keep the document. Neither settings nor a database are needed.
    """
    try:
        explanation, pictures = explain_safely(file, pages=pages, limits=Limits(), name=file.name)
    except Unreadable as error:
        aside(f"{file.name}: {error.sentence}")
        sys.exit(1)
    path = out or Path(f"{file.stem}.explained.html")
    path.write_text(explaining.as_html(explanation, pictures, name=file.name), encoding="utf-8")
    if explanation.paged and not pages and len(pictures) < len(explanation.sizes):
        aside(f"Time allowed {len(pictures):,} pages to be drawn; choose others with --page.")
    tell(str(path))
