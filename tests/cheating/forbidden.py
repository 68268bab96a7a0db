"""The states that nobody may ever reach, whatever they try and in whatever order.

Each check looks at what an act has changed, as it lies in the database, and raises :class:`Hole`.
"""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone

from answerable.accounts.rules import GRANTS
from answerable.assurance.queries import impossible as assurance
from answerable.assurance.queries.four import four_answers
from answerable.assurance.queries.opinions import Weighed, weighed_opinions
from answerable.audit import queries as audit
from answerable.engine import sampling
from answerable.plan.queries import impossible as plan
from answerable.register.models import Undertaking
from answerable.register.queries import links
from tests.cheating import raw
from tests.cheating.acts import ACTS, Arguments
from tests.cheating.raw import Row

TABLES = tuple(m._meta.db_table for m in audit.audited_models())
SIGNED_OFF = ("ready_for_assessment", "met_by_other_means", "cannot_be_done")
DONE = ("ready_for_assessment", "met_by_other_means")
ACCEPTED = ("accepted", "in_part", "in_principle")
LOWER = ("not_started", "in_progress")
SAYS = {
    "plan.closingtest": ("look_at", "counts_as_seen", ("refused_reason", "refused_at")),
    "plan.action": ("title", "owner_role", ("abandoned_reason", "abandoned_at")),
    "plan.service": (("taken_out_reason", "taken_out_at"),),
    "plan.milestone": ("title", ("abandoned_reason", "abandoned_at")),
    "plan.dependency": (("taken_out_reason", "taken_out_at"),),
    "plan.datemove": ("reason", ("refused_reason", "refused_at")),
    "plan.ownerchange": ("reason", "role_after", ("refused_reason", "refused_at")),
    "plan.claim": ("words",),
    "assurance.evidence": ("shows", "does_not_show", "name"),
    "assurance.use": (("taken_out_reason", "taken_out_at"),),
    "assurance.graded": ("reason",),
    "assurance.sample": ("why",),
    "assurance.interest": ("words",),
    "assurance.opinion": ("looked_at", ("withdrawn_reason", "withdrawn_at")),
    "assurance.closure": ("reason",),
    "assurance.reopening": ("words",),
    "register.link": ("reason", ("taken_back_reason", "taken_back_at")),
    "register.dismissal": ("reason", ("taken_back_reason", "taken_back_at")),
    "register.objection": ("reason", ("taken_back_reason", "taken_back_at")),
    "register.outsidelink": ("reason", "office", "theirs", ("taken_back_reason", "taken_back_at")),
    "register.response": ("words",),
    "register.correction": ("words", "reason"),
}
"""What must be said in words: always, or once the second column is filled."""
HANGING = (
    "plan.closingtest",
    "plan.claim",
    "plan.service",
    "assurance.use",
    "assurance.opinion",
    "assurance.sample",
    "assurance.closure",
    "register.response",
)
"""What hangs on an undertaking, and may not be added once that was withdrawn or passed on."""


class Hole(Exception):
    """A forbidden state was reached."""


def never(reached: object, sentence: str) -> None:
    if reached:
        raise Hole(sentence)


