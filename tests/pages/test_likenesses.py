"""What a recommendation may repeat: proposed in order, two side by side, decided by a person."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from answerable.accounts.models import Body, Person
from answerable.assurance.models import Closure, Reopening
from answerable.register.actions.likeness import dismiss_likeness
from answerable.register.actions.links import sign_link
from answerable.register.actions.recommendations import enter_recommendation
from answerable.register.actions.suggesting import look_for_repeats
from answerable.register.models import Dismissal, Link, Recommendation
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Report
from tests.browser import Window, accessible, press
from tests.pages.test_opinions import page, words

WHY = "Both ask for a record of a report about a child within a day."


@pytest.fixture
def later_report(asked: list[Recommendation], rosa: Person, inspectorate: Body) -> Report:
    """An inspection a year on."""
    return log_report(
        by=rosa, title="Inspection, a year on", kind=Report.Kind.INSPECTION, author=inspectorate,
        published_on=timezone.localdate(),
    )  # fmt: skip


@pytest.fixture
def again(later_report: Report, rosa: Person, force: Body, council: Body) -> Recommendation:
    """R-0004: it asks the police once more for R-0001, and the council for a little of R-0003."""
    said = (
        "The police of Northmoor must, within 24 hours, record as a crime every report that a "
        "child is at risk; a supervisor should not wait for a conversation."
    )
    return enter_recommendation(
        by=rosa, report=later_report, words=said, number="1", bodies=[(force, ""), (council, "")]
    )


PATH = "/desk/register/R-0004/likenesses/"
PAIR = f"{PATH}R-0001/"


def test_the_likeliest_stands_first_with_its_reason_and_no_verdict(
    client: Client, again: Recommendation, rosa: Person
) -> None:
    shown = page(client, rosa, PATH)
    assert shown.index("Compare R-0001") < shown.index("Compare R-0003")
    assert "odds " in shown
    assert "only R-0004 has" in shown
    assert "crime" in shown
    assert "asked of Northmoor Police" in shown
    assert "No figure here says that R-0004 is new." in shown
    assert PAIR in shown


def test_both_stand_side_by_side_with_what_was_answered(
    client: Client, again: Recommendation, rosa: Person
) -> None:
    shown = page(client, rosa, PAIR)
    assert "Was R-0004 asked before, as R-0001?" in shown
    assert "Asked 2 months later" in shown
    assert "[only here:] </span>must" in shown
    assert "Accepted" in shown
    assert "Nobody independent has looked yet" in shown
    assert "A reply was due by" in shown
    assert 'value="same"' in shown
    assert "checked" not in shown[shown.index("Decide") :]


def test_a_link_is_signed_and_the_next_that_waits_comes(
    client: Client, again: Recommendation, rosa: Person
) -> None:
    client.force_login(rosa)
    answer = client.post(PAIR, {"relation": "same", "reason": WHY})
    link = Link.objects.get()
    assert (link.earlier.reference, link.later, link.relation) == ("R-0001", again, "same")
    assert answer.headers["Location"].startswith(PATH)
    assert answer.headers["Location"] != PAIR
    assert "Signed: R-0004 asks the same as R-0001." in words(
        client.get(answer.headers["Location"]).content
    )
    assert "Signed by Rosa Adeyemi on" in page(client, rosa, PATH)
    decided = page(client, rosa, PAIR)
    assert "What was decided of these two" in decided
    assert 'name="reason"' not in decided


def test_what_was_closed_opens_and_it_is_said(
    client: Client, closure: Closure, again: Recommendation, rosa: Person
) -> None:
    client.force_login(rosa)
    said = words(client.post(PAIR, {"relation": "extends", "reason": WHY}, follow=True).content)
    assert "R-0001 was closed for Northmoor Police. It is open again" in said
    assert Reopening.objects.get().because == "asked_again"


def test_not_alike_is_kept_with_its_reason_and_taken_back(
    client: Client, again: Recommendation, rosa: Person, cass: Person
) -> None:
    client.force_login(rosa)
    pair = f"{PATH}R-0003/"
    sent = {"relation": "unalike", "reason": "A conversation is not a record."}
    assert "R-0004 and R-0003 are not alike" in words(client.post(pair, sent, follow=True).content)
    dismissal = Dismissal.objects.get()
    assert (dismissal.earlier.reference, dismissal.later) == ("R-0003", again)
    assert "Not alike, says Rosa Adeyemi on" in page(client, cass, PATH)
    path = f"{PATH}{dismissal.pk}/take-back/"
    assert path in page(client, cass, pair)
    assert 'href="#id_reason"' in words(client.post(path, {"reason": ""}).content)
    said = words(client.post(path, {"reason": "It is, in part."}, follow=True).content)
    assert "The two wait for a decision again." in said
    assert "Taken back by Cass Okafor on" in said
    assert client.get(path).status_code == 403
    assert client.get(f"{PATH}999/take-back/").status_code == 404


def test_a_wrong_form_keeps_what_was_typed(
    client: Client, again: Recommendation, rosa: Person
) -> None:
    client.force_login(rosa)
    said = words(client.post(PAIR, {"reason": WHY}).content)
    assert 'href="#id_relation"' in said
    assert f"{WHY}</textarea>" in said
    assert 'href="#id_reason"' in words(client.post(PAIR, {"relation": "same"}).content)
    assert not Link.objects.exists()


def test_whoever_decides_second_is_told_what_was_decided(
    client: Client, asked: list[Recommendation], again: Recommendation, rosa: Person, cass: Person
) -> None:
    sign_link(by=cass, earlier=asked[0], later=again, relation="partly", reason="As to time.")
    client.force_login(rosa)
    said = words(client.post(PAIR, {"relation": "same", "reason": WHY}).content)
    assert "It is already signed that R-0004 repeats a part of R-0001." in said
    assert f"{WHY}</textarea>" in said


def test_a_report_is_walked_through_in_minutes(
    client: Client, asked: list[Recommendation], again: Recommendation, later_report: Report,
    rosa: Person, force: Body,
) -> None:  # fmt: skip
    for said in ("Paint the canteen green.", asked[0].words):
        enter_recommendation(by=rosa, report=later_report, words=said, bodies=[(force, "")])
    path = f"/desk/reports/{later_report.pk}/likenesses/"
    assert path in page(client, rosa, f"/desk/reports/{later_report.pk}/")
    shown = page(client, rosa, path)
    assert "may have been asked before</b>, and nobody" in shown
    assert "Nothing like it was found before it." in shown
    assert "Compare them, one after another" in shown
    pair = "/desk/register/R-0006/likenesses/R-0001/?report=1"
    assert pair in shown
    answer = client.post(pair, {"relation": "same", "reason": "Word for word."}, follow=True)
    assert "?report=1" in answer.redirect_chain[0][0] or answer.redirect_chain[0][0] == path
    assert "Signed: R-0006 asks the same as R-0001." in words(answer.content)


def test_the_record_and_its_links_point_to_what_waits(
    client: Client, asked: list[Recommendation], later_report: Report, rosa: Person, force: Body
) -> None:
    made = enter_recommendation(
        by=rosa, report=later_report, words=asked[0].words, bodies=[(force, "")]
    )
    place = f"/desk/register/{made.reference}/"
    look_for_repeats()
    for path in (place, f"{place}links/"):
        assert "1 earlier recommendation may ask the same" in page(client, rosa, path)
        assert f"{place}likenesses/" in page(client, rosa, path)
    dismiss_likeness(by=rosa, recommendation=made, other=asked[0], reason="Another force.")
    assert "may ask the same" not in page(client, rosa, place)


def test_today_names_what_waits_for_whoever_may_sign(
    client: Client, asked: list[Recommendation], later_report: Report, rosa: Person, ravi: Person,
    force: Body,
) -> None:  # fmt: skip
    made = enter_recommendation(
        by=rosa, report=later_report, words=asked[0].words, bodies=[(force, "")]
    )
    look_for_repeats()
    shown = page(client, rosa, "/desk/")
    assert "May have been asked before" in shown
    assert f"/desk/register/{made.reference}/likenesses/R-0001/" in shown
    assert "May have been asked before" not in page(client, ravi, "/desk/")


def test_who_may_not_sign_reads_only(client: Client, again: Recommendation, ravi: Person) -> None:
    assert "odds " in page(client, ravi, PATH)
    assert 'name="reason"' not in page(client, ravi, PAIR)
    assert client.post(PAIR, {"relation": "same", "reason": WHY}).status_code == 403


def test_a_body_sees_its_own_alone(
    client: Client, asked: list[Recommendation], again: Recommendation, omar: Person, lena: Person,
    rosa: Person,
) -> None:  # fmt: skip
    dismiss_likeness(by=rosa, recommendation=again, other=asked[2], reason="Marrowfield.")
    shown = page(client, omar, PATH)
    assert "R-0001" in shown
    assert "R-0003" not in shown
    assert "Marrowfield" not in shown
    assert "Northmoor Council" not in page(client, omar, PAIR)
    assert client.get(f"{PATH}R-0003/").status_code == 404
    assert client.post(PAIR, {"relation": "same", "reason": WHY}).status_code == 403
    dismissal = Dismissal.objects.get()
    assert client.get(f"{PATH}{dismissal.pk}/take-back/").status_code == 404
    client.force_login(lena)
    assert client.get(PAIR).status_code == 404


def test_strangers_sign_in_and_other_methods_are_refused(
    client: Client, again: Recommendation, rosa: Person
) -> None:
    for path in (PATH, PAIR, f"/desk/reports/{again.report_id}/likenesses/"):
        assert client.get(path).status_code == 302
    client.force_login(rosa)
    assert client.delete(PAIR).status_code == client.post(PATH).status_code == 405
    assert client.get(f"{PATH}R-0004/").status_code == 404
    assert client.get(f"{PATH}R-0999/").status_code == 404


def test_the_pages_cost_no_more_with_many(
    client: Client, asked: list[Recommendation], later_report: Report, rosa: Person, force: Body,
    council: Body, django_assert_max_num_queries: object,
) -> None:  # fmt: skip
    """Twelve that say nearly the same, one of them the newest: every page within its budget."""
    for number in range(12):
        newest = enter_recommendation(
            by=rosa, report=later_report, bodies=[(force, ""), (council, "")], number=str(number),
            words=f"Record every report about a child at risk as a crime within {number + 30} hours.",
        )  # fmt: skip
        sign_link(by=rosa, earlier=asked[0], later=newest, relation="same", reason=WHY)
    reference = newest.reference
    client.force_login(rosa)
    for path in (
        f"/desk/register/{reference}/likenesses/",
        f"/desk/register/{reference}/likenesses/?more=1",
        f"/desk/register/{reference}/likenesses/R-0001/",
        f"/desk/reports/{later_report.pk}/likenesses/",
        f"/desk/register/{reference}/",
    ):
        client.get(path)
        with django_assert_max_num_queries(15):  # type: ignore[operator]
            client.get(path)


def test_by_keyboard_at_both_widths(
    window: Window, again: Recommendation, rosa: Person, shot: Callable[[Page, str], None]
) -> None:
    for narrow in (False, True):
        tab = window(rosa, narrow=narrow)
        width = "320" if narrow else "1280"
        for name, path in (
            ("likenesses", PATH),
            ("likenesses-report", f"/desk/reports/{again.report_id}/likenesses/"),
            ("likeness", PAIR),
            ("ask", "/desk/asked-before/"),
        ):
            tab.goto(path)
            if name == "ask":
                tab.get_by_label("What is asked").fill("Is every report about a child recorded?")
                press(tab, "Compare")
            accessible(tab)
            shot(tab, f"{name}-{width}")
        tab.goto(PAIR)
    tab.get_by_role("radio", name="Asks the same as").focus()
    tab.keyboard.press("Space")
    tab.keyboard.press("Tab")
    tab.keyboard.type(WHY)
    press(tab, "Sign, and go to the next")
    assert "Signed: R-0004 asks the same as R-0001." in tab.content()
    assert PATH in tab.url
    assert Link.objects.get().reason == WHY
