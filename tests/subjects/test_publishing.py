"""Editions: what is in them, what never is, and the two people that each needs."""

import json
from datetime import timedelta

import pytest
from django.db import Error, transaction
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.engine import chain
from answerable.publishing import actions, folders, queries, standings
from answerable.publishing.models import Edition
from answerable.publishing.pages.about import shown
from answerable.publishing.records import held_back, public_records
from answerable.register.actions.clocks import extend_clock
from answerable.register.actions.recommendations import (
    correct_recommendation,
    enter_recommendation,
    withdraw_recommendation,
)
from answerable.register.actions.responses import log_response, read_position
from answerable.register.models import Recommendation
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Report
from tests.universe import published

pytestmark = pytest.mark.django_db


def record_of(recommendation: Recommendation) -> dict:
    records = public_records(timezone.localdate())
    return next(r for r in records["recommendations"] if r["reference"] == recommendation.reference)


# --- What is public -----------------------------------------------------------------------------


def test_a_recommendation_is_public_with_its_words_and_the_answers_to_it(
    asked: list[Recommendation],
) -> None:
    record = record_of(asked[1])
    assert record["words"] == asked[1].words
    assert [u["body"] for u in record["undertakings"]] == ["northmoor-police", "northmoor-council"]
    police, council = record["undertakings"]
    assert police["responses"][0]["words"] == "We welcome the spirit of this."
    assert police["responses"][0]["positions"][0]["reason"] == "Welcoming is not accepting."
    assert police["responses"][0]["positions"][0]["by"] == "governance officer"
    assert (police["standing"], council["standing"]) == ("in_principle", standings.LATE)


def test_a_corrected_recommendation_shows_both_wordings(
    asked: list[Recommendation], rosa: Person
) -> None:
    correct_recommendation(
        by=rosa,
        recommendation=asked[0],
        words=f"{asked[0].words} Without fail.",
        reason="The last sentence was cut off.",
    )
    record = record_of(asked[0])
    assert record["words"].endswith("Without fail.")
    assert record["words_as_entered"] == asked[0].words
    assert record["corrections"][0]["reason"] == "The last sentence was cut off."


def test_a_withdrawn_recommendation_stays_and_says_so(
    asked: list[Recommendation], rosa: Person
) -> None:
    withdraw_recommendation(by=rosa, recommendation=asked[2], reason="Entered twice.")
    record = record_of(asked[2])
    assert record["withdrawn_on"] == timezone.localdate().isoformat()
    assert record["withdrawn_because"] == "Entered twice."
    totals = public_records(timezone.localdate())["totals"]
    assert (totals["recommendations"], totals["withdrawn"]) == (2, 1)


def test_every_date_that_was_moved_is_public_with_its_reason(
    asked: list[Recommendation], rosa: Person
) -> None:
    clock = asked[2].undertakings.get().clock
    if clock.basis.extendable:
        extend_clock(by=rosa, clock=clock, days=7, reason="The chief officer is away.")
        record = record_of(asked[2])["undertakings"][0]["clock"]
        assert record["changes"][0]["reason"] == "The chief officer is away."
        assert record["first_due_on"] < record["computed_on"]


def test_totals_are_counted_by_the_rule_that_stands_beside_them(
    asked: list[Recommendation],
) -> None:
    totals = public_records(timezone.localdate())["totals"]
    assert totals["response"]["counts"] == {"accepted": 1, "in_principle": 1, "late": 2}
    assert totals["undertakings"] == 4
    assert "counted once for each body" in totals["response"]["rule"]
    assert totals["delivery"]["counts"] == {"nothing_claimed": 4}
    assert totals["assurance"]["counts"] == {"nobody_looked": 4}
    assert totals["effect"] == {"counts": {"no_measure": 4}, "rule": standings.EFFECT_RULE}
    assert totals["closing"]["counts"] == {"open": 4}


def test_the_number_of_queries_does_not_grow_with_the_record(
    asked: list[Recommendation], rosa: Person, django_assert_max_num_queries: object
) -> None:
    for number in range(10):
        enter_recommendation(
            by=rosa,
            report=asked[0].report,
            words=f"The Force should do thing number {number}.",
            bodies=[(asked[0].undertakings.get().body, "Named")],
        )
    with django_assert_max_num_queries(34):  # type: ignore[operator]
        public_records(timezone.localdate())


# --- What never is ------------------------------------------------------------------------------


