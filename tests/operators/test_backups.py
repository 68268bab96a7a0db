"""A backup is whole or not there, made while people work, and put back into either database."""

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from answerable.cli.archive import check_backup
from answerable.engine.sealed import NotSealed
from tests.operators.conftest import COMMAND, Installation

Empty = Callable[[], str]


@pytest.fixture(scope="session")
def backup(furnished: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the furnished office."""
    target = tmp_path_factory.mktemp("backups") / "office.tar"
    furnished.does("backup", "create", target)
    return target


def files(folder: Path) -> dict[str, bytes]:
    """Every file in a folder by its path, without locks."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not p.name.startswith(".")
    }


def same_record(one: Installation, other: Installation) -> bool:
    """Whether two installations hold the same documents and editions, and the same chain but for
    the event that tells of the restore."""
    heads = "from answerable.audit.models import Event\nprint(list(Event.objects.exclude(verb='backup.restored').values_list('digest', flat=True)))"
    return one.python(heads) == other.python(heads) and all(
        files(one.data / noun) == files(other.data / noun) for noun in ("documents", "editions")
    )


# --- There and back --------------------------------------------------------------------------------


def test_what_is_restored_is_what_was_backed_up(
    furnished: Installation, backup: Path, bare: Installation
) -> None:
    said = bare.does("backup", "restore", backup)
    assert "Documents, editions, chain and counts are as in the backup" in said
    assert same_record(furnished, bare)
    assert bare.lines("audit", "verify")[0]["holds"]
    assert bare.lines("edition", "verify")[0]["holds"]
    assert os.readlink(bare.data / "editions/current") == "1"


def test_people_can_work_on_with_what_was_restored(backup: Path, bare: Installation) -> None:
    bare.does("backup", "restore", backup)
    bare.does("edition", "propose", "--as", "petra@northmoor.example")
    found = bare.python(
        "from answerable.register.queries.search import *\n"
        "from django.db import connection\n"
        "c = connection.cursor(); c.execute('SELECT count(*) FROM register_search'); print(c.fetchone()[0])"
    )
    assert found == "2"
    assert bare.lines("audit", "verify")[0]["holds"]


@pytest.mark.parametrize("way", ["sqlite to postgresql", "postgresql to sqlite"])
def test_a_backup_of_one_database_is_put_back_into_the_other(
    way: str, furnished: Installation, backup: Path, tmp_path: Path, postgresql: Empty
) -> None:
    there = Installation(tmp_path / "there/data", postgresql())
    there.data.parent.mkdir()
    if way == "postgresql to sqlite":
        source = there.furnish()
        made = tmp_path / "made.tar"
        source.does("backup", "create", made)
        target = Installation(tmp_path / "here/data")
        target.data.parent.mkdir()
    else:
        source, made, target = furnished, backup, there
    target.does("backup", "restore", made)
    assert same_record(source, target)
    assert target.lines("audit", "verify")[0]["holds"]
    proposed = target.run("edition", "propose", "--as", "petra@northmoor.example")
    assert proposed.returncode == 0, proposed.stderr  # new rows get new keys
    assert target.lines("audit", "verify")[0]["holds"]


def test_moments_keep_every_digit(backup: Path) -> None:
    with tarfile.open(backup) as tar:
        stream = tar.extractfile("tables/audit.event.jsonl")
        assert stream
        moments = [json.loads(line)["fields"]["at"] for line in stream]
    assert any(len(m.split(".")[1].split("+")[0]) == 6 for m in moments)


def test_a_backup_has_no_secret_key_no_sessions_and_is_for_its_owner_only(backup: Path) -> None:
    with tarfile.open(backup) as tar:
        names = tar.getnames()
    assert not [n for n in names if "secret" in n or "session" in n]
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


# --- While people work -----------------------------------------------------------------------------

WRITER = """
import io, sys
from answerable.accounts.models import Body, Person
from answerable.register.actions.recommendations import enter_recommendation
from answerable.reports.actions.documents import receive_document
from answerable.reports.models import Report
from pathlib import Path
rosa, report, force = Person.objects.get(name="Rosa Adeyemi"), Report.objects.get(), Body.objects.get(name="Northmoor Police")
stop, me, n = Path(sys.argv[1]), sys.argv[2], 0
while not stop.exists():
    n += 1
    enter_recommendation(by=rosa, report=report, words=f"Asked by {me} for the {n}th time.", number=f"{me}{n}", bodies=[(force, "Named")])
    page = f"<h1>Note {me} {n}</h1><p>" + "Words that are long enough to be read. " * 40 + "</p>"
    receive_document(by=rosa, report=report, upload=io.BytesIO(page.encode()), name=f"note-{me}-{n}.html")
print(n)
"""


