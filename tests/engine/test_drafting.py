"""A draft plan leaves no chosen gap without a line, and asks for one thing once."""

from dataclasses import fields
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.engine.drafting import SETTLES, draft, suggested_tests
from answerable.engine.gap_analysis.content import (
    VERSION,
    Analysis,
    Counts,
    FamilyLine,
    Gap,
    Head,
    RecommendationLine,
    ThemeLine,
)

KINDS = sorted(SETTLES)
REFERENCES = [f"R-{n:04}" for n in range(1, 9)]
FAMILIES = {"R-0001": ("R-0001", "R-0004", "R-0006"), "R-0002": ("R-0002", "R-0003")}
FIRST_OF = {one: first for first, members in FAMILIES.items() for one in members}
FIRST_DAY = date(2015, 1, 1)


def an_analysis(gaps: list[Gap], words: str = "Record {} in full.") -> Analysis:
    return Analysis(
        version=VERSION,
        dated_on=date(2026, 11, 22),
        head=Head(1, "0" * 64),
        scope=None,
        counts=Counts(**{field.name: 0 for field in fields(Counts)}),
        rules=(),
        gaps=tuple(gaps),
        bodies=(),
        reports=(),
        themes=(ThemeLine("training", "Training", 2),),
        families=tuple(FamilyLine(one, FIRST_DAY, m) for one, m in FAMILIES.items()),
        recommendations=tuple(
            RecommendationLine(
                one,
                "",
                words.format(one),
                "review",
                FIRST_DAY + timedelta(days=90 * n),
                (),
                None,
                (),
            )
            for n, one in enumerate(REFERENCES)
        ),
        reports_by_themes=(),
        bodies_by_families=(),
    )


def a_gap(kind: str, reference: str, theme: str | None = None, body: str = "police") -> Gap:
    family = None if theme else FIRST_OF.get(reference)
    return Gap(kind, kind, reference, body, "Because.", family=family, theme=theme)


def gaps() -> st.SearchStrategy[list[Gap]]:
    drawn = st.builds(
        a_gap,
        st.sampled_from(KINDS),
        st.sampled_from(REFERENCES),
        st.sampled_from([None, None, "training"]),
        st.sampled_from(["police", "council"]),
    )
    return st.lists(drawn, max_size=12, unique_by=lambda gap: gap.key)


@given(gaps(), st.randoms(use_true_random=False))
def test_every_chosen_gap_is_settled_by_exactly_one_line(found: list[Gap], rng) -> None:
    chosen = [gap.key for gap in found if rng.random() < 0.7]
    lines = draft(an_analysis(found), chosen)
    settled = sorted(one.gap for line in lines for one in line.settles)
    assert settled == sorted(chosen)
    assert len({line.key for line in lines}) == len(lines)


@given(gaps())
def test_a_line_keeps_every_wording_of_its_family_so_that_the_narrowest_is_not_lost(
    found: list[Gap],
) -> None:
    for line in draft(an_analysis(found), [gap.key for gap in found]):
        kept = [one.reference for one in line.asked]
        assert set(FAMILIES.get(line.key, ())) <= set(kept)
        assert [one.asked_on for one in line.asked] == sorted(one.asked_on for one in line.asked)
        assert 0 < len(line.title) <= 120


def test_one_family_is_one_line_for_all_bodies_that_were_asked() -> None:
    found = [
        a_gap("no_action", "R-0004"),
        a_gap("never_assessed", "R-0008"),
        a_gap("never_answered", "R-0006", body="council"),
    ]
    first, second = draft(an_analysis(found), [gap.key for gap in found])
    assert first.bodies == ("council", "police")
    assert [one.reference for one in first.asked] == ["R-0001", "R-0004", "R-0006"]
    assert [one.kind for one in first.settles] == ["no_action", "never_answered"]
    assert [one.reference for one in second.asked] == ["R-0008"]


def test_a_gap_that_the_analysis_does_not_have_is_not_drafted_silently() -> None:
    with pytest.raises(KeyError):
        draft(an_analysis([a_gap("no_action", "R-0004")]), ["no_action:R-0005:police"])


def test_what_was_asked_again_after_it_was_closed_is_to_be_looked_at_twice() -> None:
    once = suggested_tests(["Train every officer."], again=False)
    again = suggested_tests(["Train every officer."], again=True)
    assert [one.pattern for one in once] == ["people"]
    assert again[1:] == once
    assert "six months" in again[0].look_at


def test_where_nothing_says_where_to_look_the_draft_says_so() -> None:
    (only,) = suggested_tests(["Be better."], again=False)
    assert only.pattern == "other"
    assert "nothing in the words" in only.because


def test_a_long_wording_gives_a_short_title_that_ends_at_a_word() -> None:
    words = "Ensure that " + "every single one of the supervisors " * 8
    gap = a_gap("no_action", "R-0008")
    (line,) = draft(an_analysis([gap], words), [gap.key])
    assert len(line.title) <= 120
    assert line.title.endswith("…")
    assert words.startswith(line.title[:-1])
