"""Forms about bodies: their details, areas and successors, and what narrows their list."""

from typing import Any

from django import forms

from answerable.accounts.models import Body
from answerable.desk.forms.people import sentence_case
from answerable.html import DateField, Form

KINDS = [(value, sentence_case(label)) for value, label in Body.Kind.choices]


def one_a_line(text: str) -> list[str]:
    """Names that were typed one on a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class SeenForm(Form):
    """A form that names the version which the person had before them."""

    seen = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )

    def details(self) -> dict[str, Any]:
        """What the act needs besides the version that was seen."""
        return {k: v for k, v in self.cleaned_data.items() if k != "seen"}

    def seen_version(self) -> int:
        """The version that was seen; 0, which never was, where the form does not say."""
        return self.cleaned_data.get("seen") or 0

    def see(self, version: int) -> None:
        """From now on the person has seen this version."""
        self.data = {name: self.data.get(name) for name in self.data} | {"seen": str(version)}


class BodyForm(SeenForm):
    """The details of a body."""

    name = forms.CharField(
        label="Name", max_length=200, help_text="The name it bears today, in full."
    )
    short_name = forms.CharField(
        label="Short name",
        required=False,
        max_length=80,
        help_text="As you would say it in a sentence, for example “the Force”.",
    )
    kind = forms.ChoiceField(choices=[("", "Choose a kind"), *KINDS])
    other_names = forms.CharField(
        label="Former and other names",
        required=False,
        max_length=10_000,
        widget=forms.Textarea,
        help_text="One on each line: names and abbreviations by which documents know it.",
    )
    begins_on = DateField(label="First day", required=False, help_text="If you know it.")
    ends_on = DateField(label="Last day", required=False, help_text="If it no longer exists.")

    @classmethod
    def of(cls, body: Body) -> "BodyForm":
        """The form that shows ``body`` as it is."""
        return cls(
            initial={
                "name": body.name,
                "short_name": body.short_name,
                "kind": body.kind,
                "other_names": "\n".join(n.name for n in body.other_names.all()),
                "begins_on": body.begins_on,
                "ends_on": body.ends_on,
                "seen": body.version,
            }
        )

    def details(self) -> dict[str, Any]:
        """What the act needs, with the other names one by one."""
        given = super().details()
        return {**given, "other_names": one_a_line(given["other_names"])}


class AreaForm(SeenForm):
    """A district of a body."""

    name = forms.CharField(label="Name of the area", max_length=120)
    begins_on = DateField(label="First day", required=False, help_text="If you know it.")
    ends_on = DateField(label="Last day", required=False, help_text="If it no longer exists.")


class SuccessionForm(Form):
    """Who took over from a body, and when."""

    successor = forms.ModelChoiceField(
        Body.objects.none(), label="Which body took over?", empty_label="Choose a body"
    )
    on = DateField(label="From which day?", help_text="For example, 1 4 2024")
    reason = forms.CharField(
        label="How it came about",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="For example the order or Act that did it. It may be published.",
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Body.objects.exclude(pk=body.pk).order_by("name")
        self.fields["successor"].queryset = others  # type: ignore[attr-defined]


class BodiesFilter(Form):
    """What narrows the list of bodies."""

    q = forms.CharField(label="Name, or a name it had", required=False, max_length=100)
    kind = forms.ChoiceField(required=False, choices=[("", "Any kind"), *KINDS])
    exists = forms.ChoiceField(
        label="Exists",
        required=False,
        choices=[("", "Now or before"), ("now", "Now"), ("ended", "No longer")],
    )
