"""The numbers behind ``R-0001`` and ``A-0001``: each is given once, and never again."""

from answerable.register.models import Reference


def next_serial(prefix: str) -> int:
    """The next number under ``prefix``, counted under the chain's lock, for an act to use."""
    counter, _ = Reference.objects.get_or_create(prefix=prefix)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