def _write_and_back_up(office: Installation, folder: Path, backups: int) -> list[Path]:
    """Backups made while two processes write; each writer has to get on meanwhile."""
    stop = folder / "stop"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", f"import django; django.setup()\n{WRITER}", stop, name],
            env=office.env | {"DJANGO_SETTINGS_MODULE": "answerable.settings"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in "ab"
    ]
    time.sleep(2)
    made = [folder / f"{n}.tar" for n in range(backups)]
    try:
        for target in made:
            office.does("backup", "create", target)
    finally:
        stop.touch()
    for writer in writers:
        said, failed = writer.communicate(timeout=60)
        assert writer.returncode == 0, failed
        assert int(said) >= 1
    return made


def _restores(made: Path, target: Installation) -> int:
    """Restores a backup and verifies it; returns at which event it was made."""
    target.data.parent.mkdir(parents=True)
    target.does("backup", "restore", made)
    assert target.lines("audit", "verify")[0]["holds"]
    return int(str(target.lines("backup", "verify", made)[0]["head"]))


def test_backups_made_while_people_write_are_each_of_one_moment(
    installation: Installation, tmp_path: Path
) -> None:
    made = _write_and_back_up(installation, tmp_path, 2)
    heads = [_restores(m, Installation(tmp_path / f"restored{n}/data")) for n, m in enumerate(made)]
    assert heads == sorted(set(heads)), "people went on working between them"
    assert installation.lines("audit", "verify")[0]["holds"]


def test_on_postgresql_too(tmp_path: Path, postgresql: Empty) -> None:
    (tmp_path / "office").mkdir()
    office = Installation(tmp_path / "office/data", postgresql()).furnish()
    made = _write_and_back_up(office, tmp_path, 1)
    _restores(made[0], Installation(tmp_path / "restored/data", postgresql()))


def test_what_is_under_way_is_not_in_it(installation: Installation, tmp_path: Path) -> None:
    (installation.data / "documents/arriving").mkdir(exist_ok=True)
    (installation.data / "documents/arriving/half").write_bytes(b"half of an upload")
    (installation.data / "editions/.building-2").mkdir()
    (installation.data / "editions/.building-2/index.html").write_text("half an edition")
    installation.does("backup", "create", tmp_path / "b.tar")
    with tarfile.open(tmp_path / "b.tar") as tar:
        assert not [n for n in tar.getnames() if "arriving" in n or "building" in n]


# --- Creating: never over anything, never half -----------------------------------------------------


def test_a_backup_never_overwrites(furnished: Installation, tmp_path: Path) -> None:
    target = tmp_path / "b.tar"
    target.write_text("precious")
    assert "never overwritten" in furnished.refuses("backup", "create", target)
    assert target.read_text() == "precious"
    assert "Make it first" in furnished.refuses("backup", "create", tmp_path / "no/b.tar")


