"""`answerable user invite`: the first people of an office."""

import contextlib
import sys

import click
from django.db import transaction

from answerable.accounts.actions.bodies import add_body
from answerable.accounts.actions.invitations import invite_person
from answerable.accounts.models import Body, Role
from answerable.accounts.queries import offices
from answerable.audit.actions import OPERATOR
from answerable.cli.running import refuse_if_behind
from answerable.cli.telling import as_line, example, json_option, refuse, tell


@click.group()
def user() -> None:
    """Invite people."""


def _body(name: str, office: str) -> Body:
    if name:
        return Body.objects.filter(name__iexact=name).first() or refuse(
            f"There is no body called {name}."
        )
    found = offices().first()
    if found:
        return found
    if not office:
        refuse(
            "There is no oversight office yet. Name it: --office 'Northmoor Police and Crime Commissioner'"
        )
    return add_body(by=OPERATOR, name=office, kind=Body.Kind.OFFICE, is_office=True)


@user.command(
    epilog=example(
        "answerable user invite ada@office.example --name 'Ada Whitlock' --role administrator \\",
        "    --office 'Northmoor Police and Crime Commissioner'",
        "answerable user invite rosa@office.example --name 'Rosa Adeyemi' --role governance_officer",
    )
)
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([str(r) for r in Role]),
    help="May be given again.",
)
@click.option(
    "--body", default="", help="Name of the body the person belongs to; the office if not given."
)
@click.option("--office", default="", help="Name of the oversight office, the first time.")
@json_option
def invite(
    email: str, name: str, roles: tuple[str, ...], body: str, office: str, as_json: bool
) -> None:
    """Invite EMAIL, and print the link by which the person joins. It works once.

    The first time, name the oversight office too: it is set up with its first person, or neither.
    The message with the link is sent as well where there is a mail server.
    """
    refuse_if_behind()
    # Without a mail server messages are printed: beside the answer, not into it.
    with contextlib.redirect_stdout(sys.stderr), transaction.atomic():
        _, link = invite_person(
            by=OPERATOR,
            name=name,
            email=email,
            body=_body(body, office),
            roles=[Role(r) for r in roles],
        )
    if as_json:
        as_line({"email": email, "link": link})
    else:
        tell(f"Send this link to {name}. It works once:\n{link}")
