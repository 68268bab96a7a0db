"""`answerable edition …`: two people publish, and anyone can verify a copy with nothing else."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.operators.conftest import Installation

PETRA, PERCY = ("--as", "petra@northmoor.example"), ("--as", "percy@northmoor.example")


@pytest.fixture
def copy(furnished: Installation, tmp_path: Path) -> Path:
    """The first edition as anyone may have it: a folder somewhere."""
    target = tmp_path / "copy"
    furnished.does("edition", "export", 1, target)
    return target


@pytest.fixture
def stranger(tmp_path: Path) -> Installation:
    """A machine without any record of ours, whose settings are even wrong."""
    return Installation(tmp_path / "none", settings={"ANSWERABLE_NONSENSE": "x"})


# --- Two people ------------------------------------------------------------------------------------


def test_one_proposes_and_another_publishes_exactly_what_was_seen(
    installation: Installation,
) -> None:
    (proposed,) = installation.lines("edition", "propose", *PETRA, "--note", "After the board.")
    assert proposed["edition"] == 2
    (shown,) = installation.lines("edition", "show")
    assert shown == proposed
    assert any(c["title"] == "R-0002" for c in shown["changes"])  # type: ignore[attr-defined]
    told = installation.does("edition", "show")
    assert "Publish the results." in told
    assert str(shown["digest"]) in told
    done = installation.does("edition", "publish", *PERCY, "--seen", shown["digest"])
    assert "Edition 2 is public" in done
    states = [(row["edition"], row["state"]) for row in installation.lines("edition", "list")]
    assert states == [(2, "published"), (1, "published")]
    assert all(line["holds"] for line in installation.lines("edition", "verify"))
    assert installation.lines("audit", "verify")[0]["holds"]


def test_the_rules_of_the_button_are_those_of_the_command(installation: Installation) -> None:
    assert "No proposal waits" in installation.refuses("edition", "publish", *PERCY)
    rosa = ("--as", "rosa@northmoor.example")
    assert "publisher" in installation.refuses("edition", "propose", *rosa)
    (proposed,) = installation.lines("edition", "propose", *PETRA)
    seen = ("--seen", proposed["digest"])
    assert "another publisher" in installation.refuses("edition", "publish", *PETRA, *seen)
    assert "--seen" in installation.refuses("edition", "publish", *PERCY)
    said = installation.refuses("edition", "publish", *PERCY, "--seen", "0" * 64)
    assert "What you saw is not what is proposed" in said
    assert next(iter(installation.lines("edition", "list")))["state"] == "proposed"


# --- A copy, with nothing else ---------------------------------------------------------------------


def test_a_copy_verifies_without_settings_database_or_any_file_made(
    stranger: Installation, copy: Path
) -> None:
    (line,) = stranger.lines("edition", "verify", copy)
    assert (line["edition"], line["holds"], line["findings"]) == (1, True, [])
    assert "is as it was published" in stranger.does("edition", "verify", copy)
    assert not stranger.data.exists()


def test_verifying_a_copy_never_starts_django(copy: Path) -> None:
    code = (
        "import sys; from answerable.cli import main\n"
        f"try: main(['edition', 'verify', {str(copy)!r}])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "from django.conf import settings; assert not settings.configured\n"
        "assert not [m for m in sys.modules if m.endswith('.models') and m.startswith('answerable')]"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


@pytest.mark.parametrize(
    ("what", "sentence"),
    [("changed", "index.html has been changed"), ("removed", "index.html has been removed")],
)
def test_one_byte_and_one_file_are_named(
    stranger: Installation, copy: Path, what: str, sentence: str
) -> None:
    page = copy / "index.html"
    content = page.read_bytes()
    page.unlink()
    if what == "changed":
        page.write_bytes(content.replace(b"e", b"a", 1))
    done = stranger.run("edition", "verify", copy)
    assert done.returncode == 1
    assert sentence in done.stdout
    (line,) = stranger.lines("edition", "verify", copy)
    assert [(f["what"], f["path"]) for f in line["findings"]] == [(what, "index.html")]  # type: ignore[attr-defined]


def test_what_was_added_is_named(stranger: Installation, copy: Path) -> None:
    (copy / "extra.html").write_text("x")
    assert "extra.html has been added" in stranger.run("edition", "verify", copy).stdout


def test_a_digest_from_elsewhere_finds_a_copy_rewritten_as_a_whole(
    stranger: Installation, copy: Path
) -> None:
    right = str(stranger.lines("edition", "verify", copy)[0]["manifest"])
    assert stranger.run("edition", "verify", copy, "--digest", right).returncode == 0
    done = stranger.run("edition", "verify", copy, "--digest", "0" * 64)
    assert done.returncode == 1
    assert "is not the one whose digest was given" in done.stdout


def test_a_folder_that_is_no_edition_is_told(stranger: Installation, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    done = stranger.run("edition", "verify", tmp_path / "other")
    assert done.returncode == 1
    assert "is not an edition" in done.stdout


def test_the_zip_verifies_and_a_changed_one_does_not(
    furnished: Installation, stranger: Installation, tmp_path: Path
) -> None:
    whole, changed = tmp_path / "edition.zip", tmp_path / "changed.zip"
    furnished.does("edition", "export", "newest", whole)
    assert stranger.lines("edition", "verify", whole)[0]["holds"]
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content + b" " if name.endswith("/index.html") else content)
    assert stranger.run("edition", "verify", changed).returncode == 1
    changed.write_bytes(b"no zip")
    assert "is not an edition in a zip file" in stranger.refuses("edition", "verify", changed)


def test_editions_that_lie_together_must_follow_each_other(
    installation: Installation, stranger: Installation, tmp_path: Path
) -> None:
    (proposed,) = installation.lines("edition", "propose", *PETRA)
    installation.does("edition", "publish", *PERCY, "--seen", proposed["digest"])
    copies = tmp_path / "copies"
    shutil.copytree(installation.data / "editions", copies, symlinks=True)
    assert [line["holds"] for line in stranger.lines("edition", "verify", copies)] == [True, True]
    shutil.rmtree(copies / "1")
    shutil.copytree(copies / "2", copies / "3")
    done = stranger.run("edition", "verify", copies)
    assert done.returncode == 1
    assert "Edition 1 has been removed" in done.stdout


# --- Here ------------------------------------------------------------------------------------------


def test_an_edition_changed_here_is_named_and_not_exported(
    installation: Installation, tmp_path: Path
) -> None:
    (installation.data / "editions/1/index.html").write_text("Nothing is late.")
    done = installation.run("edition", "verify")
    assert done.returncode == 1
    assert "index.html has been changed" in done.stdout
    said = installation.refuses("edition", "export", 1, tmp_path / "copy.zip")
    assert "is not as it was published" in said
    assert not (tmp_path / "copy.zip").exists()


def test_export_never_overwrites(furnished: Installation, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    assert "nothing is overwritten" in furnished.refuses("edition", "export", 1, tmp_path / "copy")
    assert "no such edition" in furnished.refuses("edition", "export", 9, tmp_path / "nine")
    assert "Make it first" in furnished.refuses("edition", "export", 1, tmp_path / "no/where")
    (line,) = furnished.lines("edition", "export", 1, tmp_path / "one.zip")
    assert json.dumps(line)
    assert line["path"] == str(tmp_path / "one.zip")
