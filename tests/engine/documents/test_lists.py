"""Lists that a sentence opens, lists under counted headings, and the numbers of their entries."""

from answerable.engine.documents import read
from tests.engine.documents.papers import PROSE, file, numbers, read_pdf, taken, texts, word

SET = "#set page(width: 16cm, height: 22cm)\n#set text(size: 10pt)\n"
POINT = "{}\\."
ASKED = [f"the Trust should mend gate {n} before winter and say when it was done;" for n in (1, 2)]


def points(*words: str, mark: str = "({})") -> str:
    return "\n".join(f"#par[{mark.format(n)} {text}]" for n, text in enumerate(words, 1))


def test_a_typed_colon_and_dash_open_a_list_that_counts_for_itself(tmp_path):
    source = (
        f"{SET}= Chapter 6: Recommendations\n#par[6.1 {PROSE}]\n#par[6.2 I recommend that:-]\n"
        f"{points(*ASKED)}\n#par[6.3 {PROSE}]\n"
    )
    found = read_pdf(tmp_path, source)
    assert texts(found) == ASKED
    assert numbers(found) == ["(1)", "(2)"]


def test_numbered_points_of_an_unnumbered_sentence_are_entries(tmp_path):
    lists = {
        "Gates": ["Keep a list of every gate;", "Mend what the winter broke."],
        "Boats": ["Count each boat before the night begins;", "Say where none was found."],
    }
    parts = "".join(
        f"== {title}\n{PROSE} The department should:\n\n{points(*asked, mark=POINT)}\n"
        for title, asked in lists.items()
    )
    found = read_pdf(tmp_path, f"{SET}= Changes necessary\n{PROSE}\n{parts}")
    assert texts(found) == [*lists["Gates"], *lists["Boats"]]


def page(body: str) -> bytes:
    return f"<html><body><h1>The harbour</h1><p>{PROSE}</p>{body}</body></html>".encode()


def test_lettered_titles_go_before_the_numbers_that_begin_again_under_them(tmp_path):
    told = "An earlier review spoke of it, which recommended paint. The department should:"
    parts = "".join(
        f"== {letter}. Look after the {thing}\n{told}\n\n"
        f"{points(f'Keep a list of every {thing};', f'Paint what is {colour}.', mark=POINT)}\n"
        for letter, thing, colour in (("A", "gate", "red"), ("B", "boat", "blue"))
    )
    found = read_pdf(tmp_path, f"{SET}= Changes necessary\n{PROSE}\n{parts}")
    assert numbers(found) == ["A.1", "A.2", "B.1", "B.2"]


def test_one_count_through_lettered_titles_stands_alone(tmp_path):
    asked = ["Keep a list of gates.", "Paint them red.", "Count all the boats.", "Paint them blue."]
    listed = [f"#par[{n}\\. {text}]\n" for n, text in enumerate(asked, 1)]
    source = f"== A. Gates\n{''.join(listed[:2])}\n== B. Boats\n{''.join(listed[2:])}"
    found = read_pdf(tmp_path, f"{SET}= Recommendations\n{source}")
    assert numbers(found) == ["1", "2", "3", "4"]


def test_a_theme_and_its_count_are_a_label(tmp_path):
    asked = ["Ensure that every gate is shut.", "Ensure that boats are counted.", "Paint the wall."]
    body = "".join(f"<p><b>Harbours {n}.</b> {text}</p>" for n, text in enumerate(asked, 1))
    found = read(file(tmp_path, page(f"<h2>Summary recommendations</h2>{body}"), "page.html"))
    assert texts(found) == asked
    assert numbers(found) == ["Harbours 1", "Harbours 2", "Harbours 3"]


def test_a_boards_own_numbers_on_lines_of_their_own_are_labels(tmp_path):
    asked = "".join(
        f"=== 2011-02-H-R{n}\nMend gate {n} before winter. The plan shall:\n"
        f"{points('name who decides;', 'say when it ends.', mark='{})')}\n"
        for n in (1, 2, 3)
    )
    found = read_pdf(tmp_path, f"{SET}= Recommendations\n{PROSE}\n== Harbour Trust\n{asked}")
    assert numbers(found) == ["2011-02-H-R1", "2011-02-H-R2", "2011-02-H-R3"]
    assert texts(found)[0].endswith("2) say when it ends.")


