"""What every test stands on: folders of its own, and flushing past append-only triggers."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop beside the ORM

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis

from tests.assured import *  # noqa: F403
from tests.browser import chromium, shot, window  # noqa: F401
from tests.chased import *  # noqa: F403
from tests.gapped import *  # noqa: F403
from tests.mail import *  # noqa: F403
from tests.people import *  # noqa: F403
from tests.planned import *  # noqa: F403
from tests.settings import remove_data
from tests.universe import *  # noqa: F403

# A busy machine is no fault of the code: how long one example takes proves nothing.
hypothesis.register_profile("house", deadline=None)
hypothesis.load_profile("house")

_flush = TransactionTestCase._fixture_teardown


def _flush_past_triggers(self: TransactionTestCase) -> None:
    """The one place where append-only is lifted: emptying the tables after a committed test.

    The cache counts sign-ins from one address, and is in a table that no model makes: what one
    test committed would hold back the sign-ins of the next.
    """
    cache.clear()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            _flush(self)
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        _flush(self)
        for _, sql in triggers:
            cursor.execute(sql)


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    remove_data()


TransactionTestCase._fixture_teardown = _flush_past_triggers  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """The cache table, which no migration makes."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        call_command("createcachetable")


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: object) -> None:
    """Each test keeps documents, pictures and editions in a folder of its own."""
    for name in ("MEDIA_ROOT", "EDITIONS", "PICTURES"):
        setattr(settings, name, tmp_path / name.lower())


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real samples beside the project; without it, a test that needs it is skipped."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    if not (beside / "samples").is_dir():
        pytest.skip(
            "The folder of real sample reports is not beside the project, so this was skipped."
        )
    return beside