@dataclass
class Memory:
    """What the watcher remembers of the whole run, so that nothing can be changed behind it."""

    seq: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    first: dict[tuple[str, str], Any] = field(default_factory=dict)
    settled: dict[tuple[str, str], str] = field(default_factory=dict)
    prints: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that an act made or changed."""

    kind: str
    pk: str
    new: bool
    after: str

    @property
    def table(self) -> str:
        return self.kind.replace(".", "_")


class Watch:
    """Looks on while people act."""

    def __init__(self, memory: Memory | None = None) -> None:
        self.memory = copy.deepcopy(memory) if memory else Memory()

    # --- The record as a whole ---

    def begin(self) -> "Watch":
        """Take everything that is there as it is."""
        self.memory.seq = audit.head()[0]
        self.memory.counts = self._counts()
        for table, name in (
            ("plan_action", "first_due_on"),
            ("plan_milestone", "first_due_on"),
            ("plan_closingtest", "first_due_on"),
            ("register_clock", "first_computed_on"),
        ):
            for found in raw.rows(f"SELECT id, {name} FROM {table}"):
                self.memory.first[table, str(found["id"])] = found[name]
        for found in raw.rows(
            "SELECT * FROM plan_closingtest WHERE agreed_for_body_at IS NOT NULL"
        ):
            if found["agreed_for_office_at"]:
                self.memory.settled["plan.closingtest", str(found["id"])] = "True False"
        for found in raw.rows("SELECT id, undertaking_id FROM assurance_opinion"):
            self.memory.prints[found["id"]] = raw.print_of(found["undertaking_id"])
        return self

    def _counts(self) -> dict[str, int]:
        union = " UNION ALL ".join(f"SELECT '{t}' AS name, count(*) AS n FROM {t}" for t in TABLES)
        return {r["name"]: r["n"] for r in raw.rows(union)}

    def _changes(self) -> list[Changed]:
        """What the events since the last look say was changed."""
        found = raw.rows(
            "SELECT kind, object_id, before, after FROM audit_change WHERE event_seq > %s",
            self.memory.seq,
        )
        return [Changed(r["kind"], r["object_id"], not r["before"], r["after"]) for r in found]

    def after_refusal(self) -> None:
        never(audit.head()[0] != self.memory.seq, "a refused act left an event")

    def after(self, name: str, given: Arguments, roles: set[str], result: object) -> None:
        """Everything that must hold now that the act ``name`` was done."""
        self._check_who(name, given, roles)
        changes = self._changes()
        if not changes:
            never(name not in QUIET, f"{name} was done and left no event")
            return
        for change in changes:
            self._check_thing(change)
        check = ABOUT_ACT.get(name)
        if check:
            check(self, given, result)
        self.memory.seq = audit.head()[0]
        for change in changes:
            if change.kind == "register.undertaking":
                continue
            self._check_reading(change)

    def _check_who(self, name: str, given: Arguments, roles: set[str]) -> None:
        by = given["by"]
        if by is None:
            return
        allowed = {str(p) for r in roles for p in GRANTS[r]}  # type: ignore[index]
        never(
            not allowed & {str(p) for p in ACTS[name].may}, f"{name} by someone without the right"
        )
        own, body = raw.body_of(raw.key(by.pk)), ACTS[name].body(given)
        never(
            body is not None and not own["is_office"] and own["id"] != body.pk,
            f"{name} by someone of another body",
        )

    def _check_thing(self, change: Changed) -> None:
        if not change.after:
            never(change.kind != "accounts.formername", f"a {change.kind} is gone")
            return
        if change.kind not in CHECKED:
            return
        found = raw.row(change.table, change.pk)
        for text in SAYS.get(change.kind, ()):
            name, when = (text, "id") if isinstance(text, str) else text
            never(
                found[when] and not (found[name] or "").strip(), f"a {change.kind} without {name}"
            )
        if change.new and change.kind in HANGING:
            never(
                raw.is_gone(found["undertaking_id"]),
                f"a {change.kind} for what was withdrawn or passed on",
            )
        check = ABOUT.get(change.kind)
        if check:
            check(self, found, change)

    def _check_reading(self, change: Changed) -> None:
        """Where an opinion may have fallen, compare who stands with our own reading."""
        if change.kind not in TELLING:
            return
        for undertaking in self._touched(change):
            _check_four(undertaking, self.check_opinions(undertaking))

    def _touched(self, change: Changed) -> set[int]:
        found = raw.row(change.table, change.pk)
        if found.get("undertaking_id"):
            return {found["undertaking_id"]}
        if "evidence_id" in found:
            sql = "SELECT undertaking_id FROM assurance_use WHERE evidence_id = %s"
            return {r["undertaking_id"] for r in raw.rows(sql, found["evidence_id"])}
        if found.get("closing_test_id"):
            return {raw.row("plan_closingtest", found["closing_test_id"])["undertaking_id"]}
        if "recommendation_id" in found:
            sql = "SELECT id FROM register_undertaking WHERE recommendation_id = %s"
            return {r["id"] for r in raw.rows(sql, found["recommendation_id"])}
        return set()

    def check_all(self) -> None:
        """What is too dear to ask after every act."""
        counts = self._counts()
        for table, before in self.memory.counts.items():
            gone = counts[table] < before and table != "accounts_formername"
            never(gone, f"a row of {table} has vanished")
        self.memory.counts = counts
        for found in raw.rows("SELECT id FROM register_undertaking"):
            _check_four(found["id"], self.check_opinions(found["id"]))
        _check_no_circles()
        for (table, pk), first in self.memory.first.items():
            name = "first_computed_on" if table == "register_clock" else "first_due_on"
            never(raw.row(table, pk)[name] != first, f"the first date of {table} {pk} was lost")

    def check_chain(self) -> None:
        verdict = audit.verify()
        never(not verdict.holds, f"the chain does not hold: {verdict.problem}")
        found = links.impossible() or plan.impossible() or assurance.impossible()
        never(found, f"audit verify finds what no act leads to: {found}")

    def check_opinions(self, undertaking: int) -> list[Weighed]:
        """An opinion stands exactly where what was seen is there to the letter."""
        if not raw.one("SELECT id FROM assurance_opinion WHERE undertaking_id = %s", undertaking):
            return []
        now = raw.print_of(undertaking)
        found = weighed_opinions(Undertaking.objects.get(pk=undertaking))
        for weighed in found:
            opinion = weighed.opinion
            same = self.memory.prints[opinion.pk] == now
            if weighed.state in ("stands", "replaced"):
                never(not same, "an opinion stands although what was seen has changed")
                never(opinion.withdrawn_at, "an opinion stands that was withdrawn")
            if weighed.state == "void":
                never(same, "an opinion fell although nothing that was seen has changed")
        return found


# --- The four questions ----------------------------------------------------------------------------

RUNGS = {
    "not_started": "Not started.",
    "in_progress": "In progress.",
    "ready_for_assessment": "Ready for assessment.",
    "met_by_other_means": "Met by other means.",
    "cannot_be_done": "Cannot be done.",
}
JUDGEMENTS = {"Assured.", "Partly assured.", "Not assured."}
MERGED = ("status", "progress", "percent", "rag", "colour", "score", "overall", "rating")


def _check_four(undertaking: int, weighed: list[Weighed]) -> None:
    """Four answers, each from its own source alone."""
    found = four_answers(Undertaking.objects.select_related("body").get(pk=undertaking))
    never(
        [a.key for a in found] != ["response", "delivery", "assurance", "effect"], "a merged status"
    )
    claim = raw.last_claim(undertaking)
    claimed = RUNGS[claim["rung"]] if claim else "Nothing claimed."
    never(found.delivery.words != claimed, "delivery says something else than the newest claim")
    stands = {w.opinion.judgement for w in weighed if w.state == "stands"}
    said = sum(found.assurance.words.count(words) for words in JUDGEMENTS - {"Assured."})
    said += found.assurance.words.split(" ").count("Assured.")
    never(said != len(stands), "assurance says something else than the opinions that stand")
    never(found.effect.words in (*RUNGS.values(), *JUDGEMENTS), "effect says what was claimed")


def merged_columns() -> list[str]:
    """Columns anywhere that would hold one status for all four questions."""
    return [
        f"{m._meta.label}.{f.name}"
        for m in audit.audited_models()
        for f in m._meta.get_fields()
        if f.name in MERGED
    ]


def _check_no_circles() -> None:
    before: dict[int, set[int]] = {}
    for link in raw.rows(
        "SELECT earlier_id, later_id FROM register_link "
        "WHERE taken_back_at IS NULL AND relation = 'supersedes'"
    ):
        before.setdefault(link["later_id"], set()).add(link["earlier_id"])
    never(_goes_round(before), "superseding goes in a circle")
    waits: dict[int, set[int]] = {}
    for row in raw.rows(
        "SELECT action_id, on_action_id FROM plan_dependency "
        "WHERE taken_out_at IS NULL AND on_action_id IS NOT NULL"
    ):
        waits.setdefault(row["action_id"], set()).add(row["on_action_id"])
    never(_goes_round(waits), "actions wait for each other in a circle")


def _goes_round(edges: dict[int, set[int]]) -> bool:
    for start in edges:
        waiting, seen = list(edges[start]), set()
        while waiting:
            at = waiting.pop()
            if at == start:
                return True
            if at not in seen:
                seen.add(at)
                waiting += edges.get(at, ())
    return False


# --- Plans -----------------------------------------------------------------------------------------


def _check_dated(self: Watch, found: Row, change: Changed) -> None:
    """The first date for ever, and the present one only by approved moves."""
    place, first = (change.table, change.pk), found["first_due_on"]
    known = self.memory.first.get(place)
    never(known is not None and first != known, "a first date was lost")
    self.memory.first[place] = first
    column = {"plan_action": "action", "plan_milestone": "milestone"}.get(
        change.table, "closing_test"
    )
    moves = raw.rows(
        f"SELECT * FROM plan_datemove WHERE {column}_id = %s AND approved_at IS NOT NULL "
        "ORDER BY approved_at, id",
        change.pk,
    )
    if moves:
        never(found["due_on"] != moves[-1]["after"], "a date moved outside the ledger")
    elif change.table != "plan_closingtest":
        carried = _carried(found, change.table)
        never(not carried and found["due_on"] != first, "a date moved outside the ledger")
        same = not carried or (first, found["due_on"]) in carried
        never(change.new and not same, "a first date was lost to a successor")


def _carried(found: Row, table: str) -> list[tuple[Any, Any]]:
    """First and present dates of what a successor took over; nothing where it is nobody's before."""
    own = found if table == "plan_action" else raw.row("plan_action", found["action_id"])
    before = own["taken_over_from_id"]
    if not before:
        return []
    column = "id" if table == "plan_action" else "action_id"
    rows = raw.rows(f"SELECT first_due_on, due_on FROM {table} WHERE {column} = %s", before)
    own_first = [(found["first_due_on"], found["first_due_on"])] if table != "plan_action" else []
    return [(r["first_due_on"], r["due_on"]) for r in rows] + own_first


