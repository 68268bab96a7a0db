"""Small numbers stay hidden: every table that fits what is shown is tried against each of them."""

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine.disclosure.suppression import Shown, suppressed, suppressed_table

TEN = 10
FIVE = 5
LARGEST = 14
"""As far as the stranger of these tests tries where nothing sets an end."""


def test_what_is_large_and_what_is_nothing_is_shown() -> None:
    assert suppressed([30, 10, 0], threshold=TEN) == [Shown(30, 30), Shown(10, 10), Shown(0, 0)]


def test_a_small_number_hides_with_the_one_beside_it() -> None:
    """38 of 40 met: that 2 did not is hidden, so the 38 is too, or one could subtract."""
    assert suppressed([38, 2, 0], threshold=TEN) == [Shown(31, 39), Shown(1, 9), Shown(0, 0)]


def test_two_small_numbers_are_not_left_alone_with_their_sum() -> None:
    met, not_met, not_seen = suppressed([36, 2, 2], threshold=TEN) or []
    assert (met.number, not_met.number, not_seen.number) == (None, None, None)
    assert (not_met, not_seen) == (Shown(1, 9), Shown(1, 9))


@pytest.mark.parametrize("counts", [[5, 0], [3, 2], [1, 1, 1], [9]])
def test_of_a_few_nothing_is_said(counts: list[int]) -> None:
    assert suppressed(counts, threshold=TEN) is None


def test_a_threshold_of_one_hides_nothing() -> None:
    assert suppressed([1, 2, 0], threshold=1) == [Shown(1, 1), Shown(2, 2), Shown(0, 0)]


def test_a_cell_of_a_table_is_not_found_by_subtracting_from_its_totals() -> None:
    table = suppressed_table([[20, 3], [40, 50], [30, 60]], threshold=TEN)
    assert table is not None
    assert table.cells[0][1].number is None
    hidden = [(r, c) for r in range(3) for c in range(2) if table.cells[r][c].number is None]
    assert len(hidden) == 4, "a rectangle: in each row and column another hides with it"
    assert table.total.number == 203


# --- A stranger who tries everything ----------------------------------------------------------------


def possible(shown: Sequence[Shown], counts: Sequence[int], largest: int = LARGEST) -> list[range]:
    """For each number, what the marks alone leave open: "fewer than five", or at least five."""
    return [
        range(one.low, one.low + 1)
        if one.number is not None
        else range(1, FIVE)
        if count < FIVE
        else range(FIVE, max(largest, count) + 1)
        for one, count in zip(shown, counts, strict=True)
    ]


def values_left(fits: list[tuple[int, ...]], n: int) -> set[int]:
    return {one[n] for one in fits}


counts_of_a_row = st.lists(st.integers(0, 12), min_size=1, max_size=4)


@settings(max_examples=300, deadline=None)
@given(counts_of_a_row)
def test_no_small_number_of_a_row_can_be_worked_out(counts: list[int]) -> None:
    shown = suppressed(counts, threshold=FIVE)
    if shown is None:
        return
    total = sum(counts)
    fits = [one for one in product(*possible(shown, counts, total)) if sum(one) == total]
    for n, count in enumerate(counts):
        left = values_left(fits, n)
        assert (min(left), max(left)) == (shown[n].low, shown[n].high), "the ends are exact"
        if 0 < count < FIVE:
            assert len(left) >= 2
            assert shown[n].number is None


def tables(wide: int) -> st.SearchStrategy[list[list[int]]]:
    row = st.lists(st.integers(0, 9), min_size=wide, max_size=wide)
    return st.lists(row, min_size=2, max_size=2)


def fitting(table: object, rows: list[list[int]]) -> Iterator[tuple[int, ...]]:
    """Every table, cells and totals in one line, that fits what is shown of ``rows``."""
    wide = len(rows[0])
    line = [x for row in rows for x in row]
    totals = [*map(sum, rows), *map(sum, zip(*rows, strict=True)), sum(line)]
    shown = [x for row in table.cells for x in row]  # type: ignore[attr-defined]
    marks = [*table.rows, *table.columns, table.total]  # type: ignore[attr-defined]
    open_totals = [set(r) for r in possible(marks, totals)]
    for n, one in enumerate(marks):
        if one.number is None and totals[n] >= FIVE:
            open_totals[n] = set(range(FIVE, 200))
    for cells in product(*possible(shown, line)):
        cut = [cells[r * wide : (r + 1) * wide] for r in range(len(rows))]
        sums = [*map(sum, cut), *map(sum, zip(*cut, strict=True)), sum(cells)]
        if all(a in b for a, b in zip(sums, open_totals, strict=True)):
            yield (*cells, *sums)


@settings(max_examples=150, deadline=None)
@given(tables(2))
def test_no_small_number_of_a_table_can_be_worked_out_from_its_totals(
    rows: list[list[int]],
) -> None:
    table = suppressed_table(rows, threshold=FIVE)
    if table is None:
        return
    fits = list(fitting(table, rows))
    line = [x for row in rows for x in row]
    every = [*line, *map(sum, rows), *map(sum, zip(*rows, strict=True)), sum(line)]
    assert tuple(every) in fits
    for n, count in enumerate(every):
        if 0 < count < FIVE:
            assert len(values_left(fits, n)) >= 2, f"{count} stands alone"
