"""Forms of a sample: how many and what is looked for, the list of records, the counts."""

from collections.abc import Sequence
from typing import Any

from django import forms

from answerable.assurance.rules.samples import LONGEST_LIST, MOST
from answerable.engine import sampling
from answerable.html import Form

LONGEST_PASTE = 2_000_000
"""What a browser may send as typed; longer lists come as a file."""


def _allows(size: int) -> str:
    return f"{sampling.wilson(size, size).low:.0%} after {size}"


WHAT_IT_ALLOWS = (
    "The more, the more can be said. Even if all that are drawn meet what is looked for, it is said "
    f"only of so many in the whole list: {_allows(10)}, {_allows(20)}, {_allows(50)}."
)
"""What a size allows one to say at best."""


def _lines(label: str, help_text: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, widget=forms.Textarea, **more)


class CommitForm(Form):
    """A sample before the list of records arrives."""

    size = forms.IntegerField(
        label="How many records will you look at?",
        help_text=WHAT_IT_ALLOWS,
        min_value=1,
        max_value=MOST,
        error_messages={"required": "Enter how many records you will look at"},
    )
    why = _lines(
        "Why this many?",
        "For example: the closing test says 20; reading more than that takes a week.",
        max_length=2_000,
    )
    criteria = _lines(
        "What do you look for in each record?",
        "One thing a line, so that it can be answered with yes or no.",
        max_length=5_000,
    )

    @property
    def lines(self) -> list[str]:
        """What is looked for, one sentence each."""
        return [line.strip() for line in self.cleaned_data["criteria"].splitlines() if line.strip()]


class ListForm(Form):
    """The list of record numbers: pasted, or as a file."""

    records = _lines(
        "Paste the record numbers, one a line",
        "Choose a file instead where there are more than about 50,000.",
        required=False,
        max_length=LONGEST_PASTE,
    )
    upload = forms.FileField(
        label="Or choose the list as a file",
        required=False,
        allow_empty_file=True,
        help_text="Text, CSV or Excel (.xlsx). What counts is each line, or the first column of the "
        "first sheet.",
    )
    headed = forms.BooleanField(label="The first line is a heading", required=False)

    def clean(self) -> dict[str, Any]:
        """One list, and not two."""
        data = super().clean() or self.cleaned_data
        pasted, upload = (data.get("records") or "").strip(), data.get("upload")
        if "records" in self.errors or "upload" in self.errors:
            return data
        if pasted and upload:
            self.add_error("upload", "Paste the list or choose a file, not both")
        if not pasted and not upload:
            self.add_error("records", "Paste the record numbers, or choose a file")
        return data

    def without_heading(self, records: Sequence[str]) -> list[str]:
        """The record numbers themselves."""
        return list(records[1:] if self.cleaned_data["headed"] else records)


class DrawForm(ListForm):
    """The list, and how long it should be: it is drawn from once only."""

    expected = forms.IntegerField(
        label="How many records should be in the list?",
        min_value=1,
        max_value=LONGEST_LIST,
        help_text="Ask whoever made it. It is drawn from once only, so we first make sure that all "
        "of it has come, and no heading with it.",
        error_messages={"required": "Enter how many records should be in the list"},
    )

    def is_whole(self, records: Sequence[str]) -> bool:
        """Whether as many came as should have; else the form says so."""
        found, expected = len(records), int(self.cleaned_data["expected"])
        if found != expected:
            extra = " Is the first a heading?" if found == expected + 1 else ""
            self.add_error(
                "expected",
                f"{found:,} came, and {expected:,} should have. Nothing is drawn.{extra}",
            )
        return found == expected


class CountsForm(Form):
    """For each thing that was looked for: how many records met it, of how many."""

    def __init__(self, *args: Any, criteria: Sequence[str], most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for number, criterion in enumerate(criteria):
            for name, label, wrong in (
                ("met", "Met in", "how many met it"),
                ("of", "Of", "of how many"),
            ):
                self.fields[f"{name}_{number}"] = forms.IntegerField(
                    label=label,
                    min_value=0,
                    max_value=most,
                    initial=most if name == "of" else None,
                    error_messages={
                        "required": f"“{criterion}”: enter {wrong}",
                        "max_value": f"“{criterion}”: only {most} records were drawn",
                    },
                )

    @property
    def rows(self) -> list[tuple[str, Any, Any]]:
        """Each criterion with its two fields."""
        return [
            (criterion, self[f"met_{number}"], self[f"of_{number}"])
            for number, criterion in enumerate(self.criteria)
        ]

    def clean(self) -> dict[str, Any]:
        """No more can meet it than were looked at."""
        data = super().clean() or self.cleaned_data
        for number, criterion in enumerate(self.criteria):
            met, of = data.get(f"met_{number}"), data.get(f"of_{number}")
            if met is not None and of is not None and met > of:
                self.add_error(f"met_{number}", f"“{criterion}”: more met it than were looked at")
        return data

    @property
    def counts(self) -> list[tuple[int, int]]:
        """What the action takes."""
        data = self.cleaned_data
        return [(data[f"met_{n}"], data[f"of_{n}"]) for n in range(len(self.criteria))]
