"""What papers are made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that a letter is about: why it was asked, then what is said of it."""

    reference: str
    reason: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in the name of one person of an office. ``day`` is ISO text; ``dated`` is its words."""

    office: str
    to_name: str
    to_post: str
    to_address: tuple[str, ...]
    body: str
    dated: str
    day: str
    references: tuple[str, ...]
    matters: tuple[Matter, ...]
    signed_by: str

    @property
    def heading(self) -> str:
        """What it is about, by references only."""
        if len(self.references) == 1:
            return self.references[0]
        return f"{', '.join(self.references[:-1])} and {self.references[-1]}"

    @property
    def greeting(self) -> str:
        """How it begins."""
        return f"Dear {self.to_name or self.to_post},"

    @property
    def ending(self) -> str:
        """How it ends: sincerely to somebody named, faithfully to a post."""
        return "Yours sincerely," if self.to_name else "Yours faithfully,"
