"""How long a gap analysis takes over a large register, and what it costs in memory.

    make bench-gaps

For 10,000 and 20,000 undertakings on SQLite, a register is filled with rows: replies, claims,
evidence and opinions, 200 reports, twenty bodies, an action for every third, a theme for every
tenth, families of three. Then one fresh process runs the analysis as the page does. Printed:
seconds (on a busy machine more than those of the processor), gaps, the size of what is kept, and
how much memory that process took beyond what Django and one small query took before. The goal:
10,000 in under 5 seconds.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

GOAL_SECONDS = 5.0
SIZES = (10_000, 20_000)
A_RECOMMENDATION = 1.25
"""So many undertakings come of one, as the register is filled."""


def main() -> int:
    """Fill and measure each size in processes of their own."""
    if len(sys.argv) == 3:
        {"fill": fill_register, "run": run}[sys.argv[1]](int(sys.argv[2]))
        return 0
    told = [_measured(size) for size in SIZES]
    for one in told:
        print(
            f"{one['undertakings']:>7,} undertakings: {one['seconds']:.2f} s, of which "
            f"{one['processor']:.2f} s of the processor; {one['gaps']:,} gaps, "
            f"{one['bytes'] / 1e6:.1f} MB kept, {one['megabytes']} MB of memory"
        )
    small, large = told
    each = (large["megabytes"] - small["megabytes"]) / (
        large["undertakings"] - small["undertakings"]
    )
    print(f"memory for each undertaking more: {each * 1000:.1f} KB")
    print(f"10,000 undertakings: {small['seconds']:.2f} s, the goal is under {GOAL_SECONDS:.0f} s")
    return int(small["seconds"] >= GOAL_SECONDS)


def _measured(size: int) -> dict[str, float]:
    folder = tempfile.mkdtemp(prefix="answerable-bench-")
    env = {**os.environ, "ANSWERABLE_DATA": folder}
    try:
        for step in ("fill", "run"):
            command = [sys.executable, __file__, step, str(size)]
            done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
            if done.returncode:
                sys.exit(done.stderr)
        found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fill_register(size: int) -> None:
    """Put about ``size`` undertakings, and what hangs on them, into the database as rows."""
    import stage
    from fill import fill

    rosa = stage.world()[0]
    fill(int(size / A_RECOMMENDATION), by=rosa)
    _plans(rosa)
    _families(rosa)
    _themes(rosa)


def _plans(by: object) -> None:
    from django.utils import timezone

    from answerable.plan.models import Action, Service
    from answerable.register.models import Undertaking

    now, today = timezone.now(), timezone.localdate()
    served = list(Undertaking.objects.filter(stands="accepted").order_by("pk")[::3])
    Action.objects.bulk_create(
        (
            Action(
                reference=f"A-{n:04}",
                serial=n,
                body_id=one.body_id,
                title="Read each report within a day",
                owner_role="Head of Crime",
                owner_name="" if n % 4 == 0 else "Dana Holt",
                first_due_on=None if n % 5 == 0 else today,
                due_on=None if n % 5 == 0 else today,
                funding_ends_on=today - timedelta(1) if n % 6 == 0 else None,
                added_by=by,
                added_at=now,
            )
            for n, one in enumerate(served, 1)
        ),
        batch_size=2000,
    )
    made = list(Action.objects.order_by("serial"))
    Service.objects.bulk_create(
        (
            Service(
                action=action,
                undertaking=one,
                spans=[[0, 20]],
                words_digest="0" * 64,
                added_by=by,
                added_at=now,
            )
            for action, one in zip(made, served, strict=True)
        ),
        batch_size=2000,
    )


def _families(by: object) -> None:
    from django.utils import timezone

    from answerable.register.models import Link, Recommendation

    now = timezone.now()
    rows = list(
        Recommendation.objects.order_by("report__published_on", "serial").values_list(
            "pk", flat=True
        )
    )
    apart = len(rows) // 3
    pairs = [(rows[n], rows[n + apart]) for n in range(0, len(rows) - apart, 4)]
    Link.objects.bulk_create(
        (
            Link(
                earlier_id=one,
                later_id=other,
                relation="contradicts" if n % 20 == 0 else "same",
                reason="It asks for the same.",
                signed_by=by,
                at=now,
            )
            for n, (one, other) in enumerate(pairs)
        ),
        batch_size=2000,
    )


def _themes(by: object) -> None:
    from django.utils import timezone

    from answerable.gaps.models import Theme, ThemeMember
    from answerable.register.models import Recommendation

    now = timezone.now()
    Theme.objects.bulk_create(
        Theme(slug=f"theme-{n}", name=f"Theme {n}", added_by=by, added_at=now) for n in range(12)
    )
    themes = list(Theme.objects.order_by("pk"))
    rows = Recommendation.objects.order_by("serial").values_list("pk", flat=True)[::10]
    ThemeMember.objects.bulk_create(
        (
            ThemeMember(
                theme=themes[n % len(themes)], recommendation_id=pk, added_by=by, added_at=now
            )
            for n, pk in enumerate(rows)
        ),
        batch_size=2000,
    )


def run(size: int) -> None:
    """Run the analysis once, as the page does, and print what it took."""
    import stage  # noqa: F401  # sets Django up

    from answerable.accounts.models import Person
    from answerable.gaps.actions.runs import run_analysis
    from answerable.gaps.queries.runs import analysis_of

    rosa = Person.objects.get(name="Rosa")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, used = time.perf_counter(), time.process_time()
    made = run_analysis(by=rosa)
    seconds, processor = time.perf_counter() - started, time.process_time() - used
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    counts = analysis_of(made).counts
    print(
        json.dumps(
            {
                "undertakings": counts.undertakings,
                "gaps": counts.gaps,
                "seconds": seconds,
                "processor": processor,
                "bytes": len(made.content),
                "megabytes": (after - before) // 1024,
            }
        )
    )


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.exit(main())