def _side(person: str, body: int) -> str:
    own = raw.body_of(person)
    return "body" if own["id"] == body else ("office" if own["is_office"] else "nobody")


def _about_test(self: Watch, found: Row, change: Changed) -> None:
    owed = raw.row("register_undertaking", found["undertaking_id"])
    for side in ("body", "office"):
        by = found[f"agreed_for_{side}_by_id"]
        never(by and _side(by, owed["body_id"]) != side, f"the wrong side agreed for the {side}")
    both = found["agreed_for_body_at"] and found["agreed_for_office_at"]
    never(both and found["refused_at"], "a test that both agreed to was refused")
    never(
        found["pattern"] not in ("records", "people", "watch", "policy_and_use", "other"),
        "no pattern",
    )
    counted = found["pattern"] == "records"
    never(counted and found["how_many"] is None, "a test of records that does not say how many")
    never(found["how_many"] is not None and found["how_many"] < 1, "a test of none")
    settled = self.memory.settled.get((change.kind, change.pk))
    now = f"{bool(both)} {bool(found['refused_at'])}"
    never(settled and settled != now, "a decided test was decided again")
    if both or found["refused_at"]:
        self.memory.settled[change.kind, change.pk] = now
    if not change.new:
        if both and not settled:
            never(owed["stands"] not in ACCEPTED, "a test agreed for what was not accepted")
            never(raw.is_gone(owed["id"]), "a test agreed for what was withdrawn or passed on")
        _check_dated(self, found, change)
        return
    never(owed["stands"] not in ACCEPTED, "a test for what was not accepted")
    before = raw.agreed_test(found["undertaking_id"])
    if before is None:
        today = timezone.localdate()
        never(str(found["due_on"]) < str(today), "a test to be looked at in the past")
    else:
        never(
            found["first_due_on"] != before["first_due_on"],
            "a first date was lost to a new version",
        )
        never(found["due_on"] != before["due_on"], "a date moved by a new version")
        never(not found["why"].strip(), "a test replaced without saying why")
        waiting = raw.one(
            "SELECT id FROM plan_datemove WHERE closing_test_id = %s AND approved_at IS NULL "
            "AND refused_at IS NULL",
            before["id"],
        )
        never(waiting, "a test replaced while a move of its date waits")
    self.memory.first[change.table, change.pk] = found["first_due_on"]


