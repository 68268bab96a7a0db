"""The form under two recommendations side by side: how they stand to each other, or that they do not."""

from django import forms

from answerable.desk.forms.links import MEANS
from answerable.desk.forms.people import sentence_case
from answerable.desk.forms.register import reason_field
from answerable.html import ChoiceWithHints, Form
from answerable.register.models import Relation

UNALIKE = "unalike"
LONGEST_QUESTION = 5_000


class DecideForm(Form):
    """What a person decides. Nothing is chosen beforehand: the suggestion stands above, not here."""

    relation = ChoiceWithHints(
        label="How does the later one stand to the earlier one?",
        choices=[
            *((value, sentence_case(str(label))) for value, label in Relation.choices),
            (UNALIKE, "Not alike"),
        ],
        hints={
            **{str(value): words for value, words in MEANS.items()},
            UNALIKE: "Each asks for something else. Kept in the office, not published.",
        },
    )
    reason = reason_field("Why?", "Quote the words of both that decide it.")


class TakeBackDismissalForm(Form):
    """Why two may be alike after all."""

    reason = reason_field(
        "Why is it taken back?", "It stays to be read in the office, with your reason."
    )


class AskForm(Form):
    """Words that may be in no report yet. They are sent as a form is, never in an address."""

    words = forms.CharField(
        label="What is asked, in your own words",
        help_text="A sentence or a paragraph. It is not kept, and nobody else sees it.",
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
