"""For operators: `answerable <noun> <verb>`.

Exit codes: 0 done, 1 a rule refused or something did not verify, 2 bad use. A noun's module is
loaded only when it is used, after Django is ready; reading a document (`report ingest --dry-run`)
and checking a copy of an edition (`edition verify PATH`) never start Django at all.
"""

import importlib
import os
import sys
from collections.abc import Mapping
from typing import Any

import click
import django
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import Error

from answerable.audit.rules import Refused
from answerable.environment import Misconfigured

NOUNS: dict[str, tuple[str, str]] = {
    "demo": ("world", "Set up and run the product with the example world."),
    "serve": ("running", "Run the web server, and the background worker beside it."),
    "worker": ("running", "Run only the background worker."),
    "migrate": ("running", "Bring the database up to this version."),
    "doctor": ("doctor", "Say what is set up, what is missing and how to mend it."),
    "user": ("people", "Invite people."),
    "report": ("ingest", "Read documents and put them into the register."),
    "register": ("importing", "Bring an office’s spreadsheet of recommendations in."),
    "reading": ("reviewing", "See how well documents are read in real use."),
    "likeness": ("likeness", "Find what repeats: compare recommendations with each other."),
    "gaps": ("gaps", "Say what is missing of everything that was asked."),
    "closures": ("closures", "Look again at what was closed."),
    "chasing": ("chasing", "Remind bodies of what they owe, and people of what needs them."),
    "audit": ("chain", "Verify the record of who did what."),
    "edition": ("editions", "Publish, verify, export and list editions."),
    "handover": ("handovers", "Give a body's record to another office, or take one in."),
    "backup": ("backups", "Make, restore and verify backups."),
}
"""Each noun: the module it stands in, and one line of help."""

DEMO = {
    "ANSWERABLE_DATA": "data/demo",
    "ANSWERABLE_OFFICE": "Northmoor Police and Crime Commissioner",
    "ANSWERABLE_HELP": "Northmoor Advocates (invented, like all of Northmoor): 01632 960 112",
    "ANSWERABLE_LOG": "WARNING",
}
"""What the demo takes where nothing else is set."""

WITHOUT_DJANGO = frozenset({"ingest", "editions", "likeness"})
"""Modules whose nouns do some of their work without settings or a database."""


class Lazily(click.Group):
    """Commands of which some are loaded when they are used: each with its module and a line of help.

    Those that were added as usual come first.
    """

    def __init__(
        self, *args: Any, lazy: Mapping[str, tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy or {}

    def prepare(self, name: str) -> None:
        """Before one is loaded: Django is made ready."""
        ready()

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which an operator meets them."""
        return [*super().list_commands(ctx), *self.lazy]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """One command, with all that it needs."""
        if name not in self.lazy:
            return super().get_command(ctx, name)
        self.prepare(name)
        module = importlib.import_module(f"answerable.cli.{self.lazy[name][0]}")
        found: click.Command = getattr(module, name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line a command, without loading any."""
        own = [(name, one.get_short_help_str()) for name, one in sorted(self.commands.items())]
        with formatter.section("Commands"):
            formatter.write_dl([*own, *((name, line) for name, (_, line) in self.lazy.items())])


class Nouns(Lazily):
    """The nouns. Some do a part of their work without Django."""

    def prepare(self, name: str) -> None:
        """Settings of the demo; and Django, where the noun cannot do without."""
        if name == "demo":
            prepare_demo()
        if NOUNS[name][0] not in WITHOUT_DJANGO:
            ready()

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a refusal, or a database that does not answer, is told in a sentence."""
        try:
            return super().invoke(ctx)
        except Refused as refusal:
            click.echo(refusal.sentence, err=True)
        except ValidationError as error:
            click.echo(_invalid(error), err=True)
        except ImproperlyConfigured as error:
            said = str(error).splitlines()[0]
            click.echo(
                f"Answerable cannot start: {said}. For PostgreSQL: pip install 'answerable[postgres]'",
                err=True,
            )
            sys.exit(2)
        except Error as error:
            said = " ".join(str(error).split())
            click.echo(f"The database did not do it ({said}). Run: answerable doctor", err=True)
        sys.exit(1)


def prepare_demo() -> None:
    """Settings of the demo, which needs none: read when Django starts, and by what it starts."""
    os.environ["ANSWERABLE_DEMO"] = "yes"
    for name, value in DEMO.items():
        os.environ.setdefault(name, value)


def _invalid(error: ValidationError) -> str:
    """What is wrong with what was given, each with the name of its field."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return "\n".join(f"{n}: {' '.join(said)}" for n, said in error.message_dict.items())


def ready() -> None:
    """Make Django ready; a wrong setting ends with its sentence and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerable.settings")
    try:
        django.setup()
    except Misconfigured as error:
        click.echo(f"Answerable cannot start: {error}", err=True)
        sys.exit(2)


@click.group(cls=Nouns, lazy=NOUNS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="answerable")
def main() -> None:
    """From independent review to verified change, in public.

    Start with `answerable demo`. For a real office: `answerable migrate`, `answerable user invite`,
    `answerable serve`; `answerable doctor` says what is missing.
    """
