"""The second look: what weaker signs find where the first look took nothing, and what they leave."""

import pytest

from answerable.engine.documents import read, second_look, second_signs
from tests.engine.documents import papers

OPINIONS = f"""
#set par(spacing: 2em)
= The kilns of the valley
{3 * papers.PROSE}

== Opinion 1
The Guild should sweep each kiln before it is fired, whoever fires it.

Of nine kilns that we saw, four had been swept.

== Opinion 2
The Guild should keep a spare key to each of the kilns that it lends.

The third key was never tried.

== Opinion 3
The Guild should number the shelves, so that no bowl is fired twice.

Two bowls were.
"""


def taken(reading) -> list[tuple[str | None, str]]:
    return [(c.number, " ".join(c.text.split())) for c in reading.candidates if c.taken]


def test_entries_that_count_with_a_word_of_their_own(tmp_path):
    reading = read(papers.pdf(tmp_path, OPINIONS))
    assert [number for number, _ in taken(reading)] == ["1", "2", "3"]
    assert taken(reading)[1][1].startswith("The Guild should keep a spare key")
    assert "never tried" not in taken(reading)[1][1]


def test_what_weaker_signs_find_is_shown_as_such(tmp_path):
    reading = read(papers.pdf(tmp_path, OPINIONS))
    found = [c for c in reading.candidates if c.taken]
    assert all(c.confidence <= second_look.SURE for c in found)
    assert all(any("weaker signs" in reason for reason in c.why) for c in found)
    assert "low_agreement" in [notice.code for notice in reading.notices]


def test_a_list_under_a_title_that_speaks_of_what_should_happen(tmp_path):
    source = """
= The kilns of the valley
Potters told us of their days at the kiln. Nobody had kept the drawings.

== Ways forward
Some of this is old and some is new.

- Keep a spare key to each of the kilns that is lent.
- Provide shelves, so that no bowl is fired twice.
- Review each kiln before it is fired, whoever fires it.
"""
    found = taken(read(papers.pdf(tmp_path, source)))
    assert len(found) == 3
    assert found[0] == (None, "Keep a spare key to each of the kilns that is lent.")


def test_a_column_of_a_table_that_asks_throughout(tmp_path):
    rows = "".join(
        f"[Area for improvement {n}\n\n*Stated:* first time\n\n*To be done by:* 28 June],"
        f"[The keeper shall ensure that kiln number {n} is swept each morning.\n\nRef: 6.{n}\n\n"
        "Response by the keeper, with what was done:\n\nIt is swept.],"
        for n in range(1, 8)
    )
    source = f"#set page(height: 12cm)\n= The kilns\n#table(columns: 2, {rows})\n"
    found = taken(read(papers.pdf(tmp_path, source)))
    assert [number for number, _ in found] == list("1234567")
    assert found[2][1] == "The keeper shall ensure that kiln number 3 is swept each morning."


@pytest.mark.parametrize(
    "source",
    [
        # A reply, a guide and a report on progress ask for nothing of their own.
        "= Guidance for potters\n== Next actions\n- Check the kiln before it is fired.\n"
        "- Keep a spare key to the kiln.\n- Provide shelves for each.\n",
        "= Progress report on the kilns\n== Actions\n- Check the kiln before it is fired.\n"
        "- Keep a spare key to the kiln.\n- Provide shelves for each.\n",
        "= The kilns\nWe make no recommendations in this report.\n\n== Actions\n"
        "- Check the kiln before it is fired.\n- Keep a spare key.\n- Provide shelves for each.\n",
        "= The kilns in figures\nIn using these figures readers should:\n\n"
        "- compare like years with like years.\n- read the notes before the tables.\n"
        "- allow for kilns that were shut.\n\nOf nine kilns, four were swept.\n",
        "= The kilns\nWe saw nine of them.\n\n== The need for keys\n"
        "The third key should be seen in the light of what was known. Nobody had tried it.\n\n"
        "The figures must be read with care, because four kilns were shut.\n",
    ],
)
def test_nothing_is_made_up(tmp_path, source):
    assert taken(read(papers.pdf(tmp_path, source))) == []


@pytest.mark.parametrize(
    ("title", "telling"),
    [
        ("Opinion 3", True),
        ("The way forward", True),
        ("What should change", True),
        ("Questions for the Minister", True),
        ("Actions taken since the fire", False),
        ("Conclusions and recommendations", False),
        ("“They should answer the door”", False),
        ("Regulatory framework and standards", False),
    ],
)
def test_titles_by_other_names(title, telling):
    assert second_signs.telling_title(title) is telling


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("The Guild should sweep the kiln.", True),
        ("Keep the kiln clean each morning.", True),
        ("Will the Minister say when the kiln is to be swept?", True),
        ("The figures should be read with care.", False),
        ("The Guild ought to have swept the kiln.", False),
    ],
)
def test_what_asks(text, asks):
    assert second_signs.asking(text) is asks


def test_guidance_for_everyone_makes_no_recommendations(tmp_path):
    source = f"""
= Guidance for trustees of village halls
{papers.PROSE}
== What you must do
+ You must keep a list of who has keys to the hall.
+ You must test the alarms every month and write down that you did.
+ You must tell the council when the hall is closed.
"""
    reading = papers.read_pdf(tmp_path, source)
    assert papers.taken(reading) == []
    assert any("guidance" in " ".join(c.why) for c in reading.candidates)


def test_what_a_yearly_report_tells_again_is_not_asked_again(tmp_path):
    source = """
= Yearly report
== Our recommendations this year
During the year we made 214 recommendations in 36 reports. For example, in our report on night
kilns we recommended that:

- Each Guild should publish how many kilns it fires by night.
- Masters must be free of the kiln for one day a week.
"""
    assert taken(read(papers.pdf(tmp_path, source))) == []


def test_what_the_law_says_of_recommendations_is_none(tmp_path):
    source = f"""
= 7 Recommendations
7.1 The Board issues recommendations to address what it finds in its inquiries.

7.2 It is important that recommendations are implemented without delay, and that all know it.

7.3 The Guild should sweep each kiln before it is fired. {papers.PROSE}

7.4 The Guild should keep a spare key to each of the kilns that it lends.

7.5 The Guild should provide shelves, so that no bowl is fired twice.
"""
    found = taken(read(papers.pdf(tmp_path, source)))
    assert [number for number, _ in found] == ["7.3", "7.4", "7.5"]


def test_a_list_behind_a_sentence_ends_at_the_next_numbered_heading(tmp_path):
    source = f"""
#set heading(numbering: "1")
= The kilns of the valley
{2 * papers.PROSE}
= Suggestions
We suggest that the Guild should:
+ sweep each kiln before it is fired, whoever fires it;
+ keep a spare key to each of the kilns that it lends; and
+ write down every fire, and what put it out.
= Thanks
#par[4.1 We thank the porter for the kettle. We should be glad to come back in a year.]
"""
    reading = papers.read_pdf(tmp_path, source)
    assert papers.numbers(reading) == ["1", "2", "3"]
