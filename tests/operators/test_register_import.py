"""`answerable register import`: an office's spreadsheet from the command line, all of it or nothing."""

import json
from pathlib import Path

import pytest

from tests.operators.conftest import Installation
from tests.spreadsheets import csv_of, row

OFFICER = "rosa@northmoor.example"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Three rows: one good, one for nobody known, one with a day that is none."""
    path = tmp_path / "old list.csv"
    path.write_bytes(
        csv_of(row(1), row(2, Addressed_to="Nothmoor Police"), row(3, Published="31/02/2019"))
    )
    return path


def test_a_dry_run_prints_a_mapping_that_answered_brings_it_in(
    installation: Installation, sheet: Path, tmp_path: Path
) -> None:
    ask = ("register", "import", sheet, "--as", OFFICER, "--exact")
    [told] = installation.lines(*ask, "--dry-run")
    assert told["refused"] == [
        {
            "where": "Row 4, column C “Published”",
            "why": "“31/02/2019” is no day. Write it as 27/3/2024.",
        }
    ]
    assert "still to be answered" in installation.refuses(*ask)
    mapping = told["mapping"]
    assert isinstance(mapping, dict)
    for what, said in mapping["answers"].items():
        for key in said:
            said[key] = {"body": "new:force", "maker": "", "report": "another"}[what]
    (tmp_path / "mapping.json").write_text(json.dumps(mapping))
    answered = (*ask, "--mapping", tmp_path / "mapping.json")
    assert "Nothing was brought in. 1 row is refused." in installation.refuses(*answered)
    done = installation.run(*answered, "--leave-out")
    assert done.returncode == 0, done.stderr
    assert "2 recommendations came in: R-" in done.stderr
    installation.does("audit", "verify")


def test_it_says_who_and_what_it_needs(
    installation: Installation, sheet: Path, tmp_path: Path
) -> None:
    assert "Say who does this" in installation.refuses("register", "import", sheet)
    assert "--exact" in installation.refuses("register", "import", sheet, "--as", OFFICER)
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0")
    said = installation.refuses("register", "import", locked, "--as", OFFICER)
    assert said.startswith("locked.xlsx: This is an old Excel file")
