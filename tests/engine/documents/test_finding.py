"""What the reader takes for recommendations, in reports of many shapes."""

from pathlib import Path

import pytest

from answerable.engine.documents import read

from . import papers
from .papers import PROSE, codes, numbers, read_pdf, starts, taken, texts


def test_a_numbered_list_under_its_heading_is_taken_whole(tmp_path):
    reading = read_pdf(
        tmp_path,
        f"""
= Custody review
{PROSE * 3}
== Recommendations
1. Review the cell checks of the past year and publish what was learned.
2. Ensure that every detained child is seen by an appropriate adult within two hours.
3. Train custody sergeants before their first shift and again each year.
== Thanks
{PROSE}
""",
    )
    assert numbers(reading) == ["1", "2", "3"]
    assert texts(reading)[1].endswith("within two hours.")
    assert taken(reading)[0].why[0] == (
        "It is the first of a run numbered 1 to 3 under “Recommendations”."
    )


def test_the_list_ends_where_a_heading_as_heavy_as_its_own_begins(tmp_path):
    reading = read_pdf(
        tmp_path,
        f"""
= Missing children
== Areas for improvement
1. Improve the quality of risk assessments when a child is first reported missing.
2. Strengthen return interviews so that they happen within three days.
== Strengths
3. The front door is well led and its decisions are prompt and clearly recorded.
4. Schools speak highly of the two liaison officers and meet them every month.
5. Children told us that the advocate listens and comes back when she says she will.
== What we saw
6. {PROSE}
""",
    )
    assert numbers(reading) == ["1", "2"]
    assert {c.kind for c in taken(reading)} == {"area_for_improvement"}


def test_a_sub_heading_inside_the_list_does_not_close_it(tmp_path):
    reading = read_pdf(
        tmp_path,
        """
= Inspection
== What does the service need to improve?
_Leadership_
1. Ensure that managers have the time to supervise.
2. Ensure that audits lead to change.
_Practice_
3. Improve the timeliness of visits.
4. Further develop direct work with children.
== Inspection judgement
5. The service requires improvement and knows that it does.
""",
    )
    assert numbers(reading) == ["1", "2", "3", "4"]
    assert "The nearest heading above it is “Practice”." in taken(reading)[2].why


def test_bullets_that_are_noun_phrases_are_taken_from_their_place_not_their_words(tmp_path):
    reading = read_pdf(
        tmp_path,
        f"""
= Letter of findings
{PROSE}
== What needs to improve?
- Consistency in responding to children at risk of exploitation.
- The help and support offered to older care leavers.
- Safety planning for families.
== The experiences of children: good
1. {PROSE}
2. {PROSE}
""",
    )
    assert starts(reading, ["Consistency in", "The help and", "Safety planning"])
    assert numbers(reading) == [None, None, None]


def test_entries_that_name_themselves_run_to_the_next_heading(tmp_path):
    reading = read_pdf(
        tmp_path,
        f"""
#set page(height: 260pt)
= Rapid review
{PROSE}
== Recommendations
=== Recommendation 1
The department should set up a programme of work with people who have used the service. It should:
- decide which measures are needed at each level;
- say who will look at them.

The programme should report in public each spring.
=== Recommendation 2
Every provider should publish what it learned.
=== Our vision
{PROSE}
""",
    )
    assert numbers(reading) == ["1", "2"]
    assert texts(reading)[0].endswith("report in public each spring.")
    assert "decide which measures" in texts(reading)[0]


def test_an_entry_runs_over_the_page_and_keeps_a_span_on_each(tmp_path):
    sentence = "It should say what was done, by whom, and what was found when it was tested. "
    reading = read_pdf(
        tmp_path,
        f"""
#set page(width: 300pt, height: 240pt, header: [Custody review], footer: context [Page #counter(page).display()])
= Custody
{PROSE}
== Recommendations
1. The force should publish a plan. {sentence * 6}
2. The force should meet the panel twice a year.
""",
    )
    first = taken(reading)[0]
    assert len(first.spans) >= 2
    assert "Custody review" not in first.text
    assert "Page " not in first.text
    assert first.text.count("It should say") == 6


