"""XML from strangers: parsed with the standard library, which fetches nothing, and without DTDs.

Entities can only be declared in a DTD, so refusing those refuses every entity bomb.
"""

from xml.etree import ElementTree

Element = ElementTree.Element
Malformed = ElementTree.ParseError


class Declares(ValueError):
    """The XML has a document type of its own."""


class _Builder(ElementTree.TreeBuilder):
    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """Called by the parser at a document type declaration."""
        raise Declares(f"a document type is declared: {name}")


def parse(data: bytes) -> Element:
    """The root element. Raises :class:`Malformed`, or :class:`Declares` for a document type."""
    parser = ElementTree.XMLParser(target=_Builder())  # noqa: S314 - see above
    parser.feed(data)
    root: Element = parser.close()
    return root