def _about_action(self: Watch, found: Row, change: Changed) -> None:
    place = (change.kind, change.pk)
    never(place in self.memory.settled, "what was abandoned was changed")
    if found["abandoned_at"]:
        self.memory.settled[place] = "abandoned"
    if change.new and found["date_of"] == "overseer":
        own = raw.body_of(found["added_by_id"])
        never(
            not own["is_office"] or own["id"] == found["body_id"],
            "the body set the overseer’s date",
        )
    taken = found["taken_over_from_id"]
    if change.new and taken:
        before = raw.row("plan_action", taken)
        never(before["abandoned_at"] or before["done_on"], "what is settled was taken over")
        never(before["body_id"] == found["body_id"], "a body took over from itself")
        own = raw.body_of(found["added_by_id"])
        never(not own["is_office"] and own["id"] != found["body_id"], "another body took over")
    never(found["date_of"] not in ("body", "overseer"), "a date of nobody’s")
    owner = found["owner_id"]
    never(owner and raw.body_of(owner)["id"] != found["body_id"], "an owner of another body")
    never(found["cost"] is not None and float(found["cost"]) < 0, "a cost below nothing")
    if found["done_on"]:
        never(str(found["done_on"]) > str(timezone.localdate()), "done in the future")
        if self.memory.settled.get(("done", change.pk)) != str(found["done_on"]):
            open_steps = raw.one(
                "SELECT id FROM plan_milestone WHERE action_id = %s AND met_on IS NULL "
                "AND abandoned_at IS NULL",
                change.pk,
            )
            never(open_steps, "done although a milestone waits")
            self.memory.settled["done", change.pk] = str(found["done_on"])
    else:
        self.memory.settled.pop(("done", change.pk), None)
    _check_owner(found)
    _check_dated(self, found, change)


def _check_owner(found: Row) -> None:
    changes = raw.rows(
        "SELECT * FROM plan_ownerchange WHERE action_id = %s AND approved_at IS NOT NULL "
        "ORDER BY approved_at, id",
        found["id"],
    )
    if changes:
        never(
            found["owner_id"] != changes[-1]["owner_after_id"],
            "an owner changed outside the ledger",
        )


def _about_milestone(self: Watch, found: Row, change: Changed) -> None:
    place = (change.kind, change.pk)
    never(place in self.memory.settled, "a settled milestone was changed")
    if found["met_on"] or found["abandoned_at"]:
        self.memory.settled[place] = "settled"
    never(found["met_on"] and str(found["met_on"]) > str(timezone.localdate()), "met in the future")
    action = raw.row("plan_action", found["action_id"])
    never(action["abandoned_at"], "a milestone of what was abandoned was changed")
    never(change.new and action["done_on"], "a milestone added to what is done")
    if change.new and found["date_of"] == "overseer":
        own = raw.body_of(found["added_by_id"])
        never(
            not own["is_office"] or own["id"] == action["body_id"],
            "the body set the overseer’s date",
        )
    _check_dated(self, found, change)


def _about_service(self: Watch, found: Row, change: Changed) -> None:
    action = raw.row("plan_action", found["action_id"])
    owed = raw.row("register_undertaking", found["undertaking_id"])
    never(action["body_id"] != owed["body_id"], "an action serves what another body was asked")
    never(change.new and action["abandoned_at"], "what was abandoned serves something new")
    spans = json.loads(found["spans"]) if isinstance(found["spans"], str) else found["spans"]
    never(not spans, "an action serves no words")
    asked = raw.row("register_recommendation", owed["recommendation_id"])
    if change.new and not raw.one(
        "SELECT id FROM register_correction WHERE recommendation_id = %s", asked["id"]
    ):
        most = len(asked["words"])
        never(
            any(not 0 <= s < e <= most for s, e in spans),
            "an action serves words that are not there",
        )


def _about_dependency(self: Watch, found: Row, change: Changed) -> None:
    place = (change.kind, change.pk)
    never(place in self.memory.settled, "a settled dependency was changed")
    if found["met_on"] or found["taken_out_at"]:
        self.memory.settled[place] = "settled"
    never(found["met_on"] and str(found["met_on"]) > str(timezone.localdate()), "met in the future")
    never(found["met_on"] and found["on_action_id"], "another action was called done by hand")
    action = raw.row("plan_action", found["action_id"])
    never(action["abandoned_at"], "a dependency of what was abandoned was changed")
    if change.new:
        never(action["done_on"], "what is done waits for something")
    if change.new and found["on_action_id"]:
        other = raw.row("plan_action", found["on_action_id"])
        never(other["body_id"] != action["body_id"], "an action waits for another body’s")
        twice = raw.rows(
            "SELECT id FROM plan_dependency WHERE action_id = %s AND on_action_id = %s "
            "AND taken_out_at IS NULL",
            action["id"],
            other["id"],
        )
        never(len(twice) > 1, "the same dependency twice")
        _check_no_circles()


def _thing_of(move: Row) -> tuple[Row, Row, str]:
    """What a move moves, its action where it has one, and what kind it is."""
    if move["closing_test_id"]:
        test = raw.row("plan_closingtest", move["closing_test_id"])
        return test, test, "test"
    if move["milestone_id"]:
        step = raw.row("plan_milestone", move["milestone_id"])
        return step, raw.row("plan_action", step["action_id"]), "milestone"
    action = raw.row("plan_action", move["action_id"])
    return action, action, "action"


