"""The matrix as a picture: its numbers, its patterns, and the sentences in its place."""

from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine.matrix import EMPTY, Cell, Matrix, Place, draw, summary

SVG = "{http://www.w3.org/2000/svg}"
ROWS = (Place("records", "Recording crimes"), Place("families", "Listening to <families>"))
COLUMNS = (Place("2015", "2015 inspection"), Place("2026", "2026 joint inspection"))
MATRIX = Matrix(
    "themes",
    "reports",
    ROWS,
    COLUMNS,
    {
        ("records", "2015"): Cell(asked=2, assured=2),
        ("records", "2026"): Cell(asked=3, gaps=2, again=1, partly=1),
        ("families", "2026"): Cell(asked=1, gaps=1),
    },
)


def root_of(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)  # noqa: S314 (our own drawing)


def texts(drawn: str) -> list[str]:
    return ["".join(found.itertext()) for found in root_of(drawn).iter(f"{SVG}text")]


def test_every_number_and_name_is_drawn() -> None:
    said = texts(draw(MATRIX, name="one"))
    assert {"2015 inspection", "2026 joint inspection", "Recording crimes"} <= set(said)
    assert {"2", "3", "1", "2 gaps", "1 gap"} <= set(said)
    assert "Listening to <families>" in said


def test_the_picture_has_a_name_and_says_what_it_shows() -> None:
    root = root_of(draw(MATRIX, name="one"))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "one-title one-said"
    assert root.findtext(f"{SVG}title") == "Themes by reports"
    said = root.findtext(f"{SVG}desc") or ""
    assert said == summary(MATRIX)
    assert "2 themes by 2 reports. Something was asked in 3 of 4 places." in said
    assert "closed: Recording crimes, 2026 joint inspection." in said
    assert "Most gaps: Recording crimes, 2026 joint inspection, with 2." in said


def test_no_two_pictures_on_a_page_share_an_identifier_and_none_has_inline_style() -> None:
    one, two = draw(MATRIX, name="one"), draw(MATRIX, name="two")
    ids = [e.get("id") for e in root_of(f"<p>{one}{two}</p>").iter() if e.get("id")]
    assert len(ids) == len(set(ids)) == 8
    assert "style" not in one


def test_a_cell_says_how_much_of_it_is_assured() -> None:
    assert EMPTY.shade == "none"
    assert Cell(asked=2, gaps=2).shade == "said"
    assert Cell(asked=2, assured=1).shade == "part"
    assert Cell(asked=2, partly=1).shade == "part"
    assert Cell(asked=2, assured=2).shade == "seen"
    assert MATRIX.cell("records", "2026").words == (
        "3 asked, 2 with a gap, 1 asked again, 1 partly assured"
    )
    assert MATRIX.cell("families", "2015").words == "not asked"


def test_a_large_matrix_is_cut_to_its_beginning() -> None:
    part = MATRIX.part(rows=1, columns=1)
    assert (part.rows, part.columns) == (ROWS[:1], COLUMNS[:1])
    assert "Listening" not in draw(part, name="part")


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=90)


@settings(max_examples=40, deadline=None)
@given(names=st.lists(NAMES, min_size=1, max_size=4), cell=st.builds(Cell, asked=st.integers(0, 9)))
def test_whatever_the_names_the_picture_is_well_formed(names: list[str], cell: Cell) -> None:
    places = tuple(Place(str(n), name) for n, name in enumerate(names))
    cells = {(p.key, p.key): cell for p in places}
    drawn = draw(Matrix("themes", "reports", places, places, cells), name="any")
    root = root_of(drawn)
    assert len(root.findall(f"{SVG}rect")) == len(places) ** 2
