"""Families on the desk: the list, one with its timeline, and a link that somebody reads otherwise."""

from datetime import date

import pytest
from django.test import Client

from answerable.accounts.models import Body, Person
from answerable.assurance.models import Closure
from answerable.register.actions.links import sign_link, take_back_link
from answerable.register.actions.objections import object_to_link
from answerable.register.models import Link, Objection, Recommendation
from tests.browser import Window, accessible
from tests.pages.test_links import again
from tests.pages.test_opinions import page, words
from tests.subjects.test_families import link
from tests.subjects.test_links import Ask, ask, three

__all__ = ["again", "ask", "three"]  # fixtures
LIST, ONE = "/desk/families/", "/desk/families/R-0001/"
WHY = "The first asks for a rule, the second for a person."


@pytest.fixture
def family(rosa: Person, three: tuple[Recommendation, ...]) -> list[Link]:
    """Asked in 2014, 2018 and 2021, as Rosa signed."""
    return [link(rosa, three[0], three[1], "same"), link(rosa, three[1], three[2], "same")]


# --- One family ---


def test_a_family_says_how_often_since_when_and_how_long_nothing_was_heard(
    client: Client, family: list[Link], rosa: Person
) -> None:
    shown = page(client, rosa, ONE)
    assert '<h1 class="govuk-heading-l">Asked 3 times in 7 years</h1>' in shown
    days = (date.today() - date(2014, 3, 1)).days
    assert "First asked on 1 March 2014, in R-0001:" in shown
    assert f"({days:,} days)" in shown
    assert "Longest silence: " in shown
    assert "from 1 March 2021 to" in shown
    assert "Inspectorate of Policing and Rescue asked Northmoor Police" in shown
    assert "R-0002 asks the same as R-0001." in shown
    assert "Of R-0001 and R-0003 nobody signed that: it follows" in shown


def test_every_member_leads_to_the_family_and_what_stands_alone_to_its_links(
    client: Client, family: list[Link], ask: Ask, rosa: Person
) -> None:
    client.force_login(rosa)
    assert client.get("/desk/families/R-0003/").headers["Location"] == ONE
    alone = ask(2020)
    there = client.get(f"/desk/families/{alone.reference}/").headers["Location"]
    assert there == f"/desk/register/{alone.reference}/links/"
    assert client.get("/desk/families/R-0999/").status_code == 404
    assert client.post(ONE).status_code == 405
    assert "See the timeline" in page(client, rosa, "/desk/register/R-0002/links/")


def test_the_answers_of_each_asking_stand_apart(
    client: Client, closure: Closure, again: Recommendation, rosa: Person
) -> None:
    sign_link(by=rosa, earlier=closure.undertaking.recommendation, later=again, relation="same",
              reason="Again.")  # fmt: skip
    shown = page(client, rosa, ONE)
    for question, said in (
        ("Response", "accepted"), ("Delivery", "ready for assessment"), ("Assurance", "assured"),
        ("Decision", "closed, "),
    ):  # fmt: skip
        assert f'<td data-l="Question">{question}</td>' in shown
        assert said in shown
    assert "no reply in this record" in shown


def test_what_left_and_what_contradicts_are_told(
    client: Client, family: list[Link], ask: Ask, rosa: Person, cass: Person
) -> None:
    fourth = ask(2022)
    gone = link(rosa, family[1].later, fourth, "partly")
    take_back_link(by=cass, link=gone, reason="Another matter.")
    link(rosa, family[0].earlier, fourth, "contradicts")
    shown = page(client, rosa, ONE)
    assert "Once in this family" in shown
    assert "Another matter." in shown
    assert "What contradicts it" in shown
    assert "Taken back (R-0004 repeats a part of R-0003): Another matter." in shown
    assert "Asked 3 times" in shown


def test_a_body_sees_only_what_was_asked_of_it(
    client: Client, ask: Ask, rosa: Person, omar: Person, lena: Person, force: Body, council: Body
) -> None:
    theirs, both, mine = ask(2014, council), ask(2016, force, council), ask(2018, force)
    link(rosa, theirs, both, "same")
    link(rosa, both, mine, "same")
    shown = page(client, omar, "/desk/families/R-0002/")
    assert "Asked 2 times in 2 years" in shown
    assert "R-0001" not in shown
    assert "Northmoor Council" not in shown
    assert "R-0002" in page(client, omar, LIST)
    assert "R-0001" not in page(client, omar, LIST)
    assert b"R-0001" not in b"".join(client.get(f"{LIST}?format=csv").streaming_content)  # type: ignore[arg-type]
    client.force_login(lena)
    assert client.get("/desk/families/R-0003/").status_code == 404


