"""What is remembered until the next event: made once, each kind in a room of its own."""

from collections.abc import Iterator

import pytest

from answerable.accounts.actions import add_body
from answerable.accounts.models import Body
from answerable.register.queries import remembered
from answerable.register.queries.remembered import Memory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty() -> Iterator[None]:
    remembered._values.clear()
    yield
    remembered._values.clear()


def test_a_thing_is_made_once_until_something_happens() -> None:
    made: list[int] = []
    for _ in range(3):
        Memory().of("list", lambda: made.append(1))
    add_body(by="operator", name="Northmoor Fire", kind=Body.Kind.OTHER)
    Memory().of("list", lambda: made.append(2))
    assert made == [1, 2]


def test_many_small_things_drive_out_no_other_kind() -> None:
    memory = Memory()
    memory.of((("page", 1), "rosa"), lambda: "drawn")
    for number in range(3 * remembered.MOST):
        memory.of(("answer", number), lambda: 0)
    assert memory.of((("page", 1), "rosa"), lambda: "drawn again") == "drawn"


def test_what_nobody_asked_for_longest_goes_first() -> None:
    memory = Memory()
    memory.of(("answer", "first"), lambda: 1)
    memory.of(("answer", "second"), lambda: 1)
    for number in range(remembered.MOST - 1):
        memory.of(("answer", "first"), lambda: 2)
        memory.of(("answer", number), lambda: 1)
    assert memory.of(("answer", "first"), lambda: 3) == 1
    assert memory.of(("answer", "second"), lambda: 3) == 3
