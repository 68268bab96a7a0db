"""`answerable likeness rank`: two files in, one list out, with nothing else."""

import csv
import io
from pathlib import Path

import pytest

from tests.operators.conftest import Installation

LEFT = 'id,text,note\na,"Record every crime, and tell victims.",x\nb,,\n'
RIGHT = "id,text\nr1,Crimes must be recorded.\nr2,Publish taxi licences.\nr3,Crime records.\n"


def files(folder: Path, left: str = LEFT, right: str = RIGHT) -> tuple[Path, Path]:
    one, other = folder / "left.csv", folder / "right.csv"
    one.write_text(left, encoding="utf-8-sig")
    other.write_text(right, encoding="utf-8")
    return one, other


def test_each_of_the_left_has_its_likest_with_the_reason(
    bare: Installation, tmp_path: Path
) -> None:
    said = bare.does("likeness", "rank", *files(tmp_path), "--top", 2)
    rows = list(csv.DictReader(io.StringIO(said)))
    assert list(rows[0]) == ["left_id", "right_id", "rank", "score", "why"]
    assert [(r["left_id"], r["rank"]) for r in rows] == [
        ("a", "1"), ("a", "2"), ("b", "1"), ("b", "2"),
    ]  # fmt: skip
    assert {rows[0]["right_id"], rows[1]["right_id"]} == {"r1", "r3"}
    assert float(rows[0]["score"]) >= float(rows[1]["score"]) > 0
    assert "Record" in rows[0]["why"]
    assert rows[2]["right_id"] == "r1", "equals stand in the order of their ids"
    assert said == bare.does("likeness", "rank", *files(tmp_path), "--top", 2)


@pytest.mark.parametrize(
    ("left", "sentence"),
    [
        ("id,words\n1,x\n", "left.csv has no column text in its first row."),
        ("", "left.csv has no column id and no column text in its first row."),
        ("id,text\na,x\na,y\n", "left.csv, row 3: the id 'a' was there before."),
        ("id,text\n,x\n", "left.csv, row 2: there is no id."),
        ("id,text\na\n", "left.csv, row 2: there are fewer cells than headings."),
        ("id,text\na,x,y\n", "left.csv, row 2: there are more cells than headings."),
        ('id,text\na,"x\n', "left.csv is no CSV file"),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence(
    bare: Installation, tmp_path: Path, left: str, sentence: str
) -> None:
    assert sentence in bare.refuses("likeness", "rank", *files(tmp_path, left))


def test_bytes_that_are_no_text_are_refused(bare: Installation, tmp_path: Path) -> None:
    one, other = files(tmp_path)
    one.write_bytes(b"id,text\na,\xff\xfe\n")
    assert "left.csv is not UTF-8 text" in bare.refuses("likeness", "rank", one, other)
