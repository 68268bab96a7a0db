"""Forms by which a plan comes in as a table: the file, and which column says what."""

from collections.abc import Sequence
from typing import Any

from django import forms

from answerable.engine.workbooks import Sheet
from answerable.html import Form
from answerable.plan.queries.workbook import COLUMNS, NEEDED, guessed, headings, letter

NOT_HERE = "Not in this file"


class BringForm(Form):
    """The file."""

    upload = forms.FileField(
        label="Choose your plan",
        help_text="An Excel (.xlsx) or CSV file with a line of headings and at most 2,000 rows.",
        error_messages={"required": "Choose a file"},
    )


class MappingForm(Form):
    """Which sheet is read, and which of its columns says what."""

    sheet = forms.TypedChoiceField(label="Sheet", coerce=int)

    def __init__(self, *args: Any, sheets: Sequence[Sheet], chosen: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(n, s.name) for n, s in enumerate(sheets)]  # type: ignore[attr-defined]
        self.initial["sheet"] = chosen
        guess, sheet = guessed(sheets[chosen]), sheets[chosen]
        columns = [(n, f"{letter(n)}: {text[:60]}") for n, text in sorted(headings(sheet).items())]
        for key, names in COLUMNS.items():
            needed = key in NEEDED
            self.fields[key] = forms.TypedChoiceField(
                label=names[0],
                required=needed,
                coerce=int,
                empty_value=None,
                choices=[("", NOT_HERE), *columns],
                initial=guess.get(key, ""),
                error_messages={"required": f"Say which column holds “{names[0]}”"},
            )

    def clean(self) -> dict[str, Any]:
        """Each column says one thing."""
        data = super().clean() or self.cleaned_data
        used: dict[int, str] = {}
        for key in COLUMNS:
            column = data.get(key)
            if column in used:
                self.add_error(key, f"Column {letter(column)} is chosen for {used[column]} already")
            elif column:
                used[column] = f"“{COLUMNS[key][0]}”"
        return data

    @property
    def mapping(self) -> dict[str, int]:
        """The column of each thing that the file holds."""
        return {key: found for key in COLUMNS if (found := self.cleaned_data.get(key))}
