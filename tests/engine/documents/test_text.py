"""Text files: typed reports, text taken out of pages, Markdown and reStructuredText."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine.documents import read, text
from answerable.engine.documents.passages import words_of

from . import papers
from .papers import PROSE, numbers, taken, texts

ASKS = [
    "Record every call from a care home as it is made.",
    "Agree one definition of missing and use it in every agency.",
    "Tell the family what was done.",
]
NUMBERED = "\n".join(f"{n}. {ask}" for n, ask in enumerate(ASKS, 1))
APART = "\n\n".join(f"{n}. {ask}" for n, ask in enumerate(ASKS, 1))


def wrapped(words, width=70, indent=0):
    lines, line = [], ""
    for word in words.split():
        if len(line) + len(word) + 1 > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join(" " * indent + part for part in [*lines, line])


BODY = wrapped(PROSE)


def typed(folder, whole, name="report.txt"):
    return read(papers.file(folder, whole.encode(), name))


@pytest.mark.parametrize(
    "heading",
    [
        "RECOMMENDATIONS",
        "Recommendations",
        "4. RECOMMENDATIONS",
        "4 Recommendations",
        "Chapter 5: Recommendations",
        "V. RECOMMENDATIONS",
        "Recommendations\n---------------",
        "Recommendations\n===============",
        "Our recommendations:",
        "Summary of Recommendations",
    ],
)
@pytest.mark.parametrize("apart", [True, False])
def test_a_list_under_any_kind_of_heading_is_found(tmp_path, heading, apart):
    listed = APART if apart else NUMBERED
    whole = f"A REVIEW OF CALLS\n\n{BODY}\n\n{heading}\n\n{listed}\n\nTHANKS\n\n{BODY}\n"
    reading = typed(tmp_path, whole)
    assert numbers(reading) == ["1", "2", "3"]
    assert texts(reading) == ASKS


def test_a_heading_right_on_its_list_is_a_heading(tmp_path):
    reading = typed(tmp_path, f"A REVIEW\n\n{BODY}\n\nRECOMMENDATIONS\n{NUMBERED}\n")
    assert texts(reading) == ASKS


def test_lines_broken_by_hand_are_put_together_with_their_divided_words(tmp_path):
    entries = (
        "1. The force should publish its plan for the com-\n"
        "   ing year and keep to it, in a self-\n"
        "   contained form.\n"
        "2. The council should do the same.\n"
    )
    reading = typed(tmp_path, f"{BODY}\n\nRECOMMENDATIONS\n\n{entries}")
    assert texts(reading)[0] == (
        "The force should publish its plan for the coming year and keep to it, in a self-contained form."
    )


def test_paragraphs_set_in_below_an_entry_belong_to_it_and_others_do_not(tmp_path):
    entries = "1.  The force should publish its plan.\n\n    It should do so at once.\n\n"
    entries += "2.  The council should do the same.\n\n"
    reading = typed(tmp_path, f"{BODY}\n\nRECOMMENDATIONS\n\n{entries}THANKS\n\n{BODY}\n")
    assert texts(reading) == [
        "The force should publish its plan. It should do so at once.",
        "The council should do the same.",
    ]


def test_a_number_that_begins_a_broken_line_is_no_entry(tmp_path):
    entries = (
        "1. The force should record what was said in each of the\n"
        "   12. Every record should be kept.\n"
        "2. The council should do the same.\n"
    )
    reading = typed(tmp_path, f"{BODY}\n\nRECOMMENDATIONS\n\n{entries}")
    assert "2" in numbers(reading)


def test_text_whose_lines_are_paragraphs_is_read_by_line(tmp_path):
    long = " ".join([PROSE] * 3)
    lines = [long, long, "Recommendations", *[f"{n}. {ask}" for n, ask in enumerate(ASKS, 1)]]
    reading = typed(tmp_path, "\n".join([*lines, "Thanks", long, long]))
    assert numbers(reading)[:3] == ["1", "2", "3"]
    assert texts(reading)[:2] == ASKS[:2]


def test_page_numbers_and_running_heads_stay_out_of_the_words(tmp_path):
    entries = [f"{n}. The board should keep record number {n} of the calls" for n in range(1, 10)]
    pages = []
    for at in range(0, 9, 3):
        rest = "\n".join(
            f"{entry}\n   for as long as the law asks." for entry in entries[at : at + 3]
        )
        pages.append(f"Review of calls: report\n\n{rest}\n\nPage {at // 3 + 4} of 9\n")
    whole = "\f".join([f"{BODY}\n\nRECOMMENDATIONS\n", *pages])
    reading = typed(tmp_path, whole)
    assert len(taken(reading)) == 9
    assert "Page 5" not in reading.pages[0].text
    assert all(t.endswith("as the law asks.") for t in texts(reading))


def test_a_sentence_that_goes_on_over_a_page_is_one(tmp_path):
    parts = [
        f"{BODY}\n\nRECOMMENDATIONS\n\n1. The force should publish its plan for the\n\n- 7 -\n",
        "   coming year.\n2. The council should do the same.\n\n- 8 -\n",
        f"THANKS\n\n{BODY}\n\n- 9 -\n",
    ]
    reading = typed(tmp_path, "\f".join(parts))
    assert texts(reading) == [
        "The force should publish its plan for the coming year.",
        "The council should do the same.",
    ]


def test_a_typed_table_of_contents_opens_no_list(tmp_path):
    contents = (
        "CONTENTS\n\n1. Foreword ........ 2\n2. Findings ........ 5\n3. Recommendations ..... 9\n"
    )
    reading = typed(tmp_path, f"{contents}\n{BODY}\n\nRECOMMENDATIONS\n\n{NUMBERED}\n")
    assert texts(reading) == ASKS


MARKDOWN = f"""---
title: Review of calls
---

