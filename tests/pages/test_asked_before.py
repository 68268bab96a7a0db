"""The ask box: words that are in no report yet, compared with everything that may be seen."""

import pytest
from django.test import Client

from answerable.accounts.models import Body, Person
from answerable.assurance.models import Opinion
from answerable.register.actions.links import sign_link
from answerable.register.actions.recommendations import enter_recommendation
from answerable.register.models import Recommendation
from answerable.reports.models import Report
from tests.pages.test_opinions import page, words

PATH = "/desk/asked-before/"
ASKED = "Is every report about a child recorded as a crime within a day?"


def ask(client: Client, person: Person, said: str) -> str:
    client.force_login(person)
    answer = client.post(PATH, {"words": said})
    assert answer.status_code == 200
    return words(answer.content)


def test_a_sentence_finds_what_was_asked_answered_and_seen(
    client: Client, assured: Opinion, asked: list[Recommendation], rosa: Person
) -> None:
    assert "Has this been asked before?" in page(client, rosa, PATH)
    said = ask(client, rosa, ASKED)
    first = said[said.index("Likeliest first") :]
    assert first.index("R-0001") < first.index("R-0003")
    assert "(odds " in first
    assert "only R-0001 has" in first
    assert "record" in first
    assert "Assured" in first
    assert "a person decides" in first
    assert ASKED in said


def test_what_was_asked_more_than_once_says_so(
    client: Client, asked: list[Recommendation], rosa: Person, learning: Report, force: Body
) -> None:
    later = enter_recommendation(by=rosa, report=learning, words=ASKED, bodies=[(force, "")])
    sign_link(by=rosa, earlier=asked[0], later=later, relation="partly", reason="Recording.")
    said = ask(client, rosa, ASKED)
    assert "Asked 2 times, first on" in said
    assert 'href="/desk/families/R-0001/"' in said


def test_nothing_found_is_said_to_prove_nothing(
    client: Client, asked: list[Recommendation], rosa: Person
) -> None:
    said = ask(client, rosa, "Zebras graze quietly.")
    assert "We found nothing like it" in said
    assert "not proof that nobody asked" in said


def test_an_empty_box_and_one_too_long_are_asked_again(
    client: Client, asked: list[Recommendation], rosa: Person
) -> None:
    client.force_login(rosa)
    assert 'href="#id_words"' in words(client.post(PATH, {"words": " "}).content)
    assert 'href="#id_words"' in words(client.post(PATH, {"words": "child " * 1000}).content)


def test_the_words_stand_in_no_address(
    client: Client, asked: list[Recommendation], rosa: Person, caplog: pytest.LogCaptureFixture
) -> None:
    marker = "Quillon children"
    with caplog.at_level("DEBUG"):
        assert marker in ask(client, rosa, marker)
    assert "Quillon" not in caplog.text
    assert marker not in page(client, rosa, f"{PATH}?words=Quillon+children&q=Quillon+children")


def test_a_body_finds_its_own_alone(
    client: Client, asked: list[Recommendation], rosa: Person, omar: Person, council: Body
) -> None:
    enter_recommendation(
        by=rosa, report=asked[0].report, bodies=[(council, "")],
        words="Record every report about a child at risk as a crime, says Marrowfield.",
    )  # fmt: skip
    said = ask(client, omar, ASKED)
    assert "R-0001" in said
    assert "Marrowfield" not in said
    assert "R-0003" not in said
    assert "Northmoor Council" not in said


def test_only_who_may_read_the_register(client: Client, ada: Person) -> None:
    client.force_login(ada)
    assert client.get(PATH).status_code == client.post(PATH, {"words": "x"}).status_code == 403
    client.logout()
    assert client.get(PATH).status_code == 302
    assert client.delete(PATH).status_code in (302, 405)


def test_other_methods_are_refused(client: Client, rosa: Person) -> None:
    client.force_login(rosa)
    assert client.delete(PATH).status_code == 405


def test_it_costs_no_more_with_many(
    client: Client, asked: list[Recommendation], rosa: Person, force: Body, council: Body,
    django_assert_max_num_queries: object,
) -> None:  # fmt: skip
    for number in range(12):
        made = enter_recommendation(
            by=rosa, report=asked[0].report, bodies=[(force, ""), (council, "")],
            words=f"Record every report about a child at risk within {number + 30} hours.",
        )  # fmt: skip
        if number % 3 == 0:
            sign_link(by=rosa, earlier=asked[0], later=made, relation="same", reason="Again.")
    client.force_login(rosa)
    client.post(PATH, {"words": ASKED})
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.post(PATH, {"words": f"{ASKED} And what of children at risk?"})