def _about_move(self: Watch, found: Row, change: Changed) -> None:
    thing, action, kind = _thing_of(found)
    test = kind == "test"
    body = (
        raw.row("register_undertaking", thing["undertaking_id"])["body_id"]
        if test
        else action["body_id"]
    )
    place = (change.kind, change.pk)
    never(place in self.memory.settled, "a decided move was decided again")
    if found["approved_at"] or found["refused_at"]:
        self.memory.settled[place] = "decided"
    if change.new:
        never(str(found["after"]) < str(timezone.localdate()), "a date moved into the past")
        never(found["before"] == found["after"], "a move that moves nothing")
        never(found["before"] != thing["due_on"], "a move from a date that did not stand")
    running = not found["approved_at"] or found["approved_at"]
    if running and (change.new or found["approved_at"]):
        _check_running(thing, action, kind)
    if not found["approved_at"]:
        return
    by, asked = found["approved_by_id"], found["asked_by_id"]
    never(by == asked, "who asked to move a date approved it")
    if test:
        never(_side(by, body) == _side(asked, body), "one side alone moved the date of a test")
        return
    never(by == action["owner_id"], "the owner approved a new date")
    never(
        thing["date_of"] == "overseer" and _side(by, body) != "office",
        "the body moved the overseer’s date",
    )


def _check_running(thing: Row, action: Row, kind: str) -> None:
    if kind == "test":
        stands = raw.agreed_test(thing["undertaking_id"])
        never(
            not stands or stands["id"] != thing["id"],
            "the date of a test that does not stand moved",
        )
        never(
            raw.is_gone(thing["undertaking_id"]), "the date of a test was moved after all was over"
        )
        waiting = raw.one(
            "SELECT id FROM plan_closingtest WHERE undertaking_id = %s AND refused_at IS NULL AND "
            "(agreed_for_body_at IS NULL OR agreed_for_office_at IS NULL)",
            thing["undertaking_id"],
        )
        never(waiting, "the date of a test moved while another waits")
        return
    settled = thing["abandoned_at"] or action["abandoned_at"]
    settled = settled or (thing["met_on"] if kind == "milestone" else thing["done_on"])
    never(settled, "the date of what is settled moved")


def _about_owner(self: Watch, found: Row, change: Changed) -> None:
    place = (change.kind, change.pk)
    never(place in self.memory.settled, "a decided change of owner was decided again")
    if found["approved_at"] or found["refused_at"]:
        self.memory.settled[place] = "decided"
    action = raw.row("plan_action", found["action_id"])
    never(found["approved_at"] and action["abandoned_at"], "what was abandoned got a new owner")
    same = found["approved_by_id"] and found["approved_by_id"] == found["asked_by_id"]
    never(same, "who asked for a new owner approved it")
    names = ("role", "owner", "name")
    columns = [
        (f"{n}_before_id", f"{n}_after_id") if n == "owner" else (f"{n}_before", f"{n}_after")
        for n in names
    ]
    never(all(found[b] == found[a] for b, a in columns), "a change of owner that changes nothing")
    if found["owner_after_id"]:
        own = raw.body_of(found["owner_after_id"])
        never(own["id"] != action["body_id"], "an owner of another body")


def _about_claim(self: Watch, found: Row, change: Changed) -> None:
    before = raw.last_claim(found["undertaking_id"], before=found["id"])
    never(found["rung"] not in RUNGS, "a claim of more than a body may claim")
    if found["rung"] == "ready_for_assessment":
        test = raw.agreed_test(found["undertaking_id"])
        never(not test or found["closing_test_id"] != test["id"], "ready without a closing test")
    reasoned = found["rung"] in ("met_by_other_means", "cannot_be_done")
    never(reasoned and not found["reason"].strip(), "a claim without its published reason")
    owed = raw.row("register_undertaking", found["undertaking_id"])
    signed = (
        found["rung"] in SIGNED_OFF or raw.body_of(found["made_by_id"])["id"] != owed["body_id"]
    )
    named = found["signed_off_name"].strip() and found["signed_off_role"].strip()
    never(signed and not named, "nobody inside the body signed the claim off")
    falls = before and found["rung"] in LOWER and before["rung"] in (*DONE, "in_progress")
    falls = falls and LOWER.index(found["rung"]) < (
        ["not_started", "in_progress", *DONE].index(before["rung"])
    )
    never(falls and not found["slipped_on"], "a claim slid back in silence")
    never(found["slipped_on"] and not falls, "credit for owning up to nothing")
    late = found["slipped_on"] and str(found["slipped_on"]) > str(timezone.localdate())
    never(late, "something slipped back in the future")
    names = ("rung", "words", "closing_test_id")
    never(before and all(before[n] == found[n] for n in names), "the same claim again")


# --- Assurance -------------------------------------------------------------------------------------

GRADES = ("assertion", "policy", "training", "use", "sample", "outcome")


def _about_evidence(self: Watch, found: Row, change: Changed) -> None:
    never(found["grade_proposed"] not in GRADES, "evidence of no known grade")
    turned = (
        found["covers_from"]
        and found["covers_to"]
        and str(found["covers_to"]) < str(found["covers_from"])
    )
    never(turned, "a period that ends before it begins")
    if change.new:
        never(found["is_public"], "evidence that is public from the start")
        day = str(timezone.localdate())
        never(
            found["expires_on"] and str(found["expires_on"]) < day,
            "evidence that was too old at once",
        )
        if found["kind"] == "link":
            never(not found["address"].startswith("http"), "a link to nowhere")
            never(len(found["sha256"]) != 64, "a link without its digest")
            ahead = str(found["taken_at"]) > str(timezone.now().replace(tzinfo=None))
            never(ahead, "a snapshot from the future")
    findings = found["findings"]
    findings = json.loads(findings) if isinstance(findings, str) else findings
    never(found["is_public"] and findings, "personal data was made public")


