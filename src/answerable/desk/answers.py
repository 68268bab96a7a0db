"""What a page does with an act: a refusal becomes a sentence of its form, nothing typed is lost."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from answerable.accounts.rules import NotTheirs, Refused

Made = TypeVar("Made")


def posted(request: HttpRequest) -> QueryDict | None:
    """What was typed into a page's form; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def attempt(form: BaseForm, act: Callable[..., Made], /, **given: Any) -> Made | None:
    """Do ``act``; where a rule refuses, its sentence stands in ``form``, and None is returned.

    A refusal whose code names a field of the form stands at that field, any other on top.
    """
    try:
        return act(**given)
    except NotTheirs:
        raise
    except Refused as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, refusal.sentence)
    except ValidationError as wrong:
        for name, sentences in getattr(wrong, "message_dict", {None: wrong.messages}).items():
            form.add_error(name if name in form.fields else None, sentences)
    return None
