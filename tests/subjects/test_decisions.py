"""What the machine proposed and what people decided stand beside each other, for ever."""

from collections.abc import Sequence

import pytest
from django.db import Error, connection, transaction

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.audit.models import Event
from answerable.register.actions import candidates as register
from answerable.register.models import Recommendation
from answerable.reports.actions import decisions as actions
from answerable.reports.models import Candidate, Decision, Document, Notice
from answerable.reports.queries import decisions, passages
from answerable.reports.queries.passages import Choice
from answerable.reports.rules.passages import spans_of

Outcome = Decision.Outcome


def found(document: Document) -> list[Candidate]:
    return list(
        Candidate.objects.filter(reading__document=document, taken=True)
        .select_related("reading__document__report")
        .order_by("ordinal")
    )


def look_through(person: Person, document: Document) -> None:
    for page in document.pages.all():
        actions.see_page(by=person, page=page)


def lines_holding(document: Document, *words: str) -> list[tuple[int, int]]:
    return [
        (page.number, at)
        for page in document.pages.order_by("number")
        for at in range(len(page.lines))
        if any(w in passages.line_text(page, at) for w in words)
    ]


def chosen(document: Document, lines: Sequence[tuple[int, int]], **more: str) -> list[dict]:
    return spans_of(list(document.pages.all()), Choice(tuple(lines), **more))


def holds() -> bool:
    verdict = audit.verify()
    assert verdict.holds, verdict.problem
    return True


# --- Accept -----------------------------------------------------------------------------------------


def test_the_eight_are_found(inspection_read: Document) -> None:
    assert [c.number for c in found(inspection_read)] == [str(n) for n in range(1, 9)]
    assert Notice.objects.get().code == "count"


def test_accepting_makes_a_recommendation_that_points_at_its_passage(
    inspection_read: Document, rosa: Person, force: Body
) -> None:
    first = found(inspection_read)[0]
    events = Event.objects.count()
    made = register.accept_candidate(by=rosa, candidate=first, bodies=[(force, "the lead-in")])
    assert (made.reference, made.page, made.number) == ("R-0001", 2, "1")
    assert made.words == first.words
    assert made.spans == first.spans
    assert made.document == inspection_read
    assert made.decision is not None
    assert made.decision.outcome == Outcome.ACCEPTED
    assert [u.body for u in made.undertakings.all()] == [force]
    assert Event.objects.count() == events + 1  # one act, one event
    assert holds()


def test_what_the_machine_proposed_cannot_be_changed(inspection_read: Document) -> None:
    for model in (Candidate, Decision):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
    with pytest.raises(Error), transaction.atomic():
        Candidate.objects.update(words="something else")
    with pytest.raises(Error), transaction.atomic():
        Candidate.objects.filter(ordinal=1).delete()


def test_a_decision_is_taken_back_and_never_rewritten(
    inspection_read: Document, rosa: Person
) -> None:
    actions.dismiss_candidate(by=rosa, candidate=found(inspection_read)[0], reason="A heading.")
    for change in ({"words": "x"}, {"into": Decision.objects.get()}, {"due_words": "soon"}):
        with pytest.raises(Error), transaction.atomic():
            Decision.objects.update(**change)
    with pytest.raises(Error), transaction.atomic():
        Decision.objects.all().delete()


def test_the_kind_the_number_and_the_date_can_be_set_right(
    inspection_read: Document, rosa: Person
) -> None:
    made = register.accept_candidate(
        by=rosa,
        candidate=found(inspection_read)[3],
        bodies=[],
        kind="area_for_improvement",
        number="4a",
        due=("by the end of March", None),
    )
    assert (made.kind, made.number) == ("area_for_improvement", "4a")
    assert made.decision is not None
    assert made.decision.due_words == "by the end of March"
    assert made.decision.outcome == Outcome.ACCEPTED
    with pytest.raises(Refused, match="kind"):
        register.accept_candidate(
            by=rosa, candidate=found(inspection_read)[4], bodies=[], kind="wish"
        )


# --- Bounds -----------------------------------------------------------------------------------------


def test_bounds_are_corrected_by_choosing_lines(inspection_read: Document, rosa: Person) -> None:
    candidate = found(inspection_read)[4]
    spans = chosen(
        inspection_read,
        lines_holding(inspection_read, "Publish the results"),
        ends_with="each review.",
    )
    made = register.accept_candidate(by=rosa, candidate=candidate, bodies=[], spans=spans)
    assert made.words == "Publish the results of each review."
    assert made.decision is not None
    assert made.decision.outcome == Outcome.CORRECTED
    assert made.spans[0]["boxes"]
    candidate.refresh_from_db()
    assert candidate.words.endswith("as a result of it.")  # what was proposed stays


def test_choosing_what_was_proposed_is_accepting_unchanged(
    inspection_read: Document, rosa: Person
) -> None:
    candidate = found(inspection_read)[2]
    pages = list(inspection_read.pages.all())
    spans = spans_of(pages, passages.choice_of(pages, candidate.spans))
    made = register.accept_candidate(by=rosa, candidate=candidate, bodies=[], spans=spans)
    assert made.decision is not None
    assert made.decision.outcome == Outcome.ACCEPTED


