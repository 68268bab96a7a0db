"""Nobody reaches a forbidden state, whatever they try and in whatever order."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as how
from hypothesis.stateful import run_state_machine_as_test

import answerable
from tests.cheating import guards
from tests.cheating.acts import ACTS, INSIDE, PLAYED
from tests.cheating.forbidden import Hole, Memory, merged_columns
from tests.cheating.machine import Cheating
from tests.cheating.player import Tally, play, prepared

SOURCE = Path(answerable.__file__).parent


@pytest.fixture
def memory(db: None) -> Memory:
    return prepared()


def _acts_in(path: Path) -> Iterator[str]:
    where = ".".join(path.relative_to(SOURCE).with_suffix("").parts).replace(".actions.", ".")
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            marks = {d.id for d in node.decorator_list if isinstance(d, ast.Name)}
            if "act" in marks:
                yield f"{where}.{node.name}"


def every_act() -> set[str]:
    files = [p for s in PLAYED for p in (SOURCE / s).rglob("*.py") if "actions" in str(p)]
    return {name for path in files for name in _acts_in(path)}


def test_the_machine_knows_every_act_of_these_subjects() -> None:
    played = {
        f"{a.do.__module__.removeprefix('answerable.').replace('.actions.', '.')}.{a.do.__name__}"
        for a in ACTS.values()
    }
    assert every_act() - played == set(INSIDE), "add the act to tests/cheating/acts.py"


def test_no_column_holds_one_status_for_all_four_questions() -> None:
    assert merged_columns() == []


def test_nobody_reaches_a_forbidden_state(memory: Memory) -> None:
    Cheating.memory, Cheating.tally = memory, Tally()
    run_state_machine_as_test(
        Cheating,
        settings=how(
            max_examples=5,
            stateful_step_count=60,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert sum(Cheating.tally.done.values()) > 50
    assert not Cheating.tally.fell, "only the database refused"


BLIND = (
    (
        "assurance/opinions.check_may_sign",
        "check_independent",
        ["sign_opinion"] * 4 + ["declare_interest", "log_response", "grade_evidence"],
    ),
    (
        "assurance/opinions.check_same_seen",
        "Something has changed",
        ["sign_opinion"] * 4 + ["add_statement", "grade_evidence", "make_claim"],
    ),
)


@pytest.mark.parametrize(("function", "words", "deck"), BLIND)
def test_with_a_guard_switched_off_the_machine_finds_the_hole(
    function: str, words: str, deck: list[str], memory: Memory
) -> None:
    [guard] = [g for g in guards.guards() if g.name.startswith(f"{function}:") and words in g.words]
    with guards.off(guard) as off, pytest.raises(Hole):
        play(memory, Tally(), 1, 1_500, broken=True, deck=deck)
    assert off.fired
