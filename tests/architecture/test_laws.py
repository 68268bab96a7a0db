"""The five laws hold, and each check fails when its law is broken in a copy of the tree."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import laws

TREE = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("public_pages.txt")

Check = Callable[[Path], list[str]]


def name_of(check: object) -> str:
    return getattr(check, "__name__", str(check)).replace("_", " ")


@pytest.mark.parametrize("check", laws.CHECKS, ids=name_of)
def test_the_tree_keeps_the_law(check: Check) -> None:
    assert check(TREE) == []


def test_every_page_needs_sign_in_or_is_in_the_list(tmp_path: Path) -> None:
    assert laws.open_pages(TREE, tmp_path) == LIST.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the tree in which a law can be broken."""
    there = tmp_path / "tree"
    shutil.copytree(
        TREE / "src",
        there / "src",
        ignore=shutil.ignore_patterns("__pycache__", "static", "node_modules"),
    )
    for name in ("docs", "design"):
        if (TREE / name).is_dir():
            shutil.copytree(
                TREE / name, there / name, ignore=shutil.ignore_patterns("node_modules", "*.png")
            )
    for page in [*TREE.glob("*.md"), TREE / "pyproject.toml"]:
        shutil.copy(page, there)
    return there


def plant(tree: Path, name: str, text: str) -> None:
    path = tree / "src/answerable" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


LONG = "\n\ndef long_one() -> int:\n" + "    x = 1\n" * 60 + "    return x\n"

PLANTED = [
    (laws.broken_contracts, "audit/queries.py", "\nfrom answerable.register import models as _up\n"),
    (laws.broken_contracts, "accounts/models.py", "\nfrom answerable.accounts import rules as _up\n"),
    (laws.broken_contracts, "engine/clocks.py", "\nimport django\n"),
    (laws.broken_contracts, "newcomer.py", '"""A module that no layer names."""\n'),
    (laws.hidden_imports, "accounts/gate.py", "\n\ndef hidden() -> None:\n    import json\n    json.dumps(1)\n"),
    (laws.writes_outside_actions, "accounts/queries.py", "\n\ndef sly(person):\n    person.save()\n"),
    (laws.writes_outside_actions, "desk/context.py", "\n\ndef sly():\n    Person.objects.filter(pk=1).update(name='x')\n"),
    (laws.actions_by_position, "accounts/actions/sly.py", "\n\n@act\ndef sly(person):\n    pass\n"),
    (laws.signals, "accounts/apps.py", "\nfrom django.db.models.signals import post_save\n"),
    (laws.hidden_rules, "desk/views/sly.py", "\n\ndef sly(request):\n    raise Refused('no')\n"),
    (laws.large, "engine/chain.py", LONG),
    (laws.large, "engine/many.py", "x = 1\n" * 401),
    (laws.vague_names, "accounts/utils.py", "x = 1\n"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "name", "text"), PLANTED, ids=[f"{name_of(c)} in {n}" for c, n, _ in PLANTED]
)
def test_a_planted_violation_is_found(copy: Path, check: Check, name: str, text: str) -> None:
    before = check(copy)
    plant(copy, name, text)
    assert set(check(copy)) - set(before)


def test_a_page_opened_without_being_listed_is_found(copy: Path, tmp_path: Path) -> None:
    plant(
        copy,
        "desk/urls.py",
        "\nfrom django.urls import path as _path\nfrom django.http import HttpResponse as _R\n"
        "from answerable.accounts.gate import public as _public\n\n\n@_public\ndef _sly(request):\n    return _R('x')\n\n\n"
        "urlpatterns.append(_path('sly', _sly))\n",
    )
    assert "desk/sly" in laws.open_pages(copy, tmp_path / "data")


def test_a_file_that_docs_name_and_nobody_has_is_found(copy: Path) -> None:
    before = laws.dead_names_in_docs(copy)
    (copy / "README.md").open("a").write(
        "\nSee `src/answerable/nowhere.py` and [this](docs/nowhere.md).\n"
    )
    assert len(set(laws.dead_names_in_docs(copy)) - set(before)) == 2
