"""Every public act of the record, and how a cheat would try it: with whom, on what, with which words.

``may`` names the permissions of which whoever succeeds must have held one, and ``body`` whose
matter it was: people of another body must never get through.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from answerable.accounts import actions as accounts
from answerable.accounts.models import Body, Person, Role, RoleHeld
from answerable.accounts.rules import Permission
from answerable.assurance.actions import (
    closing,
    evidence,
    interests,
    opinions,
    samples,
    undoing,
)
from answerable.assurance.actions.evidence import About
from answerable.assurance.models import Closure, Evidence, Interest, Opinion, Sample, Use
from answerable.assurance.queries.seen import digest_of, seen_now
from answerable.engine.importing.shapes import Fault
from answerable.engine.wording import fingerprint
from answerable.gaps.actions import drafts, runs, themes
from answerable.gaps.models import DraftLine, DraftPlan, GapRun, Theme, ThemeMember
from answerable.gaps.queries.runs import analysis_of
from answerable.plan.actions import (
    claims,
    closing_tests,
    moves,
    planned,
    services,
    succession,
    workbook,
)
from answerable.plan.models import (
    Action,
    ClosingTest,
    DateMove,
    Dependency,
    Milestone,
    OwnerChange,
    Rung,
    Service,
)
from answerable.plan.queries.workbook import Step
from answerable.publishing import actions as publishing
from answerable.publishing.models import Edition
from answerable.register.actions import (
    bases,
    candidates,
    clocks,
    importing,
    likeness,
    links,
    objections,
    outside_links,
    reply_readings,
    responses,
)
from answerable.register.actions import recommendations as recs
from answerable.register.actions import undertakings as owed
from answerable.register.models import (
    Basis,
    Clock,
    Dismissal,
    Link,
    Objection,
    OutsideLink,
    ProposedAnswer,
    Recommendation,
    ReplyReading,
    Response,
    Undertaking,
)
from answerable.register.queries.importing.plans import Ask, Checked, PlannedReply, PlannedReport
from answerable.reports.actions import decisions, documents
from answerable.reports.actions import reports as logged
from answerable.reports.models import Candidate, Decision, Document, Notice, Report
from tests.cheating.draw import ADMIN, CHAIR, LEAD, OFFICER, PUBLISHER, VERIFIER, Draw

P = Permission
Arguments = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what does it, how its arguments are drawn, and who may ever get through."""

    do: Callable[..., Any]
    draw: Callable[[Draw], Arguments]
    may: tuple[P, ...]
    body: Callable[[Arguments], Body | None] = lambda given: None
    weight: int = 4


def of_undertaking(given: Arguments) -> Body:
    found: Undertaking = given["undertaking"]
    return found.body


def of(name: str, *path: str) -> Callable[[Arguments], Body]:
    """The body at the end of a path of attributes."""

    def body(given: Arguments) -> Body:
        thing = given[name]
        for step in path:
            thing = getattr(thing, step)
        assert isinstance(thing, Body)
        return thing

    return body


def of_dated(given: Arguments) -> Body:
    return _body_of(given["thing"])


def of_move(given: Arguments) -> Body:
    move: DateMove = given["move"]
    found = move.action or move.milestone or move.closing_test
    assert found is not None
    return _body_of(found)


def _body_of(thing: Model) -> Body:
    if isinstance(thing, Action):
        return thing.body
    if isinstance(thing, Milestone):
        return thing.action.body
    assert isinstance(thing, ClosingTest)
    return thing.undertaking.body


# --- Closing tests ---------------------------------------------------------------------------------


def draw_test(d: Draw) -> Arguments:
    u = d.undertaking()
    return {
        "by": d.person(LEAD, OFFICER, VERIFIER, CHAIR, of=u.body_id),
        "undertaking": u,
        "pattern": d.maybe("records", d.one_of(["people", "guess"])),
        "look_at": d.words(),
        "counts_as_seen": d.words(),
        "how_many": d.maybe(20, d.one_of([None, 0, -1])),
        "due_on": d.one_of([None, None, d.day(1, 200), d.day(-9, 0)]),
        "why": d.words(),
    }


def draw_open_test(d: Draw) -> Arguments:
    test = d.likely(ClosingTest, refused_at__isnull=True)
    return {
        "by": d.person(LEAD, OFFICER, VERIFIER, of=test.undertaking.body_id),
        "test": test,
    }


def with_reason(draw: Callable[[Draw], Arguments], name: str = "reason") -> Any:
    return lambda d: {**draw(d), name: d.words()}


# --- Plans -----------------------------------------------------------------------------------------


def draw_action(d: Draw) -> Arguments:
    body = d.undertaking().body
    owner = d.person(LEAD, of=body.pk) if d.chance(0.5) else None
    return {
        "by": d.person(LEAD, OFFICER, of=body.pk),
        "body": body,
        "title": d.words(),
        "owner_role": d.words(),
        "owner": d.maybe(owner, d.person(OFFICER, VERIFIER)),
        "due_on": d.one_of([None, d.day(-10, 200)]),
        "date_of": d.maybe("body", d.one_of(["overseer", "nobody"]), 0.6),
        "cost": d.maybe(None, -1),
    }


def on_action(draw: Callable[[Draw], Arguments] = lambda d: {}) -> Callable[[Draw], Arguments]:
    """An act on an action by someone of its body or the office, with more arguments."""

    def drawn(d: Draw) -> Arguments:
        action = d.likely(Action, abandoned_at__isnull=True)
        return {"by": d.person(LEAD, OFFICER, of=action.body_id), "action": action, **draw(d)}

    return drawn


