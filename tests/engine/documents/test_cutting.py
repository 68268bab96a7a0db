"""Inside a paragraph: the sentence that recommends without its reasons, and points in a row."""

from answerable.engine.documents import cutting, read
from answerable.engine.documents.pieces import Block, Piece
from tests.engine.documents import papers

REASONS = (
    "The kiln had been moved twice, and nobody had kept the drawings. Two of the three keys were "
    "lost in the second winter, and the third was never tried. "
)


def block(text: str) -> Block:
    return Block(text, (Piece(1, 0, len(text)),))


def test_a_sentence_ends_at_its_stop_and_not_at_an_abbreviation():
    text = "Mr. Alder saw cl. 4 of it. She left."
    assert [text[s:e] for s, e in cutting.sentences(text)] == [
        "Mr. Alder saw cl. 4 of it.",
        "She left.",
    ]


def test_the_reasons_before_the_sentence_that_recommends_are_left_out():
    asked = "We therefore recommend that the Guild keep a spare key. It should be tried yearly."
    assert [b.text for b in cutting.recommending(block(REASONS + asked))] == [asked]


def test_each_sentence_that_recommends_is_one():
    first = "We recommend that the Guild keep a spare key."
    second = "We also recommend that the keys be numbered."
    assert [b.text for b in cutting.recommending(block(f"{first} {second}"))] == [first, second]


def test_points_numbered_inside_a_sentence_that_recommends_are_its_parts():
    text = (
        "We recommend that the Guild (1) keep a spare key, (2) number the keys, and (3) try them."
    )
    assert [(n, b.text) for n, b in cutting.points(block(text))] == [
        ("1", "keep a spare key"),
        ("2", "number the keys"),
        ("3", "try them."),
    ]


def test_points_of_a_sentence_that_recommends_nothing_are_left_alone():
    assert cutting.points(block("There were (1) a spare key and (2) a broken lock.")) == []


def test_a_part_keeps_its_place_over_the_page():
    paper = Block("One two three four", (Piece(1, 10, 17), Piece(2, 0, 10)))
    found = cutting.part(paper, 4, 13)
    assert found is not None
    assert found.pieces == (Piece(1, 14, 17), Piece(2, 0, 5))


def test_paragraphs_that_give_their_reasons_first_are_cut_to_what_they_recommend(tmp_path):
    asked = [
        f"We therefore recommend that the Guild {what}."
        for what in ("keep a spare key", "number each key it has", "try every lock in spring")
    ]
    body = "\n\n".join(f"7.{n} {REASONS}{text}" for n, text in enumerate(asked, 1))
    path = papers.pdf(tmp_path, f"= Recommendations\n\n{body}\n")
    taken = [c for c in read(path).candidates if c.taken]
    assert [(c.number, " ".join(c.text.split())) for c in taken] == [
        (f"7.{n}", text) for n, text in enumerate(asked, 1)
    ]


def test_in_a_list_that_recommends_what_only_opens_or_closes_it_is_left_out(tmp_path):
    lines = [
        "In the course of this work I have spoken of many matters that touch the kiln.",
        *(f"I recommend that the Guild mend the {what}." for what in ("door", "flue", "grate")),
        "I recommend that the Guild keeps a book of what it mends.",
        "I am grateful to all those who helped, and to the keeper above all.",
    ]
    body = "\n\n".join(f"4.{n} {text}" for n, text in enumerate(lines, 1))
    path = papers.pdf(tmp_path, f"= Recommendations\n\n{body}\n")
    taken = [c for c in read(path).candidates if c.taken]
    assert [c.number for c in taken] == ["4.2", "4.3", "4.4", "4.5"]
