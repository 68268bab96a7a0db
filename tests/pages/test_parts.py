"""The frame around every page, and the parts that records are shown with."""

from datetime import date
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from selectolax.lexbor import LexborHTMLParser

from tests.html.draw import drawn

SAID = {"answer": "Accepted", "by": "Chief Constable, 2 May 2024"}
SEEN = {"answer": "Partly assured", "sign": "part"}
PAGE = '{% extends "public.html" %}{% block title %}Reports{% endblock %}{% block content %}words{% endblock %}'


def tree(template: str, /, **context: Any) -> LexborHTMLParser:
    return LexborHTMLParser(drawn(template, **context))


def text(node: Any) -> str:
    """The words of ``node``, as they are read."""
    assert node is not None
    return " ".join(node.text().split())


# --- the frame ---


def test_a_page_needs_nothing_but_its_words() -> None:
    page = tree(PAGE)
    assert text(page.css_first("title")) == "Reports · Answerable"
    assert text(page.css_first("main")) == "words"
    assert page.css_first(".govuk-service-navigation") is None
    assert page.css_first(".an-demo") is None


def test_a_page_says_whose_record_it_is_and_where_one_is() -> None:
    navigation = [
        {"text": "Today", "href": "/desk/", "active": True},
        {"text": "Reports", "href": "/r/"},
    ]
    page = tree(PAGE, office_name="Northmoor Commissioner", navigation=navigation, demo=True)
    assert text(page.css_first("title")) == "Reports · Northmoor Commissioner · Answerable"
    here = page.css("[aria-current]")
    assert [text(node) for node in here] == ["Today"]
    assert "Northmoor is invented" in text(page.css_first(".an-demo"))


def test_the_first_link_of_a_page_goes_past_the_header() -> None:
    page = tree(PAGE)
    assert page.css("a")[0].attributes["href"] == "#main-content"
    assert page.css_first("main").attributes["id"] == "main-content"


def test_the_title_says_that_something_is_wrong() -> None:
    title = text(tree(PAGE, form={"errors": {"title": ["Enter the title"]}}).css_first("title"))
    assert title.startswith("Error: ")


def test_signing_out_is_an_act_and_not_a_link() -> None:
    user = {"is_authenticated": True, "name": "Rosa Adeyemi"}
    page = tree('{% extends "desk.html" %}', user=user, request=RequestFactory().get("/"))
    form = page.css_first(".an-header form[method=post]")
    assert form is not None
    assert text(form.css_first("button")) == "Sign out"


def test_a_public_page_says_nothing_about_who_reads_it() -> None:
    user = {"is_authenticated": True, "name": "Rosa Adeyemi"}
    assert "Rosa" not in drawn(PAGE, user=user)


def test_an_exported_page_finds_its_files_from_where_it_lies() -> None:
    page = tree(PAGE, asset_root="../assets/")
    addresses = [node.attributes["href"] for node in page.css("link")]
    addresses += [node.attributes["src"] for node in page.css("script")]
    assert all(address.startswith("../assets/") for address in addresses)
    assert len(addresses) == 4


def test_a_served_page_finds_its_files_under_the_static_address(settings: Any) -> None:
    assert f'href="{settings.STATIC_URL}answerable.css"' in drawn(PAGE)


def test_a_page_that_could_hurt_can_be_left_at_once() -> None:
    page = tree(PAGE, exit_href="https://www.example.org/weather")
    assert len(page.css("a[href='https://www.example.org/weather']")) == 2
    assert page.css_first(".govuk-js-exit-this-page-skiplink")
    assert tree(PAGE).css_first(".govuk-exit-this-page") is None


def test_the_footer_names_the_edition_if_there_is_one() -> None:
    edition = {"number": 14, "date": "2026-11-20"}
    assert "Edition 14, published 20 November 2026." in text(
        tree(PAGE, edition=edition).css_first("footer")
    )
    assert "Edition" not in text(tree(PAGE, edition=None).css_first("footer"))


# --- pages that say no ---


@pytest.mark.parametrize("code", [400, 403, 404, 429, 500])
def test_a_page_that_says_no_needs_no_context_and_says_what_to_do(code: int) -> None:
    page = LexborHTMLParser(render_to_string(f"{code}.html"))
    assert len(page.css("h1")) == 1
    assert len(page.css("main p")) >= 2


def test_a_refusal_is_given_in_its_own_words() -> None:
    page = render_to_string(
        "403.html", {"reason": "You proposed it, so someone else must approve it."}
    )
    assert "You proposed it, so someone else must approve it." in page


# --- buttons ---


def test_a_button_that_acts_brings_its_own_form_and_token() -> None:
    request = RequestFactory().get("/")
    page = tree('{% button "Approve" action="/approve" %}', request=request)
    form = page.css_first("form[method=post][action='/approve']")
    assert form is not None
    assert form.css_first("input[name=csrfmiddlewaretoken]")
    assert form.css_first("button[data-prevent-double-click]")


def test_where_a_rule_says_no_its_sentence_stands_instead_of_the_button() -> None:
    page = tree(
        '{% button "Approve" action="/approve" refused=why %}', why="You proposed this <edition>."
    )
    assert page.css_first("button") is None
    assert text(page.css_first("p")) == "You proposed this <edition>."


def test_a_kind_of_button_that_does_not_exist_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="primary"):
        drawn('{% button "Go" kind="primary" %}')


# --- records ---


