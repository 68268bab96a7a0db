"""The product's settings, over a data folder that is only the tests'.

The test database on SQLite is a file in WAL mode, as in the product, so that threads and other
processes meet it as they would there.
"""

import os
import shutil
import tempfile
from pathlib import Path

ROOM = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  # memory is faster
os.environ["ANSWERABLE_DATA"] = tempfile.mkdtemp(prefix="answerable-tests-", dir=ROOM)
os.environ.setdefault("ANSWERABLE_LOG", "WARNING")

from answerable.settings import *  # noqa: E402, F403
from answerable.settings import DATA, DATABASES, STATIC_ROOT  # noqa: E402

PASSWORD_HASHERS = ["tests.hashing.QuickArgon2"]  # the product's own cost is a tenth of a second
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
if "sqlite3" in str(DATABASES["default"]["ENGINE"]):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA) / "test.sqlite3")}


def remove_data() -> None:
    """Called when the tests of a process are over."""
    shutil.rmtree(DATA, ignore_errors=True)