def test_a_list_printed_twice_is_one_with_two_places(tmp_path):
    asks = [
        "The council should appoint one officer who answers for missing children.",
        "The force should record every return interview within a day.",
        "The partnership should publish its figures by district every quarter.",
    ]
    numbered = "\n".join(f"{n}. {ask}" for n, ask in enumerate(asks, 1))
    chapters = "\n".join(
        f"== Chapter {n}\n{PROSE}\n\n*Recommendation {n}: {ask}*\n" for n, ask in enumerate(asks, 1)
    )
    reading = read_pdf(tmp_path, f"= Review\n{chapters}\n== List of recommendations\n{numbered}\n")
    assert numbers(reading) == ["1", "2", "3"]
    assert all(c.also for c in taken(reading))
    assert any("Almost the same words" in why for why in taken(reading)[0].why)


def test_parts_of_a_titled_recommendation_carry_its_number(tmp_path):
    reading = read_pdf(
        tmp_path,
        """
#set enum(numbering: "1.(a)(i)", full: false)
= Inquiry
== The Recommendations
*1. Compensation*

A scheme should be set up now.

*2. Remembering*

#pad(left: 14pt)[(a) A memorial should be built in the county town.]
#pad(left: 14pt)[(b) An event should be held every year for ten years.]

*3. Candour*

#pad(left: 14pt)[(a) Duty of candour]
#pad(left: 28pt)[(i) A statutory duty of candour should be introduced.]
#pad(left: 28pt)[(ii) The operation of the duty should be reviewed after two years.]
#pad(left: 14pt)[(b) The inspectorate should report on it every spring.]
""",
    )
    assert numbers(reading) == ["1", "2(a)", "2(b)", "3(a)(i)", "3(a)(ii)", "3(b)"]


def test_bullets_that_complete_a_sentence_stay_with_it(tmp_path):
    reading = read_pdf(
        tmp_path,
        """
= Review
== Recommendations
1. Each force should:
  - name an officer for the work;
  - publish the officer's report;
  - tell the panel what came of it.
2. The commissioner should chair a public meeting every quarter.
""",
    )
    assert numbers(reading) == ["1", "2"]
    assert texts(reading)[0].endswith("what came of it.")


def test_a_ruled_table_gives_the_column_that_says_recommendation(tmp_path):
    reading = read_pdf(
        tmp_path,
        """
= Learning report
== Table of learning
#table(columns: (2em, 1fr, 8em), [*No.*], [*Recommendation*], [*Who*],
  [1], [Record every call from a care home as it is made, not at the end of the shift.], [Northmoor Police],
  [2], [Agree one definition of missing and use it in every agency.], [Northmoor Council and Northmoor Police],
  [3], [Tell the family what was done.], [Northmoor Police])
""",
    )
    assert numbers(reading) == ["1", "2", "3"]
    assert texts(reading)[2] == "Tell the family what was done."
    assert [a.name for a in taken(reading)[1].addressees] == [
        "Northmoor Council",
        "Northmoor Police",
    ]
    assert "column “Recommendation”" in taken(reading)[0].why[0]


def test_a_table_goes_on_overleaf_without_its_titles(tmp_path):
    rows = ",".join(
        f"[{n}], [Review arrangement number {n} and publish what was found there.], [Northmoor Council]"
        for n in range(1, 13)
    )
    reading = read_pdf(
        tmp_path,
        f"""
#set page(height: 300pt)
= Learning report
#table(columns: (2em, 1fr, 8em), [*No.*], [*Recommendation*], [*Who*], {rows})
""",
    )
    assert numbers(reading) == [str(n) for n in range(1, 13)]


