"""What a person should look at first, and in which order."""

from answerable.engine.documents import Reading, read
from tests.engine.documents import papers

RAW = f"""
= Review
{papers.PROSE} This report makes nine recommendations.
== Recommendations
*Recommendation 1:* The force should publish its plan for the coming year.

*Recommendation 2:* The force should meet the panel in public.

*Recommendation 5:* The force should visit every home.
"""


def codes(reading: Reading) -> list[str]:
    return [n.code for n in reading.notices]


def test_a_count_that_differs_comes_before_a_gap_and_names_the_page_that_says_it(tmp_path):
    reading = read(papers.pdf(tmp_path, f"Cover\n#pagebreak()\n{RAW}"))
    found = codes(reading)
    assert found.index("count") < found.index("gap")
    assert next(n for n in reading.notices if n.code == "count").page == 2


def test_entries_that_are_less_sure_are_counted_with_the_first_page(tmp_path):
    reading = read(papers.pdf(tmp_path, RAW))
    low = [c for c in reading.candidates if c.taken and c.confidence < 0.7]
    told = [n for n in reading.notices if n.code == "low_confidence"]
    assert len(told) == bool(low)
    if low:
        assert told[0].page == low[0].page
        assert all(any(why.startswith("Less sure") for why in c.why) for c in low)


def test_a_row_of_titles_without_columns_is_pointed_out(tmp_path):
    reading = read(
        papers.pdf(
            tmp_path,
            f"= Review\n{papers.PROSE}\n\nNo. Recommendation Responsible Timescale\n\n"
            f"{papers.PROSE}",
        )
    )
    assert "table" in codes(reading)
    assert next(n for n in reading.notices if n.code == "table").page == 1


def test_a_sentence_about_recommendations_is_no_row_of_titles(tmp_path):
    reading = read(papers.pdf(tmp_path, f"= Review\n{papers.PROSE}\n\nThe response was late."))
    assert "table" not in codes(reading)
