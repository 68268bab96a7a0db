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


def tell(sentence: str) -> None:
    """Say something to a person."""
    click.echo(sentence)


def aside(sentence: str) -> None:
    """Say something that is not the answer: progress, warnings."""
    click.echo(sentence, err=True)


def as_line(value: object) -> None:
    """One JSON value on a line of its own."""
    click.echo(json.dumps(value, ensure_ascii=False))


def refuse(sentence: str) -> NoReturn:
    """A rule refused: say why, and exit 1."""
    click.echo(sentence, err=True)
    sys.exit(1)
