"""A PDF's own tags: used where they are there and sane, and never against what is plain to see."""

import pikepdf

from answerable.engine.documents import flow, pdf, tags

from . import papers

# Headings set exactly as running text: only the tags tell them apart.
PLAIN = '#show heading: it => block(text(size: 11pt, weight: "regular", it.body))\n'
PAGE = "#set page(width: 480pt, height: 640pt)\n"
REPORT = f"""
= Arrangements for the records of the force
{papers.PROSE}

= Steps that should follow from these recommendations
{papers.PROSE}
"""


def sane(path) -> bool:
    document = pdf.open_pdf(path)
    try:
        return tags.sane(document)
    finally:
        document.close()


def headings(path) -> list[str]:
    return [b.text for b in flow.from_pdf(path).blocks if b.heading is not None]


def without_tags(path):
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        del document.Root.MarkInfo
        del document.Root.StructTreeRoot
        document.save(path)
    return path


def test_a_heading_that_only_its_tag_tells_is_a_heading(tmp_path):
    path = papers.pdf(tmp_path, PAGE + PLAIN + REPORT)
    assert sane(path)
    assert headings(path) == [
        "Arrangements for the records of the force",
        "Steps that should follow from these recommendations",
    ]
    assert headings(without_tags(path)) == []


def test_headings_that_are_plain_to_see_need_no_tags(tmp_path):
    path = papers.pdf(tmp_path, PAGE + REPORT)
    seen = headings(path)
    assert headings(without_tags(path)) == seen
    assert len(seen) == 2


def test_tags_that_call_everything_a_paragraph_are_not_believed(tmp_path):
    assert not sane(papers.pdf(tmp_path, PAGE + papers.PROSE * 3))


def test_what_is_marked_as_no_part_of_the_text_is_left_out_of_it(tmp_path):
    head = "#set page(header: [Draft of the seventh of May])\n"
    opened = flow.from_pdf(papers.pdf(tmp_path, PAGE + head + REPORT))
    assert not any("Draft of the seventh" in block.text for block in opened.blocks)
    assert any(b.role == "running_head" and "seventh" in b.text for b in opened.aside)
    assert "Draft of the seventh of May" in opened.pages[0].text
