"""Themes on the desk: added, filled by ticking, emptied, renamed, retired; suggested and taken."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from answerable.accounts.models import Body, Person
from answerable.gaps.actions.themes import add_theme
from answerable.gaps.models import Theme
from answerable.gaps.queries import themes as queries
from answerable.register.models import Recommendation
from tests.browser import Window, accessible
from tests.pages.test_opinions import page, words
from tests.subjects.test_themes import missing as missing_children
from tests.subjects.test_themes import references

LIST = "/desk/themes/"
ONE = f"{LIST}recording/"
PLANTED = "kestrel-lamplight"


@pytest.fixture
def theme(asked: list[Recommendation], rosa: Person) -> Theme:
    return add_theme(by=rosa, name="Recording", recommendations=asked[:1], description=PLANTED)


missing = missing_children


def test_a_theme_is_added_and_filled_by_ticking(
    client: Client, asked: list[Recommendation], rosa: Person
) -> None:
    shown = page(client, rosa, LIST)
    assert "No theme yet" in shown
    assert "3 recommendations under no theme." in shown
    sent = {"name": "Recording", "description": "In a day."}
    answer = client.post(f"{LIST}new/", sent, follow=True)
    assert answer.redirect_chain[-1][0] == f"{ONE}put/"
    said = words(answer.content)
    assert "Recording is on the list." in said
    assert 'value="R-0001"' in said
    ticked = {"recommendation": ["R-0001", "R-0003", "R-9999"]}
    said = words(client.post(f"{ONE}put/", ticked, follow=True).content)
    assert "2 recommendations put under Recording." in said
    assert references(Theme.objects.get()) == ["R-0001", "R-0003"]
    left = page(client, rosa, f"{ONE}put/")
    assert 'value="R-0002"' in left
    assert 'value="R-0001"' not in left


def test_what_is_put_under_it_is_found_by_words_and_by_having_no_theme(
    client: Client, theme: Theme, rosa: Person
) -> None:
    add_theme(by=rosa, name="Families", recommendations=list(queries.with_references(["R-0002"])))
    assert 'value="R-0002"' in page(client, rosa, f"{ONE}put/?q=family")
    assert "Nothing fits" in page(client, rosa, f"{ONE}put/?q=zebra")
    shown = page(client, rosa, f"{ONE}put/?loose=on")
    assert 'value="R-0003"' in shown
    assert 'value="R-0002"' not in shown


def test_ticked_ones_are_taken_out(client: Client, theme: Theme, rosa: Person) -> None:
    member = queries.members_of(theme).get()
    assert f'value="{member.pk}"' in page(client, rosa, ONE)
    said = words(client.post(ONE, {"member": [member.pk]}, follow=True).content)
    assert "1 recommendation taken out of Recording." in said
    assert references(theme) == []
    assert "Choose what to take out." in words(client.post(ONE, {"member": ["x"]}).content)


def test_wrong_forms_keep_what_was_typed(client: Client, theme: Theme, rosa: Person) -> None:
    client.force_login(rosa)
    said = words(client.post(f"{LIST}new/", {"name": "recording", "description": PLANTED}).content)
    assert "There is a theme with this name already." in said
    assert f"{PLANTED}</textarea>" in said
    assert 'href="#id_name"' in words(client.post(f"{ONE}change/", {"name": ""}).content)
    assert 'href="#id_reason"' in words(client.post(f"{ONE}retire/", {"reason": ""}).content)
    assert "Choose at least one" in words(client.post(f"{ONE}put/", {}).content)


def test_a_theme_is_renamed_and_retired(client: Client, theme: Theme, rosa: Person) -> None:
    client.force_login(rosa)
    said = words(client.post(f"{ONE}change/", {"name": "Crime recording"}, follow=True).content)
    assert "Its address stays as it was." in said
    assert "changed what a theme is called" in said
    client.post(f"{ONE}retire/", {"reason": "Too wide."})
    shown = page(client, rosa, ONE)
    assert "Retired by Rosa Adeyemi" in shown
    assert "Put recommendations under it" not in shown
    assert "Too wide." in page(client, rosa, LIST)
    assert client.get(f"{ONE}put/").status_code == 403
    assert client.post(f"{ONE}retire/", {"reason": "Again."}).status_code == 403


def test_a_suggestion_is_taken_under_another_name_and_in_part(
    client: Client,
    missing: list[Recommendation],
    rosa: Person,
) -> None:
    shown = page(client, rosa, f"{LIST}suggested/")
    assert "Each of them says “missing child" in shown
    assert "Vetting" in shown
    offered = [one.reference for one in missing]
    sent = {"name": "", "offered": offered, "recommendation": offered[:2]}
    said = words(client.post(f"{LIST}suggested/", sent).content)
    assert "Enter the name of the theme" in said
    assert f'value="{offered[0]}" checked' in said
    assert f'value="{offered[2]}">' in said
    sent["name"] = "Children who go missing"
    said = words(client.post(f"{LIST}suggested/", sent, follow=True).content)
    assert "Children who go missing is on the list, with 2 recommendations." in said
    assert references(Theme.objects.get()) == offered[:2]


def test_where_nothing_is_alike_nothing_is_suggested(
    client: Client, asked: list[Recommendation], rosa: Person
) -> None:
    assert "Nothing is suggested" in page(client, rosa, f"{LIST}suggested/")


def test_the_record_names_its_themes_to_the_office_alone(
    client: Client, theme: Theme, rosa: Person, ravi: Person, omar: Person
) -> None:
    for person in (rosa, ravi):
        assert f'href="{ONE}">Recording</a>' in page(client, person, "/desk/register/R-0001/")
    assert ONE not in page(client, omar, "/desk/register/R-0001/")


def test_who_may_not_keep_the_list_reads_it(
    client: Client, theme: Theme, ravi: Person, omar: Person
) -> None:
    assert "Add a theme" not in page(client, ravi, LIST)
    assert "Take out those" not in page(client, ravi, ONE)
    for path in ("new/", "suggested/", "recording/put/", "recording/change/", "recording/retire/"):
        assert client.get(f"{LIST}{path}").status_code == 403
    assert client.post(ONE, {"member": ["1"]}).status_code == 403
    client.force_login(omar)
    for path in ("", "new/", "suggested/", "recording/", "recording/put/"):
        answer = client.get(f"{LIST}{path}")
        assert answer.status_code == 404
        assert PLANTED not in words(answer.content)


def test_strangers_other_methods_and_what_is_not_there(
    client: Client, theme: Theme, rosa: Person
) -> None:
    assert client.get(LIST).status_code == 302
    client.force_login(rosa)
    assert client.get(f"{LIST}nothing/").status_code == 404
    assert client.post(LIST).status_code == client.delete(ONE).status_code == 405


def test_pages_cost_few_queries(
    client: Client, theme: Theme, missing: list[Recommendation], rosa: Person,
    django_assert_max_num_queries: object,
) -> None:  # fmt: skip
    client.force_login(rosa)
    for path in ("", "suggested/", "recording/", "recording/put/"):
        client.get(f"{LIST}{path}")
        with django_assert_max_num_queries(15):  # type: ignore[operator]
            assert client.get(f"{LIST}{path}").status_code == 200


@pytest.mark.browser
def test_the_pages_are_accessible(
    window: Window, theme: Theme, missing: list[Recommendation], rosa: Person, force: Body,
    shot: Callable[[Page, str], None],
) -> None:  # fmt: skip
    for narrow in (False, True):
        shown = window(rosa, narrow=narrow)
        for path in ("", "suggested/", "recording/", "recording/put/"):
            shown.goto(f"{LIST}{path}")
            for fold in shown.locator("details.govuk-details summary").all():
                fold.click()
            name = path.replace("/", "-") or "list-"
            shot(shown, f"themes-{name}{320 if narrow else 1280}")
            accessible(shown)
