"""Forms of gap analyses: of whom one is run, and what narrows the list of gaps."""

from typing import Any

from django import forms

from answerable.accounts.models import Body
from answerable.engine.gap_analysis import KINDS, Analysis
from answerable.gaps.queries.export import shortened, theme_names
from answerable.gaps.queries.narrowing import NEW, STILL, Narrowing
from answerable.html import Form


class RunForm(Form):
    """Of whom the analysis is."""

    body = forms.ModelChoiceField(
        Body.objects.none(), label="Of whom?", required=False, empty_label="All bodies"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = Body.objects.filter(undertakings__isnull=False).distinct().order_by("name")
        self.fields["body"].queryset = asked  # type: ignore[attr-defined]


class NarrowGaps(Form):
    """What narrows the gaps of one analysis; anything that makes no sense narrows nothing."""

    q = forms.CharField(label="Words", required=False, max_length=200)
    kind = forms.ChoiceField(
        label="Kind of gap",
        required=False,
        choices=[("", "Any kind"), *((key, kind.name) for key, kind in KINDS.items())],
    )
    body = forms.ChoiceField(label="Body", required=False)
    report = forms.ChoiceField(label="Report", required=False)
    theme = forms.ChoiceField(label="Theme", required=False)
    family = forms.ChoiceField(label="Family", required=False)
    since = forms.ChoiceField(label="Since the run before", required=False)

    def __init__(self, *args: Any, analysis: Analysis, before: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reports = ((one.slug, shortened(one.title, 70)) for one in analysis.reports)
        changes = ((NEW, f"New since {before}"), (STILL, f"There in {before} already"))
        for name, anything, pairs in (
            ("body", "Any body", [(b.slug, b.name) for b in analysis.bodies if b.with_gap]),
            ("report", "Any report", [*reports]),
            ("theme", "Any theme", [*theme_names(analysis).items()]),
            ("family", "Any family, or none", [(f.reference,) * 2 for f in analysis.families]),
            ("since", "New or not", [*changes] if before else []),
        ):
            self.fields[name].choices = [("", anything), *pairs]  # type: ignore[attr-defined]
            if not pairs:
                del self.fields[name]

    def narrowing(self) -> Narrowing:
        """What is asked for, as the query takes it."""
        self.is_valid()
        asked = self.cleaned_data
        words = " ".join((asked.get("q") or "").split())
        chosen = {name: asked.get(name) or "" for name in Narrowing.CHOICES}
        return Narrowing(words=words, **chosen)
