"""A whole life on the public page: claim, plan, evidence, opinion, closing; and what stays private."""

import csv
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone

from answerable.accounts.actions.bodies import add_body, succeed_body
from answerable.accounts.models import Body, Person
from answerable.assurance.actions.closing import reopen_undertaking
from answerable.assurance.actions.evidence import grade_evidence, open_evidence
from answerable.assurance.actions.interests import declare_interest
from answerable.assurance.actions.opinions import withdraw_opinion
from answerable.assurance.models import Closure, Evidence, Opinion
from answerable.plan.actions.claims import make_claim
from answerable.plan.actions.closing_tests import agree_test, refuse_test
from answerable.plan.actions.moves import ask_date
from answerable.plan.actions.planned import abandon_action
from answerable.plan.models import Action
from answerable.publishing import changes, queries
from answerable.publishing.records import public_records
from answerable.publishing.verification import verify_edition
from answerable.register.actions.links import sign_link
from answerable.register.actions.recommendations import enter_recommendation
from answerable.register.actions.undertakings import pass_all_to_successor
from answerable.register.models import Recommendation, Undertaking
from answerable.reports.actions.reports import log_report
from tests.assured import ABOUT, a_file, in_days, seen_sample, sign
from tests.universe import a_test_proposed, published

pytestmark = pytest.mark.django_db

MARK = "PLANTED"


def answer() -> dict[str, Any]:
    """The public record of what Northmoor Police answered to R-0001."""
    found = public_records(timezone.localdate())["recommendations"][0]["undertakings"][0]
    assert found["body"] == "northmoor-police"
    return dict(found)


def page_of(folder: Path, reference: str = "R-0001") -> str:
    text = (folder / "record" / f"{reference}.html").read_text()
    return " ".join(text.split())


# --- What a stranger reads ----------------------------------------------------------------------


def test_a_whole_life_can_be_read_in_the_right_words(
    planned: Action, ready: Undertaking, vera: Person, cass: Person, petra: Person, percy: Person
) -> None:
    seen_sample(vera, ready, met=38, of=40)
    sign(vera, ready, judgement="partly")
    folder = queries.folder_of(published(petra, percy))
    assert verify_edition(folder) == []
    page = page_of(folder)
    for words in (
        "Ready for assessment",
        "signed off by the Head of Public Protection",
        "The claim and what has been seen differ.",
        "what was seen independently says less",
        "Partly assured",
        "Records of November.",
        "The crime was recorded within 24 hours in at least 19 of 20.",
        "A supervisor reads every report within a day",
        "New records system late.",
        "Moved once. 30 days later than first promised.",
        "Supervisors named",
        "No action serves these words:",
        "1 piece, handed in on",
        "graded by a verifier",
        "Met in 31 to 39 of 40.",
        "No measure yet",
    ):
        assert words in page, words
    assert "38 of" not in page
    assert page.index("Response</b>") < page.index("Delivery</b>") < page.index("Assurance</b>")


def test_an_opinion_that_no_longer_stands_says_why_and_the_next_edition_lists_it(
    assured: Opinion, omar: Person, petra: Person, percy: Person
) -> None:
    first = queries.folder_of(published(petra, percy))
    assert "This opinion stands: what was seen is as it was." in page_of(first)
    a_file(omar, assured.undertaking, content=b"Records read in November: 12.\n", name="nov.txt")
    opinion = answer()["opinions"][0]
    assert (opinion["state"], opinion["by"]) == ("void", "verifier")
    second = queries.folder_of(published(petra, percy))
    said = "It no longer stands, because the evidence has changed since it was signed."
    assert said in page_of(second)
    changes = (second / "changes.html").read_text()
    assert said in changes
    assert "Northmoor Police: opinion 1, of" in changes
    counts = public_records(timezone.localdate())["totals"]
    assert counts["assurance"]["counts"] == {"none_stands": 1, "nobody_looked": 3}
    assert counts["delivery"]["counts"] == {"ready_for_assessment": 1, "nothing_claimed": 3}


def test_two_verifiers_differ_and_both_stand(ready: Undertaking, vera: Person, ivo: Person) -> None:
    sign(vera, ready)
    sign(ivo, ready, judgement="not_assured")
    found = answer()
    assert [o["state"] for o in found["opinions"]] == ["stands", "stands"]
    assert found["four"]["disagreement"]
    totals = public_records(timezone.localdate())["totals"]
    assert totals["assurance"]["counts"]["differ"] == 1


