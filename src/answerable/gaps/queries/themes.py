"""Reads of the office's themes: what stands under each, and what the words suggest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from answerable.accounts.models import Body
from answerable.engine.similarity import Item
from answerable.engine.similarity.themes import FEWEST, Group, groups
from answerable.gaps.models import Theme, ThemeMember
from answerable.register.models import Recommendation
from answerable.register.queries.recommendations import words_of
from answerable.register.queries.remembered import Memory

MOST_READ = 1_500
"""So many recommendations without a theme are read for suggestions, the oldest first."""
STANDING = Q(members__taken_out_at__isnull=True, members__isnull=False)


def every() -> QuerySet[Theme]:
    """Themes, those in use first, each with ``members_count``: how many stand under it."""
    counted = Count("members", filter=STANDING)
    return Theme.objects.annotate(members_count=counted).order_by(
        "retired_at", "name", "pk"
    )  # fmt: skip


def in_use() -> QuerySet[Theme]:
    """Themes that nobody has retired, by name."""
    return Theme.objects.filter(retired_at__isnull=True)


def find(slug: str) -> Theme | None:
    """The theme at an address."""
    return Theme.objects.select_related("added_by", "retired_by").filter(slug=slug).first()


def named(name: str, besides: Theme | None = None) -> bool:
    """Whether a theme in use has this name, however it is capitalised."""
    found = in_use().filter(name__iexact=" ".join(name.split()))
    return (found.exclude(pk=besides.pk) if besides else found).exists()


def as_it_stands(theme: Theme) -> Theme:
    """The theme read anew, inside the act that is about to change it."""
    return Theme.objects.get(pk=theme.pk)


def members_of(theme: Theme) -> QuerySet[ThemeMember]:
    """What stands under a theme, oldest recommendation first."""
    return (
        theme.members.filter(taken_out_at__isnull=True)
        .select_related("recommendation__report", "added_by")
        .prefetch_related("recommendation__corrections")
        .order_by("recommendation__serial")
    )


def members_as_they_stand(theme: Theme, keys: Iterable[int]) -> list[ThemeMember]:
    """Some members of a theme, read anew."""
    found = theme.members.filter(pk__in=list(keys)).select_related("recommendation")
    return list(found.order_by("pk"))


def not_yet_under(theme: Theme, recommendations: Sequence[Recommendation]) -> list[Recommendation]:
    """Those of ``recommendations`` that do not stand under ``theme``, each once, oldest first."""
    keys = [one.pk for one in recommendations]
    known = set(
        theme.members.filter(taken_out_at__isnull=True, recommendation__in=keys).values_list(
            "recommendation", flat=True
        )
    )
    found = {one.pk: one for one in recommendations if one.pk not in known}
    return sorted(found.values(), key=lambda one: one.serial)


def with_references(references: Iterable[str]) -> QuerySet[Recommendation]:
    """The recommendations of these references, oldest first; what is no reference is none."""
    return Recommendation.objects.filter(reference__in=list(references)).order_by("serial")


def themes_of(recommendation: Recommendation, memory: Memory | None = None) -> list[Theme]:
    """The themes in use under which a recommendation stands, by name."""
    return (memory or Memory()).of("themes of all", _themes_of_all).get(recommendation.pk, [])


def _themes_of_all() -> dict[int, list[Theme]]:
    """For each recommendation its themes in use, by name: one query for all pages until an act."""
    standing = ThemeMember.objects.filter(
        taken_out_at__isnull=True, theme__retired_at__isnull=True
    ).select_related("theme")
    found: dict[int, list[Theme]] = {}
    for member in standing.order_by("theme__name", "theme"):
        found.setdefault(member.recommendation_id, []).append(member.theme)
    return found


def without_theme() -> QuerySet[Recommendation]:
    """Recommendations that stand under no theme in use, oldest first; not those withdrawn."""
    held = ThemeMember.objects.filter(
        recommendation=OuterRef("pk"), taken_out_at__isnull=True, theme__retired_at__isnull=True
    )
    return Recommendation.objects.filter(~Exists(held), withdrawn_at__isnull=True).order_by(
        "serial"
    )


# --- What the words suggest -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme that nobody has made: a name, which recommendations, and why these."""

    name: str
    why: str
    references: tuple[str, ...]


def suggestions(memory: Memory | None = None) -> list[Suggestion]:
    """Themes that the record suggests for what has none, the same for the same record."""
    return (memory or Memory()).of("themes suggested", _suggestions)


def _suggestions() -> list[Suggestion]:
    rows = list(
        without_theme()
        .only("reference", "words", "subject", "serial")
        .prefetch_related(Prefetch("corrections"))[:MOST_READ]
    )
    by_subject: dict[str, list[Recommendation]] = {}
    for one in rows:
        if subject := " ".join(one.subject.split()):
            by_subject.setdefault(subject.casefold(), []).append(one)
    found = [
        Suggestion(
            _capital(of[0].subject),
            f"The record that came with them gives them all the subject “{of[0].subject}”.",
            tuple(one.reference for one in of),
        )
        for _, of in sorted(by_subject.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        if len(of) >= FEWEST
    ]
    named = {one.name.casefold(): at for at, one in enumerate(found)}
    taken = {reference for one in found for reference in one.references}
    items = [Item(one.reference, words_of(one)) for one in rows if one.reference not in taken]
    names = Body.objects.order_by("pk").values_list("name", "short_name")
    for group in groups(items, leave_out=[name for pair in names for name in pair]):
        ways = " or ".join(f"“{way}”" for way in group.ways[:3])
        same = named.get(group.name.casefold())
        if same is None:
            found.append(Suggestion(group.name, f"Each of them says {ways}.", group.members))
        else:
            found[same] = _joined(found[same], f"{len(group.members)} more say {ways}.", group)
    return found


def _joined(one: Suggestion, why: str, group: Group) -> Suggestion:
    """A suggestion with those that say in their words what it is called."""
    return Suggestion(one.name, f"{one.why} {why}", (*one.references, *group.members))


def _capital(name: str) -> str:
    name = " ".join(name.split())
    return name[:1].upper() + name[1:]
