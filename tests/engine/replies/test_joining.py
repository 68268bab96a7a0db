"""A reply's answers are joined to what they answer, whatever form the reply has."""

import random
import time
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine.documents import Box, Line, Page, read, words_of
from answerable.engine.replies import Answers, Asked, answers
from tests.engine.documents.papers import pdf, word
from tests.engine.replies import papers

NOWHERE = Box(0, 0, 0, 0)


def one_line(text: str) -> Page:
    return Page(1, 595, 842, text, (), (Line(0, len(text), NOWHERE),))


def replied(folder: Path, source: str) -> Answers:
    return answers(papers.QUESTIONS, read(pdf(folder, source, "reply")).pages)


def by_key(found: Answers) -> dict[str, str]:
    return {key: answer.text for answer in found.answers for key in answer.keys}


@pytest.mark.parametrize("form", papers.FORMS, ids=lambda form: form.__name__)
def test_every_answer_is_found_with_exactly_its_words(form, tmp_path):
    found = replied(tmp_path, form())
    assert by_key(found) == dict(zip(papers.NUMBERS, papers.GIVEN, strict=True))
    assert found.unanswered == ()


@pytest.mark.parametrize("form", papers.FORMS, ids=lambda form: form.__name__)
def test_the_words_of_an_answer_are_those_of_its_places(form, tmp_path):
    pages = read(pdf(tmp_path, form(), "reply")).pages
    for answer in answers(papers.QUESTIONS, pages).answers:
        assert answer.text == words_of(pages, answer.spans)
        assert answer.why
        for _, spans, words in answer.restates:
            assert words == words_of(pages, spans)


def test_one_heading_can_answer_several(tmp_path):
    found = replied(tmp_path, papers.together())
    assert [a.keys for a in found.answers] == [("1", "2"), ("3", "4", "5"), ("6",), ("7",)]
    assert found.answers[0].text == f"{papers.GIVEN[0]} {papers.GIVEN[1]}"
    assert any("3 recommendations together" in why for why in found.answers[1].why)


def test_a_single_word_is_an_answer_too(tmp_path):
    found = replied(tmp_path, papers.one_word())
    assert set(by_key(found).values()) == {"Accepted"}
    assert found.unanswered == ()


def test_a_reply_by_theme_leaves_visible_what_got_no_line_of_its_own(tmp_path):
    found = replied(tmp_path, papers.by_theme())
    assert found.unanswered == ("2", "3", "4", "5", "6", "7")
    likely = {theme.heading: [key for key, _ in theme.likely] for theme in found.themes}
    assert "2" in likely.get("Openness", ["2"])
    assert all(a.confidence <= 0.6 for a in found.answers if a.how == "likeness")


def test_what_only_order_joins_says_so_and_is_less_sure(tmp_path):
    found = replied(tmp_path, papers.one_reworded())
    third = next(a for a in found.answers if a.keys == ("3",))
    assert third.how == "order"
    assert third.confidence < min(a.confidence for a in found.answers if a is not third)


def test_the_replys_own_wording_of_a_recommendation_is_kept_apart(tmp_path):
    source = papers.headed().replace("within 24 hours", "within a reasonable time")
    first = replied(tmp_path, source).answers[0]
    assert "within a reasonable time" in first.restated("1")
    assert "within a reasonable time" not in first.text


def test_a_paper_about_something_else_answers_nothing(tmp_path):
    source = papers.HEAD + "== Estates\nThe roof was mended in May, and the car park is open again."
    found = replied(tmp_path, source)
    assert found.answers == ()
    assert found.unanswered == papers.NUMBERS


def test_an_empty_paper_and_an_empty_report_are_no_trouble():
    assert answers(papers.QUESTIONS, []).unanswered == papers.NUMBERS
    assert answers([], [Page(1, 0, 0, "Recommendation 1: accepted.", (), ())]).answers == ()


def test_text_without_pages_is_read_line_by_line():
    text = "Recommendation 1\nWe will do that by May.\n\nRecommendation 2\nWe will not."
    lines, at = [], 0
    for line in text.split("\n"):
        if line:
            lines.append(Line(at, at + len(line), NOWHERE))
        at += len(line) + 1
    asked = [Asked("a", "1", "Do this."), Asked("b", "2", "Do that.")]
    found = answers(asked, [Page(1, 0, 0, text, (), tuple(lines))])
    assert by_key(found) == {"a": "We will do that by May.", "b": "We will not."}


@pytest.mark.parametrize("form", [papers.headed, papers.two_columns], ids=lambda f: f.__name__)
def test_misread_letters_do_not_lose_the_answers(form, tmp_path):
    chance = random.Random(7)
    pages = read(pdf(tmp_path, form(), "reply")).pages
    misread = [
        replace(
            page,
            text="".join(
                chance.choice("eaoinr") if c.islower() and chance.random() < 0.02 else c
                for c in page.text
            ),
        )
        for page in pages
    ]
    found = answers(papers.QUESTIONS, misread)
    for number, answer in by_key(found).items():
        right = papers.GIVEN[int(number) - 1]
        assert SequenceMatcher(None, answer, right, autojunk=False).ratio() > 0.85
    assert found.unanswered == ()


def test_a_word_document_with_a_table_is_read_like_any_other(tmp_path):
    def fill(document):
        table = document.add_table(rows=1, cols=3)
        for cell, title in zip(table.rows[0].cells, ("No", "Asked", "Response"), strict=True):
            cell.text = title
        for pair in papers.PAIRS:
            for cell, words in zip(table.add_row().cells, pair, strict=True):
                cell.text = words

    found = answers(papers.QUESTIONS, read(word(tmp_path, fill)).pages)
    assert by_key(found) == dict(zip(papers.NUMBERS, papers.GIVEN, strict=True))


@pytest.mark.parametrize(
    "text",
    ["the force should review " * 3_000, "Recommendation " * 5_000, "1." * 20_000, "(" * 20_000],
    ids=["repeated", "labels", "numbers", "brackets"],
)
def test_a_paper_made_to_be_slow_is_not(text):
    asked = [Asked(str(n), str(n), "the force should review " * 9) for n in range(1, 30)]
    began = time.process_time()
    answers(asked, [one_line(text)])
    assert time.process_time() - began < 5


@given(
    st.lists(
        st.sampled_from(
            [
                *papers.ASKED,
                *papers.GIVEN,
                *(f"Recommendation {n}" for n in range(1, 9)),
                "Recommendations 2 to 5",
                "Response",
                "Accepted",
                "Annex A",
                "4(a)",
                "“",
                "",
            ]
        ),
        max_size=40,
    )
)
@settings(max_examples=60, deadline=None)
def test_whatever_comes_the_words_are_those_of_their_places(paragraphs):
    lines, at = [], 0
    for paragraph in paragraphs:
        lines.append(Line(at, at + len(paragraph), NOWHERE))
        at += len(paragraph) + 1
    page = Page(1, 0, 0, "\n".join(paragraphs), (), tuple(lines))
    found = answers(papers.QUESTIONS, [page])
    for answer in found.answers:
        assert answer.text == words_of([page], answer.spans)
        assert answer.text
        assert 0 < answer.confidence < 1
    named = [key for a in found.answers if a.how != "likeness" for key in a.keys]
    assert sorted([*named, *found.unanswered]) == sorted(papers.NUMBERS)
