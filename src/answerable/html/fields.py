"""Forms and form fields whose errors speak as GOV.UK asks: what to do, by its name."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import EMPTY_VALUES

USUAL = forms.Field.default_error_messages["required"]
"""What Django says of an empty field, which names nothing."""

ARTICLES = ("a", "an", "any", "another", "each", "every", "one", "the", "their", "this", "your")
QUESTION_WORDS = ("how", "what", "when", "where", "which", "who", "whose", "why")


def lower_first(words: str) -> str:
    """``words`` to stand inside a sentence: "Title" is "title", "URL of it" stays."""
    as_it_is = words[1:2].isupper() or words.split(" ", 1)[0] == "I"
    return words if as_it_is else words[:1].lower() + words[1:]


def _named(label: str) -> str:
    """The thing with its article, unless the label brings a word that stands for one."""
    thing = lower_first(label)
    first = thing.partition(" ")[0]
    return thing if first in (*ARTICLES, *QUESTION_WORDS) else f"the {thing}"


def when_missing(field: forms.Field, label: str) -> str:
    """What to say when a required field was left empty."""
    if isinstance(field, forms.FileField):
        return "Choose a file"
    if isinstance(field, forms.BooleanField):
        return f"Tick the box: {lower_first(label)}"
    chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    if label.endswith("?"):
        return f"{'Choose' if chosen else 'Give'} an answer: {lower_first(label)}"
    return f"{'Choose' if chosen else 'Enter'} {_named(label)}"


class Form(forms.Form):
    """A form with GOV.UK's manners.

    The browser's own bubbles are off, because they are not read out and not translated. A field
    that was left empty is asked for by its name, unless it says otherwise in its error messages.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.error_messages.get("required") == USUAL:
                label = str(field.label or name.replace("_", " ").capitalize())
                field.error_messages["required"] = when_missing(field, label)


class ChoiceWithHints(forms.ChoiceField):
    """One of several, each with a line that explains it: ``hints`` maps a value to its line."""

    widget = forms.RadioSelect

    def __init__(self, *, hints: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hints = dict(hints or {})


class FilesInput(forms.FileInput):
    """Chooses many files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or many files; cleans to a list of uploaded files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[Any]"]:
        """Every file by the rules of one file."""
        files: Sequence[Any] = data if isinstance(data, list | tuple) else [data]
        kept = [one for one in files if one not in EMPTY_VALUES]
        if not kept:
            one = super().clean(None, initial)
            return [one] if one else []
        return [super(FilesField, self).clean(one, initial) for one in kept]
