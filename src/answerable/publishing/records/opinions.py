"""What the public may know of an opinion, of a closure, and of the four answers in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from answerable.assurance.models import Closure, Judgement, Opinion, Reopening
from answerable.assurance.queries.four import Answer, FourAnswers, four_answers_of
from answerable.assurance.queries.opinions import State
from answerable.publishing.records.rows import (
    Groups,
    Record,
    Roles,
    is_out,
    of,
    plain,
    plain_of,
    records_by,
)
from answerable.register.models import Link, Undertaking

OPINION = ("judgement", "looked_at", "missing", "recheck_on")
CLOSURE = ("how", "reason")
PATH = "undertaking__recommendation__report__"
THE_RECORD = "the record itself"
"""Who reopened it, where nobody had to: what is recorded shows that it is not done with."""


def opinions(as_of: date, roles: Roles, answers: Mapping[int, FourAnswers]) -> Groups:
    """Every opinion by undertaking, oldest first, with what it is worth now; two may differ.

    What it is worth was computed with the four ``answers``, whose history has the same opinions.
    Of who signed it only the role; of who withdrew it and why, the role and the reason.
    """
    rows = of(Opinion, as_of, PATH).order_by("signed_at", "pk")
    worth = {pk: iter(four.assurance.history[::-1]) for pk, four in answers.items()}
    columns = (
        "undertaking_id",
        "signed_at",
        "signed_by_id",
        "closing_test__version",
        "withdrawn_at",
        "withdrawn_by_id",
        "withdrawn_reason",
    )

    def record(row: Mapping[str, Any]) -> Record:
        weighed = next(worth[row["undertaking_id"]])
        gone = row["withdrawn_at"]
        return plain_of(row, OPINION) | {
            "judgement_words": str(Judgement(row["judgement"]).label),
            "on": plain(row["signed_at"]),
            "by": roles.of(row["signed_by_id"], row["signed_at"]),
            "closing_test": row["closing_test__version"],
            "state": weighed.state,
            "state_words": weighed.note,
            "withdrawn_on": plain(gone),
            "withdrawn_by": roles.of(row["withdrawn_by_id"], gone) if gone else "",
            "withdrawn_because": row["withdrawn_reason"],
        }

    return records_by(rows.values(*columns, *OPINION), "undertaking_id", record)


def closures(as_of: date, roles: Roles) -> Groups:
    """Every closing by undertaking, oldest first, with the reopening that undid it."""
    out = Link.objects.filter(
        is_out(as_of, "earlier__report__"),
        is_out(as_of, "later__report__"),
        pk=OuterRef("reopening__link"),
    )
    rows = of(Closure, as_of, PATH).annotate(link_is_out=Exists(out)).order_by("at", "pk")
    columns = (
        "undertaking_id",
        "at",
        "link_is_out",
        "reopening__link_id",
        "by_id",
        "opinion__signed_at",
        "reopening__because",
        "reopening__words",
        "reopening__at",
        "reopening__by_id",
    )

    def record(row: Mapping[str, Any]) -> Record:
        return plain_of(row, CLOSURE) | {
            "how_words": str(Closure.How(row["how"]).label),
            "on": plain(row["at"]),
            "by": roles.of(row["by_id"], row["at"]),
            "opinion_on": plain(row["opinion__signed_at"]),
            "reopened": _reopened(row, roles) if row["reopening__at"] else None,
        }

    return records_by(rows.values(*columns, *CLOSURE), "undertaking_id", record)


def _reopened(row: Mapping[str, Any], roles: Roles) -> Record:
    by, at = row["reopening__by_id"], row["reopening__at"]
    # The words name what asked again: nothing of a report that is still inside.
    is_inside = row["reopening__link_id"] is not None and not row["link_is_out"]
    return {
        "because": str(Reopening.Because(row["reopening__because"]).label),
        "words": "" if is_inside else row["reopening__words"],
        "on": plain(at),
        "by": roles.of(by, at, "the body itself") if by else THE_RECORD,
    }


# --- The four answers ---------------------------------------------------------------------------


def four(as_of: date) -> dict[int, FourAnswers]:
    """The four answers of every public undertaking, by its id."""
    rows = of(Undertaking, as_of, "recommendation__report__").select_related(
        "body", "recommendation", "passed_from"
    )
    return four_answers_of(list(rows))


def told(answers: FourAnswers, judged: list[Record]) -> Record:
    """The four answers side by side; of who assured it only the role is told."""
    standing = [o["by"] for o in judged if o["state"] == State.STANDS]
    return {
        "response": _answer(answers.response),
        "delivery": _answer(answers.delivery),
        "assurance": _answer(answers.assurance) | {"by": " and ".join(dict.fromkeys(standing))},
        "effect": _answer(answers.effect),
        "disagreement": answers.disagreement,
    }


def _answer(answer: Answer) -> Record:
    newest = answer.history[0].note if answer.history else ""
    return {"words": answer.words, "on": plain(answer.on), "by": answer.speaker, "note": newest}