def draw_table(d: Draw) -> Arguments:
    """A plan brought as a table: a row that is new, and rows that touch an action there is."""
    action = d.likely(Action, abandoned_at__isnull=True)
    body = d.maybe(action.body, d.undertaking().body)
    other = {"after": d.day(-5, 200), "reason": d.words()}
    owner = {"role": d.words(), "owner": None, "name": d.words(0.5), "reason": d.words()}
    new = {"title": d.words(), "owner_role": d.words(), "due_on": d.one_of([None, d.day(1, 90)])}
    known: list[tuple[str, Arguments]] = [
        ("change", {"title": d.words(), "cost": d.maybe(None, -1)}),
        ("ask_date", other),
        ("ask_owner", owner),
        ("date", {"due_on": d.day(1, 90)}),
    ]
    steps = [Step("add", 2, "B", "", "", "", new)] if d.chance(0.5) else []
    kind, given = d.one_of(known)
    steps.append(Step(kind, 3, "B", action.reference, action.title, "", given))
    return {"by": d.person(LEAD, OFFICER, of=body.pk), "body": body, "steps": steps}


def draw_taken_over(d: Draw) -> Arguments:
    action = d.likely(Action, body__ends_on__isnull=False)
    owner = d.person(LEAD)
    return {
        "by": d.person(LEAD, OFFICER),
        "action": action,
        "owner_role": d.words(),
        "owner": d.maybe(None, owner, 0.5),
    }


def draw_service(d: Draw) -> Arguments:
    action = d.row(Action)
    spans = d.maybe([(0, 6)], d.one_of([[], [(5, 5)], [(0, 5000)], [(3, 9), (0, 4)]]))
    return {
        "by": d.person(LEAD, OFFICER, of=action.body_id),
        "action": action,
        "undertaking": d.undertaking(action.body_id),
        "spans": spans,
    }


def on_row(
    model: type[Model], name: str, path: str, *roles: Role, **wanted: object
) -> Callable[[Draw], Arguments]:
    """An act on a row of ``model`` by someone of the body at ``path``, or of the office."""

    def drawn(d: Draw) -> Arguments:
        thing = d.likely(model, **wanted)
        found: Any = thing
        for step in path.split(".") if path else ():
            found = getattr(found, step)
        return {"by": d.person(*roles, of=found if path else None), name: thing}

    return drawn


def draw_dependency(d: Draw) -> Arguments:
    action = d.row(Action)
    other = d.row(Action.objects.filter(body=action.body_id)) if d.chance(0.8) else None
    return {
        "by": d.person(LEAD, OFFICER, of=action.body_id),
        "action": action,
        "on_action": d.maybe(other, d.row(Action)),
        "words": d.words(0.2),
    }


def draw_dated(d: Draw) -> Arguments:
    model = d.one_of([Action, Milestone, ClosingTest])
    thing = d.row(model)
    return {
        "by": d.person(LEAD, OFFICER, VERIFIER, of=_body_of(thing).pk),
        "thing": thing,
        "after": d.maybe(d.day(0, 300), d.day(-30, -1)),
        "reason": d.words(),
    }


def draw_move(d: Draw) -> Arguments:
    move = d.likely(DateMove, approved_at__isnull=True, refused_at__isnull=True)
    by = d.person(LEAD, OFFICER, CHAIR, of=of_move({"move": move}).pk)
    return {"by": d.maybe(by, move.asked_by), "move": move}


def draw_change(d: Draw) -> Arguments:
    change = d.likely(OwnerChange, approved_at__isnull=True, refused_at__isnull=True)
    by = d.person(LEAD, OFFICER, CHAIR, of=change.action.body_id)
    return {"by": d.maybe(by, change.asked_by), "change": change}


def draw_new_owner(d: Draw) -> Arguments:
    given = on_action()(d)
    same = d.chance(0.1)
    action: Action = given["action"]
    owner = d.person(LEAD, of=action.body_id) if d.chance(0.7) else None
    return {
        **given,
        "role": action.owner_role if same else d.words(),
        "owner": action.owner if same else d.maybe(owner, d.person(OFFICER, VERIFIER)),
        "name": action.owner_name if same else "",
        "reason": d.words(),
    }


def draw_claim(d: Draw) -> Arguments:
    u = d.undertaking()
    return {
        "by": d.person(LEAD, OFFICER, of=u.body_id),
        "undertaking": u,
        "rung": d.maybe(Rung.READY, d.one_of([*Rung.values, "assured"]), 0.6),
        "words": d.words(),
        "reason": d.words(0.3),
        "signed_off_name": d.maybe("Dana Holt", ""),
        "signed_off_role": d.maybe("Head of Protection", ""),
        "slipped_on": d.one_of([None, None, d.day(-9, 0), d.day(1, 9)]),
    }


def draw_claims(d: Draw) -> Arguments:
    """One claim for up to three, mostly of one body, each in its own words."""
    first = draw_claim(d)
    by, one = first.pop("by"), first.pop("undertaking")
    others = [d.undertaking(one.body_id) for _ in range(d.one_of([0, 1, 1, 2]))]
    return {
        "by": by,
        "claims": [(one, first), *((u, {**first, "words": d.words()}) for u in others)],
    }


# --- Themes ----------------------------------------------------------------------------------------


def on_theme(*, name: str) -> Callable[[Draw], Arguments]:
    """An act on a theme with one thing said, under ``name``."""
    return lambda d: {
        "by": d.person(OFFICER, CHAIR),
        "theme": d.likely(Theme, retired_at__isnull=True),
        name: d.words(),
    }


def draw_members(d: Draw) -> Arguments:
    member = d.likely(ThemeMember, taken_out_at__isnull=True)
    theme = d.maybe(member.theme, d.row(Theme))
    return {"by": d.person(OFFICER, CHAIR), "theme": theme, "members": [member], "reason": ""}