def _about_use(self: Watch, found: Row, change: Changed) -> None:
    piece = raw.row("assurance_evidence", found["evidence_id"])
    owed = raw.row("register_undertaking", found["undertaking_id"])
    never(piece["body_id"] != owed["body_id"], "one body’s evidence for another body")
    place = (change.kind, change.pk)
    never(place in self.memory.settled, "what was taken out was changed")
    if found["taken_out_at"]:
        self.memory.settled[place] = "out"


def _about_grade(self: Watch, found: Row, change: Changed) -> None:
    never(found["grade"] not in GRADES, "evidence of no known grade")
    piece = raw.row("assurance_evidence", found["evidence_id"])
    never(piece["uploaded_by_id"] == found["by_id"], "evidence graded by whoever handed it in")
    own = raw.body_of(found["by_id"])
    never(not own["is_office"] or own["id"] == piece["body_id"], "evidence graded by its own body")
    for use in raw.rows(
        "SELECT undertaking_id FROM assurance_use WHERE evidence_id = %s AND taken_out_at IS NULL",
        piece["id"],
    ):
        why = raw.tied(found["by_id"], use["undertaking_id"])
        never(why, f"evidence graded by someone who {why}")
    last = raw.rows(
        "SELECT grade FROM assurance_graded WHERE evidence_id = %s ORDER BY id DESC", piece["id"]
    )
    never(len(last) > 1 and last[0]["grade"] == last[1]["grade"], "the same grade again")


def _about_sample(self: Watch, found: Row, change: Changed) -> None:
    place = (change.kind, change.pk)
    stage = "seen" if found["seen_at"] else ("drawn" if found["drawn_at"] else "committed")
    order = ["committed", "drawn", "seen"]
    before = self.memory.settled.get(place)
    known = before is None or order.index(stage) == order.index(before) + 1
    never(not change.new and not known and before is not None, "a sample drawn or recorded twice")
    never(
        not change.new and stage == "seen" and not found["drawn_at"],
        "results of what was not drawn",
    )
    self.memory.settled[place] = stage
    criteria = found["criteria"]
    criteria = json.loads(criteria) if isinstance(criteria, str) else criteria
    never(not criteria, "a sample that looks for nothing")
    never(len(set(criteria)) < len(criteria), "a sample that looks twice for the same")
    never(not 1 <= found["size"] <= 1000, "a sample of nothing, or of everything")
    for column in ("committed_by_id", "drawn_by_id", "seen_by_id"):
        when = {"committed": 0, "drawn": 1, "seen": 2}[stage]
        if found[column] and ("committed_by_id", "drawn_by_id", "seen_by_id").index(column) == when:
            why = raw.tied(found[column], found["undertaking_id"])
            never(why, f"a sample in the hands of someone who {why}")
    if found["drawn_at"]:
        never(not found["population_size"], "a sample drawn from nothing")
        true = sampling.digest_of_seed(found["seed"]) == found["seed_digest"]
        never(not true, "a seed that is not the one committed to")
    if found["seen_at"]:
        counts = found["seen"]
        counts = json.loads(counts) if isinstance(counts, str) else counts
        drawn = found["drawn"]
        drawn = json.loads(drawn) if isinstance(drawn, str) else drawn
        right = all(0 <= met <= out <= len(drawn) for met, out in counts)
        never(len(counts) != len(criteria) or not right, "counts that cannot be")


def _about_interest(self: Watch, found: Row, change: Changed) -> None:
    never(found["ended_by_id"] == found["person_id"], "an interest ended by whoever declared it")
    never(
        bool(found["body_id"]) == bool(found["undertaking_id"]), "an interest in nothing, or in two"
    )
    place = (change.kind, change.pk)
    never(place in self.memory.settled, "an interest that was over was changed")
    if found["ended_at"]:
        self.memory.settled[place] = "over"
    if change.new:
        same = raw.rows(
            "SELECT id FROM assurance_interest WHERE person_id = %s AND ended_at IS NULL "
            "AND COALESCE(body_id, 0) = %s AND COALESCE(undertaking_id, 0) = %s",
            found["person_id"],
            found["body_id"] or 0,
            found["undertaking_id"] or 0,
        )
        never(len(same) > 1, "the same interest declared twice")


def _about_opinion(self: Watch, found: Row, change: Changed) -> None:
    if not change.new:
        place = (change.kind, change.pk)
        never(place in self.memory.settled, "a withdrawn opinion was changed")
        self.memory.settled[place] = "withdrawn"
        return
    undertaking = found["undertaking_id"]
    self.memory.prints[found["id"]] = raw.print_of(undertaking)
    why = raw.tied(found["signed_by_id"], undertaking)
    never(why, f"an opinion signed by someone who {why}")
    never(found["judgement"] not in ("assured", "partly", "not_assured"), "no judgement")
    silent = found["judgement"] != "assured" and not found["missing"].strip()
    never(silent, "less than assured, and not a word of what was missing")
    today = timezone.localdate()
    never(str(found["recheck_on"]) <= str(today), "a re-check in the past")
    far = str(found["recheck_on"]) > str(today.replace(year=today.year + 6))
    never(far, "a re-check that nobody will live to see")
    test, claim = raw.agreed_test(undertaking), raw.last_claim(undertaking)
    never(not test or test["id"] != found["closing_test_id"], "an opinion by no agreed test")
    never(not claim or claim["id"] != found["claim_id"], "an opinion on no claim")
    if found["judgement"] == "assured":
        _check_assured(undertaking, claim)


