"""What the benchmarks stand on: a data folder of their own, both databases, people, a report.

Import this before anything of Django: it names a fresh data folder, unless one is given.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

TREE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TREE))
MADE = "ANSWERABLE_DATA" not in os.environ
if MADE:
    os.environ["ANSWERABLE_DATA"] = tempfile.mkdtemp(prefix="answerable-bench-")
os.environ.setdefault("ANSWERABLE_LOG", "ERROR")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerable.settings")

from datetime import timedelta  # noqa: E402

import django  # noqa: E402

django.setup()

from django.utils import timezone  # noqa: E402

from answerable.accounts.actions.bodies import add_body  # noqa: E402
from answerable.accounts.actions.people import add_person  # noqa: E402
from answerable.accounts.models import Body, Person, Role  # noqa: E402
from answerable.audit.actions import OPERATOR  # noqa: E402
from answerable.cli.running import prepare  # noqa: E402
from answerable.reports.actions.reports import log_report  # noqa: E402
from answerable.reports.models import Report  # noqa: E402

DATA = Path(os.environ["ANSWERABLE_DATA"])


def world() -> tuple[Person, Person, Person, Body, Report]:
    """Rosa, Petra, Percy, the force, and a report: made through actions in a new database."""
    prepare()
    office = add_body(by=OPERATOR, name="Northmoor Commissioner", kind="office", is_office=True)
    force = add_body(by=OPERATOR, name="Northmoor Police", kind="force")
    maker = add_body(by=OPERATOR, name="Inspectorate of Policing", kind="inspectorate")
    people = [
        add_person(
            by=OPERATOR, name=n, email=f"{n}@northmoor.example".lower(), body=office, roles=[r]
        )
        for n, r in (
            ("Rosa", Role.GOVERNANCE_OFFICER),
            ("Petra", Role.PUBLISHER),
            ("Percy", Role.PUBLISHER),
        )
    ]
    report = log_report(
        by=people[0],
        title="An inspection",
        kind="inspection",
        author=maker,
        published_on=timezone.localdate() - timedelta(days=20),
        clock_basis="police-act-55",
    )
    return people[0], people[1], people[2], force, report


def found() -> tuple[Person, Person, Person, Body, Report]:
    """The same, where another process has made them."""
    by_name = {p.name: p for p in Person.objects.select_related("body")}
    force = Body.objects.get(name="Northmoor Police")
    return by_name["Rosa"], by_name["Petra"], by_name["Percy"], force, Report.objects.get()


def document(seed: str, items: int = 5) -> bytes:
    """A small report (text with underlined headings) with numbered recommendations, unlike any other ``seed``'s."""
    lines = [f"Report {seed}", "=" * 40, "", "Introduction", "-" * 12, "", f"This is {seed}.", ""]
    lines += ["Recommendations", "-" * 15, ""]
    lines += [
        f"{n}. Northmoor Police should publish by April 2027 what it learned from case {seed}-{n}.\n"
        for n in range(1, items + 1)
    ]
    return "\n".join(lines).encode()


def environment() -> dict[str, str]:
    """The environment of another process of the same stage."""
    return dict(os.environ)


def on_both_databases(run: Callable[[], int]) -> int:
    """Run on SQLite in this process, then the same script again on a throw-away PostgreSQL."""
    code = run()
    if MADE:
        shutil.rmtree(DATA, ignore_errors=True)
    if "ANSWERABLE_DATABASE" in os.environ:
        return code
    afresh = {k: v for k, v in os.environ.items() if k != "ANSWERABLE_DATA"}
    again = [sys.executable, str(TREE / "tools/postgres.py"), sys.executable, *sys.argv]
    return subprocess.run(again, env=afresh).returncode or code
