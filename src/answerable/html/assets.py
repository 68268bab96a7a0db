"""Where style sheets, scripts and pictures are."""

from django.template import Context
from django.templatetags.static import static

from answerable.html.library import register


@register.simple_tag(takes_context=True)
def asset(context: Context, name: str) -> str:
    """The address of one of our own static files.

    On the running site it is under ``STATIC_URL``. In an exported edition, which is a folder that
    may be opened from anywhere, the context carries ``asset_root``, a relative path that ends in
    a slash, and the address starts with it.
    """
    root = context.get("asset_root")
    return f"{root}{name}" if root is not None else static(name)
