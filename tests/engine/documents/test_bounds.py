"""Where an entry begins and ends: boxes, series side by side, notes under entries, columns."""

from answerable.engine.documents import read
from tests.engine.documents.papers import PROSE, file, numbers, read_pdf, texts

SET = "#set page(width: 16cm, height: 22cm)\n#set text(size: 10pt)\n"


def box(body: str) -> str:
    return f"#rect(width: 100%, fill: luma(235))[{body}]\n"


def test_bold_sentences_in_a_box_are_the_entries_and_end_with_it(tmp_path):
    inside = (
        "=== Areas for improvement\n"
        "*The service should write down why a call was closed.*\n\n"
        f"{PROSE}\n\n"
        "*The service should tell callers what happens next.*\n\n"
        f"{PROSE}\n"
    )
    found = texts(read_pdf(tmp_path, f"{SET}= Answering calls\n{PROSE}\n\n{box(inside)}\n{PROSE}"))
    assert found == [
        "The service should write down why a call was closed.",
        "The service should tell callers what happens next.",
    ]


def test_a_count_beside_numbered_paragraphs_is_a_list_of_its_own(tmp_path):
    story = [f"#par[7.{n} {PROSE}]\n" for n in range(1, 5)]
    asked = [
        f"#par[{n} The Harbour Trust should mend gate {n} before winter.]\n" for n in (1, 2, 3)
    ]
    mixed = [story[0], asked[0], story[1], asked[1], asked[2], story[2]]
    found = read_pdf(tmp_path, SET + "= 7. Recommendations\n" + "\n".join(mixed))
    assert numbers(found) == ["1", "2", "3"]
    assert texts(found)[1] == "The Harbour Trust should mend gate 2 before winter."


def test_a_headed_entry_ends_where_the_numbered_story_goes_on(tmp_path):
    parts = []
    for n in range(1, 5):
        parts += [
            f"#par[3.{2 * n - 1} {PROSE}]\n",
            f"=== Recommendation {n}: Gates\nThe Harbour Trust must mend gate {n} before winter.\n",
            f"#par[3.{2 * n} {PROSE}]\n",
        ]
    found = read_pdf(tmp_path, SET + "= The harbour\n" + "\n".join(parts))
    assert texts(found) == [
        f"The Harbour Trust must mend gate {n} before winter." for n in range(1, 5)
    ]


def test_what_follows_every_entry_in_the_same_words_is_no_part_of_it(tmp_path):
    entries = "".join(
        f"<h2>Recommendation {n}</h2><p>The Trust should mend gate {n} before winter.</p>"
        f"<p>This follows an inspection in which gate {n} stood open.</p>"
        for n in range(1, 5)
    )
    page = f"<html><body><h1>Recommendations</h1><p>{PROSE}</p>{entries}</body></html>"
    found = read(file(tmp_path, page.encode(), "page.html"))
    assert texts(found) == [f"The Trust should mend gate {n} before winter." for n in range(1, 5)]


def test_a_list_set_in_under_a_numbered_sentence_counts_for_itself(tmp_path):
    listed = "\n".join(
        f"#pad(left: 1cm)[{n} #h(.5em) The Trust should mend gate {n} before winter.]"
        for n in (1, 2, 3)
    )
    source = f"{SET}= Recommendations\n#par[12 #h(.5em) The following recommendations are made:]\n{listed}"
    assert numbers(read_pdf(tmp_path, source)) == ["1", "2", "3"]


def test_titles_part_a_page_of_two_columns_in_bands(tmp_path):
    story = "\n\n".join([PROSE] * 2)
    asked = "\n".join(
        f"- mend gate {n} before winter and say when it was done" for n in range(1, 9)
    )
    source = (
        f"{SET}#let two(body) = block(height: 4.4cm, columns(2, body))\n"
        f"== Key messages\n#two[{story}]\n"
        f"== Recommendations\n#two[*The Trust should:*\n{asked}]\n"
        f"== Background\n{PROSE}\n"
    )
    found = texts(read_pdf(tmp_path, source))
    assert found == [f"mend gate {n} before winter and say when it was done" for n in range(1, 9)]


