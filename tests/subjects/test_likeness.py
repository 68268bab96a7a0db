"""What repeats: suggested with reasons, seen by whoever may, dismissed and taken back by people."""

import pytest
from django.db import IntegrityError, transaction

from answerable.accounts.models import Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.register.actions.likeness import dismiss_likeness, take_back_dismissal
from answerable.register.actions.links import sign_link, take_back_link
from answerable.register.models import Dismissal, Recommendation
from tests.subjects.test_links import ask, three

__all__ = ["ask", "three"]  # fixtures
Three = tuple[Recommendation, ...]
WHY = "The first is about training, the second about records."


def dismissed(by: Person, one: Recommendation, other: Recommendation) -> Dismissal:
    return dismiss_likeness(by=by, recommendation=one, other=other, reason=WHY)


# --- Two that are not alike ----------------------------------------------------------------------


def test_two_are_dismissed_with_a_reason_whichever_is_named_first(
    rosa: Person, three: Three
) -> None:
    made = dismissed(rosa, three[1], three[0])
    assert (made.earlier, made.later, made.dismissed_by) == (three[0], three[1], rosa)
    entry = audit.history(made)[0]
    assert (entry.verb, entry.said) == ("likeness.dismissed", {"reason": WHY})
    assert audit.verify().holds


@pytest.mark.parametrize("who", ["petra", "omar", "ada", "ravi", "vera"])
def test_others_do_not_dismiss(who: str, three: Three, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refused, match="may sign how two recommendations are linked"):
        dismissed(request.getfixturevalue(who), three[0], three[1])


def test_what_is_decided_is_decided_once(rosa: Person, cass: Person, three: Three) -> None:
    first, second, third = three
    made = dismissed(rosa, first, second)
    with pytest.raises(Refused, match="said already"):
        dismissed(cass, second, first)
    signing = {"by": cass, "earlier": first, "relation": "same", "reason": "x"}
    with pytest.raises(Refused, match="these two are not alike"):
        sign_link(later=second, **signing)  # type: ignore[arg-type]
    link = sign_link(later=third, **signing)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="It is signed that"):
        dismissed(rosa, first, third)
    take_back_link(by=cass, link=link, reason="x")
    assert dismissed(rosa, first, third).pk != made.pk
    with pytest.raises(Refused, match="two different"):
        dismissed(rosa, first, first)
    with pytest.raises(Refused, match="Say why"):
        dismiss_likeness(by=rosa, recommendation=second, other=third, reason=" ")


def test_a_dismissal_is_taken_back_and_stays(rosa: Person, cass: Person, three: Three) -> None:
    made = dismissed(rosa, three[0], three[1])
    with pytest.raises(Refused, match="Say why"):
        take_back_dismissal(by=cass, dismissal=made, reason="")
    back = take_back_dismissal(by=cass, dismissal=made, reason="Read again.")
    assert (back.taken_back_by, back.taken_back_reason) == (cass, "Read again.")
    with pytest.raises(Refused, match="taken back already"):
        take_back_dismissal(by=cass, dismissal=made, reason="x")
    assert dismissed(cass, three[0], three[1]).pk != made.pk
    assert audit.verify().holds


def test_a_dismissal_never_changes_and_is_never_removed(rosa: Person, three: Three) -> None:
    rows = Dismissal.objects.filter(pk=dismissed(rosa, three[0], three[1]).pk)
    for change in ({"reason": "Other"}, {"later": three[2]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()
