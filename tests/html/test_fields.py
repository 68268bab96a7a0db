"""A form is drawn with its labels, hints and errors joined to their fields."""

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from answerable.html import FilesField, Form
from tests.html.draw import drawn
from tests.html.kitchen import FilterForm, ReportForm


def page(source: str, **context: Any) -> HTMLParser:
    return HTMLParser(drawn(source, **context))


def text(node: Any) -> str:
    """The words of ``node``, as they are read."""
    assert node is not None
    return " ".join(node.text().split())


def test_every_line_of_the_summary_leads_to_a_field_that_is_there() -> None:
    form = ReportForm({"published_on-day": "1", "published_on-month": "2"})
    fields = " ".join(f"{{% field form.{name} %}}" for name in form.fields)
    tree = page("{% form_errors form %}" + fields, form=form)
    links = tree.css(".govuk-error-summary a")
    assert len(links) == len(form.errors) > 3
    for link in links:
        assert tree.css_first(f"[id='{(link.attributes['href'] or '')[1:]}']"), link.html


def test_the_summary_of_a_date_leads_to_the_part_that_is_wrong() -> None:
    form = ReportForm(
        {"published_on-day": "1", "published_on-month": "2", "published_on-year": "24"}
    )
    tree = page("{% form_errors form %}{% field form.published_on %}", form=form)
    assert tree.css_first("a[href='#id_published_on-year']")
    marked = [node.attributes["name"] for node in tree.css("input.govuk-input--error")]
    assert marked == ["published_on-year"]


def test_an_error_of_the_whole_form_has_a_line_without_a_link() -> None:
    form = FilterForm(QueryDict(""))
    form.add_error(None, "You uploaded this evidence, so someone else must verify it.")
    line = page("{% form_errors form %}", form=form).css_first(".govuk-error-summary__list li")
    assert line is not None
    assert text(line) == "You uploaded this evidence, so someone else must verify it."
    assert line.css_first("a") is None


def test_a_form_that_was_not_sent_has_no_summary() -> None:
    assert drawn("{% form_errors form %}", form=ReportForm()) == ""


def test_hint_and_error_are_read_out_with_their_field() -> None:
    tree = page("{% field form.title %}", form=ReportForm({}))
    title = tree.css_first("#id_title")
    assert title is not None
    assert title.attributes["aria-describedby"] == "id_title-hint id_title-error"
    assert text(tree.css_first("#id_title-error")) == "Error: Enter the title"


def test_what_was_typed_is_still_there() -> None:
    form = ReportForm({"title": "A <b>review</b>", "position": "in_part", "areas": ["carrow"]})
    source = "{% field form.title %}{% field form.position %}{% field form.areas %}"
    tree = page(source, form=form)
    assert tree.css_first("#id_title").attributes["value"] == "A <b>review</b>"
    assert [node.attributes["value"] for node in tree.css("input[checked]")] == [
        "in_part",
        "carrow",
    ]


def test_boxes_are_boxes_and_rounds_are_rounds() -> None:
    tree = page("{% field form.areas %}{% field form.position %}", form=ReportForm())
    assert len(tree.css("input[type=checkbox]")) == 3
    assert len(tree.css("input[type=radio]")) == 3


def test_a_password_is_never_sent_back() -> None:
    assert "hunter2" not in drawn(
        "{% field form.password %}", form=ReportForm({"password": "hunter2"})
    )


def test_a_choice_has_its_hint_and_the_question_that_follows_from_it() -> None:
    tree = page('{% field form.position reveal="in_part:why" %}', form=ReportForm())
    assert "They wrote, but" in (tree.css_first("#id_position-3-item-hint").text() or "")
    follows = tree.css_first(".govuk-radios__item + .an-under")
    assert follows is not None
    assert follows.css_first("#id_why")


def test_a_label_can_be_the_heading_of_the_page() -> None:
    tree = page(
        '{% field form.title heading="l" %}{% field form.areas heading="l" %}', form=ReportForm()
    )
    assert [text(node) for node in tree.css("h1")] == ["Title", "Areas"]


def test_room_that_is_left_is_counted() -> None:
    tree = page("{% field form.scope most=200 %}", form=ReportForm())
    assert tree.css_first("[data-maxlength='200']")
    assert text(tree.css_first("#id_scope-info")) == "You can enter up to 200 characters"


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (forms.CharField(label="Title"), "Enter the title"),
        (forms.CharField(label="Your name"), "Enter your name"),
        (forms.CharField(label="What did they say?"), "Give an answer: what did they say?"),
        (forms.ChoiceField(label="Kind"), "Choose the kind"),
        (forms.ChoiceField(label="Who answers?"), "Choose an answer: who answers?"),
        (forms.BooleanField(label="I have read it"), "Tick the box: I have read it"),
        (FilesField(label="Documents"), "Choose a file"),
        (forms.CharField(label="URL"), "Enter the URL"),
        (forms.CharField(error_messages={"required": "Say why"}), "Say why"),
    ],
)
def test_what_is_missing_is_asked_for_by_name(field: forms.Field, sentence: str) -> None:
    form = type("Asked", (Form,), {"thing": field})({})
    assert form.errors["thing"] == [sentence]


def test_a_form_of_somebody_else_asks_by_name_as_well() -> None:
    class Theirs(forms.Form):
        password = forms.CharField(label="Password")

    tree = page("{% form_errors form %}{% field form.password %}", form=Theirs({}))
    assert text(tree.css_first(".govuk-error-summary a")) == "Enter the password"
    assert text(tree.css_first("#id_password-error")) == "Error: Enter the password"


def test_many_files_are_received_at_once() -> None:
    class Upload(Form):
        files = FilesField()

    sent = [SimpleUploadedFile("a.pdf", b"%PDF-"), SimpleUploadedFile("b.txt", b"text")]
    form = Upload({}, MultiValueDict({"files": sent}))
    assert form.is_valid(), form.errors
    assert [one.name for one in form.cleaned_data["files"]] == ["a.pdf", "b.txt"]


def test_one_empty_file_among_many_is_named() -> None:
    class Upload(Form):
        files = FilesField()

    sent = [SimpleUploadedFile("a.pdf", b"%PDF-"), SimpleUploadedFile("b.txt", b"")]
    assert not Upload({}, MultiValueDict({"files": sent})).is_valid()


def test_a_widget_without_a_component_is_a_mistake_of_ours() -> None:
    class Odd(Form):
        thing = forms.SplitDateTimeField()

    with pytest.raises(TypeError, match="SplitDateTimeWidget"):
        drawn("{% field form.thing %}", form=Odd())


def test_what_is_chosen_can_be_taken_out_one_by_one() -> None:
    query = QueryDict(
        "q=record&area=carrow&area=ashby&page=4&since-day=1&since-month=2&since-year=2024"
    )
    tree = page('{% filters form keep="sort" %}', form=FilterForm(query))
    out = {text(link): link.attributes["href"] for link in tree.css(".an-chosen a")}
    assert list(out) == [
        "Take out Words: record",
        "Take out Carrow",
        "Take out Ashby Vale",
        "Take out Published since: 1 February 2024",
    ]
    assert (
        out["Take out Carrow"] == "?q=record&area=ashby&since-day=1&since-month=2&since-year=2024"
    )
    assert out["Take out Published since: 1 February 2024"] == "?q=record&area=carrow&area=ashby"


def test_the_order_of_a_list_stays_when_it_is_narrowed() -> None:
    tree = page('{% filters form keep="sort" %}', form=FilterForm(QueryDict("sort=due&q=x")))
    assert tree.css_first("input[type=hidden][name=sort]").attributes["value"] == "due"
