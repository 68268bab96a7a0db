"""16 writers at once: references are unique and without gaps, no update is lost, nothing is locked.

    python bench/writers.py [--writers 16] [--acts 20]

Each writer is a process. It enters recommendations, answers them, and counts up one shared
report's version against the other writers. Exit code 1 on any loss. The last line has the figures.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import stage  # noqa: I001  # names the data folder before Django starts

from django.db import connection
from django.utils import timezone

from answerable.audit import queries as audit
from answerable.audit.rules import Refused
from answerable.register.actions.recommendations import enter_recommendation
from answerable.register.actions.responses import log_response
from answerable.register.models import Recommendation, Response
from answerable.reports.actions.reports import change_report
from answerable.reports.models import Report


def write(name: str, acts: int) -> dict[str, object]:
    """One writer: its acknowledged references, its successful edits, and what reached a person."""
    rosa, _, _, force, report = stage.found()
    references, edits, refused, errors = [], 0, 0, []
    for n in range(acts):
        try:
            made = enter_recommendation(
                by=rosa, report=report, words=f"Do {name}-{n}.", bodies=[(force, "named")]
            )
            references.append(made.reference)
            undertaking = made.undertakings.get()
            log_response(
                by=rosa,
                undertaking=undertaking,
                words=f"We did {name}-{n}.",
                dated_on=timezone.localdate(),
            )
            seen = Report.objects.get(pk=report.pk)
            try:
                change_report(
                    by=rosa,
                    report=seen,
                    seen_version=seen.version,
                    scope=f"{seen.scope}|{name}-{n}",
                )
                edits += 1
            except Refused:
                refused += 1  # someone else was first: said in words, and nothing overwritten
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
    return {"references": references, "edits": edits, "refused": refused, "errors": errors}


def run(writers: int, acts: int) -> int:
    """Start the writers and compare what they were told with what is there."""
    _, _, _, _, report = stage.world()
    before = Report.objects.get(pk=report.pk).version
    command = [sys.executable, __file__, "--acts", str(acts), "--write"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    running = [
        subprocess.Popen([*command, f"w{n}"], env=stage.environment(), **pipes)
        for n in range(writers)
    ]
    for process in running:
        process.stdout.readline()  # ready: all begin at one moment
    began = time.perf_counter()
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [json.loads(p.communicate()[0]) for p in running]
    seconds = time.perf_counter() - began
    connection.close()
    references = [r for t in told for r in t["references"]]
    errors = [e for t in told for e in t["errors"]]
    edits = sum(t["edits"] for t in told)
    after = Report.objects.get(pk=report.pk)
    verdict = audit.verify()
    lost = {
        "errors": len(errors),
        "references given twice": len(references) - len(set(references)),
        "references lost": len(
            set(references) - set(Recommendation.objects.values_list("reference", flat=True))
        ),
        "gaps": len(references) - max(int(r.split("-")[1]) for r in references),
        "replies lost": len(references) - Response.objects.count(),
        "edits lost": edits - (after.version - before),
        "edits overwritten": edits - (len(after.scope.split("|")) - 1),
        "chain broken": 0 if verdict.holds else 1,
    }
    for error in sorted(set(errors))[:5]:
        print(error)
    if verdict.problem:
        print(verdict.problem)
    acts_done = 2 * len(references) + edits
    losses = {k: v for k, v in lost.items() if v}
    print(
        f"writers: {connection.vendor}, {writers} at once, {acts_done} acts in {seconds:.1f} s "
        f"({acts_done / seconds:.0f} a second), {sum(t['refused'] for t in told)} edits refused in words, "
        f"losses: {losses or 'none'}"
    )
    return 1 if losses else 0


def main() -> int:
    """Exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--acts", type=int, default=20)
    parser.add_argument("--write", default="", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.write:
        print("ready", flush=True)
        sys.stdin.readline()
        print(json.dumps(write(given.write, given.acts)))
        return 0
    return stage.on_both_databases(lambda: run(given.writers, given.acts))


if __name__ == "__main__":
    sys.exit(main())
