"""`answerable closures review`: open again what the record itself undoes."""

import logging

import click

from answerable.assurance.actions.undoing import review_closures
from answerable.assurance.models import Reopening
from answerable.cli.running import refuse_if_behind
from answerable.cli.telling import as_line, example, json_option, plural, tell

log = logging.getLogger("answerable.closures")


@click.group()
def closures() -> None:
    """Look again at what was closed."""


@closures.command("review", epilog=example("answerable closures review"))
@json_option
def review_command(as_json: bool) -> None:
    """Open again what was closed where nothing is left to judge.

    Evidence has expired, a re-check failed, the body took its word back, or a later report asked
    for it again. Each is written to the record with its reason. The background worker does the
    same each hour; running it twice does nothing more.
    """
    refuse_if_behind()
    found = review_closures(by=None)
    if as_json:
        as_line({"reopened": [_line(one) for one in found]})
        return
    for one in found:
        line = _line(one)
        tell(f"{line['reference']} of {line['body']} is open again. {one.words}")
    tell(f"{plural(len(found), 'closure')} undone." if found else "Every closure holds.")


def _line(one: Reopening) -> dict[str, str]:
    undertaking = one.closure.undertaking
    return {
        "reference": undertaking.recommendation.reference,
        "body": undertaking.body.name,
        "because": one.because,
    }
