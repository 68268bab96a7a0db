"""Forms about evidence that is there: what narrows the list, grading, offering, opening."""

from collections.abc import Sequence
from typing import Any

from django import forms

from answerable.assurance.models import Grade
from answerable.assurance.queries.evidence_lists import AGES, GRADINGS, SEALS, USES, Narrowing
from answerable.assurance.rules.evidence import CARRIES
from answerable.desk.forms.people import sentence_case
from answerable.html import ChoiceWithHints, Form
from answerable.register.models import Undertaking

LONGEST = 5_000
LONGEST_REASON = 2_000


def long_text(label: str, help_text: str = "", most: int = LONGEST, **more: Any) -> forms.CharField:
    """A field for more than a line."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=most, widget=forms.Textarea, **more
    )


def grades() -> ChoiceWithHints:
    """The ladder of grades, from least to most, each in a sentence."""
    return ChoiceWithHints(
        label="What kind of evidence is it?",
        choices=[(value, sentence_case(label)) for value, label in Grade.choices],
        hints={str(grade): words for grade, words in CARRIES.items()},
        help_text="From least to most. You propose it; a verifier sets it.",
        error_messages={"required": "Choose what kind of evidence it is"},
    )


def short(undertaking: Undertaking) -> str:
    """What is ticked: the reference, and how the words begin."""
    words = " ".join(undertaking.recommendation.words.split())
    return f"{undertaking.recommendation.reference}: {words[:110]}{'…' if len(words) > 110 else ''}"


def _any(words: dict[str, str], anything: str) -> list[tuple[str, str]]:
    return [("", anything), *((key, sentence_case(text)) for key, text in words.items())]


class NarrowEvidence(Form):
    """What narrows the list of evidence; anything that makes no sense narrows nothing."""

    q = forms.CharField(label="Words", required=False, max_length=200)
    body = forms.TypedChoiceField(label="Body", required=False, coerce=int, empty_value=None)
    grade = forms.ChoiceField(
        label="Grade that counts",
        required=False,
        choices=_any({str(v): str(text) for v, text in Grade.choices}, "Any grade"),
    )
    grading = forms.ChoiceField(
        label="Who graded it", required=False, choices=_any(GRADINGS, "Anyone")
    )
    age = forms.ChoiceField(label="Age", required=False, choices=_any(AGES, "Any age"))
    uses = forms.ChoiceField(
        label="Recommendations", required=False, choices=_any(USES, "Any number")
    )
    seal = forms.ChoiceField(label="Seal", required=False, choices=_any(SEALS, "Sealed or not"))
    mine = forms.BooleanField(label="Only what I handed in", required=False)

    def __init__(self, *args: Any, bodies: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pairs = [(str(pk), name) for pk, name in bodies]
        self.fields["body"].choices = [("", "Any body"), *pairs]  # type: ignore[attr-defined]
        if not bodies:
            del self.fields["body"]

    def narrowing(self) -> Narrowing:
        """What is asked for, as the query takes it."""
        self.is_valid()
        asked = self.cleaned_data
        return Narrowing(
            words=asked.get("q") or "",
            body=asked.get("body"),
            grade=asked.get("grade") or "",
            grading=asked.get("grading") or "",
            age=asked.get("age") or "",
            uses=asked.get("uses") or "",
            seal=asked.get("seal") or "",
            mine=bool(asked.get("mine")),
        )


class GradeForm(Form):
    """What a piece is worth, and why; ``seen`` is the grading that its page showed."""

    grade = grades()
    reason = long_text("Why is it worth this much?", "Everyone who may see it reads this.", 2_000)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].help_text = "From least to most. What was proposed stays beside it."


class UseForm(Form):
    """For what else a piece is offered."""

    undertaking = forms.ChoiceField(
        label="For which recommendation?",
        error_messages={"required": "Choose a recommendation"},
    )

    def __init__(self, *args: Any, can_serve: Sequence[Undertaking], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(u.pk): u for u in can_serve}
        pairs = [(pk, short(u)) for pk, u in self.known.items()]
        self.fields["undertaking"].choices = [("", "Choose a recommendation"), *pairs]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Undertaking:
        """The undertaking that was chosen."""
        return self.known[self.cleaned_data["undertaking"]]


class OfferForm(Form):
    """Which piece that is here already is offered for an undertaking."""

    evidence = forms.ChoiceField(
        label="Which piece?", error_messages={"required": "Choose a piece of evidence"}
    )

    def __init__(self, *args: Any, pieces: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(piece.pk): piece for piece in pieces}
        pairs = [(pk, f"{piece.name}: {piece.shows[:90]}") for pk, piece in self.known.items()]
        self.fields["evidence"].choices = [("", "Choose a piece of evidence"), *pairs]  # type: ignore[attr-defined]


class TakeOutForm(Form):
    """Why evidence is taken out."""

    reason = long_text(
        "Why is it taken out?", "It stays to be seen, with this reason.", LONGEST_REASON
    )


class OpenEvidence(Form):
    """Why evidence is made public, and that someone has looked for people in it."""

    because = forms.CharField(
        label="Why can everyone see it?",
        max_length=500,
        error_messages={"required": "Say why everyone can see it"},
        help_text="For example: it holds counts only.",
    )
    looked = forms.BooleanField(
        label="I have looked: nobody can be recognised in it, alone or with what else is public",
        error_messages={"required": "Look for what identifies people first, then tick the box"},
    )


class SealEvidence(Form):
    """Why evidence leaves the public record."""

    because = forms.CharField(
        label="Why is it sealed again?",
        max_length=500,
        error_messages={"required": "Say why it is sealed again"},
    )
