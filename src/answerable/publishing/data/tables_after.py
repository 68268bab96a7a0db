"""The tables of the open data, continued: what followed the reply, and what joins recommendations."""

from collections.abc import Iterable, Iterator

from answerable.publishing.data.tables import Record, Row, Table
from answerable.publishing.lines_after import sealed_words

OF_WHOM = {"reference": "The recommendation", "body": "The body, as in bodies.csv"}


def _answers(records: Record) -> Iterator[tuple[Row, Record]]:
    """Each answer, with the columns that say whose it is."""
    for r in records["recommendations"]:
        for u in r["undertakings"]:
            yield {"reference": r["reference"], "body": u["body"]}, u


def _own(whose: Row, rows: Iterable[Record]) -> Iterator[Record]:
    """Rows of this body: what it took over stands where it was said."""
    return (row for row in rows if row["body"] == whose["body"])


def _claims(records: Record) -> Iterator[Row]:
    for whose, u in _answers(records):
        for claim in _own(whose, u["claims"]):
            yield {**claim, **whose}


def _tests(records: Record) -> Iterator[Row]:
    for whose, u in _answers(records):
        for test in _own(whose, u["closing_tests"]):
            yield {**test, **whose, "times_moved": len(test["moves"])}


def _actions(records: Record) -> Iterator[Row]:
    for whose, u in _answers(records):
        for action in u["plan"]:
            yield {
                **action,
                **whose,
                "action": action["reference"],
                "times_moved": len(action["moves"]),
            }


def _milestones(records: Record) -> Iterator[Row]:
    for action in _each_action(records):
        for step in action["milestones"]:
            yield {**step, "action": action["reference"], "times_moved": len(step["moves"])}


def _each_action(records: Record) -> Iterable[Record]:
    """Every action once, however many recommendations it serves."""
    return {a["reference"]: a for _, u in _answers(records) for a in u["plan"]}.values()


def _moves(records: Record) -> Iterator[Row]:
    for whose, u in _answers(records):
        for test in _own(whose, u["closing_tests"]):
            of = f"closing test for {whose['reference']}, {whose['body']}"
            yield from ({**move, "of": of, "title": ""} for move in test["moves"])
    for action in _each_action(records):
        for step in (action, *action["milestones"]):
            named = {"of": action["reference"], "title": step["title"]}
            yield from ({**move, **named} for move in step["moves"])


def _evidence(records: Record) -> Iterator[Row]:
    nothing = dict.fromkeys((*_OPENED, "sealed"), "")
    for whose, u in _answers(records):
        for piece in u["evidence"]["opened"]:
            yield {**nothing, **piece, **whose, "pieces": 1, "first_on": piece["handed_in_on"],
                   "last_on": piece["handed_in_on"]}  # fmt: skip
        for sealed in u["evidence"]["sealed"]:
            yield {**nothing, **sealed, **whose, "sealed": sealed_words(sealed)}


_OPENED = ("name", "kind", "shows", "does_not_show", "expires_on", "path", "sha256", "taken_out_on")


def _samples(records: Record) -> Iterator[Row]:
    for whose, u in _answers(records):
        for sample in _own(whose, u["samples"]):
            nothing = {"criterion": "", "met": None, "of": None, "share_low": "", "share_high": ""}
            for result in sample["results"] or [nothing]:
                yield {**sample, **result, **whose, **_ends("met", result), **_ends("of", result)}


def _ends(name: str, result: Record) -> Row:
    low, high = result[name] or ("", "")
    return {f"{name}_at_least": low, f"{name}_at_most": high}


def _opinions(records: Record) -> Iterator[Row]:
    for whose, u in _answers(records):
        yield from ({**opinion, **whose} for opinion in u["opinions"])


def _closures(records: Record) -> Iterator[Row]:
    for whose, u in _answers(records):
        for closure in u["closures"]:
            again = closure["reopened"] or {}
            yield {
                **closure,
                **whose,
                "reopened_on": again.get("on", ""),
                "reopened_because": again.get("because", ""),
                "reopened_words": again.get("words", ""),
            }


def _links(records: Record) -> Iterator[Row]:
    for r in records["recommendations"]:
        yield from (link for link in r["links"] if link["later"] == r["reference"])


def _read_otherwise(records: Record) -> Iterator[Row]:
    for link in _links(records):
        ends = {"later": link["later"], "earlier": link["earlier"], "signed_on": link["on"]}
        yield from ({**ends, **other} for other in link["read_otherwise"])


def _outside(records: Record) -> Iterator[Row]:
    for r in records["recommendations"]:
        yield from ({**link, "reference": r["reference"]} for link in r["outside_links"])


