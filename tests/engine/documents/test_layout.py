"""Pages as they are really printed: turned, in pictures, with marks, split and broken words."""

import pikepdf
import pytest

from answerable.engine.documents import Reading, read

from . import papers
from .papers import PROSE, codes, numbers, texts

LIST = """
== Recommendations
1. The force should keep the record of every call for six years and publish it.
2. The council should publish what it was told, in full, by the end of each month.
3. Both should tell the panel where they do not, and say why.
"""
FIRST = "The force should keep the record of every call for six years and publish it."
PAGE = '#set page(width: 600pt, height: 420pt)\n#set text(font: "Libertinus Serif")\n'


def inside(reading: Reading) -> bool:
    """Whether every word lies on its page as a reader sees it, and words follow one another."""
    return all(
        -1 <= w.box.left < w.box.right <= page.width + 1
        and -1 <= w.box.top < w.box.bottom <= page.height + 1
        for page in reading.pages
        for w in page.words
    )


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_all_the_same(tmp_path, turn):
    path = papers.pdf(tmp_path, f"{PAGE}= Report\n{PROSE}\n{LIST}")
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.pages[0].Rotate = turn
        document.save(path)
    reading = read(path)
    assert numbers(reading) == ["1", "2", "3"]
    assert texts(reading)[0] == FIRST
    page = reading.pages[0]
    assert (page.width, page.height) == ((600, 420) if turn in (0, 180) else (420, 600))
    assert inside(reading)


@pytest.mark.parametrize("turn", ["90deg", "-90deg"])
def test_a_table_laid_on_its_side_is_read_along_its_lines(tmp_path, turn):
    side = f"#pagebreak()\n#rotate({turn}, reflow: true)[#block(width: 380pt)[{LIST}]]"
    reading = read(papers.pdf(tmp_path, f"{PAGE}= Report\n{PROSE}\n{side}"))
    assert texts(reading)[0] == FIRST
    assert numbers(reading) == ["1", "2", "3"]
    assert inside(reading)
    box = next(c for c in reading.candidates if c.taken).spans[0].boxes[0]
    assert box.bottom - box.top > 3 * (box.right - box.left)


def test_what_runs_up_the_margin_does_not_mix_with_the_text(tmp_path):
    margin = "#place(left + horizon, dx: -40pt, rotate(-90deg, reflow: true)[Draft for the board])"
    reading = read(papers.pdf(tmp_path, f"{PAGE}{margin}\n= Report\n{PROSE}\n{LIST}"))
    assert texts(reading)[0] == FIRST
    assert "Draft for the board" in reading.pages[0].text
    assert "Draft" not in " ".join(texts(reading))


def test_a_page_with_nothing_but_a_picture_is_named(tmp_path):
    drawn = "#pagebreak()\n#rect(width: 100%, height: 80%, fill: gray)\n#pagebreak()\n"
    reading = read(papers.pdf(tmp_path, f"{PAGE}= Report\n{PROSE}\n{drawn}{LIST}"))
    assert "unread_pages" in codes(reading)
    assert next(n for n in reading.notices if n.code == "unread_pages").page == 2
    assert numbers(reading) == ["1", "2", "3"]


def test_a_footnote_mark_stays_in_its_line_and_out_of_the_words(tmp_path):
    marked = (
        "== Recommendations\n"
        "1. The council#super[12] should reply within 31 days.#super[3] It must say why.\n"
        "2. The force #super[4] should reply to all of them, and should do so at once.\n"
    )
    reading = read(papers.pdf(tmp_path, PAGE + marked))
    assert texts(reading) == [
        "The council should reply within 31 days. It must say why.",
        "The force should reply to all of them, and should do so at once.",
    ]


def test_split_capitals_and_ligatures_are_put_together(tmp_path):
    damaged = (
        "== Recommendations\n"
        "1. Th e force should fi nd the offi ce diffi cult to fl ood, and the staff in it.\n"
        "2. Th is should be refl ected off the books, and if it is so, in the fi les.\n"
    )
    reading = read(papers.pdf(tmp_path, PAGE + "#set text(ligatures: false)\n" + damaged))
    assert texts(reading) == [
        "The force should find the office difficult to flood, and the staff in it.",
        "This should be reflected off the books, and if it is so, in the files.",
    ]


def test_soft_hyphens_go_and_broken_words_are_mended(tmp_path):
    source = (
        "== Recommendations\n"
        "1. The coun\\u{ad}cil should give infor-#linebreak()mation to all who ask for information.\n"
        "2. The well-#linebreak()being of staff should be seen to, and well-being should be.\n"
    )
    reading = read(papers.pdf(tmp_path, PAGE + source))
    assert texts(reading) == [
        "The council should give information to all who ask for information.",
        "The well-being of staff should be seen to, and well-being should be.",
    ]
