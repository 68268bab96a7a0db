"""Lists that a sentence opens: whose they are, and what counts them."""

import pytest

from answerable.engine.documents import leading, lexicon, read
from tests.engine.documents import papers


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The Alder review, published in May 2011, made the following recommendations:",
            "Alder review",
        ),
        (
            "The former inspectorate recommended in 2009 that the Guild should:",
            "former inspectorate",
        ),
        ("The report of 2010 contained these recommendations:", "report of 2010"),
        ("We recommend that the Guild:", None),
        ("On 30 June 2014 the Commission recommended that the Guild:", None),
        ("The Alder review of 2011 made seven. We recommend that the Guild:", None),
    ],
)
def test_a_sentence_says_whose_older_recommendations_it_opens(text, name):
    assert leading.whose(text) == name


def taken(reading) -> list[tuple[str | None, str]]:
    return [(c.number, " ".join(c.text.split())) for c in reading.candidates if c.taken]


def test_a_list_of_another_review_is_quoted(tmp_path):
    source = """
= Locks
The Alder review, published in May 2011, made the following recommendations, which bear on ours:

+ The Guild should keep a spare key to the kiln.
+ The Guild should number each of its keys.

What follows is drawn from our own days at the kiln.
= Recommendations
+ The Guild should try every lock in spring.
+ The Guild should oil every hinge in autumn.
"""
    reading = read(papers.pdf(tmp_path, source))
    assert [number for number, _ in taken(reading)] == ["1", "2"]
    assert "spring" in taken(reading)[0][1]


def test_where_numbers_count_paragraphs_the_letters_count_what_is_recommended(tmp_path):
    source = """
= Findings
1.1 The kiln had been moved twice, and nobody had kept the drawings.

1.2 The third key was never tried.

= Recommendations
1.3 On keys, the Guild should:

#pad(left: 2em)[a) keep a spare key to the kiln;]
#pad(left: 2em)[b) number each of its keys.]

1.4 On doors, the Guild should:

#pad(left: 2em)[c) try every lock in spring.]
"""
    found = taken(read(papers.pdf(tmp_path, source)))
    assert [number for number, _ in found] == ["a", "b", "c"]


def test_the_only_sentence_under_recommendations_opens_several(tmp_path):
    source = """
= Visit
== Recommendations
Within three months, the Guild should:
- keep a spare key to the kiln;
- number each of its keys.
== Thanks
Everyone was kind.
"""
    found = taken(read(papers.pdf(tmp_path, source)))
    assert [text for _, text in found] == [
        "keep a spare key to the kiln;",
        "number each of its keys.",
    ]


def test_a_conclusion_about_what_others_think_should_be_is_none_of_its_own(tmp_path):
    source = """
= Conclusions and recommendations
1. Many who came to the kiln accepted the view that the Guild should give up its keys.
2. The Guild should number each of its keys.
3. Any new lock would have to be tried before it is hung.
4. We recommend that the Guild keep a spare key to the kiln.
"""
    assert [number for number, _ in taken(read(papers.pdf(tmp_path, source)))] == ["2", "4"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Guild should number its keys.", True),
        ("The keys were lost. The Guild must number them.", True),
        ("The keeper said that the Guild should number its keys.", False),
        ("The Guild should have been told.", False),
        ("The Guild should have the power to number keys.", True),
    ],
)
def test_what_should_be_done_is_said_in_the_main_clause(text, found):
    assert lexicon.directs(text) is found
