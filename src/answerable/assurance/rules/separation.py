"""Who may do what to one body's answer, and who never may: ONE table of acts.

Each row names the act, the permission it needs, the rule that the button and the act both ask, and
in words what the rule keeps apart whatever roles someone holds. The reference page is made from it, and
a test walks every row with every role in every state.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission
from answerable.assurance.rules import closing, evidence, independence, opinions, samples
from answerable.plan.rules import claims, closing_tests, moves, planned
from answerable.register.rules import links, responses

OWN_BODY = "people of another body than the one that answers"
TIED = "whoever is tied to it: see below"


@dataclass(frozen=True, slots=True)
class Guarded:
    """One act: on what it is done, what it needs, and the rule that is asked first."""

    act: str
    does: str
    on: str
    permission: Permission
    check: Callable[[Person, Any], object]
    never: str = OWN_BODY


def _check_sign_off(person: Person, opinion: Any) -> None:
    opinions.check_may_withdraw(person, opinion, "a reason")


def _check_end(person: Person, interest: Any) -> None:
    independence.check_may_end(person, interest, "a reason")


def _check_declare(person: Person, undertaking: Any) -> None:
    independence.check_may_declare(person)


ACTS: tuple[Guarded, ...] = (
    Guarded(
        "log_response", "enter a reply", "undertaking", Permission.RESPONSE_LOG,
        responses.check_may_log,
    ),
    Guarded(
        "read_position", "say what position a reply takes", "response", Permission.POSITION_READ,
        responses.check_may_read, "people of the body itself",
    ),
    Guarded(
        "propose_test", "propose a closing test", "undertaking", Permission.TEST_AGREE,
        closing_tests.check_may_propose,
    ),
    Guarded(
        "agree_test", "agree to a closing test", "test", Permission.TEST_AGREE,
        closing_tests.check_may_agree, "the side that has agreed already",
    ),
    Guarded(
        "refuse_test", "refuse a closing test", "test", Permission.TEST_AGREE,
        closing_tests.check_may_refuse,
    ),
    Guarded(
        "add_action", "add an action", "body", Permission.PLAN_KEEP, planned.check_may_keep
    ),
    Guarded(
        "bring_plan", "bring a plan as a workbook", "body", Permission.PLAN_KEEP,
        planned.check_may_keep,
    ),
    Guarded(
        "ask_date", "ask to move the date of an action", "action", Permission.PLAN_KEEP,
        moves.check_may_ask,
    ),
    Guarded(
        "approve_date", "approve a new date of an action", "move", Permission.DATE_APPROVE,
        moves.check_may_approve,
        "whoever asked for it, whoever owns the action, and the body where the overseer set it",
    ),
    Guarded(
        "ask_owner", "ask for another owner", "action", Permission.PLAN_KEEP,
        moves.check_may_ask_owner,
    ),
    Guarded(
        "approve_owner", "approve another owner", "change", Permission.DATE_APPROVE,
        moves.check_may_approve_owner, "whoever asked for it",
    ),
    Guarded(
        "make_claim", "claim how far delivery has come", "undertaking", Permission.CLAIM_MAKE,
        claims.check_may_claim,
    ),
    Guarded(
        "make_claims", "claim for several at once, each in its own line", "undertaking",
        Permission.CLAIM_MAKE, claims.check_may_claim,
    ),
    Guarded(
        "add_statement", "hand in evidence", "body", Permission.EVIDENCE_ADD,
        evidence.check_may_add,
    ),
    Guarded(
        "take_out_evidence", "take evidence out", "use", Permission.EVIDENCE_ADD, evidence.check_may_take_out
    ),
    Guarded(
        "grade_evidence", "grade evidence", "evidence", Permission.EVIDENCE_GRADE,
        evidence.check_may_grade, f"whoever handed it in; {TIED}",
    ),
    Guarded(
        "commit_sample", "draw a sample", "undertaking", Permission.SAMPLE_DRAW,
        samples.check_may_sample, TIED,
    ),
    Guarded(
        "sign_opinion", "sign an opinion", "undertaking", Permission.OPINION_SIGN,
        opinions.check_may_sign, TIED,
    ),
    Guarded(
        "withdraw_opinion", "withdraw an opinion", "opinion", Permission.OPINION_WITHDRAW,
        _check_sign_off, "anyone but the chair and whoever signed it",
    ),
    Guarded(
        "close_undertaking", "close it", "undertaking", Permission.UNDERTAKING_CLOSE,
        closing.check_may_close, f"whoever signed the opinion on which it is closed; {TIED}",
    ),
    Guarded(
        "declare_interest", "declare an interest", "undertaking", Permission.INTEREST_DECLARE,
        _check_declare, "anyone for somebody else",
    ),
    Guarded(
        "end_interest", "say that an interest is over", "interest", Permission.INTEREST_END,
        _check_end, "whoever declared it",
    ),
    Guarded(
        "take_back_link", "take a link between recommendations back", "link",
        Permission.LINK_SIGN, links.check_may_take_back, "people of a body that answers",
    ),
)  # fmt: skip
"""Every act that one body's answer, and its assurance, is made of."""
