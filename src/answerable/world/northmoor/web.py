"""Makes a page as a coroner's website would publish it, with the site's own menus around it."""

from html import escape

from .text import Block, Item, Runs

_TAGS = {"emph": "em", "strong": "strong"}

_PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{title} | {author}</title>
<meta name="description" content="Northmoor, its people and its organisations are invented.">
</head>
<body>
<header>
<p>{author}</p>
<nav aria-label="Main">
<ul>
<li><a href="/">Home</a></li>
<li><a href="/inquests">Inquests this week</a></li>
<li><a href="/reporting">Reporting a death</a></li>
<li><a href="/reports">Reports to prevent future deaths</a></li>
</ul>
</nav>
</header>
<main>
{body}
</main>
<footer>
<p>1. Accessibility 2. Cookies 3. Contact</p>
<p>Northmoor, its people and its organisations are invented.</p>
</footer>
</body>
</html>
"""


def page(title: str, author: str, blocks: list[Block]) -> bytes:
    """The document as one HTML page in UTF-8."""
    body = "\n".join(_html(block) for block in blocks)
    return _PAGE.format(title=escape(title), author=escape(author), body=body).encode()


def _html(block: Block) -> str:
    match block.kind:
        case "heading":
            return f"<h{block.level}>{_inline(block.content)}</h{block.level}>"
        case "paragraph":
            return f"<p>{_inline(block.content)}</p>"
        case "bullets":
            entries = "".join(f"<li>{_inline(bullet)}</li>\n" for bullet in block.content)
            return f"<ul>\n{entries}</ul>"
        case "item":
            return _item(block.content)
    raise ValueError(f"a web page here has no {block.kind}")


def _item(item: Item) -> str:
    return f"<p>{escape(item.number)} {_inline(item.words)}</p>"


def _inline(runs: Runs) -> str:
    return "".join(_run(run.text, run.style) for run in runs)


def _run(text: str, style: str) -> str:
    if style == "break":
        return "<br>\n"
    tag = _TAGS.get(style)
    return f"<{tag}>{escape(text)}</{tag}>" if tag else escape(text)
