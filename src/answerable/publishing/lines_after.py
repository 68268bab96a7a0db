"""What follows a reply, laid out as lines that a reader sees: claim, test, plan, evidence, opinion.

An edition made before these were published has none of them, so every field is looked for softly.
"""

from collections.abc import Mapping
from typing import Any

from answerable.html.times import day_words, plural

Record = Mapping[str, Any]
Names = Mapping[str, str]
Lines = dict[str, object]


def of_answer(undertaking: Record, names: Names) -> Lines:
    """Everything that followed one body's reply, a label and a text each, in the order of the page."""
    u = undertaking
    lines: Lines = {}
    for n, claim in enumerate(u.get("claims", ()), start=1):
        lines |= _claim(n, claim, names)
    for test in u.get("closing_tests", ()):
        lines |= _test(test)
    for action in u.get("plan", ()):
        lines |= _action(action)
    lines |= _evidence(u.get("evidence", {}))
    for n, sample in enumerate(u.get("samples", ()), start=1):
        lines |= _sample(n, sample)
    for n, opinion in enumerate(u.get("opinions", ()), start=1):
        lines |= _opinion(n, opinion)
    for n, closure in enumerate(u.get("closures", ()), start=1):
        lines |= _closure(n, closure)
    return lines


def of_links(recommendation: Record) -> Lines:
    """The signed links of a recommendation, here and to what other offices keep."""
    lines: Lines = {}
    for link in recommendation.get("links", ()):
        label = f"Link of {link['later']} and {link['earlier']}, signed on {day_words(link['on'])}"
        lines[label] = f"{link['later']} {link['relation']} {link['earlier']}."
        lines[f"{label}: why"] = link["reason"]
        if link["taken_back_on"]:
            lines[f"{label}: taken back"] = f"On {day_words(link['taken_back_on'])}."
            lines[f"{label}: taken back, why"] = link["taken_back_because"]
        lines |= _read_otherwise(link, label)
    for link in recommendation.get("outside_links", ()):
        there = f"{link['theirs']} of {link['office']}"
        label = f"Link to {there}, signed on {day_words(link['on'])}"
        lines[label] = f"{recommendation['reference']} {link['relation']} {there}."
        lines[f"{label}: where"] = link["address"]
        lines[f"{label}: why"] = link["reason"]
        if link["taken_back_on"]:
            lines[f"{label}: taken back"] = f"On {day_words(link['taken_back_on'])}."
            lines[f"{label}: taken back, why"] = link["taken_back_because"]
    return lines


def _read_otherwise(link: Record, label: str) -> Lines:
    """How others read a link."""
    lines: Lines = {}
    for other in link.get("read_otherwise", ()):
        about = f"{label}: read otherwise on {day_words(other['on'])}"
        lines[about] = f"{link['later']} {other['relation']} {link['earlier']}."
        lines[f"{about}: why"] = other["reason"]
        if other["taken_back_on"]:
            lines[f"{about}: taken back"] = f"On {day_words(other['taken_back_on'])}."
            lines[f"{about}: taken back, why"] = other["taken_back_because"]
    return lines


def _claim(n: int, claim: Record, names: Names) -> Lines:
    label = f"claim {n}, of {day_words(claim['on'])}"
    role = claim["signed_off_role"]
    slipped = claim["slipped_on"]
    return {
        label: f"{names.get(claim['body'], claim['body'])} claims: {claim['rung_words']}.",
        f"{label}: signed off inside the body by": role,
        f"{label}: in its own words": claim["words"],
        f"{label}: why": claim["reason"],
        f"{label}: slipped back": slipped
        and f"The body itself reported that this had slipped back on {day_words(slipped)}.",
    }


def _test(test: Record) -> Lines:
    label = f"closing test, version {test['version']}"
    many = f", {test['how_many']} of them" if test["how_many"] else ""
    stands = "It stands." if test["stands"] else "A later version stands in its place."
    return {
        label: f"Agreed on {day_words(test['agreed_on'])}. {stands}",
        f"{label}: how": f"{test['pattern']}{many}",
        f"{label}: what is looked at": test["look_at"],
        f"{label}: what counts as seen": test["counts_as_seen"],
        f"{label}: why": test["why"],
        f"{label}: by": day_words(test["due_on"]),
        **_moves(label, test["moves"]),
    }


def _moves(label: str, moves: list[Record]) -> Lines:
    lines: Lines = {}
    for n, move in enumerate(moves, start=1):
        was, now = day_words(move["before"]), day_words(move["after"])
        on = day_words(move["on"])
        lines[f"{label}: date moved {n}, on {on}"] = f"{was} became {now}; approved by {move['by']}"
        lines[f"{label}: date moved {n}: why"] = move["reason"]
    return lines


def _action(action: Record) -> Lines:
    label = f"action {action['reference']}"
    lines: Lines = {
        label: action["title"],
        f"{label}: owner": action["owner_role"],
        f"{label}: serves": " … ".join(action["serves"]),
        f"{label}: first date": day_words(action["first_due_on"]),
        f"{label}: date now": day_words(action["due_on"]),
        f"{label}: funding ends": day_words(action["funding_ends_on"]),
        f"{label}: done": day_words(action["done_on"]),
        f"{label}: abandoned": day_words(action["abandoned_on"]),
        f"{label}: abandoned, why": action["abandoned_because"],
        f"{label}: waits for": ", ".join(action["waits_for"]),
        f"{label}: no longer serves this": day_words(action["serves_until"]),
        f"{label}: no longer serves this, why": action["serves_no_more_because"],
        **_moves(label, action["moves"]),
    }
    for n, change in enumerate(action["owner_changes"], start=1):
        what = f"{label}: owner changed {n}, on {day_words(change['on'])}"
        lines[what] = f"{change['role_before']} became {change['role_after']}"
        lines[f"{what}: why"] = change["reason"]
    for n, step in enumerate(action["milestones"], start=1):
        lines |= _milestone(f"{label}, milestone {n}", step)
    return lines