def test_one_that_was_missed_is_added_by_choosing_its_lines(
    inspection_read: Document, rosa: Person, council: Body
) -> None:
    lines = lines_holding(inspection_read, "Social workers know")
    made = register.add_missed(
        by=rosa,
        document=inspection_read,
        spans=chosen(inspection_read, lines),
        kind="finding",
        bodies=[(council, "")],
    )
    assert made.words == "Social workers know their children well and speak of them warmly."
    assert made.decision is not None
    assert (made.decision.outcome, made.decision.candidate) == (Outcome.ADDED, None)
    with pytest.raises(Refused, match="You already entered exactly these words as R-0001 at"):
        register.add_missed(
            by=rosa,
            document=inspection_read,
            spans=chosen(inspection_read, lines),
            kind="finding",
        )
    assert holds()


# --- Split and merge --------------------------------------------------------------------------------


def test_one_is_split_into_two_with_their_own_numbers(
    inspection_read: Document, rosa: Person
) -> None:
    candidate = found(inspection_read)[4]
    lines = lines_holding(inspection_read, "Publish the results")
    parts = [
        ("5a", chosen(inspection_read, lines, ends_with="each review.")),
        ("5b", chosen(inspection_read, lines, starts_with="Tell the panel")),
    ]
    made = register.split_candidate(by=rosa, candidate=candidate, parts=parts, bodies=[])
    assert [(r.number, r.words) for r in made] == [
        ("5a", "Publish the results of each review."),
        ("5b", "Tell the panel what changed as a result of it."),
    ]
    assert {d.part for d in Decision.objects.all()} == {1, 2}
    with pytest.raises(Refused, match="You already split this at"):
        register.accept_candidate(by=rosa, candidate=candidate, bodies=[])
    assert made[1].decision is not None
    register.take_back(by=rosa, decision=made[1].decision)
    assert not Decision.objects.filter(taken_back_at__isnull=True).exists()
    assert Recommendation.objects.filter(withdrawn_at__isnull=False).count() == 2
    assert holds()


def test_a_split_needs_two_parts_in_their_order(inspection_read: Document, rosa: Person) -> None:
    candidate = found(inspection_read)[4]
    lines = lines_holding(inspection_read, "Publish the results")
    whole = ("5", chosen(inspection_read, lines))
    with pytest.raises(Refused, match="Choose where a new one starts"):
        register.split_candidate(by=rosa, candidate=candidate, parts=[whole], bodies=[])
    other = ("6", chosen(inspection_read, lines_holding(inspection_read, "Give every child")))
    with pytest.raises(Refused, match="words of its own"):
        register.split_candidate(by=rosa, candidate=candidate, parts=[whole, other], bodies=[])
    assert not Recommendation.objects.exists()


def test_neighbours_are_merged_into_one(inspection_read: Document, rosa: Person) -> None:
    _, second, third, fourth, *_ = found(inspection_read)
    with pytest.raises(Refused, match="follow one another"):
        register.merge_candidates(by=rosa, candidates=[second, fourth], bodies=[])
    events = Event.objects.count()
    made = register.merge_candidates(by=rosa, candidates=[third, second], bodies=[])
    assert Event.objects.count() == events + 1
    assert made.number == "2"
    assert made.words == f"{second.words} {third.words}"
    merged = Decision.objects.get(candidate=third)
    assert (merged.outcome, merged.into) == (Outcome.MERGED, made.decision)
    register.take_back(by=rosa, decision=merged)
    assert not Decision.objects.filter(taken_back_at__isnull=True).exists()
    assert holds()


# --- Dismiss, take back, decide again ---------------------------------------------------------------


def test_dismissing_needs_a_reason(inspection_read: Document, rosa: Person) -> None:
    candidate = found(inspection_read)[0]
    with pytest.raises(Refused, match="Say why"):
        actions.dismiss_candidate(by=rosa, candidate=candidate, reason="  ")
    made = actions.dismiss_candidate(by=rosa, candidate=candidate, reason="A heading.")
    assert made.outcome == Outcome.DISMISSED
    assert not Recommendation.objects.exists()
    assert holds()


def test_taking_back_withdraws_and_the_reference_is_never_used_again(
    inspection_read: Document, rosa: Person
) -> None:
    candidate = found(inspection_read)[0]
    made = register.accept_candidate(by=rosa, candidate=candidate, bodies=[])
    events = Event.objects.count()
    assert made.decision is not None
    register.take_back(by=rosa, decision=made.decision, reason="The wrong line.")
    assert Event.objects.count() == events + 1
    made.refresh_from_db()
    assert made.withdrawn_reason == "The wrong line."
    with pytest.raises(Refused, match="You already took this back at"):
        register.take_back(by=rosa, decision=made.decision)
    again = register.accept_candidate(by=rosa, candidate=candidate, bodies=[])
    assert again.reference == "R-0002"
    assert holds()


