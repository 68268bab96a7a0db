"""What a section of the page is made of: lines, each with why it is there and the one next act."""

from dataclasses import dataclass, field

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: when or how many, what, why, and what to do next."""

    when: str
    what: str
    href: str
    why: str
    press: str = ""
    press_href: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading. ``mine``: whether they wait for this person or for others.

    ``more_href`` leads to all of them, with ``more`` as its words, where there are too many.
    """

    title: str
    lines: list[Line] = field(default_factory=list)
    mine: bool = True
    more_href: str = ""
    more: str = "All of them"


def in_words(number: int) -> str:
    """A small number in words, to begin a sentence."""
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"