def test_a_table_without_lines_is_known_by_its_column_titles(tmp_path):
    reading = read_pdf(
        tmp_path,
        f"""
= Thematic review
{PROSE}
#grid(columns: (3em, 1fr, 9em, 6em), column-gutter: 16pt, row-gutter: 14pt,
  [*No.*], [*Recommendation*], [*Responsible body*], [*By when*],
  [1], [Introduce one referral form for the county and withdraw the four that are in use today.], [Northmoor Council], [May 2027],
  [2], [Publish how many advocates there are and how long people wait to meet one of them.], [Commissioner], [June 2027],
  [3], [Review the handover at the end of every shift.], [Northmoor Police], [June 2027])
""",
    )
    assert numbers(reading) == ["1", "2", "3"]
    assert texts(reading)[0].endswith("in use today.")
    assert [a.name for a in taken(reading)[2].addressees] == ["Northmoor Police"]


def test_sentences_with_a_register_number_are_taken_and_the_replies_are_not(tmp_path):
    reading = read_pdf(
        tmp_path,
        f"""
= Rail occurrence
== 7. Recommendations
7.1. The Commission may issue recommendations to any person that it considers the most appropriate. {PROSE}

7.2. On 30 June 2024 the Commission recommended that Northmoor Rail lower the speed limit at the terminus. (018/24)

7.3. On 8 July 2024 Northmoor Rail replied that it had lowered the limit from 70 to 50 km/h.

7.4. On 30 June 2024 the Commission recommended that Northmoor Rail replace the stop block at the terminus. (019/24)

7.5. On 21 July 2024 Northmoor Rail replied that a design was being prepared.
""",
    )
    assert numbers(reading) == ["018/24", "019/24"]
    assert texts(reading)[0].endswith("at the terminus.")
    assert [a.name for a in taken(reading)[0].addressees] == ["Northmoor Rail"]


def test_where_conclusions_and_recommendations_alternate_only_the_latter_are_taken(tmp_path):
    reading = read_pdf(
        tmp_path,
        """
= Committee report
== Conclusions and recommendations
1. We welcome the progress that the department has made since our last report. (Paragraph 12)

2. We recommend that the department publish its plan by the end of March 2027. (Paragraph 14)

3. We are concerned that the figures are not broken down by district. (Paragraph 20)

4. We recommend that the council publish the figures by district. (Paragraph 22)

5. We conclude that the board has met too seldom. (Paragraph 25)

6. The board should meet at least every two months. (Paragraph 26)
""",
    )
    assert numbers(reading) == ["2", "4", "6"]
    assert "gap" not in codes(reading)


def test_bold_sentences_inside_paragraphs_are_taken_where_there_is_no_list(tmp_path):
    reading = read_pdf(
        tmp_path,
        f"""
= Committee report
== Evidence
1.1. {PROSE}

1.2. {PROSE} *We recommend that the department publish the figures for each district every quarter.*

1.3. {PROSE}
== Training
2.1. {PROSE} *We recommend that the council train its staff before they begin and again every year.*
""",
    )
    assert numbers(reading) == ["1.2", "2.1"]
    assert starts(reading, ["We recommend that the department", "We recommend that the council"])


def test_a_recommendation_that_names_itself_without_a_number_is_taken(tmp_path):
    reading = read_pdf(
        tmp_path,
        f"""
= Accounts committee
*1. The department does not know what the scheme costs.* {PROSE}

*Recommendation: The department should write to us within six months with a full account of what the scheme has cost.*

*2. Too few people have been trained to run it.* {PROSE}

*Recommendation: By the end of 2027 the department should publish how many people have been trained.*
""",
    )
    assert starts(reading, ["The department should write", "By the end of 2027"])


def test_making_none_on_one_matter_is_not_making_none_at_all(tmp_path):
    reading = read_pdf(
        tmp_path,
        f"""
= Signals
{PROSE} The panel makes no new recommendations on this safety issue.
= Recommendations
+ The railway should fit lamps at every crossing before the winter.
+ The council should ask people along the line what they have seen.
""",
    )
    assert numbers(reading) == ["1", "2"]
    assert reading.stated_count is None
    assert "count" not in codes(reading)


