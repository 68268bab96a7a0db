"""What a document only quotes: older lists, status pages, and its own list beside them."""

import pytest

from answerable.engine.documents import lexicon, read
from tests.engine.documents import papers


def page(folder, body: str):
    html = f"<html><body><h1>The kiln</h1>{body}</body></html>".encode()
    return read(papers.file(folder, html, "page.html"))


def taken(reading) -> list[str]:
    return [" ".join(c.text.split()) for c in reading.candidates if c.taken]


ASKED = [
    "The Guild should keep a spare key to the kiln.",
    "The Guild should number each of its keys.",
    "The Guild should try every lock in spring.",
]


def bullets(lines: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def test_a_list_under_a_tally_tells_how_far_older_recommendations_have_come(tmp_path):
    body = f"<h2>Main recommendations</h2><p>1 of 3 implemented</p>{bullets(ASKED)}"
    assert taken(page(tmp_path, body)) == []


def test_entries_with_their_status_behind_them_are_older(tmp_path):
    parts = "".join(f"<p>Recommendation: {text}</p><p>Not achieved</p>" for text in ASKED)
    reading = page(tmp_path, f"<h2>What became of them</h2>{parts}")
    assert taken(reading) == []
    assert {c.kind for c in reading.candidates} == {"quoted"}


def test_an_older_list_is_told_by_the_heading_above_its_own(tmp_path):
    parts = "".join(f"<p>Recommendation: {text}</p>" for text in ASKED)
    body = f"<h2>Progress on recommendations of the last visit</h2><h3>Recommendations</h3>{parts}"
    assert taken(page(tmp_path, body)) == []


def test_what_is_quoted_says_whose_it_is(tmp_path):
    body = (
        "<h2>Locks</h2><p>The Alder review, published in May 2011, made the following "
        f"recommendations:</p>{bullets(ASKED)}<p>We return to them.</p>"
        "<h2>Progress on recommendations of the 2016 review</h2><h3>Recommendations</h3>"
        "<ul><li>The Guild should sweep the flue.</li><li>The Guild should mend it.</li></ul>"
    )
    reading = page(tmp_path, body)
    assert {(c.kind, c.taken) for c in reading.candidates} == {("quoted", False)}
    assert {c.whose for c in reading.candidates} == {"Alder review", "2016 review"}


def test_a_report_that_makes_none_says_so(tmp_path):
    reading = page(tmp_path, "<h2>Summary</h2><p>We looked. We make no recommendations.</p>")
    assert reading.stated_count == 0
    assert [n.sentence for n in reading.notices] == [
        "The report says that it makes no recommendations, and none was found."
    ]


def test_a_list_of_comments_inside_the_recommendations_is_left_out(tmp_path):
    body = (
        f"<h2>Recommendations</h2><h3>Doors</h3>{bullets(ASKED)}<p><i>comments</i></p>"
        "<ul><li>The keeper might like to paint the door.</li></ul>"
        "<h3>Flues</h3><ul><li>The Guild should sweep the flue.</li></ul>"
    )
    assert taken(page(tmp_path, body)) == [*ASKED, "The Guild should sweep the flue."]


@pytest.mark.parametrize(
    ("heading", "sense"),
    [
        ("What we want to see", "own"),
        ("What we recommend", "own"),
        ("Calls for action: homes", "own"),
        ("Actions the provider must take", "own"),
        ("Next steps the school should take", "own"),
        ("What needs to improve at the home", "own"),
        ("Key concerns", "own"),
        ("The force needs to improve how it answers the public", None),
        ("What does the school do well and what does it need to do better?", "against"),
        ("Next steps", "against"),
    ],
)
def test_headings_announce_recommendations_in_many_words(heading, sense):
    assert lexicon.sense(heading) == sense


def test_what_speaks_about_recommendations_makes_none():
    assert lexicon.announces("In considering our recommendations we have thought of cost.")
    assert not lexicon.announces("My first recommendation is that the Guild should keep a key.")
