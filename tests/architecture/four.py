"""Checks that nothing merges the four questions, over a tree of source code, in sentences."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.laws import sources

MERGED = {"status", "rag", "overall", "traffic_light", "completion", "percent_complete", "maturity"}
"""Names that say one thing about more than one question."""
WHERE = ("register", "plan", "assurance", "chasing", "publishing", "desk", "handover", "html")
OF_SOMETHING_ELSE = {
    "src/answerable/publishing/served.py",  # of an answer over HTTP
}
COMPONENTS = {
    "parts/four.html",
    "parts/four-words.html",
    "publishing/parts/stands.html",  # a line of the public lists, each answer under its own name
}
"""The only templates that draw the four answers."""
NAMES = re.compile(r"\b(response|delivery|assurance|effect)\.(answer|words)\b")
TAG = re.compile(r"\{%\s*(four|four_words)\b")
CLASSES = re.compile(r"\b(an-(?:status|rag|overall|red|amber|green|traffic)[\w-]*)")
DONE = re.compile(r"(%|per ?cent)\s*(complete|done|implemented|delivered)", re.I)


def _plain(word: str) -> str:
    return re.sub(r"\W+", "_", word.strip().lower())


def _named(syntax: ast.Module) -> Iterator[tuple[int, str]]:
    """Names of fields, members and keys, and short texts that could be a heading or a value."""
    for node in ast.walk(syntax):
        if isinstance(node, ast.ClassDef):
            for line in node.body:
                targets = (
                    line.targets
                    if isinstance(line, ast.Assign)
                    else [getattr(line, "target", None)]
                )
                yield from ((line.lineno, t.id) for t in targets if isinstance(t, ast.Name))
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 40
        ):
            yield node.lineno, node.value


def merged_names(tree: Path) -> list[str]:
    """No field, choice, filter, column or key is named after more than one question."""
    return [
        f"{name}:{line} has “{word}”, which would merge the four questions"
        for name, syntax, _ in sources(tree)
        if name.startswith(tuple(f"src/answerable/{where}/" for where in WHERE))
        and name not in OF_SOMETHING_ELSE
        for line, word in _named(syntax)
        if _plain(word) in MERGED
    ]


def _templates(tree: Path) -> Iterator[tuple[str, str]]:
    folder = tree / "src" / "answerable" / "templates"
    for path in sorted(folder.rglob("*.html")):
        yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")


def drawn_elsewhere(tree: Path) -> list[str]:
    """The answers are drawn by the components, which always draw all four in their order."""
    return [
        f"templates/{name} draws answers of the four questions by itself"
        for name, text in _templates(tree)
        if name not in COMPONENTS and NAMES.search(TAG.sub("", text))
    ]


def merged_in_pages(tree: Path) -> list[str]:
    """No colour of a traffic light, and no share that is “complete”, on any page."""
    looked = dict(_templates(tree))
    for path in sorted((tree / "src" / "answerable" / "static").glob("*.css")):
        looked[path.name] = path.read_text(encoding="utf-8")
    return [
        f"{name} has “{found[0]}”"
        for name, text in looked.items()
        for found in (*CLASSES.finditer(text), *DONE.finditer(text))
    ]


CHECKS = (merged_names, drawn_elsewhere, merged_in_pages)
