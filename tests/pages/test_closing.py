"""Closing and opening again: the chair reads, decides one, and the record can undo it."""

import pytest
from django.test import Client

from answerable.accounts.models import Person
from answerable.assurance.actions.undoing import make_claim, sign_link
from answerable.assurance.models import Closure, Opinion, Reopening
from answerable.assurance.queries.closing import standing_closure
from answerable.register.actions.recommendations import enter_recommendation
from answerable.register.models import Undertaking
from tests.assured import a_file, in_days, sign
from tests.pages.test_opinions import page, words
from tests.pages.test_register_acts import typed

PATH = "/desk/register/R-0001/by/northmoor-police/closing/"


def test_the_chair_reads_the_opinion_and_closes_on_it(
    client: Client, assured: Opinion, cass: Person
) -> None:
    shown = page(client, cass, PATH)
    assert "Read this before you close it" in shown
    assert "Twenty records that I chose, and the October return." in shown
    assert "One at a time" in shown
    sent = {"how": "assured", "reason": "Nineteen of twenty."}
    said = words(client.post(PATH, sent, follow=True).content)
    assert "It is closed, with your reason." in said
    assert "Closed as assured" in said
    assert "Nineteen of twenty." in said
    assert "Looked at again by" in said
    assert Closure.objects.get().opinion == assured
    assert client.post(PATH, sent).status_code == 403


def test_what_is_not_assured_can_only_be_given_up(
    client: Client, ready: Undertaking, vera: Person, cass: Person
) -> None:
    sign(vera, ready, judgement="partly")
    shown = page(client, cass, PATH)
    assert "No opinion “assured” stands, so this cannot be closed as assured." in shown
    assert 'value="assured"' not in shown
    said = words(client.post(PATH, {"how": "assured", "reason": "Enough."}).content)
    assert "There is a problem" in said
    assert "Enough.</textarea>" in said
    assert 'href="#id_reason"' in words(client.post(PATH, {"how": "not_pursued"}).content)
    client.post(PATH, {"how": "not_pursued", "reason": "The law has changed."})
    assert Closure.objects.get().how == "not_pursued"
    assert "Closed as not pursued" in page(client, cass, PATH)


def test_what_changed_since_the_chair_read_it_is_read_again(
    client: Client, assured: Opinion, cass: Person, ivo: Person
) -> None:
    client.force_login(cass)
    seen = client.get(PATH).context["form"].now
    sign(ivo, assured.undertaking, judgement="partly")
    said = words(client.post(PATH, {"how": "not_pursued", "reason": "No.", "seen": seen}).content)
    assert "Someone else changed this since you opened it." in said
    assert not Closure.objects.exists()


@pytest.mark.parametrize("who", ["rosa", "vera", "omar", "ravi"])
def test_nobody_but_the_chair_closes(
    who: str, client: Client, assured: Opinion, request: pytest.FixtureRequest
) -> None:
    shown = page(client, request.getfixturevalue(who), PATH)
    assert "Close it" not in shown
    sent = {"how": "not_pursued", "reason": "No."}
    assert client.post(PATH, sent).status_code == 403


def test_a_void_opinion_under_a_closure_is_said(
    client: Client, closure: Closure, omar: Person, cass: Person
) -> None:
    a_file(omar, closure.undertaking, content=b"November: 40.\n")
    shown = page(client, cass, PATH)
    assert "The opinion on which this was closed no longer stands." in shown
    assert "void: the evidence has changed since it was signed." in shown


def test_what_a_person_must_weigh_is_offered_and_reopens(
    client: Client, closure: Closure, rosa: Person, ravi: Person
) -> None:
    earlier = closure.undertaking.recommendation
    to = [(closure.undertaking.body, "")]
    later = enter_recommendation(
        by=rosa, report=earlier.report, words="Within a day.", number="9", bodies=to
    )
    sign_link(by=rosa, earlier=earlier, later=later, relation="same", reason="The same.")
    assert "asks the same as R-0001" in page(client, ravi, PATH)
    assert client.get(f"{PATH}reopen/").status_code == 403
    shown = page(client, rosa, PATH)
    assert f'href="{PATH}reopen/"' in shown
    form = client.get(f"{PATH}reopen/").context["form"]
    [(ground, _)] = form.fields["ground"].choices
    said = words(client.post(f"{PATH}reopen/", {"ground": ground, "words": ""}).content)
    assert 'href="#id_words"' in said
    sent = {"ground": ground, "words": "It is asked for again."}
    said = words(client.post(f"{PATH}reopen/", sent, follow=True).content)
    assert "It is open again, with your reason." in said
    assert "It was closed, and is open again." in said
    assert Reopening.objects.get().by == rosa
    assert client.get(f"{PATH}reopen/").status_code == 302


def test_what_the_record_undid_is_shown_with_its_count(
    client: Client, closure: Closure, omar: Person, cass: Person
) -> None:
    make_claim(
        by=omar, undertaking=closure.undertaking, rung="in_progress",
        words="Two teams no longer do it.", slipped_on=in_days(0),
    )  # fmt: skip
    assert standing_closure(closure.undertaking) is None
    shown = page(client, cass, PATH)
    assert "The body itself said so." in shown
    assert "Answerable, by itself" in shown


def test_the_bodys_claim_says_what_it_opened_again(
    client: Client, closure: Closure, omar: Person
) -> None:
    client.force_login(omar)
    sent = {"rung": "in_progress", "words": "Two teams.", **typed("slipped_on", in_days(0))}
    said = words(client.post(PATH.replace("closing/", "claim/new/"), sent, follow=True).content)
    assert "This was closed. It is open again, by the body’s own word." in said
    assert standing_closure(closure.undertaking) is None


def test_nothing_reopens_on_nothing(client: Client, closure: Closure, rosa: Person) -> None:
    assert "When it opens again" in page(client, rosa, PATH)
    assert "there is nothing on which to open it again" in page(client, rosa, f"{PATH}reopen/")
    client.post(f"{PATH}reopen/", {"ground": "own_word-1", "words": "So."})
    assert not Reopening.objects.exists()


def test_what_is_due_to_be_looked_at_again_is_listed(
    client: Client, closure: Closure, rosa: Person, omar: Person, lena: Person, vera: Person
) -> None:
    assert "Nothing is due" in page(client, rosa, "/desk/rechecks/")
    sign(vera, closure.undertaking, recheck_on=in_days(30))
    for person in (rosa, omar):
        shown = page(client, person, "/desk/rechecks/")
        assert "1 closed matter" in shown
        assert 'href="/desk/register/R-0001/by/northmoor-police/opinion/"' in shown
    assert "Nothing is due" in page(client, lena, "/desk/rechecks/")
    client.force_login(rosa)
    answer = client.get("/desk/rechecks/?format=csv")
    assert b"R-0001,Northmoor Police" in b"".join(answer)  # type: ignore[arg-type]


@pytest.mark.parametrize("path", [PATH, f"{PATH}reopen/"])
def test_strangers_and_other_bodies_find_nothing(
    path: str, client: Client, closure: Closure, lena: Person
) -> None:
    assert client.get(path).status_code == 302
    client.force_login(lena)
    assert client.get(path).status_code == client.post(path, {}).status_code == 404
    assert client.delete(path).status_code == 405


@pytest.mark.parametrize("state", ["assured", "closure"])
def test_the_page_costs_few_queries(
    state: str, client: Client, cass: Person, request: pytest.FixtureRequest,
    django_assert_max_num_queries: object,
) -> None:  # fmt: skip
    request.getfixturevalue(state)
    client.force_login(cass)
    client.get(PATH)
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get(PATH)
