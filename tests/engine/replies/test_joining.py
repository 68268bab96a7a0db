"""A reply's answers are joined to what they answer, whatever form the reply has."""

from pathlib import Path

import pytest

from answerable.engine.documents import Line, Page, read, words_of
from answerable.engine.replies import Answers, Asked, answers
from tests.engine.documents.papers import pdf
from tests.engine.replies import papers


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
    box = type("B", (), {"left": 0.0, "top": 0.0, "right": 0.0, "bottom": 0.0})()
    for line in text.split("\n"):
        if line:
            lines.append(Line(at, at + len(line), box))
        at += len(line) + 1
    asked = [Asked("a", "1", "Do this."), Asked("b", "2", "Do that.")]
    found = answers(asked, [Page(1, 0, 0, text, (), tuple(lines))])
    assert by_key(found) == {"a": "We will do that by May.", "b": "We will not."}
