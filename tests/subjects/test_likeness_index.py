"""The index of likeness: one more, one less, corrected words; and it ranks as the engine does."""

from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.accounts.models import Person
from answerable.engine.similarity import Item, analyse, rank, score_all, statistics_of
from answerable.register.actions import likeness_index as writes
from answerable.register.actions.likeness_index import index_missing, rebuild_likeness
from answerable.register.actions.recommendations import (
    correct_recommendation,
    enter_recommendation,
    withdraw_recommendation,
)
from answerable.register.models import (
    LikenessPosting,
    LikenessTerm,
    LikenessText,
    Recommendation,
)
from answerable.register.queries import likeness_index as queries
from answerable.register.queries.likeness_index import Index, Sought
from answerable.register.queries.recommendations import words_of
from answerable.reports.models import Report

VOCABULARY = """
    record records recording crime crimes child children force council sergeant train trained
    supervise supervision report reports board month monthly review reviews panel family families
    within hours days publish sample samples evidence missing
""".split()  # noqa: SIM905
Words = st.lists(st.sampled_from(VOCABULARY), min_size=0, max_size=12).map(" ".join)


def asked(query: str) -> list[tuple[str, float]]:
    """What the index finds, as (reference, score)."""
    index = Index()
    [found] = index.likest([Sought(query, index.there)])
    names = Recommendation.objects.in_bulk([one.pk for one in found])
    return [(names[one.pk].reference, one.likeness.score) for one in found]


def compared(query: str) -> list[tuple[str, float]]:
    """The same by the engine, text by text, from the words of the register."""
    standing = Recommendation.objects.filter(withdrawn_at=None).order_by("serial")
    texts = [analyse(words_of(one)) for one in standing]
    scores = score_all(analyse(query), texts, statistics_of(texts))
    found = [(r.reference, s.score) for r, s in zip(standing, scores, strict=True) if s.score > 0]
    return sorted(found, key=lambda one: -one[1])


def ranked(query: str) -> list[tuple[str, float]]:
    """The same by the engine's own ranking in memory."""
    standing = Recommendation.objects.filter(withdrawn_at=None)
    items = [Item(one.reference, words_of(one)) for one in standing]
    known = statistics_of(analyse(item.text) for item in items)
    [(_, found)] = list(rank([Item("query", query)], items, top=10, statistics=known))
    return [(name, likeness.score) for name, likeness in found if likeness.score > 0]


@pytest.fixture
def enter(rosa: Person, learning: Report) -> Callable[[str], Recommendation]:
    """Enter words as a recommendation of one report."""
    return lambda words: enter_recommendation(by=rosa, report=learning, words=words)


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of three, so that a few recommendations fill several."""
    monkeypatch.setattr(queries, "BLOCK", 3)
    monkeypatch.setattr(writes, "BLOCK", 3)


def holds_together() -> None:
    """Every count of the index is what its postings say, and nothing is listed that is not there."""
    standing = set(Recommendation.objects.filter(withdrawn_at=None).values_list("pk", flat=True))
    assert set(LikenessText.objects.values_list("pk", flat=True)) == standing
    index = Index()
    assert set(index.rows["pk"][index.there]) == standing
    texts = [analyse(words_of(one)) for one in Recommendation.objects.filter(pk__in=standing)]
    counted = statistics_of(texts)
    assert (index.count, index.mean_length) == (counted.count, counted.mean_length)
    known = {one.term: one.df for one in LikenessTerm.objects.filter(df__gt=0)}
    assert known == {term: n for term, n in counted.counts.items() if n}
    assert all(len(one.places) for one in LikenessPosting.objects.all())


@pytest.mark.usefixtures("small_blocks")
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_it_ranks_as_the_engine_does_whatever_was_done_before(
    data: st.DataObject, enter: Callable[[str], Recommendation], rosa: Person
) -> None:
    with transaction.atomic():
        _do_some_things(data, enter, rosa)
        holds_together()
        query = data.draw(Words.filter(bool))  # of nothing nothing is likest
        assert asked(query) == compared(query)
        assert asked(query)[:10] == ranked(query)
        transaction.set_rollback(True)


def _do_some_things(
    data: st.DataObject, enter: Callable[[str], Recommendation], rosa: Person
) -> None:
    made: list[Recommendation] = []
    steps = st.sampled_from(("enter", "enter", "enter", "correct", "withdraw", "rebuild", "lost"))
    for step in data.draw(st.lists(steps, min_size=3, max_size=9)):
        standing = [one for one in made if one.withdrawn_at is None]
        if step == "enter" or (step in ("correct", "withdraw") and not standing):
            made.append(enter(data.draw(Words) or "x"))
        elif step == "correct":
            one = data.draw(st.sampled_from(standing))
            mended = f"{words_of(one)} {data.draw(Words)} again"
            correct_recommendation(by=rosa, recommendation=one, words=mended, reason="Misread.")
        elif step == "withdraw":
            at = data.draw(st.sampled_from([i for i, one in enumerate(made) if one in standing]))
            made[at] = withdraw_recommendation(
                by=rosa, recommendation=made[at], reason="A heading."
            )
        elif step == "rebuild":
            rebuild_likeness()
        else:
            LikenessText.objects.all().update(version=0)
            index_missing()
