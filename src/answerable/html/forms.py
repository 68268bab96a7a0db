"""``{% form_errors form %}`` and ``{% field form.title %}``: Django forms as GOV.UK components."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from answerable.html.components import Options, draw
from answerable.html.dates import PARTS, DateInput, typed_from
from answerable.html.fields import USUAL, when_missing
from answerable.html.library import register


@register.simple_tag
def form_errors(*given: forms.BaseForm) -> SafeString:
    """Everything that is wrong, on top of the page, each line linked to its field."""
    errors = [line for form in given if form is not None and form.is_bound for line in _lines(form)]
    return draw("error-summary", error_list=errors) if errors else SafeString("")


def _lines(form: forms.BaseForm) -> Iterable[Options]:
    for name, errors in form.errors.items():
        bound = form[name] if name in form.fields else None
        for error in errors:
            if bound is None:
                yield {"text": error}
            else:
                yield {"text": _said(bound, str(error)), "href": f"#{_first_id(bound)}"}


def _said(bound: BoundField, error: str) -> str:
    """``error``, or, where a form that is not ours only says "required", what is asked for."""
    return when_missing(bound.field, str(bound.label)) if error == USUAL else error


def _first_id(bound: BoundField) -> str:
    """The id of the control that an error leads to."""
    if isinstance(bound.field.widget, DateInput):
        return f"{bound.auto_id}-{_wrong_parts(bound)[0]}"
    return str(bound.auto_id)


def _wrong_parts(bound: BoundField) -> list[str]:
    for error in bound.form.errors.as_data().get(bound.name, []):
        if error.params and "parts" in error.params:
            return list(error.params["parts"])
    return list(PARTS)


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """One field with its label, hint and error.

    ``label`` and ``hint`` replace the form's own. ``heading="l"`` makes the label the page's
    heading in that size; ``size="m"`` only its size ("s" unless said). ``width`` is a number of characters, or
    "two-thirds" and the like. ``rows``, ``most`` (characters counted), ``words`` (words counted),
    ``inline``, ``small``, ``prefix``, ``suffix``, ``classes``, ``quiet`` (label only read aloud).
    ``reveal="other:why"`` shows the field ``why`` under the choice ``other``.
    """
    widget = bound.field.widget
    if widget.is_hidden:
        return SafeString(bound.as_hidden())
    for kind, render in RENDERERS:
        if isinstance(widget, kind):
            return render(bound, options)
    raise TypeError(f"There is no GOV.UK component for {type(widget).__name__}.")


def _label_classes(options: Options, base: str) -> str:
    size = options.get("heading") or options.get("size", "s")
    return " ".join(
        filter(
            None,
            (
                f"{base}--{size}" if size else "",
                "govuk-visually-hidden" if options.get("quiet") else "",
            ),
        )
    )


def _shared(bound: BoundField, options: Options) -> Options:
    """What every component takes."""
    hint = options.get("hint", bound.help_text)
    errors = bound.errors
    return {
        "name": bound.html_name,
        "hint": {"text": hint} if hint else None,
        "error_message": {"text": " ".join(_said(bound, str(e)) for e in errors)}
        if errors
        else None,
        "disabled": bound.field.disabled,
    }


def _labelled(bound: BoundField, options: Options) -> Options:
    """A component with one control."""
    attrs = {**bound.field.widget.attrs, **options.get("attributes", {})}
    autocomplete = options.get("autocomplete") or attrs.pop("autocomplete", None)
    own_classes = attrs.pop("class", "")
    rows = attrs.pop("rows", None)
    rows = None if str(rows) == "10" else rows  # Django's own number, which nobody chose
    attrs.pop("cols", None)
    width = options.get("width")
    wide = (
        ""
        if not width
        else f"govuk-input--width-{width}"
        if str(width).isdigit()
        else f"govuk-!-width-{width}"
    )
    return {
        **_shared(bound, options),
        "id": bound.auto_id,
        "label": {
            "text": options.get("label", bound.label),
            "classes": _label_classes(options, "govuk-label"),
            "is_page_heading": bool(options.get("heading")),
        },
        "value": bound.value(),
        "classes": " ".join(filter(None, (wide, own_classes, options.get("classes")))),
        "autocomplete": autocomplete,
        "rows": options.get("rows") or rows,
        "attributes": attrs,
    }


def _fieldset(bound: BoundField, options: Options) -> Options:
    """A component with several controls under one legend."""
    return {
        **_shared(bound, options),
        "fieldset": {
            "legend": {
                "text": options.get("label", bound.label),
                "classes": _label_classes(options, "govuk-fieldset__legend"),
                "is_page_heading": bool(options.get("heading")),
            }
        },
        "id_prefix": bound.auto_id,
    }


def _affix(text: object) -> Options | None:
    return {"text": text} if text else None


def _input(bound: BoundField, options: Options) -> SafeString:
    widget = bound.field.widget
    given = _labelled(bound, options)
    kind = getattr(widget, "input_type", "text")
    if kind == "number":  # the wheel and the arrows change a number that nobody meant to change
        given.update(type="text", inputmode="numeric")
        for name in ("min", "max", "step"):
            given["attributes"].pop(name, None)
    else:
        given["type"] = kind
    if kind in ("email", "url"):
        given["spellcheck"] = False
    given["value"] = widget.format_value(given["value"])
    return draw(
        "input", **given, prefix=_affix(options.get("prefix")), suffix=_affix(options.get("suffix"))
    )


def _password(bound: BoundField, options: Options) -> SafeString:
    return draw("password-input", **{**_labelled(bound, options), "value": None})


def _textarea(bound: BoundField, options: Options) -> SafeString:
    given = _labelled(bound, options)
    most, words = options.get("most"), options.get("words")
    given["attributes"].pop("maxlength", None)  # what is too long is said, not cut off
    if most or words:
        return draw(
            "character-count",
            **given,
            maxlength=most,
            maxwords=words,
            threshold=options.get("threshold"),
        )
    return draw("textarea", **given)


def _files(bound: BoundField, options: Options) -> SafeString:
    many = getattr(bound.field.widget, "allow_multiple_selected", False)
    given = {**_labelled(bound, options), "value": None}
    given["attributes"].pop("multiple", None)
    return draw(
        "file-upload",
        **given,
        multiple=many,
        javascript=True,
        wrapper_attributes=FILES if many else None,
    )


FILES = {
    "data-i18n.choose-files-button": "Choose files",
    "data-i18n.drop-instruction": "or drop them here",
    "data-i18n.no-file-chosen": "No files chosen yet",
}
"""What the script says where many files may be chosen."""


def _select(bound: BoundField, options: Options) -> SafeString:
    items: list[Options] = []
    chosen = {str(value) for value in bound.field.widget.format_value(bound.value())}
    for value, text in flat(bound.field.widget.choices):
        own = "" if value is None else str(value)
        items.append({"value": own, "text": text, "selected": own in chosen})
    return draw("select", **{**_labelled(bound, options), "value": None}, items=items)


def flat(choices: Iterable[Any]) -> Iterable[tuple[Any, str]]:
    """Choices without their groups."""
    for value, text in choices:
        if isinstance(text, list | tuple):
            yield from flat(text)
        else:
            yield value, text


def _revealed(bound: BoundField, options: Options) -> dict[str, SafeString]:
    """The fields that stand under a choice, drawn."""
    pairs = (pair.partition(":") for pair in str(options.get("reveal") or "").split(",") if pair)
    return {value.strip(): field(bound.form[name.strip()]) for value, _, name in pairs}


def _items(bound: BoundField, options: Options) -> list[Options]:
    hints = {
        str(k): v
        for k, v in {**getattr(bound.field, "hints", {}), **options.get("hints", {})}.items()
    }
    revealed = _revealed(bound, options)
    value = bound.value()
    chosen = {
        str(v) for v in (value if isinstance(value, list | tuple) else [value]) if v is not None
    }
    return [
        {
            "value": str(own),
            "text": text,
            "checked": str(own) in chosen,
            "hint": {"text": hints[str(own)]} if str(own) in hints else None,
            "under": revealed.get(str(own)),
        }
        for own, text in flat(bound.field.widget.choices)
        if own not in ("", None)
    ]


def _group_classes(kind: str, options: Options) -> str:
    inline = f"govuk-{kind}--inline" if options.get("inline") else ""
    return " ".join(filter(None, (inline, f"govuk-{kind}--small" if options.get("small") else "")))


def _radios(bound: BoundField, options: Options) -> SafeString:
    return draw(
        "radios",
        **_fieldset(bound, options),
        classes=_group_classes("radios", options),
        items=_items(bound, options),
    )


def _checkboxes(bound: BoundField, options: Options) -> SafeString:
    return draw(
        "checkboxes",
        **_fieldset(bound, options),
        classes=_group_classes("checkboxes", options),
        items=_items(bound, options),
    )


def _tick(bound: BoundField, options: Options) -> SafeString:
    """One box: its label is beside it, so there is no legend."""
    shared = _shared(bound, options)
    revealed = _revealed(bound, options)
    item = {
        "value": "on",
        "text": options.get("label", bound.label),
        "checked": bool(bound.value()),
        "hint": shared.pop("hint"),
        "under": revealed.get("on"),
    }
    return draw(
        "checkboxes",
        **shared,
        id_prefix=bound.auto_id,
        classes=_group_classes("checkboxes", options),
        items=[item],
    )


def _date(bound: BoundField, options: Options) -> SafeString:
    given = _fieldset(bound, options)
    given.pop("id_prefix")
    wrong = _wrong_parts(bound) if given["error_message"] else []
    typed = typed_from(bound.value())
    items = [
        {"name": part, "value": value, "error": part in wrong, "id": f"{bound.auto_id}-{part}"}
        for part, value in zip(PARTS, typed, strict=True)
    ]
    return draw("date-input", **given, id=bound.auto_id, name_prefix=bound.html_name, items=items)


RENDERERS = (
    (DateInput, _date),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.CheckboxInput, _tick),
    (forms.SelectMultiple, _checkboxes),
    (forms.Select, _select),
    (forms.Textarea, _textarea),
    (forms.FileInput, _files),
    (forms.PasswordInput, _password),
    (forms.widgets.Input, _input),
)
"""The first kind that fits draws the field, so the special ones stand before the general."""
