"""The five laws as checks over a tree of source code. Each returns what it found, in sentences."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SUBJECTS = (
    "audit",
    "accounts",
    "reports",
    "register",
    "plan",
    "assurance",
    "handover",
    "chasing",
    "gaps",
    "publishing",
)
MODULE_LINES = 400
FUNCTION_LINES = 50

ALWAYS_WRITES = {
    "save", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "acreate", "asave",
    "aget_or_create", "aupdate_or_create", "adelete", "aupdate", "abulk_create",
}  # fmt: skip
WRITES_ON_MANAGERS = {"create", "update", "delete", "add", "set", "remove", "clear"}
MANAGER = re.compile(r"\.(objects|_base_manager|_default_manager)\b|\.(filter|exclude|all)\(")
FORBIDDEN_NAMES = {"core", "common", "utils", "util", "helpers", "helper", "manager", "misc"}
NOT_A_MODEL = {
    "src/answerable/engine", "src/answerable/world",
}  # fmt: skip


def sources(tree: Path) -> Iterator[tuple[str, ast.Module, str]]:
    """(path in the tree, syntax, text) of every module of the product but its migrations."""
    for path in sorted((tree / "src" / "answerable").rglob("*.py")):
        if "migrations" not in path.parts:
            text = path.read_text(encoding="utf-8")
            yield path.relative_to(tree).as_posix(), ast.parse(text), text


def _is_actions(name: str) -> bool:
    return name.endswith("/actions.py") or "/actions/" in name


def _writes(node: ast.Call) -> bool:
    if not isinstance(node.func, ast.Attribute):
        return False
    receiver = ast.unparse(node.func.value)
    if node.func.attr in ALWAYS_WRITES:
        # A workbook or a picture is saved too: those are not models.
        return not re.search(
            r"(book|image|picture|pdf|document|docx|storage|form|out|quantize\(.*\))$",
            receiver,
            re.I,
        )
    return node.func.attr in WRITES_ON_MANAGERS and bool(MANAGER.search(receiver))


def writes_outside_actions(tree: Path) -> list[str]:
    """Law 2: only ``actions`` write to models."""
    return [
        f"{name}:{node.lineno} writes with .{node.func.attr}() outside an actions.py"
        for name, syntax, _ in sources(tree)
        if not _is_actions(name) and not any(name.startswith(n) for n in NOT_A_MODEL)
        for node in ast.walk(syntax)
        if isinstance(node, ast.Call) and _writes(node) and isinstance(node.func, ast.Attribute)
    ]


def _decorated(node: ast.FunctionDef, name: str) -> bool:
    return any(isinstance(d, ast.Name) and d.id == name for d in node.decorator_list)


def actions_by_position(tree: Path) -> list[str]:
    """Law 2: an act takes keywords only, and says by whom."""
    found = []
    for name, syntax, _ in sources(tree):
        if not _is_actions(name) or name.startswith("src/answerable/audit/"):
            continue
        for node in ast.walk(syntax):
            if not isinstance(node, ast.FunctionDef) or not _decorated(node, "act"):
                continue
            if node.args.args or node.args.posonlyargs:
                found.append(f"{name}:{node.lineno} {node.name} takes arguments by position")
            if "by" not in {a.arg for a in node.args.kwonlyargs}:
                found.append(f"{name}:{node.lineno} {node.name} does not say by= whom")
    return found


def signals(tree: Path) -> list[str]:
    """Law 2: no signals of models; what happens after a write stands in its action."""
    pattern = re.compile(
        r"from django\.db\.models\.signals|django\.dispatch import (Signal|receiver)"
    )
    return [
        f"{name}:{n} uses a signal"
        for name, _, text in sources(tree)
        for n, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def hidden_imports(tree: Path) -> list[str]:
    """Law 1: no import inside a function, where the linter's map would not show why."""
    return [
        f"{name}:{inner.lineno} imports inside {node.name}()"
        for name, syntax, _ in sources(tree)
        for node in ast.walk(syntax)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]


