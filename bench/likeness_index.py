"""What the index of likeness costs: one more, one question, memory, with 100,000 recommendations.

    make bench-likeness-index                     both databases
    make bench-likeness-index ARGS="--count 20000"

The texts are invented: phrases of made-up words, common and rare ones as in real language. They are
put in as rows and indexed by the product's own rebuild. Each question is asked twice of a fresh
process: once by the product, and once of rank_bm25 and of a dense product in numpy (one vector of
384 numbers a text), on one core, so that the ratios hold on any machine.
"""

import argparse
import hashlib
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import numpy as np  # noqa: E402
import stage  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from rank_bm25 import BM25Okapi  # noqa: E402

from answerable.accounts.models import Person  # noqa: E402
from answerable.register.actions.likeness_index import (  # noqa: E402
    index_likeness,
    rebuild_likeness,
)
from answerable.register.actions.recommendations import enter_recommendation  # noqa: E402
from answerable.register.models import Recommendation, Reference  # noqa: E402
from answerable.register.queries.likeness import asked_before, proposals_for  # noqa: E402
from answerable.register.queries.likeness_index import CANDIDATES, Index, Sought  # noqa: E402
from answerable.reports.models import Report  # noqa: E402

COUNT = 100_000
ASKED = 40
GOALS = {"one more": 50.0, "one question": 100.0, "memory": 600.0}
SYLLABLES = "ba be bi co cu da de di fa fo ga ge la le li lo ma me mi na ne no pa pe po ra re ri ro sa se si so ta te ti to va ve vi".split()  # noqa: E501, SIM905


def _vocabulary(rng: random.Random, count: int) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(rng.choices(SYLLABLES, k=rng.randint(2, 5)))] = None
    return list(made)


def _zipf(count: int) -> list[float]:
    return list(np.cumsum(1 / (np.arange(count) + 2.7)))


def texts(count: int, seed: int = 1) -> Iterator[str]:
    """Invented requests of some fifty words: common and rare phrases, a few rare words."""
    rng = random.Random(7)
    words = _vocabulary(rng, 30_000)
    by_word, by_phrase = _zipf(len(words)), _zipf(40_000)
    phrases = [
        " ".join(rng.choices(words, cum_weights=by_word, k=rng.randint(2, 4)))
        for _ in range(len(by_phrase))
    ]
    rng = random.Random(seed)
    for _ in range(count):
        chosen = rng.choices(phrases, cum_weights=by_phrase, k=rng.randint(6, 24))
        rare = rng.choices(words, k=rng.randint(0, 3))
        told = " the ".join([*chosen, *rare])
        yield f"The force should {told}."


