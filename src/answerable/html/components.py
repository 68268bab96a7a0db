"""GOV.UK components, drawn from the options that the Design System documents, in snake_case.

``draw("input", name="title", label={"text": "Title"})`` renders ``parts/input.html``. What the
Design System computes (ids, what describes a control, which choice is checked) is computed here;
the partials only lay out. A text that is marked safe is taken as HTML, any other is escaped.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from answerable.html.library import register

Options = dict[str, Any]


def draw(name: str, /, **options: Any) -> SafeString:
    """The HTML of the component ``name`` of ``templates/parts``."""
    prepare = PREPARE.get(name)
    context = prepare(options) if prepare else options
    return SafeString(get_template(f"parts/{name}.html").render(context).strip())


@register.simple_tag
def attributes(given: Mapping[str, object] | None) -> SafeString:
    """Attributes of an element: ``True`` has no value, ``None`` and ``False`` are left out."""
    html = SafeString("")
    for name, value in (given or {}).items():
        if value is True:
            html += format_html(" {}", name)
        elif value is not None and value is not False:
            html += format_html(' {}="{}"', name, value)
    return html


def _described(options: Options, key: str) -> Options:
    """Give hint and error their ids under ``key``, and list what describes the control."""
    by = [options.get("described_by") or (options.get("fieldset") or {}).get("described_by")]
    given = dict(options)
    for name, ending in (("hint", "hint"), ("error_message", "error")):
        if given.get(name):
            given[name] = {**given[name], "id": f"{key}-{ending}"}
            by.append(f"{key}-{ending}")
    given["described_by"] = " ".join(filter(None, by))
    return given


def _control(options: Options) -> Options:
    """One control with one label."""
    key = options.get("id") or options["name"]
    return _described({**options, "id": key}, key)


BLANK: Options = dict.fromkeys(
    ("attributes", "behaviour", "conditional", "disabled", "divider", "hint", "label", "under")
)
"""What an item may have. A template finds a key that is there ten times faster than none."""


def _choice(options: Options, item: Options, index: int, chosen: list[str], by: str) -> Options:
    key = options.get("id_prefix") or options["name"]
    own = item.get("id") or (f"{key}-{index}" if index > 1 else key)
    checked = item.get("checked")
    if checked is None:
        checked = str(item.get("value")) in chosen
    described = f"{own}-item-hint" if item.get("hint") else ""
    return {
        **BLANK,
        **item,
        "id": own,
        "name": item.get("name") or options["name"],
        "checked": checked,
        "described_by": " ".join(filter(None, (by, described))),
    }


def _choices(options: Options, *, one_only: bool = False) -> Options:
    """Radios or checkboxes: the first has the bare id, so that an error can link to it."""
    given = _described(options, options.get("id_prefix") or options["name"])
    chosen = given.get("values") or ([given["value"]] if given.get("value") else [])
    each = "" if given.get("fieldset") or one_only else given["described_by"]
    given["items"] = [
        _choice(given, item, index, [str(value) for value in chosen], each)
        for index, item in enumerate(given.get("items") or (), start=1)
        if item
    ]
    return given


def _radios(options: Options) -> Options:
    """Radios outside a fieldset are not described one by one, as the Design System has it."""
    return _choices(options, one_only=True)


def _select(options: Options) -> Options:
    given = _control(options)
    value = given.get("value")
    given["items"] = [
        {**BLANK, **item, "selected": _is_selected(item, value)}
        for item in given.get("items") or ()
        if item
    ]
    return given


def _is_selected(item: Options, value: object) -> bool:
    said = item.get("selected")
    if said is not None:
        return bool(said)
    own = item.get("value", item.get("text"))
    return bool(value) and str(own) == str(value)


DATE_PARTS = ("day", "month", "year")


def _date_part(options: Options, item: Options, *, error: bool) -> Options:
    name = item.get("name") or ""
    classes = item.get("classes") or ""
    width = (
        ""
        if "govuk-input--width-" in classes
        else f"govuk-input--width-{4 if name.endswith('year') else 2}"
    )
    wrong = "govuk-input--error" if error and "govuk-input--error" not in classes else ""
    prefix = f"{options['name_prefix']}-" if options.get("name_prefix") else ""
    return {
        **item,
        "id": item.get("id") or f"{options['id']}-{name}",
        "name": f"{prefix}{name}",
        "label": {
            "text": item.get("label") or name.capitalize(),
            "classes": "govuk-date-input__label",
        },
        "classes": " ".join(filter(None, ("govuk-date-input__input", wrong, width, classes))),
        "value": item.get("value", (options.get("values") or {}).get(f"{prefix}{name}")),
        "inputmode": item.get("inputmode") or "numeric",
        "type": "text",
    }


def _marked(item: Options) -> bool:
    return bool(item.get("error")) or "govuk-input--error" in (item.get("classes") or "")


def _date(options: Options) -> Options:
    """Three inputs; an error marks the parts that say so, or all when none does."""
    given = _described(options, options["id"])
    items = [item for item in given.get("items") or () if item] or [
        {"name": part, **given.get(part, {})} for part in DATE_PARTS if given.get(part) is not False
    ]
    some_marked = any(_marked(item) for item in items)
    general = bool(given.get("error_message")) and not some_marked
    given["items"] = [
        _date_part(given, item, error=_marked(item) or (general and item.get("error") is not False))
        for item in items
    ]
    return given


def _joined(*classes: str | None) -> str:
    return " ".join(filter(None, classes))


def _counted(options: Options) -> Options:
    """A textarea that says how much room is left; without scripts it says how much there is."""
    key = options.get("id") or options["name"]
    words, most = options.get("maxwords"), options.get("maxlength")
    counted = options.get("count_type") or ("words" if words else None)
    kind = "words" if counted == "words" else "characters"
    group = options.get("form_group") or {}
    message = draw(
        "hint",
        id=f"{key}-info",
        text=f"You can enter up to {words or most} {kind}" if words or most else "",
        classes=_joined(
            "govuk-character-count__message", (options.get("count_message") or {}).get("classes")
        ),
    )
    data = {
        "data-module": "govuk-character-count",
        "data-maxlength": most,
        "data-maxwords": words,
        "data-threshold": options.get("threshold"),
        "data-count-type": counted,
    }
    return _control(
        {
            **options,
            "described_by": f"{key}-info",
            "classes": _joined("govuk-js-character-count", options.get("classes")),
            "form_group": {
                **group,
                "classes": _joined("govuk-character-count", group.get("classes")),
                "attributes": {**data, **(group.get("attributes") or {})},
                "after_input": {
                    "text": message
                    + ((group.get("after_input") or {}).get("text") or SafeString(""))
                },
            },
        }
    )


def _password(options: Options) -> Options:
    """A password with a button that shows it, which appears only where scripts run."""
    key = options.get("id") or options["name"]
    group = options.get("form_group") or {}
    button = draw(
        "button",
        type="button",
        text="Show",
        classes=_joined(
            "govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle",
            (options.get("button") or {}).get("classes"),
        ),
        attributes={"aria-controls": key, "aria-label": "Show password", "hidden": True},
    )
    return _control(
        {
            **options,
            "type": "password",
            "spellcheck": False,
            "autocapitalize": "none",
            "autocomplete": options.get("autocomplete") or "current-password",
            "classes": _joined(
                "govuk-password-input__input govuk-js-password-input-input", options.get("classes")
            ),
            "input_wrapper": {"classes": "govuk-password-input__wrapper"},
            "form_group": {
                **group,
                "classes": _joined("govuk-password-input", group.get("classes")),
                "attributes": {
                    "data-module": "govuk-password-input",
                    **(group.get("attributes") or {}),
                },
                "after_input": {
                    "text": button
                    + ((group.get("after_input") or {}).get("text") or SafeString(""))
                },
            },
        }
    )


def _summary(options: Options) -> Options:
    """Rows without an action keep their line to the end when another row has one."""
    rows = [{**row, "links": _links(row)} for row in options.get("rows") or () if row]
    card = options.get("card")
    return {
        **options,
        "rows": rows,
        "any_actions": any(row["links"] for row in rows),
        "card": {**card, "links": _links(card)} if card else None,
    }


def _links(owner: Options) -> list[Options]:
    return (owner.get("actions") or {}).get("items") or []


def _banner(options: Options) -> Options:
    good = options.get("type") == "success"
    return {
        **options,
        "good": good,
        "role": options.get("role") or ("alert" if good else "region"),
        "title": options.get("title_text") or ("Success" if good else "Important"),
        "title_id": options.get("title_id") or "govuk-notification-banner-title",
        "level": options.get("title_heading_level") or 2,
    }


def _pages(options: Options) -> Options:
    some = (options.get("previous") or {}).get("href") or (options.get("next") or {}).get("href")
    return {
        **options,
        "items": [i for i in options.get("items") or () if i],
        "block": bool(some) and not options.get("items"),
    }


PREPARE: dict[str, Callable[[Options], Options]] = {
    "character-count": _counted,
    "checkboxes": _choices,
    "date-input": _date,
    "file-upload": _control,
    "input": _control,
    "notification-banner": _banner,
    "pagination": _pages,
    "password-input": _password,
    "radios": _radios,
    "select": _select,
    "summary-list": _summary,
    "textarea": _control,
}