def _milestone(label: str, step: Record) -> Lines:
    return {
        label: step["title"],
        f"{label}: first date": day_words(step["first_due_on"]),
        f"{label}: date now": day_words(step["due_on"]),
        f"{label}: met": day_words(step["met_on"]),
        f"{label}: abandoned": day_words(step["abandoned_on"]),
        f"{label}: abandoned, why": step["abandoned_because"],
        **_moves(label, step["moves"]),
    }


def _evidence(evidence: Record) -> Lines:
    lines: Lines = {}
    for piece in evidence.get("opened", ()):
        label = f"evidence “{piece['name']}”"
        out = piece["taken_out_on"]
        lines |= {
            label: f"{piece['kind']}, handed in on {day_words(piece['handed_in_on'])}",
            f"{label}: grade": grade_words(piece),
            f"{label}: its words": piece["words"],
            f"{label}: what it shows": piece["shows"],
            f"{label}: what it does not show": piece["does_not_show"],
            f"{label}: too old after": day_words(piece["expires_on"]),
            f"{label}: file made public": piece["path"],
            f"{label}: taken out": out and f"{day_words(out)}: {piece['taken_out_because']}",
        }
    for sealed in evidence.get("sealed", ()):
        lines[f"sealed evidence: {sealed['grade']}"] = sealed_words(sealed)
    return lines


def grade_words(piece: Record) -> str:
    """The grade, and whether the verifier set it."""
    return f"{piece['grade']}{'' if piece['grade_set'] else ', as proposed by who handed it in'}"


def sealed_words(sealed: Record) -> str:
    """How much sealed evidence of one grade there is, and from when."""
    first, last = day_words(sealed["first_on"]), day_words(sealed["last_on"])
    when = f"on {first}" if first == last else f"between {first} and {last}"
    pieces, set_ = sealed["pieces"], sealed["grade_set_by_verifier"]
    by = "the grade is only proposed" if not set_ else "graded by a verifier"
    if 0 < set_ < pieces:
        by = f"{set_} of them graded by a verifier"
    return f"{plural(pieces, 'piece')}, handed in {when}; {by}"


def _sample(n: int, sample: Record) -> Lines:
    label = f"sample {n}, of {day_words(sample['committed_on'])}"
    lines: Lines = {
        label: f"{plural(sample['size'], 'record')}, to be drawn by the office",
        f"{label}: why": sample["why"],
        f"{label}: seed promised": sample["seed_digest"],
        f"{label}: drawn": day_words(sample["drawn_on"]),
        f"{label}: seed shown": sample["seed"],
        f"{label}: looked at": day_words(sample["seen_on"]),
    }
    for m, result in enumerate(sample["results"], start=1):
        lines[f"{label}: criterion {m}: {result['criterion']}"] = result_words(result)
    return lines


def result_words(result: Record) -> str:
    """What was seen of one criterion, and what may be said of all records."""
    if result["met"] is None:
        return "Too few records to show a count without pointing at people."
    (low, high), (least, most) = result["met"], result["of"]
    if not most:
        return "It could not be looked for in any of the records."
    met = f"{low}" if low == high else f"{low} to {high}"
    looked_at = f"{least}" if least == most else f"{least} to {most}"
    share = ""
    if result["share_low"] is not None:
        share = (
            f" Of all records in the list, between {result['share_low']:.0%} and "
            f"{result['share_high']:.0%} (95 % confidence)."
        )
    return f"Met in {met} of {looked_at}.{share}"


def _opinion(n: int, opinion: Record) -> Lines:
    label = f"opinion {n}, of {day_words(opinion['on'])}, by {with_article(opinion['by'])}"
    return {
        label: f"{opinion['judgement_words'].capitalize()}. {worth_words(opinion)}",
        f"{label}: what was looked at": opinion["looked_at"],
        f"{label}: what was missing": opinion["missing"],
        f"{label}: to be checked again by": day_words(opinion["recheck_on"]),
        f"{label}: withdrawn": opinion["withdrawn_on"]
        and f"{day_words(opinion['withdrawn_on'])}, by {with_article(opinion['withdrawn_by'])}",
        f"{label}: withdrawn, why": opinion["withdrawn_because"],
    }


VOID = "This opinion is void: "


def worth_words(opinion: Record) -> str:
    """What an opinion is worth now, as a list of changes says it."""
    said = str(opinion["state_words"])
    if said.startswith(VOID):
        return f"It no longer stands, because {said.removeprefix(VOID)}"
    return said


def with_article(role: str) -> str:
    """A role as a sentence names who held it: “a verifier”, “the office”."""
    return role if role.startswith("the ") else f"a{'n' if role[:1] in 'aeio' else ''} {role}"


def _closure(n: int, closure: Record) -> Lines:
    label = f"closing {n}, on {day_words(closure['on'])}"
    on = closure["opinion_on"]
    lines: Lines = {
        label: f"Closed by {with_article(closure['by'])}: {closure['how_words']}"
        f"{f', on the opinion of {day_words(on)}' if on else ''}.",
        f"{label}: why": closure["reason"],
    }
    again = closure["reopened"]
    if again:
        lines[f"{label}: opened again"] = f"{day_words(again['on'])}: {again['because']}."
        lines[f"{label}: opened again, why"] = again["words"]
    return lines
