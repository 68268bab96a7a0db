"""Each guard of the rules, switched off one at a time, to see whether it is needed.

A guard is one place in ``rules/*.py`` where an act is refused, or where another rule is asked. In
a child process it is taken out of the function that holds it; what would have been refused there is
counted, and what came of it.
"""

import ast
import importlib
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType, ModuleType

from answerable.audit.rules import Refused

MODULES = (
    "answerable.plan.rules.closing_tests",
    "answerable.plan.rules.claims",
    "answerable.plan.rules.moves",
    "answerable.plan.rules.planned",
    "answerable.plan.rules.succession",
    "answerable.plan.rules.who",
    "answerable.assurance.rules.evidence",
    "answerable.assurance.rules.samples",
    "answerable.assurance.rules.independence",
    "answerable.assurance.rules.opinions",
    "answerable.assurance.rules.closing",
    "answerable.register.rules.likeness",
    "answerable.register.rules.links",
    "answerable.register.rules.objections",
    "answerable.register.rules.outside_links",
    "answerable.accounts.rules.permissions",
)
ONLY = {
    "answerable.accounts.rules.permissions": {
        "check_may",
        "check_may_for",
        "check_may_judge",
        "check_not_same",
        "check_may_hold",
    }
}
"""Of modules that guard more than plans and assurance, the functions that guard these."""
ACTS_OF = {
    "planned": ("planned", "services"),
    "independence": ("interests", "opinions", "closing", "samples", "evidence"),
    "opinions": ("opinions",),
    "closing": ("closing", "opinions"),
}
"""The modules of actions that ask a module of rules, where they are not called the same."""


@dataclass(frozen=True, slots=True)
class Guard:
    """One place: the module, the function, the line, and what it says or asks."""

    module: str
    function: str
    line: int
    words: str

    @property
    def name(self) -> str:
        short = self.module.removeprefix("answerable.").replace(".rules.", "/")
        return f"{short}.{self.function}:{self.line}"

    @property
    def acts(self) -> tuple[str, ...]:
        """The modules of actions that ask it."""
        noun = self.module.rsplit(".", 1)[1]
        return ACTS_OF.get(noun, (noun,))


def _called(node: ast.stmt) -> str:
    call = node.value if isinstance(node, ast.Expr) else None
    if not isinstance(call, ast.Call):
        return ""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _is_guard(node: ast.stmt) -> bool:
    if isinstance(node, ast.Raise):
        return node.exc is not None
    return _called(node).lstrip("_").startswith("check_")


def _functions(module: ModuleType) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(inspect.getsource(module))
    wanted = ONLY.get(module.__name__)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and (wanted is None or node.name in wanted):
            yield node


def guards() -> list[Guard]:
    """Every guard, in the order of the files."""
    found = []
    for name in MODULES:
        for function in _functions(importlib.import_module(name)):
            for node in ast.walk(function):
                if isinstance(node, ast.stmt) and _is_guard(node):
                    words = " ".join(ast.unparse(node).split())
                    found.append(Guard(name, function.name, node.lineno, words[:140]))
    return found


class _TakeOut(ast.NodeTransformer):
    """Puts, in the place of one guard, a mark that it would have refused."""

    def __init__(self, line: int) -> None:
        self.line = line

    def _mark(self) -> ast.stmt:
        return ast.parse("_would_have_refused()").body[0]

    def visit_Raise(self, node: ast.Raise) -> ast.stmt:
        return self._mark() if node.lineno == self.line else node

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        if node.lineno != self.line or not _is_guard(node):
            return node
        tried = ast.parse("try:\n    pass\nexcept _Refused:\n    _would_have_refused()").body[0]
        assert isinstance(tried, ast.Try)
        tried.body = [node]
        return tried


@dataclass
class Off:
    """A guard that is off, and how often it would have refused."""

    guard: Guard
    fired: int = 0

    def __call__(self) -> None:
        self.fired += 1


def _code_of(module: CodeType, function: str) -> CodeType:
    return next(c for c in module.co_consts if isinstance(c, CodeType) and c.co_name == function)


@contextmanager
def off(guard: Guard) -> Iterator[Off]:
    """While it lasts, a guard is out of its function, for everyone who asks it in this process."""
    module = importlib.import_module(guard.module)
    tree = _TakeOut(guard.line).visit(ast.parse(inspect.getsource(module)))
    code = compile(ast.fix_missing_locations(tree), str(module.__file__), "exec")
    mark, function = Off(guard), getattr(module, guard.function)
    module.__dict__.update(_would_have_refused=mark, _Refused=Refused)
    kept = function.__code__
    function.__code__ = _code_of(code, guard.function)
    try:
        yield mark
    finally:
        function.__code__ = kept
