"""`answerable handover`: from one installation to another, on either database."""

import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.operators.conftest import Installation


@pytest.fixture
def archive(installation: Installation, tmp_path: Path) -> Path:
    """The record of the police, as it leaves for the mayor's office."""
    target = tmp_path / "police.tar"
    installation.does("handover", "export", "northmoor-police", target, "--to", "The Mayor")
    return target


def without(archive: Path, member: str) -> Path:
    """A copy of an archive with one file removed."""
    copy = archive.with_name("copy.tar")
    with tarfile.open(archive) as source, tarfile.open(copy, "w") as target:
        for one in source.getmembers():
            if one.name != member:
                target.addfile(one, source.extractfile(one))
    return copy


def test_a_record_passes_from_one_office_to_another_and_both_say_so(
    installation: Installation, archive: Path, bare: Installation
) -> None:
    bare.does("migrate")
    assert "is whole" in bare.does("handover", "verify", archive)
    said = bare.does("handover", "import", archive)
    assert "Taken in and complete" in said
    assert "R-0001" in said
    for office, verb in ((installation, "given"), (bare, "received")):
        told = office.python(
            "from answerable.audit.models import Event\n"
            "print(Event.objects.filter(verb__startswith='handover').values_list('verb', flat=True)[0])"
        )
        assert told == f"handover.{verb}"
        assert office.lines("audit", "verify")[0]["holds"]


def test_a_record_passes_to_an_office_on_the_other_database(
    archive: Path, postgresql: Callable[[], str], tmp_path: Path
) -> None:
    mayor = Installation(tmp_path / "mayor", postgresql())
    mayor.does("migrate")
    mayor.does("handover", "import", archive)
    assert mayor.lines("audit", "verify")[0]["holds"]


def test_a_copy_with_one_file_removed_is_refused_by_name(archive: Path, bare: Installation) -> None:
    name = "records/register.response.jsonl"
    copy = without(archive, name)
    bare.does("migrate")
    for verb in ("verify", "import"):
        assert f"{name} is missing" in bare.refuses("handover", verb, copy)
    assert (
        bare.python("from answerable.accounts.models import Body\nprint(Body.objects.count())")
        == "0"
    )


def test_what_was_taken_in_is_in_the_backup(
    archive: Path, bare: Installation, tmp_path: Path
) -> None:
    bare.does("migrate")
    bare.does("handover", "import", archive)
    bare.does("backup", "create", tmp_path / "mayor.tar")
    with tarfile.open(tmp_path / "mayor.tar") as opened:
        assert any(name.startswith("documents/handovers/") for name in opened.getnames())


def test_bad_use_is_told_in_a_sentence(installation: Installation, tmp_path: Path) -> None:
    target = tmp_path / "x.tar"
    said = installation.refuses("handover", "export", "nobody", target, "--to", "The Mayor")
    assert "There is no body “nobody” here" in said
    target.write_bytes(b"not an archive")
    assert "cannot be used" in installation.refuses("handover", "verify", target)
    said = installation.refuses("handover", "export", "northmoor-police", target, "--to", "M")
    assert "exists already" in said
