"""Reads the whole record into the plain state that a gap analysis is made of.

The same few queries however much there is, but for what opinions are bound to: that is read in
batches, and only what a rule asks for is kept of it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from answerable.accounts.models import Area, Succession
from answerable.accounts.models import Body as BodyRow
from answerable.audit.models import Event
from answerable.engine.gap_analysis import Head
from answerable.engine.gap_analysis.state import (
    Action,
    Body,
    Contradiction,
    Recommendation,
    Report,
    State,
)
from answerable.gaps.models import ThemeMember
from answerable.gaps.queries.asked import all_asked
from answerable.plan.models import Action as ActionRow
from answerable.register.models import Correction, Relation
from answerable.register.models import Recommendation as RecommendationRow
from answerable.register.queries import families
from answerable.register.queries.links import asked_day
from answerable.reports.models import Report as ReportRow

OWN_VERB = "gaps.run"


def head_of_record() -> Head:
    """The last event of the chain that changed what an analysis reads: not one that tells of a run.

    So a second analysis of the same state names the same head, and gives the same bytes.
    """
    rows = Event.objects.exclude(verb=OWN_VERB).order_by("-seq")
    last = rows.values_list("seq", "digest").first()
    return Head(*last) if last else Head(0, "")


def state_on(day: date) -> State:
    """The record as it stands, with ``day`` as the day on which it is asked what is missing."""
    themes = _themes()
    recommendations = _recommendations(themes)
    return State(
        day=day,
        bodies=_bodies(day),
        reports=_reports(),
        recommendations={one.reference: one for one in recommendations.values()},
        asked=tuple(all_asked(recommendations)),
        actions=_actions(),
        contradictions=_contradictions(),
        families=_families(recommendations),
        themes={slug: name for found in themes.values() for slug, name in found},
    )


def _bodies(day: date) -> dict[str, Body]:
    areas: dict[int, set[str]] = defaultdict(set)
    current = Area.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    for body, slug in current.values_list("body_id", "slug"):
        areas[body].add(slug)
    heirs: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for before, heir, on in Succession.objects.values_list(
        "predecessor_id", "successor__slug", "on"
    ):
        heirs[before].append((heir, on))
    rows = BodyRow.objects.values_list("pk", "slug", "name", "kind", "ends_on")
    return {
        slug: Body(slug, name, kind, ends_on, frozenset(areas[pk]), tuple(sorted(heirs[pk])))
        for pk, slug, name, kind, ends_on in rows
    }


def _reports() -> dict[str, Report]:
    rows = ReportRow.objects.filter(recommendations__withdrawn_at__isnull=True).distinct()
    found = rows.values_list("slug", "title", "published_on")
    return {slug: Report(slug, title, on) for slug, title, on in found}


def _themes() -> dict[int, list[tuple[str, str]]]:
    """For each recommendation the slugs and names of its themes, those retired left out."""
    rows = ThemeMember.objects.filter(taken_out_at__isnull=True, theme__retired_at__isnull=True)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    of_it = rows.values_list("recommendation_id", "theme__slug", "theme__name")
    for pk, slug, name in of_it:
        found[pk].append((slug, name))
    # Sorted here: databases differ in how they sort words.
    return {pk: sorted(themes) for pk, themes in found.items()}


def _recommendations(themes: Mapping[int, Sequence[tuple[str, str]]]) -> dict[int, Recommendation]:
    """Every one that was not withdrawn, by its key, in the order of their references."""
    corrected = dict(Correction.objects.order_by("at", "pk").values_list("recommendation", "words"))
    rows = RecommendationRow.objects.filter(withdrawn_at__isnull=True).order_by("serial")
    facts = rows.values_list(
        "pk", "reference", "serial", "report__slug", "report__published_on",
        "report__published_words", "accepted_at", "number", "words",
    )  # fmt: skip
    return {
        pk: Recommendation(
            reference=reference,
            serial=serial,
            report=report,
            asked_on=asked_day(on, loose, accepted),
            number=number,
            words=corrected.get(pk, words),
            themes=tuple(slug for slug, _ in themes.get(pk, ())),
        )
        for pk, reference, serial, report, on, loose, accepted, number, words in facts.iterator()
    }


def _actions() -> dict[str, Action]:
    rows = ActionRow.objects.filter(abandoned_at__isnull=True).order_by("serial")
    facts = rows.annotate(owner_active=F("owner__is_active"), owner_of=F("owner__body")).values(
        "reference", "body__slug", "body_id", "done_on", "taken_over_by", "owner_id", "owner_name",
        "owner_active", "owner_of", "due_on", "funding_ends_on",
    )  # fmt: skip
    return {one["reference"]: _action(one) for one in facts.iterator()}


def _action(one: Mapping[str, Any]) -> Action:
    has_owner = one["owner_id"] is not None
    return Action(
        reference=one["reference"],
        body=one["body__slug"],
        runs=one["done_on"] is None and one["taken_over_by"] is None,
        named=has_owner or bool(one["owner_name"]),
        due_on=one["due_on"],
        funding_ends_on=one["funding_ends_on"],
        owner_left=has_owner and not (one["owner_active"] and one["owner_of"] == one["body_id"]),
    )


def _contradictions() -> tuple[Contradiction, ...]:
    rows = families.counted(None).filter(relation=Relation.CONTRADICTS).order_by("at", "pk")
    facts = rows.values_list("earlier__reference", "later__reference", "at")
    return tuple(Contradiction(one, other, timezone.localdate(at)) for one, other, at in facts)


def _families(
    recommendations: Mapping[int, Recommendation],
) -> tuple[tuple[str, ...], ...]:
    """What signed links join, each first asked first; by the same links as everywhere."""
    joins = families.counted(None).exclude(relation=Relation.CONTRADICTS)
    beside: dict[int, list[int]] = defaultdict(list)
    for earlier, later in joins.values_list("earlier_id", "later_id"):
        beside[earlier].append(later)
        beside[later].append(earlier)
    found = [
        sorted((recommendations[pk] for pk in members), key=_when)
        for members in families.components(beside)
    ]
    found.sort(key=lambda family: _when(family[0]))
    return tuple(tuple(one.reference for one in family) for family in found)


def _when(recommendation: Recommendation) -> tuple[date, int]:
    return recommendation.asked_on, recommendation.serial
