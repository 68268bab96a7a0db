"""The extra called meaning: built beforehand, told by the doctor, and missed in a sentence."""

import csv
import io
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from answerable.cli.likeness import likeness
from tests.operators.conftest import Installation


def files(folder: Path) -> tuple[str, str]:
    one, other = folder / "left.csv", folder / "right.csv"
    one.write_text("id,text\na,Officers should be trained every year.\n")
    other.write_text(
        "id,text\nroof,Mend the roof of the school.\npolice,Teach the police annually.\n"
    )
    return str(one), str(other)


def test_meaning_finds_what_shares_no_word(bare: Installation, tmp_path: Path) -> None:
    said = bare.does("likeness", "rank", *files(tmp_path), "--meaning")
    rows = list(csv.DictReader(io.StringIO(said)))
    assert [r["right_id"] for r in rows] == ["police", "roof"]
    assert "meaning" in rows[0]["why"]


def test_it_is_built_beforehand_and_the_doctor_says_so(bare: Installation) -> None:
    assert "is ready, kept in" in bare.does("likeness", "meaning")
    findings = {str(f["what"]): f for f in bare.lines("doctor")}
    assert findings["meaning"]["state"] == "ok"


@pytest.mark.parametrize("command", [["rank", "{left}", "{right}", "--meaning"], ["meaning"]])
def test_without_the_extra_a_sentence_says_what_to_do(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    left, right = files(tmp_path)
    told = CliRunner().invoke(likeness, [part.format(left=left, right=right) for part in command])
    assert told.exit_code == 2
    assert "Run: uv sync --extra meaning" in told.output
