"""A gap analysis says what is missing, of one frozen state, the same to the byte each time."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from answerable.accounts.models import Person
from answerable.accounts.rules import NotTheirs, Refused
from answerable.audit import queries as audit
from answerable.audit.models import Event
from answerable.engine import chain
from answerable.engine.gap_analysis import RULES, Head
from answerable.gaps.actions.runs import run_analysis
from answerable.gaps.models import GapRun
from answerable.gaps.queries import runs
from answerable.register.actions.responses import read_position
from tests.gapped import Gapped

SAME_EVERYWHERE = "7fb6133f85c0eb25555518bcdc0e63fe18580e4a8f65d1430623d07db603eff7"
"""SHA-256 of the analysis of this world under a given head: on every machine, on both databases."""


@pytest.fixture
def chain_holds(db: None) -> Iterator[None]:
    yield
    verdict = audit.verify()
    assert verdict.holds, verdict.problem


def test_every_rule_finds_what_is_missing_and_nothing_else(gapped: Gapped) -> None:
    names = {r.reference: name for name, r in gapped.asked.items()}
    found = runs.analysis_now(None, date(2026, 11, 22))
    by_rule: dict[str, set[tuple[str, str]]] = {rule: set() for rule in RULES}
    for gap in found.gaps:
        by_rule[gap.rule].add((names[gap.recommendation], gap.body))
    force, south, old, heir = (
        b.slug for b in (gapped.force, gapped.south, gapped.old, gapped.heir)
    )
    accepted = {("nothing", force), ("carried", heir)}
    assert by_rule == {
        "repeat_after_closure": {("again", force)},
        "no_reply": {("silent", force), ("unread", south), ("again", force)},
        "reply_says_nothing": {("empty", force)},
        "not_passed_on": {("stuck", old)},
        "left_in_plan": {("carried", heir)},
        "never_assessed": {("claimed", force)},
        "wording_changed": {("changed", force)},
        "no_action": accepted,
        "funding_ended": {("claimed", force)},
        "owner_left": {("claimed", force)},
        "contradicted": {("one", force), ("other", force)},
        "no_position": {("unread", force), ("stuck", old)},
        "no_closing_test": accepted,
        "action_without_owner": {("bare", force)},
        "action_without_date": {("bare", force)},
        "uncovered_theme": {("nothing", force)},
        "neighbour": {
            (n, force)
            for n in gapped.asked
            if n not in ("unread", "closed", "again", "carried", "stuck", "elsewhere")
        },
    }
    assert (found.counts.undertakings, found.counts.known_from_elsewhere) == (14, 2)


def test_the_same_record_gives_the_same_bytes_on_every_database(gapped: Gapped) -> None:
    head = Head(1, "0" * 64)
    content = runs.content_of(runs.analysis_now(None, date(2026, 11, 22), head=head))
    assert content == runs.content_of(runs.analysis_now(None, date(2026, 11, 22), head=head))
    assert chain.digest(content) == SAME_EVERYWHERE, content.decode()


def test_a_run_is_kept_as_it_came_out_with_one_event(gapped: Gapped, chain_holds: None) -> None:
    before = audit.head()
    run = run_analysis(by=gapped.rosa)
    assert (run.reference, run.dated_on) == ("G-0001", date(2026, 11, 22))
    assert (run.head_seq, run.head_digest) == before
    event = Event.objects.get(seq=before[0] + 1)
    assert event.verb == "gaps.run"
    assert run.sha256 in event.content
    assert run.sha256 == chain.digest(run.content.encode())
    assert runs.analysis_of(run) == runs.analysis_now(None, run.dated_on)


def test_running_it_again_over_the_same_state_gives_the_same_bytes(gapped: Gapped) -> None:
    first, second = run_analysis(by=gapped.rosa), run_analysis(by=gapped.cass)
    assert second.reference == "G-0002"
    assert (first.content, first.sha256) == (second.content, second.sha256)
    assert runs.verify(first) == runs.Verdict(intact=True, same=True)
    first.content = first.content.replace("has ended", "goes on").replace("No reply", "A reply")
    assert not runs.verify(first).holds


def test_of_one_body_it_says_what_is_missing_there(gapped: Gapped) -> None:
    run = run_analysis(by=gapped.rosa, body=gapped.heir)
    found = runs.analysis_of(run)
    assert found.scope == gapped.heir.slug
    assert {gap.body for gap in found.gaps} == {gapped.heir.slug}
    assert found.counts.undertakings == 1


def test_what_came_and_went_since_is_told_by_the_key_of_each_gap(
    gapped: Gapped, chain_holds: None
) -> None:
    earlier = run_analysis(by=gapped.rosa)
    reply = gapped.of("unread").responses.get()
    read_position(by=gapped.rosa, response=reply, position="accepted", reason="As it says.")
    later = run_analysis(by=gapped.rosa)
    assert runs.run_before(later) == earlier
    changes = runs.changes_between(runs.analysis_of(earlier), runs.analysis_of(later))
    assert [gap.rule for gap in changes.gone] == ["no_position"]
    assert [gap.rule for gap in changes.new] == ["no_action", "no_closing_test"]
    assert len(changes.still) == len(runs.analysis_of(earlier).gaps) - 1
    assert runs.verify(earlier) == runs.Verdict(intact=True, same=None), "the record has moved on"


def test_only_the_office_runs_it_and_only_as_of_today(
    gapped: Gapped, vera: Person, omar: Person, ada: Person
) -> None:
    with pytest.raises(Refused, match="may run a gap analysis"):
        run_analysis(by=vera)
    with pytest.raises(Refused, match="as it stands today"):
        run_analysis(by=gapped.rosa, on=date(2026, 11, 21))
    with pytest.raises(Refused, match="as it stands today"):
        run_analysis(by=gapped.rosa, on=date(2026, 11, 23))
    run = run_analysis(by="operator")
    assert run.run_by is None
    assert list(runs.runs_for(vera)) == [run]
    for other in (omar, ada):
        with pytest.raises(Refused, match="may read gap analyses"):
            runs.runs_for(other)
        with pytest.raises(Refused, match="may read gap analyses"):
            runs.find(other, "G-0001")
    with pytest.raises(NotTheirs):
        runs.find(vera, "G-0009")


def test_a_run_cannot_be_changed_or_removed(gapped: Gapped) -> None:
    run = run_analysis(by=gapped.rosa)
    for attempt in (
        lambda: GapRun.objects.filter(pk=run.pk).update(content="{}"),
        lambda: GapRun.objects.filter(pk=run.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_it_reads_with_the_same_queries_however_much_there_is(
    gapped: Gapped, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    runs.analysis_now(None, date(2026, 11, 22))
    with django_assert_max_num_queries(40):
        runs.analysis_now(None, date(2026, 11, 22))
