"""`answerable likeness index | rebuild | ask | pairs`: what repeats in the office's own record."""

import csv
import io
import sys

import click

from answerable.cli.telling import as_line, aside, example, json_option, plural, tell
from answerable.register.actions.likeness_index import index_missing, rebuild_likeness
from answerable.register.models import Recommendation
from answerable.register.queries.likeness import Proposal, asked_before, decided_pairs
from answerable.register.queries.links import asked_words
from answerable.register.queries.recommendations import words_of


@click.command(epilog=example("answerable likeness index"))
def index() -> None:
    """Put into the index of likeness what is missing from it.

    Every act keeps the index up to date, so this finds something only after an upgrade. The worker
    does the same each hour.
    """
    count = index_missing()
    tell(
        f"{plural(count, 'recommendation')} put into the index."
        if count
        else "Everything is in the index."
    )


@click.command(epilog=example("answerable likeness rebuild"))
def rebuild() -> None:
    """Write the whole index of likeness anew, some thousands of recommendations at a time.

    It can be stopped at any time and leaves an index that can be used. People can go on working.
    """
    total = Recommendation.objects.filter(withdrawn_at=None).count()
    done = 0

    def on_block(count: int) -> None:
        nonlocal done
        done += count
        aside(f"{done:,} of {total:,}")

    tell(f"The index has {plural(rebuild_likeness(on_block), 'recommendation')}.")


@click.command(
    epilog=example('answerable likeness ask "Are crimes against children recorded in time?"')
)
@click.argument("words")
@click.option(
    "--top",
    type=click.IntRange(1, 100),
    default=10,
    show_default=True,
    help="How many are told.",
)
@json_option
def ask(words: str, top: int, as_json: bool) -> None:
    """Say whether WORDS were asked before: the likest of the whole register, likest first.

    Each with the odds that it asks for the same or something related, and why. It says nothing of
    what is new: that a person decides. Nothing of WORDS is kept.
    """
    found = asked_before(None, words, top)
    for one in found:
        as_line(_line(one)) if as_json else _tell(one)
    if not found and not as_json:
        tell("Nothing here shares a word with it. That is no proof that nobody asked.")


def _line(found: Proposal) -> dict[str, object]:
    return {
        "reference": found.recommendation.reference,
        "report": found.recommendation.report.title,
        "asked_on": found.asked_on.isoformat(),
        "words": words_of(found.recommendation),
        "score": found.likeness.score,
        "odds": dict(found.odds),
        "why": found.likeness.why.sentence(),
    }


def _tell(found: Proposal) -> None:
    one = found.recommendation
    tell(
        f"{one.reference}  odds {found.related:4.0%}  score {found.likeness.score:.3f}  "
        f"{asked_words(one)}  {one.report.title}"
    )
    tell(f"    {' '.join(words_of(one).split())[:160]}")
    tell(f"    {found.likeness.why.sentence()}")


@click.command(epilog=example("answerable likeness pairs"))
@click.option("--words", is_flag=True, help="The words of both, too: take care where they go.")
def pairs(words: bool) -> None:
    """Write as CSV what people decided of two recommendations: every signed link, every dismissal.

    For learning from: earlier, later, relation ("unrelated" where somebody found the two not to be
    alike) and the day of the decision. Nobody's name and no reason is in it; what was taken back is
    left out.
    """
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    table = csv.writer(out, lineterminator="\n")
    names = ["earlier", "later", "relation", "decided_on"]
    table.writerow([*names, "earlier_words", "later_words"] if words else names)
    for one in decided_pairs():
        row = [one.earlier.reference, one.later.reference, one.relation, one.decided_on.isoformat()]
        table.writerow([*row, words_of(one.earlier), words_of(one.later)] if words else row)
    out.flush()
    out.detach()
