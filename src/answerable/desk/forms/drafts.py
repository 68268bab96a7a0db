"""Forms of draft plans: which gaps are drafted, and what becomes of a line."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from answerable.accounts.models import Body
from answerable.desk.forms.plan import OwnerFields, people_of
from answerable.desk.forms.register import reason_field
from answerable.engine.gap_analysis import Gap
from answerable.html import DateField, Form


class ChooseGaps(Form):
    """Gaps, chosen by their kind or one by one; whatever is named twice is chosen once."""

    kinds = forms.MultipleChoiceField(
        label="Which gaps should the plan close?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    gaps = forms.MultipleChoiceField(required=False)

    def __init__(
        self, *args: Any, found: Sequence[Gap], names: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_kind: dict[str, list[Gap]] = defaultdict(list)
        for gap in found:
            self.by_kind[gap.kind].append(gap)
        self.fields["kinds"].choices = [  # type: ignore[attr-defined]
            (kind, f"{names[kind]} ({len(gaps):,})") for kind, gaps in self.by_kind.items()
        ]
        self.fields["gaps"].choices = [(gap.key, gap.key) for gap in found]  # type: ignore[attr-defined]

    def chosen(self) -> list[str]:
        """The keys of all gaps that were chosen, each once."""
        asked = self.cleaned_data
        of_kinds = [gap.key for kind in asked["kinds"] for gap in self.by_kind[kind]]
        return list(dict.fromkeys([*of_kinds, *asked["gaps"]]))


class LineForm(Form):
    """What a line of a draft says will be done."""

    title = forms.CharField(
        label="What will be done?",
        max_length=200,
        help_text="One line: something that a reader can later see was done or not.",
    )
    words = forms.CharField(
        label="More about it",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class LeaveOutForm(Form):
    """Why a line is left out."""

    reason = reason_field(
        "Why is this line left out?", "It stands with its gaps among what the draft does not cover."
    )


class TakeForm(OwnerFields, Form):
    """Who answers for a line in the plan of a body, and by when."""

    due_on = DateField(
        label="By when?",
        required=False,
        help_text="This first date is shown for ever, even if it is moved. Leave it empty if there "
        "is none yet: the plan then says so.",
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people_of(self, body)