def _check_assured(undertaking: int, claim: Row | None) -> None:
    never(not claim or claim["rung"] not in DONE, "assured although the body does not claim it")
    pieces, seen = raw.evidence_of(undertaking), raw.samples_of(undertaking)
    never(not pieces and not seen, "assured although nothing was seen")
    never(any(p["grade"] is None for p in pieces), "assured on evidence that nobody graded")
    day = str(timezone.localdate())
    old = any(p["expires_on"] and str(p["expires_on"]) < day for p in pieces)
    never(old, "assured on evidence that is too old")


def _about_signing(self: Watch, given: Arguments, result: Any) -> None:
    proved, now = given["proved_at"], timezone.now()
    never(proved is None, "an opinion signed by someone who did not prove who they are")
    age = (now - proved).total_seconds()
    never(not -5 <= age <= 905, "an opinion signed long after someone proved who they are")
    looked = given.get("looked")
    stale = looked is not None and looked != self.memory.prints[result.pk]
    never(stale, "an opinion on something else than the page had shown")


def _standing_now(self: Watch, undertaking: int) -> list[Row]:
    """Each verifier's newest opinion whose material is as it was: by our own reading."""
    now = raw.print_of(undertaking)
    newest: dict[str, Row] = {}
    for opinion in raw.rows(
        "SELECT * FROM assurance_opinion WHERE undertaking_id = %s AND withdrawn_at IS NULL "
        "ORDER BY signed_at, id",
        undertaking,
    ):
        if self.memory.prints[opinion["id"]] == now:
            newest[opinion["signed_by_id"]] = opinion
    return list(newest.values())


def _about_closure(self: Watch, found: Row, change: Changed) -> None:
    undertaking = found["undertaking_id"]
    why = raw.tied(found["by_id"], undertaking)
    never(why, f"closed by someone who {why}")
    standing = raw.rows(
        "SELECT c.id FROM assurance_closure c LEFT JOIN assurance_reopening r ON r.closure_id = c.id "
        "WHERE c.undertaking_id = %s AND r.id IS NULL",
        undertaking,
    )
    never(len(standing) > 1, "closed twice")
    never(found["how"] not in ("assured", "not_pursued"), "closed in no known way")
    if found["how"] == "not_pursued":
        return
    opinions = _standing_now(self, undertaking)
    assured = [o for o in opinions if o["judgement"] == "assured"]
    never(
        found["opinion_id"] not in {o["id"] for o in assured}, "closed without a standing “assured”"
    )
    never(len(assured) < len(opinions), "closed although the verifiers differ")
    back = raw.one(
        "SELECT max(r.at) AS at FROM assurance_reopening r JOIN assurance_closure c "
        "ON c.id = r.closure_id WHERE c.undertaking_id = %s",
        undertaking,
    )
    since = [
        o for o in assured if not back or not back["at"] or str(o["signed_at"]) > str(back["at"])
    ]
    never(len(since) < settings.VERIFIERS_NEEDED, "closed again on a look from before it came back")
    assured = since
    never(len(assured) < settings.VERIFIERS_NEEDED, "closed with too few verifiers")
    never(found["by_id"] in {o["signed_by_id"] for o in assured}, "closed by whoever signed")
    for opinion in assured:
        tie = raw.tied(opinion["signed_by_id"], undertaking)
        never(tie, f"closed on the word of someone who {tie}")
    day = str(timezone.localdate())
    never(any(str(o["recheck_on"]) < day for o in assured), "closed on an opinion that is too old")
    old = any(p["expires_on"] and str(p["expires_on"]) < day for p in raw.evidence_of(undertaking))
    never(old, "closed on evidence that is too old")


def _about_reopening(self: Watch, found: Row, change: Changed) -> None:
    closure = raw.row("assurance_closure", found["closure_id"])
    because = found["because"]
    grounds = [n for n in ("opinion_id", "evidence_id", "link_id", "claim_id") if found[n]]
    wanted = {
        "recheck_failed": "opinion_id",
        "opinion_withdrawn": "opinion_id",
        "evidence_expired": "evidence_id",
        "asked_again": "link_id",
        "own_word": "claim_id",
    }
    never(
        because not in wanted or grounds != [wanted[because]], "reopened on nothing that shows it"
    )
    never(
        raw.row("register_undertaking", closure["undertaking_id"])["stands"] == "passed",
        "reopened what another body answers for now",
    )
    ground = raw.row(
        {"opinion_id": "assurance_opinion", "evidence_id": "assurance_evidence",
         "link_id": "register_link", "claim_id": "plan_claim"}[grounds[0]],
        found[grounds[0]],
    )  # fmt: skip
    if because == "opinion_withdrawn":
        never(
            not ground["withdrawn_at"] or ground["withdrawn_at"] < closure["at"],
            "nothing was withdrawn",
        )
        return
    at = {"opinion_id": "signed_at", "link_id": "at", "claim_id": "made_at"}.get(grounds[0])
    never(at and ground[at] <= closure["at"], "reopened on what was known when it was closed")
    if because == "recheck_failed":
        never(
            ground["judgement"] == "assured" or ground["withdrawn_at"],
            "a re-check that did not fail",
        )
    if because == "evidence_expired":
        never(
            str(ground["expires_on"]) >= str(timezone.localdate()), "evidence that is not too old"
        )
    if because == "own_word":
        never(
            ground["rung"] in DONE and not ground["slipped_on"], "a claim that takes nothing back"
        )
    if found["by_id"]:
        own = raw.body_of(found["by_id"])
        never(
            not own["is_office"] and because != "own_word",
            "the body reopened on more than its word",
        )


