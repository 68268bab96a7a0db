"""HTML in one form, so that two ways of writing the same page compare equal."""

from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._flush()
        said = sorted((name, self._value(name, value or "")) for name, value in attrs)
        self.lines.append(
            " ".join([f"<{tag}", *(f'{name}="{value}"' for name, value in said)]) + ">"
        )

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        self._flush()
        if tag not in ("path", "input"):  # drawn with or without an end, it means the same
            self.lines.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.words += data

    def _flush(self) -> None:
        words = " ".join(self.words.split())
        if words:
            self.lines.append(words)
        self.words = ""

    @staticmethod
    def _value(name: str, value: str) -> str:
        return " ".join(sorted(value.split())) if name == "class" else value


def normal(html: str) -> list[str]:
    """One line for each tag and each run of words; classes and attributes in the alphabet's order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader._flush()
    return reader.lines
