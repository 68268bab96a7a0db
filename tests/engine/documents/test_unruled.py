"""Tables without upright lines: titles across their columns, and pages that they go on to."""

from tests.engine.documents.papers import read_pdf, texts

TABLE = """
#set page(width: 18cm, height: HIGHcm)
#set text(size: 10pt)
#table(columns: (6cm, 7cm), stroke: none, inset: (x: 3pt, y: 7pt),
  [*MAIN FINDINGS*], [*KEY RECOMMENDATIONS*], ROWS)
"""
FOUND = "Gates stood open on most of the nights when we came to the harbour."


def asked(number: int) -> str:
    return f"Mend gate {number} before the winter and report on what that cost."


def table(rows: list[str], *, high: int) -> str:
    return TABLE.replace("HIGH", str(high)).replace("ROWS", ", ".join(rows))


def row(number: int) -> str:
    return f"[{FOUND}], [{asked(number)}]"


def test_a_title_across_the_columns_parts_the_rows_of_a_table_without_lines(tmp_path):
    theme = "table.cell(colspan: 2, align(center)[*{}*])"
    rows = [
        theme.format("Keeping the harbour safe"),
        *map(row, (1, 2)),
        theme.format("Supporting those who work there at night"),
        *map(row, (3, 4)),
    ]
    assert texts(read_pdf(tmp_path, table(rows, high=20))) == [asked(n) for n in (1, 2, 3, 4)]


def test_a_table_without_lines_goes_on_overleaf(tmp_path):
    found = read_pdf(tmp_path, table([row(n) for n in range(1, 12)], high=15))
    assert len(found.pages) == 2
    assert texts(found) == [asked(n) for n in range(1, 12)]
