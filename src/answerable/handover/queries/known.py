"""What both registers say of a handover: what went, what came, and under which name it was known."""

from answerable.accounts.models import Body
from answerable.handover.models import Handover
from answerable.register.models import Recommendation


def handovers_of(body: Body) -> list[Handover]:
    """What of ``body`` was handed over or received, newest first."""
    return list(body.handovers.order_by("-at", "-pk"))


def is_received(sha256: str) -> bool:
    """Whether this archive has been taken in before."""
    return Handover.objects.filter(way=Handover.Way.RECEIVED, sha256=sha256).exists()


def references_of(handover: Handover) -> dict[str, str]:
    """The reference here of each recommendation that came with it, by the one that it had there."""
    taken = handover.taken.filter(kind=Recommendation._meta.label_lower)
    pairs = {t.object_id: t.reference for t in taken}
    here = Recommendation.objects.filter(pk__in=pairs).values_list("pk", "reference")
    return {pairs[str(pk)]: reference for pk, reference in here}
