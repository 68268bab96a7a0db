"""Forms for handing in evidence: a file, a page as it was, a statement; and what was found in it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone

from answerable.accounts.models import Body
from answerable.assurance.actions.evidence import About
from answerable.assurance.queries.evidence_lists import MOST_SERVED
from answerable.desk.forms.evidence import LONGEST_REASON, grades, long_text, short
from answerable.engine.disclosure import Found, Kind, summary
from answerable.html import DateField, Form
from answerable.register.models import Undertaking

LONGEST_STATEMENT = 50_000
IN_TYPED = "in what you typed"
AGAIN, KEEP = "again", "keep"
SALT = "answerable.evidence.told"


def in_file(found: Sequence[Found]) -> bool:
    """Whether something was found in more than what was typed."""
    return any(one.where != IN_TYPED for one in found)


def in_typed(found: Sequence[Found]) -> bool:
    """Whether something was found in what was typed."""
    return any(one.where == IN_TYPED for one in found)


def told_as(found: Sequence[Found]) -> str:
    """What the page told of, signed, so that the next one knows: kinds, places and counts."""
    return signing.dumps(summary(found), salt=SALT, compress=True)


def told_in(word: str) -> list[Found]:
    """What the page before told of; nothing where it told of nothing."""
    try:
        return [
            Found(Kind(f["kind"]), f["where"], f["count"]) for f in signing.loads(word, salt=SALT)
        ]
    except signing.BadSignature:
        return []


class AddEvidence(Form):
    """What whoever hands evidence in says of it, whatever it is."""

    MEDIUM = ""

    shows = long_text("What does it show?", "In counts and facts: who can check it, and where.")
    does_not_show = long_text(
        "What does it not show?",
        "Every piece leaves something open. Saying so yourself is to your credit.",
    )
    grade = grades()
    covers_from = DateField(label="Period it covers: from", required=False)
    covers_to = DateField(label="Period it covers: to", required=False)
    expires_on = DateField(
        label="After which day is it too old?",
        required=False,
        help_text="Leave it empty if it does not age. After that day it no longer carries an opinion.",
    )
    expires_because = forms.CharField(
        label="Why after that day?",
        required=False,
        max_length=500,
        help_text="For example: the course must be repeated each year.",
    )
    serves = forms.MultipleChoiceField(
        label="Which recommendations does it serve?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="One piece can serve several. You can also offer it later.",
    )
    others = forms.CharField(
        label="Others that it serves",
        required=False,
        max_length=1_000,
        help_text="By reference, for example R-0012, R-0031.",
    )
    # After the check for personal data has found something:
    then = forms.ChoiceField(
        label="What do you want to do?", required=False, widget=forms.RadioSelect
    )
    despite = long_text(
        "Why does it identify nobody?",
        "Kept with what was found, in the history. Such evidence is never made public.",
        LONGEST_REASON,
        required=False,
    )
    told = forms.CharField(required=False, widget=forms.HiddenInput)
    aside = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        can_serve: Sequence[Undertaking],
        chosen: Sequence[Undertaking] = (),
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", {"serves": [str(u.pk) for u in chosen]})
        super().__init__(*args, **kwargs)
        self.known = {str(u.pk): u for u in (*chosen, *can_serve)}
        offered = list(dict.fromkeys([*chosen, *can_serve[:MOST_SERVED]]))
        self.fields["serves"].choices = [(str(u.pk), short(u)) for u in offered]  # type: ignore[attr-defined]
        if len(self.known) <= len(offered):
            del self.fields["others"]
        if not offered:
            del self.fields["serves"]
        self.ask_then(())

    def ask_then(self, found: Sequence[Found]) -> None:
        """What can be done about what was ``found``."""
        again = (
            "Hand in a copy from which that has been removed"
            if in_file(found)
            else "I have taken it out of what I wrote: check it again"
        )
        if in_file(found):
            self["upload"].label = "The copy"
        keep = "Keep it as it is: it identifies nobody"
        self.fields["then"].choices = [(AGAIN, again), (KEEP, keep)]  # type: ignore[attr-defined]

    def clean_others(self) -> list[Undertaking]:
        """The undertakings that are named by reference."""
        by_name = {u.recommendation.reference: u for u in self.known.values()}
        named = self.cleaned_data["others"].upper().replace(",", " ").replace(";", " ").split()
        unknown = [name for name in named if name not in by_name]
        if unknown:
            raise forms.ValidationError(f"There is no {unknown[0]} that this can serve")
        return [by_name[name] for name in named]

    @property
    def undertakings(self) -> list[Undertaking]:
        """What it is offered for."""
        ticked = [self.known[pk] for pk in self.cleaned_data.get("serves", ())]
        return list(dict.fromkeys([*ticked, *self.cleaned_data.get("others", ())]))

    @property
    def about(self) -> About:
        """What is said of it, as the action takes it."""
        names = ("shows", "does_not_show", "grade", "covers_from", "covers_to")
        given = {name: self.cleaned_data[name] for name in (*names, "expires_on")}
        return About(**given, expires_because=self.cleaned_data["expires_because"])

    def clean(self) -> dict[str, Any]:
        """Whoever was told what was found says what is to be done; and why, if it is kept."""
        data = super().clean() or self.cleaned_data
        if told_in(data.get("told") or "") and not data.get("then") and "then" not in self.errors:
            self.add_error("then", "Choose what you want to do")
        if data.get("then") == KEEP and not (data.get("despite") or "").strip():
            self.add_error("despite", "Say why it identifies nobody")
        return data


def _upload(label: str, help_text: str) -> forms.FileField:
    return forms.FileField(
        label=label, required=False, allow_empty_file=True, help_text=help_text, max_length=255
    )


class _WithFile(AddEvidence):
    """Evidence whose bytes come along, now or on the page before."""

    def clean(self) -> dict[str, Any]:
        """A file must be there: chosen now, or kept aside from the page before.

        Whoever was told that the file itself may identify people, and says that there is a copy
        from which that has been removed, must choose the copy.
        """
        data = super().clean()
        must_copy = data.get("then") == AGAIN and in_file(told_in(data.get("told") or ""))
        if not data.get("upload") and (must_copy or not data.get("aside")):
            self.add_error(
                "upload", "Choose the copy" if must_copy else f"Choose the {self.MEDIUM}"
            )
        return data


class AddFile(_WithFile):
    """A file."""

    MEDIUM = "file"

    upload = _upload(
        "File",
        "PDF, Word (.docx), Excel (.xlsx), HTML, plain text, CSV, PNG or JPEG. Counts and samples "
        "without identifiers; no case files.",
    )


class AddLink(_WithFile):
    """A link, with the page as it was."""

    MEDIUM = "page as it was"

    name = forms.CharField(label="What is the page called?", max_length=255)
    address = forms.URLField(label="Address of the page", max_length=500, assume_scheme="https")
    upload = _upload(
        "The page as it was",
        "Print the page to a PDF, or save it as HTML. Pages change: what counts is what it said "
        "then. Nothing is fetched from here.",
    )
    taken_at = DateField(label="When did you keep it?", past=True)
    taken_time = forms.TimeField(
        label="At what time?",
        required=False,
        help_text="For example, 14:30.",
        input_formats=["%H:%M", "%H.%M", "%I:%M%p", "%I%p", "%H:%M:%S"],
        error_messages={"invalid": "Enter a time, like 14:30"},
    )

    @property
    def moment(self) -> datetime:
        """When the page was kept: without a time, as the day began."""
        day: date = self.cleaned_data["taken_at"]
        time = self.cleaned_data["taken_time"] or datetime.min.time()
        return timezone.make_aware(datetime.combine(day, time))


class AddStatement(AddEvidence):
    """A statement in its own words."""

    name = forms.CharField(
        label="What is the statement about?", max_length=255, help_text="A few words, no names."
    )
    words = long_text(
        "Words of the statement",
        "Exactly as it was made. Name the role of whoever made it, never a person.",
        LONGEST_STATEMENT,
    )


KINDS: dict[str, tuple[str, type[AddEvidence]]] = {
    "file": ("A file", AddFile),
    "link": ("A web page", AddLink),
    "statement": ("A statement", AddStatement),
}
"""What can be handed in: what it is called, and its form."""


class ChooseBody(Form):
    """Whose evidence it is, where the office hands it in."""

    body = forms.ModelChoiceField(
        Body.objects.none(),
        label="Whose evidence is it?",
        to_field_name="slug",
        empty_label="Choose a body",
        error_messages={"required": "Choose a body", "invalid_choice": "Choose a body"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = Body.objects.filter(undertakings__isnull=False).distinct().order_by("name")
        self.fields["body"].queryset = asked  # type: ignore[attr-defined]