def test_withdrawn_closed_and_opened_again_with_reasons(
    closure: Closure, omar: Person, cass: Person, vera: Person
) -> None:
    assert public_records(timezone.localdate())["totals"]["closing"]["counts"]["assured"] == 1
    slipped = timezone.localdate() - timedelta(days=3)
    claim = make_claim(
        by=omar, undertaking=closure.undertaking, rung="in_progress", words="Two districts stopped.",
        slipped_on=slipped,
    )  # fmt: skip
    reopened = answer()["closures"][0]["reopened"]
    if reopened is None:
        reopen_undertaking(
            by=cass, closure=closure, because="own_word", words="They say so.", ground=claim
        )
        reopened = answer()["closures"][0]["reopened"]
    assert reopened["because"] == "the body itself said so"
    assert closure.opinion
    withdraw_opinion(by=vera, opinion=closure.opinion, reason="I read the wrong month.")
    found = answer()
    assert found["claims"][-1]["slipped_on"] == slipped.isoformat()
    assert "slipped back" in found["four"]["delivery"]["note"]
    assert found["opinions"][0]["withdrawn_because"] == "I read the wrong month."
    assert found["closures"][0]["opinion_on"] == timezone.localdate().isoformat()


def test_asked_again_and_superseded_pass_on_their_age(
    asked: list[Recommendation], rosa: Person, petra: Person, percy: Person
) -> None:
    sign_link(by=rosa, earlier=asked[0], later=asked[1], relation="supersedes", reason="Reworded.")
    sign_link(by=rosa, earlier=asked[0], later=asked[2], relation="same", reason="Word for word.")
    folder = queries.folder_of(published(petra, percy))
    assert "It took the place of R-0001, and carries on from there" in page_of(folder, "R-0002")
    assert "Word for word." in page_of(folder, "R-0003")
    assert "now stands in its place" in page_of(folder)
    assert "R-0003</a> asks the same as R-0001" in page_of(folder)


def test_evidence_that_was_opened_is_in_the_edition_byte_for_byte(
    ready: Undertaking, evidence: Evidence, petra: Person, percy: Person
) -> None:
    sealed = queries.folder_of(published(petra, percy))
    assert not (sealed / "evidence").exists()
    open_evidence(by=petra, evidence=evidence, because="The body asked for it.")
    folder = queries.folder_of(published(petra, percy))
    (file,) = (folder / "evidence").iterdir()
    assert file.name == f"{evidence.sha256}.txt"
    page = page_of(folder)
    assert f"../evidence/{file.name}" in page
    assert ABOUT.shows in page
    assert f"It does not show: {ABOUT.does_not_show}" in page


def test_the_threshold_is_a_setting(
    ready: Undertaking, vera: Person, settings: LazySettings
) -> None:
    seen_sample(vera, ready, met=38, of=40)
    settings.SMALL_NUMBER = 2
    (result,) = answer()["samples"][0]["results"]
    assert (result["met"], result["of"], result["hidden"]) == ([38, 38], [40, 40], False)


def test_of_a_short_list_not_even_its_length_is_told(ready: Undertaking, vera: Person) -> None:
    few = [f"NM-{n}" for n in range(8)]
    seen_sample(vera, ready, met=5, of=8, size=20, records=few)
    sample = answer()["samples"][0]
    assert (sample["listed"], sample["drawn"], sample["size"]) == (None, None, 20)
    assert sample["results"][0]["met"] is None
    assert sample["results"][0]["of"] is None


# --- What nobody outside ever reads -------------------------------------------------------------


def test_what_is_private_is_in_no_byte_of_an_edition(
    planned: Action,
    ready: Undertaking,
    evidence: Evidence,
    vera: Person,
    ivo: Person,
    omar: Person,
    otto: Person,
    petra: Person,
    percy: Person,
) -> None:
    """Markers in every private place of plan and assurance; then every byte is searched for them."""
    secret = f"{MARK} sealed words about records.\n".encode()
    piece = a_file(omar, ready, content=secret, name=f"{MARK.lower()}-file.txt")
    grade_evidence(by=vera, evidence=piece, grade="use", reason=f"{MARK}: I read it.")
    declare_interest(by=ivo, undertaking=ready, words=f"{MARK}: a cousin works there.")
    refused = a_test_proposed(omar, ready, look_at=f"{MARK} easier records", why="Less work.")
    refuse_test(by=vera, test=refused, reason=f"{MARK}: too easy.")
    waiting = a_test_proposed(omar, ready, look_at=f"{MARK} other records", why="Still less.")
    move = ask_date(by=omar, thing=planned, after=in_days(200), reason=f"{MARK}: no hurry.")
    seen_sample(vera, ready, met=38, of=40, records=[f"{MARK}-{n:04}" for n in range(1, 201)])
    sign(vera, ready)
    abandon_action(by=omar, action=planned, reason="A better way was found.")
    folder = queries.folder_of(published(petra, percy))
    assert (waiting.agreed_for_office_at, move.approved_at) == (None, None)
    private = [
        MARK, MARK.lower(), "Dana Holt", "Vera Lindqvist", "Omar Rahim", otto.name, ivo.name,
        "Rosa Adeyemi", "october-return", evidence.sha256, piece.sha256, ABOUT.shows,
        ABOUT.does_not_show, str(vera.pk), str(omar.pk), "@northmoor.example",
    ]  # fmt: skip
    files = [p for p in folder.rglob("*") if p.is_file()]
    for path in files:
        content = path.read_bytes()
        for marker in private:
            assert marker.encode() not in content, f"{marker} is in {path}"
    assert "A better way was found." in page_of(folder)
    assert not (folder / "evidence").exists()


