"""When what was accepted on the checking page may simply be taken back."""

from collections.abc import Sequence

from answerable.accounts.rules import Refused
from answerable.register.models import Kind, Recommendation
from answerable.register.queries import candidates as queries
from answerable.reports.models import Candidate


def check_kind(kind: str) -> None:
    """Refuses a kind that the register does not know."""
    if kind not in Kind.values:
        raise Refused("Choose what kind of thing it is.", code="kind")


def check_kind_said(candidate: Candidate, kind: str | None) -> None:
    """Refuses what is quoted or found, not asked for, until a person says what it is here."""
    if candidate.apart and not kind:
        raise Refused(
            "The reader has this for something that the report does not ask for. "
            "If it does, say what kind of thing it is.",
            code="kind",
        )


def check_can_undo(entered: Sequence[Recommendation]) -> None:
    """Refuses where what was entered has been answered, or has been published."""
    for recommendation in entered:
        _check_unanswered(recommendation)
        if queries.is_published(recommendation):
            raise Refused(
                f"{recommendation.reference} is in a published edition, so it cannot simply be "
                "taken back. Withdraw it on its own page, with a reason that everyone can read.",
                code="published",
            )


def _check_unanswered(recommendation: Recommendation) -> None:
    answered = recommendation.undertakings.filter(responses__isnull=False)
    names = list(answered.values_list("body__name", flat=True).distinct())
    if names:
        have = "has" if len(names) == 1 else "have"
        raise Refused(
            f"{' and '.join(names)} {have} already replied to {recommendation.reference}, "
            "so it cannot be taken back.",
            code="answered",
        )
