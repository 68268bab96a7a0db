"""Reads of closing tests: which one stands, which waits for the other side's word."""

from collections.abc import Sequence

from answerable.plan.models import ClosingTest
from answerable.register.models import Undertaking
from answerable.register.queries.undertakings import Lines, along, in_lines, line_of


def as_it_stands(test: ClosingTest) -> ClosingTest:
    """The test read anew, inside the act that is about to change it."""
    found = ClosingTest.objects.select_related(
        "undertaking__body", "undertaking__recommendation__report", "undertaking__passed_from"
    )
    return found.get(pk=test.pk)


def tests_of(undertaking: Undertaking) -> list[ClosingTest]:
    """Every version, of this body and of those it took over from, oldest first.

    Uses what :func:`read_once` read, where a page did so.
    """
    known: list[ClosingTest] | None = getattr(undertaking, "tests_read", None)
    if known is not None:
        return known
    rows = ClosingTest.objects.filter(undertaking__in=line_of(undertaking))
    people = ("proposed_by", "agreed_for_body_by", "agreed_for_office_by", "refused_by")
    return list(rows.select_related(*people).order_by("version", "pk"))


def read_once(undertaking: Undertaking) -> list[ClosingTest]:
    """Every version, read once for a page that asks many rules. Acts read everything anew."""
    found = tests_of(undertaking)
    for test in found:
        if test.undertaking_id == undertaking.pk:
            test.undertaking = undertaking
    undertaking.tests_read = found  # type: ignore[attr-defined]
    return found


def is_agreed(test: ClosingTest) -> bool:
    """Whether both sides have agreed to it."""
    return test.agreed_for_body_at is not None and test.agreed_for_office_at is not None


def is_open(test: ClosingTest) -> bool:
    """Whether it still waits for a side's word."""
    return test.refused_at is None and not is_agreed(test)


def standing_test(undertaking: Undertaking) -> ClosingTest | None:
    """The newest test to which both sides agreed, or None."""
    return newest_agreed(tests_of(undertaking))


def newest_agreed(tests: Sequence[ClosingTest]) -> ClosingTest | None:
    """The newest of ``tests``, oldest first, to which both sides agreed, or None."""
    agreed = [test for test in tests if is_agreed(test)]
    return agreed[-1] if agreed else None


def standing_along(lines: Lines) -> dict[int, ClosingTest | None]:
    """For each line the newest test to which both sides agreed. One query."""
    rows = ClosingTest.objects.filter(undertaking__in=in_lines(lines)).order_by("version", "pk")
    return {pk: newest_agreed(tests) for pk, tests in along(lines, rows).items()}


def open_test(undertaking: Undertaking) -> ClosingTest | None:
    """The proposal that waits for this body's or the office's word, or None."""
    own = [t for t in tests_of(undertaking) if t.undertaking_id == undertaking.pk and is_open(t)]
    return own[-1] if own else None


def next_version(undertaking: Undertaking) -> int:
    """The number that the next proposal gets."""
    return max((test.version for test in tests_of(undertaking)), default=0) + 1


def seen_in(test: ClosingTest) -> dict[str, object]:
    """All of a test that an opinion is bound to, as canonical JSON can hold it."""
    return {
        "version": test.version,
        "pattern": test.pattern,
        "look_at": test.look_at,
        "how_many": test.how_many,
        "due_on": test.due_on.isoformat(),
        "counts_as_seen": test.counts_as_seen,
    }
