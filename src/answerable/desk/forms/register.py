"""Forms of the register: what narrows the list, replies, positions, clocks, corrections."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from answerable.accounts.models import Body
from answerable.assurance.queries.narrowing import CLAIMS, CLOSING, OPINIONS
from answerable.desk.forms.people import sentence_case
from answerable.engine.clocks import Unit
from answerable.html import ChoiceWithHints, DateField, Form
from answerable.register.models import Basis, Clock, Kind, Position, Recommendation, Stands
from answerable.register.queries.clocks import newest_bases
from answerable.register.queries.listing import CLOCKS, ORDERS, Known, Narrowing
from answerable.register.rules.clocks import LONGEST
from answerable.reports.models import Document, Report

LONGEST_WORDS = 50_000
LONGEST_REASON = 2_000
UNIT_WORDS = {Unit.CALENDAR_DAYS: "days", Unit.WORKING_DAYS: "working days", Unit.MONTHS: "months"}

Pairs = Iterable[tuple[Any, Any]]


def _named(pairs: Pairs, anything: str) -> list[tuple[str, str]]:
    return [("", anything), *((str(key), sentence_case(name)) for key, name in pairs)]


class NarrowRegister(Form):
    """What narrows the register; anything that makes no sense narrows nothing."""

    q = forms.CharField(label="Words", required=False, max_length=200)
    body = forms.TypedChoiceField(
        label="Addressed to", required=False, coerce=int, empty_value=None
    )
    position = forms.ChoiceField(
        label="Response", required=False, choices=_named(Stands.choices, "Any response")
    )
    claim = forms.ChoiceField(
        label="Delivery", required=False, choices=_named(CLAIMS.items(), "Any claim, or none")
    )
    assurance = forms.ChoiceField(
        label="Assurance", required=False, choices=_named(OPINIONS.items(), "Any opinion, or none")
    )
    closing = forms.ChoiceField(
        label="Closing", required=False, choices=_named(CLOSING.items(), "Closed or not")
    )
    clock = forms.ChoiceField(
        label="Clock", required=False, choices=_named(CLOCKS.items(), "Any clock")
    )
    kind = forms.ChoiceField(required=False, choices=_named(Kind.choices, "Any kind"))
    author = forms.TypedChoiceField(
        label="Report made by", required=False, coerce=int, empty_value=None
    )
    area = forms.TypedChoiceField(
        label="Area of the report", required=False, coerce=int, empty_value=None
    )
    report = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, known: Known, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, pairs, anything in (
            ("body", known.bodies, "Any body"),
            ("author", known.authors, "Any maker"),
            ("area", known.areas, "Any area"),
        ):
            self.fields[name].choices = [("", anything), *((str(k), n) for k, n in pairs)]  # type: ignore[attr-defined]
            if not pairs:
                del self.fields[name]

    def narrowing(self, order: str) -> Narrowing:
        """What is asked for, as the query takes it."""
        self.is_valid()
        asked = self.cleaned_data
        report = asked.get("report")
        return Narrowing(
            words=asked.get("q") or "",
            body=asked.get("body"),
            report=report if report and report < 2**31 else None,
            author=asked.get("author"),
            area=asked.get("area"),
            kind=asked.get("kind") or "",
            position=asked.get("position") or "",
            clock=asked.get("clock") or "",
            claim=asked.get("claim") or "",
            assurance=asked.get("assurance") or "",
            closing=asked.get("closing") or "",
            order=order if order in ORDERS else "",
        )


def reason_field(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    """Why something is done: shown for ever beside what was done."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def words_field(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    """Words of others, exactly as they stand."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 9}),
    )


class ReplyForm(Form):
    """A body's reply to one recommendation."""

    words = words_field(
        "What does the reply say?",
        "Exactly as it is written, about this recommendation only. Nothing can be changed later; "
        "another reply can be added.",
    )
    restates = words_field(
        "If it words the recommendation in its own way, how?",
        "Leave empty if it does not. The difference is shown word by word.",
        required=False,
    )
    dated_on = DateField(label="Date of the reply", past=True, help_text="For example, 27 3 2026")
    received_on = DateField(
        label="Day it came, if it was another day",
        past=True,
        required=False,
        help_text="The clock stops on this day.",
    )
    document = forms.ModelChoiceField(
        Document.objects.none(),
        label="Document it stands in",
        required=False,
        empty_label="None, or not received yet",
    )
    page = forms.IntegerField(
        label="Page", required=False, min_value=1, max_value=100_000, help_text="Of that document."
    )
    source_url = forms.URLField(
        label="Where it is published, if it is",
        required=False,
        max_length=500,
        assume_scheme="https",
    )

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theirs = Document.objects.filter(report=recommendation.report_id)
        self.fields["document"].queryset = theirs.order_by("-purpose", "name")  # type: ignore[attr-defined]