def test_a_full_disk_is_told_and_nothing_is_left(furnished: Installation, tmp_path: Path) -> None:
    limited = f"ulimit -f 100; exec {sys.executable} -m answerable.cli backup create b.tar"
    done = subprocess.run(
        ["sh", "-c", limited], env=furnished.env, cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 1, done.stderr
    assert "could not be written (File too large)" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_or_missing_document_is_named_when_the_backup_is_made(
    installation: Installation, tmp_path: Path
) -> None:
    document = next(p for p in (installation.data / "documents").glob("??/*"))
    document.chmod(0o600)
    document.write_bytes(b"x" + document.read_bytes()[1:])
    said = installation.refuses("backup", "create", tmp_path / "1.tar")
    assert "The document inspection.pdf differs from its SHA-256" in said
    document.unlink()
    said = installation.refuses("backup", "create", tmp_path / "2.tar")
    assert "The document inspection.pdf is missing" in said
    bare = Installation(tmp_path / "again/data")
    bare.data.parent.mkdir()
    done = bare.run("backup", "restore", tmp_path / "1.tar")
    assert done.returncode == 1
    assert "The document inspection.pdf differs from its SHA-256" in done.stderr


def test_a_database_that_is_behind_is_not_backed_up(bare: Installation, tmp_path: Path) -> None:
    assert "answerable migrate" in bare.refuses("backup", "create", tmp_path / "b.tar")
    assert not (tmp_path / "b.tar").exists()


# --- Verifying: what was cut, changed, added -------------------------------------------------------


def test_a_whole_backup_verifies(bare: Installation, backup: Path) -> None:
    assert "is whole" in bare.does("backup", "verify", backup)
    assert bare.lines("backup", "verify", backup)[0]["members"]


def _end(backup: Path) -> int:
    """Where the last member ends; what follows is only a tar file's padding."""
    with tarfile.open(backup) as tar:
        last = tar.getmembers()[-1]
        return last.offset_data + last.size


@pytest.mark.parametrize("part", [0.0, 0.001, 0.1, 0.5, 0.9, 0.99, 1.0])
def test_a_backup_that_was_cut_short_is_refused(backup: Path, tmp_path: Path, part: float) -> None:
    cut = tmp_path / "cut.tar"
    cut.write_bytes(backup.read_bytes()[: int((_end(backup) - 1) * part)])
    with pytest.raises(NotSealed):
        check_backup(cut)


def test_a_backup_cut_between_two_members_is_refused(backup: Path, tmp_path: Path) -> None:
    with tarfile.open(backup) as tar:
        places = [m.offset for m in tar.getmembers()][1:]
    for place in places:
        cut = tmp_path / "cut.tar"
        cut.write_bytes(backup.read_bytes()[:place])
        with pytest.raises(NotSealed):
            check_backup(cut)


def _changed(backup: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """A copy of a backup with members changed; None leaves one out."""
    with tarfile.open(backup) as old, tarfile.open(target, "w") as new:
        for member in old.getmembers():
            stream = old.extractfile(member)
            assert stream
            content = change(member.name, stream.read())
            if content is not None:
                member.size = len(content)
                new.addfile(member, BytesIO(content))


def test_a_changed_or_removed_member_is_named(
    bare: Installation, backup: Path, tmp_path: Path
) -> None:
    name, copy = "tables/register.recommendation.jsonl", tmp_path / "copy.tar"
    _changed(backup, copy, lambda n, c: c.replace(b"Publish", b"Perish!") if n == name else c)
    said = bare.refuses("backup", "restore", copy)
    assert f"{name} was changed" in said
    assert not bare.data.exists() or not (bare.data / "documents").exists()
    _changed(backup, copy, lambda n, c: None if n == name else c)
    assert f"{name} is missing" in bare.refuses("backup", "verify", copy)


def _with(backup: Path, target: Path, added: tarfile.TarInfo, content: bytes = b"") -> None:
    with tarfile.open(backup) as old, tarfile.open(target, "w") as new:
        new.addfile(added, BytesIO(content))
        for member in old.getmembers():
            new.addfile(member, old.extractfile(member))


def test_what_was_added_is_named_and_nothing_is_written_outside(
    bare: Installation, backup: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.tar"
    info = tarfile.TarInfo("documents/more.pdf")
    info.size = 4
    _with(backup, copy, info, b"more")
    assert "documents/more.pdf was added" in bare.refuses("backup", "verify", copy)
    outside = tarfile.TarInfo("documents/../../outside")
    outside.size = 4
    _with(backup, copy, outside, b"more")
    assert "not a plain file" in bare.refuses("backup", "restore", copy)
    link = tarfile.TarInfo("documents/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    _with(backup, copy, link)
    assert "not a plain file" in bare.refuses("backup", "restore", copy)
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 no tar", b"\0" * 10240])
def test_what_is_no_backup_is_refused(bare: Installation, tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "other.tar"
    other.write_bytes(content)
    assert "cannot be used" in bare.refuses("backup", "restore", other)


# --- Restoring: only into what is empty, whole or not at all ---------------------------------------


def test_restore_refuses_to_overwrite_and_changes_nothing(
    installation: Installation, backup: Path
) -> None:
    before = installation.lines("audit", "verify")[0]["head"]
    assert "already holds a record" in installation.refuses("backup", "restore", backup)
    assert installation.lines("audit", "verify")[0]["head"] == before


def test_restore_refuses_before_it_migrates(bare: Installation, backup: Path) -> None:
    bare.python(
        "from django.core.management import call_command\n"
        "call_command('migrate', 'accounts', '0001', verbosity=0)\n"
        "from django.db import connection\n"
        "connection.cursor().execute(\"INSERT INTO accounts_body (name, short_name, slug, kind, is_office, invented, added_at) VALUES ('a','','a','other',0,0,'2026-01-01')\")"
    )
    assert "already holds a record" in bare.refuses("backup", "restore", backup)
    with sqlite3.connect(bare.data / "answerable.sqlite3") as database:
        migrated = database.execute("SELECT count(*) FROM django_migrations WHERE app = 'accounts'")
        assert migrated.fetchone() == (1,), "it was not brought up to date"
        assert database.execute("SELECT count(*) FROM accounts_body").fetchone() == (1,)


def test_restore_refuses_a_folder_that_is_not_empty(bare: Installation, backup: Path) -> None:
    (bare.data / "documents").mkdir(parents=True)
    (bare.data / "documents/precious").write_text("x")
    assert "is not empty" in bare.refuses("backup", "restore", backup)
    assert files(bare.data / "documents") == {"precious": b"x"}


def test_a_backup_of_another_versions_tables_is_refused_with_what_to_do(
    bare: Installation, backup: Path, tmp_path: Path
) -> None:
    def older(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        manifest = json.loads(content) | {"answerable": "0.0.9", "schema": ["audit.0001_initial"]}
        return json.dumps(manifest).encode()

    copy = tmp_path / "older.tar"
    _changed(backup, copy, older)
    said = bare.refuses("backup", "restore", copy)
    assert "Install version 0.0.9, restore, then upgrade" in said


def _with_manifest_of(copy: Path, target: Path) -> None:
    """Give a changed copy a manifest that agrees with it, as someone who meant it would."""
    digests: dict[str, str] = {}

    def agree(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            digests[name] = hashlib.sha256(content).hexdigest()
            return content
        return json.dumps(json.loads(content) | {"members": digests}).encode()

    _changed(copy, target, agree)


def test_a_restore_that_fails_in_the_middle_leaves_nothing_and_can_be_tried_again(
    bare: Installation, backup: Path, tmp_path: Path
) -> None:
    copy, forged = tmp_path / "copy.tar", tmp_path / "forged.tar"
    last = "tables/reports.report.jsonl"
    _changed(backup, copy, lambda n, c: b"" if n == last else c)
    _with_manifest_of(copy, forged)
    assert "could not be restored" in bare.refuses("backup", "restore", forged)
    assert files(bare.data / "documents") == {}
    assert files(bare.data / "editions") == {}
    bare.does("backup", "restore", backup)


def test_rows_changed_by_someone_who_mended_the_manifest_are_found_by_the_chain(
    bare: Installation, backup: Path, tmp_path: Path
) -> None:
    copy, forged = tmp_path / "copy.tar", tmp_path / "forged.tar"
    name = "tables/register.recommendation.jsonl"
    _changed(backup, copy, lambda n, c: c.replace(b"Publish", b"Perish!") if n == name else c)
    _with_manifest_of(copy, forged)
    assert bare.run("backup", "verify", forged).returncode == 0
    done = bare.run("backup", "restore", forged)
    assert done.returncode == 1
    assert "has been changed since event" in done.stderr


def test_a_restore_killed_at_any_moment_leaves_an_empty_database_and_can_be_tried_again(
    backup: Path, tmp_path: Path
) -> None:
    began = time.monotonic()
    whole = Installation(tmp_path / "whole/data")
    whole.data.parent.mkdir()
    whole.does("backup", "restore", backup)
    took = time.monotonic() - began
    for n, part in enumerate((0.6, 0.75, 0.9)):
        target = Installation(tmp_path / f"killed{n}/data")
        target.data.parent.mkdir()
        process = subprocess.Popen(
            [*COMMAND, "backup", "restore", str(backup)],
            env=target.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(took * part)
        process.send_signal(signal.SIGKILL)
        process.wait()
        again = target.run("backup", "restore", backup)
        if again.returncode:  # it had been finished, all but the telling
            assert "already holds a record" in again.stderr
        assert target.lines("audit", "verify")[0]["holds"]
        assert same_record(whole, target)
        shutil.rmtree(target.data)