def test_bullets_under_titles_of_time_are_entries_and_what_promises_them_is_none(tmp_path):
    source = (
        "== Areas for improvement\n#par[6. To keep boats safe, the Trust should take the "
        "following action.]\n=== Immediately:\n- mend the gates\n- count all the boats\n"
        "=== Within three months:\n- tell the council what was found\n- paint the walls\n"
    )
    found = read_pdf(tmp_path, f"{SET}= The harbour\n{PROSE}\n{source}")
    assert texts(found) == [
        "mend the gates",
        "count all the boats",
        "tell the council what was found",
        "paint the walls",
    ]


def test_titles_that_command_are_the_entries_where_the_text_only_explains(tmp_path):
    asked = ["Close the gates before winter", "Appoint a harbour master", "Publish what was found"]
    parts = "".join(f"=== {title}\n{PROSE}\n\n" for title in asked)
    found = read_pdf(tmp_path, f"{SET}= Recommendations\n{PROSE}\n\n{parts}")
    assert texts(found) == asked


def test_two_lists_of_one_section_are_both_taken(tmp_path):
    first = "".join(
        f"=== Recommendation {n}\nThe Trust should mend gate {n} before winter.\n\n"
        for n in (1, 2, 3)
    )
    source = (
        f"= Recommendations\n== Recommendations for the Trust\n{first}"
        "== Recommendations for agencies\n- Ensure that boats are counted\n- Paint the wall red\n"
    )
    assert len(texts(read_pdf(tmp_path, SET + source))) == 5


def test_named_headings_do_not_leave_a_chapter_by_its_number(tmp_path):
    named = "".join(
        f"=== Recommendation {n}\nThe Trust should mend gate {n} before winter.\n\n"
        for n in (1, 2, 3)
    )
    source = (
        f"= 7. Recommendations\n== 7.1 For the Trust\n{named}"
        "== 7.2 Recommendations for agencies\n- Ensure that boats are counted\n- Stop the noise\n"
    )
    assert len(texts(read_pdf(tmp_path, SET + source))) == 5


def test_lists_under_one_title_again_and_again_that_mostly_tell_are_none(tmp_path):
    telling = (
        "The gates were found open on many of the nights when we came to look at the harbour, "
        "and nobody could say since when they had stood like that."
    )
    asking = f"{telling} Leaders must be able to rely on what is written down about them."
    parts = "".join(
        f"== Gate {part}\n=== Areas for development\n" + "".join(f"- {text}\n" for text in entries)
        for part, entries in (
            ("one", [asking, asking.replace("gates", "boats"), telling, f"By day, {telling}"]),
            ("two", [telling.replace("gates", "doors")] * 3),
            ("three", [telling.replace("gates", "locks")] * 3),
        )
    )
    assert texts(read_pdf(tmp_path, f"{SET}= The harbour\n{PROSE}\n{parts}")) == []


def test_what_begins_with_the_number_of_an_entry_answers_it(tmp_path):
    asked = "".join(
        f"#par[5.1.{n} The Board recommends that gate {n} be mended. (00{n}/01)]\n"
        for n in (1, 2, 3)
    )
    answers = "".join(
        f"#par[5.2.{n} 00{n}/01: We accept this, and work should be done by May.]\n"
        for n in (1, 2, 3)
    )
    source = f"{SET}= 5 Safety recommendations\n{asked}#par[5.2 The harbour replied:]\n{answers}"
    assert numbers(read_pdf(tmp_path, source)) == ["001/01", "002/01", "003/01"]


def test_a_table_of_one_cell_is_a_box_round_its_list(tmp_path):
    asked = ["The force should name one contact.", "The force should write down why."]

    def fill(document):
        document.add_heading("Missing people", 1)
        box = document.add_table(rows=1, cols=1).cell(0, 0)
        box.paragraphs[0].add_run("Areas for improvement").bold = True
        for text in asked:
            box.add_paragraph(text, style="List Bullet")
        document.add_paragraph(PROSE)

    assert texts(read(word(tmp_path, fill))) == asked


def test_phrases_behind_a_whole_request_belong_to_it(tmp_path):
    asked = "By 3 May the harbour must train its crews. To do this, it must provide at least:"
    listed = points("a course for each boat;", "lamps for the night;", mark="({})")
    found = read_pdf(
        tmp_path, f"{SET}= Requirements\n#par[1\\. {asked}]\n#pad(left: 12pt)[{listed}]"
    )
    assert numbers(found) == ["1"]
    assert texts(found)[0].endswith("lamps for the night;")


