"""What the public may know of a plan: what will be done, by which post, by when, and what moved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from answerable.engine import chain
from answerable.plan.models import Action, DateOf, Dependency, Milestone, Service
from answerable.plan.queries.services import merged
from answerable.publishing.records import moves
from answerable.publishing.records.rows import (
    Groups,
    Record,
    Roles,
    of,
    plain,
    plain_of,
    records_by,
)

ACTION = (
    "reference",
    "title",
    "owner_role",
    "first_due_on",
    "due_on",
    "done_on",
    "funding_ends_on",
)
MILESTONE = ("title", "first_due_on", "due_on", "met_on")
PATH = "undertaking__recommendation__report__"


def plans(as_of: date, roles: Roles, asked: Mapping[int, str]) -> Groups:
    """The actions that serve each undertaking, or did; ``asked`` are the words asked of it."""
    public = of(Service, as_of, PATH)
    actions = _actions(public, roles)
    columns = (
        "undertaking_id",
        "action_id",
        "spans",
        "words_digest",
        "added_at",
        "taken_out_at",
        "taken_out_reason",
    )
    rows = public.order_by("action__serial", "pk").values(*columns)
    digests: dict[int, str] = {}

    def record(row: Mapping[str, Any]) -> Record:
        pk = row["undertaking_id"]
        if pk not in digests:
            digests[pk] = chain.digest(asked[pk].encode())
        counts = row["words_digest"] == digests[pk]
        spans = merged(row["spans"]) if counts else []
        return actions[row["action_id"]] | {
            "serves": [asked[pk][start:end] for start, end in spans],
            "serves_spans": [list(span) for span in spans],
            "serves_since": plain(row["added_at"]),
            "serves_until": plain(row["taken_out_at"]),
            "serves_no_more_because": row["taken_out_reason"],
        }

    return records_by(rows, "undertaking_id", record)


def _actions(public: QuerySet[Any], roles: Roles) -> dict[int, Record]:
    """Every action that serves something public, by its id."""
    actions = Action.objects.filter(pk__in=public.values("action_id"))
    ids = actions.values("pk")
    moved = moves.moves_of_actions(ids, roles)
    owners = moves.owner_changes(ids, roles)
    steps = _milestones(ids, roles)
    waits = _waits(ids)
    columns = ("id", "date_of", "abandoned_at", "abandoned_reason")
    return {
        row["id"]: plain_of(row, ACTION)
        | {
            "date_of": str(DateOf(row["date_of"]).label),
            "abandoned_on": plain(row["abandoned_at"]),
            "abandoned_because": row["abandoned_reason"],
            "moves": moved.get(row["id"], []),
            "owner_changes": owners.get(row["id"], []),
            "milestones": steps.get(row["id"], []),
            "waits_for": waits[row["id"]],
        }
        for row in actions.values(*columns, *ACTION)
    }


def _milestones(actions: QuerySet[Any], roles: Roles) -> Groups:
    moved = moves.moves_of_milestones(actions, roles)
    rows = Milestone.objects.filter(action__in=actions).order_by("first_due_on", "pk")
    columns = ("id", "action_id", "date_of", "abandoned_at", "abandoned_reason")

    def record(row: Mapping[str, Any]) -> Record:
        return plain_of(row, MILESTONE) | {
            "date_of": str(DateOf(row["date_of"]).label),
            "abandoned_on": plain(row["abandoned_at"]),
            "abandoned_because": row["abandoned_reason"],
            "moves": moved.get(row["id"], []),
        }

    return records_by(rows.values(*columns, *MILESTONE), "action_id", record)


def _waits(actions: QuerySet[Any]) -> Mapping[int, list[str]]:
    """For each action, the references of the public ones that it waits for."""
    rows = Dependency.objects.filter(
        action__in=actions, on_action__in=actions, taken_out_at__isnull=True
    ).order_by("on_action__serial")
    found: dict[int, list[str]] = defaultdict(list)
    for action, reference in rows.values_list("action_id", "on_action__reference"):
        found[action].append(str(reference))
    return found


def unserved(words: str, plan: Iterable[Record]) -> list[str]:
    """The words that no action of the plan serves now; nothing where there is no plan at all."""
    standing = [a for a in plan if not a["serves_until"] and not a["abandoned_on"]]
    if not standing:
        return []
    served = merged(span for action in standing for span in action["serves_spans"])
    return [gap for gap in _gaps(words, served) if any(c.isalnum() for c in gap)]


def _gaps(words: str, served: Sequence[tuple[int, int]]) -> list[str]:
    ends = [0, *(end for _, end in served)]
    starts = [*(start for start, _ in served), len(words)]
    return [words[a:b].strip() for a, b in zip(ends, starts, strict=True) if a < b]