TABLES = (
    Table(
        "claims",
        "What a body said about its own delivery: nobody has checked it by counting it",
        OF_WHOM
        | {
            "rung_words": "What it claims",
            "on": "When",
            "words": "In its own words",
            "reason": "Why, where it is met by other means or cannot be done",
            "signed_off_role": "The role that signed it off inside the body",
            "slipped_on": "Since when something had slipped back, as the body itself reported",
            "entered_by_office": "Whether the office entered it for the body",
        },
        _claims,
    ),
    Table(
        "closing-tests",
        "A closing test that body and office agreed: what would a sceptic look at?",
        OF_WHOM
        | {
            "version": "Its version; the last one stands",
            "stands": "Whether it is the one that stands",
            "agreed_on": "When both had agreed",
            "pattern": "How one looks",
            "look_at": "What is looked at",
            "how_many": "How many of them",
            "counts_as_seen": "What counts as seen",
            "first_due_on": "By when, as first agreed",
            "due_on": "By when, now",
            "times_moved": "How often that day was moved",
            "why": "Why it replaced the one before",
        },
        _tests,
    ),
    Table(
        "actions",
        "An action that serves a recommendation",
        OF_WHOM
        | {
            "action": "Its reference",
            "title": "What will be done",
            "owner_role": "The post that answers for it",
            "serves": "The words of the recommendation that it serves",
            "first_due_on": "The first date, never changed",
            "due_on": "The present date",
            "times_moved": "How often it was moved",
            "date_of": "Whose date it is",
            "done_on": "When it was done",
            "funding_ends_on": "When its money ends",
            "abandoned_on": "When it was abandoned",
            "abandoned_because": "Why",
            "waits_for": "The actions that it waits for",
            "serves_until": "Since when it no longer serves this",
            "serves_no_more_because": "Why",
        },
        _actions,
    ),
    Table(
        "milestones",
        "A step of an action",
        {
            "action": "The action",
            "title": "What will be reached",
            "first_due_on": "The first date, never changed",
            "due_on": "The present date",
            "times_moved": "How often it was moved",
            "met_on": "When it was reached",
            "abandoned_on": "When it was abandoned",
            "abandoned_because": "Why",
        },
        _milestones,
    ),
    Table(
        "moved-dates",
        "A date of a plan or a closing test that was moved, with the reason",
        {
            "of": "The action, or the closing test",
            "title": "The action or the milestone, in words",
            "before": "The date before",
            "after": "The date after",
            "reason": "Why",
            "on": "When the move was approved",
            "by": "In which role",
        },
        _moves,
    ),
    Table(
        "evidence",
        "A piece of evidence that was opened, or all sealed pieces of one grade",
        OF_WHOM
        | {
            "grade": "What it can carry",
            "pieces": "How many pieces",
            "first_on": "When the first was handed in",
            "last_on": "When the last was handed in",
            "sealed": "Of sealed evidence, all that is said",
            "name": "Its name, where it was opened",
            "kind": "File, link or statement",
            "shows": "What it shows",
            "does_not_show": "What it does not show",
            "expires_on": "After which day it is too old",
            "taken_out_on": "When it was taken out",
            "path": "The file in this edition",
            "sha256": "SHA-256 of the file",
        },
        _evidence,
    ),
    Table(
        "samples",
        "One criterion of a sample that the office drew",
        OF_WHOM
        | {
            "committed_on": "When the office bound itself to it",
            "size": "How many records it draws",
            "why": "Why so many",
            "seed_digest": "SHA-256 of the seed, given before the list arrived",
            "seed": "The seed, shown with the draw",
            "drawn_on": "When it was drawn",
            "seen_on": "When the records were looked at",
            "criterion": "What was looked for",
            "met_at_least": "In how many it was met, at least; small numbers are not shown",
            "met_at_most": "In how many it was met, at most",
            "of_at_least": "In how many it could be looked for, at least",
            "of_at_most": "In how many it could be looked for, at most",
            "share_low": "The lower end of the share of all records (95 % confidence)",
            "share_high": "The upper end",
        },
        _samples,
    ),
    Table(
        "opinions",
        "A signed judgement of someone independent",
        OF_WHOM
        | {
            "judgement_words": "The judgement",
            "on": "When it was signed",
            "by": "In which role",
            "state": "What it is worth on the day of the edition",
            "state_words": "The same in words",
            "closing_test": "Against which version of the closing test",
            "looked_at": "What she looked at",
            "missing": "What was missing",
            "recheck_on": "By when it is checked again",
            "withdrawn_on": "When it was withdrawn",
            "withdrawn_because": "Why",
        },
        _opinions,
    ),
    Table(
        "closings",
        "A decision of the chair to close",
        OF_WHOM
        | {
            "how_words": "How it was closed",
            "on": "When",
            "by": "In which role",
            "reason": "Why",
            "opinion_on": "The opinion on which it was closed, by its day",
            "reopened_on": "When it was opened again",
            "reopened_because": "What showed that it is not done with",
            "reopened_words": "Why, in words",
        },
        _closures,
    ),
    Table(
        "links",
        "A signed link between two recommendations",
        {
            "later": "The later recommendation",
            "relation": "How it stands to the earlier one",
            "earlier": "The earlier recommendation",
            "reason": "Why",
            "on": "When it was signed",
            "by": "In which role",
            "taken_back_on": "When it was taken back",
            "taken_back_because": "Why",
        },
        _links,
    ),
    Table(
        "links-read-otherwise",
        "How another person reads a signed link, which stands all the same",
        {
            "later": "The later recommendation",
            "relation": "How it stands to the earlier one, as they read it",
            "earlier": "The earlier recommendation",
            "signed_on": "When the link was signed",
            "reason": "Why they read it so",
            "on": "When they said so",
            "by": "In which role",
            "taken_back_on": "When they took it back",
            "taken_back_because": "Why",
        },
        _read_otherwise,
    ),
    Table(
        "outside-links",
        "A signed link to what another office keeps",
        {
            "reference": OF_WHOM["reference"],
            "relation": "How it stands to theirs",
            "office": "Whose record that is",
            "theirs": "The reference that it has there",
            "address": "Where it stands",
            "sha256": "SHA-256 of what was seen there, where it was taken",
            "reason": "Why",
            "on": "When it was signed",
            "by": "In which role",
            "taken_back_on": "When it was taken back",
            "taken_back_because": "Why",
        },
        _outside,
    ),
)
