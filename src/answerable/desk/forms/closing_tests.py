"""Forms of closing tests: a way of looking first, then what, how many, by when, and what counts."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from answerable.desk.forms.people import sentence_case
from answerable.desk.forms.register import reason_field
from answerable.desk.forms.seen import SeenForm
from answerable.html import ChoiceWithHints, DateField, Form
from answerable.plan.models import ClosingTest, Pattern
from answerable.plan.rules.closing_tests import COUNTED

LONGEST = 4_000
GAP = "…"
"""What stands in the words to begin with for what only a person can say."""


@dataclass(frozen=True, slots=True)
class Start:
    """The words that a way of looking begins with, and when it is the right one."""

    when: str
    look_at: str
    counts_as_seen: str
    how_many: int | None = None


STARTS: dict[Pattern, Start] = {
    Pattern.RECORDS: Start(
        "For what leaves a trace in records. The office chooses which, so that nobody can choose "
        "the good ones.",
        "Records of …, made in the three months before the look. The office chooses which.",
        "In at least … of the records, … is written down, with the date.",
        20,
    ),
    Pattern.PEOPLE: Start(
        "For what people should notice: those served, their families, or the staff.",
        "People who … in the three months before the look are asked, in words agreed beforehand: "
        "did …?",
        "At least … of those who answer say that it happened, and nobody describes the opposite.",
        12,
    ),
    Pattern.WATCH: Start(
        "For what is done in the room: a briefing, a shift, a meeting.",
        "Someone of the office sits in on …, on days that the office chooses.",
        "On each of these days … was done without anyone asking for it.",
        3,
    ),
    Pattern.POLICY_AND_USE: Start(
        "For a rule that had to be written. The rule alone is never enough: its use is looked at too.",
        "The policy on …, and … cases to which it applied, chosen by the office.",
        "The policy says …, and in at least … of the cases it was followed.",
        10,
    ),
    Pattern.OTHER: Start("Where none of these fits. Say exactly what would be looked at.", "", ""),
}
"""What each pattern fills in to begin with; every word of it is there to be changed."""


class PatternForm(Form):
    """Which way of looking to begin with."""

    pattern = ChoiceWithHints(
        label="How would a sceptic look?",
        choices=[(value, sentence_case(label)) for value, label in Pattern.choices],
        hints={str(pattern): start.when for pattern, start in STARTS.items()},
        error_messages={"required": "Choose a way of looking"},
    )


class ProposeForm(SeenForm):
    """What would be looked at, how many, by when, and what counts as seen."""

    look_at = forms.CharField(
        label="What would a sceptic look at?",
        help_text="Say it so that someone who was never there could go and do it.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    how_many = forms.IntegerField(label="How many?", required=False, min_value=1, max_value=100_000)
    due_on = DateField(
        label="By when can it be looked at?",
        help_text="For example, 27 3 2027. This first date is shown for ever, even if it is moved.",
    )
    counts_as_seen = forms.CharField(
        label="What counts as seen?",
        help_text="What must be found, in how many of them. Anything less is not seen.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    why = reason_field(
        "Why should the test that both sides agreed change?", "Shown for ever beside the new test."
    )

    def __init__(
        self, *args: Any, pattern: Pattern, standing: ClosingTest | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how_many"].required = pattern in COUNTED
        if pattern not in COUNTED:
            self.fields["how_many"].help_text = "Leave it empty where counting makes no sense."
        self.initial = {**starting_words(pattern, standing), **self.initial}
        if standing:
            del self.fields["due_on"]
        else:
            del self.fields["why"]
            self.fields["due_on"].earliest = timezone.localdate()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What was typed; refuses words to begin with that nobody has filled in."""
        given = super().clean()
        for name in ("look_at", "counts_as_seen"):
            if GAP in given.get(name, ""):
                self.add_error(name, f"Say what stands for “{GAP}”, or take it out.")
        return given


def starting_words(pattern: Pattern, standing: ClosingTest | None) -> dict[str, Any]:
    """What the form begins with: the test that stands, where it looks the same way."""
    start: Start | ClosingTest = STARTS[pattern]
    if standing and standing.pattern == pattern:
        start = standing
    return {name: getattr(start, name) for name in ("look_at", "how_many", "counts_as_seen")}


class RefuseForm(Form):
    """Why a proposal is refused, or taken back."""

    reason = reason_field("Why?", "Kept beside the proposal, which stays on record.")
