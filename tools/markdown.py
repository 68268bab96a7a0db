"""The little Markdown that the generated reference pages are made of."""

from collections.abc import Iterable

NOTE = "<!-- Made by `make docs` from the program. Do not edit: change the program instead. -->"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def page(title: str, *parts: str) -> str:
    """A generated page."""
    return "\n\n".join([f"# {title}", NOTE, *parts]) + "\n"
