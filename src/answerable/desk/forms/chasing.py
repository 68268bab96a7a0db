"""Forms of chasing: the words of one message, holding it back, the ladder, heads, one's own rhythm."""

from dataclasses import replace
from typing import Any

from django import forms

from answerable.chasing.models import Head, Rhythm, Setting
from answerable.chasing.queries.wording import PLACES
from answerable.chasing.rules.ladder import BY_A_PERSON, FARTHEST
from answerable.desk.forms.people import sentence_case
from answerable.html import ChoiceWithHints, Form

LONGEST = 10_000
BEFORE, AFTER = "before", "after"


class WordsForm(Form):
    """The words of one message, after the line that says why it was asked."""

    words = forms.CharField(
        label="What the message says", max_length=LONGEST, widget=forms.Textarea
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class HoldForm(Form):
    """Why one message is not sent now."""

    reason = forms.CharField(
        label="Why do you hold it back?",
        max_length=2_000,
        widget=forms.Textarea,
        help_text="It stays on the record, and can still be approved later. The next step follows on "
        "its day, and then waits for a person.",
    )


class StepForm(Form):
    """One step of a ladder: when, with what words, and whether a person must approve it."""

    days = forms.IntegerField(label="How many days", min_value=0, max_value=FARTHEST)
    side = forms.ChoiceField(
        label="Before or after the date",
        choices=((BEFORE, "Before"), (AFTER, "After")),
        widget=forms.RadioSelect,
    )
    approval = ChoiceWithHints(
        label="Who lets it go",
        choices=(("person", "A person approves each"), ("automatic", "It goes by itself")),
        hints={
            "person": "It waits on the page Chasing until someone has read it.",
            "automatic": "It goes on its day, unless a message before it was held back.",
        },
    )
    in_use = forms.BooleanField(label="This step is in use", required=False)
    words = forms.CharField(
        label="Its words",
        max_length=LONGEST,
        widget=forms.Textarea,
        help_text="The message begins with the recommendation and its report: that line is always there. "
        f"These gaps are filled for each message: {', '.join(f'{{{name}}}' for name in PLACES)}.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if setting.step in BY_A_PERSON:
            self.fields.pop("approval")

    def as_set(self, setting: Setting) -> Setting:
        """``setting`` as it was typed."""
        given = self.cleaned_data
        days = -given["days"] if given["side"] == BEFORE else given["days"]
        return replace(
            setting,
            days=days,
            words=given["words"],
            automatic=given.get("approval") == "automatic",
            in_use=given["in_use"],
            version=given["version"],
        )


def initial_step(setting: Setting) -> dict[str, Any]:
    """A step as its form shows it first."""
    return {
        "days": abs(setting.days),
        "side": BEFORE if setting.days < 0 else AFTER,
        "approval": "automatic" if setting.automatic else "person",
        "in_use": setting.in_use,
        "words": setting.words,
        "version": setting.version,
    }


class HeadForm(Form):
    """Who heads a body, and how a letter reaches them."""

    name = forms.CharField(max_length=120)
    post = forms.CharField(max_length=200, help_text="For example, Chief Constable")
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        help_text="Letters go here as PDF. Leave it empty to print and post them.",
    )
    address = forms.CharField(
        label="Postal address", required=False, max_length=500, widget=forms.Textarea
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


def initial_head(head: Head | None) -> dict[str, Any]:
    """A head as the form shows it first."""
    if head is None:
        return {"seen": 0}
    return {
        "name": head.name,
        "post": head.post,
        "email": head.email,
        "address": head.address,
        "seen": head.version,
    }


class RhythmForm(Form):
    """How often to hear what needs oneself."""

    rhythm = ChoiceWithHints(
        label="How often do you want to hear what needs you?",
        choices=[(value, sentence_case(str(label))) for value, label in Rhythm.choices],
        hints={
            Rhythm.NEVER: "You look at the page Today yourself.",
            Rhythm.DAILY: "Each morning on which something needs you.",
            Rhythm.WEEKLY: "On Monday morning, if something needs you.",
        },
    )
