"""The page of an opinion: everything to judge by, signing, what happens when something changes."""

import html
import time

import pytest
from django.test import Client

from answerable.accounts.models import Body, Person
from answerable.assurance.actions.evidence import grade_evidence, take_out_evidence
from answerable.assurance.actions.interests import declare_interest
from answerable.assurance.actions.samples import commit_sample, draw_sample, record_sample
from answerable.assurance.models import Closure, Evidence, Opinion
from answerable.assurance.queries.closing import standing_closure
from answerable.assurance.queries.seen import digest_of, seen_now
from answerable.plan.models import ClosingTest
from answerable.register.models import Undertaking
from tests.assured import a_file, claim_ready, in_days, sign
from tests.pages.test_register_acts import typed
from tests.people import PASSWORD

PATH = "/desk/register/R-0001/by/northmoor-police/opinion/"


def page(client: Client, who: Person, path: str = PATH) -> str:
    client.force_login(who)
    answer = client.get(path)
    assert answer.status_code == 200, answer.content[:1500]
    return words(answer.content)


def words(content: bytes) -> str:
    return html.unescape(" ".join(content.decode().split()))


def proven(client: Client, who: Person, seconds_ago: float = 5) -> None:
    """As a person who signed in, and was asked for the password once more."""
    client.force_login(who)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() - seconds_ago, "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(who.pk)
    session.save()


def form(undertaking: Undertaking, **other: object) -> dict[str, object]:
    return {
        "judgement": "assured",
        "looked_at": "Twenty records that I chose.",
        "missing": "",
        "digest": digest_of(seen_now(Undertaking.objects.get(pk=undertaking.pk))),
        **typed("recheck_on", in_days(180)),
        **other,
    }


# --- Reading ---


def test_everything_to_judge_by_stands_on_one_page(
    client: Client, ready: Undertaking, vera: Person
) -> None:
    sample = commit_sample(by=vera, undertaking=ready, size=2, why="Enough.", criteria=["In time"])
    draw_sample(by=vera, sample=sample, records=["a", "b", "c"])
    record_sample(by=vera, sample=sample, counts=[(1, 2)])
    shown = page(client, vera)
    assert ready.recommendation.words in shown
    assert "Nobody has signed an opinion yet, so everything here is new." in shown
    assert "The crime was recorded within 24 hours in at least 19 of 20." in shown
    assert "Every report is now recorded within 24 hours." in shown
    assert "Of 40 records read, 38 were made within 24 hours." in shown
    assert "Whether the families were told." in shown
    assert "Graded by Vera Lindqvist" in shown
    assert "Met in 1 of 2. Of all records in the list, between" in shown
    assert "Vera Lindqvist</b> may." in shown


def test_what_is_new_since_the_last_opinion_stands_first(
    client: Client, assured: Opinion, omar: Person, vera: Person, evidence: Evidence
) -> None:
    assert "Nothing has changed since the last opinion (“assured”, by Vera" in page(client, vera)
    a_file(omar, assured.undertaking, content=b"November: 40.\n", name="november-return.txt")
    grade_evidence(by=vera, evidence=evidence, grade="training", reason="It says no more.")
    shown = page(client, vera)
    assert "The evidence has changed since the last opinion" in shown
    assert "New: “november-return.txt”, proposed as “use in practice”, not graded." in shown
    assert "“october-return.txt” is now graded “training delivered”; it was graded" in shown
    assert "This opinion is void: the evidence has changed since it was signed." in shown
    use = assured.undertaking.evidence.get(evidence=evidence)
    take_out_evidence(by=omar, use=use, reason="It was the wrong month.")
    claim_ready(omar, assured.undertaking, "Also at night.")
    shown = page(client, vera)
    assert "Taken out: “october-return.txt”" in shown
    assert "In its words: “Also at night.”. Before: “Every report" in shown


def test_a_file_used_elsewhere_too_is_told_to_the_verifier_alone(
    client: Client, ready: Undertaking, owed: list[Undertaking], omar: Person, vera: Person
) -> None:
    a_file(omar, owed[0])
    assert "The same file, byte for byte, is offered for" in page(client, vera)
    assert "byte for byte" not in page(client, omar)


