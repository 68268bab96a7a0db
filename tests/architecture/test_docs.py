"""The docs say what the program does: generated pages are in step, every command parses."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from answerable.cli import NOUNS
from answerable.settings import SETTINGS
from tools.manuals import nouns
from tools.reference import GENERATORS, out_of_step

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)
SPAN = re.compile(r"`(answerable [a-z][^`…|\[]*)`")  # not the usage lines of the reference
NAME = re.compile(r"\bANSWERABLE_[A-Z_]+\b")


def commands_in(page: Path) -> Iterator[str]:
    """Every `answerable` command in a page's code blocks and in its sentences."""
    text = page.read_text(encoding="utf-8")
    for block in BLOCK.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            if line.strip().startswith("answerable "):
                yield line.strip()
    yield from SPAN.findall(text)


def problem_with(line: str) -> str:
    """Why a command is none of ours; nothing where it would parse."""
    words = shlex.split(line, comments=True)[1:]
    command: click.Command = click.Group("answerable", commands=nouns())
    context = click.Context(command)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words.pop(0))
        if found is None:
            return f"{line}: there is no such command"
        command, context = found, click.Context(found)
    if isinstance(command, click.Group) or not words:
        return ""  # named in a sentence, without its arguments
    try:
        given, left, order = command.make_parser(context).parse_args(list(words))
        for parameter in dict.fromkeys(order):
            value = given.get(str(parameter.name))
            if isinstance(parameter.type, click.Choice | click.IntRange) and value is not None:
                parameter.type_cast_value(context, value)
        if left:
            return f"{line}: {' '.join(left)} is too much"
    except click.UsageError as error:
        return f"{line}: {error.format_message()}"
    return ""


@pytest.mark.parametrize("page", sorted(GENERATORS))
def test_a_generated_page_is_in_step(page: str) -> None:
    assert page not in out_of_step(), "run: make docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_command_in_the_docs_exists(page: Path) -> None:
    assert [p for line in commands_in(page) if (p := problem_with(line))] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_setting_in_the_docs_exists(page: Path) -> None:
    known = {d.name for d in SETTINGS}
    assert set(NAME.findall(page.read_text(encoding="utf-8"))) - known - {"ANSWERABLE_"} == set()


def test_the_administrators_page_shows_every_noun_of_daily_work() -> None:
    page = ROOT / "docs/how-to/administrator.md"
    used = {line.split()[1] for line in commands_in(page)}
    assert set(NOUNS) - used <= {"report", "register", "gaps"}, "the governance officer's"


@pytest.mark.parametrize(
    "line",
    [
        "answerable nonsense",
        "answerable backup burn x",
        "answerable serve --prot 1",
        "answerable user invite a@b.example --name X --role king",
        "answerable audit verify everything",
    ],
)
def test_a_command_that_does_not_exist_is_found(line: str) -> None:
    assert problem_with(line)
