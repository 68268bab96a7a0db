"""Forms of opinions: signing one, and taking one back."""

from django import forms

from answerable.assurance.models import Judgement
from answerable.desk.forms.people import sentence_case
from answerable.desk.forms.register import reason_field
from answerable.html import ChoiceWithHints, DateField, Form

LONGEST = 5_000

MEANS = {
    Judgement.ASSURED: "What I looked at meets the closing test.",
    Judgement.PARTLY: "Some of it does. I say below what was missing.",
    Judgement.NOT_ASSURED: "I have not seen that it is so. I say below what was missing.",
}
"""What each judgement says, in the words of whoever signs it."""


def _said(label: str, help_text: str, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class OpinionForm(Form):
    """What a verifier signs. ``shown`` is what the page showed her, part by part, as digests."""

    judgement = ChoiceWithHints(
        label="What have you seen?",
        choices=[(value, sentence_case(str(label))) for value, label in Judgement.choices],
        hints={str(value): words for value, words in MEANS.items()},
    )
    looked_at = _said(
        "What did you look at?",
        "Published. How many, chosen by whom, when. No names, and nothing by which a person could "
        "be known.",
    )
    missing = _said(
        "What was missing?",
        "Published. Always needed unless you are assured.",
        required=False,
    )
    recheck_on = DateField(
        label="By when must someone look again?", help_text="For example, 27 3 2027"
    )
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, max_length=50_000, widget=forms.HiddenInput)


class WithdrawOpinionForm(Form):
    """Why an opinion is taken back."""

    reason = reason_field(
        "Why is it withdrawn?",
        "Published. The opinion stays to be read, marked as withdrawn, with your reason.",
    )
