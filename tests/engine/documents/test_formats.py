"""Word, HTML and plain text: the same recommendations from other kinds of file."""

import docx
import pytest
from docx.enum.text import WD_BREAK

from answerable.engine.documents import read

from . import papers
from .papers import codes, numbers, starts, taken, texts

ASKS = [
    "Record every call from a care home as it is made.",
    "Agree one definition of missing and use it in every agency.",
    "Tell the family what was done.",
]


def numbered_in_word(document):
    document.add_heading("Review of missing children", 0)
    document.add_paragraph(papers.PROSE)
    document.add_heading("Recommendations", 1)
    for ask in ASKS:
        document.add_paragraph(ask, style="List Number")
    document.add_heading("Thanks", 1)
    document.add_paragraph(papers.PROSE)


def test_the_numbers_that_word_counts_for_itself_are_read(tmp_path):
    reading = read(papers.word(tmp_path, numbered_in_word))
    assert not reading.paged
    assert numbers(reading) == ["1", "2", "3"]
    assert texts(reading) == ASKS
    assert "1. Record every call" in reading.pages[0].text
    assert taken(reading)[0].page is None


def test_a_word_table_gives_its_titled_column_and_drops_notes_and_themes(tmp_path):
    def fill(document):
        document.add_heading("Thematic list", 1)
        table = document.add_table(rows=1, cols=3)
        for cell, title in zip(
            table.rows[0].cells, ("Recommendation", "Position", "Themes"), strict=True
        ):
            cell.text = title
        theme = table.add_row().cells
        theme[0].merge(theme[2]).text = "Theme: the rights of children"
        for n, ask in enumerate(ASKS, 1):
            cells = table.add_row().cells
            cells[0].text = f"115.{n} {ask}"
            cells[0].add_paragraph(f"Source of position: report {n}")
            cells[1].text = "Supported"
            cells[2].text = "Children"

    reading = read(papers.word(tmp_path, fill))
    assert numbers(reading) == ["115.1", "115.2", "115.3"]
    assert texts(reading) == ASKS


def test_a_coroners_form_in_one_table_gives_its_concerns(tmp_path):
    def fill(document):
        document.add_heading("Regulation 28 report to prevent future deaths", 1)
        table = document.add_table(rows=0, cols=2)
        for number, title, paragraphs in (
            ("1", "CORONER", ["I am the coroner for the county of Northmoor."]),
            ("4", "CIRCUMSTANCES OF THE DEATH", [papers.PROSE, papers.PROSE, papers.PROSE]),
            (
                "5",
                "CORONER’S CONCERNS",
                [
                    "During the inquest the evidence revealed matters giving rise to concern.",
                    "The MATTERS OF CONCERN are as follows:",
                    "(1) No one officer was told that the child had been missing before.",
                    "(2) The two agencies kept different lists, and neither was looked at that night.",
                    "(3) The protocol had been agreed but had never been printed or taught.",
                ],
            ),
            (
                "6",
                "ACTION SHOULD BE TAKEN",
                ["In my opinion action should be taken to prevent future deaths."],
            ),
            ("7", "YOUR RESPONSE", ["You are under a duty to respond within 56 days."]),
        ):
            cells = table.add_row().cells
            cells[0].text = number
            cells[1].text = ""
            cells[1].paragraphs[0].add_run(title).bold = True
            for text in paragraphs:
                cells[1].add_paragraph(text)

    reading = read(papers.word(tmp_path, fill))
    assert starts(reading, ["No one officer", "The two agencies", "The protocol"])
    assert {c.kind for c in taken(reading)} == {"cause_of_concern"}


def test_deleted_words_and_text_boxes_copied_twice_are_not_read_twice(tmp_path):
    def fill(document):
        document.add_heading("Recommendations", 1)
        paragraph = document.add_paragraph("The force should publish its plan", style="List Number")
        paragraph.add_run().add_break(WD_BREAK.LINE)
        paragraph.add_run("and keep to it.")
        deleted = docx.oxml.parse_xml(
            '<w:del xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="1" w:author="a">'
            "<w:r><w:delText>never</w:delText></w:r></w:del>"
        )
        paragraph._p.append(deleted)
        document.add_paragraph("The council should do the same.", style="List Number")

    reading = read(papers.word(tmp_path, fill))
    assert "never" not in reading.pages[0].text
    assert texts(reading)[-1] == "The council should do the same."


