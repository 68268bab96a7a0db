"""Forms by which a spreadsheet comes in: the file, what each column says, what a name means."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from answerable.accounts.models import Body
from answerable.engine.importing.headings import LEFT, MANY, MEANINGS, NEEDED
from answerable.engine.importing.shapes import MOST_BYTES, MOST_ROWS, Table, letter
from answerable.html import Form
from answerable.html.fields import ChoiceWithHints
from answerable.register.models import Kind, Position
from answerable.register.queries.importing.names import NEW, NOBODY
from answerable.register.queries.importing.pending import Sheets
from answerable.register.queries.importing.plans import Question
from answerable.register.queries.importing.reports import ANOTHER
from answerable.register.queries.importing.words import UNREAD

OUT = "Leave out"
FIXED = ("report", "maker", "published")
"""What a form may say once for every row, where no column does."""
EXACT, OURS = "exact", "ours"


class UploadForm(Form):
    """The file."""

    upload = forms.FileField(
        label="Choose your spreadsheet",
        help_text=(
            f"Excel (.xlsx) or CSV, at most {MOST_ROWS:,} rows a sheet and "
            f"{MOST_BYTES // 1024 // 1024} MB. An old .xls file: save it as .xlsx first."
        ),
        error_messages={"required": "Choose a file"},
    )


class SheetForm(Form):
    """Which sheet is read, and which of its rows has the headings."""

    sheet = forms.TypedChoiceField(label="Sheet", coerce=int)
    header = forms.IntegerField(label="Row with the headings", min_value=1, max_value=100_000)

    def __init__(self, *args: Any, tables: Sequence[Table], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ((n, f"{t.name}{' (hidden)' if t.hidden else ''}") for n, t in enumerate(tables))
        self.fields["sheet"].choices = list(names)  # type: ignore[attr-defined]


class ColumnsForm(Form):
    """What each column says, and how the rows are to be read."""

    exact = ChoiceWithHints(
        label="Do the words of the recommendations stand exactly as in the reports?",
        choices=[(EXACT, "Yes, word for word"), (OURS, "No, or not all of them")],
        hints={
            EXACT: "They are kept and shown as the words of the report.",
            OURS: "They are shown as your office’s summary, with a note that says so.",
        },
        error_messages={"required": "Say whether the words stand exactly as in the reports"},
    )
    carry = forms.BooleanField(
        label="An empty report, maker or day means the same as in the row above", required=False
    )
    report = forms.CharField(
        label="If every row is from the same report: its title", required=False, max_length=300
    )
    maker = forms.CharField(label="Who made it", required=False, max_length=200)
    published = forms.CharField(
        label="Day of publication",
        required=False,
        max_length=40,
        help_text="For example, 27/3/2024 or March 2024.",
    )
    leave_hidden = forms.BooleanField(label="Leave out rows that are hidden", required=False)

    def __init__(self, *args: Any, sheets: Sheets, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        settings = sheets.settings
        if settings.exact is not None:
            self.initial["exact"] = EXACT if settings.exact else OURS
        self.initial.update({key: settings.fixed.get(key, "") for key in FIXED})
        self.initial.update(carry=settings.carry, leave_hidden=settings.leave_hidden)
        self.hidden_rows = sum(line.hidden for line in sheets.table.lines)
        if not self.hidden_rows:
            del self.fields["leave_hidden"]
        meanings = [(key, its.label) for key, its in MEANINGS.items()]
        self.columns = sheets.table.columns
        for column in self.columns:
            heading = sheets.headings.get(column, "") or "no heading"
            self.fields[f"c{column}"] = forms.ChoiceField(
                label=f"What column {letter(column)} says ({heading})",
                required=False,
                choices=[(LEFT, OUT), *meanings],
                initial=settings.columns.get(column, LEFT),
            )

    def clean(self) -> dict[str, Any]:
        """Each meaning stands in one column; the words are in one."""
        data = super().clean() or self.cleaned_data
        used: dict[str, int] = {}
        for column in self.columns:
            meaning = data.get(f"c{column}", "")
            if meaning in used and meaning not in MANY:
                said = MEANINGS[meaning].label
                before = letter(used[meaning])
                self.add_error(f"c{column}", f"Column {before} is “{said}” already: choose one")
            used.setdefault(meaning, column)
        if "report" not in used and not data.get("report"):
            self.add_error("report", "Say which column holds the report, or give its title")
        for meaning in NEEDED:
            if meaning not in used:
                self.add_error(None, f"Say which column holds “{MEANINGS[meaning].label}”")
        return data

    @property
    def one_report(self) -> bool:
        """Whether no column holds the report, so that it is asked for once."""
        return "report" not in self.mapping.values()

    @property
    def mapping(self) -> dict[str, str]:
        """What each column means, as it is kept; what was wrongly chosen too."""
        given = ((column, self[f"c{column}"].value() or "") for column in self.columns)
        return {str(c): meaning for c, meaning in given if meaning in MEANINGS or not meaning}

    @property
    def choices(self) -> dict[str, Any]:
        """All that was chosen, as it is kept."""
        exact = self.cleaned_data.get("exact")
        return {
            "columns": self.mapping,
            "carry": self.cleaned_data.get("carry", False),
            "leave_hidden": self.cleaned_data.get("leave_hidden", False),
            "fixed": {key: self.cleaned_data.get(key) or "" for key in FIXED},
            "exact": None if not exact else exact == EXACT,
        }


def field_of(question: Question) -> str:
    """The name of the field that answers ``question``."""
    return f"{question.what}-{hashlib.sha256(question.key.encode()).hexdigest()[:12]}"


class AnswersForm(Form):
    """What a person says of names and words that the register does not know; all may stay open."""

    leave_out = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, questions: Sequence[Question], bodies: Sequence[Body], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {field_of(question): question for question in questions}
        known = [(body.slug, body.name) for body in bodies]
        for name, question in self.questions.items():
            self.fields[name] = forms.ChoiceField(
                label=LABELS[question.what].format(words=question.words[:120]),
                required=False,
                choices=[("", "Choose"), *_choices(question, known)],
                initial=question.answer,
            )

    @property
    def answers(self) -> dict[str, dict[str, str]]:
        """What was said, by the kind of question and its key."""
        found: dict[str, dict[str, str]] = {}
        for name, question in self.questions.items():
            found.setdefault(question.what, {})[question.key] = self.cleaned_data.get(name, "")
        return found


LABELS = {
    "body": "Who “{words}” is",
    "maker": "Who made “{words}”",
    "position": "What “{words}” means",
    "kind": "What “{words}” means",
    "report": "Whether “{words}” is here already",
}


def _choices(question: Question, known: Sequence[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    if question.what == "position":
        yield UNREAD, "No position: the reply waits to be read"
        yield from ((str(v), str(label).capitalize()) for v, label in Position.choices)
    elif question.what == "kind":
        yield from ((str(v), str(label).capitalize()) for v, label in Kind.choices)
    elif question.what == "report" and question.report is not None:
        yield question.report.slug, f"It is “{question.report.title[:80]}”, which is here"
        yield ANOTHER, "It is another report: log it"
    elif question.what == "maker":
        yield from known
    else:
        yield from _bodies(question, known)


def _bodies(question: Question, known: Sequence[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Those that may be meant, then new ones, then everyone."""
    likely = [(body.slug, body.name) for body in question.likely]
    yield from likely
    yield from ((f"{NEW}{v}", f"Add as a new body: {label}") for v, label in Body.Kind.choices)
    yield NOBODY, "Nobody who answers here: leave the name out"
    yield from (one for one in known if one not in likely)
