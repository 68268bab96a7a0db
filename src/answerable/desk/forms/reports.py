"""Forms about reports and their documents."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.http import QueryDict

from answerable.accounts.models import Area, Body, Person
from answerable.desk.forms.people import sentence_case
from answerable.html import DateField, FilesField, Form
from answerable.register.queries.clocks import newest_bases
from answerable.reports.models import Document, Report
from answerable.reports.queries import reports

MOST = 100_000
LONGEST = 20_000
KINDS = [(value, sentence_case(label)) for value, label in Report.Kind.choices]


def _area_words(area: Area) -> str:
    return f"{area.name}, {area.body.name}"


class Areas(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Districts, each with the body that it belongs to."""

    def clean(self, value: Any) -> Any:
        """The districts; a number that no database can hold is no district."""
        try:
            return super().clean(value)
        except OverflowError:
            raise forms.ValidationError("Choose the areas from the list") from None

    def label_from_instance(self, obj: Any) -> str:
        """The words beside the box."""
        return _area_words(obj)


def _bases(current: str) -> list[tuple[str, str]]:
    """The time limits that are known, by their code; one that is set already is kept."""
    found = {basis.code: basis.name for basis in newest_bases()}
    if current and current not in found:
        found[current] = current
    return [("", "None: nobody is bound to reply by a day"), *found.items()]


class SearchFirst(Form):
    """What a report is called, asked before it is logged."""

    title = forms.CharField(
        label="What is the report called?",
        max_length=300,
        help_text="As it stands on its first page. We look first whether it is here already.",
    )


class ReportForm(Form):
    """All that is written about a report."""

    title = forms.CharField(max_length=300, help_text="As it stands on its first page.")
    kind = forms.ChoiceField(choices=[("", "Choose a kind"), *KINDS])
    author = forms.ModelChoiceField(
        Body.objects.all(), label="Who made it", empty_label="Choose a body"
    )
    commissioner = forms.ModelChoiceField(
        Body.objects.all(), label="Who commissioned it", required=False, empty_label="Not given"
    )
    published_on = DateField(
        label="Date of publication", required=False, help_text="For example, 27 3 2024"
    )
    published_words = forms.CharField(
        label="If the day is not known",
        required=False,
        max_length=40,
        help_text="What its source says, for example “March 2014” or “2014”.",
    )
    address = forms.URLField(
        label="Official address",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Where its maker published it.",
    )
    stated_count = forms.IntegerField(
        label="How many recommendations does it say it makes?",
        required=False,
        min_value=0,
        validators=[MaxValueValidator(MOST, "That is more than a report can make")],
        help_text="What the report says of itself. We compare it with what is found.",
    )
    clock_basis = forms.ChoiceField(
        label="By when must those it addresses reply?",
        required=False,
        help_text="The law or agreement that sets a time limit. It starts a clock for each body.",
    )
    period_from = DateField(label="Period examined: from", required=False)
    period_to = DateField(label="Period examined: to", required=False)
    terms = forms.CharField(
        label="Terms of reference", required=False, widget=forms.Textarea, max_length=LONGEST
    )
    scope = forms.CharField(required=False, widget=forms.Textarea, max_length=LONGEST)
    areas = Areas(
        Area.objects.select_related("body"),
        label="Areas it is about",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = str((self.initial or {}).get("clock_basis") or "")
        self.fields["clock_basis"].choices = _bases(current)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The period may not end before it begins."""
        data = super().clean() or self.cleaned_data
        begins, ends = data.get("period_from"), data.get("period_to")
        if begins and ends and ends < begins:
            self.add_error("period_to", "The period must end on or after the day it begins")
        return data


class LogForm(ReportForm):
    """A new report; where one like it is here, a person says that it is another."""

    another = forms.BooleanField(
        label="It is another report", required=False, help_text="I have looked at those above."
    )

    def details(self) -> dict[str, Any]:
        """What the action takes."""
        return {n: v for n, v in self.cleaned_data.items() if n != "another"}


class ChangeForm(ReportForm):
    """A change to a report, with the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def details(self) -> dict[str, Any]:
        """What the action takes."""
        return {n: v for n, v in self.cleaned_data.items() if n != "version"}

    def see(self, version: int) -> None:
        """From now on the person has seen this version."""
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["version"] = str(version)
        self.data = typed


def initial_of(report: Report) -> dict[str, Any]:
    """What a form about ``report`` starts with."""
    names = [n for n in ReportForm.base_fields if n != "areas"]
    given = {n: getattr(report, f"{n}_id", None) or getattr(report, n) for n in names}
    return given | {"areas": list(report.areas.all()), "version": report.version}


class NarrowReports(Form):
    """What narrows the list of reports; anything that makes no sense narrows nothing."""

    q = forms.CharField(label="Words in the title or the maker", required=False, max_length=200)
    to_do = forms.ChoiceField(
        label="To do",
        required=False,
        choices=[("", "Anything"), *((k, sentence_case(v)) for k, v in reports.TO_DO.items())],
    )
    kind = forms.ChoiceField(
        required=False,
        choices=[("", "Any kind"), *KINDS],
    )
    author = forms.TypedChoiceField(label="Made by", required=False, coerce=int, empty_value=None)
    year = forms.TypedChoiceField(
        label="Published in", required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        makers = [(str(pk), name) for pk, name in reports.makers(person)]
        self.fields["author"].choices = [("", "Any maker"), *makers]  # type: ignore[attr-defined]
        years = [(str(y), str(y)) for y in reports.years(person)]
        self.fields["year"].choices = [("", "Any year"), *years]  # type: ignore[attr-defined]

    def narrowing(self, order: str) -> reports.Narrowing:
        """What is asked for, as the query takes it."""
        self.is_valid()
        asked = self.cleaned_data
        return reports.Narrowing(
            words=asked.get("q") or "",
            author=asked.get("author"),
            kind=asked.get("kind") or "",
            year=asked.get("year"),
            to_do=asked.get("to_do") or "",
            order=order if order in reports.ORDERS else "",
        )


class AddDocuments(Form):
    """Files for a report, as many as there are."""

    uploads = FilesField(
        label="Files",
        allow_empty_file=True,  # each file is answered for itself, the empty one too
        help_text="PDF, Word (.docx), HTML or plain text. You can choose several at once.",
    )
    purpose = forms.ChoiceField(
        label="What are they?",
        choices=[
            (Document.Purpose.REPORT, "The report itself, or a part of it"),
            (Document.Purpose.REPLY, "Replies to it"),
        ],
        widget=forms.RadioSelect,
        initial=Document.Purpose.REPORT,
        error_messages={"required": "Choose what the files are"},
    )


class OpenDocument(Form):
    """Why a document is made public, and that someone has looked for names."""

    because = forms.CharField(
        label="Why can everyone see it?",
        max_length=500,
        error_messages={"required": "Say why everyone can see it"},
        help_text="For example: its maker has published it at the official address.",
    )
    looked = forms.BooleanField(
        label="I have looked: it names nobody who has a right not to be named",
        error_messages={"required": "Look for names first, then tick the box"},
    )


class CloseDocument(Form):
    """Why a document leaves the public record."""

    because = forms.CharField(
        label="Why is it taken back?",
        max_length=500,
        error_messages={"required": "Say why it is taken back"},
    )