# --- Draft plans -----------------------------------------------------------------------------------


def draw_draft(d: Draw) -> Arguments:
    run = d.row(GapRun)
    keys = [gap.key for gap in analysis_of(run).gaps]
    some = d.rng.sample(keys, min(len(keys), d.one_of([0, 1, 3, 8])))
    gaps = d.maybe(some, ["no_action:R-9999:nobody"], 0.9)
    return {"by": d.person(OFFICER, CHAIR), "run": run, "gaps": gaps}


def draw_taken(d: Draw) -> Arguments:
    line = d.likely(DraftLine, left_out_at__isnull=True, draft__owner__isnull=False)
    slug = d.one_of(line.bodies) if line.bodies and d.chance(0.8) else ""
    body = Body.objects.filter(slug=slug).first() or d.row(Body)
    return {
        "by": d.person(OFFICER, LEAD, of=body.pk),
        "line": line,
        "body": body,
        "owner_role": d.maybe("Head of Crime", ""),
        "due_on": d.one_of([None, d.day(1, 90)]),
    }


# --- Assurance -------------------------------------------------------------------------------------


def draw_about(d: Draw) -> About:
    expires = d.day(-5, 400) if d.chance(0.5) else None
    return About(
        shows=d.words(),
        does_not_show=d.words(),
        grade=d.maybe("use", d.one_of(["assertion", "gold"])),
        covers_from=d.one_of([None, d.day(-90, -30)]),
        covers_to=d.one_of([None, d.day(-60, -1)]),
        expires_on=expires,
        expires_because=d.maybe("The rota changes then.", "") if expires else "",
    )


def draw_statement(d: Draw) -> Arguments:
    u = d.undertaking()
    words = d.words()
    return {
        "by": d.person(LEAD, OFFICER, of=u.body_id),
        "body": u.body,
        "name": "Return",
        "words": d.maybe(words, f"{words} Mrs Ann Smith, born 3 May 1990, 07700 900123."),
        "about": draw_about(d),
        "undertakings": [u] if d.chance(0.8) else [],
        "despite": d.maybe("", "An invented person."),
    }


def draw_link(d: Draw) -> Arguments:
    given = draw_statement(d)
    del given["words"]
    return {
        **given,
        "address": d.maybe("https://northmoor.example/return", "return"),
        "sha256": d.maybe(f"{d.rng.getrandbits(256):064x}", "abc"),
        "taken_at": d.maybe(d.moment(-9000, 0), d.moment(60, 9000)),
    }


def draw_file(d: Draw) -> Arguments:
    d.seldom(0.2)
    given = draw_statement(d)
    upload = io.BytesIO(given.pop("words").encode())
    return {**given, "upload": upload, "name": "return.txt"}


def draw_use(d: Draw) -> Arguments:
    piece = d.row(Evidence)
    return {
        "by": d.person(LEAD, OFFICER, of=piece.body_id),
        "evidence": piece,
        "undertaking": d.undertaking(piece.body_id),
    }


def draw_grade(d: Draw) -> Arguments:
    return {
        "by": d.person(VERIFIER),
        "evidence": d.row(Evidence),
        "grade": d.maybe(d.one_of(["use", "sample", "outcome"]), "gold"),
        "reason": d.words(),
    }


def draw_interest(d: Draw) -> Arguments:
    u = d.undertaking()
    return {
        "by": d.person(VERIFIER, CHAIR, OFFICER),
        "words": d.words(),
        "body": u.body if d.chance(0.3) else None,
        "undertaking": u if d.chance(0.6) else None,
    }


def draw_end_interest(d: Draw) -> Arguments:
    interest = d.likely(Interest, ended_at__isnull=True)
    by = d.person(CHAIR)
    return {"by": d.maybe(by, interest.person, 0.8), "interest": interest, "reason": d.words()}


def draw_commit(d: Draw) -> Arguments:
    return {
        "by": d.person(VERIFIER),
        "undertaking": d.undertaking(),
        "size": d.maybe(3, d.one_of([0, -1, 10**6])),
        "why": d.words(),
        "criteria": d.maybe(["In time", "Signed"], d.one_of([[], ["", " "], ["In time"] * 2])),
    }


def draw_sample(d: Draw) -> Arguments:
    records = [f"{d.rng.randrange(10**9)}" for _ in range(5)]
    return {
        "by": d.person(VERIFIER),
        "sample": d.likely(Sample, drawn_at__isnull=True),
        "records": d.maybe(records, d.one_of([[], ["1", "1"]])),
    }


def draw_counts(d: Draw) -> Arguments:
    sample = d.likely(Sample, drawn_at__isnull=False, seen_at__isnull=True)
    right = [(d.rng.randint(0, 3), 3) for _ in sample.criteria]
    wrong = d.one_of([[], [(5, 3)] * len(sample.criteria), [(1, 99)] * len(sample.criteria)])
    return {"by": d.person(VERIFIER), "sample": sample, "counts": d.maybe(right, wrong)}


def draw_opinion(d: Draw) -> Arguments:
    """Signed by whoever, on the page as it is now or as it was when someone looked."""
    claimed = Undertaking.objects.filter(claims__isnull=False).distinct()
    u = d.row(claimed) if d.chance(0.7) else Undertaking.objects.get(pk=d.undertaking().pk)
    return {
        "by": d.person(VERIFIER),
        "undertaking": u,
        "judgement": d.maybe("assured", d.one_of(["partly", "not_assured", "green"]), 0.7),
        "looked_at": d.words(),
        "missing": d.words(0.3),
        "recheck_on": d.maybe(d.day(1, 400), d.one_of([d.day(-5, 0), d.day(2000, 4000)])),
        "digest": digest_of(seen_now(u)),
        "proved_at": d.maybe(
            d.moment(-600, 0), d.one_of([None, d.moment(-9000, -1000), d.moment(60, 999)])
        ),
    }


