"""The timeline of a family: its longest silence, its sentences, and a picture that says the same."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine.timeline import Asking, Kind, Mark, Timeline, draw, silence, summary
from answerable.engine.timeline.picture import LEFT, WIDE

FIRST, SECOND, UNTIL = date(2014, 11, 27), date(2018, 2, 8), date(2021, 11, 23)
REPLY = Mark(Kind.RESPONSE, date(2015, 1, 20), "accepted")
ASKED = (
    Asking("R-0001", FIRST, "The Inspectorate", "the Force", (REPLY,)),
    Asking("R-0002", SECOND, "The Inspectorate", "the Force"),
)
SVG = "{http://www.w3.org/2000/svg}"


def texts(drawn: str) -> list[str]:
    return [one.text or "" for one in ET.fromstring(drawn).iter(f"{SVG}text")]  # noqa: S314  # ours


def test_the_longest_silence_is_the_longest_time_without_a_word() -> None:
    found = silence(Timeline(ASKED, UNTIL))
    assert found is not None
    assert (found.start, found.end, found.lasts) == (SECOND, UNTIL, True)
    assert found.words == (
        "3 years and 9 months, from 8 February 2018 to 23 November 2021, and it lasts"
    )
    earlier = silence(Timeline(ASKED, date(2020, 1, 1)))
    assert earlier is not None
    assert (earlier.start, earlier.end, earlier.lasts) == (REPLY.on, SECOND, False)
    assert earlier.words == "3 years, from 20 January 2015 to 8 February 2018"


def test_of_what_is_only_known_from_sources_no_silence_is_claimed() -> None:
    elsewhere = Asking("R-0002", SECOND, "The Inspectorate", "the Force", elsewhere=True)
    timeline = Timeline((ASKED[0], elsewhere), UNTIL)
    found = silence(timeline)
    assert found is not None
    assert found.name == "Longest time without a source"
    assert "it lasts" not in found.words
    drawn = texts(draw(timeline, name="t"))
    assert not [one for one in drawn if "ilence" in one]
    assert "Longest silence" not in summary(timeline)


def test_of_one_day_there_is_no_silence() -> None:
    assert silence(Timeline(ASKED[:1], FIRST)) is None
    assert draw(Timeline(ASKED[:1], FIRST), name="t").startswith("<svg")


def test_the_summary_says_who_asked_whom_when_and_how_long_it_was_silent() -> None:
    said = summary(Timeline(ASKED, UNTIL))
    assert said.startswith(
        "Asked 2 times. R-0001, 27 November 2014: The Inspectorate asked the Force."
    )
    assert "Longest silence: 3 years and 9 months" in said


def test_the_picture_has_a_name_and_its_words() -> None:
    drawn = draw(Timeline(ASKED, UNTIL), name="t")
    root = ET.fromstring(drawn)  # noqa: S314  # ours
    assert root.get("aria-labelledby") == "t-title t-said"
    assert summary(Timeline(ASKED, UNTIL)) == root.findtext(f"{SVG}desc")
    assert "6 years and 11 months (2,553 days)" in texts(drawn)
    assert "Longest silence: 3 years and 9 months" in texts(drawn)
    assert " style=" not in drawn


def test_the_four_questions_stand_apart_and_a_missing_answer_is_said() -> None:
    said = texts(draw(Timeline(ASKED[:1], UNTIL), name="t"))
    lanes = ("Asked", "Response", "Delivery", "Assurance", "Effect")
    places = [said.index(lane) for lane in lanes]
    assert places == sorted(places)
    assert "accepted" in said
    assert "no claim in this record" in said
    assert "nobody independent has looked" in said
    assert "Decision" not in said


def test_what_is_only_known_from_sources_claims_to_know_no_answer() -> None:
    elsewhere = Asking("R-0001", FIRST, "The Inspectorate", elsewhere=True)
    said = texts(draw(Timeline((elsewhere,), UNTIL), name="t"))
    assert "what came of it is not in the sources" in said
    assert not {"Response", "Assurance", "no reply in this record"} & set(said)
    assert "R-0001, 27 November 2014: The Inspectorate asked no body by name" in said


def test_words_of_others_are_escaped_and_long_ones_cut() -> None:
    nasty = Asking(
        "R-0001", FIRST, "<b>&", "x", (Mark(Kind.DELIVERY, SECOND, "a long word " * 20),)
    )
    drawn = draw(Timeline((nasty,), UNTIL), name="t")
    assert "<b>" not in drawn
    assert any(text.startswith("a long word") and text.endswith(" …") for text in texts(drawn))


DAYS = st.integers(0, 5000).map(lambda days: date(2010, 1, 1) + timedelta(days=days))
MARKS = st.builds(Mark, st.sampled_from(list(Kind)[1:]), DAYS, st.text(max_size=60))
ASKINGS = st.builds(Asking, st.just("R-0001"), DAYS, st.just("A"), st.just("B"), st.lists(MARKS, max_size=6).map(tuple), st.booleans())  # fmt: skip


@given(st.lists(ASKINGS, min_size=1, max_size=4).map(tuple), DAYS)
@settings(max_examples=150)
def test_any_timeline_is_drawn_inside_its_frame(asked: tuple[Asking, ...], until: date) -> None:
    timeline = Timeline(asked, until)
    drawn = draw(timeline, name="t")
    assert drawn == draw(timeline, name="t")
    root = ET.fromstring(drawn)  # noqa: S314  # ours
    high = float(root.get("height") or 0)
    for circle in root.iter(f"{SVG}circle"):
        x = float(circle.get("cx") or 0)
        assert x == 9 or LEFT <= x <= WIDE
        assert 0 < float(circle.get("cy") or 0) < high
    found = silence(timeline)
    if found is not None:
        days = {one.on for one in asked} | {mark.on for one in asked for mark in one.marks}
        assert not any(found.start < day < found.end for day in days)
