"""What each sign is worth: the one table of weights, and the sum that makes a run's score of them.

Strategies say what they see, a :class:`Sign` by name and amount; only here is it decided how much
that counts for or against a run. Another set of weights, made from labelled documents, takes the
place of this table and of nothing else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

TAKE = 0.55
TAKE_IF_NOTHING_BETTER = 0.42
STRONG = 0.78
"""From which score a run is taken, taken where no other reaches that, and beyond doubt."""

PRECEDENCE = {"registered": 0.2, "named": 0.1, "table": 0.03, "section": 0.02}
"""Which of two runs of like score keeps the entries that both found."""

_MOST = 0.97


@dataclass(frozen=True, slots=True)
class Sign:
    """Something seen about a run: its name in the table, and how much of it there is (a share)."""

    name: str
    amount: float = 1.0


@dataclass(frozen=True, slots=True)
class Vote:
    """What one sign adds to the score of a run, or takes from it, with the reason in words."""

    name: str
    weight: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Weight:
    """What the whole of a sign is worth. ``{}`` in the sentence is its amount in per cent.

    A ``floor`` is not added: it lifts the score to itself where the other votes are lower.
    """

    worth: float
    sentence: str
    floor: bool = False


WEIGHTS: Mapping[str, Weight] = {
    "section.own": Weight(0.58, "The heading above announces recommendations or the like."),
    "section.mixed": Weight(0.46, "The heading above announces recommendations among others."),
    "section.plain_title": Weight(0.08, "The heading is nothing but the title of such a list."),
    "section.asking": Weight(0.22, "{} of the entries ask for something to be done."),
    "section.whole": Weight(0.08, "The entries are numbered without a gap."),
    "section.lessons": Weight(-0.2, "Lessons are told as often as they are asked for."),
    "section.paragraphs": Weight(-0.25, "It is running text, not a list."),
    "section.telling": Weight(-0.3, "Most entries tell how things are."),
    "section.telling_in_list": Weight(-0.12, "Most entries tell how things are."),
    "section.long": Weight(-0.4, "{} of the entries are as long as whole pages."),
    "named.name": Weight(0.6, "The entries carry the name of what they are."),
    "named.asking": Weight(0.2, "{} of the entries ask for something to be done."),
    "named.several": Weight(0.15, "There are several of them."),
    "named.silent": Weight(0.35, "They carry the name, but hardly any asks for something."),
    "named.not_from_start": Weight(-0.25, "Their numbers do not begin at the beginning."),
    "table.column": Weight(0.88, "A column of the table is titled as such a list."),
    "table.labels": Weight(0.8, "Each stands in a table beside its number, and asks."),
    "table.tracks": Weight(-0.38, "Another column tells how far things have come."),
    "registered.one": Weight(0.66, "It recommends, and ends in the number of a register."),
    "registered.several": Weight(0.16, "Several do, with different numbers."),
    "lead-in.recommends": Weight(0.52, "The sentence before the list recommends what it says."),
    "lead-in.mentions": Weight(0.36, "The sentence before the list speaks of recommendations."),
    "lead-in.asking": Weight(0.15, "{} of the entries ask for something to be done."),
    "lead-in.whole": Weight(0.1, "The entries are numbered without a gap."),
    "lead-in.throughout": Weight(0.6, "The report recommends in this way throughout.", floor=True),
    "emphasised.bold": Weight(0.5, "They stand out in bold from the text around them."),
    "emphasised.performing": Weight(0.2, "{} of them recommend in so many words."),
    "second.title": Weight(0.3, "A title above speaks of what should happen."),
    "second.lead": Weight(0.3, "The sentence before the list says what somebody should do."),
    "second.named": Weight(0.34, "The entries count with the same word."),
    "second.column": Weight(0.3, "A column of a table asks for things."),
    "second.listed": Weight(0.18, "The list stands by itself."),
    "second.bold": Weight(0.22, "They stand out in bold from the text around them."),
    "second.asking": Weight(0.28, "{} of the entries ask for something to be done."),
    "second.whole": Weight(0.06, "The entries are numbered without a gap."),
    "second.several": Weight(0.06, "There are several of them."),
    "second.late": Weight(0.06, "They stand towards the end."),
    "sentence.performing": Weight(0.45, "They recommend in so many words, in no list."),
}
"""Set by hand. The part of a name before the full stop is the strategy that sees the sign."""


def votes(signs: Iterable[Sign], table: Mapping[str, Weight] = WEIGHTS) -> tuple[Vote, ...]:
    """The votes that the signs cast, in the order of the signs, floors last."""
    known = [(sign, table[sign.name]) for sign in signs]
    cast = [
        Vote(s.name, round(w.worth * s.amount, 6), _said(w, s)) for s, w in known if not w.floor
    ]
    for sign, weight in known:
        lift = round(weight.worth - sum(vote.weight for vote in cast), 6)
        if weight.floor and lift > 0:
            cast.append(Vote(sign.name, lift, _said(weight, sign)))
    return tuple(cast)


def _said(weight: Weight, sign: Sign) -> str:
    return weight.sentence.format(f"{sign.amount:.0%}")


def score(cast: Iterable[Vote]) -> float:
    """The sum of the votes, between 0 and almost 1: nobody is certain."""
    return max(0.0, min(_MOST, round(sum(vote.weight for vote in cast), 6)))