def draw_withdrawal(d: Draw) -> Arguments:
    opinion = d.likely(Opinion, withdrawn_at__isnull=True)
    by = d.person(VERIFIER, CHAIR)
    return {"by": d.maybe(by, opinion.signed_by, 0.6), "opinion": opinion, "reason": d.words()}


def draw_close(d: Draw) -> Arguments:
    if d.chance(0.6):  # where somebody once said "assured"
        said = Opinion.objects.filter(judgement="assured").values("undertaking")
        pk = d.row(Undertaking.objects.filter(pk__in=said)).pk
    else:
        pk = d.undertaking().pk
    return {
        "by": d.person(CHAIR),
        "undertaking": Undertaking.objects.select_related("body").get(pk=pk),
        "how": d.maybe("assured", d.one_of(["not_pursued", "not_pursued", "by_date"]), 0.8),
        "reason": d.words(),
    }


def draw_reopening(d: Draw) -> Arguments:
    closure = d.likely(Closure, reopening__isnull=True)
    by = d.person(CHAIR, OFFICER, LEAD, of=closure.undertaking.body_id)
    because = d.one_of(["recheck_failed", "evidence_expired", "asked_again", "own_word", "whim"])
    ground = d.row(d.one_of([Opinion, Evidence, Link])) if d.chance(0.2) else None
    return {
        "by": d.maybe(by, None),  # type: ignore[arg-type]
        "closure": closure,
        "because": because,
        "words": d.words(),
        "ground": ground,
    }


# --- The register ----------------------------------------------------------------------------------


def draw_entry(d: Draw) -> Arguments:
    return {
        "by": d.person(OFFICER),
        "report": d.row(Report),
        "words": d.words(),
        "number": "9",
        "bodies": [(d.undertaking().body, "")] if d.chance(0.8) else [],
        "start_clocks": d.chance(0.7),
    }


def draw_import(d: Draw) -> Arguments:
    """A spreadsheet with one row: another recommendation, perhaps with a reply and its position."""
    here, body, words = d.row(Report), d.undertaking().body, d.words()
    report = PlannedReport(key="report", title=here.title, row=2, here=here)
    said = PlannedReply(body, d.words(), d.day(-30, 2), 2, d.one_of(["", "accepted", "rejected"]))
    ask = Ask(
        report=report,
        row=2,
        words=words,
        fingerprint=fingerprint(words),
        kind=d.maybe("recommendation", "wish"),
        to={body: "as named"},
        replies=[said] if d.chance(0.6) else [],
    )
    fault = Fault("Recs", 3, "A", "Report", "It does not say which report this is from.")
    return {
        "by": d.person(OFFICER),
        "checked": Checked(
            reports=[report], asks=[ask], faults=[fault] if d.chance(0.3) else [], sheet="Recs"
        ),
        "name": "list.csv",
        "sha256": f"{d.rng.getrandbits(256):064x}",
        "columns": {},
        "leave_out": d.chance(0.5),
    }


def draw_reply(d: Draw) -> Arguments:
    u = d.undertaking()
    return {
        "by": d.person(LEAD, OFFICER, of=u.body_id),
        "undertaking": u,
        "words": d.words(),
        "dated_on": d.maybe(d.day(-20, 0), d.day(1, 9)),
    }


def draw_position(d: Draw) -> Arguments:
    return {
        "by": d.person(OFFICER, CHAIR),
        "response": d.row(Response),
        "position": d.maybe("accepted", d.one_of(["in_part", "rejected", "no_response", "warm"])),
        "reason": d.words(),
    }


def draw_signed_link(d: Draw) -> Arguments:
    return {
        "by": d.person(OFFICER, CHAIR),
        "earlier": d.row(Recommendation),
        "later": d.row(Recommendation),
        "relation": d.one_of(["same", "extends", "supersedes", "supersedes", "partly", "cousin"]),
        "reason": d.words(),
    }


def draw_dismissal(d: Draw) -> Arguments:
    return {
        "by": d.person(OFFICER, CHAIR),
        "recommendation": d.row(Recommendation),
        "other": d.row(Recommendation),
        "reason": d.words(),
    }


def draw_outside_link(d: Draw) -> Arguments:
    return {
        "by": d.person(OFFICER, CHAIR),
        "recommendation": d.row(Recommendation),
        "relation": d.one_of(["same", "extends", "partly", "cousin"]),
        "office": d.words(),
        "address": d.maybe(
            "https://southmoor.example/record/R-0007",
            d.one_of(["http://southmoor.example/", "javascript:1", "https://a:b@c.example/", ""]),
        ),
        "theirs": d.maybe("R-0007", ""),
        "sha256": d.maybe(f"{d.rng.getrandbits(256):064x}", d.one_of(["", "abc"])),
        "reason": d.words(),
    }


def draw_clock(d: Draw) -> Arguments:
    return {"by": d.person(OFFICER), "clock": d.row(Clock), "reason": d.words()}


def draw_candidate(d: Draw) -> Arguments:
    return {"by": d.person(OFFICER), "candidate": d.row(Candidate)}


def draw_two(d: Draw) -> Arguments:
    rows = list(Candidate.objects.order_by("ordinal"))
    return {"by": d.person(OFFICER), "candidates": d.maybe(rows[:2], rows[::2] or rows)}


def draw_split(d: Draw) -> Arguments:
    given = draw_candidate(d)
    spans = given["candidate"].spans
    return {**given, "parts": d.maybe([("1a", spans), ("1b", spans)], [("1", spans)])}


