"""The steps of the reader: each hands on frozen shapes, and what it hands on can be looked at."""

from dataclasses import fields

import pytest

from answerable.engine.documents import flow, layout, pdf, reader, sections, weigh
from answerable.engine.documents.pieces import Block, Printed, Sheet, TextLine
from answerable.engine.documents.weigh import Sign

from . import papers

REPORT = f"""
#set page(width: 480pt, height: 640pt)
#set heading(numbering: "1.1")
= Arrangements
{papers.PROSE}

#pad(x: 40pt)[We were told by everyone whom we asked that nobody had looked at these records for
longer than anyone could say, and that nobody meant to look at them in the time that was left.]

== Records
{papers.PROSE}
== Recommendations
+ The force should keep the record of every call for six years.
+ The council should publish what it was told by the end of each month.

= What comes next
“Nothing was written down in those days, and what was written down was not kept by anybody.”

{papers.PROSE}
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return papers.pdf(tmp_path_factory.mktemp("steps"), REPORT)


@pytest.fixture(scope="module")
def opened(path):
    return flow.from_pdf(path)


def names(thing):
    return thing._fields if isinstance(thing, Printed) else [field.name for field in fields(thing)]


def test_what_a_step_hands_on_cannot_be_changed_by_the_next(path, opened):
    document = pdf.open_pdf(path)
    sheet = next(pdf.sheets(document))
    document.close()
    line = layout.lines(sheet)[0]
    chosen = reader.find(opened).chosen
    things = [sheet, sheet.words[0], line, opened, opened.blocks[0], chosen, chosen.runs[0]]
    for thing in [*things, chosen.taken[0], chosen.taken[0].item]:
        for name in names(thing):
            with pytest.raises(AttributeError):
                setattr(thing, name, None)
            assert not isinstance(getattr(thing, name), list | dict | set)


def test_bytes_become_sheets_and_sheets_become_lines(path):
    document = pdf.open_pdf(path)
    sheet = next(pdf.sheets(document))
    assert isinstance(sheet, Sheet)
    assert all(isinstance(word, Printed) for word in sheet.words)
    lines = layout.lines(sheet)
    assert all(isinstance(line, TextLine) for line in lines)
    assert sum(len(line.words) for line in lines) == len(sheet.words)
    document.close()


def role(opened, start):
    return next(b.role for b in opened.blocks if start in b.text)


def test_a_block_knows_what_it_is(opened):
    assert role(opened, "Records") == "heading"
    assert role(opened, "The team spent eleven days") == "paragraph"
    assert role(opened, "The council should publish") == "list_item"
    assert role(opened, "We were told by everyone") == "quotation"
    assert role(opened, "Nothing was written down") == "quotation"


def test_sections_have_levels_numbers_and_ends(opened):
    found = {s.heading.text: s for s in sections.of(opened.blocks)}
    assert [(t, s.level, s.number) for t, s in found.items()] == [
        ("Arrangements", 1, "1"),
        ("Records", 2, "1.1"),
        ("Recommendations", 2, "1.2"),
        ("What comes next", 1, "2"),
    ]
    inner, outer = found["Recommendations"], found["Arrangements"]
    assert inner.parent is outer.heading
    assert outer.first < inner.first < inner.last == outer.last
    assert opened.blocks[inner.last].text.startswith("The council should publish")


def test_the_score_of_a_run_is_the_sum_of_its_votes():
    votes = weigh.votes([Sign("section.own"), Sign("section.asking", 0.5)])
    assert [v.name for v in votes] == ["section.own", "section.asking"]
    assert weigh.score(votes) == pytest.approx(0.58 + 0.11)
    assert votes[1].sentence == "50% of the entries ask for something to be done."


def test_a_floor_lifts_a_score_and_never_lowers_it():
    low = weigh.votes([Sign("lead-in.mentions"), Sign("lead-in.throughout")])
    high = weigh.votes([Sign("table.column"), Sign("lead-in.throughout")])
    assert weigh.score(low) == pytest.approx(0.6)
    assert weigh.score(high) == pytest.approx(0.88)


def test_a_score_stays_between_nothing_and_almost_certain():
    assert weigh.score(weigh.votes([Sign("table.tracks")])) == 0
    assert weigh.score(weigh.votes([Sign("table.column"), Sign("named.name")])) == 0.97


def test_other_weights_take_the_place_of_the_table():
    table = {"section.own": weigh.Weight(0.9, "Learned.")}
    assert weigh.score(weigh.votes([Sign("section.own")], table)) == 0.9


def test_every_weight_has_a_sentence_for_a_person():
    assert all(w.sentence.endswith(".") for w in weigh.WEIGHTS.values())


def test_two_blocks_with_the_same_words_are_two_blocks():
    assert Block("The same.", ()) != Block("The same.", ())
