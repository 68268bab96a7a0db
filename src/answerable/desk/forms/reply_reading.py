"""Forms of a reply that is read against its report: whose it is, and what is made of each answer."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from answerable.accounts.models import Body
from answerable.desk.forms.check import PlacesField
from answerable.html import DateField, Form
from answerable.register.models import Undertaking
from answerable.register.queries.recommendations import words_of
from answerable.reports.queries.decisions import shortened
from answerable.reports.queries.passages import Choice, LineKey


class ReplyOfForm(Form):
    """Whose reply a document is, and when it was written: asked once for the whole document."""

    body = forms.ModelChoiceField(
        Body.objects.none(), label="Whose reply is it?", empty_label="Choose a body"
    )
    dated_on = DateField(label="Date of the reply", past=True, help_text="For example, 27 3 2026")
    received_on = DateField(
        label="Day it came, if it was another day",
        past=True,
        required=False,
        help_text="Clocks stop on this day.",
    )

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        field.queryset = Body.objects.filter(pk__in=[body.pk for body in bodies])  # type: ignore[attr-defined]
        if len(bodies) == 1:
            self.initial.setdefault("body", bodies[0].pk)


class AnswersForm(Form):
    """Which recommendation an answer is entered for: the one proposed, or another."""

    answers = forms.TypedChoiceField(label="It answers", coerce=int)

    def __init__(self, *args: Any, owed: Iterable[Undertaking], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._owed = {undertaking.pk: undertaking for undertaking in owed}
        self.fields["answers"].choices = [  # type: ignore[attr-defined]
            (str(pk), _named(undertaking)) for pk, undertaking in self._owed.items()
        ]

    def undertaking(self) -> Undertaking:
        """The answer that is owed and was chosen."""
        return self._owed[self.cleaned_data["answers"]]


def _named(undertaking: Undertaking) -> str:
    asked = undertaking.recommendation
    number = f", number {asked.number}" if asked.number else ""
    return f"{asked.reference}{number}: {shortened(words_of(asked), 90)}"


class DismissAnswerForm(Form):
    """Why a passage is no answer to what it was proposed for."""

    reason = forms.CharField(
        label="Why not?",
        required=False,
        max_length=500,
        help_text="If there is something to say. It is kept with your name.",
    )


class AnswerLinesForm(AnswersForm):
    """The lines that an answer covers, and which recommendation it answers."""

    lines = PlacesField(
        label="Lines", error_messages={"required": "Choose the lines that it covers"}
    )
    starts_with = forms.CharField(
        label="If it starts in the middle of its first line: the words it starts with",
        required=False,
        max_length=300,
    )
    ends_with = forms.CharField(
        label="If it ends in the middle of its last line: the words it ends with",
        required=False,
        max_length=300,
    )

    def choice(self) -> Choice:
        """The passage that was chosen."""
        given = self.cleaned_data
        return Choice(given["lines"], given["starts_with"].strip(), given["ends_with"].strip())

    def ticked(self) -> frozenset[LineKey]:
        """The lines to show as chosen: those sent, else those proposed."""
        if not self.is_bound:
            return frozenset(self.initial.get("lines", ()))
        sent = self.data.getlist("lines") if hasattr(self.data, "getlist") else []
        try:
            return frozenset(PlacesField(required=False).to_python(list(sent)))
        except ValidationError:
            return frozenset()
