"""Forms of a plan: actions, their dates and owners, milestones, and what they wait for."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import is_of_office
from answerable.desk.forms.people import sentence_case
from answerable.desk.forms.register import reason_field
from answerable.desk.forms.seen import SeenForm
from answerable.engine.clauses import Span, clauses, place_of
from answerable.html import DateField, Form
from answerable.plan.models import Action, DateOf
from answerable.plan.queries.listing import NARROWS, STATES, Narrowing

LONGEST = 10_000


class NarrowPlan(Form):
    """What narrows the actions of one body; anything that makes no sense narrows nothing."""

    q = forms.CharField(label="Words", required=False, max_length=200)
    state = forms.ChoiceField(
        required=False,
        choices=[("", "Any state"), *((k, sentence_case(v)) for k, v in STATES.items())],
    )
    only = forms.MultipleChoiceField(
        label="Only those that are",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, counts: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, f"{words} ({counts[key]:,})") for key, words in NARROWS.items()]
        self.fields["only"].choices = choices  # type: ignore[attr-defined]

    def narrowing(self) -> Narrowing:
        """What is asked for, as the query takes it."""
        self.is_valid()
        asked = self.cleaned_data
        return Narrowing(
            words=asked.get("q") or "",
            state=asked.get("state") or "",
            only=tuple(asked.get("only") or ()),
        )


def _title(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=200)


class DetailsForm(SeenForm):
    """What may be changed of an action at any time; what it said before stays on record."""

    title = _title(
        "What will be done?", "One line: something that a reader can later see was done or not."
    )
    words = forms.CharField(
        label="More about it",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    cost = forms.DecimalField(
        label="What does it cost?",
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        help_text="In pounds, in all. Leave empty if it is not known.",
    )
    funding = forms.CharField(label="From which money?", required=False, max_length=300)
    funding_ends_on = DateField(
        label="When does that money end?",
        required=False,
        help_text="For example, 31 3 2027. Once it has ended, the page says so.",
    )


class OwnerFields(forms.Form):
    """Who answers for an action: a post, and who holds it."""

    owner_role = forms.CharField(
        label="Which post answers for it?",
        max_length=200,
        help_text="For example: Head of Public Protection. The post is published.",
        error_messages={"required": "Enter the post that answers for it"},
    )
    owner = forms.ModelChoiceField(
        Person.objects.none(),
        label="Who holds that post, if they have access here?",
        required=False,
        empty_label="Nobody with access",
    )
    owner_name = forms.CharField(
        label="Or their name, if they have no access",
        required=False,
        max_length=120,
        help_text="The name stays inside.",
    )


def people_of(form: forms.Form, body: Body) -> None:
    """Offer as owners those who have access for ``body``."""
    theirs = Person.objects.filter(body=body, is_active=True).order_by("name")
    form.fields["owner"].queryset = theirs  # type: ignore[attr-defined]


class ActionForm(OwnerFields, DetailsForm):
    """A new action, with the first date that it will ever have."""

    field_order = ("title", "words", "owner_role", "owner", "owner_name", "due_on", "date_of")
    due_on = DateField(
        label="By when?",
        required=False,
        help_text="This first date is shown for ever, even if it is moved. Leave it empty if there "
        "is none yet: the list then says so.",
    )
    date_of = forms.ChoiceField(
        label="Whose date is it?",
        choices=[(value, sentence_case(label)) for value, label in DateOf.choices],
        widget=forms.RadioSelect,
        initial=DateOf.BODY,
        help_text="Only the office moves a date that the overseer set.",
    )

    def __init__(self, *args: Any, body: Body, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people_of(self, body)
        if not is_of_office(person):
            del self.fields["date_of"]


class FirstDateForm(Form):
    """The first date of an action that had none."""

    due_on = DateField(
        label="By when?", help_text="This first date is shown for ever, even if it is moved."
    )


class MoveForm(SeenForm):
    """Another date for what has one, and why."""

    after = DateField(label="To which date should it move?", help_text="For example, 27 3 2027")
    reason = reason_field(
        "Why should it move?", "Published, for ever, beside the first date and the new one."
    )


class OwnerForm(OwnerFields, SeenForm):
    """Another owner for an action, and why."""

    reason = reason_field("Why does the owner change?", "Published, for ever, in the ledger.")

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people_of(self, action.body)


APPROVE, REFUSE = "approve", "refuse"


class DecideForm(Form):
    """Approve what someone else asked for, or refuse it with a reason."""

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[(APPROVE, "Approve it"), (REFUSE, "Refuse it")],
        widget=forms.RadioSelect,
    )
    reason = reason_field("Why do you refuse it?", "Kept in the ledger.", required=False)


class TakeBackForm(Form):
    """Why what one asked for oneself is taken back."""

    reason = reason_field("Why do you take it back?", "Kept in the ledger.")


class ReasonForm(Form):
    """Why something is given up, or taken up again."""

    reason = reason_field("Why?")

    def __init__(self, *args: Any, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = hint


class DayForm(Form):
    """The day on which something happened."""

    on = DateField(label="On which day?", past=True, help_text="For example, 27 3 2026")

    def __init__(self, *args: Any, label: str = "On which day?", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = label


class MilestoneForm(Form):
    """A step on the way, with its first date."""

    title = forms.CharField(
        label="What will be there?",
        max_length=300,
        help_text="A step that a reader can later see was reached or not.",
    )
    due_on = DateField(
        label="By when?", help_text="This first date is shown for ever, even if it is moved."
    )
    date_of = forms.ChoiceField(
        label="Whose date is it?",
        choices=[(value, sentence_case(label)) for value, label in DateOf.choices],
        widget=forms.RadioSelect,
        initial=DateOf.BODY,
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_of_office(person):
            del self.fields["date_of"]


class DependencyForm(Form):
    """What an action waits for: another action of the plan, or something outside it."""

    on_action = forms.ModelChoiceField(
        Action.objects.none(),
        label="Another action of this plan",
        required=False,
        empty_label="None: it is something outside this plan",
    )
    words = forms.CharField(
        label="Or something outside this plan, in words",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    needed_by_on = DateField(label="Needed by, if there is a day", required=False)

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Action.objects.filter(body=action.body_id).exclude(pk=action.pk)
        field = self.fields["on_action"]
        field.queryset = others.filter(abandoned_at__isnull=True, done_on__isnull=True)  # type: ignore[attr-defined]
        field.label_from_instance = _action_words  # type: ignore[attr-defined]


def _action_words(action: Action) -> str:
    return f"{action.reference}: {action.title}"


class ServeForm(SeenForm):
    """Which action serves what was asked, and which of its words: clauses to tick, or a quotation."""

    action = forms.ModelChoiceField(
        Action.objects.none(),
        label="Which action?",
        to_field_name="reference",
        empty_label="Choose an action",
    )
    clauses = forms.TypedMultipleChoiceField(
        label="Which words does it serve?",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    quote = forms.CharField(
        label="Or only these words",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Copied from what was asked, where it serves less than a whole part.",
    )
    note = forms.CharField(
        label="How does it serve them?",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        actions: Iterable[Action],
        words: str,
        served: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.words, self.cuts = words, clauses(words)
        field = self.fields["action"]
        field.queryset = actions  # type: ignore[attr-defined]
        field.label_from_instance = _action_words  # type: ignore[attr-defined]
        parts = [(n, words[start:end]) for n, (start, end) in enumerate(self.cuts)]
        self.fields["clauses"].choices = parts  # type: ignore[attr-defined]
        self.fields["clauses"].hints = {  # type: ignore[attr-defined]
            str(n): by for n, by in enumerate(served) if by
        }

    def clean_quote(self) -> Span | None:
        """Where the quotation stands in what was asked."""
        quote = self.cleaned_data["quote"]
        found = place_of(quote, self.words)
        if quote.strip() and found is None:
            raise ValidationError("These words do not stand in what was asked. Copy them exactly.")
        return found

    def spans(self) -> list[Span]:
        """The words that were chosen; none where nothing was."""
        found: list[Span] = []
        last = -2
        for n in sorted(self.cleaned_data["clauses"]):
            start, end = self.cuts[n]
            if n == last + 1 and found:  # parts that follow each other are one stretch of words
                start = found.pop()[0]
            found.append((start, end))
            last = n
        quote = self.cleaned_data["quote"]
        return [*found, quote] if quote else found