def test_who_must_act_and_a_colon_open_a_list_of_whole_sentences(tmp_path):
    source = (
        f"{SET}= What needs to improve\nHarbour Trust must:\n"
        "- Mend every gate before winter.\n- Count the boats each night.\n"
        "- Tell the council what was found.\n"
    )
    assert texts(read_pdf(tmp_path, source)) == [
        "Mend every gate before winter.",
        "Count the boats each night.",
        "Tell the council what was found.",
    ]


UNRULED = """
#set page(width: 21cm, height: 20cm)
#set text(size: 9pt)
= Recommendations
#table(columns: (GUTTERS), stroke: none, inset: (x: 3pt, y: 4pt), ROWS)
#text(size: 11pt)[PROSE]
"""


def unruled(widths: str, rows: list[tuple[str, ...]]) -> str:
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    return UNRULED.replace("GUTTERS", widths).replace("ROWS", cells).replace("PROSE", PROSE)


def test_rows_without_lines_are_told_apart_by_a_little_more_space(tmp_path):
    asked = [
        f"The Trust should mend gate {n} before winter, and say in its next report what that "
        "cost and how long it took to do."
        for n in range(1, 6)
    ]
    why = "Gates stood open on most of the nights when we came, and nobody could say since when."
    rows = [("Finding", "Recommendation", "By"), *((why, each, "Harbour Trust") for each in asked)]
    assert texts(read_pdf(tmp_path, unruled("5cm, 6cm, 3cm", rows))) == asked


def test_a_first_column_without_a_title_holds_the_numbers(tmp_path):
    rows = [("", "Recommendation", "Timescale")] + [
        (str(n), f"The Trust should mend gate {n} before winter and report on it.", "Within a year")
        for n in (1, 2, 3)
    ]
    assert numbers(read_pdf(tmp_path, unruled("1cm, 7cm, 4cm", rows))) == ["1", "2", "3"]


def ruled(rows: list[tuple[str, ...]], widths: str = "1.6cm, 10cm") -> str:
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    return f"#table(columns: ({widths}), stroke: .5pt, {cells})\n{PROSE}"


ASKED = [f"The Trust should mend gate {n} before winter and report on it." for n in (1, 2, 3)]


def test_a_table_of_labels_and_what_they_say_needs_no_titles(tmp_path):
    rows = [(f"*R{n}*", each) for n, each in enumerate(ASKED, 1)]
    found = read_pdf(tmp_path, f"{SET}= Summary\n{PROSE}\n== Exhibit 2\n{ruled(rows)}")
    assert (numbers(found), texts(found)) == (["R1", "R2", "R3"], ASKED)


def test_a_table_of_plain_numbers_is_a_list_under_a_title_that_says_so(tmp_path):
    rows = [(str(n), each) for n, each in enumerate(ASKED, 1)]
    assert texts(read_pdf(tmp_path, f"{SET}= Recommendations\n{ruled(rows)}")) == ASKED


def test_each_point_in_a_cell_is_an_entry(tmp_path):
    cells = "[*Main findings*], [*Key recommendations*], [Gates stood open at night.], ["
    points = "\n".join(f"- {each}" for each in ASKED)
    source = f"#table(columns: (5cm, 8cm), stroke: .5pt, {cells}{points}\n])\n{PROSE}"
    assert texts(read_pdf(tmp_path, f"{SET}= Harbours\n{source}")) == ASKED


def test_labels_at_the_right_of_their_entries_are_read_first(tmp_path):
    entry = (
        "The Trust should mend gate {} before winter and tell the council of it when that is done."
    )
    rows = "".join(
        f"#grid(columns: (9cm, 1cm), [{entry.format(n)}], [*R{n}*])\n#v(4pt)\n" for n in (1, 2, 3)
    )
    found = read_pdf(tmp_path, f"{SET}= Recommendations\n{rows}{PROSE}")
    assert numbers(found) == ["R1", "R2", "R3"]
    assert texts(found) == [entry.format(n) for n in (1, 2, 3)]


