"""Who may do what: one table, from which the reference page and its test are both made."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from answerable.accounts import queries
from answerable.accounts.models import Body, Person, Role
from answerable.audit.rules import NotTheirs, Refused

By = Person | str
"""Who acts: a person, or the operator, whose commands answer to whoever runs the machine."""


class Permission(StrEnum):
    """Everything that can be allowed, as ``noun:verb``."""

    REPORT_READ = "report:read"
    REPORT_LOG = "report:log"
    DOCUMENT_RECEIVE = "document:receive"
    DOCUMENT_OPEN = "document:open"
    CANDIDATE_DECIDE = "candidate:decide"
    RECOMMENDATION_READ = "recommendation:read"
    RECOMMENDATION_IMPORT = "recommendation:import"
    RECOMMENDATION_CORRECT = "recommendation:correct"
    RECOMMENDATION_WITHDRAW = "recommendation:withdraw"
    UNDERTAKING_ADD = "undertaking:add"
    RESPONSE_LOG = "response:log"
    POSITION_READ = "position:read"
    CLOCK_CHANGE = "clock:change"
    LINK_SIGN = "link:sign"
    LINK_OBJECT = "link:object"
    TEST_AGREE = "closing_test:agree"
    PLAN_KEEP = "plan:keep"
    DATE_APPROVE = "date:approve"
    CLAIM_MAKE = "claim:make"
    EVIDENCE_READ = "evidence:read"
    EVIDENCE_ADD = "evidence:add"
    EVIDENCE_GRADE = "evidence:grade"
    EVIDENCE_OPEN = "evidence:open"
    SAMPLE_DRAW = "sample:draw"
    INTEREST_DECLARE = "interest:declare"
    INTEREST_END = "interest:end"
    OPINION_SIGN = "opinion:sign"
    OPINION_WITHDRAW = "opinion:withdraw"
    UNDERTAKING_CLOSE = "undertaking:close"
    UNDERTAKING_REOPEN = "undertaking:reopen"
    CHASE_READ = "chase:read"
    CHASE_APPROVE = "chase:approve"
    LETTER_SIGN = "letter:sign"
    LADDER_CHANGE = "ladder:change"
    GAPS_READ = "gaps:read"
    GAPS_RUN = "gaps:run"
    THEME_KEEP = "theme:keep"
    EDITION_READ = "edition:read"
    EDITION_PROPOSE = "edition:propose"
    EDITION_APPROVE = "edition:approve"
    BODY_KEEP = "body:keep"
    PERSON_READ = "person:read"
    PERSON_INVITE = "person:invite"
    PERSON_SUSPEND = "person:suspend"
    PERSON_FORGET = "person:forget"
    ROLE_GIVE = "role:give"
    SECURITY_READ = "security:read"
    HISTORY_READ = "history:read"


_READ = {Permission.REPORT_READ, Permission.RECOMMENDATION_READ, Permission.HISTORY_READ}
_OFFICE = _READ | {Permission.EDITION_READ, Permission.CHASE_READ, Permission.GAPS_READ}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.GOVERNANCE_OFFICER: frozenset(
        _OFFICE
        | {
            Permission.REPORT_LOG,
            Permission.DOCUMENT_RECEIVE,
            Permission.CANDIDATE_DECIDE,
            Permission.RECOMMENDATION_IMPORT,
            Permission.RECOMMENDATION_CORRECT,
            Permission.RECOMMENDATION_WITHDRAW,
            Permission.UNDERTAKING_ADD,
            Permission.RESPONSE_LOG,
            Permission.POSITION_READ,
            Permission.CLOCK_CHANGE,
            Permission.LINK_SIGN,
            Permission.LINK_OBJECT,
            Permission.TEST_AGREE,
            Permission.PLAN_KEEP,
            Permission.DATE_APPROVE,
            Permission.CLAIM_MAKE,
            Permission.EVIDENCE_READ,
            Permission.EVIDENCE_ADD,
            Permission.INTEREST_DECLARE,
            Permission.UNDERTAKING_REOPEN,
            Permission.CHASE_APPROVE,
            Permission.LADDER_CHANGE,
            Permission.GAPS_RUN,
            Permission.THEME_KEEP,
            Permission.BODY_KEEP,
        }
    ),
    Role.VERIFIER: frozenset(
        _OFFICE
        | {
            Permission.LINK_OBJECT,
            Permission.TEST_AGREE,
            Permission.EVIDENCE_READ,
            Permission.EVIDENCE_GRADE,
            Permission.SAMPLE_DRAW,
            Permission.INTEREST_DECLARE,
            Permission.OPINION_SIGN,
            Permission.UNDERTAKING_REOPEN,
        }
    ),
    Role.CHAIR: frozenset(
        _OFFICE
        | {
            Permission.POSITION_READ,
            Permission.LINK_SIGN,
            Permission.LINK_OBJECT,
            Permission.TEST_AGREE,
            Permission.DATE_APPROVE,
            Permission.EVIDENCE_READ,
            Permission.INTEREST_DECLARE,
            Permission.INTEREST_END,
            Permission.OPINION_WITHDRAW,
            Permission.UNDERTAKING_CLOSE,
            Permission.UNDERTAKING_REOPEN,
            Permission.CHASE_APPROVE,
            Permission.LETTER_SIGN,
            Permission.LADDER_CHANGE,
            Permission.GAPS_RUN,
            Permission.THEME_KEEP,
        }
    ),
    Role.PUBLISHER: frozenset(
        _OFFICE
        | {
            Permission.DOCUMENT_OPEN,
            Permission.EVIDENCE_READ,
            Permission.EVIDENCE_OPEN,
            Permission.EDITION_PROPOSE,
            Permission.EDITION_APPROVE,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.BODY_KEEP,
            Permission.PERSON_READ,
            Permission.PERSON_INVITE,
            Permission.PERSON_SUSPEND,
            Permission.PERSON_FORGET,
            Permission.ROLE_GIVE,
            Permission.SECURITY_READ,
            Permission.HISTORY_READ,
        }
    ),
    Role.ASSURANCE_LEAD: frozenset(
        _READ
        | {
            Permission.RESPONSE_LOG,
            Permission.TEST_AGREE,
            Permission.PLAN_KEEP,
            Permission.DATE_APPROVE,
            Permission.CLAIM_MAKE,
            Permission.EVIDENCE_READ,
            Permission.EVIDENCE_ADD,
            Permission.UNDERTAKING_REOPEN,
        }
    ),
    Role.READER: frozenset(_OFFICE),
}
"""What each role may do. An assurance lead's rights reach only her own body's undertakings."""

WORDS: dict[Permission, str] = {
    Permission.REPORT_READ: "read reports and their documents",
    Permission.REPORT_LOG: "log and change reports",
    Permission.DOCUMENT_RECEIVE: "add documents",
    Permission.DOCUMENT_OPEN: "make a document public or take it back",
    Permission.CANDIDATE_DECIDE: "decide what is a recommendation",
    Permission.RECOMMENDATION_READ: "read the register",
    Permission.RECOMMENDATION_IMPORT: "bring a spreadsheet of recommendations in",
    Permission.RECOMMENDATION_CORRECT: "correct a transcription error",
    Permission.RECOMMENDATION_WITHDRAW: "withdraw what was entered in error",
    Permission.UNDERTAKING_ADD: "record whom a recommendation is addressed to",
    Permission.RESPONSE_LOG: "enter a reply",
    Permission.POSITION_READ: "say what position a reply takes",
    Permission.CLOCK_CHANGE: "extend, pause or date a clock",
    Permission.LINK_SIGN: "sign how two recommendations are linked, or take it back",
    Permission.LINK_OBJECT: "say that they read a signed link otherwise",
    Permission.TEST_AGREE: "propose a closing test, agree to it or refuse it",
    Permission.PLAN_KEEP: "keep what a body plans to do",
    Permission.DATE_APPROVE: "approve a change of date or owner that someone else asked for",
    Permission.CLAIM_MAKE: "enter what a body claims of its delivery",
    Permission.EVIDENCE_READ: "see evidence that is not public",
    Permission.EVIDENCE_ADD: "hand in evidence, offer it or take it out",
    Permission.EVIDENCE_GRADE: "set what a piece of evidence is worth",
    Permission.EVIDENCE_OPEN: "make evidence public or seal it again",
    Permission.SAMPLE_DRAW: "draw a sample and record what was seen in it",
    Permission.INTEREST_DECLARE: "declare an interest of their own",
    Permission.INTEREST_END: "say that someone’s interest no longer holds",
    Permission.OPINION_SIGN: "sign an opinion, or withdraw their own",
    Permission.OPINION_WITHDRAW: "withdraw someone else’s opinion",
    Permission.UNDERTAKING_CLOSE: "close what a body undertook",
    Permission.UNDERTAKING_REOPEN: "open again what was closed",
    Permission.CHASE_READ: "see what is sent to chase an answer",
    Permission.CHASE_APPROVE: "approve a message that chases an answer, change its words or hold it back",
    Permission.LETTER_SIGN: "sign a letter to the head of a body",
    Permission.LADDER_CHANGE: "change when and with what words answers are chased",
    Permission.GAPS_READ: "read gap analyses and themes",
    Permission.GAPS_RUN: "run a gap analysis",
    Permission.THEME_KEEP: "keep the list of themes, and what is put under each",
    Permission.EDITION_READ: "see editions before they are public",
    Permission.EDITION_PROPOSE: "propose an edition",
    Permission.EDITION_APPROVE: "approve an edition that someone else proposed",
    Permission.BODY_KEEP: "keep the list of bodies",
    Permission.PERSON_READ: "see who has access",
    Permission.PERSON_INVITE: "invite people",
    Permission.PERSON_SUSPEND: "close and open a person's access",
    Permission.PERSON_FORGET: "erase what is kept about a person",
    Permission.ROLE_GIVE: "give and end roles",
    Permission.SECURITY_READ: "read the security log",
    Permission.HISTORY_READ: "see who did what, when",
}
"""Each permission in words, to follow “may” or “may not”."""

DOES: dict[Role, str] = {
    Role.GOVERNANCE_OFFICER: "Logs reports, checks what was found in them, keeps the register and its clocks.",
    Role.VERIFIER: "Tests what bodies claim against the evidence, and signs what was seen.",
    Role.CHAIR: "Holds bodies to account, and reads what position their replies take.",
    Role.PUBLISHER: "Proposes editions of the public record, and approves those that others proposed.",
    Role.ADMINISTRATOR: "Looks after people, bodies and access. Sees no reports and publishes nothing.",
    Role.ASSURANCE_LEAD: "Answers for one body, and sees only what was asked of that body.",
    Role.READER: "Reads what the office has, and changes nothing.",
}
"""Each role in one sentence."""

OFFICE_ROLES = frozenset(Role) - {Role.ASSURANCE_LEAD}
"""Roles that only people of an oversight office may hold: who is of the body may not judge it."""


def may(person: Person, permission: Permission) -> bool:
    """Whether one of the roles of ``person`` grants ``permission``."""
    return person.is_active and any(permission in GRANTS[r] for r in queries.roles_of(person))


def roles_that_may(permission: Permission) -> list[Role]:
    """The roles that grant ``permission``."""
    return [role for role in Role if permission in GRANTS[role]]


def who_may(permission: Permission) -> str:
    """The roles that grant ``permission``, in words."""
    names = [str(role.label) for role in roles_that_may(permission)]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def check_may(person: By, permission: Permission) -> None:
    """Refuses, saying who may, where no role of ``person`` grants ``permission``."""
    if not isinstance(person, str) and not may(person, permission):
        article = "an" if who_may(permission)[0] in "aeiou" else "a"
        raise Refused(
            f"Only {article} {who_may(permission)} may {WORDS[permission]}.", code="not_granted"
        )


def is_of_office(person: Person) -> bool:
    """Whether ``person`` works for an oversight office rather than for a body that answers."""
    return person.body.is_office


def check_may_for(person: Person, permission: Permission, body: Body) -> None:
    """As :func:`check_may`; people of another body than the office reach only their own body.

    Raises:
        NotTheirs: where the thing is another body's: not even its existence is theirs to know.
    """
    if not is_of_office(person) and person.body_id != body.pk:
        raise NotTheirs("This is not yours to see.")
    check_may(person, permission)


def check_not_same(person: Person, other: Person | None, sentence: str) -> None:
    """Separation of duties: refuses with ``sentence`` where both are the same person."""
    if other is not None and person.pk == other.pk:
        raise Refused(sentence, code="separation")


def check_may_judge(person: Person, permission: Permission, body: Body) -> None:
    """Who is of the body may not judge the body, whatever roles they hold."""
    if person.body_id == body.pk or not is_of_office(person):
        raise Refused(
            f"You belong to {person.body.name}, so someone else must judge this.", code="separation"
        )
    check_may(person, permission)


def check_may_hold(body: Body, role: Role) -> None:
    """Refuses a role that people of ``body`` may not hold."""
    if role in OFFICE_ROLES and not body.is_office:
        raise Refused(
            f"Only people of an oversight office may be a {role.label}.", code="separation"
        )
    if role == Role.ASSURANCE_LEAD and body.is_office:
        raise Refused(
            "An assurance lead belongs to a body that answers, not to the office.",
            code="separation",
        )


def reason_against(check: Callable[..., None], *args: Any, **kwargs: Any) -> str:
    """What a rule would say against an act, for the button that offers it; "" where it may be."""
    try:
        check(*args, **kwargs)
    except Refused as refusal:
        return refusal.sentence
    return ""