def large(tree: Path) -> list[str]:
    """Law 5: modules to 400 lines, functions to 50."""
    found = []
    for name, syntax, text in sources(tree):
        if (lines := text.count("\n")) > MODULE_LINES:
            found.append(f"{name} has {lines} lines")
        for node in ast.walk(syntax):
            if isinstance(node, ast.FunctionDef) and node.end_lineno:
                length = node.end_lineno - node.lineno + 1
                if length > FUNCTION_LINES:
                    found.append(f"{name}:{node.lineno} {node.name} has {length} lines")
    return found


def vague_names(tree: Path) -> list[str]:
    """Nothing is called core, common, utils, helpers or manager."""
    return [
        f"{name} has a name that says nothing"
        for name, _, _ in sources(tree)
        if FORBIDDEN_NAMES & {Path(part).stem for part in Path(name).parts}
    ]


def hidden_rules(tree: Path) -> list[str]:
    """Law 3: refusals are raised by rules and actions, never by a page."""
    return [
        f"{name}:{node.lineno} raises Refused outside a rule"
        for name, syntax, _ in sources(tree)
        if name.startswith("src/answerable/desk/views")
        for node in ast.walk(syntax)
        if isinstance(node, ast.Raise) and node.exc and "Refused(" in ast.unparse(node.exc)
    ]


DOC_PATH = re.compile(
    r"`((?:src|tests|docs|bench|tools|design|\.ci)/[\w./-]+)`|\]\((?!https?:|#|mailto:)([^)#\s]+)"
)


def dead_names_in_docs(tree: Path) -> list[str]:
    """Docs name only files that exist."""
    found = []
    for doc in [*tree.glob("*.md"), *tree.glob("docs/**/*.md"), *tree.glob("design/*.md")]:
        for match in DOC_PATH.finditer(doc.read_text(encoding="utf-8")):
            base, target = (tree, match[1]) if match[1] else (doc.parent, match[2])
            if not (base / target.rstrip("/")).exists():
                found.append(f"{doc.relative_to(tree)} names {target}, which does not exist")
    return found


def broken_contracts(tree: Path) -> list[str]:
    """Law 1 by import-linter: layers, and the order of the four files."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(
        command,
        cwd=tree,
        env={"PYTHONPATH": str(tree / "src"), "PATH": ""},
        capture_output=True,
        text=True,
    )
    if done.returncode == 0:
        return []
    said = [line.strip() for line in done.stdout.splitlines()]
    said = [line for line in said if line and not line.startswith(("Analyzed", "Contracts:"))]
    return [line for line in said if BROKEN.search(line)] or [done.stdout + done.stderr]


BROKEN = re.compile(
    r"BROKEN|is not allowed to import|missing layer|not listed|^-   ?answerable|does not exist"
)
OPEN_PAGES = """
import django; django.setup()
from django.urls import get_resolver
from answerable.accounts.gate import is_public
def walk(patterns, prefix=""):
    for p in patterns:
        if hasattr(p, "url_patterns"):
            yield from walk(p.url_patterns, prefix + str(p.pattern))
        elif is_public(p.callback):
            yield prefix + str(p.pattern)
print("\\n".join(sorted(set(walk(get_resolver().url_patterns)))))
"""


def open_pages(tree: Path, data: Path) -> list[str]:
    """Law 4: the address patterns of every page that needs no sign-in, as the product runs."""
    env = {
        "PYTHONPATH": str(tree / "src"),
        "DJANGO_SETTINGS_MODULE": "answerable.settings",
        "ANSWERABLE_DATA": str(data),
        "PATH": "",
    }
    done = subprocess.run(
        [sys.executable, "-c", OPEN_PAGES], env=env, capture_output=True, text=True, check=True
    )
    return done.stdout.split("\n")[:-1]


CHECKS = (
    writes_outside_actions, actions_by_position, signals, hidden_imports, large, vague_names, hidden_rules,
    dead_names_in_docs, broken_contracts,
)  # fmt: skip
