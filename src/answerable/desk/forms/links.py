"""Forms of links between recommendations: signing one, and taking it back."""

import re
from typing import Any

from django import forms

from answerable.desk.forms.people import sentence_case
from answerable.desk.forms.register import reason_field
from answerable.html import ChoiceWithHints, Form
from answerable.register.models import Relation

MEANS = {
    Relation.SAME: "The same thing in other words. Whoever has done one has done the other.",
    Relation.EXTENDS: "All of what was asked before, and more.",
    Relation.PARTLY: "Some of what was asked before, and not the rest.",
    Relation.CONTRADICTS: "A body cannot do both.",
    Relation.SUPERSEDES: "It stands in the place of the earlier one. Its age, and how often dates "
    "were moved, pass on to it.",
}
"""What each relation of the later recommendation to the earlier one means."""
REFERENCE = re.compile(r"R?-?\s*0*(\d{1,9})", re.IGNORECASE)


def reference_of(typed: str) -> str:
    """The reference that was typed: “r 31” is R-0031; what is no reference stays as it is."""
    found = REFERENCE.fullmatch(typed.strip())
    return f"R-{int(found[1]):04d}" if found else typed.strip().upper()


class LinkForm(Form):
    """How another recommendation stands to this one. Which is the later one, their dates say."""

    other = forms.CharField(
        label="With which recommendation?", max_length=20, help_text="Its reference: R-0031."
    )
    relation = ChoiceWithHints(
        label="How does the later of the two stand to the earlier one?",
        choices=[(value, sentence_case(str(label))) for value, label in Relation.choices],
        hints={str(value): words for value, words in MEANS.items()},
    )
    reason = reason_field("Why?", "Published. Quote the words of both that decide it.")

    def clean_other(self) -> str:
        """The reference as the register writes it."""
        return reference_of(self.cleaned_data["other"])


class FindForm(Form):
    """Words to look for another recommendation by."""

    q = forms.CharField(label="Words of it", required=False, max_length=200)

    def words(self) -> str:
        """What is looked for; nothing where it makes no sense."""
        return str(self.cleaned_data.get("q", "")) if self.is_valid() else ""


class TakeBackForm(Form):
    """Why a link no longer stands."""

    reason = reason_field(
        "Why is it taken back?", "Published. The link stays to be read, with your reason."
    )


def initial(chosen: str) -> dict[str, Any]:
    """What the form starts with: the one chosen from the search."""
    return {"other": reference_of(chosen)} if chosen else {}
