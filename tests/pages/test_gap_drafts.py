"""Draft plans on the desk: gaps are chosen, a draft is owned, its lines go into plans."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from answerable.accounts.models import Body, Person
from answerable.gaps.actions.drafts import draft_plan, own_draft
from answerable.gaps.actions.runs import run_analysis
from answerable.gaps.models import DraftPlan, GapRun
from answerable.gaps.queries.runs import analysis_of
from answerable.plan.models import Action
from answerable.register.actions.links import sign_link
from answerable.register.models import Recommendation
from tests.browser import Window, accessible
from tests.pages.test_opinions import page, words

CHOOSE = "/desk/gaps/G-0001/plan/"
DRAFT = "/desk/drafts/D-0001/"


@pytest.fixture
def run(asked: list[Recommendation], rosa: Person) -> GapRun:
    """Of three recommendations, the first two of which ask the same."""
    sign_link(by=rosa, earlier=asked[0], later=asked[1], relation="same", reason="One cure.")
    return run_analysis(by=rosa)


@pytest.fixture
def draft(run: GapRun, rosa: Person) -> DraftPlan:
    """Every gap but those of one kind."""
    keys = [gap.key for gap in analysis_of(run).gaps if gap.kind != "never_answered"]
    return draft_plan(by=rosa, run=run, gaps=keys)


def test_a_draft_is_made_of_the_kinds_and_the_gaps_that_were_ticked(
    client: Client, run: GapRun, rosa: Person
) -> None:
    shown = page(client, rosa, CHOOSE)
    assert "Which gaps should the plan close?" in shown
    assert "Accepted, no action" in shown
    one = next(gap.key for gap in analysis_of(run).gaps if gap.kind == "never_answered")
    sent = {"kinds": ["no_action"], "gaps": [one]}
    said = words(client.post(CHOOSE, sent, follow=True).content)
    assert "D-0001 is drafted" in said
    assert "A draft that nobody owns yet. Nothing in it is promised by anyone." in said
    chosen = set(DraftPlan.objects.get().chosen)
    assert one in chosen
    assert {key.split(":")[0] for key in chosen} == {"no_action", one.split(":")[0]}


def test_a_draft_of_nothing_is_refused_in_words(client: Client, run: GapRun, rosa: Person) -> None:
    client.force_login(rosa)
    said = words(client.post(CHOOSE, {}).content)
    assert "Choose at least one gap." in said
    assert not DraftPlan.objects.exists()


def test_the_gaps_can_be_narrowed_to_those_of_one_body(
    client: Client, run: GapRun, rosa: Person
) -> None:
    shown = page(client, rosa, f"{CHOOSE}?body=northmoor-council")
    assert "Only gaps of Northmoor Council." in shown
    assert "R-0001, Northmoor Police" not in shown


def test_a_draft_shows_every_wording_and_ends_with_what_it_does_not_cover(
    client: Client, draft: DraftPlan, rosa: Person, asked: list[Recommendation]
) -> None:
    shown = page(client, rosa, DRAFT)
    for one in asked[:2]:
        assert one.words in shown
    assert "so that the narrowest is not lost" in shown
    assert "A sceptic would look at" in shown
    end = shown[shown.index("What this draft does not cover", shown.index("Must satisfy")) :]
    assert "Never answered" in end
    assert "stay open if this is all that is done" in end


def test_the_whole_draft_is_a_file(client: Client, draft: DraftPlan, rosa: Person) -> None:
    client.force_login(rosa)
    answer = client.get(f"{DRAFT}?format=csv")
    told = b"".join(answer).decode("utf-8-sig")
    assert told.startswith("Line,What will be done")
    assert "Nobody chose it." in told


def test_once_owned_a_line_goes_into_the_plan_of_a_body(
    client: Client, draft: DraftPlan, force: Body, rosa: Person
) -> None:
    client.force_login(rosa)
    said = words(client.post(f"{DRAFT}own/", follow=True).content)
    assert "You own D-0001." in said
    assert "Take it into the plan of Northmoor Police" in said
    path = f"{DRAFT}1/take/{force.slug}/"
    said = words(client.post(path, {"owner_role": ""}).content)
    assert "Enter the post that answers for it" in said
    said = words(client.post(path, {"owner_role": "Head of Crime"}, follow=True).content)
    assert "A-0001 is in the plan of Northmoor Police. That is planned, not yet done." in said
    assert Action.objects.get().owner_role == "Head of Crime"
    assert "In the plan of Northmoor Police" in page(client, rosa, DRAFT)


def test_a_line_is_changed_and_left_out_with_a_reason(
    client: Client, draft: DraftPlan, rosa: Person
) -> None:
    client.force_login(rosa)
    said = words(client.post(f"{DRAFT}1/", {"title": "Record it at once"}, follow=True).content)
    assert "Record it at once" in said
    said = words(client.post(f"{DRAFT}1/leave-out/", {"reason": ""}).content)
    assert "Leave out: Record it at once" in said
    why = {"reason": "The council answers first."}
    said = words(client.post(f"{DRAFT}1/leave-out/", why, follow=True).content)
    assert "Left out by Rosa Adeyemi: The council answers first." in said
    assert "Left out, with the reason" in said


@pytest.mark.parametrize("path", [CHOOSE, DRAFT, "/desk/drafts/", f"{DRAFT}1/"])
def test_people_of_a_body_are_told_that_this_is_not_theirs(
    client: Client, draft: DraftPlan, omar: Person, path: str
) -> None:
    client.force_login(omar)
    assert client.get(path).status_code == 403


@pytest.mark.parametrize("path", ["/desk/drafts/D-0009/", f"{DRAFT}99/", "/desk/gaps/G-0009/plan/"])
def test_what_is_not_there_is_not_found(
    client: Client, draft: DraftPlan, rosa: Person, path: str
) -> None:
    client.force_login(rosa)
    assert client.get(path).status_code == 404


def test_a_stranger_signs_in_first_and_a_wrong_method_is_refused(
    client: Client, draft: DraftPlan, rosa: Person
) -> None:
    assert client.get(DRAFT).status_code == 302
    client.force_login(rosa)
    assert client.get(f"{DRAFT}own/").status_code == 405
    assert client.post(DRAFT).status_code == 405


def test_a_draft_costs_the_same_however_much_is_in_it(
    client: Client,
    draft: DraftPlan,
    rosa: Person,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    own_draft(by=rosa, draft=draft)
    page(client, rosa, DRAFT)
    with django_assert_max_num_queries(15):
        client.get(DRAFT)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_of_a_draft_are_accessible_and_look_finished(
    window: Window, draft: DraftPlan, rosa: Person, shot: Callable[[Page, str], None]
) -> None:
    own_draft(by=rosa, draft=draft)
    for narrow in (False, True):
        tab = window(rosa, narrow=narrow)
        for name, path in (
            ("choose", CHOOSE),
            ("draft", DRAFT),
            ("change", f"{DRAFT}1/"),
            ("take", f"{DRAFT}1/take/northmoor-police/"),
            ("drafts", "/desk/drafts/"),
        ):
            tab.goto(path)
            accessible(tab)
            shot(tab, f"{name}-{'320' if narrow else '1280'}")
