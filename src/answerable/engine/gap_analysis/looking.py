"""Rules about what someone independent has seen of what is claimed."""

from answerable.engine.gap_analysis.content import Fact
from answerable.engine.gap_analysis.finding import Why, listed, on_day
from answerable.engine.gap_analysis.state import DONE, STANDS, VOID, Asked, State

RUNGS = {
    "ready_for_assessment": "claimed as ready for assessment",
    "met_by_other_means": "claimed as met by other means",
}
JUDGEMENTS = {
    "assured": "opinion “assured”",
    "partly": "opinion “partly assured”",
    "not_assured": "opinion “not assured”",
}


def never_assessed(state: State, asked: Asked) -> Why | None:
    """The newest claim says that it is done, and no opinion was signed since."""
    claim = asked.claims[-1] if asked.claims else None
    if claim is None or claim.rung not in DONE:
        return None
    if any(one.at >= claim.at and not one.elsewhere for one in asked.opinions):
        return None
    said = RUNGS[claim.rung].removeprefix("claimed as ")
    because = (
        f"{state.name_of(asked.body)} claimed “{said}” {on_day(claim.on)}. Nobody independent has "
        "looked since."
    )
    return because, (Fact(RUNGS[claim.rung], claim.on, asked.recommendation),), claim.on


def wording_changed(state: State, asked: Asked) -> Why | None:
    """No opinion stands, and one is void: what was seen is not what is there now."""
    if any(one.state == STANDS for one in asked.opinions):
        return None
    void = [one for one in asked.opinions if one.state == VOID and not one.elsewhere]
    if not void:
        return None
    last = max(void, key=lambda one: one.at)
    what = listed(last.changed) if last.changed else "what was seen"
    because = f"It was assessed {on_day(last.on)}. That no longer holds: since then {what} changed."
    facts = (
        Fact(JUDGEMENTS[last.judgement], last.on, asked.recommendation),
        *(Fact(f"{part} changed since", None, asked.recommendation) for part in last.changed),
    )
    return because, facts, last.on
