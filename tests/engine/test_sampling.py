"""Samples that neither side can choose, and intervals that say no more than the size allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.engine import sampling

SEED = "00" * 31 + "07"
RECORDS = [f"NM/{number}/25" for number in range(1, 101)]
numbers = st.lists(st.text(min_size=1, max_size=12), unique=True, min_size=1, max_size=60)


def test_the_same_seed_and_list_draw_the_same_places() -> None:
    drawn = sampling.draw(SEED, RECORDS, 5)
    assert drawn == sampling.draw(SEED, RECORDS, 5) == sorted(drawn)
    assert drawn == [17, 33, 37, 74, 100]


@given(numbers, st.integers(1, 70))
def test_a_draw_has_the_size_asked_for_and_no_place_twice(records: list[str], size: int) -> None:
    drawn = sampling.draw(SEED, records, size)
    assert len(drawn) == len(set(drawn)) == min(size, len(records))
    assert set(drawn) <= set(range(1, len(records) + 1))


@given(numbers, st.integers(1, 20), st.randoms())
def test_the_order_of_the_list_chooses_nothing(records: list[str], size: int, by: object) -> None:
    other = list(records)
    by.shuffle(other)  # type: ignore[attr-defined]
    one = {records[place - 1] for place in sampling.draw(SEED, records, size)}
    assert one == {other[place - 1] for place in sampling.draw(SEED, other, size)}


def test_every_record_is_drawn_about_as_often() -> None:
    times = dict.fromkeys(range(1, 11), 0)
    for number in range(2_000):
        for place in sampling.draw(f"{number:064x}", RECORDS[:10], 3):
            times[place] += 1
    assert all(520 <= count <= 680 for count in times.values())  # 600 each, give or take 4 sigma


def test_another_seed_draws_others() -> None:
    assert sampling.draw(SEED, RECORDS, 10) != sampling.draw("11" * 32, RECORDS, 10)
    assert len({sampling.new_seed() for _ in range(20)}) == 20


def test_the_digest_binds_the_seed_and_the_list() -> None:
    assert sampling.digest_of_seed(SEED) != sampling.digest_of_seed("11" * 32)
    assert sampling.digest_of_list(RECORDS) != sampling.digest_of_list(RECORDS[::-1])


def test_blanks_are_no_records_and_a_record_that_stands_twice_is_named() -> None:
    assert sampling.cleaned([" a ", "", "  ", "b"]) == ["a", "b"]
    assert sampling.repeated(["a", "b", "a", "c", "a"]) == ["a", "a"]


@pytest.mark.parametrize(
    ("met", "of", "low", "high"),
    [
        # R: prop.test(met, of, correct = FALSE)$conf.int
        (0, 20, 0.0, 0.1611),
        (20, 20, 0.8389, 1.0),
        (19, 20, 0.7639, 0.9911),
        (10, 20, 0.2993, 0.7007),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_the_interval_is_the_published_one(met: int, of: int, low: float, high: float) -> None:
    found = sampling.wilson(met, of)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_holds_the_share_and_is_no_wider_than_the_size_allows(
    counts: tuple[int, int],
) -> None:
    met, of = counts
    found = sampling.wilson(met, of)
    assert 0 <= found.low <= met / of <= found.high <= 1
    z = 1.959964  # of 95 per cent; the interval is widest where one half met it
    assert found.high - found.low <= z / (of + z * z) ** 0.5 + 1e-6


@pytest.mark.parametrize(("met", "of"), [(0, 0), (3, 2), (-1, 4)])
def test_no_share_has_no_interval(met: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        sampling.wilson(met, of)
