"""Every kind of gap and every rule that finds one, as data, the gravest first."""

from dataclasses import dataclass

from answerable.engine.gap_analysis import answers, looking, plans, repeats
from answerable.engine.gap_analysis.finding import Rule, each, each_ever


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of gap: its name, and what it means, in a sentence."""

    name: str
    sentence: str


KINDS: dict[str, Kind] = {
    "repeat_after_closure": Kind(
        "Asked again after it was called done",
        "A later report asks the same body for what was claimed, assured or closed before.",
    ),
    "never_answered": Kind(
        "Never answered", "The body was asked, and nothing in this record answers it."
    ),
    "not_taken_over": Kind(
        "Not taken over", "The body has ended or was followed, and nobody carries this on."
    ),
    "never_assessed": Kind(
        "Claimed, never assessed", "The body says that it is done; nobody independent has looked."
    ),
    "wording_changed": Kind(
        "Assessed against something that has changed",
        "There was an opinion. What it was bound to is no longer as it was, so it is void.",
    ),
    "no_action": Kind("Accepted, no action", "The body accepted it, and no action serves it."),
    "lapsed": Kind("Lapsed", "An action has lost its money or its owner before it was done."),
    "contradicted": Kind(
        "Contradicted", "Something else that was asked contradicts it, as someone signed."
    ),
    "no_position": Kind(
        "Answered, not read", "There is a reply, and the office has not said how it reads it."
    ),
    "bare_action": Kind(
        "No owner, date or closing test",
        "It was accepted, but nobody is named, no day is set, or nothing says what would show it.",
    ),
    "uncovered_theme": Kind(
        "A theme that no plan covers",
        "Nothing that a report asks of a body under one theme is served by any action.",
    ),
    "neighbour": Kind(
        "Not asked of the one beside it",
        "Asked of one body and not of another like it: for the overseer to judge.",
    ),
}
"""The kinds of gap, the gravest first."""


@dataclass(frozen=True, slots=True)
class GapRule:
    """One rule: the kind of gap, what exactly is one, on what it rests, and what finds it."""

    kind: str
    sentence: str
    evidence: str
    find: Rule


RULES: dict[str, GapRule] = {
    "repeat_after_closure": GapRule(
        "repeat_after_closure",
        "Open, and asked of a body on or after the day on which an earlier recommendation of the "
        "same family, asked of that body, one before it or one after it, was claimed as ready or "
        "met by other means, found to be assured, or closed.",
        "When the earlier one was asked, what was said of it and when, when it was asked again.",
        repeats.repeat_after_closure,
    ),
    "no_reply": GapRule(
        "never_answered",
        "No reply is in the record. Where a clock was started: it is not paused, and its last day is over.",
        "When it was asked, and when the reply was due.",
        each(answers.no_reply),
    ),
    "reply_says_nothing": GapRule(
        "never_answered",
        "There are replies, and the office reads no response in any of them.",
        "When it was asked, and the day of the reply.",
        each(answers.reply_says_nothing),
    ),
    "not_passed_on": GapRule(
        "not_taken_over",
        "The body has ended, or another has followed it, and this was not passed on.",
        "The end of the body; its successors, each with the day.",
        each(plans.not_passed_on),
    ),
    "left_in_plan": GapRule(
        "not_taken_over",
        "It was passed to this body, and an action for it that runs was left in the plan of the "
        "body before.",
        "The actions that were left.",
        each(plans.left_in_plan),
    ),
    "never_assessed": GapRule(
        "never_assessed",
        "The newest claim is “ready for assessment” or “met by other means”, and no opinion was "
        "signed here since.",
        "The claim and its day.",
        each(looking.never_assessed),
    ),
    "wording_changed": GapRule(
        "wording_changed",
        "There is an opinion that is void, since the wording, the test, the claim, the evidence or "
        "a sample is no longer what was seen, and none that stands. Closed ones count too.",
        "The opinion and its day, and what has changed.",
        each_ever(looking.wording_changed),
    ),
    "no_action": GapRule(
        "no_action",
        "Accepted, in part or in principle too, and no action serves it that was not abandoned.",
        "The position, with the day of the reply.",
        each(plans.no_action),
    ),
    "funding_ended": GapRule(
        "lapsed",
        "The funding of an action that serves it ended before the day of the analysis, and the "
        "action is not done.",
        "The actions, each with the day on which its funding ended.",
        each(plans.funding_ended),
    ),
    "owner_left": GapRule(
        "lapsed",
        "The person who owns an action that runs has no access any more, or is not of its body.",
        "The actions. People are not named.",
        each(plans.owner_left),
    ),
    "contradicted": GapRule(
        "contradicted",
        "A signed link that stands says that it contradicts another recommendation.",
        "The other recommendations, and when each link was signed.",
        each(repeats.contradicted),
    ),
    "no_position": GapRule(
        "no_position",
        "The newest reply waits for someone in the office to say what position it takes.",
        "The day of the reply.",
        each(answers.no_position),
    ),
    "no_closing_test": GapRule(
        "bare_action",
        "Accepted, in part or in principle too, and the two sides have agreed no closing test.",
        "The position, with the day of the reply.",
        each(plans.no_closing_test),
    ),
    "action_without_owner": GapRule(
        "bare_action",
        "An action that serves it runs, and names a post but no person who holds it.",
        "The actions.",
        each(plans.action_without_owner),
    ),
    "action_without_date": GapRule(
        "bare_action",
        "An action that serves it runs, and has no date.",
        "The actions.",
        each(plans.action_without_date),
    ),
    "uncovered_theme": GapRule(
        "uncovered_theme",
        "Of what one report asks of one body under one theme, and what is open, no action serves "
        "any that was not abandoned. It stands with the first of them.",
        "Each recommendation of the report under the theme, with the day it was asked.",
        plans.uncovered_theme,
    ),
    "neighbour": GapRule(
        "neighbour",
        "A family, or a recommendation that stands alone, was asked of a body and not of another of "
        "the same kind that still exists, is not in its line, and shares an area with it or was "
        "asked something by the same report. It stands with the newest asking.",
        "When it was asked, and of whom it was not: ten are named, the others counted.",
        repeats.neighbour,
    ),
}
"""Every rule by its key, in the order in which gaps stand."""
