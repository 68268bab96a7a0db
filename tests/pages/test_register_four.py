"""The four answers on the register's list, in its filters and its downloads: apart everywhere."""

import csv
import io

import pytest
from django.test import Client

from answerable.accounts.models import Body, Person
from answerable.assurance.actions.evidence import grade_evidence
from answerable.assurance.models import Closure, Opinion
from answerable.audit.models import Event
from answerable.register.actions.undertakings import pass_to_successor
from answerable.register.models import Recommendation, Undertaking
from tests.assured import a_file, claim_ready, in_days, sign

LIST = "/desk/register/"


@pytest.fixture
def as_rosa(client: Client, rosa: Person) -> Client:
    client.force_login(rosa)
    return client


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def listed(client: Client, question: str) -> list[str]:
    """The references that the list shows for a question; a download gives the same."""
    page = text(client, f"{LIST}?sort=oldest&{question}")
    downloaded = rows(client, question)
    assert [ref for ref in REFERENCES if f">{ref}</a>" in page] == list(
        dict.fromkeys(row["Reference"] for row in downloaded)
    )
    return [ref for ref in REFERENCES if f">{ref}</a>" in page]


REFERENCES = ("R-0001", "R-0002", "R-0003")


def rows(client: Client, question: str = "") -> list[dict[str, str]]:
    answer = client.get(f"{LIST}?format=csv&sort=oldest&{question}")
    body = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(body)))


def test_the_list_says_all_four_and_closed_beside_them(as_rosa: Client, closure: Closure) -> None:
    page = text(as_rosa, LIST)
    for name, said in (
        ("Response", "Accepted"),
        ("Delivery", "Ready for assessment"),
        ("Assurance", "Assured"),
        ("Effect", "No measure yet"),
    ):
        assert f"<dt>{name}</dt><dd>{said}</dd>" in page
    assert "Closed on " in page


def test_what_is_closed_stays_on_the_list_unless_asked_otherwise(
    as_rosa: Client, closure: Closure
) -> None:
    assert listed(as_rosa, "") == list(REFERENCES)
    assert listed(as_rosa, "closing=closed") == ["R-0001"]
    assert listed(as_rosa, "closing=open") == ["R-0002", "R-0003"]
    assert listed(as_rosa, "closing=reopened") == []


def test_each_question_is_asked_by_itself(
    as_rosa: Client, ready: Undertaking, vera: Person
) -> None:
    assert listed(as_rosa, "claim=ready_for_assessment") == ["R-0001"]
    assert listed(as_rosa, "claim=none") == ["R-0002", "R-0003"]
    assert listed(as_rosa, "assurance=none") == list(REFERENCES)
    sign(vera, ready, judgement="partly")
    assert listed(as_rosa, "assurance=partly") == ["R-0001"]
    assert listed(as_rosa, "assurance=assured") == []
    assert listed(as_rosa, "assurance=none") == ["R-0002", "R-0003"]
    assert listed(as_rosa, "assurance=partly&claim=none") == []
    assert listed(as_rosa, "position=accepted&assurance=partly&closing=open") == ["R-0001"]


def test_a_void_opinion_moves_on_the_list_at_once(
    as_rosa: Client, assured: Opinion, omar: Person
) -> None:
    assert listed(as_rosa, "assurance=assured") == ["R-0001"]
    a_file(omar, assured.undertaking, content=b"Something new.\n")
    assert listed(as_rosa, "assurance=assured") == []
    assert listed(as_rosa, "assurance=fallen") == ["R-0001"]


def test_the_claim_of_a_body_that_ended_is_found_at_its_successor(
    as_rosa: Client, ready: Undertaking, rosa: Person, council: Body
) -> None:
    pass_to_successor(by=rosa, undertaking=ready, successor=council)
    assert listed(as_rosa, f"claim=ready_for_assessment&body={council.pk}") == ["R-0001"]


def test_a_download_has_four_sets_of_columns(
    as_rosa: Client, closure: Closure, ready: Undertaking
) -> None:
    line = rows(as_rosa)[0]
    today = in_days(0).isoformat()
    assert [line[name] for name in ("Response", "Delivery", "Assurance", "Effect")] == [
        "Accepted", "Ready for assessment", "Assured", "No measure yet",
    ]  # fmt: skip
    assert line["Response by"] == "Northmoor Police"
    assert line["Delivery by"] == "Northmoor Police (Head of Public Protection)"
    assert (line["Assurance by"], line["Assurance on"]) == ("Vera Lindqvist", today)
    assert (line["Effect by"], line["Effect on"]) == ("", "")
    assert (line["Closed"], line["Closed on"], line["Closed as"]) == ("yes", today, "assured")


@pytest.mark.parametrize("many", [0, 20])
def test_the_list_costs_the_same_whatever_hangs_on_it(
    many: int,
    as_rosa: Client,
    asked: list[Recommendation],
    closure: Closure,
    omar: Person,
    django_assert_max_num_queries: object,
) -> None:
    for number in range(many):
        a_file(omar, closure.undertaking, content=f"Return {number}.\n".encode())
    as_rosa.get(LIST)
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        as_rosa.get(f"{LIST}?closing=closed&claim=ready_for_assessment")


def test_an_answers_page_costs_few_queries_whatever_hangs_on_it(
    as_rosa: Client, accepted: Undertaking, agreed_test: object, vera: Person, omar: Person,
    ivo: Person, django_assert_max_num_queries: object,
) -> None:  # fmt: skip
    """Fifty pieces of evidence, two hundred events, several opinions: the first request too."""
    for number in range(50):
        piece = a_file(omar, accepted, content=f"Return {number}.\n".encode())
        grade_evidence(by=vera, evidence=piece, grade="use", reason="I read it.")
    for number in range(100):
        claim_ready(omar, accepted, f"Done, as of day {number}.")
    sign(ivo, accepted, judgement="partly")
    sign(vera, accepted)
    assert Event.objects.count() > 200
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        page = text(as_rosa, f"{LIST}R-0001/by/northmoor-police/")
    assert "<span>Assured. Partly assured</span>" in page
    assert page.count("<time") == 40
    assert "Vera Lindqvist signed an opinion on R-0001 of Northmoor Police: assured" in page
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        whole = text(as_rosa, f"{LIST}R-0001/by/northmoor-police/history/")
    assert whole.count("<time") == 100
    assert " acts, newest first" in whole


def test_what_is_told_of_an_undertaking_is_not_told_to_strangers(
    client: Client, lena: Person, assured: Opinion
) -> None:
    client.force_login(lena)
    for path in ("R-0001/history/", "R-0001/by/northmoor-police/history/"):
        assert client.get(LIST + path).status_code == 404
        assert client.post(LIST + path).status_code == 405