def test_two_verifiers_may_differ_and_both_stand(
    client: Client, assured: Opinion, ivo: Person, cass: Person
) -> None:
    sign(ivo, assured.undertaking, judgement="partly")
    shown = page(client, cass)
    below = shown.partition('id="opinions"')[2]
    assert below.count("This opinion stands: what was seen is as it was.") == 2


def test_who_may_not_sign_reads_why(
    client: Client, ready: Undertaking, vera: Person, ivo: Person, omar: Person, rosa: Person
) -> None:
    declare_interest(by=ivo, undertaking=ready, words="My sister works on it.")
    shown = page(client, ivo)
    assert "You have declared an interest in this, so someone else must judge it." in shown
    assert 'name="looked_at"' not in shown
    assert "whoever has declared an interest in it or in the body" in page(client, vera)
    for person in (omar, rosa):
        shown = page(client, person)
        assert "Sign your opinion" not in shown
    assert "Who may sign this" not in page(client, omar)


def test_whoever_may_not_see_evidence_reads_only_how_much_there_is(
    client: Client, assured: Opinion, ravi: Person, omar: Person
) -> None:
    a_file(omar, assured.undertaking, content=b"November: 40.\n", name="november-return.txt")
    shown = page(client, ravi)
    assert "2 pieces" in shown
    for sealed in ("october-return", "november-return", "Of 40 records read"):
        assert sealed not in shown
    assert "New: a piece of evidence, proposed as" in shown


def test_before_there_is_a_claim_nobody_signs(
    client: Client, agreed_test: ClosingTest, vera: Person
) -> None:
    shown = page(client, vera)
    assert "The body has claimed nothing yet, so there is nothing to judge." in shown
    assert 'name="looked_at"' not in shown


# --- Signing ---


def test_a_verifier_signs_what_the_page_showed(
    client: Client, ready: Undertaking, vera: Person
) -> None:
    proven(client, vera)
    answer = client.post(PATH, form(ready), follow=True)
    said = words(answer.content)
    assert "Your opinion is signed: assured." in said
    opinion = Opinion.objects.get()
    assert (opinion.signed_by, opinion.recheck_on) == (vera, in_days(180))
    assert "This opinion stands" in said


def test_what_was_typed_is_kept_while_she_proves_who_she_is(
    client: Client, ready: Undertaking, vera: Person
) -> None:
    client.force_login(vera)
    answer = client.post(PATH, form(ready, looked_at="Twenty that I chose."))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/reauthenticate/?next=")
    assert not Opinion.objects.exists()
    asked = client.get(answer["Location"])
    assert "Is it still you?" in asked.content.decode()
    wrong = client.post(answer["Location"], {"password": "not it"})
    assert wrong.status_code == 200
    back = client.post(answer["Location"], {"password": PASSWORD})
    assert back["Location"] == f"{PATH}#sign"
    shown = words(client.get(PATH).content)
    assert "Twenty that I chose.</textarea>" in shown
    assert 'value="assured" checked' in shown
    assert "You confirmed a short while ago that it is you." in shown
    client.post(PATH, form(ready, looked_at="Twenty that I chose."))
    assert Opinion.objects.get().looked_at == "Twenty that I chose."
    assert "Twenty that I chose.</textarea>" not in words(client.get(PATH).content)


def test_a_proof_does_not_last(client: Client, ready: Undertaking, vera: Person) -> None:
    proven(client, vera, seconds_ago=3_600)
    assert client.post(PATH, form(ready)).status_code == 302
    assert not Opinion.objects.exists()


def test_signing_in_is_no_proof_where_there_is_a_password(
    client: Client, ready: Undertaking, vera: Person
) -> None:
    client.post("/account/login/", {"login": vera.email, "password": PASSWORD})
    assert client.post(PATH, form(ready)).status_code == 302
    assert not Opinion.objects.exists()


