"""Buttons, tags, ways back, banners, disclosures: small parts of a page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.middleware.csrf import get_token
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from answerable.html.components import draw
from answerable.html.library import register

KINDS = ("", "secondary", "warning", "inverse")


@register.simple_tag(takes_context=True)
def button(
    context: Context,
    text: str,
    *,
    href: str = "",
    action: str = "",
    kind: str = "",
    refused: object = "",
    name: str = "",
    value: str = "",
    id: str = "",
    once: bool = True,
    **more: Any,
) -> SafeString:
    """A button of a form; with ``href`` a link drawn as one; with ``action`` a form of its own.

    ``kind`` is "secondary", "warning" or "inverse". ``refused`` is what the rule said: when it is
    not empty, its sentence stands where the button would. ``once`` ignores a second click.
    """
    if kind not in KINDS:
        raise ValueError(f"No such kind of button: {kind}")
    if refused:
        return format_html('<p class="an-refused">{}</p>', refused)
    drawn = draw(
        "button",
        text=text,
        href=href,
        classes=f"govuk-button--{kind}" if kind else "",
        name=name,
        value=value,
        id=id,
        prevent_double_click=True if once and not href else None,
        **more,
    )
    return _in_form(context, drawn, action) if action else drawn


def _in_form(context: Context, inner: SafeString, action: str) -> SafeString:
    request = context.get("request")
    token = (
        format_html(
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)
        )
        if request is not None
        else ""
    )
    return format_html(
        '<form method="post" action="{}" novalidate>{}{}</form>', action, token, inner
    )


@register.simple_tag
def tag(text: str, colour: str = "grey") -> SafeString:
    """A word in a box, grey unless there is a reason; the word is enough without the colour."""
    return draw("tag", text=text, classes=f"govuk-tag--{colour}" if colour else "")


@register.simple_tag
def back(href: str, text: str = "Back") -> SafeString:
    """The way back to the page before, in a landmark: it stands outside the main part."""
    return format_html('<nav aria-label="Back">{}</nav>', draw("back-link", href=href, text=text))


@register.simple_tag
def breadcrumbs(*steps: str, collapse: bool = True) -> SafeString:
    """The way down to this page: ``{% breadcrumbs "Reports" reports_url "R-0031" %}``.

    Text, address, text, address …; the last text has no address and is this page.
    """
    pairs = [steps[at : at + 2] for at in range(0, len(steps), 2)]
    items = [{"text": pair[0], "href": pair[1] if len(pair) > 1 else ""} for pair in pairs]
    return draw("breadcrumbs", items=items, collapse_on_mobile=collapse)


@register.simple_tag
def notification(text: str, kind: str = "", title: str = "", key: str = "") -> SafeString:
    """A banner that tells what happened. ``kind="success"`` moves the keyboard to it."""
    return draw(
        "notification-banner",
        text=text,
        type=kind if kind == "success" else None,
        title_text=title,
        title_id=f"told-{key}" if key else None,
    )


@register.simple_tag(takes_context=True)
def exit_this_page(context: Context, href: str = "") -> SafeString:
    """The button with which a reader leaves at once, to ``href`` or the page's ``exit_href``."""
    return draw("exit-this-page", redirect_url=href or context.get("exit_href") or "")


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> SafeString:
    """``{% details "Why the reader thinks so" %}…{% enddetails %}``."""
    return draw("details", summary_text=summary, text=content, open=open)


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """``{% inset %}…{% endinset %}``: text set apart by a line at its left."""
    return draw("inset-text", text=content)


@register.simple_tag
def warning(text: str) -> SafeString:
    """An exclamation mark and a sentence about what cannot be undone."""
    return draw("warning-text", text=text)


@register.inclusion_tag("parts/told.html")
def told(messages: Sequence[Any] | None) -> Mapping[str, object]:
    """The messages of the act before, as banners."""
    banners = [
        {"text": str(one), "kind": "success" if one.level_tag == "success" else one.level_tag}
        for one in messages or ()
    ]
    return {"banners": banners}
