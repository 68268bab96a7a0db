"""Word files as people leave them: counted lists, tracked changes, fields, controls, merged cells."""

import zipfile

import pytest

from answerable.engine.documents import read
from answerable.engine.documents.passages import words_of

from .papers import PROSE, codes, numbers, taken, texts

SPACE = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
HEADING = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
)


def packed(folder, body, *, numbering="", styles="", footnotes=""):
    """A Word file with this inside it."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {SPACE}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {SPACE}>{HEADING}{styles}</w:styles>",
    }
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {SPACE}>{numbering}</w:numbering>"
    if footnotes:
        parts["word/footnotes.xml"] = f"<w:footnotes {SPACE}>{footnotes}</w:footnotes>"
    path = folder / "report.docx"
    with zipfile.ZipFile(path, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return path


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(text="", *, style=None, num=None, level=0, inside=None, more=""):
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>' if num else ""
    inner = inside if inside is not None else run(text)
    return f"<w:p><w:pPr>{named}{listed}{more}</w:pPr>{inner}</w:p>"


def lvl(level, kind, template, *, start=1, more=""):
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{template}"/></w:lvl>'
    )


def abstract(identity, *levels, more=""):
    return f'<w:abstractNum w:abstractNumId="{identity}">{"".join(levels)}{more}</w:abstractNum>'


def num(identity, of, more=""):
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def restart(level, start):
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def printed(reading):
    """The labels that stand in the page's text, where each paragraph says what it expects."""
    return reading.pages[0].text.split("\n")


TOP = p("Recommendations", style="H1")
ASKS = (
    "The force should record every call.",
    "The council should publish its plan.",
    "The board should tell the family.",
)


@pytest.mark.parametrize(
    ("kind", "template", "shown"),
    [
        ("decimal", "%1.", ["1.", "2.", "3."]),
        ("decimal", "Recommendation %1:", [f"Recommendation {n}:" for n in (1, 2, 3)]),
        ("decimal", "R%1", ["R1", "R2", "R3"]),
        ("decimalZero", "%1", ["01", "02", "03"]),
        ("lowerLetter", "(%1)", ["(a)", "(b)", "(c)"]),
        ("upperRoman", "%1.", ["I.", "II.", "III."]),
        ("ordinal", "%1", ["1st", "2nd", "3rd"]),
        (
            "cardinalText",
            "Recommendation %1.",
            [f"Recommendation {w}." for w in ("One", "Two", "Three")],
        ),
    ],
)
def test_what_word_counts_for_itself_is_printed_as_a_reader_sees_it(
    tmp_path, kind, template, shown
):
    body = TOP + "".join(p(ask, num=1) for ask in ASKS)
    reading = read(
        packed(tmp_path, body, numbering=abstract(0, lvl(0, kind, template)) + num(1, 0))
    )
    assert printed(reading)[1:] == [f"{s} {ask}" for s, ask in zip(shown, ASKS, strict=True)]


def test_entries_that_word_calls_recommendation_by_number_are_found(tmp_path):
    body = p("Findings", style="H1") + p(PROSE)
    for ask in ASKS:
        body += p(ask, num=1) + p(PROSE)
    listed = abstract(0, lvl(0, "decimal", "Recommendation %1:")) + num(1, 0)
    reading = read(packed(tmp_path, body, numbering=listed))
    assert numbers(reading) == ["1", "2", "3"]
    assert texts(reading) == list(ASKS)


def test_levels_print_the_numbers_above_them_and_start_again_below_each(tmp_path):
    listed = abstract(
        0,
        lvl(0, "upperRoman", "%1."),
        lvl(1, "decimal", "%1.%2", more="<w:isLgl/>"),
        lvl(2, "lowerLetter", "(%3)"),
    )
    depths = [0, 1, 2, 2, 1, 2, 0, 1]
    body = "".join(p(f"Entry {n}", num=1, level=d) for n, d in enumerate(depths))
    reading = read(packed(tmp_path, body, numbering=listed + num(1, 0)))
    marks = [line.split(" Entry")[0] for line in printed(reading)]
    assert marks == ["I.", "1.1", "(a)", "(b)", "1.2", "(a)", "II.", "2.1"]