def test_titles_as_heavy_as_the_one_that_announces_them_divide_its_list(tmp_path):
    first = ["Replace every gate before winter.", "Record the boats each night."]
    second = ["Publish what was found.", "Review the rules on mooring."]
    source = (
        f"{SET}*What we did*\n\n{PROSE}\n\n*Recommendations*\n\n*For the Trust*\n\n"
        f"- {first[0]}\n- {first[1]}\n\n*For the council*\n\n- {second[0]}\n- {second[1]}\n\n"
        f"*Thanks*\n\n- {PROSE}\n"
    )
    assert texts(read_pdf(tmp_path, source)) == [*first, *second]


def test_entries_may_be_counted_in_words_and_called_requirements(tmp_path):
    for name, first, second in (("Recommendation", "One", "Two"), ("Requirement", "1", "2")):
        source = (
            f"{SET}= What we found\n{PROSE}\n\n*{name} {first}:* The Trust must mend every gate.\n\n"
            f"{PROSE}\n\n*{name} {second}:* The Trust must record the boats each night.\n\n{PROSE}"
        )
        found = read_pdf(tmp_path, source)
        assert numbers(found) == [first, second]


def test_a_row_that_leaves_out_who_must_act_is_an_entry(tmp_path):
    rows = [("Body", "We recommend"), ("Trust", ASKED[0]), ("", ASKED[1]), ("Council", ASKED[2])]
    assert texts(read_pdf(tmp_path, f"{SET}= Harbours\n{ruled(rows)}")) == ASKED


def test_a_large_title_does_not_widen_the_column_below_it(tmp_path):
    source = (
        "#set page(width: 9cm, height: 12cm, margin: 1cm)\n#set text(size: 9pt)\n"
        "#text(size: 15pt)[*Harbours of the north*]\n\n*Recommendations*\n\n"
        "(i) #h(.5em) replace every gate before winter #linebreak() and say so;\n\n"
        "(ii) #h(.5em) record the boats each night.\n"
    )
    assert texts(read_pdf(tmp_path, source))[0] == "replace every gate before winter and say so;"


def test_a_table_on_its_side_says_what_each_row_holds(tmp_path):
    tables = "\n\n".join(
        f"== Finding {n}\n" + ruled([("Risk", "Boats may be lost."), ("Recommendation", each)])
        for n, each in enumerate(ASKED, 1)
    )
    assert texts(read_pdf(tmp_path, f"{SET}= Findings\n{tables}")) == ASKED


def test_a_label_with_its_reference_and_an_answer_are_no_part_of_the_entry(tmp_path):
    rows = [
        (
            f"*Area for improvement {n}*\n\nRef: rule {n}",
            f"{each}\n\nResponse of the Trust: Agreed.",
        )
        for n, each in enumerate(ASKED, 1)
    ]
    found = read_pdf(tmp_path, f"{SET}= Plan\n{ruled(rows, '5cm, 7cm')}")
    assert (numbers(found), texts(found)) == (["1", "2", "3"], ASKED)


def test_parts_of_what_an_entry_of_a_flat_list_asks_are_its_own_words(tmp_path):
    plain = [f"{n}. {each}\n\n" for n, each in enumerate([*ASKED, *ASKED], 1)]
    plain[2] = (
        "3. The rules of the harbour should be amended so that:\n\n#pad(left: 1cm)["
        "(a) gates should be shut by the last boat in; and\n\n"
        "(b) boats should be recorded by whoever keeps the gate.]\n\n"
    )
    found = read_pdf(tmp_path, f"{SET}= Recommendations\n{''.join(plain)}")
    assert numbers(found)[:4] == ["1", "2", "3", "4"]
    assert texts(found)[2].endswith("whoever keeps the gate.")
