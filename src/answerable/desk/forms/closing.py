"""Forms of closing and reopening: one undertaking at a time, each with its reason."""

from collections.abc import Sequence
from typing import Any

from django import forms

from answerable.assurance.models import Closure
from answerable.desk.forms.register import reason_field
from answerable.desk.forms.seen import SeenForm
from answerable.html import ChoiceWithHints

ON = {
    Closure.How.ASSURED: "Closed as assured",
    Closure.How.NOT_PURSUED: "Not pursued",
}
ON_HINTS = {
    Closure.How.ASSURED: "On the opinion above, which you have read. It is looked at again by its day.",
    Closure.How.NOT_PURSUED: "The office gives up on it. It stays on every list, with your reason.",
}


class CloseForm(SeenForm):
    """On what the chair closes it, and why."""

    how = ChoiceWithHints(label="On what do you close it?", hints={})
    reason = reason_field(
        "Why?", "Published, with your office’s name. Say what convinced you, or why it is given up."
    )

    def __init__(self, *args: Any, can_assure: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [how for how in Closure.How if can_assure or how != Closure.How.ASSURED]
        field = self.fields["how"]
        field.choices = [(how.value, ON[how]) for how in ways]  # type: ignore[attr-defined]
        field.hints = {how.value: ON_HINTS[how] for how in ways}  # type: ignore[attr-defined]
        if not can_assure:
            field.initial = Closure.How.NOT_PURSUED


class ReopenForm(SeenForm):
    """On which ground it is opened again, and why."""

    ground = forms.ChoiceField(label="What shows that it is not done?", widget=forms.RadioSelect)
    words = reason_field("Why is it opened again?", "Published.")

    def __init__(self, *args: Any, grounds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ground"]
        field.choices = list(grounds)  # type: ignore[attr-defined]
        if len(grounds) == 1:
            field.initial = grounds[0][0]
