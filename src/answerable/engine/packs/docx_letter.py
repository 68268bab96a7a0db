"""A letter as DOCX, for an office that puts it on its own paper before it goes."""

import io

from docx import Document
from docx.shared import Cm, Pt

from answerable.engine.packs.shapes import Letter


def letter_docx(letter: Letter) -> bytes:
    """The letter as DOCX: the same words in the same order as the PDF."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11.5)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    document.core_properties.title = f"{letter.office} to {letter.body}: {letter.heading}"
    document.core_properties.author = letter.office
    document.add_paragraph().add_run(letter.office).bold = True
    address = (letter.to_name, letter.to_post, letter.body, *letter.to_address)
    document.add_paragraph("\n".join(filter(None, address)))
    document.add_paragraph(letter.dated)
    document.add_paragraph(letter.greeting)
    document.add_heading(letter.heading, level=1)
    for number, matter in enumerate(letter.matters, start=1):
        if len(letter.matters) > 1:
            document.add_heading(f"{number}. {matter.reference}", level=2)
        document.add_paragraph(matter.reason, style="Quote")
        for paragraph in matter.paragraphs:
            document.add_paragraph(paragraph)
    document.add_paragraph(letter.ending)
    document.add_paragraph("\n" * 2)
    signed = document.add_paragraph()
    signed.add_run(letter.signed_by).bold = True
    signed.add_run(f"\n{letter.office}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
