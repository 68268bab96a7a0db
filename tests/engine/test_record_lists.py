"""Lists of record numbers: from text, CSV and Excel, by a child process that writes nothing."""

import io
from pathlib import Path

import openpyxl
import pytest

from answerable.engine.documents import Unreadable
from answerable.engine.record_lists import lines_of, read_list_safely


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "records"),
    [
        (b"NM-1\r\n\r\n NM-2 \r\n", ["NM-1", "NM-2"]),
        (b"\xef\xbb\xbfNM-1,3 May\nNM-2,4 May\n", ["NM-1", "NM-2"]),
        ("NM-1\nNM-2\n".encode("utf-16"), ["NM-1", "NM-2"]),
        (workbook(["NM-1", "x"], [20250098.0, "y"], [None]), ["NM-1", "20250098"]),
        (b"", []),
    ],
)
def test_a_list_is_the_first_column_or_the_lines(
    content: bytes, records: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "as-it-arrives"
    path.write_bytes(content)
    assert read_list_safely(path) == records


@pytest.mark.parametrize("content", [b"PK\x03\x04 torn", b"%PDF-1.7", b"MZ\0\0", b"a\0b"])
def test_what_is_no_list_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "as-it-arrives"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match="text, CSV or Excel"):
        read_list_safely(path)


def test_what_is_pasted_is_read_as_a_file_is() -> None:
    assert lines_of("NM-1\tMay\nNM-2\tJune") == ["NM-1", "NM-2"]
