"""The reader, held to layouts that it was not built on: invented reports with their truth."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.engine.documents import Reading, read, words_of
from tests.typeset import FORMATS, NUMBERINGS, STYLES, TABLES, Made, report
from tests.typeset.damage import DAMAGE
from tests.typeset.score import Score, bag, score

SEEDS = range(75)
HARMLESS = frozenset({"tight", "hyphens", "heads"})


def reading(made: Made, folder: Path) -> Reading:
    return read(made.written(folder))


def test_the_same_seed_makes_the_same_report() -> None:
    for seed in (1, 3, 6):
        once, again = report(seed, format="pdf"), report(seed, format="pdf")
        assert once.data == again.data
        assert once.rows == again.rows


@pytest.mark.parametrize("style", STYLES)
def test_what_the_truth_says_is_printed_on_its_page(style: str, tmp_path: Path) -> None:
    made = report(7, maker_style=style, format="pdf", damage=HARMLESS)
    pages = {page.number: page.text for page in reading(made, tmp_path).pages}
    for row in made.rows:
        assert row.pages, row
        for page in row.pages:
            printed = bag(pages[page] + "\n" + pages.get(page + 1, ""))
            share = max(
                len(bag(words) & printed) / len(bag(words)) for words in (row.text, *row.wordings)
            )
            assert share > 0.8, (page, row)


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Made, Score]]:
    folder = tmp_path_factory.mktemp("unseen")
    found = []
    for seed in SEEDS:
        made = report(seed)
        found.append((made, score(reading(made, folder), made.rows)))
    return found


def test_unseen_reports_are_read(scores: list[tuple[Made, Score]]) -> None:
    f1s = [result.f1 for _, result in scores if result.f1 is not None]
    assert len(f1s) >= 60
    assert sum(f1s) / len(f1s) >= 0.95


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(10_000, 99_999),
    columns=st.sampled_from((1, 2)),
    numbering=st.sampled_from(NUMBERINGS),
    table=st.sampled_from(TABLES),
    doubles=st.booleans(),
    damage=st.frozensets(st.sampled_from(DAMAGE), max_size=3),
    style=st.sampled_from(list(STYLES)),
    format=st.sampled_from(FORMATS),
)
def test_whatever_the_layout_a_candidate_is_a_passage(  # type: ignore[no-untyped-def]
    tmp_path_factory, seed, columns, numbering, table, doubles, damage, style, format
) -> None:
    made = report(
        seed, columns=columns, numbering=numbering, table=table, doubles=doubles, damage=damage,
        maker_style=style, format=format,
    )  # fmt: skip
    found = reading(made, tmp_path_factory.getbasetemp())
    printed = [page.number for page in found.pages]
    for candidate in found.candidates:
        assert candidate.text == words_of(found.pages, candidate.spans)
        assert candidate.page == (candidate.spans[0].page if found.paged else None)
        assert all(span.page in printed for span in (*candidate.spans, *candidate.also))
        assert 0 <= candidate.confidence <= 1
    taken = [
        (c.run, c.number) for c in found.candidates if c.taken and c.number and c.run is not None
    ]
    assert len(taken) == len(set(taken)), "a number stands once in a run"
