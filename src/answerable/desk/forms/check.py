"""Forms of the checking page: what a person settles about a passage, and which lines it covers."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from answerable.accounts.models import Body
from answerable.desk.forms.people import sentence_case
from answerable.html import DateField, Form
from answerable.register.models import Kind
from answerable.register.queries.candidates import Addressee, Directory, Proposed, kind_of
from answerable.register.queries.dues import Due
from answerable.reports.models import Candidate
from answerable.reports.queries.passages import Choice, LineKey

KINDS = [(value, sentence_case(label)) for value, label in Kind.choices]
REASONS = (
    ("A heading or a title.", "It is a heading or a title"),
    ("A finding, a conclusion or praise.", "It is a finding, a conclusion or praise"),
    ("Quoted from another report.", "It is quoted from another report"),
    ("Printed twice.", "It is printed twice, and the other one counts"),
    ("", "Something else"),
)
"""Why a candidate is dismissed: what is kept, and how it is asked."""
_PLACE = re.compile(r"[0-9]{1,6}:[0-9]{1,9}")


def _all_of(data: Any, name: str) -> list[Any]:
    """Every value that was sent under ``name``."""
    return list(data.getlist(name)) if hasattr(data, "getlist") else []


class PlacesField(forms.Field):
    """Places on pages, each as ``page:number``: lines chosen, or where a new part starts."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> tuple[LineKey, ...]:
        """The places in their order, each once."""
        given = value if isinstance(value, list | tuple) else [value] if value else []
        if any(not _PLACE.fullmatch(str(one)) for one in given):
            raise ValidationError("Choose lines that stand on the page")
        pairs = {tuple(int(part) for part in str(one).split(":")) for one in given}
        return tuple(sorted((page, at) for page, at in pairs))


class BodiesForm(Form):
    """Whom something is for: those offered, and any other body that we know."""

    bodies = forms.MultipleChoiceField(
        label="Whom it is for", required=False, widget=forms.CheckboxSelectMultiple
    )
    other = forms.ChoiceField(label="Another body", required=False)

    def __init__(
        self,
        *args: Any,
        known: Directory,
        offered: Sequence[Addressee] = (),
        others: Iterable[Body] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {a.body.pk: a for a in offered}
        self.known = known
        listed = {a.body.pk: a.body for a in offered} | {b.pk: b for b in others}
        rest = [b for pk, b in known.bodies.items() if pk not in listed]
        bodies, other = self.fields["bodies"], self.fields["other"]
        bodies.choices = [(str(b.pk), b.name) for b in listed.values()]  # type: ignore[attr-defined]
        other.choices = [  # type: ignore[attr-defined]
            ("", "Choose a body"),
            *((str(b.pk), b.name) for b in sorted(rest, key=lambda b: b.name.casefold())),
        ]

    def chosen(self) -> list[tuple[Body, str]]:
        """The bodies that were chosen, each with where the report names it, if it was read there."""
        picked = [*self.cleaned_data["bodies"], self.cleaned_data["other"]]
        ids = dict.fromkeys(int(pk) for pk in picked if pk)
        return [
            (self.known.bodies[pk], self.offered[pk].because if pk in self.offered else "")
            for pk in ids
        ]


class SettleForm(BodiesForm):
    """What a person settles about a passage beside its words: number, kind, for whom, by when."""

    number = forms.CharField(
        label="Number in the report", required=False, max_length=60, help_text="As it is printed."
    )
    kind = forms.ChoiceField(label="What the report calls it", choices=KINDS)
    due_words = forms.CharField(
        label="When, in the report’s words",
        required=False,
        max_length=300,
        help_text="For example “within six months”.",
    )
    due_on = DateField(label="By which day", required=False, help_text="If it can be told.")

    def __init__(self, *args: Any, unsaid: bool = False, **kwargs: Any) -> None:
        """With ``unsaid`` nothing is proposed for the kind: a person must choose it."""
        super().__init__(*args, **kwargs)
        if unsaid:
            kind = self.fields["kind"]
            kind.choices = [("", "Choose what it is"), *KINDS]  # type: ignore[attr-defined]
            kind.error_messages["required"] = "Say what kind of thing it is"

    @staticmethod
    def initial_of(candidate: Candidate, given: Proposed, due: Due) -> dict[str, Any]:
        """The form as the reader would fill it in."""
        return {
            "number": candidate.number,
            "kind": "" if candidate.apart else kind_of(candidate),
            "bodies": [str(body.pk) for body, _ in given.sure],
            "due_words": due.words,
            "due_on": due.on,
        }

    def settled(self) -> dict[str, Any]:
        """What an act takes."""
        given = self.cleaned_data
        due: tuple[str, date | None] = (given["due_words"].strip(), given["due_on"])
        return {
            "number": given["number"],
            "kind": given["kind"],
            "bodies": self.chosen(),
            "due": due,
        }


class LinesForm(SettleForm):
    """The lines that a passage covers, and what else is settled about it."""

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
        try:
            return frozenset(PlacesField(required=False).to_python(_all_of(self.data, "lines")))
        except ValidationError:
            return frozenset()


class DismissForm(Form):
    """Why something is not a recommendation."""

    why = forms.ChoiceField(
        label="Why is it not a recommendation?",
        choices=[(str(n), asked) for n, (_, asked) in enumerate(REASONS)],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="Say what it is",
        required=False,
        max_length=500,
    )

    def reason(self) -> str:
        """The reason as it is kept."""
        return REASONS[int(self.cleaned_data["why"])][0] or str(self.cleaned_data["words"]).strip()

    def clean(self) -> dict[str, Any]:
        """Something else needs words."""
        given = super().clean() or {}
        if given.get("why") == str(len(REASONS) - 1) and not str(given.get("words", "")).strip():
            self.add_error("words", "Say what it is, in a few words")
        return given


class TakeBackForm(Form):
    """Why a decision is taken back, if there is something to say."""

    reason = forms.CharField(label="Why", required=False, max_length=1000)


class NoticeForm(Form):
    """What was found about a warning."""

    how = forms.CharField(
        label="What did you find?",
        max_length=1000,
        widget=forms.Textarea,
        help_text="One sentence. It stays beside the warning.",
        error_messages={"required": "Say what you found, in a sentence"},
    )


class MergeForm(Form):
    """Which neighbours belong to the same recommendation."""

    others = forms.MultipleChoiceField(
        label="Which belong to it?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what it belongs together with"},
    )
    number = forms.CharField(
        label="Number in the report", required=False, max_length=60, help_text="As it is printed."
    )

    def __init__(self, *args: Any, neighbours: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"].choices = list(neighbours)  # type: ignore[attr-defined]


class SplitForm(Form):
    """Where new parts start, and the number of each part."""

    at = PlacesField(label="Parts", error_messages={"required": "Choose where a new one starts"})

    def numbers(self) -> list[str]:
        """The numbers that were typed, in the order of the parts."""
        return [str(n).replace("\0", "").strip()[:60] for n in _all_of(self.data, "number")]


class KeysForm(forms.Form):
    """Whether single keys act on the checking page, and where to go on."""

    on = forms.BooleanField(required=False)
    candidate = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)
