"""Reference pages for operators and readers of the record: commands, settings, verbs, states."""

import importlib
import inspect
from collections.abc import Iterator

import click
from django.conf import settings
from django.db.models import TextChoices

from answerable.assurance.models import Closure, Evidence, Grade, Judgement, Reopening
from answerable.audit.rules import VERBS
from answerable.cli import NOUNS
from answerable.plan.models import DateOf, Pattern, Rung
from answerable.publishing.models import Edition
from answerable.register.models import Clock, Position, Relation, Stands
from answerable.reports.models import Decision, Document
from answerable.settings import SETTINGS
from tools.lives_page import lives
from tools.markdown import page, table

# --- Commands --------------------------------------------------------------------------------------


def nouns() -> dict[str, click.Command]:
    """Every noun of the command, by its name."""
    return {
        noun: getattr(importlib.import_module(f"answerable.cli.{module}"), noun)
        for noun, (module, _) in NOUNS.items()
    }


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with all the words that call it."""
    for noun, found in nouns().items():
        if isinstance(found, click.Group):
            asked = click.Context(found)
            for verb in dict.fromkeys([*found.commands, *found.list_commands(asked)]):
                if command := found.get_command(asked, verb):
                    yield f"answerable {noun} {verb}", command
        else:
            yield f"answerable {noun}", found


def _words(text: str | None) -> str:
    """Help as paragraphs, without the signs that are for the terminal."""
    return inspect.cleandoc((text or "").replace("\b\n", ""))


def _example(command: click.Command) -> list[str]:
    lines = _words(command.epilog).splitlines()[1:]
    return ["```sh", *(line.removeprefix("  ") for line in lines), "```", ""] if lines else []


def _option(option: click.Option) -> tuple[str, str]:
    names = ", ".join([*option.opts, *option.secondary_opts])
    value = "" if option.is_flag else f" {option.make_metavar(click.Context(click.Command('x')))}"
    shown = option.show_default and option.default is not None and not option.is_flag
    default = f" Default: {option.default}." if shown else ""
    needed = " Required." if option.required else ""
    return (
        f"`{names}{value}`".replace("|", "\\|"),
        f"{option.help or ''}{needed}{default}".strip(),
    )


def _command(name: str, command: click.Command) -> str:
    arguments = [p for p in command.params if isinstance(p, click.Argument)]
    options = [p for p in command.params if isinstance(p, click.Option)]
    named = (p.make_metavar(click.Context(command)) for p in arguments)
    usage = " ".join([name, *(["[OPTIONS]"] if options else []), *named])
    parts = [f"## {name}", "", f"`{usage}`", "", _words(command.help), "", *_example(command)]
    if options:
        parts.append(table(("Option", "Meaning"), map(_option, options)))
    return "\n".join(parts).rstrip()


def cli() -> str:
    """Every command, from the command itself."""
    return page(
        "Commands",
        "`answerable`, a noun, a verb. Exit codes: 0 done, 1 a rule refused or something did not\n"
        "verify, 2 bad use. With `--json`, one JSON object a line on standard output; sentences for\n"
        "people go to standard error. Every command has `--help`.",
        *(_command(name, command) for name, command in commands()),
    )


# --- Settings --------------------------------------------------------------------------------------


def _default(default: str) -> str:
    """A default as it is on any machine."""
    plain = default.replace(str(settings.DATA.resolve()), "data").replace(
        str(settings.DATA), "data"
    )
    return f"`{plain}`" if plain else "–"


def settings_page() -> str:
    """Every setting, from the file that reads them."""
    rows = ((f"`{d.name}`", d.help, _default(d.default)) for d in SETTINGS)
    return page(
        "Settings",
        "Settings are read from the environment when a process starts. A name that begins with\n"
        "`ANSWERABLE_` and is not in this table, or a value that cannot be read, stops the start with a\n"
        "sentence. `answerable doctor` says what is missing. Nothing here is needed to begin.",
        table(("Name", "Meaning", "Default"), rows),
    )


# --- Verbs and states ------------------------------------------------------------------------------


def verbs() -> str:
    """Every verb of the audit chain, and its sentence."""
    return page(
        "Events of the audit chain",
        "Every act writes one event with one of these verbs, in the same transaction. The sentence\n"
        "follows the name of who did it; what stands in `{…}` comes from the event's facts. Words that\n"
        "people wrote, and their names, are never among the facts: the chain holds only salted\n"
        "digests of them, so that a person can be forgotten and the chain still verifies.",
        table(("Verb", "Sentence"), ((f"`{verb}`", said) for verb, said in VERBS.items())),
    )


STATES: tuple[tuple[str, str, type[TextChoices]], ...] = (
    ("Documents", "From arrival to having been read.", Document.State),
    (
        "Decisions on candidates",
        "What a person decided on what the engine proposed.",
        Decision.Outcome,
    ),
    ("Answers of bodies", "Where an undertaking stands; never a colour.", Stands),
    ("Positions", "What the overseer reads in a reply.", Position),
    ("Clocks", "Whether a time limit runs.", Clock.State),
    (
        "Links",
        "How a later recommendation stands to an earlier one, in a link that is signed.",
        Relation,
    ),
    ("Patterns of closing tests", "The ways of looking that are offered.", Pattern),
    (
        "Claims",
        "What a body says of its own delivery; it never says more than “ready for assessment”.",
        Rung,
    ),
    ("Dates in a plan", "Whose date it is; only the overseer moves the overseer’s.", DateOf),
    ("Evidence", "In what form it is handed in.", Evidence.Kind),
    ("Grades of evidence", "What it can carry, from least to most.", Grade),
    ("Opinions", "What a verifier says she has seen; whether it stands is computed.", Judgement),
    ("Closures", "On what the chair closes an undertaking.", Closure.How),
    ("Reopenings", "Why what was closed is open again.", Reopening.Because),
    ("Editions", "From proposal to publication; a published one never changes.", Edition.State),
)


def states() -> str:
    """The states that things can be in, from the models."""
    parts = (
        f"## {title}\n\n{words}\n\n"
        + table(("In data", "In words"), ((f"`{s.value}`", str(s.label)) for s in choices))
        for title, words, choices in STATES
    )
    words = "The words that data and pages use for where a thing stands, and how it gets from one to another."
    return page("States", words, *parts, lives())


PAGES = {
    "docs/reference/cli.md": cli,
    "docs/reference/settings.md": settings_page,
    "docs/reference/verbs.md": verbs,
    "docs/reference/states.md": states,
}
"""Each page, and what makes it."""
