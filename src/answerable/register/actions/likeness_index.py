"""The only writes to the index of likeness: one more, one less, and all of it anew, block by block."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from answerable.audit.actions import locked
from answerable.engine import wording
from answerable.engine.similarity import Analysed, OtherVersion, analyse
from answerable.engine.similarity.analysis import VERSION
from answerable.register.models import (
    LikenessBlock,
    LikenessPosting,
    LikenessTerm,
    LikenessText,
    Recommendation,
    Suggestion,
)
from answerable.register.queries.keys import these
from answerable.register.queries.likeness_index import (
    BLOCK,
    PLACE,
    ROW,
    counts_of,
    packed,
    postings_in,
    term_rows,
    unpacked,
)
from answerable.register.queries.recommendations import words_compared

KEEP = """INSERT INTO register_likenessposting (term, block, places) VALUES (%s, %s, %s)
    ON CONFLICT (term, block) DO UPDATE SET places = excluded.places"""
MORE = """INSERT INTO register_likenessterm (term, df) VALUES (%s, %s)
    ON CONFLICT (term) DO UPDATE SET df = register_likenessterm.df + excluded.df"""
LESS = "UPDATE register_likenessterm SET df = df - %s WHERE id = %s"
BY_ONE = 64
"""So many of a block are put in one by one; for more the block is written anew."""

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A recommendation as it is to stand in the index."""

    recommendation: Recommendation
    fingerprint: str
    analysed: Analysed

    @property
    def at(self) -> int:
        """Its place inside its block."""
        return self.recommendation.serial % BLOCK


def _entry(recommendation: Recommendation, made: Mapping[str, Analysed] | None = None) -> _Entry:
    words = words_compared(recommendation)
    fingerprint = wording.fingerprint(words)
    analysed = (made or {}).get(words) or analyse(words)
    return _Entry(recommendation, fingerprint, analysed)


# --- One more, one less --------------------------------------------------------------------------


def index_likeness(recommendation: Recommendation) -> None:
    """Bring one recommendation up to date in the index, as part of the act that changed it.

    The newest words count. What is withdrawn leaves the index, and what was suggested of it goes.
    """
    block, at = divmod(recommendation.serial, BLOCK)
    text = LikenessText.objects.filter(pk=recommendation.pk).first()
    entry = _entry(recommendation) if recommendation.withdrawn_at is None else None
    if text and entry and bytes(text.content) == packed(entry.analysed):
        return
    gone = _counts_before(text, block, at) if text else {}
    come = counts_of(entry.analysed) if entry else {}
    _change(block, at, gone, come)
    _list_in_block(block, {at: entry})
    _forget_suggestions(recommendation)
    if entry is None:
        LikenessText.objects.filter(pk=recommendation.pk).delete()
    else:
        _keep_texts([entry])


def _forget_suggestions(recommendation: Recommendation) -> None:
    """What was suggested of it goes; for those that suggested it something is looked for again."""
    of_it = Suggestion.objects.filter(Q(recommendation=recommendation) | Q(other=recommendation))
    for one in of_it:
        LikenessText.objects.filter(pk=one.recommendation_id).update(looked=False)
        one.delete()


def _counts_before(text: LikenessText, block: int, at: int) -> Counts:
    """Under which terms it stands; by walking its block where another version wrote them."""
    with suppress(OtherVersion):
        return counts_of(unpacked(bytes(text.content)))
    found = [term for term, p in _of_block(block) if at in np.frombuffer(p, PLACE)["at"]]
    rows = LikenessTerm.objects.filter(pk__in=these(found))
    return dict.fromkeys(rows.values_list("term", flat=True), 1)


def _of_block(block: int) -> list[tuple[int, bytes]]:
    rows = LikenessPosting.objects.filter(block=block).values_list("term", "places")
    return [(term, bytes(places)) for term, places in rows.iterator(chunk_size=10_000)]


def _change(block: int, at: int, gone: Counts, come: Counts) -> None:
    """Take one place out of the postings of some terms, and put it into those of others."""
    _run(MORE, [(term, 1) for term in sorted(set(come) - set(gone))])
    keys = {term: key for term, (key, _) in term_rows({*gone, *come}).items()}
    before = postings_in(block, keys.values())
    rows, empty = [], []
    for term, key in keys.items():
        there = np.frombuffer(before.get(key, b""), PLACE)
        there = there[there["at"] != at]
        if term in come:
            there = np.append(there, np.array([(at, come[term])], PLACE))
            there = there[np.argsort(there["at"], kind="stable")]
        if len(there):
            rows.append((key, block, there.tobytes()))
        else:
            empty.append(key)
    _run(KEEP, rows)
    if empty:
        LikenessPosting.objects.filter(block=block, term__in=empty).delete()
    _run(LESS, [(1, keys[term]) for term in sorted(set(gone) - set(come))])


