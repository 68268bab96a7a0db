"""Canonical JSON, digests, salted commitments and hash chains.

A chain is a sequence of links. Each link's content is canonical JSON (RFC 8785) that names its
place (``seq``) and the digest of the link before it (``previous``); its digest is the SHA-256 of
exactly those bytes. Whoever holds one digest can tell whether anything before it was changed.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import rfc8785

GENESIS = "0" * 64
"""What the first link names as the one before it."""


def canonical(value: object) -> bytes:
    """The one way to write ``value`` as JSON (RFC 8785).

    Raises:
        rfc8785.CanonicalizationError: for what JSON cannot hold exactly.
    """
    return rfc8785.dumps(value)  # type: ignore[arg-type]


def digest(content: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def digest_of(value: object) -> str:
    """SHA-256 of the canonical JSON of ``value``."""
    return digest(canonical(value))


def new_salt() -> str:
    """A salt of 128 random bits, as hexadecimal digits."""
    return secrets.token_hex(16)


def commitment(salt: str, value: str) -> str:
    """A digest that says nothing of ``value`` without ``salt``, and binds it with it.

    HMAC-SHA-256 with the salt as key: short values cannot be found by trying, and once the salt
    is erased nobody can show what the value was, while the digest stays in the chain.
    """
    return hmac.new(bytes.fromhex(salt), value.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Link:
    """One link as it is stored: its place, its exact content and its digest."""

    seq: int
    content: str
    digest: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first link that does not hold, and in what way, in words."""

    seq: int
    sentence: str


def link(seq: int, previous: str, body: Mapping[str, object]) -> Link:
    """A new link that follows the one whose digest is ``previous``."""
    content = canonical({**body, "seq": seq, "previous": previous})
    return Link(seq, content.decode(), digest(content))


def check(stored: Link, *, seq: int, previous: str) -> Broken | None:
    """Whether ``stored`` is the link that belongs at ``seq`` after ``previous``."""
    if stored.seq > seq:
        return Broken(
            seq, f"Event {seq} has been removed: the next one kept is event {stored.seq}."
        )
    if stored.seq < seq:
        return Broken(stored.seq, f"Event {stored.seq} stands twice, or was inserted.")
    if digest(stored.content.encode()) != stored.digest:
        return Broken(seq, f"Event {seq} has been changed: its content no longer gives its digest.")
    body = json.loads(stored.content)
    if body.get("seq") != seq:
        return Broken(
            seq, f"Event {seq} has been moved: its content says that it is event {body.get('seq')}."
        )
    if body.get("previous") != previous:
        return Broken(
            seq, f"Event {seq} does not follow the event before it: one of them was replaced."
        )
    return None


def walk(links: Iterable[Link]) -> Iterator[Link | Broken]:
    """Each link in turn as long as the chain holds, then the first that does not, and no more."""
    expected, previous = 1, GENESIS
    for stored in links:
        broken = check(stored, seq=expected, previous=previous)
        if broken:
            yield broken
            return
        yield stored
        expected, previous = expected + 1, stored.digest