def test_a_web_page_is_read_without_its_navigation(tmp_path):
    items = "".join(f"<li>{ask}</li>" for ask in ASKS)
    page = f"""<!doctype html><html><head><title>Review</title><script>alert("x")</script></head><body>
    <nav><h2>Recommendations</h2><ul><li>Home page of the office</li><li>Reports of the office</li></ul></nav>
    <main><h1>Review</h1><p>{papers.PROSE}</p><h2>Recommendations</h2><ol start="4">{items}</ol>
    <h2>Contact</h2><p>{papers.PROSE}</p></main>
    <footer><ul><li>Improve this page for everyone</li></ul></footer></body></html>"""
    reading = read(papers.file(tmp_path, page.encode(), "page.html"))
    assert reading.title == "Review"
    assert numbers(reading) == ["4", "5", "6"]
    assert "alert" not in reading.pages[0].text
    assert "Home page" not in reading.pages[0].text


def test_numbers_glued_to_words_on_a_web_page_are_numbers(tmp_path):
    page = (
        "<html><body><p><b>9. Observations</b></p><p>9.1 The fund did not keep its books.</p>"
        "<p><b>10. COMMITTEE RECOMMENDATIONS</b></p>"
        "<p>10.1 The Committee recommends that the Minister of Works takes steps to ensure that:</p>"
        "<p><b>The Fund</b></p><p>10.1.1The fund keeps its books.</p><p>10.1.2The fund reports every quarter.</p>"
        "<p><b>11. APPRECIATION</b></p><p>The Committee thanks everyone who came.</p></body></html>"
    )
    reading = read(papers.file(tmp_path, page.encode(), "page.html"))
    assert numbers(reading) == ["10.1.1", "10.1.2"]
    assert texts(reading)[0] == "The fund keeps its books."
    assert [a.name for a in taken(reading)[0].addressees] == ["Minister of Works"]


def test_tables_and_nested_lists_on_a_web_page_are_read(tmp_path):
    rows = "".join(f"<tr><td>{n}</td><td>{ask}</td></tr>" for n, ask in enumerate(ASKS, 1))
    page = f"<html><body><h1>Report</h1><table><tr><th>No.</th><th>Recommendation</th></tr>{rows}</table></body></html>"
    reading = read(papers.file(tmp_path, page.encode(), "page.html"))
    assert numbers(reading) == ["1", "2", "3"]


def test_restructured_text_counts_its_own_numbers(tmp_path):
    lines = "\n".join(f"#. {ask}" for ask in ASKS)
    text = f"Review\n######\n\n{papers.PROSE}\n\n2. Recommendations\n==================\n\n{lines}\n\n3. Thanks\n=========\n\n{papers.PROSE}\n"
    reading = read(papers.file(tmp_path, text.encode(), "report.rst"))
    assert numbers(reading) == ["1", "2", "3"]
    assert texts(reading) == ASKS


def test_plain_text_with_broken_lines_is_put_together(tmp_path):
    text = (
        "RECOMMENDATIONS\n\n"
        "1. The force should publish its plan for the\n   coming year and keep to it.\n"
        "2. The council should do the same, and should\n   say in public what it cost.\n"
    )
    reading = read(papers.file(tmp_path, text.encode(), "report.txt"))
    assert texts(reading) == [
        "The force should publish its plan for the coming year and keep to it.",
        "The council should do the same, and should say in public what it cost.",
    ]


@pytest.mark.parametrize("depth", [50, 3000])
def test_a_web_page_nested_absurdly_deep_is_read(tmp_path, depth):
    page = (
        "<html><body>"
        + "<div>" * depth
        + "<p>Recommendations</p>"
        + "</div>" * depth
        + "</body></html>"
    )
    reading = read(papers.file(tmp_path, page.encode(), "deep.html"))
    assert "Recommendations" in reading.pages[0].text
    assert codes(reading) == ["none_found"]