def test_a_list_that_is_started_again_by_an_override_starts_again_once(tmp_path):
    listed = abstract(0, lvl(0, "decimal", "%1."))
    listed += num(1, 0) + num(2, 0, restart(0, 7)) + num(3, 0)
    body = "".join(p("Entry", num=n) for n in (1, 1, 2, 2, 3))
    reading = read(packed(tmp_path, body, numbering=listed))
    assert [line.split()[0] for line in printed(reading)] == ["1.", "2.", "7.", "8.", "9."]


def test_a_level_of_its_own_overrides_that_of_the_list(tmp_path):
    own = f'<w:lvlOverride w:ilvl="0">{lvl(0, "lowerLetter", "%1)", start=3)}</w:lvlOverride>'
    listed = abstract(0, lvl(0, "decimal", "%1.")) + num(1, 0, own)
    reading = read(packed(tmp_path, p("Entry", num=1) + p("Entry", num=1), numbering=listed))
    assert [line.split()[0] for line in printed(reading)] == ["c)", "d)"]


def test_a_level_that_never_starts_again_goes_on(tmp_path):
    go_on = '<w:lvlRestart w:val="0"/>'
    listed = abstract(0, lvl(0, "decimal", "%1."), lvl(1, "decimal", "R%2", more=go_on)) + num(1, 0)
    body = "".join(p("Entry", num=1, level=d) for d in (0, 1, 1, 0, 1))
    reading = read(packed(tmp_path, body, numbering=listed))
    assert [line.split()[0] for line in printed(reading)] == ["1.", "R1", "R2", "2.", "R3"]


def test_numbers_come_through_a_chain_of_styles_and_the_level_tied_to_the_style(tmp_path):
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Base"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Rec"><w:name w:val="Rec"/>'
        '<w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Plain"><w:name w:val="Plain"/>'
        '<w:basedOn w:val="Rec"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    )
    listed = abstract(
        0,
        lvl(0, "decimal", "%1."),
        lvl(1, "decimal", "Recommendation %2", more='<w:pStyle w:val="Rec"/>'),
    )
    body = TOP + "".join(p(ask, style="Rec") for ask in ASKS) + p("Thanks to all.", style="Plain")
    reading = read(packed(tmp_path, body, numbering=listed + num(1, 0), styles=styles))
    assert printed(reading)[1].startswith("Recommendation 1 The force")
    assert printed(reading)[4] == "Thanks to all."
    assert numbers(reading) == ["1", "2", "3"]