def test_what_came_of_earlier_requirements_is_not_asked_again(tmp_path):
    old = "<h2>What was done to meet requirements made at the last inspection</h2>"
    told = "<h3>Requirement 1</h3><p>The harbour must paint every gate before winter.</p>"
    own = "<h3>Requirement 1</h3><p>The harbour must count its boats before the night.</p>"
    found = read(file(tmp_path, page(f"<h2>Findings</h2>{own}{old}{told}"), "a.html"))
    assert texts(found) == ["The harbour must count its boats before the night."]


def test_recommendations_stand_lettered_under_numbered_conclusions(tmp_path):
    told = "It is clear that the boats are still counted by hand, and that crews bear the cost."
    conclusions = "".join(
        f"{n}. {told} Boat {n} was lost.\n\n{{}}a. {{}}The Trust should mend gate {n} by May.\n\n"
        for n in (1, 2, 3)
    )
    head = f"The harbour\n\n{PROSE}\n\nCONCLUSIONS AND RECOMMENDATIONS\n\n"
    ways = ("Recommendation\n\n", ""), ("", "Recommendation: "), ("", "*Recommendation:* ")
    for marks in (way * 3 for way in ways):
        path = file(tmp_path, (head + conclusions.format(*marks)).encode(), "a.txt")
        found = read(path)
        assert texts(found) == [f"The Trust should mend gate {n} by May." for n in (1, 2, 3)]
        assert numbers(found) == ["1(a)", "2(a)", "3(a)"]


def test_a_list_ends_where_a_heading_names_an_entry_of_its_own(tmp_path):
    asked = ["The harbour must count its boats at night.", "The harbour should mend its gates."]
    named = f"<h3>Area for improvement 2</h3><p>{asked[1]}</p>"
    listed = f"<h2>Requirements</h2><ol><li>{asked[0]}</li></ol>{named}"
    told = "Work done on previous requirements"
    old = f"<p>{told}</p><h3>Requirement 1</h3><p>The harbour must paint its doors.</p>"
    found = read(file(tmp_path, page(f"{listed}<h2>Progress</h2><p>{PROSE}</p>{old}"), "a.html"))
    assert texts(found) == asked


def test_a_count_goes_on_behind_the_letters_of_a_sentence_without_a_number(tmp_path):
    asked = [f"We recommend that gate {n} be mended before the winter." for n in (1, 3, 4)]
    order = "<li>We recommend that the order on gates be amended to read:</li></ol>"
    quoted = (
        "<p>The harbour must be able:</p><p>(a) to paint its gates;</p><p>(b) to sell some.</p>"
    )
    body = f"<h2>Recommendations</h2><ol><li>{asked[0]}</li>{order}{quoted}"
    rest = f'<ol start="3"><li>{asked[1]}</li><li>{asked[2]}</li></ol>'
    found = read(file(tmp_path, page(body + rest), "a.html"))
    assert numbers(found)[-2:] == ["3", "4"]


def test_what_somebody_recommended_in_a_year_is_told(tmp_path):
    told = "In 2017 the Whitlock review recommended that the harbour mend its gates."
    found = read(file(tmp_path, page(f"<p>{told}</p><p>{PROSE}</p>"), "a.html"))
    assert texts(found) == []


def test_whose_a_list_is_may_be_divided_at_the_end_of_a_line(tmp_path):
    lead = "The Whitlock review, published in 2004, made the following recommen- dations:"
    listed = "".join(f"<li>The harbour should mend gate {n} before winter.</li>" for n in (1, 2, 3))
    found = read(file(tmp_path, page(f"<p>{lead}</p><ol>{listed}</ol><p>{PROSE}</p>"), "a.html"))
    assert texts(found) == []


def test_in_a_text_file_what_is_asked_goes_with_the_numbered_line_that_introduces_it(tmp_path):
    lines = [
        "# 6 Recommendations",
        "6.1 In nine years four kilns burned, and nobody counted how often others nearly did.",
        "6.2 The following recommendations are made:",
        "1 The intent of this is to make fires less likely.",
        "The Guild should sweep each kiln before it is fired.",
        "2 The intent of this is to know who fired it.",
        "The Guild should keep a list of those who hold a key.",
        "3 The intent of this is to learn from what went wrong.",
        "The Guild should write down every fire and what put it out.",
    ]
    path = file(tmp_path, "\n\n".join(lines).encode(), "kilns.txt")
    found = taken(read(path))
    assert [c.number for c in found] == ["1", "2", "3"]
    assert all("The Guild should" in c.text for c in found)
