"""A form that knows what its reader saw, so that nobody overwrites what someone else changed."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from answerable.engine import chain
from answerable.html import Form

CHANGED = "Someone else changed this since you opened it. Look at it again, then send this again."


def mark_of(*seen: object) -> str:
    """A short mark of what stands on a page; another mark where anything of it is different."""
    return chain.digest("\x1f".join(map(str, seen)).encode())[:16]


class SeenForm(Form):
    """A form about something that may have changed since it was opened.

    ``now`` is the mark of what stands at this moment, as :func:`mark_of` makes it.
    """

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["seen"].initial = now

    def clean(self) -> dict[str, Any]:
        """What was typed, without the mark; refused once where something else stands now."""
        given = super().clean() or self.cleaned_data
        seen = given.pop("seen", "")
        if seen and seen != self.now:
            typed = cast(QueryDict, self.data).copy()
            typed[self.add_prefix("seen")] = self.now
            self.data = typed
            self.add_error(None, CHANGED)
        return given