def test_the_four_questions_stand_in_their_order_with_words() -> None:
    page = tree(
        "{% four r d a e apart=apart %}",
        r=SAID,
        d={"answer": "Ready for assessment"},
        a=SEEN,
        e={"answer": "No measure yet"},
        apart="Someone independent has seen part of it.",
    )
    names = [text(node) for node in page.css(".an-four__name b")]
    assert names == ["Response", "Delivery", "Assurance", "Effect"]
    answers = [text(node) for node in page.css(".an-four__answer")]
    assert answers == ["Accepted", "Ready for assessment", "Partly assured", "No measure yet"]
    assert "differ" in text(page.css_first(".an-apart"))


def test_nothing_is_said_of_a_difference_where_there_is_none() -> None:
    assert tree("{% four r r r r %}", r=SAID).css_first(".an-apart") is None


def test_the_words_of_others_are_never_taken_for_markup() -> None:
    page = tree(
        "{% words text source=source page=61 href='/page/61' %}",
        text="<b>Do</b> it",
        source="A & B",
    )
    assert text(page.css_first("blockquote")) == "<b>Do</b> it"
    assert text(page.css_first(".an-source")) == "A & B, page 61"
    assert page.css_first(".an-source a").attributes["href"] == "/page/61"


def test_what_was_changed_is_said_and_not_only_coloured() -> None:
    pieces = [("same", "within "), ("removed", "24 hours"), ("added", "a reasonable time")]
    page = tree("{% difference pieces %}", pieces=pieces)
    assert "24 hours" in text(page.css_first("del"))
    assert text(page.css_first("blockquote")) == (
        "within [removed:] 24 hours [end][added:] a reasonable time [end]"
    )


def test_a_bar_is_a_list_of_sentences_that_says_every_count() -> None:
    parts = [
        {"count": 9_700, "words": "accepted", "shade": "full", "href": "/accepted"},
        {"count": 300, "words": "nobody has looked yet", "shade": "none"},
        {"count": 0, "words": "rejected", "shade": "little"},
    ]
    page = tree("{% bar parts label='Response' %}", parts=parts)
    assert [text(node) for node in page.css(".an-bar li")] == [
        "9,700 accepted",
        "300 nobody has looked yet",
    ]
    assert text(page.css_first(".an-bar-rest")) == "300 nobody has looked yet"
    assert page.css_first(".w-97")


def test_a_bar_of_nothing_is_empty() -> None:
    assert tree("{% bar parts %}", parts=[]).css("li") == []


def test_history_is_told_with_its_days() -> None:
    lines = [
        {"when": date(2026, 9, 3), "text": "Claimed <ready>."},
        {"when": "2024-03", "text": "Asked."},
    ]
    page = tree("{% history lines %}", lines=lines)
    assert [text(node) for node in page.css("time")] == ["3 September 2026", "March 2024"]
    assert page.css("time")[0].attributes["datetime"] == "2026-09-03"
    assert "Claimed <ready>." in text(page.css("li")[0])


def test_a_record_has_a_row_for_each_thing_and_says_what_is_missing() -> None:
    page = tree(
        '{% summary_list %}{% row "Title" t href="/change" %}{% row "Published" p %}{% row "Scope" "" %}'
        '{% row "Recommendations" 0 %}{% long_row "For" %}<b>Police</b>{% endlong_row %}{% endsummary_list %}',
        t="A & B",
        p=date(2024, 3, 14),
    )
    values = [text(node) for node in page.css("dd.govuk-summary-list__value")]
    assert values == ["A & B", "14 March 2024", "Not given", "0", "Police"]
    assert page.css_first("dd b")
    assert text(page.css_first("dd a")) == "Change title"


# --- lists ---


def pages(number: int, last: int, address: str = "/list") -> LexborHTMLParser:
    page = Paginator(range(last * 10), 10).page(number)
    return tree("{% pagination page %}", page=page, request=RequestFactory().get(address))


def test_one_page_needs_no_pagination() -> None:
    assert pages(1, 1).css_first("nav") is None


@pytest.mark.parametrize(
    ("number", "last", "shown"),
    [
        (1, 3, "1 2 3"),
        (1, 10, "1 2 ⋯ 10"),
        (4, 10, "1 2 3 4 5 ⋯ 10"),
        (6, 12, "1 ⋯ 5 6 7 ⋯ 12"),
        (12, 12, "1 ⋯ 11 12"),
    ],
)
def test_the_first_the_last_and_the_near_pages_are_shown(
    number: int, last: int, shown: str
) -> None:
    page = pages(number, last)
    assert " ".join(text(node) for node in page.css(".govuk-pagination__item")) == shown
    assert text(page.css_first("[aria-current=page]")) == str(number)


def test_the_other_questions_of_the_address_are_kept() -> None:
    page = pages(2, 3, "/list?q=a%26b&area=x&area=y&page=2")
    assert page.css_first("[rel=next]").attributes["href"] == "?q=a%26b&area=x&area=y&page=3"


def test_an_edition_has_a_file_for_each_page() -> None:
    page = Paginator(range(30), 10).page(2)
    html = tree('{% pagination page pattern="register-{}.html" %}', page=page)
    assert html.css_first("[rel=next]").attributes["href"] == "register-3.html"


def test_a_change_of_the_query_starts_on_the_first_page() -> None:
    request = RequestFactory().get("/list?q=x&sort=due&page=4")
    assert drawn('{% query sort="age" %}', request=request) == "?q=x&amp;sort=age"
    assert drawn('{% query q="" sort=None %}', request=request) == "?"
