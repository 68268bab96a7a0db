"""Many people at once: references stay unique and without gaps, and nothing is lost."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.register.actions.clocks import extend_clock
from answerable.register.actions.recommendations import (
    enter_recommendation,
    withdraw_recommendation,
)
from answerable.register.actions.responses import log_response
from answerable.register.models import Clock, Recommendation, Reference, Response
from answerable.reports.models import Report

WRITERS = 16

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(work: Callable[[int], object], writers: int = WRITERS) -> list[object]:
    """What each of so many threads gave, or what it raised; all begin at the same moment."""
    ready = Barrier(writers)

    def one(number: int) -> object:
        try:
            ready.wait(30)
            return work(number)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(writers) as pool:
        return list(pool.map(one, range(writers)))


def holds() -> None:
    verdict = audit.verify()
    assert verdict.holds, verdict.problem


def test_sixteen_writers_get_sixteen_references_each_time(
    rosa: Person, learning: Report, force: Body, council: Body
) -> None:
    def enter_three(writer: int) -> list[str]:
        return [
            enter_recommendation(
                by=rosa,
                report=learning,
                words=f"Writer {writer}, thing {n}.",
                bodies=[(force, ""), (council, "")],
            ).reference
            for n in range(3)
        ]

    given = all_at_once(enter_three)
    references = [reference for one in given for reference in one]  # type: ignore[attr-defined]
    assert sorted(references) == [f"R-{n:04}" for n in range(1, 3 * WRITERS + 1)]
    assert Reference.objects.get().last == 3 * WRITERS
    words = dict(Recommendation.objects.values_list("reference", "words"))
    assert Counter(w.split(",")[0] for w in words.values()) == {
        f"Writer {n}": 3 for n in range(WRITERS)
    }
    holds()


def test_a_reference_is_never_used_again_when_an_act_fails(
    rosa: Person, learning: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = enter_recommendation(by=rosa, report=learning, words="One.")
    withdraw_recommendation(by=rosa, recommendation=first, reason="A heading.")
    with pytest.raises(Refused):
        enter_recommendation(by=rosa, report=learning, words=" ")
    assert enter_recommendation(by=rosa, report=learning, words="Two.").reference == "R-0002"


def test_everyone_extends_and_every_day_counts(rosa: Person, open_question: Recommendation) -> None:
    clock = Clock.objects.get()
    before = clock.due_on
    given = all_at_once(
        lambda n: extend_clock(by=rosa, clock=clock, days=1, reason=f"Writer {n}."), writers=8
    )
    assert not [one for one in given if isinstance(one, Exception)]
    after = Clock.objects.get()
    assert after.due_on == before + timedelta(days=8)
    dates = [(c.due_before, c.due_after) for c in after.changes.all()]
    assert all(one[1] == two[0] for one, two in pairwise(dates))
    holds()


def test_a_reply_and_a_withdrawal_at_once_never_both_stand(
    rosa: Person, open_question: Recommendation
) -> None:
    undertaking = open_question.undertakings.get()

    def answer_or_withdraw(number: int) -> object:
        if number % 2:
            return log_response(
                by=rosa, undertaking=undertaking, words="Yes.", dated_on=timezone.localdate()
            )
        return withdraw_recommendation(
            by=rosa, recommendation=open_question, reason=f"Writer {number}."
        )

    given = all_at_once(answer_or_withdraw, writers=6)
    refused = [one for one in given if isinstance(one, Exception)]
    assert all(isinstance(one, Refused) for one in refused), refused
    withdrawn = Recommendation.objects.get().withdrawn_at is not None
    assert withdrawn != Response.objects.exists()
    holds()