def draw_missed(d: Draw) -> Arguments:
    document = d.row(Document)
    return {
        "by": d.person(OFFICER),
        "document": document,
        "spans": d.row(Candidate).spans,
        "kind": d.maybe("recommendation", "wish"),
    }


def draw_run(d: Draw) -> Arguments:
    candidate = d.row(Candidate)
    return {
        "by": d.person(OFFICER),
        "document": candidate.reading.document,
        "run": candidate.run or 0,
    }


# --- Reports, editions, people ---------------------------------------------------------------------


def draw_report(d: Draw) -> Arguments:
    return {
        "by": d.person(OFFICER),
        "another": d.chance(0.9),
        "title": d.words(0),
        "kind": "inspection",
        "author": d.row(Body),
        "published_on": d.one_of([None, d.day(-900, 0)]),
    }


def draw_change_of_report(d: Draw) -> Arguments:
    report = d.row(Report)
    return {
        "by": d.person(OFFICER),
        "report": report,
        "seen_version": d.maybe(report.version, 0),
        "title": d.words(0),
    }


def draw_approval(d: Draw) -> Arguments:
    d.seldom(0.3)
    edition = d.likely(Edition, state="proposed")
    by = d.person(PUBLISHER)
    return {
        "by": d.maybe(by, edition.proposed_by, 0.7),
        "edition": edition,
        "content_digest": d.maybe(edition.content_digest, "0" * 64, 0.9),
    }


def draw_edition(d: Draw) -> Arguments:
    edition = d.likely(Edition, state="proposed")
    return {"by": d.maybe(d.person(PUBLISHER), edition.proposed_by, 0.6), "edition": edition}


def draw_role(d: Draw) -> Arguments:
    anyone = d.row(Person)
    by = d.person(ADMIN)
    return {
        "by": d.maybe(by, anyone, 0.9),
        "person": anyone,
        "role": d.one_of(list(Role)),
    }


def draw_held(d: Draw) -> Arguments:
    held = d.likely(RoleHeld, ended_at__isnull=True)
    return {"by": d.person(ADMIN), "held": held}


def draw_access(d: Draw) -> Arguments:
    return {"by": d.person(ADMIN), "person": d.row(Person)}


def draw_closed_access(d: Draw) -> Arguments:
    return {"by": d.person(ADMIN), "person": d.likely(Person, is_active=False)}