READS = {
    Position.ACCEPTED: "It says plainly that the recommendation is accepted.",
    Position.IN_PART: "It accepts some of what was asked, and not the rest.",
    Position.IN_PRINCIPLE: "It agrees with the aim, but does not say that it will do this.",
    Position.REJECTED: "It says no.",
    Position.ANOTHERS: "It says that someone else must answer.",
    Position.NO_RESPONSE: "It is only an acknowledgement, or does not answer. The clock runs on.",
}


class PositionForm(Form):
    """The position that the overseer reads in a reply."""

    position = ChoiceWithHints(
        label="What position does it take?",
        choices=[(value, sentence_case(label)) for value, label in Position.choices],
        hints={str(value): words for value, words in READS.items()},
    )
    reason = reason_field(
        "Why do you read it so?",
        "Public. Always needed, unless you read it as accepted for the first time. Quote the words "
        "that decide it.",
        required=False,
    )


class StartForm(Form):
    """The time limit of an answer that has none."""

    basis = forms.ModelChoiceField(
        Basis.objects.none(), label="On what law or agreement?", empty_label="Choose one"
    )
    starts_on = DateField(
        label="From which day is it counted?",
        help_text="The day of publication, making or receipt, as the law or agreement says.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = [basis.pk for basis in newest_bases()]
        self.fields["basis"].queryset = Basis.objects.filter(pk__in=newest).order_by("name")  # type: ignore[attr-defined]


class ExtendForm(Form):
    """A longer time limit."""

    days = forms.IntegerField(min_value=1, max_value=LONGEST)
    reason = reason_field("Why, and who decided it?", "Shown for ever beside the date.")

    def __init__(self, *args: Any, clock: Clock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = UNIT_WORDS[Unit(clock.basis.unit)]
        self.fields["days"].label = f"How many more {unit}?"
        self.fields["days"].error_messages["required"] = f"Enter how many more {unit}"


class PauseForm(Form):
    """A clock that stands still."""

    on = DateField(label="First day on which it stands still", past=True)
    reason = reason_field("Why, and who decided it?", "For example: judicial review.")


class ResumeForm(Form):
    """A clock that runs again."""

    on = DateField(label="First day that counts again", past=True)
    reason = reason_field("Why, and who decided it?")


class OfficialForm(Form):
    """The last day as the source itself gives it."""

    on = DateField(label="Last day, as the source gives it")
    reason = reason_field("Where does it say so?", "A letter, a page, an address.")


class CorrectForm(Form):
    """The words as they truly stand in the report."""

    words = words_field("The words, exactly as they stand in the report")
    reason = reason_field("What was wrong?", "Public: for example, “a line was left out”.")


class WithdrawForm(Form):
    """Why a recommendation was entered in error."""

    reason = reason_field(
        "Why was it entered in error?", "Public. The reference stays, and is never used again."
    )


class AddressForm(Form):
    """One more body that a recommendation is addressed to."""

    body = forms.ModelChoiceField(
        Body.objects.none(), label="Which body?", empty_label="Choose a body"
    )
    because = forms.CharField(
        label="Where is it named?",
        max_length=200,
        required=False,
        help_text="For example: “the Chief Constable” in the recommendation itself.",
    )

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Body.objects.exclude(undertakings__recommendation=recommendation)
        self.fields["body"].queryset = others.order_by("name")  # type: ignore[attr-defined]


class EnterForm(Form):
    """A recommendation typed in by hand, where no document could be read."""

    words = words_field("What does the report ask for?", "Exactly as it stands there.")
    kind = forms.ChoiceField(choices=[(v, sentence_case(text)) for v, text in Kind.choices])
    number = forms.CharField(
        label="Number in the report", required=False, max_length=60, help_text="As printed."
    )
    document = forms.ModelChoiceField(
        Document.objects.none(),
        label="Document it stands in",
        required=False,
        empty_label="None of those received",
    )
    page = forms.IntegerField(label="Page", required=False, min_value=1, max_value=100_000)
    bodies = forms.ModelMultipleChoiceField(
        Body.objects.none(), label="Addressed to", widget=forms.CheckboxSelectMultiple
    )
    because = forms.CharField(label="Where are they named?", max_length=200, required=False)

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theirs = Document.objects.filter(report=report)
        self.fields["document"].queryset = theirs  # type: ignore[attr-defined]
        self.fields["bodies"].queryset = Body.objects.order_by("name")  # type: ignore[attr-defined]


def initial_start(report: Report, basis: Basis | None) -> dict[str, date | Basis | None]:
    """What the form for a new clock starts with: the report's own basis and day."""
    return {"basis": basis, "starts_on": report.published_on}
