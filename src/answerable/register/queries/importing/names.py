"""Whom a file names: bodies that are here by any of their names, or what a person said of a name."""

import re
from collections.abc import Mapping

from answerable.accounts.models import Body
from answerable.register.queries.candidates import Directory
from answerable.register.queries.importing.plans import Named, NewBody
from answerable.register.queries.naming import plain_name

NEW, NOBODY = "new:", "nobody"
"""How an answer adds a body (with its kind), or says that a name is nobody who answers here."""
_LISTED = re.compile(r"\s*[,/]\s*(?:and\s+|&\s*)?|\s+(?:and|&|\+)\s+")


class Names:
    """Resolves each name once. ``answers``: the slug of a body, ``new:kind`` or ``nobody``, by name."""

    def __init__(self, known: Directory, answers: Mapping[str, str]) -> None:
        self.known, self.answers = known, answers
        self.by_slug = {body.slug: body for body in known.bodies.values()}
        self._new: dict[str, NewBody] = {}
        self._meant: dict[str, list[Named] | None] = {}
        self._unsure: set[str] = set()

    @property
    def new(self) -> list[NewBody]:
        """The bodies that will be added."""
        return list(self._new.values())

    def meant(self, name: str) -> list[Named] | None:
        """The bodies of this name; None where a person must say."""
        key = plain_name(name)
        if key not in self._meant:
            self._meant[key] = self._known(name) or self._answered(key, name)
        return self._meant[key]

    def was_asked(self, name: str) -> bool:
        """Whether a person said who is meant: it is still shown, to be changed."""
        return plain_name(name) in self._unsure

    def one(self, name: str) -> Named | None:
        """The one body of this name, for the maker of a report; None where a person must say."""
        found = self.meant(name)
        return found[0] if found and len(found) == 1 else None

    def _called(self, name: str) -> list[Named]:
        """The bodies of exactly this name, or of a list of such names."""
        found = self.known.named(name)
        whole = [body for body, sure in found if sure]
        # What is only a part of a longer name ("Northmoor Police Federation") is somebody else.
        exact = self.known.by_name.get(plain_name(name), ())
        if len(exact) == 1:
            return [exact[0]]
        inside = found and " " in name and not self._is_whole(name, [b for b, _ in found])
        return [] if inside or len(whole) != len(found) else list(whole)

    def _is_whole(self, name: str, bodies: list[Body]) -> bool:
        """Whether nothing of ``name`` is left beside the names of ``bodies``."""
        left = set(plain_name(name).split()) - {"and", "the", "of", "for"}
        for known, holders in self.known.by_name.items():
            if set(holders) & set(bodies):
                left -= set(known.split())
        return not left or plain_name(name).startswith(
            ("chief constable", "leader", "chief executive")
        )

    def _known(self, name: str) -> list[Named] | None:
        found = self._called(name)
        if found:
            return found
        parts = [part for part in _LISTED.split(name) if part]
        each = [self._called(part) for part in parts]
        return [body for one in each for body in one] if len(parts) > 1 and all(each) else None

    def _answered(self, key: str, name: str) -> list[Named] | None:
        self._unsure.add(key)
        answer = self.answers.get(key, "")
        if answer == NOBODY:
            return []
        if answer.startswith(NEW):
            self._new[key] = NewBody(key, name, answer.removeprefix(NEW))
            return [key]
        return [self.by_slug[answer]] if answer in self.by_slug else None

    def likely(self, name: str) -> list[Body]:
        """The bodies that may be meant, the likeliest first."""
        inside = [body for body, _ in self.known.named(name)]
        words = set(plain_name(name).split())
        sharing: dict[Body, int] = {}
        for known, bodies in self.known.by_name.items():
            shared = len(words & set(known.split()) - {"of", "the", "for", "and"})
            for body in bodies:
                sharing[body] = max(shared, sharing.get(body, 0))
        near = sorted(sharing, key=lambda body: (-sharing[body], body.name))
        return list(dict.fromkeys([*inside, *(body for body in near if sharing[body])]))[:4]