def test_a_list_that_is_kept_with_a_list_style_is_found_there(tmp_path):
    styles = (
        '<w:style w:type="numbering" w:styleId="Ours"><w:name w:val="Ours"/>'
        '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    listed = abstract(0, more='<w:numStyleLink w:val="Ours"/>')
    listed += abstract(1, lvl(0, "decimal", "%1)"), more='<w:styleLink w:val="Ours"/>')
    listed += num(1, 0) + num(2, 1)
    reading = read(packed(tmp_path, p("Entry", num=1), numbering=listed, styles=styles))
    assert printed(reading) == ["1) Entry"]


def test_tracked_changes_are_read_as_accepted_and_told(tmp_path):
    change = 'w:id="1" w:author="A"'
    body = TOP + p(
        inside=run("The force should ")
        + f"<w:del {change}><w:r><w:delText>never </w:delText></w:r></w:del>"
        + f"<w:ins {change}>{run('always ')}</w:ins>"
        + run("record calls.")
        + f"<w:moveFrom {change}>{run(' Moved away.')}</w:moveFrom>",
        num=1,
    )
    body += p(inside=f"<w:moveTo {change}>{run('The council should publish.')}</w:moveTo>", num=1)
    reading = read(
        packed(tmp_path, body, numbering=abstract(0, lvl(0, "decimal", "%1.")) + num(1, 0))
    )
    assert texts(reading) == [
        "The force should always record calls.",
        "The council should publish.",
    ]
    assert "tracked_changes" in codes(reading)
    told = next(n.sentence for n in reading.notices if n.code == "tracked_changes")
    assert told == (
        "This Word file holds 3 tracked changes. It was read as if every change had been accepted."
    )


def test_a_deleted_entry_takes_no_number_and_joined_paragraphs_are_one(tmp_path):
    gone = '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>'
    deleted = '<w:del w:id="2" w:author="A"><w:r><w:delText>Old entry.</w:delText></w:r></w:del>'
    body = TOP + p(ASKS[0], num=1)
    body += p(inside=deleted, num=1, more=gone)
    body += p("The council should ", num=1, more=gone) + p("publish its plan.", num=1)
    listed = abstract(0, lvl(0, "decimal", "%1.")) + num(1, 0)
    reading = read(packed(tmp_path, body, numbering=listed))
    assert numbers(reading) == ["1", "2"]
    assert texts(reading) == [ASKS[0], ASKS[1]]


def test_a_deleted_row_is_not_read_and_an_inserted_one_is(tmp_path):
    def row(text, mark=""):
        return f"<w:tr><w:trPr>{mark}</w:trPr><w:tc>{p(text)}</w:tc></w:tr>"

    body = "<w:tbl>" + row("Recommendation") + row(ASKS[0])
    body += row("Old words that are gone now.", '<w:del w:id="1" w:author="A"/>')
    body += row(ASKS[1], '<w:ins w:id="2" w:author="A"/>') + "</w:tbl>"
    assert texts(read(packed(tmp_path, body))) == [ASKS[0], ASKS[1]]


def test_hidden_words_comments_and_placeholders_are_left_out(tmp_path):
    empty = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{p('Click here to enter text.')}</w:sdtContent></w:sdt>"
    )
    filled = f"<w:sdt><w:sdtPr/><w:sdtContent>{p(ASKS[1])}</w:sdtContent></w:sdt>"
    marks = '<w:commentRangeStart w:id="0"/>' + run("The force") + '<w:commentRangeEnd w:id="0"/>'
    body = TOP + p(
        inside=marks + run(" secretly", "<w:vanish/>") + run(" should record every call.")
    )
    reading = read(packed(tmp_path, body + empty + filled))
    assert printed(reading) == ["Recommendations", ASKS[0], ASKS[1]]


