"""Links between recommendations: signed in the glossary's words, shown with the family, taken back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.assurance.models import Closure, Reopening
from answerable.register.actions.links import sign_link
from answerable.register.actions.recommendations import enter_recommendation
from answerable.register.models import Link, Recommendation
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Report
from tests.pages.test_opinions import page, words

ONE = "/desk/register/R-0001/"
PATH = f"{ONE}links/"
WHY = "Both ask for a record within a day."


@pytest.fixture
def again(
    asked: list[Recommendation], rosa: Person, inspectorate: Body, force: Body
) -> Recommendation:
    """R-0004: a later report asks the same body once more."""
    report = log_report(
        by=rosa, title="Inspection, a year on", kind=Report.Kind.INSPECTION, author=inspectorate,
        published_on=timezone.localdate(), invented=True,
    )  # fmt: skip
    said = "Northmoor Police must make a record of each report within a day."
    return enter_recommendation(by=rosa, report=report, words=said, bodies=[(force, "")])


def test_a_link_is_signed_and_the_family_shown(
    client: Client, again: Recommendation, rosa: Person
) -> None:
    assert "Nobody has signed a link yet." in page(client, rosa, PATH)
    sent = {"other": "r 4", "relation": "same", "reason": WHY}
    said = words(client.post(PATH, sent, follow=True).content)
    assert "Signed: R-0004 asks the same as R-0001." in said
    assert "Asked 2 times." in said
    assert "Signed by Rosa Adeyemi on" in said
    link = Link.objects.get()
    assert (link.later, link.earlier.reference, link.reason) == (again, "R-0001", WHY)
    record = words(client.get(ONE).content)
    assert "Asked before, or again" in record
    assert "R-0004 asks the same as R-0001." in record


def test_which_is_the_later_one_their_dates_say(
    client: Client, again: Recommendation, rosa: Person
) -> None:
    client.force_login(rosa)
    path = f"/desk/register/{again.reference}/links/"
    sent = {"other": "R-0001", "relation": "supersedes", "reason": WHY}
    said = words(client.post(path, sent, follow=True).content)
    assert "Signed: R-0004 supersedes R-0001." in said
    first = timezone.localdate() - timedelta(days=70)
    assert f"What it superseded passed on its age: it runs from {first.day} " in said


def test_another_is_found_by_its_words(client: Client, again: Recommendation, rosa: Person) -> None:
    shown = page(client, rosa, f"{PATH}?q=record+day")
    assert "Choose R-0004" in shown
    assert "Choose R-0001" not in shown
    assert "Nothing has all these words." in page(client, rosa, f"{PATH}?q=zebra")
    assert 'value="R-0004"' in page(client, rosa, f"{PATH}?other=R-0004")


def test_a_wrong_form_keeps_what_was_typed(
    client: Client, again: Recommendation, rosa: Person
) -> None:
    client.force_login(rosa)
    said = words(client.post(PATH, {"other": "R-0999", "relation": "same", "reason": WHY}).content)
    assert "There is no recommendation with this reference." in said
    assert f"{WHY}</textarea>" in said
    said = words(client.post(PATH, {"other": "R-0001", "relation": "same", "reason": WHY}).content)
    assert "A recommendation cannot be linked to itself." in said
    assert 'href="#id_reason"' in words(client.post(PATH, {"other": "4"}).content)
    assert not Link.objects.exists()


def test_what_goes_in_a_circle_is_refused_in_words(
    client: Client, asked: list[Recommendation], rosa: Person
) -> None:
    first, second, third = asked
    sign_link(by=rosa, earlier=first, later=second, relation="supersedes", reason="Anew.")
    sign_link(by=rosa, earlier=second, later=third, relation="supersedes", reason="Anew.")
    client.force_login(rosa)
    sent = {"other": third.reference, "relation": "same", "reason": WHY}
    client.post(PATH, sent)
    sent = {"other": second.reference, "relation": "same", "reason": WHY}
    assert "It is already signed that R-0002 supersedes R-0001." in words(
        client.post(PATH, sent).content
    )


def test_what_was_closed_and_is_asked_again_opens_and_it_is_said(
    client: Client, closure: Closure, again: Recommendation, rosa: Person
) -> None:
    client.force_login(rosa)
    sent = {"other": "R-0004", "relation": "extends", "reason": WHY}
    said = words(client.post(PATH, sent, follow=True).content)
    assert "R-0001 was closed for Northmoor Police. It is open again" in said
    assert Reopening.objects.get().because == "asked_again"


def test_a_link_is_taken_back_with_its_reason(
    client: Client, again: Recommendation, asked: list[Recommendation], cass: Person
) -> None:
    link = sign_link(by=cass, earlier=asked[0], later=again, relation="same", reason=WHY)
    path = f"{PATH}{link.pk}/take-back/"
    assert path in page(client, cass, PATH)
    assert 'href="#id_reason"' in words(client.post(path, {"reason": ""}).content)
    said = words(client.post(path, {"reason": "Another matter."}, follow=True).content)
    assert "Taken back by Cass Okafor on" in said
    assert "Another matter." in said
    assert client.get(path).status_code == 403
    assert client.get(f"{PATH}999/take-back/").status_code == 404


def test_who_may_not_sign_reads_only(
    client: Client, again: Recommendation, asked: list[Recommendation], ravi: Person, cass: Person
) -> None:
    link = sign_link(by=cass, earlier=asked[0], later=again, relation="same", reason=WHY)
    shown = page(client, ravi, PATH)
    assert "R-0004 asks the same as R-0001." in shown
    assert "Sign the link" not in shown
    sent = {"other": "R-0002", "relation": "same", "reason": WHY}
    assert client.post(PATH, sent).status_code == 403
    assert client.get(f"{PATH}{link.pk}/take-back/").status_code == 403


def test_a_body_sees_only_what_joins_its_own(
    client: Client, again: Recommendation, asked: list[Recommendation], omar: Person, lena: Person,
    cass: Person,
) -> None:  # fmt: skip
    sign_link(by=cass, earlier=asked[0], later=again, relation="same", reason=WHY)
    sign_link(by=cass, earlier=asked[2], later=again, relation="partly", reason=WHY)
    shown = page(client, omar, f"/desk/register/{again.reference}/links/")
    assert "R-0001" in shown
    assert "R-0003" not in shown
    client.force_login(lena)
    assert client.get(PATH).status_code == client.post(PATH, {}).status_code == 404


def test_strangers_sign_in_and_other_methods_are_refused(
    client: Client, again: Recommendation, rosa: Person
) -> None:
    assert client.get(PATH).status_code == 302
    client.force_login(rosa)
    assert client.delete(PATH).status_code == 405


def test_the_page_costs_few_queries(
    client: Client, again: Recommendation, asked: list[Recommendation], rosa: Person,
    django_assert_max_num_queries: object,
) -> None:  # fmt: skip
    for earlier in asked:
        sign_link(by=rosa, earlier=earlier, later=again, relation="supersedes", reason=WHY)
    client.force_login(rosa)
    client.get(f"/desk/register/{again.reference}/links/")  # the families are read once an event
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get(f"/desk/register/{again.reference}/links/")