def fill(count: int, report: Report) -> None:
    """So many recommendations of one report for every fifty, as rows, and the index of them."""
    now, today = timezone.now(), timezone.localdate()
    Report.objects.bulk_create(
        Report(
            title=f"Review {n}",
            slug=f"review-{n}",
            kind="review",
            author=report.author,
            published_on=today - timedelta(days=n % 4000),
            logged_at=now,
        )
        for n in range(count // 50 + 1)
    )
    reports = list(Report.objects.filter(slug__startswith="review-").order_by("pk"))
    Recommendation.objects.bulk_create(
        (
            Recommendation(
                reference=f"R-{n + 1:04}",
                serial=n + 1,
                report=reports[n // 50],
                words=text,
                kind="recommendation",
                fingerprint=hashlib.sha256(text.encode()).hexdigest(),
                accepted_at=now,
            )
            for n, text in enumerate(texts(count))
        ),
        batch_size=2_000,
    )
    Reference.objects.update_or_create(prefix="R", defaults={"last": count})


def timed(do: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000


def _middle(found: list[float]) -> str:
    return f"{statistics.median(found):7.1f} ms (worst {max(found):.1f})"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--ask", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--beside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.ask:
        return ask()
    if given.beside:
        return beside(given.count)
    return stage.on_both_databases(lambda: run(given.count))


def run(count: int) -> int:
    rosa, *_, report = stage.world()
    fill(count, report)
    seconds = timed(rebuild_likeness) / 1000
    print(f"{connection.vendor}, {count:,} recommendations")
    print(f"  all of it anew   {seconds:7.1f} s ({count / seconds:,.0f} a second)")
    more = _one_more(rosa, report)
    asked = _child("--ask")
    other = _child("--beside", "--count", str(count))
    question = asked["milliseconds"]
    print(
        f"  one question     {_middle(question)}; proposals of one: {_middle(asked['proposals'])}"
    )
    for name in ("rank_bm25", "dense product"):
        ratio = statistics.median(other[name]) / statistics.median(question)
        print(f"  {name:<14} {_middle(other[name])}: {ratio:.2f} of ours")
    print(
        f"  memory           {asked['memory']:7.0f} MB at the highest, the product's own included"
    )
    print(f"  found first      {asked['found']:.0%} of questions that leave words out of a text")
    print(
        f"  in first look    {asked['looked']:.0%} of the exact ten likest are among {CANDIDATES}"
    )
    print(f"  on the disk      {_size() / 1e6:7.0f} MB")
    reached = {
        "one more": statistics.median(more),
        "one question": statistics.median(question),
        "memory": asked["memory"],
    }
    for name, value in reached.items():
        print(f"  {name}: {value:.1f}, the goal is under {GOALS[name]:.0f}")
    return int(any(reached[name] >= goal for name, goal in GOALS.items()))


def _one_more(rosa: Person, report: Report) -> list[float]:
    """How long the index takes for one more, alone, and the whole act with it."""
    entered = partial(enter_recommendation, by=rosa, report=report)
    whole = [timed(partial(entered, words=text)) for text in texts(ASKED, seed=2)]
    alone = []
    rows = Recommendation.objects.order_by("-serial")[:ASKED]
    for one, text in zip(rows, texts(ASKED, seed=3), strict=True):
        one.words = text  # not saved: the index is given other words for it
        with transaction.atomic():
            alone.append(timed(partial(index_likeness, one)))
    print(f"  one more         {_middle(alone)}; the whole act of entering: {_middle(whole)}")
    return alone


def _child(*arguments: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, __file__, *arguments],
        env=stage.environment(),
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def _size() -> int:
    tables = [f"register_likeness{n}" for n in ("text", "term", "posting", "block")]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT sum(pg_total_relation_size(t::regclass)) FROM unnest(%s::text[]) t",
                [tables],
            )
        else:
            marks = ", ".join(["%s"] * len(tables))
            cursor.execute(
                "SELECT sum(pgsize) FROM dbstat WHERE name IN "
                f"(SELECT name FROM sqlite_master WHERE tbl_name IN ({marks}))",
                tables,
            )
        return int(cursor.fetchone()[0])


# --- In processes of their own ---------------------------------------------------------------------


def _questions() -> list[tuple[Recommendation, str]]:
    rng = random.Random(5)
    last = Recommendation.objects.count()
    rows = Recommendation.objects.in_bulk(
        rng.sample(range(last // 2, last - 100), ASKED), field_name="serial"
    )
    return [
        (one, " ".join(w for w in one.words.split() if rng.random() < 0.6)) for one in rows.values()
    ]


def ask() -> int:
    """The product alone: questions, proposals, memory."""
    rosa = Person.objects.get(name="Rosa")
    questions = _questions()
    asked_before(rosa, "Warm up.")
    milliseconds, firsts = [], []
    for one, question in questions:
        began = time.perf_counter()
        found = asked_before(rosa, question)
        milliseconds.append((time.perf_counter() - began) * 1000)
        firsts.append(bool(found) and found[0].recommendation.pk == one.pk)
    proposals = [timed(lambda r=one: proposals_for(rosa, r)) for one, _ in questions[:10]]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    looked = statistics.mean(_kept(question) for _, question in questions[:5])
    print(
        json.dumps(
            {
                "milliseconds": milliseconds,
                "proposals": proposals,
                "memory": memory,
                "found": statistics.mean(firsts),
                "looked": looked,
            }
        )
    )
    return 0


def _kept(question: str) -> float:
    """Of the ten likest of a first look ten times as wide, the share that the usual one has too."""
    index = Index()
    sought = Sought(question, index.there)
    [usual], [wide] = index.likest([sought]), index.likest([sought], most=10 * CANDIDATES)
    ten = {one.pk for one in wide[:10]}
    return len(ten & {one.pk for one in usual[:10]}) / len(ten)


def beside(count: int) -> int:
    """What others need for a question of so many texts: rank_bm25, and one product of vectors."""
    words = [text.lower().split() for text in texts(count)]
    bm25 = BM25Okapi(words)
    rng = random.Random(5)
    questions = [[w for w in words[rng.randrange(count)] if rng.random() < 0.6] for _ in range(10)]
    found = [timed(lambda q=q: np.argsort(-bm25.get_scores(q))[:20]) for q in questions]
    vectors = np.random.default_rng(1).standard_normal((count, 384), dtype=np.float32)
    dense = [timed(lambda i=i: np.argsort(-(vectors @ vectors[i]))[:20]) for i in range(10)]
    print(json.dumps({"rank_bm25": found, "dense product": dense}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
