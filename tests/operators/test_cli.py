"""The command itself: help that teaches, exit codes, and what is told when nothing works."""

import json
import os

import click
import pytest
from click.testing import CliRunner

from answerable.cli import NOUNS, main
from answerable.cli.telling import as_line, plural
from tests.operators.conftest import Installation
from tools.manuals import commands

COMMANDS = list(commands())


def test_the_nouns_are_listed_without_starting_anything(bare: Installation) -> None:
    said = bare.does("--help")
    assert all(noun in said for noun in NOUNS)
    assert not bare.data.exists()


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[n for n, _ in COMMANDS])
def test_every_command_has_help_with_an_example(name: str, command: click.Command) -> None:
    said = CliRunner().invoke(command, ["--help"]).output
    assert command.help
    assert "Example:" in said
    assert name in said
    missing = [p.name for p in command.params if isinstance(p, click.Option) and not p.help]
    assert missing == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("edition", "nonsense"),
        ("report", "ingest"),
        ("report", "ingest", "--dry-run", "nowhere.pdf"),
        ("serve", "--port", "0"),
        ("user", "invite", "x@y.example", "--name", "X", "--role", "king"),
        ("edition", "export", "three", "x.zip"),
        ("edition", "verify", "nowhere"),
    ],
)
def test_bad_use_is_exit_code_2(bare: Installation, arguments: tuple[str, ...]) -> None:
    assert "Usage:" in bare.refuses(*arguments, code=2)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ANSWERABLE_OFICE", "x", "Did you mean ANSWERABLE_OFFICE?"),
        ("ANSWERABLE_DEBUG", "perhaps", "must be yes or no"),
        ("ANSWERABLE_DATABASE", "mysql://x/y", "must be sqlite"),
        ("ANSWERABLE_SECRET_KEY", "short", "too short"),
        ("ANSWERABLE_OIDC_NAME", "Office", "also needs"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(
    bare: Installation, name: str, value: str, sentence: str
) -> None:
    wrong = Installation(bare.data, settings={name: value})
    said = wrong.refuses("migrate", code=2)
    assert said.startswith("Answerable cannot start: ")
    assert sentence in said


@pytest.mark.parametrize("database", ["postgresql://x@127.0.0.1:9/none", "sqlite:////nowhere/x"])
@pytest.mark.parametrize("command", ["migrate", "report list"])
def test_a_database_that_does_not_answer_is_told_in_a_sentence(
    bare: Installation, database: str, command: str
) -> None:
    away = Installation(bare.data, database)
    assert "Run: answerable doctor" in away.refuses(*command.split())


def test_migrating_says_what_it_did_and_may_be_repeated(bare: Installation) -> None:
    assert "is up to date (" in bare.does("migrate")
    assert "was up to date" in bare.does("migrate")


def test_a_line_for_machines_takes_any_name(capsys: pytest.CaptureFixture[str]) -> None:
    name = os.fsdecode(b"r\xe9sum\xe9.pdf")
    as_line({"file": name, "said": "é"})
    as_line({"said": "é 日本"})
    first, second = capsys.readouterr().out.splitlines()
    assert json.loads(first)["file"] == name
    assert second == '{"said": "é 日本"}'


def test_one_is_not_many() -> None:
    assert (plural(1, "step"), plural(2, "step"), plural(1200, "body", "bodies")) == (
        "1 step",
        "2 steps",
        "1,200 bodies",
    )


def test_version() -> None:
    assert "version" in CliRunner().invoke(main, ["--version"]).output
