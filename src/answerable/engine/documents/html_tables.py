"""Tables of a web page: their own rows, their spans, and whether they hold data at all."""

from selectolax.lexbor import LexborNode

_WIDEST = 100


def rows_of(table: LexborNode) -> list[LexborNode]:
    """The table's own rows, without those of tables inside it."""
    found: list[LexborNode] = []
    for child in table.iter():
        if child.tag == "tr":
            found.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            found += [row for row in child.iter() if row.tag == "tr"]
    return found


def lays_out(node: LexborNode, rows: list[LexborNode]) -> bool:
    """Whether the table only lays out the page: it says so, has one column, or holds tables."""
    if (node.attributes.get("role") or "") in ("presentation", "none"):
        return True
    if node.css_first("td table, td h1, td h2, td h3") is not None:
        return True
    return all(sum(c.tag in ("td", "th") for c in row.iter()) <= 1 for row in rows)


def span(cell: LexborNode, name: str) -> int:
    """Over how many rows or columns the cell goes."""
    value = cell.attributes.get(name) or "1"
    return min(_WIDEST, max(1, int(value))) if value.isdigit() and len(value) < 4 else 1
