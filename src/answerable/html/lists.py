"""Lists: the rows of a record, its history, and what narrows a list."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.utils.safestring import SafeString

from answerable.html.components import Options, draw
from answerable.html.dates import PARTS, DateInput
from answerable.html.forms import flat
from answerable.html.library import register
from answerable.html.pagination import Pairs, address_of, pairs_of
from answerable.html.times import When, day_words, moment_words

ROWS = "rows of the summary list"


class SummaryListNode(Node):
    """Collects the rows that stand inside it, then draws them together."""

    def __init__(self, inner: NodeList, options: Mapping[str, FilterExpression]) -> None:
        self.inner, self.options = inner, options

    def render(self, context: Context) -> SafeString:
        """The list; whatever stands between its rows is left out."""
        rows: list[Options] = []
        options = {name: value.resolve(context) for name, value in self.options.items()}
        with context.push(**{ROWS: rows}):
            self.inner.render(context)
        title = options.get("card")
        tight = "govuk-summary-list--tight" if options.get("tight") else ""
        classes = " ".join(filter(None, (tight, options.get("classes"))))
        return draw(
            "summary-list",
            rows=rows,
            classes=classes,
            card={"title": {"text": title}} if title else None,
        )


@register.tag
def summary_list(parser: Parser, token: Token) -> SummaryListNode:
    """``{% summary_list %}{% row "Title" report.title %}…{% endsummary_list %}``.

    ``card="Title"`` draws it as a card, ``tight=True`` closer, ``classes`` adds to the list.
    """
    options = token_kwargs(token.split_contents()[1:], parser)
    inner = parser.parse(("endsummary_list",))
    parser.delete_first_token()
    return SummaryListNode(inner, options)


def _add_row(context: Context, key: str, value: object, href: str, text: str, about: str) -> str:
    rows = context.get(ROWS)
    if rows is None:
        raise TemplateSyntaxError("A row must stand inside {% summary_list %}.")
    link = {"href": href, "text": text, "visually_hidden_text": about or key[:1].lower() + key[1:]}
    rows.append(
        {
            "key": {"text": key},
            "value": {"text": value},
            "actions": {"items": [link] if href else []},
        }
    )
    return ""


@register.simple_tag(takes_context=True)
def row(
    context: Context,
    key: str,
    value: object = "",
    *,
    href: str = "",
    text: str = "Change",
    about: str = "",
    missing: str = "Not given",
) -> str:
    """A row: its name, its value, and with ``href`` a link to change it."""
    shown = day_words(value) if isinstance(value, date) else value
    return _add_row(context, key, missing if shown in (None, "") else shown, href, text, about)


@register.simple_block_tag(takes_context=True)
def long_row(
    context: Context,
    content: str,
    key: str,
    *,
    href: str = "",
    text: str = "Change",
    about: str = "",
) -> str:
    """A row whose value is written out: ``{% long_row "Scope" %}…{% endlong_row %}``."""
    return _add_row(context, key, content, href, text, about)


@register.inclusion_tag("parts/history.html")
def history(lines: Iterable[Any], *, moments: bool = False) -> dict[str, object]:
    """What happened, newest first: each line has ``when`` and ``text`` (and may have ``by``)."""
    words = moment_words if moments else day_words
    return {
        "lines": [
            {
                "when": words(_of(line, "when")),
                "iso": _iso(_of(line, "when")),
                "text": _of(line, "text"),
                "by": _of(line, "by"),
            }
            for line in lines
        ]
    }


def _of(line: Any, name: str) -> Any:
    return line.get(name) if isinstance(line, Mapping) else getattr(line, name, None)


def _iso(value: When) -> str:
    return value if isinstance(value, str) else value.isoformat() if value else ""


@register.inclusion_tag("parts/filters.html", takes_context=True)
def filters(
    context: Context,
    form: forms.BaseForm,
    *,
    title: str = "Narrow the list",
    press: str = "Apply",
    clear: str = "?",
    keep: str = "",
) -> dict[str, object]:
    """A form that narrows a list by its address, and what is chosen, each with a way out.

    ``keep`` names keys of the query, with spaces between, that stay (the order of the list).
    """
    asked = pairs_of(form.data) if isinstance(form.data, QueryDict) else []
    kept = [pair for pair in asked if pair[0] in keep.split()]
    pairs = [pair for pair in asked if pair[0] != "page"]
    form.is_valid()  # so that what was chosen is known as a date
    return {
        "form": form,
        "title": title,
        "press": press,
        "clear": clear,
        "kept": kept,
        "fields": [bound for bound in form if not bound.is_hidden],
        "chosen": [item for bound in form if not bound.is_hidden for item in _chosen(bound, pairs)],
    }


def _chosen(bound: BoundField, pairs: Pairs) -> Iterable[Options]:
    """What of ``bound`` is chosen, each with the address of the list without it."""
    name = bound.html_name
    if isinstance(bound.field.widget, DateInput):
        yield from _chosen_date(bound, pairs)
        return
    words = {
        str(value): str(text) for value, text in flat(getattr(bound.field.widget, "choices", ()))
    }
    for pair in pairs:
        if pair[0] == name and pair[1]:
            text = words.get(
                pair[1], bound.label if pair[1] == "on" else f"{bound.label}: {pair[1]}"
            )
            yield {"text": text, "href": address_of([one for one in pairs if one != pair])}


def _chosen_date(bound: BoundField, pairs: Pairs) -> Iterable[Options]:
    value = getattr(bound.form, "cleaned_data", {}).get(bound.name)
    if value:
        names = {f"{bound.html_name}-{part}" for part in PARTS}
        rest = [pair for pair in pairs if pair[0] not in names]
        yield {"text": f"{bound.label}: {day_words(value)}", "href": address_of(rest)}
