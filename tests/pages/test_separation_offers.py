"""The same table on pages: a button leads to an act exactly where the rule lets this person through."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.urls import reverse

from answerable.accounts.models import Person
from answerable.assurance.models import Evidence, Opinion, Use
from answerable.assurance.rules.separation import ACTS, Guarded
from answerable.plan.models import Action, DateMove, OwnerChange
from answerable.plan.rules import moves
from answerable.register.models import Link
from tests.people import Browser
from tests.subjects.test_separation import (
    STATES,
    STEPS,
    Stage,
    cast,  # noqa: F401  # a fixture
    fresh,
    refusal,
    stage,  # noqa: F401  # a fixture
    thing_of,
)

Place = Callable[[Stage], list[object]]


def of_answer(s: Stage) -> list[object]:
    return [s.undertaking.recommendation.reference, s.undertaking.body.slug]


def of_action(s: Stage) -> list[object]:
    action = Action.objects.get()
    return [action.body.slug, action.reference]


@dataclass(frozen=True)
class Page:
    """Where an act is offered, and the page where it is done.

    ``rule`` where the page is for more than the act: whoever asked to move a date may take it back.
    """

    act: str
    shown: str
    shown_at: Place
    done: str
    done_at: Place
    rule: Callable[..., object] | None = None


PAGES = (
    Page("log_response", "undertaking", of_answer, "log_reply", of_answer),
    Page("propose_test", "closing_test", of_answer, "propose_test", of_answer),
    Page("agree_test", "closing_test", of_answer, "agree_test", of_answer),
    Page("refuse_test", "closing_test", of_answer, "refuse_test", of_answer),
    Page("ask_date", "action", of_action, "move_action", of_action),
    Page("ask_owner", "action", of_action, "move_owner", of_action),
    Page(
        "approve_date", "action", of_action, "date_move", lambda s: [DateMove.objects.get().pk], moves.check_may_refuse,
    ),
    Page(
        "approve_owner", "action", of_action, "owner_change",
        lambda s: [OwnerChange.objects.get().pk], moves.check_may_refuse_owner,
    ),
    Page("make_claim", "claim", of_answer, "make_claim", of_answer),
    Page("commit_sample", "undertaking_evidence", of_answer, "new_sample", of_answer),
    Page(
        "grade_evidence", "evidence_piece", lambda s: [Evidence.objects.get().pk],
        "grade_evidence", lambda s: [Evidence.objects.get().pk],
    ),
    Page(
        "take_out_evidence", "undertaking_evidence", of_answer, "take_out_evidence",
        lambda s: [Use.objects.get().pk],
    ),
    Page(
        "withdraw_opinion", "opinion", of_answer, "withdraw_opinion",
        lambda s: [*of_answer(s), Opinion.objects.get().pk],
    ),
    Page(
        "take_back_link", "links", lambda s: of_answer(s)[:1], "take_back_link",
        lambda s: [*of_answer(s)[:1], Link.objects.get().pk],
    ),
)  # fmt: skip
AT = {"unanswered": 1, "proposed": 3, "planned": 4, "assured": 7}
"""The states in which pages are looked at: in each, other acts are there to be done."""
TABLE: dict[str, Guarded] = {act.act: act for act in ACTS}


def offered(
    client: Browser,
    person: Person,
    page: Page,
    stage: Stage,  # noqa: F811
) -> tuple[bool, bool]:
    """Whether the page shows the way to the act, and whether the page of the act lets one in."""
    client.force_login(person)
    href = reverse(f"desk:{page.done}", args=page.done_at(stage))
    shown = client.get(reverse(f"desk:{page.shown}", args=page.shown_at(stage)))
    text = shown.content.decode()
    seen = shown.status_code == 200 and any(f'{at}="{href}' in text for at in ("href", "action"))
    done = client.get(href)
    assert done.status_code in (200, 403, 404, 405), f"{page.act}: {done.status_code}"
    return seen, seen if done.status_code == 405 else done.status_code == 200


@pytest.mark.parametrize("state", AT)
def test_a_button_is_there_exactly_where_the_rule_says_may(
    state: str,
    stage: Stage,  # noqa: F811
    client: Browser,
) -> None:
    for step in STEPS[: STATES.index(state)]:
        step(stage)
        stage.undertaking.refresh_from_db()
    wrong, count = [], 0
    for page in PAGES:
        thing = thing_of(TABLE[page.act], stage)
        if thing is None:
            continue
        for name, person in stage.cast.items():
            by = fresh(person)
            check = page.rule or TABLE[page.act].check
            says = not refusal(lambda by=by, thing=thing, check=check: check(by, thing))
            seen, let_in = offered(client, person, page, stage)
            count += 1
            if not seen is let_in is says:
                wrong.append(f"{page.act} by {name}: rule {says}, button {seen}, page {let_in}")
    assert not wrong, "\n".join(wrong)
    print(f"{state}: {count} cases on pages")
