"""Links to what other offices keep: by address and digest, signed with a reason, taken back once."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.publishing.records import public_records
from answerable.register.actions.outside_links import sign_outside_link, take_back_outside_link
from answerable.register.actions.recommendations import withdraw_recommendation
from answerable.register.models import OutsideLink, Recommendation
from answerable.register.queries.outside_links import outside_links_of

THERE = "https://southmoor.example/record/R-0007.html"
DIGEST = "9f" * 32


def sign(by: Person, recommendation: Recommendation, **other: Any) -> OutsideLink:
    """A link to what Southmoor keeps, as ``by`` signs it."""
    given = {
        "relation": "same",
        "office": "Southmoor Commissioner",
        "address": THERE,
        "theirs": "R-0007",
        "reason": "Both ask for a record within a day.",
        "sha256": DIGEST,
        **other,
    }
    return sign_outside_link(by=by, recommendation=recommendation, **given)


def test_it_is_signed_with_its_place_there(asked: list[Recommendation], rosa: Person) -> None:
    link = sign(rosa, asked[0], sha256=f" {DIGEST.upper()} ")
    assert (link.address, link.theirs, link.sha256, link.signed_by) == (
        THERE, "R-0007", DIGEST, rosa,
    )  # fmt: skip
    [entry] = audit.history(link)
    assert entry.verb == "outside_link.signed"
    assert entry.said == {"reason": "Both ask for a record within a day."}
    assert audit.verify().holds


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"relation": "cousin"}, "relation"),
        ({"reason": " "}, "reason"),
        ({"office": " "}, "office"),
        ({"theirs": ""}, "theirs"),
        ({"address": "http://southmoor.example/"}, "address"),
        ({"address": "https://ann:secret@southmoor.example/"}, "address"),
        ({"address": "https:///record"}, "address"),
        ({"address": "https://[southmoor"}, "address"),
        ({"address": "https://southmoor.example/a b"}, "address"),
        ({"sha256": "9f"}, "sha256"),
    ],
)
def test_what_nobody_could_find_again_is_refused(
    wrong: dict[str, str], code: str, asked: list[Recommendation], rosa: Person
) -> None:
    with pytest.raises(Refused) as refused:
        sign(rosa, asked[0], **wrong)
    assert refused.value.code == code
    assert not OutsideLink.objects.exists()


@pytest.mark.parametrize("who", ["vera", "petra", "omar", "ravi"])
def test_others_do_not_sign(
    who: str, asked: list[Recommendation], request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused, match="may sign how two recommendations are linked"):
        sign(request.getfixturevalue(who), asked[0])


def test_nothing_is_signed_of_what_was_withdrawn(asked: list[Recommendation], rosa: Person) -> None:
    withdraw_recommendation(by=rosa, recommendation=asked[2], reason="Entered twice.")
    with pytest.raises(Refused, match="withdrawn"):
        sign(rosa, asked[2])


def test_one_at_a_time_and_a_new_one_after_it_was_taken_back(
    asked: list[Recommendation], rosa: Person, cass: Person
) -> None:
    link = sign(rosa, asked[0])
    with pytest.raises(Refused, match="already signed that R-0001 asks the same as this one"):
        sign(cass, asked[0], relation="partly")
    take_back_outside_link(by=cass, link=link, reason="Another matter.")
    with pytest.raises(Refused, match="taken back already"):
        take_back_outside_link(by=cass, link=link, reason="Once more.")
    newer = sign(cass, asked[0], relation="partly")
    assert outside_links_of(asked[0]) == [newer, link]
    assert [entry.verb for entry in audit.history(link)] == [
        "outside_link.taken_back",
        "outside_link.signed",
    ]


def test_what_was_signed_never_changes(asked: list[Recommendation], rosa: Person) -> None:
    link = sign(rosa, asked[0])
    rows = OutsideLink.objects.filter(pk=link.pk)
    for change in ({"address": "https://elsewhere.example/"}, {"sha256": ""}, {"reason": "Other."}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


def test_the_public_record_says_so_by_role_alone(asked: list[Recommendation], rosa: Person) -> None:
    link = sign(rosa, asked[0])
    take_back_outside_link(by=rosa, link=link, reason="Another matter.")
    [public] = public_records(timezone.localdate())["recommendations"][0]["outside_links"]
    today = timezone.localdate().isoformat()
    assert public == {
        "relation": "asks the same as",
        "office": "Southmoor Commissioner",
        "address": THERE,
        "theirs": "R-0007",
        "sha256": DIGEST,
        "reason": "Both ask for a record within a day.",
        "on": today,
        "by": "governance officer",
        "taken_back_on": today,
        "taken_back_because": "Another matter.",
    }
