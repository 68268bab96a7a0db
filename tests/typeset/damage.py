"""What happens to words on their way into a file: the truth keeps them whole."""

import re
from random import Random

DAMAGE = (
    "heads", "soft", "split", "glued", "spaces", "hyphens", "turned", "tight", "marks", "shuffled",
    "stamp", "ligatures",
)  # fmt: skip
"""Two-line running heads close to the text; soft hyphens; ``Th e``; numbers glued to words; double
spaces; hyphenated narrow lines; a page on its side; tight leading; footnote marks glued to words;
text drawn in another order than it is read; ``DRAFT`` across every page; ``ﬁ`` as one letter."""

_LONG = re.compile(r"[a-z]{9,}")


def spoil(text: str, damage: frozenset[str], rng: Random) -> str:
    """The words as a careless program would write them."""
    if "soft" in damage:
        text = _LONG.sub(
            lambda m: _softened(m.group(), rng) if rng.random() < 0.35 else m.group(), text
        )
    if "split" in damage:
        text = re.sub(
            r"\b(Th|Wh)(?=[aeiou])",
            lambda m: f"{m.group()} " if rng.random() < 0.5 else m.group(),
            text,
        )
        text = re.sub(
            r"\b(\w*fi)(?=[a-z]{3})",
            lambda m: f"{m.group()} " if rng.random() < 0.2 else m.group(),
            text,
        )
    if "ligatures" in damage:
        text = text.replace("fi", "\ufb01").replace("fl", "\ufb02")
    if "spaces" in damage:
        text = re.sub(" ", lambda m: "  " if rng.random() < 0.08 else " ", text)
    return text


def _softened(word: str, rng: Random) -> str:
    at = rng.randint(3, len(word) - 4)
    return word[:at] + "\u00ad" + word[at:]
