"""Forms of themes: what one is called, why it is retired, and what stands under it."""

from typing import Any

from django import forms

from answerable.desk.forms.register import reason_field
from answerable.gaps.models import Theme
from answerable.gaps.rules.themes import LONGEST_NAME
from answerable.html import Form


class ThemeForm(Form):
    """What a theme is called."""

    name = forms.CharField(
        label="What is it called?",
        max_length=LONGEST_NAME,
        help_text="A subject that you follow through reports: Recording crimes against children.",
    )
    description = forms.CharField(
        label="What belongs under it?",
        max_length=2_000,
        required=False,
        widget=forms.Textarea,
        help_text="So that a colleague would put the same recommendations under it.",
    )


class TakeForm(Form):
    """A suggestion that a person takes: under a name of theirs, with what they leave ticked."""

    name = forms.CharField(label="Name of the theme", max_length=LONGEST_NAME)


class RetireForm(Form):
    """Why a theme is used no longer."""

    reason = reason_field(
        "Why is it retired?", "What stands under it stays to be read. It can be added anew."
    )


class FindForm(Form):
    """What to look for among the recommendations, to put under a theme."""

    q = forms.CharField(label="Words", required=False, max_length=200)
    loose = forms.BooleanField(label="Only those under no theme", required=False)

    def asked(self) -> tuple[str, bool]:
        """The words, and whether only those under no theme."""
        if not self.is_valid():
            return "", False
        return str(self.cleaned_data.get("q") or ""), bool(self.cleaned_data.get("loose"))


def initial_of(theme: Theme) -> dict[str, Any]:
    """What the form of a theme starts with."""
    return {"name": theme.name, "description": theme.description}