def test_what_changed_meanwhile_is_shown_and_nothing_is_signed(
    client: Client, ready: Undertaking, vera: Person, omar: Person
) -> None:
    proven(client, vera)
    first = client.get(PATH).context["form"]
    seen = {"digest": first.initial["digest"], "shown": first.initial["shown"]}
    a_file(omar, ready, content=b"November: 40.\n", name="november-return.txt")
    said = words(client.post(PATH, form(ready, **seen)).content)
    assert "Something has changed since you opened this page. Read it again, then sign." in said
    assert "The evidence has changed since this page was opened." in said
    assert "New: “november-return.txt”" in said
    assert "Twenty records that I chose.</textarea>" in said
    assert not Opinion.objects.exists()
    now = digest_of(seen_now(ready))
    assert f'value="{now}"' in said
    client.post(PATH, form(ready, judgement="partly", missing="Grades.", digest=now))
    assert Opinion.objects.get().judgement == "partly"


def test_a_wrong_form_keeps_what_was_typed(
    client: Client, ready: Undertaking, vera: Person
) -> None:
    proven(client, vera)
    said = words(client.post(PATH, form(ready, judgement="partly")).content)
    assert 'href="#id_missing"' in said
    assert "Say what was missing." in said
    assert "Twenty records that I chose.</textarea>" in said
    yesterday = typed("recheck_on", in_days(-1))
    said = words(client.post(PATH, form(ready, **yesterday)).content)
    assert "The day of the next check must be in the future." in said
    said = words(client.post(PATH, form(ready, digest="", judgement="")).content)
    assert "There is a problem" in said
    assert client.post(PATH, {"shown": '{"parts":[]'}).status_code == 200
    assert not Opinion.objects.exists()


@pytest.mark.parametrize("who", ["omar", "cass", "rosa", "ravi"])
def test_who_may_not_sign_is_told_so(
    who: str, client: Client, ready: Undertaking, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    proven(client, person)
    assert client.post(PATH, form(ready)).status_code == 403
    assert not Opinion.objects.exists()


def test_a_failed_recheck_says_that_it_is_open_again(
    client: Client, closure: Closure, vera: Person
) -> None:
    proven(client, vera)
    sent = form(closure.undertaking, judgement="not_assured", missing="Eleven of twenty.")
    said = words(client.post(PATH, sent, follow=True).content)
    assert "It is open again, because the re-check failed." in said
    assert standing_closure(closure.undertaking) is None


# --- Withdrawing ---


def test_an_opinion_is_withdrawn_with_its_reason(
    client: Client, assured: Opinion, vera: Person, closure: Closure
) -> None:
    client.force_login(vera)
    path = f"{PATH}{assured.pk}/withdraw/"
    assert 'href="#id_reason"' in words(client.post(path, {"reason": " "}).content)
    said = words(client.post(path, {"reason": "The wrong month."}, follow=True).content)
    assert "This was closed on it. It is open again." in said
    assert "by Vera Lindqvist: The wrong month." in said
    assert client.get(path).status_code == 403


def test_who_withdraws_and_who_does_not(
    client: Client, assured: Opinion, cass: Person, ivo: Person, omar: Person
) -> None:
    path = f"{PATH}{assured.pk}/withdraw/"
    assert path in page(client, cass)
    for person in (ivo, omar):
        assert path not in page(client, person)
        assert client.post(path, {"reason": "No."}).status_code == 403
    assert client.post(f"{PATH}999/withdraw/", {"reason": "No."}).status_code == 404


# --- Doors ---


@pytest.mark.parametrize("path", [PATH, f"{PATH}1/withdraw/"])
def test_strangers_and_other_bodies_find_nothing(
    path: str, client: Client, assured: Opinion, lena: Person
) -> None:
    assert client.get(path).status_code == 302
    client.force_login(lena)
    assert client.get(path).status_code == client.post(path, {}).status_code == 404
    assert client.delete(path).status_code == 405


def test_the_page_costs_few_queries_with_fifty_pieces_of_evidence(
    client: Client, ready: Undertaking, omar: Person, vera: Person, ivo: Person, force: Body,
    django_assert_max_num_queries: object,
) -> None:  # fmt: skip
    for number in range(50):
        a_file(omar, ready, content=f"Counts: {number}.\n".encode(), name=f"{number}.txt")
    sign(vera, ready, judgement="partly")
    sign(ivo, ready, judgement="not_assured")
    a_file(omar, ready, content=b"The last.\n")
    client.force_login(vera)
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        assert client.get(PATH).status_code == 200
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        assert client.get(PATH).status_code == 200  # nothing has happened since
