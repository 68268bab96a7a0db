"""Nothing merges the four questions; each check finds what is planted."""

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from answerable.assurance.models import Closure, Judgement
from answerable.assurance.queries.four import QUESTIONS, FourAnswers
from answerable.desk.records.downloads import HEADINGS
from answerable.html.records import QUESTIONS as DRAWN
from answerable.plan.models import Rung
from answerable.register.models import Stands
from answerable.register.queries.listing import ORDERS
from tests.architecture import four

TREE = Path(__file__).resolve().parents[2]
PLANTED = (
    (four.merged_names, "plan/sly.py", "class Sly:\n    status = 1\n"),
    (four.merged_names, "assurance/sly.py", 'CHOICES = {"Overall": 1}\n'),
    (four.merged_names, "desk/sly.py", 'HEADINGS = ("Reference", "RAG")\n'),
    (four.drawn_elsewhere, "templates/desk/sly.html", "<b>{{ four.delivery.answer }}</b>\n"),
    (four.merged_in_pages, "templates/desk/sly.html", '<b class="an-status">70% complete</b>\n'),
)  # fmt: skip


@pytest.mark.parametrize("check", four.CHECKS, ids=lambda check: check.__name__)
def test_nothing_merges_the_four(check: Callable[[Path], list[str]]) -> None:
    assert check(TREE) == []


@pytest.mark.parametrize(("check", "name", "text"), PLANTED, ids=[name for _, name, _ in PLANTED])
def test_a_planted_merger_is_found(
    check: Callable[[Path], list[str]], name: str, text: str, tmp_path: Path
) -> None:
    path = tmp_path / "src/answerable" / name
    path.parent.mkdir(parents=True)
    (tmp_path / "src/answerable/static").mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    assert check(tmp_path)


def test_they_stand_in_one_order_everywhere() -> None:
    order = ["response", "delivery", "assurance", "effect"]
    assert list(QUESTIONS) == order
    assert [name.lower() for name, _, _ in DRAWN] == order
    assert list(FourAnswers.__dataclass_fields__)[:4] == order
    assert [name.lower() for name in HEADINGS if name.lower() in order] == order


def test_no_word_of_one_answers_another() -> None:
    """Each question has words of its own, and being closed is a word of none of them."""
    words = {
        "response": {str(label) for label in Stands.labels},
        "delivery": {str(label) for label in Rung.labels},
        "assurance": {str(label) for label in Judgement.labels},
    }
    for one, other in combinations(words.values(), 2):
        assert not one & other
    assert "closed" not in set().union(*words.values())
    assert {str(label) for label in Closure.How.labels} & words["delivery"] == set()


def test_no_list_is_sorted_by_an_answer() -> None:
    assert set(ORDERS) == {"", "oldest", "due"}
