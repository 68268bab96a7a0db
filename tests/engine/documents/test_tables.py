"""Ruled tables that are broken by titles across them, and by the end of a page."""

from datetime import date

from .papers import numbers, read_pdf, taken, texts

HEAD = "[*No.*], [*Theme*], [*Recommendation*], [*Chapter*]"


def row(number: int, theme: str = "Care") -> str:
    return f"[{number}], [{theme}], [The Northmoor board should publish its list number {number} every month.], [{number}]"


def table(rows: str, columns: str = "(40pt, 90pt, 1fr, 60pt)") -> str:
    return f"#table(columns: {columns}, {HEAD}, {rows})"


def test_a_title_across_the_table_does_not_end_it(tmp_path):
    band = "table.cell(colspan: 4)[*A common culture*]"
    rows = ", ".join([row(1), row(2), band, row(3), band, row(4), row(5)])
    assert numbers(read_pdf(tmp_path, "= Recommendations\n" + table(rows))) == [
        "1",
        "2",
        "3",
        "4",
        "5",
    ]


def test_columns_drawn_a_hair_beside_below_a_title_are_the_same_columns(tmp_path):
    upper = table(", ".join(row(n) for n in (1, 2)))
    lower = (
        f"#v(-12pt)#table(columns: (43pt, 88pt, 1fr, 59pt), {', '.join(row(n) for n in (3, 4))})"
    )
    found = read_pdf(tmp_path, "= Recommendations\n" + upper + "\n" + lower)
    assert numbers(found) == ["1", "2", "3", "4"]


def test_a_row_cut_by_the_end_of_the_page_is_one_entry(tmp_path):
    long = (
        "The Northmoor board should publish its list. "
        + "It should say what was asked, of whom, and when it was answered. " * 14
    )
    rows = ", ".join([row(1), f"[2], [Care], [{long}], [4]", row(3)])
    source = "#set page(height: 320pt)\n#set table(stroke: 0.6pt)\n= Recommendations\n" + table(
        rows
    )
    found = read_pdf(tmp_path, source)
    assert numbers(found) == ["1", "2", "3"]
    assert texts(found)[1].count("It should say") == 14


def test_a_column_that_says_by_when_gives_the_limit(tmp_path):
    rows = (
        "[1], [The Northmoor board should publish its list of promises every month.], [April 2027],"
        "[2], [The force should ask the people who reported what became of it.], [3 months],"
        "[3], [The council should keep the office open on Saturdays as well.], [Ongoing]"
    )
    source = (
        "= Recommendations\n#table(columns: (40pt, 1fr, 90pt), [*No.*], [*Recommendation*], [*Timescale*], "
        + rows
        + ")"
    )
    dues = [c.due for c in taken(read_pdf(tmp_path, source))]
    assert dues[0].on == date(2027, 4, 30)
    assert (dues[1].words, dues[1].months) == ("3 months", 3)
    assert dues[2] is None
