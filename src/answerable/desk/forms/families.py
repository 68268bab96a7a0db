"""Forms of families: what narrows their list, and reading a link otherwise."""

from typing import Any

from django import forms

from answerable.desk.forms.register import reason_field
from answerable.html import ChoiceWithHints, Form
from answerable.register.models import Link
from answerable.register.models.objections import READINGS

OFTEN, OLDEST, NEWEST = "", "oldest", "newest"
ORDERS = {OFTEN: "Most often asked", OLDEST: "Oldest", NEWEST: "Last asked"}
"""How the list may be ordered."""


class NarrowFamilies(Form):
    """What narrows the list of families; anything that makes no sense narrows nothing."""

    q = forms.CharField(label="Words", required=False, max_length=200)
    body = forms.TypedChoiceField(label="Asked of", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, bodies: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Any body"), *((str(key), name) for key, name in bodies)]
        self.fields["body"].choices = choices  # type: ignore[attr-defined]
        if len(bodies) < 2:
            del self.fields["body"]

    def narrowing(self) -> tuple[str, int | None]:
        """Words, and a body's key."""
        self.is_valid()
        return str(self.cleaned_data.get("q") or ""), self.cleaned_data.get("body")


class ObjectForm(Form):
    """How somebody else reads a link."""

    reads = ChoiceWithHints(label="How do you read it?", choices=[])
    reason = reason_field("Why?", "Published. Quote the words of both that decide it.")

    def __init__(self, *args: Any, link: Link, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later, earlier = link.later.reference, link.earlier.reference
        self.fields["reads"].choices = [  # type: ignore[attr-defined]
            (value, f"{later} {label} {earlier}")
            for value, label in READINGS
            if value != link.relation
        ]


class NoLongerForm(Form):
    """Why somebody no longer reads a link otherwise."""

    reason = reason_field(
        "Why do you take it back?", "Published. What you wrote stays to be read, with your reason."
    )