# Review of calls

{PROSE} See [the plan](https://example.org/plan) and `notes`.[^1]

## Recommendations

1. **Record** every call from a *care home* as it is made.[^1]
2. Agree one definition of [missing](http://example.org) and use it in every agency.
3. Tell the family what was done.

## Thanks

> {PROSE}

[^1]: A note that should not be read as one.
"""


def test_markdown_is_read_as_it_is_shown(tmp_path):
    reading = typed(tmp_path, MARKDOWN, "report.md")
    assert reading.title == "Review of calls"
    assert texts(reading) == ASKS
    assert "](" not in reading.pages[0].text


def test_strong_titles_and_entries_in_markdown_are_known(tmp_path):
    entries = "\n\n".join(f"**Recommendation {n}:** {ask}" for n, ask in enumerate(ASKS, 1))
    reading = typed(tmp_path, f"# Review\n\n{PROSE}\n\n**What we ask**\n\n{entries}\n")
    assert numbers(reading) == ["1", "2", "3"]
    assert texts(reading) == ASKS


def test_a_table_in_markdown_has_its_columns(tmp_path):
    rows = "\n".join(f"| {n} | {ask} | Northmoor Council |" for n, ask in enumerate(ASKS, 1))
    table = f"| No. | Recommendation | Responsible body |\n|---|:---|---|\n{rows}\n"
    reading = typed(tmp_path, f"# Review\n\n{PROSE}\n\n{table}\n{PROSE}\n")
    assert numbers(reading) == ["1", "2", "3"]
    assert texts(reading) == ASKS
    assert [a.name for a in taken(reading)[0].addressees] == ["Northmoor Council"]


RST = f"""
Review of calls
###############

.. contents:: Recommendations
   :depth: 2

.. This remark should never be read by
   anybody at all.

{PROSE} See `the plan <https://example.org>`_ and :ref:`below <part>` [#f]_.

.. note::

   The note is part of the report.

Recommendations
===============

#. Record every call from a ``care home`` as it is made.

#. Agree one definition of *missing* and use it in every agency.

#. Tell the family what was done. [#f]_

Thanks
======

{PROSE}

.. [#f] A note that should not be read as one.
"""


def test_restructured_text_is_read_as_it_is_shown(tmp_path):
    reading = typed(tmp_path, RST, "report.rst")
    assert texts(reading) == ASKS
    assert numbers(reading) == ["1", "2", "3"]
    text = reading.pages[0].text
    assert "The note is part" in text
    assert "never be read" not in text
    assert "See the plan and below." in text.replace("\n", " ")


def test_a_drawn_table_in_restructured_text_has_its_columns(tmp_path):
    table = """
+-----+--------------------------------------+
| No. | Recommendation                       |
+=====+======================================+
| 1   | Record every call from a care home   |
|     | as it is made.                       |
+-----+--------------------------------------+
| 2   | Tell the family what was done.       |
+-----+--------------------------------------+
"""
    whole = f"Review\n======\n\n{PROSE} ``x``\n\n.. note:: Read this.\n{table}\n{PROSE}\n"
    reading = typed(tmp_path, whole, "report.rst")
    assert texts(reading) == [ASKS[0], ASKS[2]]
    assert numbers(reading) == ["1", "2"]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="aA1. \n\t#*|-=_`>[](){}:.\f•+", max_size=300))
def test_any_scribble_is_read_and_every_block_stands_where_it_says(scribble):
    flow = text.read(scribble.encode())
    page = flow.pages[0]
    for block in flow.blocks:
        piece = block.pieces[0]
        assert 0 <= piece.start <= piece.end <= len(page.text)


def test_every_candidate_of_a_text_is_the_words_of_its_spans(tmp_path):
    reading = typed(tmp_path, f"{BODY}\n\nRECOMMENDATIONS\n\n{NUMBERED}\n")
    for candidate in reading.candidates:
        assert candidate.text == words_of(reading.pages, candidate.spans)
