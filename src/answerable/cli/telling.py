"""How every command tells what happened: to people in sentences, to machines in JSON."""

import json
import sys
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def json_option(command: F) -> F:
    """The option ``--json``: for machines, one JSON object a line on standard output."""
    return click.option(
        "--json", "as_json", is_flag=True, help="For machines: JSON on standard output."
    )(command)


def example(*commands: str) -> str:
    """The end of a command's help: how it is used, line by line."""
    return "\b\n" + "\n".join(["Example:", *(f"  {command}" for command in commands)])


def tell(sentence: str) -> None:
    """Say something to a person."""
    click.echo(sentence)


def aside(sentence: str) -> None:
    """Say something that is not the answer: progress, warnings."""
    click.echo(sentence, err=True)


def as_line(value: object) -> None:
    """One JSON value on a line of its own, escaped where the words are no text (a name in bytes)."""
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        line = json.dumps(value)
    click.echo(line)


def plural(count: int, one: str, many: str = "") -> str:
    """``1 step``, ``2 steps``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def refuse(sentence: str) -> NoReturn:
    """A rule refused: say why, and exit 1."""
    click.echo(sentence, err=True)
    sys.exit(1)
