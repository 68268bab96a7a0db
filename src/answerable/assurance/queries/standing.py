"""The judgements that stand in the whole register, kept in step with the chain of events.

They are computed as for one page, from what there is to see. What was computed before an event
holds for everything that the event did not touch, and the chain names what it touched.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from answerable.assurance.models import Opinion, Use
from answerable.assurance.queries.opinions import State, weighed_of
from answerable.audit import queries as audit
from answerable.register.models import Undertaking
from answerable.register.queries.keys import these
from answerable.register.queries.undertakings import A_BATCH, MOST_SUCCESSIONS, with_keys

Judgements = Mapping[int, frozenset[str]]

TOUCHES: dict[str, str] = {
    "register.undertaking": "pk__in",
    "register.correction": "recommendation__corrections__in",
    "plan.claim": "claims__in",
    "plan.closingtest": "closing_tests__in",
    "assurance.opinion": "opinions__in",
    "assurance.sample": "samples__in",
    "assurance.use": "evidence__in",
    "accounts.person": "opinions__signed_by__in",
    "accounts.body": "opinions__signed_by__body__in",
}
"""Through what an undertaking's opinions can begin or cease to stand: the kind, and how it is found."""
OF_EVIDENCE: dict[str, str] = {
    "assurance.evidence": "evidence__in",
    "assurance.graded": "evidence__grades__in",
}
"""The same for what is found through the uses of evidence."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was computed at one head of the chain."""

    seq: int
    digest: str
    found: dict[int, frozenset[str]]


_last: list[Known] = []


def judgements() -> Judgements:
    """For each undertaking on which anyone gave an opinion, the judgements that stand now."""
    seq, digest = audit.head()
    last = _last[0] if _last else None
    if last is None or last.digest != digest:
        changed = audit.changed_since(last.seq, last.digest) if last else None
        if last is None or changed is None:
            found = computed(Opinion.objects.values_list("undertaking", flat=True))
        else:
            touched = touched_by(changed)
            kept = {pk: values for pk, values in last.found.items() if pk not in touched}
            found = kept | computed(touched)
        last = Known(seq, digest, found)
        _last[:] = [last]
    return last.found


def touched_by(changed: Mapping[str, set[str]]) -> set[int]:
    """The undertakings whose opinions these changes can touch, and those they were passed to."""
    touching = Q(pk__in=())
    for kind, path in TOUCHES.items():
        if ids := changed.get(kind):
            touching |= Q(**{path: list(ids)})
    for kind, path in OF_EVIDENCE.items():
        if ids := changed.get(kind):
            touching |= Q(pk__in=Use.objects.filter(**{path: list(ids)}).values("undertaking"))
    found = set(Undertaking.objects.filter(touching).values_list("pk", flat=True))
    later: Collection[int] = found
    for _ in range(MOST_SUCCESSIONS):
        if not later:
            break
        heirs = Undertaking.objects.filter(passed_from__in=these(later))
        later = set(heirs.values_list("pk", flat=True)) - found
        found |= later
    return found


def computed(undertakings: Iterable[int]) -> dict[int, frozenset[str]]:
    """The judgements that stand for each of these that has an opinion, read and weighed anew."""
    keys = sorted(set(undertakings))
    found: dict[int, frozenset[str]] = {}
    for first in range(0, len(keys), A_BATCH):
        rows = with_keys(keys[first : first + A_BATCH])
        for pk, weighed in weighed_of(rows).items():
            if weighed:
                standing = (w.opinion.judgement for w in weighed if w.state is State.STANDS)
                found[pk] = frozenset(standing)
    return found
