"""What is next with one undertaking, over its whole life: one sentence, and who does it."""

from django.test import Client

from answerable.accounts.models import Person
from answerable.assurance.actions.closing import close_undertaking, reopen_undertaking
from answerable.assurance.actions.evidence import grade_evidence
from answerable.assurance.models import Closure
from answerable.assurance.queries.closing import standing_closure
from answerable.plan.actions.claims import make_claim
from answerable.plan.actions.closing_tests import agree_test
from answerable.plan.actions.services import serve_undertaking
from answerable.plan.models import Action
from answerable.register.actions.links import sign_link
from answerable.register.actions.recommendations import enter_recommendation
from answerable.register.models import Undertaking
from tests.assured import a_file, claim_ready, in_days, sign
from tests.universe import a_test_proposed


def test_the_next_step_is_said_from_the_reply_to_the_re_check(
    client: Client, accepted: Undertaking, action: Action,
    rosa: Person, omar: Person, vera: Person, cass: Person,
) -> None:  # fmt: skip
    client.force_login(rosa)

    def says(words: str) -> None:
        page = client.get("/desk/register/R-0001/by/northmoor-police/").content.decode()
        said = page.partition("What happens next.</b>")[2].partition("</p>")[0]
        assert words in said

    says("agree on a closing test: what would a sceptic look at?")
    proposed = a_test_proposed(omar, accepted)
    says("The proposed closing test waits for the word of the office.")
    agree_test(by=vera, test=proposed)
    says("No action serves this yet.")
    serve_undertaking(by=omar, action=action, undertaking=accepted, spans=[[0, 20]])
    says(f"Northmoor Police works on it. {action.reference} is due by")
    claim_ready(omar, accepted)
    says("hands in evidence, or a verifier looks for herself.")
    piece = a_file(omar, accepted)
    says("A verifier looks at what was handed in, and signs what she has seen.")
    grade_evidence(by=vera, evidence=piece, grade="use", reason="I read ten of them.")
    sign(vera, accepted, judgement="partly")
    says("does what was missing, and a verifier looks again.")
    sign(vera, accepted)
    says("The chair decides whether this is closed.")
    close_undertaking(by=cass, undertaking=accepted, how="assured", reason="Seen.")
    says("It is closed. A verifier looks again by")
    make_claim(
        by=omar, undertaking=accepted, rung="in_progress", words="It slipped.", slipped_on=in_days(-2)
    )  # fmt: skip
    if closure := standing_closure(accepted):
        says("It is closed, but no opinion stands any more: a verifier looks again.")
        reopen_undertaking(by=cass, closure=closure, because="own_word", words="They said so.")
    says("Northmoor Police works on it.")
    page = client.get("/desk/register/R-0001/by/northmoor-police/").content.decode()
    assert "<li>Closed and opened again once.</li>" in page
    assert "The body itself reports that this slipped back on" in page


def test_what_came_back_is_looked_at_again_before_the_chair_decides(
    client: Client, closure: Closure, rosa: Person, vera: Person
) -> None:
    earlier = closure.undertaking.recommendation
    later = enter_recommendation(
        by=rosa, report=earlier.report, words="Record each report within a day.", number="9",
        bodies=[(closure.undertaking.body, "")],
    )  # fmt: skip
    link = sign_link(by=rosa, earlier=earlier, later=later, relation="same", reason="As before.")
    if standing_closure(closure.undertaking):
        reopen_undertaking(
            by=rosa, closure=closure, because="asked_again", words="Found again.", ground=link
        )
    client.force_login(rosa)
    address = f"/desk/register/{earlier.reference}/by/{closure.undertaking.body.slug}/"
    assert "It came back after it was closed, so a verifier looks again." in (
        client.get(address).content.decode()
    )
    sign(vera, closure.undertaking)
    assert "The chair decides whether this is closed." in client.get(address).content.decode()