def test_the_pages_cost_few_queries_however_many_there_are(
    client: Client,
    ask: Ask,
    rosa: Person,
    second_officer: Person,
    django_assert_max_num_queries: object,
) -> None:
    asked = [ask(2000 + year) for year in range(12)]
    for later in asked[1:]:
        made = link(rosa, asked[0], later, "same")
    object_to_link(by=second_officer, link=made, reads="partly", reason=WHY)
    client.force_login(rosa)
    for path in (ONE, LIST):
        client.get(path)
        with django_assert_max_num_queries(15):  # type: ignore[operator]
            assert client.get(path).status_code == 200


# --- The list ---


def test_the_list_is_ordered_narrowed_and_downloaded(
    client: Client, family: list[Link], ask: Ask, rosa: Person, force: Body, council: Body
) -> None:
    link(rosa, ask(2002, council), ask(2023, council), "extends")
    shown = page(client, rosa, LIST)
    assert "2 families" in shown
    assert shown.index("R-0001") < shown.index("R-0004")
    shown = page(client, rosa, f"{LIST}?sort=oldest")
    assert shown.index("R-0004") < shown.index("R-0001")
    shown = page(client, rosa, f"{LIST}?body={council.pk}")
    assert "R-0004" in shown
    assert "R-0001" not in shown
    assert "Nothing fits" in page(client, rosa, f"{LIST}?q=zebra")
    assert "2 families" in page(client, rosa, f"{LIST}?body=nonsense&page=99&sort=x")
    lines = b"".join(client.get(f"{LIST}?format=csv").streaming_content).decode()  # type: ignore[arg-type]
    assert lines.count("\r\n") == 3
    assert "R-0001,Record every crime within a day.,3,3,1 March 2014,1 March 2021," in lines


def test_an_empty_list_says_how_to_begin(client: Client, rosa: Person, ada: Person) -> None:
    assert "Nothing was asked again yet" in page(client, rosa, LIST)
    client.force_login(ada)
    assert client.get(LIST).status_code == 403
    client.logout()
    assert client.get(LIST).status_code == 302


# --- Read otherwise ---


def test_a_second_person_reads_a_link_otherwise(
    client: Client, family: list[Link], vera: Person, rosa: Person
) -> None:
    path = f"/desk/register/R-0001/links/{family[0].pk}/otherwise/"
    assert path in page(client, vera, "/desk/register/R-0001/links/")
    assert 'href="#id_reason"' in words(client.post(path, {"reads": "partly"}).content)
    said = words(client.post(path, {"reads": "same", "reason": WHY}).content)
    assert f"{WHY}</textarea>" in said
    said = words(client.post(path, {"reads": "unrelated", "reason": WHY}, follow=True).content)
    assert "Your reading stands beside the link." in said
    assert f"R-0002 has nothing to do with R-0001. {WHY}" in said
    assert client.get(path).status_code == 403
    assert f"R-0002 has nothing to do with R-0001. {WHY}" in page(client, rosa, ONE)
    record = page(client, rosa, "/desk/register/R-0001/")
    assert "R-0002 has nothing to do with R-0001. Vera Lindqvist" in record
    assert f'href="{ONE}">See the timeline' in record
    assert client.get(path).status_code == 403  # she signed it herself
    back = f"{path}{Objection.objects.get().pk}/take-back/"
    assert client.get(back).status_code == 403
    assert client.get(f"{path}999/take-back/").status_code == 404
    assert back in page(client, vera, "/desk/register/R-0001/links/")
    said = words(client.post(back, {"reason": "I see it now."}, follow=True).content)
    assert "Taken back on" in said
    assert "I see it now." in said


def test_who_may_not_object_is_offered_nothing(
    client: Client, family: list[Link], ravi: Person, omar: Person, lena: Person
) -> None:
    path = f"/desk/register/R-0001/links/{family[0].pk}/otherwise/"
    for person in (ravi, omar):
        assert path not in page(client, person, "/desk/register/R-0001/links/")
        assert client.post(path, {"reads": "partly", "reason": WHY}).status_code == 403
    client.force_login(lena)
    assert client.get(path).status_code == 404
    assert not Objection.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_family_is_accessible_and_nothing_runs_over_at_320_pixels(
    window: Window, family: list[Link], rosa: Person, live_server: object
) -> None:
    for narrow in (False, True):
        browser = window(rosa, narrow=narrow)
        browser.goto(ONE)
        accessible(browser)
        browser.goto(LIST)
        accessible(browser)
