"""Forms of all that was asked of one body: what narrows it, and a line for each of several claims."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from answerable.assurance.queries.asked import GROUPS, ONLY, Asked, Narrowing, counts
from answerable.desk.forms.people import sentence_case
from answerable.desk.forms.register import reason_field
from answerable.html import Form
from answerable.plan.models import Rung
from answerable.plan.rules.claims import REASONED


def _known(pairs: Iterable[tuple[Any, str]], anything: str) -> list[tuple[str, str]]:
    known = sorted(dict(pairs).items(), key=lambda pair: (pair[1].casefold(), pair[0]))
    return [("", anything), *((str(key), name) for key, name in known)]


class NarrowAsked(Form):
    """What narrows and groups the list; anything that makes no sense narrows nothing."""

    by = forms.ChoiceField(
        label="In groups",
        required=False,
        choices=[(key, sentence_case(words)) for key, words in GROUPS.items()],
    )
    q = forms.CharField(label="Words", required=False, max_length=200)
    overseer = forms.TypedChoiceField(
        label="Asked by", required=False, coerce=int, empty_value=None
    )
    report = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    action = forms.ChoiceField(label="Served by", required=False)
    only = forms.MultipleChoiceField(
        label="Only those that are", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, every: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actions = [(ref, f"{ref}: {title}") for one in every for ref, title in one.actions]
        for name, pairs, anything in (
            ("overseer", [one.overseer for one in every], "Anyone"),
            ("report", [one.report for one in every], "Any report"),
            ("action", actions, "Any action, or none"),
        ):
            self.fields[name].choices = _known(pairs, anything)  # type: ignore[attr-defined]
        numbers = counts(every)
        self.fields["only"].choices = [  # type: ignore[attr-defined]
            (key, f"{words} ({numbers[key]:,})") for key, words in ONLY.items()
        ]

    @property
    def group(self) -> str:
        """What the list is grouped by."""
        self.is_valid()
        return self.cleaned_data.get("by") or next(iter(GROUPS))

    def narrowing(self) -> Narrowing:
        """What is asked for, as the query takes it."""
        self.is_valid()
        asked = self.cleaned_data
        return Narrowing(
            words=asked.get("q") or "",
            overseer=asked.get("overseer"),
            report=asked.get("report"),
            action=asked.get("action") or "",
            only=tuple(asked.get("only") or ()),
        )


class ClaimLine(Form):
    """What is claimed of one of several, in words that are read and confirmed for it alone."""

    words = forms.CharField(max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))
    reason = reason_field("", "This will be published, word for word.")
    right = forms.BooleanField()

    def __init__(self, *args: Any, reference: str, rung: Rung, **kwargs: Any) -> None:
        super().__init__(*args, prefix=reference, **kwargs)
        self.fields["words"].label = f"What has been done for {reference}?"
        self.fields["words"].error_messages["required"] = (
            f"Say in a sentence what has been done for {reference}"
        )
        self.fields["right"].label = f"I have read this line, and it is right for {reference}"
        self.fields["right"].error_messages["required"] = (
            f"Read the line of {reference} and tick it"
        )
        self.fields["reason"].label = f"Why is {reference} claimed as {rung.label}?"
        self.fields["reason"].error_messages["required"] = (
            f"Say why {reference} is claimed as {rung.label}"
        )
        if rung not in REASONED:
            del self.fields["reason"]


class AllOf:
    """Several forms of one page as one, so that everything wrong stands in one list on top."""

    def __init__(self, *every: forms.BaseForm) -> None:
        bound = [field for form in every for field in form]
        self.is_bound = any(form.is_bound for form in every)
        self.fields = {field.html_name: field.field for field in bound}
        self._bound = {field.html_name: field for field in bound}
        self.errors: dict[str, list[str]] = {
            field.html_name: [str(e) for e in field.errors] for field in bound if field.errors
        }
        if whole := [str(error) for form in every for error in form.non_field_errors()]:
            self.errors["__all__"] = whole

    def __getitem__(self, name: str) -> BoundField:
        return self._bound[name]