ACTS: dict[str, Act] = {
    # plan
    "propose_test": Act(
        closing_tests.propose_test, draw_test, (P.TEST_AGREE,), of_undertaking, weight=8
    ),
    "agree_test": Act(
        closing_tests.agree_test, draw_open_test, (P.TEST_AGREE,),
        of("test", "undertaking", "body"), weight=10,
    ),
    "refuse_test": Act(
        closing_tests.refuse_test, with_reason(draw_open_test), (P.TEST_AGREE,),
        of("test", "undertaking", "body"), weight=2,
    ),
    "add_action": Act(planned.add_action, draw_action, (P.PLAN_KEEP,), of("body"), weight=5),
    "change_action": Act(
        planned.change_action,
        on_action(lambda d: {"title": d.words(), "cost": d.maybe(None, -2)}),
        (P.PLAN_KEEP,), of("action", "body"),
    ),
    "date_action": Act(
        planned.date_action, on_action(lambda d: {"due_on": d.day(-10, 300)}), (P.PLAN_KEEP,),
        of("action", "body"),
    ),
    "complete_action": Act(
        planned.complete_action, on_action(lambda d: {"on": d.day(-9, 2)}), (P.PLAN_KEEP,),
        of("action", "body"),
    ),
    "resume_action": Act(
        planned.resume_action, on_action(lambda d: {"reason": d.words()}), (P.PLAN_KEEP,),
        of("action", "body"),
    ),
    "abandon_action": Act(
        planned.abandon_action, on_action(lambda d: {"reason": d.words()}), (P.PLAN_KEEP,),
        of("action", "body"), weight=2,
    ),
    "take_over_action": Act(
        succession.take_over_action, draw_taken_over, (P.PLAN_KEEP,), weight=3
    ),
    "serve_undertaking": Act(
        services.serve_undertaking, draw_service, (P.PLAN_KEEP,), of("action", "body"), weight=6
    ),
    "take_out_service": Act(
        services.take_out_service,
        with_reason(on_row(Service, "service", "action.body_id", LEAD, OFFICER)),
        (P.PLAN_KEEP,), of("service", "action", "body"), weight=2,
    ),
    "add_milestone": Act(
        services.add_milestone,
        on_action(lambda d: {
            "title": d.words(), "due_on": d.day(0, 200),
            "date_of": d.maybe("body", d.one_of(["overseer", "nobody"]), 0.6),
        }),
        (P.PLAN_KEEP,), of("action", "body"),
    ),
    "meet_milestone": Act(
        services.meet_milestone,
        lambda d: {
            **on_row(Milestone, "milestone", "action.body_id", LEAD, OFFICER)(d),
            "on": d.day(-9, 2),
        },
        (P.PLAN_KEEP,), of("milestone", "action", "body"),
    ),
    "abandon_milestone": Act(
        services.abandon_milestone,
        with_reason(on_row(Milestone, "milestone", "action.body_id", LEAD, OFFICER)),
        (P.PLAN_KEEP,), of("milestone", "action", "body"), weight=2,
    ),
    "add_dependency": Act(
        services.add_dependency, draw_dependency, (P.PLAN_KEEP,), of("action", "body")
    ),
    "meet_dependency": Act(
        services.meet_dependency,
        lambda d: {
            **on_row(Dependency, "dependency", "action.body_id", LEAD, OFFICER)(d),
            "on": d.day(-9, 2),
        },
        (P.PLAN_KEEP,), of("dependency", "action", "body"),
    ),
    "take_out_dependency": Act(
        services.take_out_dependency,
        with_reason(on_row(Dependency, "dependency", "action.body_id", LEAD, OFFICER)),
        (P.PLAN_KEEP,), of("dependency", "action", "body"), weight=2,
    ),
    "ask_date": Act(moves.ask_date, draw_dated, (P.PLAN_KEEP, P.TEST_AGREE), of_dated, weight=8),
    "approve_date": Act(moves.approve_date, draw_move, (P.DATE_APPROVE,), of_move, weight=10),
    "refuse_date": Act(
        moves.refuse_date, with_reason(draw_move),
        (P.DATE_APPROVE, P.PLAN_KEEP, P.TEST_AGREE), of_move, weight=2,
    ),
    "ask_owner": Act(
        moves.ask_owner, draw_new_owner, (P.PLAN_KEEP,), of("action", "body"), weight=6
    ),
    "approve_owner": Act(
        moves.approve_owner, draw_change, (P.DATE_APPROVE,), of("change", "action", "body"),
        weight=8,
    ),
    "refuse_owner": Act(
        moves.refuse_owner, with_reason(draw_change), (P.DATE_APPROVE, P.PLAN_KEEP),
        of("change", "action", "body"), weight=2,
    ),
    "make_claim": Act(claims.make_claim, draw_claim, (P.CLAIM_MAKE,), of_undertaking, weight=8),
    "bring_plan": Act(workbook.bring_plan, draw_table, (P.PLAN_KEEP,), of("body"), weight=3),
    # assurance
    "add_statement": Act(
        evidence.add_statement, draw_statement, (P.EVIDENCE_ADD,), of("body"), weight=8
    ),
    "add_link": Act(evidence.add_link, draw_link, (P.EVIDENCE_ADD,), of("body")),
    "add_file": Act(evidence.add_file, draw_file, (P.EVIDENCE_ADD,), of("body"), weight=1),
    "use_evidence": Act(
        evidence.use_evidence, draw_use, (P.EVIDENCE_ADD,), of_undertaking, weight=5
    ),
    "take_out_evidence": Act(
        evidence.take_out_evidence,
        with_reason(on_row(
            Use, "use", "undertaking.body_id", LEAD, OFFICER, taken_out_at__isnull=True
        )),
        (P.EVIDENCE_ADD,), of("use", "undertaking", "body"),
    ),
    "grade_evidence": Act(evidence.grade_evidence, draw_grade, (P.EVIDENCE_GRADE,), weight=12),
    "open_evidence": Act(
        evidence.open_evidence,
        with_reason(on_row(Evidence, "evidence", "", PUBLISHER), "because"), (P.EVIDENCE_OPEN,),
    ),
    "seal_evidence": Act(
        evidence.seal_evidence,
        with_reason(on_row(Evidence, "evidence", "", PUBLISHER), "because"), (P.EVIDENCE_OPEN,),
        weight=2,
    ),
    "commit_sample": Act(samples.commit_sample, draw_commit, (P.SAMPLE_DRAW,)),
    "draw_sample": Act(samples.draw_sample, draw_sample, (P.SAMPLE_DRAW,)),
    "record_sample": Act(samples.record_sample, draw_counts, (P.SAMPLE_DRAW,)),
    "declare_interest": Act(interests.declare_interest, draw_interest, (P.INTEREST_DECLARE,)),
    "end_interest": Act(interests.end_interest, draw_end_interest, (P.INTEREST_END,)),
    "sign_opinion": Act(opinions.sign_opinion, draw_opinion, (P.OPINION_SIGN,), weight=22),
    "withdraw_opinion": Act(
        opinions.withdraw_opinion, draw_withdrawal, (P.OPINION_WITHDRAW, P.OPINION_SIGN), weight=3
    ),
    "close_undertaking": Act(
        closing.close_undertaking, draw_close, (P.UNDERTAKING_CLOSE,), weight=14
    ),
    "reopen_undertaking": Act(
        closing.reopen_undertaking, draw_reopening, (P.UNDERTAKING_REOPEN,),
        of("closure", "undertaking", "body"), weight=12,
    ),
    "claim_and_reopen": Act(
        undoing.make_claim, draw_claim, (P.CLAIM_MAKE,), of_undertaking, weight=5
    ),
    "make_claims": Act(
        undoing.make_claims, draw_claims, (P.CLAIM_MAKE,),
        lambda given: given["claims"][0][0].body, weight=4,
    ),
    "link_and_reopen": Act(undoing.sign_link, draw_signed_link, (P.LINK_SIGN,), weight=5),
    "reopen_if_undone": Act(
        undoing.reopen_if_undone, lambda d: {"by": None, "undertaking": d.undertaking()}, ()
    ),
    "review_closures": Act(undoing.review_closures, lambda d: {"by": None}, (), weight=2),
    # register
    "enter_recommendation": Act(
        recs.enter_recommendation, draw_entry, (P.CANDIDATE_DECIDE,), weight=2
    ),
    "import_register": Act(
        importing.import_register, draw_import, (P.RECOMMENDATION_IMPORT,), weight=2
    ),
    "correct_recommendation": Act(
        recs.correct_recommendation,
        lambda d: {
            "by": d.person(OFFICER), "recommendation": d.row(Recommendation),
            "words": d.words(), "reason": d.words(),
        },
        (P.RECOMMENDATION_CORRECT,), weight=2,
    ),
    "withdraw_recommendation": Act(
        recs.withdraw_recommendation,
        lambda d: {
            "by": d.person(OFFICER), "recommendation": d.row(Recommendation), "reason": d.words(),
        },
        (P.RECOMMENDATION_WITHDRAW,), weight=2,
    ),
    "add_undertaking": Act(
        owed.add_undertaking,
        lambda d: {
            "by": d.person(OFFICER), "recommendation": d.row(Recommendation),
            "body": d.undertaking().body,
        },
        (P.UNDERTAKING_ADD,), weight=2,
    ),
    "pass_to_successor": Act(
        owed.pass_to_successor,
        lambda d: {
            "by": d.person(OFFICER), "undertaking": d.likely(Undertaking, body__ends_on__isnull=False),
        },
        (P.UNDERTAKING_ADD,), weight=2,
    ),
    "pass_all_to_successor": Act(
        owed.pass_all_to_successor,
        lambda d: {"by": d.person(OFFICER), "body": d.undertaking().body},
        (P.UNDERTAKING_ADD,), weight=1,
    ),
    "log_response": Act(responses.log_response, draw_reply, (P.RESPONSE_LOG,), of_undertaking),
    "read_position": Act(responses.read_position, draw_position, (P.POSITION_READ,), weight=6),
    "sign_link": Act(links.sign_link, draw_signed_link, (P.LINK_SIGN,), weight=8),
    "take_back_link": Act(
        links.take_back_link,
        with_reason(on_row(Link, "link", "", OFFICER, CHAIR, taken_back_at__isnull=True)),
        (P.LINK_SIGN,), weight=2,
    ),
    "add_theme": Act(
        themes.add_theme,
        lambda d: {
            "by": d.person(OFFICER, CHAIR),
            "name": d.words(),
            "recommendations": [d.row(Recommendation)] if d.chance(0.7) else [],
        },
        (P.THEME_KEEP,),
    ),
    "change_theme": Act(themes.change_theme, on_theme(name="name"), (P.THEME_KEEP,), weight=2),
    "retire_theme": Act(themes.retire_theme, on_theme(name="reason"), (P.THEME_KEEP,), weight=1),
    "put_under_theme": Act(
        themes.put_under_theme,
        lambda d: {
            "by": d.person(OFFICER, CHAIR),
            "theme": d.likely(Theme, retired_at__isnull=True),
            "recommendations": [d.row(Recommendation) for _ in range(d.one_of([0, 1, 2]))],
        },
        (P.THEME_KEEP,),
    ),
    "take_out_of_theme": Act(themes.take_out_of_theme, draw_members, (P.THEME_KEEP,), weight=3),
    "run_analysis": Act(
        runs.run_analysis,
        lambda d: {
            "by": d.person(OFFICER, CHAIR),
            "body": d.one_of([None, d.undertaking().body]),
            "on": d.maybe(None, d.day(-9, 9), 0.9),
        },
        (P.GAPS_RUN,), weight=2,
    ),
    "draft_plan": Act(drafts.draft_plan, draw_draft, (P.GAPS_RUN,)),
    "own_draft": Act(
        drafts.own_draft,
        on_row(DraftPlan, "draft", "", OFFICER, CHAIR, owner__isnull=True),
        (P.GAPS_RUN,),
    ),
    "change_line": Act(
        drafts.change_line,
        lambda d: {
            "by": d.person(OFFICER, CHAIR),
            "line": d.likely(DraftLine, left_out_at__isnull=True),
            "title": d.words(),
        },
        (P.GAPS_RUN,), weight=2,
    ),
    "leave_out_line": Act(
        drafts.leave_out_line,
        with_reason(on_row(DraftLine, "line", "", OFFICER, CHAIR, left_out_at__isnull=True)),
        (P.GAPS_RUN,), weight=2,
    ),
    "take_line": Act(drafts.take_line, draw_taken, (P.PLAN_KEEP,), of("body"), weight=6),
    "object_to_link": Act(
        objections.object_to_link,
        lambda d: {
            "by": d.person(OFFICER, CHAIR, VERIFIER),
            "link": d.likely(Link, taken_back_at__isnull=True),
            "reads": d.one_of(["same", "partly", "unrelated", "unrelated", "cousin"]),
            "reason": d.words(),
        },
        (P.LINK_OBJECT,), weight=3,
    ),
    "take_back_objection": Act(
        objections.take_back_objection,
        with_reason(
            on_row(Objection, "objection", "", OFFICER, CHAIR, VERIFIER, taken_back_at__isnull=True)
        ),
        (P.LINK_OBJECT,), weight=2,
    ),
    "dismiss_likeness": Act(likeness.dismiss_likeness, draw_dismissal, (P.LINK_SIGN,), weight=3),
    "take_back_dismissal": Act(
        likeness.take_back_dismissal,
        with_reason(on_row(Dismissal, "dismissal", "", OFFICER, CHAIR, taken_back_at__isnull=True)),
        (P.LINK_SIGN,), weight=2,
    ),
    "sign_outside_link": Act(
        outside_links.sign_outside_link, draw_outside_link, (P.LINK_SIGN,), weight=2
    ),
    "take_back_outside_link": Act(
        outside_links.take_back_outside_link,
        with_reason(on_row(OutsideLink, "link", "", OFFICER, CHAIR, taken_back_at__isnull=True)),
        (P.LINK_SIGN,), weight=1,
    ),
    "start_clock": Act(
        clocks.start_clock,
        lambda d: {
            "by": d.person(OFFICER), "undertaking": d.undertaking(), "basis": d.row(Basis),
            "starts_on": d.day(-90, 0),
        },
        (P.CLOCK_CHANGE,), weight=1,
    ),
    "extend_clock": Act(
        clocks.extend_clock,
        lambda d: {**draw_clock(d), "days": d.maybe(20, d.one_of([0, 10**5]))},
        (P.CLOCK_CHANGE,), weight=1,
    ),
    "pause_clock": Act(
        clocks.pause_clock, lambda d: {**draw_clock(d), "on": d.day(-9, 2)}, (P.CLOCK_CHANGE,),
        weight=1,
    ),
    "resume_clock": Act(
        clocks.resume_clock, lambda d: {**draw_clock(d), "on": d.day(-9, 2)}, (P.CLOCK_CHANGE,),
        weight=1,
    ),
    "date_clock": Act(
        clocks.date_clock, lambda d: {**draw_clock(d), "on": d.day(-300, 300)}, (P.CLOCK_CHANGE,),
        weight=1,
    ),
    "adopt_bases": Act(bases.adopt_bases, lambda d: {"by": d.person(OFFICER)}, (P.CLOCK_CHANGE,), weight=1),
    "accept_candidate": Act(
        candidates.accept_candidate, draw_candidate, (P.CANDIDATE_DECIDE,), weight=1
    ),
    "split_candidate": Act(
        candidates.split_candidate, draw_split, (P.CANDIDATE_DECIDE,), weight=1
    ),
    "merge_candidates": Act(
        candidates.merge_candidates, draw_two, (P.CANDIDATE_DECIDE,), weight=1
    ),
    "add_missed": Act(candidates.add_missed, draw_missed, (P.CANDIDATE_DECIDE,), weight=1),
    "accept_run": Act(candidates.accept_run, draw_run, (P.CANDIDATE_DECIDE,), weight=1),
    "take_back": Act(
        candidates.take_back,
        lambda d: {"by": d.person(OFFICER), "decision": d.row(Decision)},
        (P.CANDIDATE_DECIDE,), weight=1,
    ),
    "accept_answer": Act(
        reply_readings.accept_answer,
        lambda d: {"by": d.person(LEAD, OFFICER), "proposal": d.row(ProposedAnswer)},
        (P.RESPONSE_LOG,), of("proposal", "undertaking", "body"), weight=1,
    ),
    "dismiss_answer": Act(
        reply_readings.dismiss_answer,
        lambda d: {"by": d.person(LEAD, OFFICER), "proposal": d.row(ProposedAnswer)},
        (P.RESPONSE_LOG,), of("proposal", "undertaking", "body"), weight=1,
    ),
    "accept_sure": Act(
        reply_readings.accept_sure,
        lambda d: {"by": d.person(LEAD, OFFICER), "reading": d.row(ReplyReading)},
        (P.RESPONSE_LOG,), of("reading", "body"), weight=1,
    ),
    # reports
    "log_report": Act(logged.log_report, draw_report, (P.REPORT_LOG,), weight=1),
    "change_report": Act(logged.change_report, draw_change_of_report, (P.REPORT_LOG,), weight=1),
    "open_document": Act(
        documents.open_document,
        lambda d: {"by": d.person(PUBLISHER), "document": d.row(Document), "because": d.words()},
        (P.DOCUMENT_OPEN,), weight=1,
    ),
    "close_document": Act(
        documents.close_document,
        lambda d: {"by": d.person(PUBLISHER), "document": d.row(Document), "because": d.words()},
        (P.DOCUMENT_OPEN,), weight=1,
    ),
    "dismiss_candidate": Act(
        decisions.dismiss_candidate, lambda d: {**draw_candidate(d), "reason": d.words()},
        (P.CANDIDATE_DECIDE,), weight=1,
    ),
    "reopen": Act(
        decisions.reopen,
        lambda d: {"by": d.person(OFFICER), "decisions": [d.row(Decision)]},
        (P.CANDIDATE_DECIDE,), weight=1,
    ),
    "settle_notice": Act(
        decisions.settle_notice,
        lambda d: {"by": d.person(OFFICER), "notice": d.row(Notice), "how": d.words()},
        (P.CANDIDATE_DECIDE,), weight=1,
    ),
    # publishing
    "propose_edition": Act(
        publishing.propose_edition, lambda d: {"by": d.person(PUBLISHER)}, (P.EDITION_PROPOSE,),
        weight=1,
    ),
    "renew_proposal": Act(
        publishing.renew_proposal, draw_edition, (P.EDITION_PROPOSE,), weight=1
    ),
    "withdraw_proposal": Act(
        publishing.withdraw_proposal, draw_edition, (P.EDITION_PROPOSE,), weight=1
    ),
    "refuse_edition": Act(
        publishing.refuse_edition, with_reason(draw_edition), (P.EDITION_APPROVE,), weight=1
    ),
    "approve_edition": Act(
        publishing.approve_edition, draw_approval, (P.EDITION_APPROVE,), weight=1
    ),
    # people
    "give_role": Act(accounts.give_role, draw_role, (P.ROLE_GIVE,), weight=3),
    "end_role": Act(accounts.end_role, draw_held, (P.ROLE_GIVE,), weight=2),
    "suspend_person": Act(accounts.suspend_person, draw_access, (P.PERSON_SUSPEND,), weight=1),
    "restore_person": Act(
        accounts.restore_person, draw_closed_access, (P.PERSON_SUSPEND,), weight=2
    ),
}  # fmt: skip
"""Every act, by the name of the function that does it."""

INSIDE = {
    "assurance.evidence._keep": "inside add_file, add_link and add_statement",
    "publishing.actions._approve": "inside approve_edition",
    "register.importing._bring": "inside import_register",
    "register.reply_readings._keep": "inside read_reply, which the world was made with",
    "reports.documents._keep": "inside receive_document, which the world was made with",
    "reports.documents.read_again": "only what was put aside is read again; nothing is, here",
    "reports.reading._store": "the machine’s own reading, which the world was made with",
    "reports.reading._park": "the machine’s own: what cannot be read is put aside",
}
"""Acts that are not tried by themselves, and why."""
PLAYED = ("register", "plan", "assurance", "reports", "gaps", "publishing")
"""The subjects of which every act is played."""