def test_a_report_that_says_it_makes_none_gives_none(tmp_path):
    reading = read_pdf(
        tmp_path,
        f"""
= Derailment
{PROSE} In view of the actions already taken, no safety recommendations have been made.
== Safety actions
As a result of its own investigation the maker made several recommendations to the railway, which included:
+ The railway reviews its minimum thickness.
+ Tyred wheels are taken out of service.
""",
    )
    assert taken(reading) == []
    assert reading.stated_count == 0
    assert [c for c in reading.candidates if not c.taken]


def test_a_reply_is_told_from_a_report(tmp_path):
    reading = read_pdf(
        tmp_path,
        f"""
= Government response to the Committee's report on custody
{PROSE}
== Recommendation 1
The department should publish its plan.

The Government accepts this recommendation.
== Recommendation 2
The department should train its officers.

The Government accepts this recommendation in part.
""",
    )
    assert taken(reading) == []
    assert "reply" in reading.notices[0].sentence


def test_earlier_recommendations_under_their_own_heading_are_near_misses(tmp_path):
    reading = read_pdf(
        tmp_path,
        """
= Second review
== Progress on the recommendations of the last review
1. The force should train all its control room staff.
2. The force should publish its response times.
3. The force should visit each care home.
== Recommendations
1. The force should test whether the training has changed what callers hear.
2. The force should publish response times by district.
3. The council should visit each home with the force.
""",
    )
    assert starts(
        reading,
        ["The force should test", "The force should publish response times by", "The council"],
    )


def test_a_gap_and_a_count_that_differs_are_noticed(tmp_path):
    reading = read_pdf(
        tmp_path,
        f"""
= Review
{PROSE} This report makes nine recommendations.
== Recommendations
*Recommendation 1:* The force should publish its plan for the coming year.

*Recommendation 2:* The force should meet the panel in public.

*Recommendation 5:* The force should visit every home.
""",
    )
    assert numbers(reading) == ["1", "2", "5"]
    assert set(codes(reading)) == {"gap", "count"}
    assert reading.stated_count == 9
    sentences = {n.code: n.sentence for n in reading.notices}
    assert "3, 4" in sentences["gap"]
    assert sentences["count"] == "The report says that it makes 9; 3 were found here."


def test_two_columns_are_read_one_after_the_other(tmp_path):
    items = [
        f"The force should publish plan number {n} and say in it who will do the work."
        for n in range(1, 9)
    ]
    reading = read_pdf(
        tmp_path,
        f"""
#set page(columns: 2)
= Inspection
{PROSE * 6}
== Recommendations
{chr(10).join(f"{n}. {item}" for n, item in enumerate(items, 1))}
== Method
{PROSE * 6}
""",
    )
    assert texts(reading) == items
    assert reading.pages[0].text.count(PROSE.strip()[-30:]) >= 1


def test_drawn_bullets_part_entries_that_stand_close(tmp_path):
    reading = read_pdf(
        tmp_path,
        """
#set list(marker: box(square(size: 4pt, fill: black)), spacing: 0.65em)
= Letter
== What needs to improve
- Planning for children who turn eighteen.
- Oversight of children placed here by others.
- The recording of what children say.
""",
    )
    assert starts(reading, ["Planning", "Oversight", "The recording"])


def test_footnotes_are_not_in_the_entry_and_marks_are_not_in_its_words(tmp_path):
    reading = read_pdf(
        tmp_path,
        f"""
= Review
{PROSE}
== Recommendations
1. The force should publish the protocol#footnote[Agreed in 2024 and never printed.] and keep to it.
2. The council should do as much.#footnote[It said so in evidence.]
""",
    )
    assert texts(reading) == [
        "The force should publish the protocol and keep to it.",
        "The council should do as much.",
    ]


def test_contents_pages_with_the_same_words_are_not_lists(tmp_path):
    reading = read_pdf(
        tmp_path,
        f"""
#set page(numbering: "1")
#outline()
#pagebreak()
= 1. Why we looked
{PROSE}
= 2. What we found
{PROSE}
= 3. Recommendations
1. The force should publish its plan.
2. The council should publish its own.
= 4. Areas for improvement in other forces
{PROSE}
= 5. Next steps
{PROSE}
""",
    )
    assert numbers(reading) == ["1", "2"]
    assert {c.page for c in taken(reading)} == {2}


