"""Chains of digests: whatever is done to one behind its back is named."""

import json

from hypothesis import given
from hypothesis import strategies as st

from answerable.engine import chain
from answerable.engine.chain import Broken, Link

BODIES = st.lists(
    st.fixed_dictionaries({"verb": st.text(max_size=8), "n": st.integers(0, 9)}),
    min_size=1,
    max_size=8,
)


def grow(bodies: list[dict[str, object]]) -> list[Link]:
    links, previous = [], chain.GENESIS
    for n, body in enumerate(bodies, 1):
        links.append(chain.link(n, previous, body))
        previous = links[-1].digest
    return links


def broken(links: list[Link]) -> Broken | None:
    return next((x for x in chain.walk(links) if isinstance(x, Broken)), None)


@given(BODIES)
def test_a_chain_holds_as_it_was_made(bodies: list[dict[str, object]]) -> None:
    assert broken(grow(bodies)) is None


@given(BODIES, st.data())
def test_a_changed_link_is_named(bodies: list[dict[str, object]], data: st.DataObject) -> None:
    links = grow(bodies)
    at = data.draw(st.integers(0, len(links) - 1))
    body = json.loads(links[at].content) | {"n": 10}
    links[at] = Link(links[at].seq, chain.canonical(body).decode(), links[at].digest)
    found = broken(links)
    assert found is not None
    assert found.seq == at + 1
    assert "changed" in found.sentence


@given(BODIES, st.data())
def test_a_link_replaced_with_its_digest_breaks_the_one_after(
    bodies: list[dict[str, object]], data: st.DataObject
) -> None:
    links = grow([*bodies, {"verb": "last", "n": 0}])
    at = data.draw(st.integers(0, len(links) - 2))
    previous = links[at - 1].digest if at else chain.GENESIS
    links[at] = chain.link(at + 1, previous, {"verb": "forged", "n": 99})
    found = broken(links)
    assert found is not None
    assert found.seq == at + 2


@given(BODIES, st.data())
def test_a_removed_link_is_named(bodies: list[dict[str, object]], data: st.DataObject) -> None:
    links = grow([*bodies, {"verb": "last", "n": 0}])
    at = data.draw(st.integers(0, len(links) - 2))
    del links[at]
    found = broken(links)
    assert found is not None
    assert found == Broken(at + 1, found.sentence)
    assert "removed" in found.sentence


@given(BODIES, st.data())
def test_two_links_in_each_others_place_are_named(
    bodies: list[dict[str, object]], data: st.DataObject
) -> None:
    links = grow([*bodies, {"verb": "last", "n": 0}])
    at = data.draw(st.integers(0, len(links) - 2))
    a, b = links[at], links[at + 1]
    links[at], links[at + 1] = Link(a.seq, b.content, b.digest), Link(b.seq, a.content, a.digest)
    found = broken(links)
    assert found is not None
    assert found.seq == at + 1


def test_an_inserted_link_is_named() -> None:
    links = grow([{"n": 1}, {"n": 2}])
    found = broken([links[0], chain.link(1, chain.GENESIS, {"n": 3}), links[1]])
    assert found is not None
    assert "inserted" in found.sentence


@given(st.text(), st.text())
def test_a_commitment_binds_its_value(value: str, other: str) -> None:
    salt = chain.new_salt()
    assert (chain.commitment(salt, value) == chain.commitment(salt, other)) == (value == other)


@given(st.text())
def test_the_same_words_give_another_commitment_each_time(value: str) -> None:
    assert chain.commitment(chain.new_salt(), value) != chain.commitment(chain.new_salt(), value)


def test_canonical_json_is_that_of_rfc_8785() -> None:
    # The numbers and the order of keys of the examples in RFC 8785, section 3.2.
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 1e-27],
        "literals": [None, True, False],
    }
    written = '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}'
    assert chain.canonical(value).decode() == written