def test_a_report_that_is_not_out_stays_inside_and_the_publisher_is_told(
    asked: list[Recommendation], rosa: Person, inspectorate: object, force: object
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    embargoed = log_report(
        by=rosa,
        title="Embargoed inspection",
        kind=Report.Kind.INSPECTION,
        author=inspectorate,
        published_on=tomorrow,
    )
    made = enter_recommendation(
        by=rosa, report=embargoed, words="Northmoor Police should wait.", bodies=[(force, "Named")]
    )
    today = timezone.localdate()
    assert made.reference not in json.dumps(public_records(today))
    assert "Embargoed" not in json.dumps(public_records(today))
    assert [r["title"] for r in held_back(today)] == ["Embargoed inspection"]
    assert made.reference in json.dumps(public_records(tomorrow))


def test_a_public_source_is_shown_but_nobody_is_counted_as_late(
    asked: list[Recommendation], rosa: Person, inspectorate: object, force: object
) -> None:
    report = log_report(
        by=rosa,
        title="A real report",
        kind=Report.Kind.REVIEW,
        author=inspectorate,
        published_words="2002",
    )
    made = enter_recommendation(
        by=rosa,
        report=report,
        words="Record what is said.",
        bodies=[(force, "Named")],
        paraphrased=True,
        source_url="https://example.org/report",
    )
    undertaking = record_of(made)["undertakings"][0]
    assert undertaking["standing"] == standings.ELSEWHERE
    totals = public_records(timezone.localdate())["totals"]
    assert (totals["undertakings"], totals["from_public_sources"]) == (4, 1)


# --- Two people ---------------------------------------------------------------------------------


def test_an_edition_needs_two_publishers(
    asked: list[Recommendation], petra: Person, percy: Person
) -> None:
    proposal = actions.propose_edition(by=petra, note="The first.")
    with pytest.raises(Refused, match="another publisher must approve"):
        actions.approve_edition(by=petra, edition=proposal, content_digest=proposal.content_digest)
    assert queries.served_number() == 0
    made = actions.approve_edition(
        by=percy, edition=proposal, content_digest=proposal.content_digest
    )
    assert (made.state, made.number, queries.served_number()) == ("published", 1, 1)
    verdict = audit.verify(heads=queries.known_heads())
    assert verdict.holds, verdict.problem


def test_only_a_publisher_may_propose_approve_or_send_back(
    asked: list[Recommendation],
    petra: Person,
    rosa: Person,
    vera: Person,
    cass: Person,
    ada: Person,
    ravi: Person,
    omar: Person,
) -> None:
    others = (rosa, vera, cass, ada, ravi, omar)
    for other in others:
        with pytest.raises(Refused, match="Only a publisher may propose"):
            actions.propose_edition(by=other)
    proposal = actions.propose_edition(by=petra)
    for other in others:
        with pytest.raises(Refused, match="Only a publisher may approve"):
            actions.approve_edition(
                by=other, edition=proposal, content_digest=proposal.content_digest
            )
        with pytest.raises(Refused, match="Only a publisher may approve"):
            actions.refuse_edition(by=other, edition=proposal, reason="No.")


def test_there_is_one_proposal_at_a_time(
    asked: list[Recommendation], petra: Person, percy: Person
) -> None:
    actions.propose_edition(by=petra)
    with pytest.raises(Refused, match="Petra Novak has already proposed edition 1"):
        actions.propose_edition(by=percy)


def test_what_was_not_seen_is_not_approved(
    asked: list[Recommendation], petra: Person, percy: Person
) -> None:
    proposal = actions.propose_edition(by=petra)
    with pytest.raises(Refused, match="What you saw is not what is proposed now"):
        actions.approve_edition(by=percy, edition=proposal, content_digest="0" * 64)


def test_a_record_that_moved_since_the_proposal_is_not_published(
    asked: list[Recommendation], rosa: Person, petra: Person, percy: Person, council: object
) -> None:
    proposal = actions.propose_edition(by=petra)
    log_response(
        by=rosa,
        undertaking=asked[2].undertakings.get(),
        words="We will do this.",
        dated_on=timezone.localdate(),
    )
    with pytest.raises(Refused, match="The record has changed since edition 1 was proposed"):
        actions.approve_edition(by=percy, edition=proposal, content_digest=proposal.content_digest)
    assert [c["key"] for c in queries.since(proposal).changes] == ["R-0003"]
    renewed = actions.renew_proposal(by=percy, edition=proposal)
    with pytest.raises(Refused, match="You proposed this edition"):
        actions.approve_edition(by=percy, edition=renewed, content_digest=renewed.content_digest)
    made = actions.approve_edition(by=petra, edition=renewed, content_digest=renewed.content_digest)
    assert made.number == 1
    proposal.refresh_from_db()
    assert proposal.state == Edition.State.WITHDRAWN


def test_a_list_of_changes_that_was_altered_in_the_database_is_not_approved(
    asked: list[Recommendation], petra: Person, percy: Person
) -> None:
    proposal = actions.propose_edition(by=petra)
    Edition.objects.filter(pk=proposal.pk).update(changes=proposal.changes[:-1])
    with pytest.raises(Refused, match="altered outside Answerable"):
        actions.approve_edition(by=percy, edition=proposal, content_digest=proposal.content_digest)


@pytest.mark.parametrize("column", ["changes", "note", "manifest_digest", "decided_by_id"])
def test_a_published_edition_never_changes(edition: Edition, column: str) -> None:
    other = {"changes": [], "note": "Other.", "manifest_digest": "0" * 64, "decided_by_id": None}
    with pytest.raises(Error), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(**{column: other[column]})
    with pytest.raises(Error), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).delete()