def _about_link(self: Watch, found: Row, change: Changed) -> None:
    place = (change.kind, change.pk)
    never(place in self.memory.settled, "a link that was taken back was changed")
    if found["taken_back_at"]:
        self.memory.settled[place] = "back"
        return
    known = ("same", "extends", "partly", "contradicts", "supersedes")
    never(found["relation"] not in known, "a link of no known type")
    never(found["earlier_id"] == found["later_id"], "a link of one")
    ends = (found["earlier_id"], found["later_id"])
    pairs = raw.rows(
        "SELECT id FROM register_link WHERE taken_back_at IS NULL AND "
        "((earlier_id = %s AND later_id = %s) OR (earlier_id = %s AND later_id = %s))",
        *ends,
        *reversed(ends),
    )
    never(len(pairs) > 1, "two links of the same two")
    asked = [raw.row("register_recommendation", pk) for pk in ends]
    never(any(a["withdrawn_at"] for a in asked), "a link of what was withdrawn")
    first, second = (raw.row("reports_report", a["report_id"])["published_on"] for a in asked)
    never(first and second and str(second) < str(first), "a link against time")
    _check_no_circles()


def _about_dismissal(self: Watch, found: Row, change: Changed) -> None:
    place = (change.kind, change.pk)
    never(place in self.memory.settled, "a dismissal that was taken back was changed")
    if found["taken_back_at"]:
        self.memory.settled[place] = "back"
        return
    two = sorted((found["earlier_id"], found["later_id"]))
    never(two[0] == two[1], "a dismissal of one")
    for table in ("register_dismissal", "register_link"):
        both = raw.rows(
            f"SELECT id FROM {table} WHERE taken_back_at IS NULL AND "
            "((earlier_id = %s AND later_id = %s) OR (earlier_id = %s AND later_id = %s))",
            *two,
            *reversed(two),
        )
        never(len(both) > (table == "register_dismissal"), "two decisions on the same two")


def _about_objection(self: Watch, found: Row, change: Changed) -> None:
    place = (change.kind, change.pk)
    never(place in self.memory.settled, "an objection that was taken back was changed")
    if found["taken_back_at"]:
        self.memory.settled[place] = "back"
        return
    link = raw.row("register_link", found["link_id"])
    known = ("same", "extends", "partly", "contradicts", "supersedes", "unrelated")
    never(found["reads"] not in known, "an objection that reads nothing known")
    never(found["reads"] == link["relation"], "an objection that agrees")
    never(found["by_id"] == link["signed_by_id"], "an objection to a link of one’s own")
    never(link["taken_back_at"], "an objection to a link that was taken back")
    mine = raw.rows(
        "SELECT id FROM register_objection WHERE taken_back_at IS NULL AND link_id = %s "
        "AND by_id = %s",
        found["link_id"],
        found["by_id"],
    )
    never(len(mine) > 1, "two objections of one person to one link")


def _about_outside_link(self: Watch, found: Row, change: Changed) -> None:
    place = (change.kind, change.pk)
    never(place in self.memory.settled, "an outside link that was taken back was changed")
    if found["taken_back_at"]:
        self.memory.settled[place] = "back"
        return
    known = ("same", "extends", "partly", "contradicts", "supersedes")
    never(found["relation"] not in known, "an outside link of no known type")
    never(not found["address"].startswith("https://"), "an outside link to nowhere")
    never(len(found["sha256"]) not in (0, 64), "an outside link with half a digest")
    asked = raw.row("register_recommendation", found["recommendation_id"])
    never(asked["withdrawn_at"], "an outside link of what was withdrawn")


def _about_position(self: Watch, found: Row, change: Changed) -> None:
    reply = raw.row("register_response", found["response_id"])
    owed = raw.row("register_undertaking", reply["undertaking_id"])
    own = raw.body_of(found["by_id"]) if found["by_id"] else None
    never(own and own["id"] == owed["body_id"], "a body read the position in its own reply")


def _about_edition(self: Watch, found: Row, change: Changed) -> None:
    if found["state"] == "published":
        same = found["proposed_by_id"] == found["decided_by_id"]
        never(same, "an edition approved by whoever proposed it")


ABOUT: dict[str, Callable[[Watch, Row, Changed], None]] = {
    "plan.closingtest": _about_test,
    "plan.action": _about_action,
    "plan.milestone": _about_milestone,
    "plan.service": _about_service,
    "plan.dependency": _about_dependency,
    "plan.datemove": _about_move,
    "plan.ownerchange": _about_owner,
    "plan.claim": _about_claim,
    "assurance.evidence": _about_evidence,
    "assurance.use": _about_use,
    "assurance.graded": _about_grade,
    "assurance.sample": _about_sample,
    "assurance.interest": _about_interest,
    "assurance.opinion": _about_opinion,
    "assurance.closure": _about_closure,
    "assurance.reopening": _about_reopening,
    "register.link": _about_link,
    "register.dismissal": _about_dismissal,
    "register.objection": _about_objection,
    "register.outsidelink": _about_outside_link,
    "register.positionread": _about_position,
    "publishing.edition": _about_edition,
}
ABOUT_ACT: dict[str, Callable[[Watch, Arguments, Any], None]] = {"sign_opinion": _about_signing}
CHECKED = {*ABOUT, *SAYS}
TELLING = {
    "plan.closingtest",
    "plan.claim",
    "assurance.use",
    "assurance.graded",
    "assurance.sample",
    "assurance.opinion",
    "register.correction",
    "plan.datemove",
}
"""Changes by which an opinion may fall: after these, it is asked again what stands."""
QUIET = {"change_action", "change_report", "adopt_bases", "reopen_if_undone", "review_closures"}
"""Acts that do nothing, and say so by no event, where nothing would change."""
