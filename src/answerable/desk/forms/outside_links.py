"""The form of a link to what another office keeps."""

from django import forms

from answerable.desk.forms.links import MEANS
from answerable.desk.forms.people import sentence_case
from answerable.desk.forms.register import reason_field
from answerable.html import ChoiceWithHints, Form
from answerable.register.models import Relation


class OutsideLinkForm(Form):
    """Where it stands in the other record, and how the one here stands to it."""

    office = forms.CharField(
        label="Whose record is it?",
        max_length=200,
        help_text="For example, Southmoor Police and Crime Commissioner.",
    )
    theirs = forms.CharField(label="Its reference there", max_length=60)
    address = forms.URLField(
        label="Its address",
        max_length=500,
        assume_scheme="https",
        help_text="Published. Where everybody can read it: an address that begins with https://.",
    )
    sha256 = forms.CharField(
        label="SHA-256 of what you saw there, if you have it",
        max_length=64,
        required=False,
        help_text="Their page of the record names it. It shows later whether they changed it.",
    )
    relation = ChoiceWithHints(
        label="How does the one here stand to theirs?",
        choices=[(value, sentence_case(str(label))) for value, label in Relation.choices],
        hints={str(value): words for value, words in MEANS.items()},
    )
    reason = reason_field("Why?", "Published. Quote the words of both that decide it.")
