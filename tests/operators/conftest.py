"""Whole installations in folders of their own, driven by the real command in a real process."""

import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "answerable.cli"]
Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Installation:
    """One data folder with its database, and the command that works on it."""

    data: Path
    database: str = ""
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        """The environment of a process that works on this installation, and on no other."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ANSWERABLE_", "DJANGO_"))}
        ours = {"ANSWERABLE_DATA": str(self.data), "ANSWERABLE_LOG": "WARNING"}
        address = {"ANSWERABLE_DATABASE": self.database} if self.database else {}
        return kept | {"PYTHONPATH": str(ROOT)} | ours | address | self.settings

    def run(self, *arguments: object, seconds: float = 120) -> Done:
        """Run `answerable` with these arguments."""
        return subprocess.run(
            [*COMMAND, *map(str, arguments)],
            env=self.env,
            cwd=self.data.parent,
            capture_output=True,
            text=True,
            timeout=seconds,
        )

    def does(self, *arguments: object) -> str:
        """What the command says, once it has succeeded."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refuses(self, *arguments: object, code: int = 1) -> str:
        """What the command says as it refuses: a sentence, never a traceback."""
        done = self.run(*arguments)
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr

    def lines(self, *arguments: object) -> list[dict[str, object]]:
        """The JSON lines that the command prints, and nothing else."""
        return [json.loads(line) for line in self.run(*arguments, "--json").stdout.splitlines()]

    def python(self, code: str, *arguments: object) -> str:
        """Run Python on this installation, with Django ready; returns what it prints."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}", *map(str, arguments)],
            env=self.env | {"DJANGO_SETTINGS_MODULE": "answerable.settings"},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def furnish(self) -> "Installation":
        """Fill it through actions."""
        self.does("migrate")
        subprocess.run(
            [sys.executable, "-m", "tests.operators.furnish"],
            env=self.env | {"DJANGO_SETTINGS_MODULE": "answerable.settings"},
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        return self


@pytest.fixture
def bare(tmp_path: Path) -> Installation:
    """A machine on which nothing was set up: not even the data folder is there."""
    return Installation(tmp_path / "data")


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An office with people, a report, replies and an edition. To be looked at, not changed."""
    return Installation(tmp_path_factory.mktemp("furnished") / "data").furnish()


@pytest.fixture
def installation(furnished: Installation, tmp_path: Path) -> Installation:
    """The same office, to be changed."""
    shutil.copytree(furnished.data, tmp_path / "office/data", symlinks=True)
    return Installation(tmp_path / "office/data")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[[], str]]:
    """Makes empty PostgreSQL databases, each on call, on a server that is removed afterwards."""
    said = 'echo "$ANSWERABLE_DATABASE"; exec cat'
    tool = [sys.executable, str(ROOT / "tools/postgres.py"), "sh", "-c", said]
    server = subprocess.Popen(
        tool, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert server.stdin
    assert server.stdout
    address = server.stdout.readline().strip()
    if not address.startswith("postgresql://"):
        pytest.skip(address or "PostgreSQL could not be started here, so this was skipped.")
    counter = itertools.count(1)

    def empty() -> str:
        name = f"office{next(counter)}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return address.rpartition("/")[0] + f"/{name}"

    yield empty
    server.stdin.close()
    server.wait(60)
