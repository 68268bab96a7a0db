"""Sentences for a person: why something was taken for a recommendation."""

from answerable.engine.documents import lexicon, runs, second_look
from answerable.engine.documents.choose import Choice
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Run

_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_LONGEST_HEADING = 90


def of(choice: Choice, paged: bool) -> tuple[str, ...]:
    """The reasons for one entry, the weightiest first; at the end why it was not taken."""
    found = [_position(choice)]
    sub = _sub_heading(choice)
    if sub is not None:
        found.append(f"The nearest heading above it is “{_short(sub.text)}”.")
    wording = _wording(choice.item.text)
    if wording is not None:
        found.append(wording)
    if choice.also and paged:
        pages = sorted({item.blocks[0].page for item in choice.also})
        found.append(f"Almost the same words are printed on {_pages(pages)}.")
    elif choice.also:
        found.append("Almost the same words are printed twice.")
    if choice.run.strategy == second_look.STRATEGY:
        found.append("No list is plainly announced, so it was found by weaker signs.")
    if choice.run.against is not None:
        found.append(f"Not taken: {choice.run.against[0].lower()}{choice.run.against[1:]}")
    return tuple(found)


def _position(choice: Choice) -> str:
    run, item = choice.run, choice.item
    place = ordinal(run.items.index(item) + 1)
    stands = where(run)
    numbers = [n for n in run.numbers if n]
    if len(run.items) == 1:
        return f"It stands alone {stands}."
    if len(numbers) == len(run.items) and not runs.gaps(run.numbers):
        return f"It is the {place} of a run numbered {numbers[0]} to {numbers[-1]} {stands}."
    return f"It is the {place} of {len(run.items)} {stands}."


def where(run: Run) -> str:
    """Where the run stands, to go on a sentence: “under …”."""
    if run.heading is not None:
        return f"under “{_short(run.heading.text)}”"
    if run.lead is not None:
        return f"in the list opened by “{_short(run.lead.text, tail=True)}”"
    return run.place


def _short(text: str, *, tail: bool = False) -> str:
    text = text.strip()
    if len(text) <= _LONGEST_HEADING:
        return text
    return "…" + text[-_LONGEST_HEADING:] if tail else text[:_LONGEST_HEADING] + "…"


def _sub_heading(choice: Choice) -> Block | None:
    path = choice.item.blocks[0].path
    return path[-1] if path and path[-1] is not choice.run.heading else None


def _wording(text: str) -> str | None:
    if lexicon.performs(text):
        return "Its own words recommend, urge or call for something."
    if lexicon.commands(text):
        return f"It opens with a command, “{text.split()[0]}”."
    if lexicon.obliges(text):
        return "It says what should, must or needs to be done."
    return None


def _pages(pages: list[int]) -> str:
    if len(pages) == 1:
        return f"page {pages[0]}"
    return f"pages {', '.join(map(str, pages[:-1]))} and {pages[-1]}"


def ordinal(number: int) -> str:
    """The number as a word, "seventh", up to twenty; beyond that "21st"."""
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    tail = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{tail}"
