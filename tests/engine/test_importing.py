"""A spreadsheet as it really comes: cells, days, headings, and what is wrong with a row."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine.documents.shapes import Unreadable
from answerable.engine.importing import tables
from answerable.engine.importing.days import NoDay, day_of, part_of
from answerable.engine.importing.headings import guessed, header_line, headings
from answerable.engine.importing.rows import Read, Reader, names_in
from answerable.engine.importing.shapes import (
    NUMBER,
    TEXT,
    Cell,
    Line,
    Settings,
    Table,
    letter,
    packed,
    unpacked,
)
from tests.spreadsheets import book_of, csv_of, messy, row, saved

TODAY = date(2026, 11, 22)


def tables_of(path: Path, content: bytes) -> list[Table]:
    path.write_bytes(content)
    return tables.read_tables(path)


def read(table: Table, **chosen: object) -> Read:
    header = header_line(table)
    means = guessed(table, header)
    return Reader(table, Settings(header=header, columns=means, **chosen), TODAY).read()  # type: ignore[arg-type]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "brought"


# --- Files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_usual_encoding_and_separator_is_read(path: Path, encoding: str, mark: str) -> None:
    text = csv_of(row(Recommendation=f"Naïve ‘words’; with{mark} marks"), mark=mark).decode()
    [table] = tables_of(path, text.encode(encoding))
    assert table.lines[1].text(5).startswith("Naïve")
    assert [line.number for line in table.lines] == [1, 2]


def test_a_line_end_in_quotes_stays_in_its_cell(path: Path) -> None:
    [table] = tables_of(path, b'sep=;\r\nReport;Words\r\nA;"one\r\ntwo; three"\r\n')
    assert table.lines[-1].text(2) == "one\ntwo; three"
    assert [line.number for line in table.lines] == [2, 3]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0 old or locked", "encrypted"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"%PDF-1.7", "not_allowed"),
        (b"\0\1\2 a picture", "not_allowed"),
        (b"  \n ", "empty"),
        (b'Report,Words\nA,"never closed\n', "quotes"),
        (b"a," * 200, "wide"),
        (b"a,b\n" * 11_000, "long"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    path: Path, content: bytes, code: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        tables_of(path, content)
    assert refused.value.code == code
    assert refused.value.sentence.endswith(".")


def test_the_child_reads_what_the_parent_would_and_tells_refusals(path: Path) -> None:
    path.write_bytes(book_of(row(1), row(2)))
    assert unpacked(tables.read_tables_safely(path)) == tables.read_tables(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(Unreadable, match="locked with a password"):
        tables.read_tables_safely(path)


def test_a_merged_cell_lends_its_value_to_every_row_it_covers(path: Path) -> None:
    [table] = tables_of(path, book_of(row(1), row(2), row(3), merged="A2:A4"))
    assert [line.text(1) for line in table.lines[1:]] == ["Inspection of custody"] * 3


def test_a_formula_counts_as_the_value_kept_and_without_one_is_refused(path: Path) -> None:
    [table] = tables_of(path, book_of(row(1), row(Recommendation="=1+2")))
    [fault] = read(table).faults
    assert fault.where == "Sheet “Recs”, row 3, column E “Recommendation”"
    assert "no value kept" in fault.sentence


def test_hidden_rows_and_sheets_are_known(path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(book_of(row(1), row(2))))
    book["Recs"].row_dimensions[3].hidden = True
    book.create_sheet("Old").append(["x"])
    book["Old"].sheet_state = "hidden"
    recs, old = tables_of(path, saved(book))
    assert (old.hidden, [line.hidden for line in recs.lines]) == (True, [False, False, True])
    assert len(read(recs).rows) == 2
    assert [told.sentence for told in read(recs, leave_hidden=True).left] == [
        "It is hidden in the file."
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.text(max_size=8), max_size=4), max_size=5))
def test_what_is_kept_is_what_was_read(cells: list[list[str]]) -> None:
    lines = (
        Line(n, {c: Cell(TEXT, text) for c, text in enumerate(one, 1)})
        for n, one in enumerate(cells, 1)
    )
    table = Table("x", tuple(lines))
    assert unpacked(packed([table])) == [table]


# --- Days -------------------------------------------------------------------------------------------

WAYS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y", "%Y-%m-%d", "%d %B %Y", "%a %d %b %Y", "%B %d, %Y",
        "%dth of %B %Y", "%Y-%m-%d 00:00:00", "%d-%b-%y")  # fmt: skip


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)), st.sampled_from(WAYS))
def test_a_day_is_understood_however_it_is_written(day: date, way: str) -> None:
    assert day_of(Cell(TEXT, day.strftime(way))) == day


def test_a_number_of_excel_is_a_day_and_other_numbers_are_not() -> None:
    assert day_of(Cell(NUMBER, "43525")) == date(2019, 3, 1)
    for text in ("12", "31/02/2019", "03/25/2019", "soon", "2019"):
        with pytest.raises(NoDay):
            day_of(Cell(TEXT, text))


@pytest.mark.parametrize(
    ("text", "part"),
    [("2014", "2014"), ("March 2014", "2014-03"), ("Mar-14", "2014-03"), ("03/2014", "2014-03"),
     ("spring 2014", "spring 2014"), ("13/2014", ""), ("soon", "")],
)  # fmt: skip
def test_a_month_or_a_year_is_kept_as_that(text: str, part: str) -> None:
    assert part_of(Cell(TEXT, text)) == part


# --- Headings and rows ------------------------------------------------------------------------------


def test_the_headings_of_a_messy_workbook_are_found_and_understood(path: Path) -> None:
    _, recs = tables_of(path, messy(20)[0])
    assert header_line(recs) == 3
    assert headings(recs, 3)[8] == "Reply: Date"
    assert list(guessed(recs, 3).values()) == [
        "report", "maker", "published", "number", "words", "to", "reply", "replied", "position",
        "plan",
    ]  # fmt: skip


def test_totals_repeated_headings_and_banners_are_left_alone(path: Path) -> None:
    total = ["Total", "", "", 3]
    banner = ["Part two"]
    heads = row(0, **{h: h for h in ("Report", "Published", "No", "Recommendation")})
    heads[1] = heads[5] = heads[6] = heads[7] = heads[8] = ""
    [table] = tables_of(path, book_of(row(1), heads, banner, row(2), total))
    found = read(table)
    assert [one.number for one in found.rows] == [2, 5]
    assert [(told.row, told.sentence.split(":")[0]) for told in found.left] == [
        (3, "The headings stand here once more."),
        (4, "It is a heading or a note"),
        (6, "It is a total"),
    ]


def test_ditto_and_where_chosen_an_empty_cell_mean_the_row_above(path: Path) -> None:
    rows = (
        row(1),
        row(2, Report='"', Report_made_by="ditto", Published="as above"),
        row(3, Report=""),
    )
    [table] = tables_of(path, book_of(*rows))
    [first, second], [fault] = read(table).rows, read(table).faults
    assert second.texts["report"] == first.texts["report"]
    assert second.published == first.published == date(2019, 3, 1)
    assert fault.sentence == "It does not say which report this is from."
    assert len(read(table, carry=True).rows) == 3


def test_another_report_does_not_take_its_maker_from_the_one_above(path: Path) -> None:
    [table] = tables_of(path, book_of(row(1), row(2, Report="Another", Report_made_by="")))
    assert "maker" not in read(table, carry=True).rows[1].texts


def test_each_wrong_cell_is_named(path: Path) -> None:
    bad = row(4, Published="31/02/2019", Recommendation="", Reply_date="31/12/2099")
    [table] = tables_of(path, csv_of(row(1), row(2), row(3), bad))
    assert [(fault.where, fault.sentence) for fault in read(table).faults] == [
        ("Row 5, column C “Published”", "“31/02/2019” is no day. Write it as 27/3/2024."),
        ("Row 5, column H “Reply date”", "“31/12/2099” is in the future."),
        ("Row 5, column E “Recommendation”", "There are no words of a recommendation."),
    ]


def test_a_file_without_a_column_for_the_report_can_say_it_once(path: Path) -> None:
    [table] = tables_of(path, csv_of(["Do this at once, please."], heads=["Recommendation"]))
    fixed = {"report": "One report", "published": "27/3/2024"}
    [only] = read(table, fixed=fixed).rows
    assert (only.says("report"), only.published) == ("One report", date(2024, 3, 27))


def test_names_in_a_cell_are_taken_apart_and_columns_have_letters() -> None:
    assert list(names_in("A and B; C\n• D ;")) == ["A and B", "C", "D"]
    assert [letter(n) for n in (1, 26, 27, 703)] == ["A", "Z", "AA", "AAA"]