def _run(statement: str, rows: Sequence[tuple[int | str | bytes, ...]]) -> None:
    """One statement for each of ``rows``."""
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def _list_in_block(block: int, entries: Mapping[int, _Entry | None]) -> None:
    """Say of some places of a block who stands there, or that nobody does."""
    kept = LikenessBlock.objects.filter(block=block).values_list("rows", flat=True).first()
    before = np.frombuffer(bytes(kept or b""), ROW)
    rows = np.zeros(max(len(before), *(at + 1 for at in entries)), ROW)
    rows[: len(before)] = before
    for at, entry in entries.items():
        rows[at] = _row(entry) if entry else np.zeros(1, ROW)[0]
    LikenessBlock.objects.update_or_create(block=block, defaults={"rows": rows.tobytes()})


def _row(entry: _Entry) -> tuple[int, int, int, int]:
    r = entry.recommendation
    day = timezone.localdate(r.accepted_at).toordinal()
    return r.pk, r.report_id, day, entry.analysed.length + 1


def _keep_texts(entries: Iterable[_Entry], *, looked: bool = False) -> None:
    LikenessText.objects.bulk_create(
        (
            LikenessText(
                recommendation=e.recommendation,
                fingerprint=e.fingerprint,
                version=VERSION,
                content=packed(e.analysed),
                looked=looked,
            )
            for e in entries
        ),
        update_conflicts=True,
        unique_fields=["recommendation"],
        update_fields=["fingerprint", "version", "content", "looked"],
        batch_size=500,
    )


# --- All of it, or what is missing ---------------------------------------------------------------


def rebuild_likeness(on_block: Callable[[int], None] = lambda count: None) -> int:
    """Write the whole index anew, a block at a time, and return how many it has.

    Whoever kills it leaves an index that can be used: each block is the old one or the new one.
    ``on_block`` hears after each how many recommendations stand in it.
    """
    last = Recommendation.objects.order_by("-serial").values_list("serial", flat=True).first()
    count = 0
    for block in range((last or 0) // BLOCK + 1):
        written = _rewrite(block)
        count += written
        on_block(written)
    LikenessTerm.objects.filter(df=0).delete()
    return count


def index_missing() -> int:
    """Put in what is not in the index or was put in by another version. Returns how many."""
    missing: dict[int, list[int]] = {}
    for pk, serial in _missing().values_list("pk", "serial").order_by("serial"):
        missing.setdefault(serial // BLOCK, []).append(pk)
    for block, keys in missing.items():
        if len(keys) > BY_ONE:
            _rewrite(block)
        else:
            for pk in keys:
                _index_one(pk)
    return sum(map(len, missing.values()))


def _missing() -> "QuerySet[Recommendation]":
    current = LikenessText.objects.filter(version=VERSION).values("pk")
    return Recommendation.objects.filter(withdrawn_at=None).exclude(pk__in=current)


@locked
def _index_one(pk: int) -> None:
    index_likeness(Recommendation.objects.get(pk=pk))


def _of_block_now(block: int) -> "QuerySet[Recommendation]":
    rows = Recommendation.objects.filter(
        withdrawn_at=None, serial__gte=block * BLOCK, serial__lt=(block + 1) * BLOCK
    )
    return rows.prefetch_related("corrections").order_by("serial")


def _rewrite(block: int) -> int:
    """Write one block anew. The words are taken apart before anybody is made to wait."""
    words = {words_compared(one) for one in _of_block_now(block)}
    return _keep_block(block, {each: analyse(each) for each in words})


@locked
def _keep_block(block: int, made: Mapping[str, Analysed]) -> int:
    entries = [_entry(one, made) for one in _of_block_now(block)]
    before = {}
    if LikenessBlock.objects.filter(block=block).exists():
        before = {key: len(places) // PLACE.itemsize for key, places in _of_block(block)}
        LikenessPosting.objects.filter(block=block).delete()
        LikenessBlock.objects.filter(block=block).delete()
    come: dict[str, list[tuple[int, int]]] = {}
    for entry in entries:
        for term, count in counts_of(entry.analysed).items():
            come.setdefault(term, []).append((entry.at, count))
    _run(MORE, [(term, len(places)) for term, places in sorted(come.items())])
    keys = term_rows(come)
    _run(KEEP, [(keys[t][0], block, np.array(p, PLACE).tobytes()) for t, p in come.items()])
    _run(LESS, [(count, key) for key, count in before.items()])
    if entries:
        _list_in_block(block, {entry.at: entry for entry in entries})
    seen = _looked_at(block)
    _keep_texts([e for e in entries if e.recommendation.pk in seen], looked=True)
    _keep_texts([e for e in entries if e.recommendation.pk not in seen])
    return len(entries)


def _looked_at(block: int) -> set[int]:
    inside = (block * BLOCK, (block + 1) * BLOCK - 1)
    looked = LikenessText.objects.filter(looked=True, recommendation__serial__range=inside)
    return set(looked.values_list("pk", flat=True))
