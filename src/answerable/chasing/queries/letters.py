"""A letter as the engine draws it, from messages that go to the head of a body."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings

from answerable.accounts.models import Person
from answerable.chasing.models import Chase
from answerable.chasing.queries.outbox import head_of
from answerable.engine.clocks import in_words
from answerable.engine.packs import Letter, Matter


def letter_of(chases: Sequence[Chase], signer: Person, day: date) -> Letter:
    """The letter about all of these, in the name of ``signer``."""
    body = chases[0].body
    head = head_of(body)
    return Letter(
        office=settings.OFFICE_NAME,
        to_name=head.name if head else "",
        to_post=head.post if head else f"The head of {body.name}",
        to_address=tuple(head.address.splitlines()) if head else (),
        body=body.name,
        dated=in_words(day),
        day=day.isoformat(),
        references=tuple(dict.fromkeys(chase.reference for chase in chases)),
        matters=tuple(
            Matter(c.reference, c.reason, tuple(p for p in c.words.split("\n\n") if p.strip()))
            for c in chases
        ),
        signed_by=signer.name,
    )
