"""The numbers behind ``R-0001`` and ``A-0001``: each is given once, and never again."""

from answerable.register.models import Reference


def next_serial(prefix: str) -> int:
    """The next number under ``prefix``, counted under the chain's lock, for an act to use."""
    return next_serials(prefix, 1)[0]


def next_serials(prefix: str, count: int) -> range:
    """The next ``count`` numbers under ``prefix``, as :func:`next_serial`."""
    counter, _ = Reference.objects.get_or_create(prefix=prefix)
    counter.last += count
    counter.save(update_fields=["last"])
    return range(counter.last - count + 1, counter.last + 1)