def test_what_is_private_may_move_without_touching_the_proposal(
    asked: list[Recommendation], petra: Person, percy: Person, rosa: Person
) -> None:
    proposal = actions.propose_edition(by=petra)
    log_report(by=rosa, title="Not yet checked", kind=Report.Kind.OTHER, author=rosa.body)
    assert queries.since(proposal).digest == proposal.content_digest
    assert actions.approve_edition(
        by=percy, edition=proposal, content_digest=proposal.content_digest
    )


def test_a_proposal_is_sent_back_with_a_reason_that_stays_out_of_the_chain(
    asked: list[Recommendation], petra: Person, percy: Person
) -> None:
    proposal = actions.propose_edition(by=petra)
    with pytest.raises(Refused, match="Say why"):
        actions.refuse_edition(by=percy, edition=proposal, reason="  ")
    actions.refuse_edition(by=percy, edition=proposal, reason="R-0002 names the wrong body.")
    entry = audit.history(proposal)[0]
    assert (entry.verb, entry.said["reason"]) == (
        "edition.refused",
        "R-0002 names the wrong body.",
    )
    assert "reason" not in entry.facts
    with pytest.raises(Refused, match="no longer open: it was sent back"):
        actions.approve_edition(by=percy, edition=proposal, content_digest=proposal.content_digest)


def test_only_its_proposer_withdraws_a_proposal(
    asked: list[Recommendation], petra: Person, percy: Person
) -> None:
    proposal = actions.propose_edition(by=petra)
    with pytest.raises(Refused, match="Only Petra Novak may withdraw"):
        actions.withdraw_proposal(by=percy, edition=proposal)
    actions.withdraw_proposal(by=petra, edition=proposal)
    assert queries.proposal() is None
    assert actions.propose_edition(by=percy).number == 1


def test_nothing_new_is_no_edition(edition: Edition, petra: Person) -> None:
    with pytest.raises(Refused, match="Nothing has changed in public"):
        actions.propose_edition(by=petra)


def test_nothing_leaves_the_record(edition: Edition, petra: Person) -> None:
    report = Report.objects.get()
    Report.objects.filter(pk=report.pk).update(
        published_on=timezone.localdate() + timedelta(days=3)
    )
    with pytest.raises(Refused, match="would no longer be in the record"):
        actions.propose_edition(by=petra)


# --- What changes -------------------------------------------------------------------------------


def test_the_second_edition_says_what_changed_word_by_word(
    edition: Edition, asked: list[Recommendation], rosa: Person, petra: Person
) -> None:
    reply = log_response(
        by=rosa,
        undertaking=asked[2].undertakings.get(),
        words="We will do this by June.",
        dated_on=timezone.localdate(),
    )
    read_position(by=rosa, response=reply, position="accepted")
    proposal = actions.propose_edition(by=petra)
    assert proposal.number == 2
    (change,) = proposal.changes
    lines = {line["label"]: (line["old"], line["new"]) for line in change["lines"]}
    assert (change["key"], change["what"]) == ("R-0003", "changed")
    assert lines["Northmoor Council: where it stands"] == ("not answered, and late", "accepted")
    assert (None, "We will do this by June.") in lines.values()


def test_text_is_compared_word_by_word_and_all_else_as_a_whole() -> None:
    change = {
        "kind": "recommendation",
        "key": "R-0001",
        "what": "changed",
        "lines": [
            {"label": "Words", "old": "Within 24 hours.", "new": "Within 48 hours."},
            {"label": "The Force: where it stands", "old": "late", "new": "not late"},
        ],
    }
    words, standing = shown(change)["lines"]
    assert ("removed", "24") in words["pieces"]
    assert standing["pieces"] == [("removed", "late"), ("same", " "), ("added", "not late")]


def test_each_edition_names_the_one_before(
    edition: Edition, asked: list[Recommendation], rosa: Person, petra: Person, percy: Person
) -> None:
    withdraw_recommendation(by=rosa, recommendation=asked[2], reason="Entered twice.")
    second = published(percy, petra)
    assert (second.number, second.previous_digest) == (2, edition.manifest_digest)
    content = (queries.root() / "2" / "manifest.json").read_bytes()
    assert chain.digest(content) == second.manifest_digest
    assert json.loads(content)["previous"] == {
        "edition": 1,
        "manifest": edition.manifest_digest,
    }
    assert folders.pointed_to(queries.root()) == 2


def test_heads_that_editions_name_are_known_from_the_database_and_from_the_files(
    edition: Edition,
) -> None:
    where = {name for _, _, name in queries.known_heads()}
    assert where == {"edition 1", "the manifest of edition 1"}


# --- What waits ---------------------------------------------------------------------------------


def test_a_proposal_waits_for_the_other_publisher(
    asked: list[Recommendation], petra: Person, percy: Person, rosa: Person, omar: Person
) -> None:
    assert queries.waiting_for(percy) == []
    actions.propose_edition(by=petra)
    (for_percy,) = queries.waiting_for(percy)
    (for_petra,) = queries.waiting_for(petra)
    (for_rosa,) = queries.waiting_for(rosa)
    assert for_percy.theirs
    assert "until you approve it" in for_percy.sentence
    assert not for_petra.theirs
    assert not for_rosa.theirs
    assert queries.waiting_for(omar) == []
