"""The yardstick itself: what the scorer of invented reports counts, and what it forgives."""

from answerable.engine.documents import Addressee, Candidate, Reading
from tests.typeset import report
from tests.typeset.parts import Row
from tests.typeset.score import bag, number, score

FIRST = Row("The council should write to every tenant before the end of June.", ("1",), pages=(4,))
SECOND = Row("The landlord must inspect each fire door once a year.", ("2",), pages=(4, 9))
STRENGTH = Row(
    "Managers know the service well and speak openly of it.", kind="strength", pages=(5,)
)


def candidate(text: str, number: str | None = None, page: int = 4, **more: object) -> Candidate:
    return Candidate(number, text, "recommendation", page, (), 0.9, (), **more)  # type: ignore[arg-type]


def reading(*candidates: Candidate) -> Reading:
    return Reading("", "application/pdf", True, (), candidates)


def test_the_truth_itself_scores_one() -> None:
    rows = report(4).rows
    found = [
        Candidate(row.number, row.text, "recommendation", row.page, (), 1.0, (), addressees=(Addressee(row.addressee or "", ""),))
        for row in rows
        if row.own
    ]  # fmt: skip
    result = score(reading(*found), rows)
    assert (result.f1, result.precision, result.recall) == (1, 1, 1)
    assert result.exact[0] == result.exact[1] == result.numbers[0] == result.own
    assert not result.causes


def test_each_fault_has_its_cause() -> None:
    result = score(
        reading(
            candidate(f"1. {FIRST.text}", "1"),
            candidate(SECOND.text, "7", page=9),
            candidate(SECOND.text, "2"),
            candidate(STRENGTH.text, page=5),
            candidate("Nothing of the kind was ever said."),
        ),
        [FIRST, SECOND, STRENGTH],
    )
    assert result.matched == 2
    assert result.precision == 2 / 5
    assert result.causes == {"+again": 1, "+strength": 1, "+prose": 1}


def test_a_miss_says_how_it_was_missed() -> None:
    both = candidate(f"{FIRST.text} {SECOND.text}")
    assert score(reading(both), [FIRST, SECOND]).causes == {"-merged": 2, "+bounds": 1}
    far = candidate(FIRST.text, page=8)
    assert score(reading(far), [FIRST]).causes == {"-page": 1, "+again": 1}
    assert score(reading(), [FIRST]).causes == {"-absent": 1}


def test_what_is_not_taken_or_only_quoted_is_not_found() -> None:
    near = candidate(FIRST.text, taken=False)
    quoted = Candidate("1", FIRST.text, "quoted", 4, (), 0.9, ())
    assert score(reading(near, quoted), [FIRST]).found == 0


def test_a_report_that_asks_for_nothing_has_no_f1() -> None:
    result = score(reading(candidate("Something was read into it.")), [STRENGTH])
    assert result.f1 is None
    assert result.found == 1


def test_optional_items_are_forgiven_both_ways() -> None:
    spare = Row(SECOND.text, optional=True, pages=(4,))
    assert score(reading(candidate(FIRST.text), candidate(SECOND.text)), [FIRST, spare]).f1 == 1
    assert score(reading(candidate(FIRST.text)), [FIRST, spare]).f1 == 1


def test_labels_are_no_part_of_the_words() -> None:
    words = bag("write to every tenant")
    for label in ("1.", "(a)", "4.12", "R7", "Recommendation 12:", "012/19", "H-14-03", "•", "3.1"):
        assert bag(f"{label} write to every tenant") == words, label


def test_numbers_are_compared_as_people_write_them() -> None:
    assert number("Recommendation 5.") == number("(5)") == number("R5") == "5"
    assert number("4(a)(ii)") == number("4 a ii") == "4aii"
    assert number(" ") is None


def test_a_sentence_and_its_parts_may_be_one_item_or_several() -> None:
    parts = [Row("write to every tenant;", pages=(4,)), Row("inspect each fire door;", pages=(4,))]
    text = "The landlord should: write to every tenant; inspect each fire door;"
    rows = [*parts, Row(text, instead_of=(0, 1), pages=(4,))]
    assert score(reading(candidate(text)), rows).f1 == 1
    assert score(reading(*(candidate(part.text) for part in parts)), rows).f1 == 1
    both = score(reading(candidate(text), *(candidate(part.text) for part in parts)), rows)
    assert both.precision == 2 / 3