def test_a_test_that_was_replaced_stays_beside_the_one_that_stands(
    ready: Undertaking, omar: Person, vera: Person
) -> None:
    agree_test(by=vera, test=a_test_proposed(omar, ready, how_many=30, why="Twenty were too few."))
    first, second = answer()["closing_tests"]
    assert (first["how_many"], first["stands"]) == (20, False)
    assert (second["how_many"], second["stands"]) == (30, True)


def test_an_edition_made_before_all_this_is_compared_with(
    ready: Undertaking, petra: Person, percy: Person
) -> None:
    """Its records know nothing of claims: everything that followed is new."""
    records = public_records(timezone.localdate())
    old = {**records, "recommendations": [dict(r) for r in records["recommendations"]]}
    after = ("four", "claims", "closing_tests", "plan", "unserved", "evidence", "samples",
             "opinions", "closures")  # fmt: skip
    for r in old["recommendations"]:
        del r["links"], r["family"], r["inherited"]
        r["undertakings"] = [
            {k: v for k, v in u.items() if k not in after} for u in r["undertakings"]
        ]
    (change,) = changes.between(old, records)
    labels = [line["label"] for line in change["lines"]]
    assert any("claim 1, of" in label for label in labels)
    assert all(line["old"] is None for line in change["lines"])


def test_what_a_report_asked_again_stays_inside_until_the_report_is_out(
    closure: Closure, rosa: Person, cass: Person, inspectorate: Body, force: Body
) -> None:
    tomorrow = in_days(1)
    report = log_report(
        by=rosa, title="Embargoed", kind="inspection", author=inspectorate, published_on=tomorrow
    )
    later = enter_recommendation(
        by=rosa, report=report, words="Record every crime.", bodies=[(force, "")]
    )
    earlier = closure.undertaking.recommendation
    link = sign_link(by=rosa, earlier=earlier, later=later, relation="same", reason="As in 2026.")
    if not hasattr(Closure.objects.get(pk=closure.pk), "reopening"):
        reopen_undertaking(
            by=cass, closure=closure, because="asked_again", words=f"{later} asks.", ground=link
        )
    found = public_records(timezone.localdate())["recommendations"][0]
    assert (found["links"], found["family"]["asked"][1:]) == ([], [])
    assert found["undertakings"][0]["closures"][0]["reopened"]["words"] == ""
    out = public_records(tomorrow)["recommendations"][0]
    assert out["links"][0]["reason"] == "As in 2026."
    assert later.reference in out["undertakings"][0]["closures"][0]["reopened"]["words"]


def test_a_successor_shows_what_it_took_over_and_nothing_is_counted_twice(
    ready: Undertaking, force: Body, rosa: Person, petra: Person, percy: Person
) -> None:
    heir = add_body(by="operator", name="Northmoor and Fells Police", kind="force", invented=True)
    yesterday = timezone.localdate() - timedelta(1)
    succeed_body(by="operator", body=force, successor=heir, on=yesterday)
    pass_all_to_successor(by=rosa, body=Body.objects.get(pk=force.pk))
    records = public_records(timezone.localdate())
    old, new = records["recommendations"][0]["undertakings"]
    assert old["passed_to"] == new["body"]
    assert [claim["body"] for claim in new["claims"]] == [old["body"]]
    assert new["closing_tests"][0]["stands"]
    assert new["evidence"]["sealed"][0]["pieces"] == 1
    assert records["totals"]["delivery"]["counts"]["ready_for_assessment"] == 1
    folder = queries.folder_of(published(petra, percy))
    rows = list(csv.DictReader((folder / "data" / "claims.csv").open()))
    assert [row["body"] for row in rows] == [old["body"]]
    assert "Ready for assessment" in page_of(folder)
