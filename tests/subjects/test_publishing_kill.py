"""Publishing is all or nothing: killed at any step, the last edition stands and the next try succeeds."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections

from answerable.accounts.models import Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.publishing import actions, folders, queries
from answerable.publishing.models import Edition
from answerable.publishing.verification import verify_edition, verify_row
from answerable.register.actions.recommendations import withdraw_recommendation
from answerable.register.models import Recommendation

pytestmark = pytest.mark.django_db(transaction=True)

PUBLISHER = """
import os, signal, sys
import django
django.setup()
from pathlib import Path
from django.conf import settings
settings.DATABASES["default"]["NAME"] = {name!r}
settings.EDITIONS = Path({editions!r})
from answerable.accounts.models import Person
from answerable.publishing import actions, folders
from answerable.publishing.models import Edition

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def before(module, name):
    setattr(module, name, die)

def after(module, name):
    found = getattr(module, name)
    def then_die(*args, **kwargs):
        found(*args, **kwargs)
        die()
    setattr(module, name, then_die)

def dies_at(count):
    return lambda path, done: die() if done == count else None

progress = lambda path, done: None
{kill}
edition = Edition.objects.get(state="proposed")
actions.approve_edition(
    by=Person.objects.get(name="Percy Hale"), edition=edition,
    content_digest=edition.content_digest, progress=progress,
)
"""

POINTS = {
    "at the first file": "progress = dies_at(1)",
    "in the middle of the pages": "progress = dies_at(30)",
    "before the manifest": "before(folders.manifest, 'sums')",
    "before the files are on the disk": "before(folders, '_sync')",
    "before the zip": "before(folders, 'zip_to')",
    "before the act": "before(actions, '_approve')",
    "before the event": "before(actions.audit, 'record')",
    "before the folder has its name": "before(folders, 'put_in_place')",
    "before the commit": "after(folders, 'put_in_place')",
    "after the commit": "before(folders, 'point_to')",
    "before the link is replaced": "before(folders.Path, 'symlink_to')",
    "after the link was replaced": "after(folders, 'point_to')",
}
"""Where the process dies. From the commit on the edition is published; before it, it is not."""
COMMITTED = {"after the commit", "before the link is replaced", "after the link was replaced"}


def killed(where: str, editions: Path) -> int:
    """Approve in a process of its own, which dies at ``where``; its exit code."""
    code = PUBLISHER.format(
        name=str(connection.settings_dict["NAME"]), editions=str(editions), kill=POINTS[where]
    )
    return subprocess.run([sys.executable, "-c", code], env=dict(os.environ)).returncode


@pytest.fixture
def second(edition: Edition, asked: list[Recommendation], rosa: Person, petra: Person) -> Edition:
    """The first edition is public; the second is proposed."""
    withdraw_recommendation(by=rosa, recommendation=asked[2], reason="Entered twice.")
    return actions.propose_edition(by=petra)


@pytest.mark.parametrize("where", POINTS)
def test_whenever_it_is_killed_the_last_edition_stands_and_the_next_try_succeeds(
    where: str, second: Edition, percy: Person
) -> None:
    root = queries.root()
    assert killed(where, root) == -signal.SIGKILL
    # What the public reads is whole, and it is an edition that the database knows.
    assert folders.pointed_to(root) in (1, 2)
    assert verify_edition(root / folders.CURRENT) == []
    second.refresh_from_db()
    published = second.state == Edition.State.PUBLISHED
    assert published == (where in COMMITTED)
    verdict = audit.verify(heads=queries.known_heads())
    assert verdict.holds, verdict.problem
    # The next try.
    if published:
        assert actions.recover()
    else:
        assert folders.pointed_to(root) == 1
        actions.approve_edition(by=percy, edition=second, content_digest=second.content_digest)
    assert folders.pointed_to(root) == 2
    assert verify_edition(root / "2") == []
    assert verify_row(root) == []
    names = {p.name for p in root.iterdir()}
    assert names == {"1", "2", "edition-1.zip", "edition-2.zip", "current", folders.LOCK}


def test_two_publishers_who_approve_at_once_publish_once(
    second: Edition, percy: Person, cass: Person, office: object
) -> None:
    third = Person.objects.create(name="Pia Holm", email="pia@northmoor.example", body=percy.body)
    third.roles_held.create(role="publisher", begun_at=second.proposed_at)

    def approve(by: Person) -> str:
        try:
            actions.approve_edition(by=by, edition=second, content_digest=second.content_digest)
            return "published"
        except Refused as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(approve, [percy, third]))
    assert outcomes[1] == "published"
    assert outcomes[0] in ("busy", "decided")
    assert Edition.objects.filter(number=2, state="published").count() == 1
    assert verify_edition(queries.root() / folders.CURRENT) == []


def test_recovering_leaves_a_publisher_at_work_alone(second: Edition) -> None:
    root = queries.root()
    (root / f"{folders.BUILDING}2").mkdir()
    with folders.locked(root):
        assert not actions.recover()
    assert (root / f"{folders.BUILDING}2").is_dir()
    assert actions.recover()
    assert not (root / f"{folders.BUILDING}2").exists()