def test_fields_give_their_results_and_contents_give_no_entries(tmp_path):
    def mark(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    told = '<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    page = mark("begin") + "<w:r><w:instrText> PAGEREF _1 </w:instrText></w:r>"
    page += mark("separate") + run("7") + mark("end")
    body = p(inside=mark("begin") + told + mark("separate") + run("Recommendations ") + page)
    body += p("1. The force should record calls 9") + p(inside=mark("end"))
    body += TOP + p(inside=run("The force should keep to paragraph ") + page + run(" of its plan."))
    body += p("Every board should do the same thing as this.")
    reading = read(packed(tmp_path, body))
    assert "TOC" not in reading.pages[0].text
    assert "PAGEREF" not in reading.pages[0].text
    assert texts(reading) == [
        "The force should keep to paragraph 7 of its plan.",
        "Every board should do the same thing as this.",
    ]


def test_hyphens_symbols_and_raised_figures_read_as_a_reader_would_copy_them(tmp_path):
    symbol = '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:t xml:space="preserve"> </w:t></w:r>'
    body = TOP + p(
        inside=symbol
        + run("Every re")
        + "<w:r><w:softHyphen/></w:r>"
        + run("port on non")
        + "<w:r><w:noBreakHyphen/></w:r>"
        + run("crime should be kept")
        + run("12", '<w:vertAlign w:val="superscript"/>')
        + run(" in 40 m")
        + run("2", '<w:vertAlign w:val="superscript"/>')
        + run(" of space.")
    )
    body += p("• Every call should be recorded as it is made.")
    reading = read(packed(tmp_path, body))
    assert texts(reading)[0] == "Every report on non-crime should be kept in 40 m² of space."


def test_text_boxes_are_read_once_each(tmp_path):
    def box(text):
        inner = f"<w:txbxContent>{p(text)}</w:txbxContent>"
        return (
            "<w:r><mc:AlternateContent>"
            f"<mc:Choice><w:drawing>{inner}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )

    body = p(inside=box("First box.") + box("Second box."))
    reading = read(packed(tmp_path, body))
    assert printed(reading) == ["First box.", "Second box."]


def test_footnotes_can_be_read_but_are_no_entries(tmp_path):
    notes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="1">{p("1. We recommend that nobody takes this for an entry.")}</w:footnote>'
    )
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = TOP + p(inside=run(ASKS[0]) + mark) + p(ASKS[1])
    reading = read(packed(tmp_path, body, footnotes=notes))
    assert texts(reading) == [ASKS[0], ASKS[1]]
    assert "nobody takes this" in reading.pages[0].text


def cells(*found):
    return "<w:tr>" + "".join(found) + "</w:tr>"


def tc(text, more="", inner=""):
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{p(text)}{inner}</w:tc>"


def test_who_must_act_in_a_cell_over_several_rows_is_read_for_each(tmp_path):
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = "<w:tbl>" + cells(tc("Responsible body"), tc("Recommendation"))
    body += cells(tc("Northmoor Council", down), tc(ASKS[0].replace("The force should r", "R")))
    body += cells(tc("", on), tc("Publish the plan and keep to it."))
    body += cells(tc("Northmoor Police"), tc("Tell the family what was done.")) + "</w:tbl>"
    found = taken(read(packed(tmp_path, body)))
    assert [[a.name for a in c.addressees] for c in found] == [
        ["Northmoor Council"],
        ["Northmoor Council"],
        ["Northmoor Police"],
    ]


def test_columns_hold_through_spans_controls_and_tables_inside_cells(tmp_path):
    inner = f"<w:tbl>{cells(tc('and, by the way, inside it too'))}</w:tbl>{p('')}"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{tc('2')}</w:sdtContent></w:sdt>"
    body = "<w:tbl>" + cells(tc("No."), tc("Recommendation"), tc("Theme"))
    body += cells(tc("A title over the whole table", '<w:gridSpan w:val="3"/>'))
    body += cells(tc("1"), tc(ASKS[0], inner=inner), tc("Calls"))
    body += cells(control, tc(ASKS[1]), tc("Plans")) + "</w:tbl>"
    reading = read(packed(tmp_path, body))
    assert numbers(reading) == ["1", "2"]
    assert texts(reading) == [f"{ASKS[0]} and, by the way, inside it too", ASKS[1]]


def test_paragraphs_set_in_below_an_entry_belong_to_it(tmp_path):
    set_in = '<w:ind w:left="720"/>'
    listed = abstract(
        0, lvl(0, "decimal", "%1.", more="").replace("</w:lvl>", f"<w:pPr>{set_in}</w:pPr></w:lvl>")
    )
    body = TOP + p(ASKS[0], num=1) + p("It should do so at once.", more=set_in)
    body += p(ASKS[1], num=1) + p(PROSE)
    reading = read(packed(tmp_path, body, numbering=listed + num(1, 0)))
    assert texts(reading) == [f"{ASKS[0]} It should do so at once.", ASKS[1]]


def test_the_strict_form_of_the_format_is_read(tmp_path):
    path = packed(tmp_path, TOP + p(ASKS[0]) + p(ASKS[1]))
    strict = tmp_path / "strict.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            new.writestr(name, old.read(name).replace(usual, STRICT.encode()))
    assert texts(read(strict)) == [ASKS[0], ASKS[1]]


def test_every_candidate_of_a_word_file_is_the_words_of_its_spans(tmp_path):
    body = TOP + "".join(p(ask, num=1) for ask in ASKS)
    reading = read(
        packed(tmp_path, body, numbering=abstract(0, lvl(0, "decimal", "%1.")) + num(1, 0))
    )
    for candidate in reading.candidates:
        assert candidate.text == words_of(reading.pages, candidate.spans)
