"""The four answers as the desk draws them: words from the record, a sign for each, what was said before."""

from collections.abc import Mapping
from typing import Any

from answerable.assurance.models import Judgement
from answerable.assurance.queries.four import Answer, FourAnswers, Said
from answerable.html.times import day_words
from answerable.register.models import Stands

SILENT = (Stands.SILENT, Stands.PASSED)
"""Where an answer stands while nothing was said."""


def sign_of(answer: Answer) -> str:
    """The sign that is drawn before the words of an answer; it says no more than they do."""
    if answer.key == "response":
        return "silent" if answer.values[0] in SILENT else "said"
    if answer.key == "delivery":
        return "said" if answer.values else "silent"
    if answer.key == "effect":
        return "measured" if answer.values else "unmeasured"
    if set(answer.values) == {Judgement.ASSURED}:
        return "seen"
    seen = {Judgement.ASSURED, Judgement.PARTLY}
    return "part" if seen & set(answer.values) else "unseen"


def spoken(said: Answer | Said) -> str:
    """Who said it, and when."""
    return ", ".join(filter(None, (said.speaker, day_words(said.on))))


def shown(answer: Answer) -> dict[str, Any]:
    """One answer as ``{% four %}`` takes it."""
    return {
        "answer": answer.words.removesuffix("."),
        "by": spoken(answer) if answer.on else "",
        "note": answer.note,
        "sign": sign_of(answer),
        "history": [
            {"words": said.words, "by": spoken(said), "note": said.note} for said in answer.history
        ],
    }


def four_shown(four: FourAnswers) -> dict[str, Any]:
    """All four by their names, with ``apart``: the sentence where claim and assurance disagree."""
    return {**{answer.key: shown(answer) for answer in four}, "apart": four.disagreement}


def with_links(four: dict[str, Any], links: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """``four`` with where to read more: for each name the address and the words of the link."""
    for name, (href, link) in links.items():
        if href:
            four[name] |= {"href": href, "link": link}
    return four
