"""Forms of declared interests."""

from typing import Any

from django import forms

from answerable.accounts.models import Body
from answerable.desk.forms.links import reference_of
from answerable.desk.forms.register import reason_field
from answerable.html import Form

BODY, ONE = "body", "one"


class DeclareForm(Form):
    """What could make oneself partial: towards a body, or one of its undertakings."""

    body = forms.ModelChoiceField(
        Body.objects.none(), label="Towards which body?", empty_label="Choose a body"
    )
    reach = forms.ChoiceField(
        label="In what?",
        choices=[(BODY, "In everything that it answers for"), (ONE, "In one recommendation only")],
        widget=forms.RadioSelect,
        initial=BODY,
    )
    reference = forms.CharField(
        label="Which one?", required=False, max_length=20, help_text="Its reference: R-0031."
    )
    words = reason_field(
        "What is the interest?",
        "Seen by your chair and in the history. Never published. For example: “I worked there until "
        "2024.”",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = Body.objects.filter(undertakings__isnull=False).distinct().order_by("name")
        self.fields["body"].queryset = asked  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What was typed; the reference only where one recommendation is meant."""
        given = super().clean() or self.cleaned_data
        if given.get("reach") == ONE:
            given["reference"] = reference_of(given.get("reference", ""))
            if not given["reference"]:
                self.add_error("reference", "Enter the reference of the recommendation")
        else:
            given["reference"] = ""
        return given


class EndForm(Form):
    """Why an interest no longer holds."""

    reason = reason_field("Why does it no longer hold?", "It stays in the history.")