@pytest.mark.parametrize(
    "label",
    [
        "Recommendation {n}:",
        "R{n}",
        "Recommendation {n} –",
        "{n}.",
        "({n})",
        "Area for improvement {n}:",
    ],
)
def test_labels_of_many_forms_are_numbers(tmp_path, label):
    lines = "\n\n".join(
        f"{label.format(n=n)} The force should publish plan {n} and keep to what it says."
        for n in (1, 2, 3)
    )
    reading = read_pdf(tmp_path, f"= Review\n{PROSE}\n== Recommendations\n{lines}\n")
    assert [(number or "").strip("()R") for number in numbers(reading)] == ["1", "2", "3"]
    assert all(text.startswith("The force should") for text in texts(reading))


def test_a_document_without_recommendations_says_so(tmp_path: Path):
    reading = read(papers.plain_pdf(tmp_path, pages=2))
    assert taken(reading) == []
    assert codes(reading) == ["none_found"]


def test_boxes_end_where_they_are_drawn_and_their_bold_sentence_is_the_entry(tmp_path):
    box = "#rect(fill: luma(230), width: 100%)"
    reading = read_pdf(
        tmp_path,
        f"""
= Effectiveness
== Investigating crime
{PROSE}
{box}[*Area for improvement*

*The force needs to improve how it supervises investigations.*

{PROSE}]
{PROSE}
{box}[*Area for improvement*

*The force needs to make sure that victims are told what happened.*

{PROSE}]
{PROSE}
""",
    )
    assert starts(reading, ["The force needs to improve", "The force needs to make sure"])
    assert all(text.endswith(("investigations.", "what happened.")) for text in texts(reading))


def test_an_entry_in_a_box_does_not_run_on_behind_it(tmp_path):
    reading = read_pdf(
        tmp_path,
        f"""
= Report
#rect(width: 100%)[*Recommendation 1: Sentencing*

The government should amend the Act.]
{PROSE}
#rect(width: 100%)[*Recommendation 2: Guidance*

The department should publish guidance.]
{PROSE}
""",
    )
    assert texts(reading) == [
        "The government should amend the Act.",
        "The department should publish guidance.",
    ]


def test_a_sentence_that_stands_alone_opens_its_lettered_points(tmp_path):
    reading = read_pdf(
        tmp_path,
        f"""
= Summary
*1* {PROSE}

*2* {PROSE}
== Recommendations
*3* We recommend that the department builds on this. The department should:

#enum(numbering: "a", body-indent: 14pt,
  [set out by March 2027 what the programme will cost;],
  [publish each year how many people it has helped;],
  [agree a measure of success.])
= Part One
*1.1* {PROSE}
""",
    )
    assert numbers(reading) == ["3(a)", "3(b)", "3(c)"]
    assert texts(reading)[0] == "set out by March 2027 what the programme will cost;"


def test_a_sentence_and_the_bullets_that_complete_it_are_one(tmp_path):
    reading = read_pdf(
        tmp_path,
        """
= Inspection
== Recommendations
By 31 March 2027, the chief constable should:
- make sure that every child sees an appropriate adult; and
- publish how long children wait.

By 30 June 2027, the council should:
- do the same; and
- say what it cost.
== Thanks
Everyone was kind.
""",
    )
    assert starts(reading, ["By 31 March 2027, the chief", "By 30 June 2027, the council"])
    assert [c.due.on.isoformat() for c in taken(reading) if c.due and c.due.on] == [
        "2027-03-31",
        "2027-06-30",
    ]


@pytest.mark.parametrize("section", ["What you must do", "Recommendations"])
def test_guidance_makes_no_recommendations_unless_it_has_a_section_of_them(tmp_path, section):
    source = f"""
= Guidance for trustees of village halls
{PROSE}
== {section}
+ You must keep a list of who has keys to the hall.
+ You must test the alarms every month and write down that you did.
+ You must tell the council when the hall is closed.
"""
    found = taken(read_pdf(tmp_path, source))
    assert len(found) == (3 if section == "Recommendations" else 0)
