"""What the public may know of a body."""

from django.db.models import Value

from answerable.accounts.models import Area, Body, FormerName
from answerable.handover.models import Handover
from answerable.publishing.records.rows import Record, plain, plain_of, runs

BODY = ("slug", "name", "short_name", "kind", "begins_on", "ends_on", "is_office", "invented")
HANDOVER = ("way", "office", "sha256", "at")


def bodies(named: set[str]) -> list[Record]:
    """The bodies named in public records, those they followed or were followed by, the offices."""
    heir, on = "successions__successor__slug", "successions__on"
    rows = Body.objects.order_by("slug", on).values("id", heir, on, *BODY)
    known = list(runs(rows, "slug"))
    for run in known:
        ends = {run[0]["slug"], *(row[heir] for row in run if row[heir])}
        named |= ends if ends & named else set()
    kept = [run for run in known if run[0]["slug"] in named or run[0]["is_office"]]
    names, areas = _names_and_areas()
    handovers = _handovers()
    return [
        plain_of(run[0], BODY)
        | {
            "kind": Body.Kind(run[0]["kind"]).label,
            "other_names": names.get(run[0]["id"], []),
            "areas": areas.get(run[0]["id"], []),
            "followed_by": [{"body": r[heir], "on": plain(r[on])} for r in run if r[heir]],
            "handed_over": handovers.get(run[0]["id"], []),
        }
        for run in kept
    ]


def _handovers() -> dict[int, list[Record]]:
    """What of each body's record went to another office or came from one, by the body's id."""
    found: dict[int, list[Record]] = {}
    for row in Handover.objects.order_by("at", "pk").values("body_id", *HANDOVER):
        found.setdefault(row["body_id"], []).append(
            plain_of(row, HANDOVER[:-1]) | {"on": plain(row["at"])}
        )
    return found


def _names_and_areas() -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Other names and areas of every body, by its id."""
    found: tuple[dict[int, list[str]], dict[int, list[str]]] = ({}, {})
    names = FormerName.objects.order_by().values_list("body_id", "name", Value(0))
    areas = Area.objects.order_by().values_list("body_id", "name", Value(1))
    for body, name, which in sorted(names.union(areas, all=True)):
        found[which].setdefault(body, []).append(name)
    return found
