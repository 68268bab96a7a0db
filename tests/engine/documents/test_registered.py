"""Numbers of a register, before, behind and above what is recommended."""

import pytest

from answerable.engine.documents import read
from tests.engine.documents import papers


def taken(folder, source: str) -> list[tuple[str | None, str]]:
    reading = read(papers.pdf(folder, source))
    return [(c.number, " ".join(c.text.split())) for c in reading.candidates if c.taken]


def test_a_number_stands_before_each_entry_behind_who_must_act(tmp_path):
    source = """
= Recommendations
*The Guild is recommended to:*

2031/118 Keep a spare key to the kiln at the gate.

2031/119 Improve the care of its keys by:
- numbering each of them;
- trying every lock in spring.
"""
    found = taken(tmp_path, source)
    assert [number for number, _ in found] == ["2031/118", "2031/119"]
    assert found[0][1] == "Keep a spare key to the kiln at the gate."
    assert found[1][1].endswith("trying every lock in spring.")


def test_a_number_in_brackets_ends_each_entry_of_a_list(tmp_path):
    source = """
= Recommendations
*To the Guild:*

- Require that each kiln has a spare key at the gate. (K-31-14)
- Mark each of the keys that hang there, and keep a list. (K-31-15)
- Review every lock in spring and every hinge in autumn. (K-31-16)
"""
    found = taken(tmp_path, source)
    assert [number for number, _ in found] == ["K-31-14", "K-31-15", "K-31-16"]
    assert all("(" not in text for _, text in found)


def test_a_body_has_made_a_recommendation_that_ends_in_its_number(tmp_path):
    source = """
= What was found
The third key had never been tried by anybody on the watch.

The Panel has made a recommendation to the Guild that it keep a spare key. (010/31)
"""
    assert [number for number, _ in taken(tmp_path, source)] == ["010/31"]


@pytest.mark.parametrize("title", ["Safety recommendation K-31-014", "Recommendation 2031-014"])
def test_a_title_gives_its_number_to_the_one_sentence_under_it(tmp_path, title):
    body = "It is recommended that the Guild keep a spare key to the kiln at the gate."
    source = f"= Keys\nIt was lost.\n== {title}\n{body}\n= Doors\nNone.\n"
    assert taken(tmp_path, source) == [(title.split()[-1], body)]


def test_a_title_that_happens_to_stand_near_two_edges_is_no_running_head(tmp_path):
    title = "*Safety recommendation K-31-014*"
    body = "It is recommended that the Guild keep a spare key to the kiln at the gate."
    source = f"""
= Keys
The key was lost in the second winter.
#pagebreak()
#v(1em)
{title}

{body}
#pagebreak()
#v(3em)
{title}

{body}
"""
    assert taken(tmp_path, source) == [("K-31-014", body)]
