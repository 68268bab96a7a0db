"""Links to what other offices keep: signed on a page of their own, shown with the links, taken back."""

import pytest
from django.test import Client

from answerable.accounts.models import Person
from answerable.register.models import OutsideLink, Recommendation
from tests.pages.test_opinions import page, words
from tests.subjects.test_outside_links import DIGEST, THERE, sign

LINKS = "/desk/register/R-0001/links/"
PATH = f"{LINKS}outside/"
SENT = {
    "office": "Southmoor Commissioner",
    "theirs": "R-0007",
    "address": THERE,
    "sha256": DIGEST,
    "relation": "extends",
    "reason": "Ours adds a time limit.",
}


def test_it_is_signed_and_stands_with_the_links(
    client: Client, asked: list[Recommendation], rosa: Person, petra: Person
) -> None:
    assert PATH in page(client, rosa, LINKS)
    assert "nothing is sent to them" in page(client, rosa, PATH)
    said = words(client.post(PATH, SENT, follow=True).content)
    assert "Signed: R-0001 asks for more than R-0007 of Southmoor Commissioner." in said
    assert f'href="{THERE}"' in said
    assert DIGEST in said
    read_only = page(client, petra, LINKS)
    assert "Signed by Rosa Adeyemi on" in read_only
    assert PATH not in read_only
    assert "signed that R-0001 asks for more than R-0007 in the record of Southmoor" in page(
        client, rosa, "/desk/register/R-0001/"
    )


def test_a_wrong_form_keeps_what_was_typed(
    client: Client, asked: list[Recommendation], rosa: Person
) -> None:
    client.force_login(rosa)
    said = words(client.post(PATH, {**SENT, "address": "http://southmoor.example/"}).content)
    assert "Enter an address that begins with https://" in said
    assert 'href="#id_address"' in said
    assert 'value="R-0007"' in said
    assert 'href="#id_relation"' in words(client.post(PATH, {**SENT, "relation": ""}).content)
    assert not OutsideLink.objects.exists()


def test_it_is_taken_back_with_its_reason(
    client: Client, asked: list[Recommendation], cass: Person
) -> None:
    path = f"{PATH}{sign(cass, asked[0]).pk}/take-back/"
    assert path in page(client, cass, LINKS)
    assert 'href="#id_reason"' in words(client.post(path, {"reason": ""}).content)
    said = words(client.post(path, {"reason": "Another matter."}, follow=True).content)
    assert "Taken back by Cass Okafor on" in said
    assert client.get(path).status_code == 403
    assert client.get(f"{PATH}999/take-back/").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("ravi", 403), ("omar", 403), ("lena", 404)])
def test_others_do_not_sign(
    who: str, status: int, client: Client, asked: list[Recommendation], cass: Person,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    path = f"{PATH}{sign(cass, asked[0]).pk}/take-back/"
    client.force_login(request.getfixturevalue(who))
    for one in (PATH, path):
        assert client.get(one).status_code == client.post(one, SENT).status_code == status
    assert OutsideLink.objects.get().taken_back_at is None


def test_strangers_sign_in_and_other_methods_are_refused(
    client: Client, asked: list[Recommendation], rosa: Person
) -> None:
    assert client.get(PATH).status_code == 302
    client.force_login(rosa)
    assert client.delete(PATH).status_code == 405
    assert client.delete(f"{PATH}1/take-back/").status_code == 405


def test_the_links_page_costs_no_more_with_many(
    client: Client, asked: list[Recommendation], rosa: Person,
    django_assert_max_num_queries: object,
) -> None:  # fmt: skip
    for number in range(20):
        sign(rosa, asked[0], theirs=f"R-{number:04}")
    client.force_login(rosa)
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get(LINKS)
