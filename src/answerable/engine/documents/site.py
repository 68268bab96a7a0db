"""What on a web page is the document, and what is the site around it.

Menus, cookie bars, share links and lists of related pages are told by their tags, roles and class
names, and by how much of their text is links. What is only folded away is part of the document.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

NEVER = frozenset(
    [
        "script",
        "style",
        "nav",
        "footer",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "head",
        "select",
        "input",
        "textarea",
        "dialog",
        "del",
        "s",
        "strike",
        "math",
        "canvas",
        "video",
        "audio",
        "map",
    ]
)
_PERHAPS = frozenset(["aside", "form", "header", "button"])
_MAIN = (
    "main",
    "[role=main]",
    "article",
    "#content",
    "#main-content",
    "#main",
    "#maincontent",
    ".main-content",
    ".entry-content",
    ".post-content",
    ".article-body",
)
_ROLES = re.compile(
    r"^(?:navigation|banner|contentinfo|search|complementary|dialog|alertdialog|menu|menubar"
    r"|toolbar|tablist|status)$",
    re.I,
)
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|breadcrumbs?|shar(?:e|ing)|social|related|sidebar|navbar"
    r"|nav|navigation|menu|masthead|site-?header|site-?footer|page-?footer|skip|skiplinks?"
    r"|pagination|pager|prev-?next|feedback|newsletter|subscribe|promo|advert|ads|banner"
    r"|toc|table-of-contents|contents-list|on-this-page|back-?to-?top|print|toolbar|widget"
    r"|metadata|tags?|comments?|search|login|popup|modal|download-?links?)(?:$|[\s_-])",
    re.I,
)
_UNSEEN = re.compile(
    r"(?:^|[\s_])(?:[\w-]*visually-?hidden|sr-?only|screen-?reader\w*(?:-text)?|hidden-text"
    r"|element-invisible|show-for-sr|assistive-text)(?:$|[\s_])",
    re.I,
)
_FOLDED = re.compile(r"accordion|collaps|panel|tab|expand|toggle|details|fold", re.I)
_NOT_SHOWN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_NOTES = re.compile(r"(?:^|[\s_-])(?:footnotes?|endnotes?|fn-?list|reflist)(?:$|[\s_-])", re.I)
_MOSTLY = 0.5
_SHORT = 120
_MUCH = 400


class Furniture:
    """Tells what to leave out on one page."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.opened = frozenset(
            name
            for node in tree.css("[aria-controls], [data-target], [data-bs-target]")
            for name in _targets(node)
        )

    def leaves_out(self, node: LexborNode) -> bool:
        """Whether the element is the site's or hidden for good."""
        tag = node.tag or ""
        if tag in NEVER:
            return True
        attributes = node.attributes
        if _ROLES.match(attributes.get("role") or ""):
            return True
        named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if _UNSEEN.search(named) or self._hidden(attributes, named):
            return True
        if tag in _PERHAPS:
            return _leave(node, tag, named)
        return bool(_AROUND.search(named)) and _is_site(node)

    def _hidden(self, attributes: dict[str, str | None], named: str) -> bool:
        hidden = "hidden" in attributes or _NOT_SHOWN.search(attributes.get("style") or "")
        if not hidden or attributes.get("hidden") == "until-found":
            return False
        return attributes.get("id") not in self.opened and not _FOLDED.search(named)


def _targets(node: LexborNode) -> Iterator[str]:
    for name in ("aria-controls", "data-target", "data-bs-target"):
        for target in (node.attributes.get(name) or "").split():
            yield target.lstrip("#")


def _leave(node: LexborNode, tag: str, named: str) -> bool:
    """Whether an aside, a form, a header or a button is the site's.

    Some sites wrap the whole page in a form, some set recommendations in asides, and a heading
    that folds holds its words in a button.
    """
    if tag == "button":
        return node.parent is None or not re.match(r"h[1-6]$|summary$", node.parent.tag or "")
    if tag == "form":
        return len(node.text()) < _MUCH or not node.css("p, li, h2, h3")
    if tag == "header":
        return node.css_first("h1") is None and _is_site(node)
    return bool(_AROUND.search(named)) or _is_site(node)


def _is_site(node: LexborNode) -> bool:
    """Whether the element is mostly links, or short and without any sentence."""
    length, linked = _lengths(node)
    if length > 20 * _MUCH:
        return False
    return linked > _MOSTLY * length or (length < _SHORT and not node.css("h1, h2, p, ol"))


def _lengths(node: LexborNode) -> tuple[int, int]:
    length = len(" ".join(node.text().split()))
    linked = sum(len(" ".join(a.text().split())) for a in node.css("a"))
    return length, linked


def is_notes(node: LexborNode) -> bool:
    """Whether the element holds the footnotes of the page."""
    attributes = node.attributes
    if (attributes.get("role") or "") in ("doc-endnotes", "doc-footnote"):
        return True
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return node.tag in ("div", "section", "ol", "ul", "aside") and bool(_NOTES.search(named))


def content(tree: LexborHTMLParser, furniture: Furniture) -> LexborNode | None:
    """The part of the page that holds the document: marked as such, or the densest."""
    body = tree.body
    if body is None:
        return None
    whole = _words(body)
    for selector in _MAIN:
        marked = tree.css(selector)
        best = max(marked, key=_words, default=None)
        if best is not None and _words(best) > 0.4 * whole:
            # Several articles side by side are parts of one document.
            alone = selector != "article" or _words(best) > 0.8 * sum(map(_words, marked))
            return best if alone else body
    return _densest(body, furniture)


def _words(node: LexborNode) -> int:
    """How much text stands in paragraphs, lists and tables outside links."""
    length, linked = 0, 0
    for part in node.css("p, li, td, dd, h1, h2, h3, h4, pre, blockquote"):
        length += len(part.text(deep=False).strip())
        linked += 0
    for inline in node.css("p b, p strong, p span, p em, li span, li b, li strong, td span"):
        length += len(inline.text(deep=False).strip())
    return length - linked


def _densest(body: LexborNode, furniture: Furniture) -> LexborNode:
    """Down from the body as long as one child holds nearly all of the text."""
    node = body
    for _ in range(40):
        whole = _words(node)
        inside = [c for c in node.iter() if c.tag in ("div", "section", "article", "main", "form")]
        best = max(inside, key=_words, default=None)
        if best is None or _words(best) < 0.85 * whole or furniture.leaves_out(best):
            return node
        if best.css_first("h1, h2, h3") is None and node.css_first("h1, h2, h3") is not None:
            return node
        node = best
    return node