def test_a_dismissal_can_be_taken_back_too(inspection_read: Document, rosa: Person) -> None:
    candidate = found(inspection_read)[0]
    decision = actions.dismiss_candidate(by=rosa, candidate=candidate, reason="A heading.")
    register.take_back(by=rosa, decision=decision)
    assert register.accept_candidate(by=rosa, candidate=candidate, bodies=[]).reference == "R-0001"
    assert holds()


# --- A whole run ------------------------------------------------------------------------------------


def test_a_run_is_accepted_once_its_pages_have_been_seen(
    inspection_read: Document, rosa: Person, force: Body
) -> None:
    first, *rest = found(inspection_read)
    assert first.run is not None
    actions.dismiss_candidate(by=rosa, candidate=first, reason="Printed twice.")
    with pytest.raises(Refused, match="You have not looked at pages 2 and 3 yet"):
        register.accept_run(by=rosa, document=inspection_read, run=first.run)
    actions.see_page(by=rosa, page=inspection_read.pages.get(number=2))
    with pytest.raises(Refused, match="You have not looked at page 3 yet"):
        register.accept_run(by=rosa, document=inspection_read, run=first.run)
    look_through(rosa, inspection_read)
    made = register.accept_run(by=rosa, document=inspection_read, run=first.run)
    assert [r.number for r in made] == [c.number for c in rest]
    with pytest.raises(Refused, match="has been decided already"):
        register.accept_run(by=rosa, document=inspection_read, run=first.run)
    assert holds()


def test_what_a_colleague_saw_does_not_count(
    inspection_read: Document, rosa: Person, second_officer: Person
) -> None:
    look_through(second_officer, inspection_read)
    with pytest.raises(Refused, match="You have not looked at"):
        register.accept_run(
            by=rosa, document=inspection_read, run=found(inspection_read)[0].run or 0
        )


# --- Warnings ---------------------------------------------------------------------------------------


def test_a_warning_stands_until_someone_settles_it_with_a_sentence(
    inspection_read: Document, rosa: Person
) -> None:
    notice = Notice.objects.get()
    with pytest.raises(Refused, match="in a sentence"):
        actions.settle_notice(by=rosa, notice=notice, how=" ")
    assert decisions.open_notices(inspection_read).count() == 1
    actions.settle_notice(by=rosa, notice=notice, how="One is counted twice on page 1.")
    assert not decisions.open_notices(inspection_read).exists()
    with pytest.raises(Refused, match="You already settled this at"):
        actions.settle_notice(by=rosa, notice=notice, how="Again.")
    assert holds()


# --- Who may ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["vera", "cass", "petra", "ravi", "omar", "ada"])
def test_only_a_governance_officer_decides(
    inspection_read: Document, name: str, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(name)
    candidate = found(inspection_read)[0]
    for act in (
        lambda: register.accept_candidate(by=person, candidate=candidate, bodies=[]),
        lambda: actions.dismiss_candidate(by=person, candidate=candidate, reason="A heading."),
        lambda: register.accept_run(by=person, document=inspection_read, run=1),
        lambda: actions.settle_notice(by=person, notice=Notice.objects.get(), how="Fine."),
    ):
        with pytest.raises(Refused, match="Only a governance officer may decide"):
            act()
    assert not Decision.objects.exists()


def test_the_second_of_two_people_is_told_who_was_first(
    inspection_read: Document, rosa: Person, second_officer: Person
) -> None:
    candidate = found(inspection_read)[0]
    register.accept_candidate(by=second_officer, candidate=candidate, bodies=[])
    with pytest.raises(Refused, match=r"Ines Brandt already accepted this at \d\d:\d\d\."):
        actions.dismiss_candidate(by=rosa, candidate=candidate, reason="A heading.")
    assert Decision.objects.get().by == second_officer


# --- Progress and quality ---------------------------------------------------------------------------


def test_progress_is_told_in_words(inspection_read: Document, rosa: Person) -> None:
    book = passages.book(inspection_read)
    before = decisions.progress(decisions.cards(inspection_read), book)
    assert before.words() == "8 found on pages 2 to 3 · 0 decided"
    register.accept_candidate(by=rosa, candidate=found(inspection_read)[0], bodies=[])
    cards = decisions.cards(inspection_read)
    assert decisions.progress(cards, book).words() == "8 found on pages 2 to 3 · 1 decided"
    assert [card.number for card in cards if card.open] == [str(n) for n in range(2, 9)]
    following = decisions.next_open(cards, cards[-1])
    assert following is not None
    assert following.number == "2"  # round to the first that waits


def test_what_is_to_check_is_listed(inspection_read: Document, rosa: Person) -> None:
    (row,) = decisions.to_check()
    assert (row.document, row.found, row.left, row.notices) == (inspection_read, 8, 8, 1)
    for candidate in found(inspection_read):
        register.accept_candidate(by=rosa, candidate=candidate, bodies=[])
    (row,) = decisions.to_check()
    assert (row.left, row.notices) == (0, 1)
    actions.settle_notice(by=rosa, notice=Notice.objects.get(), how="One is counted twice.")
    assert decisions.to_check() == []
