"""Samples that neither side can choose, and what a count in a sample allows one to say.

The office commits to a seed before the list of records arrives, by publishing the seed's digest.
Once the list is there, the seed and the list together decide what is drawn: whoever holds both can
draw again and compare.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from answerable.engine import chain

CONFIDENCE = 0.95


def new_seed() -> str:
    """A seed of 256 random bits, as hexadecimal digits."""
    return secrets.token_hex(32)


def digest_of_seed(seed: str) -> str:
    """What is published of a seed before the list arrives: its SHA-256, as hexadecimal digits."""
    return hashlib.sha256(bytes.fromhex(seed)).hexdigest()


def cleaned(records: Sequence[str]) -> list[str]:
    """Record numbers as they are counted: without blanks around them, and without empty ones."""
    return [record.strip() for record in records if record.strip()]


def repeated(records: Sequence[str]) -> list[str]:
    """Record numbers that stand more than once in a list."""
    seen: set[str] = set()
    return [record for record in records if record in seen or seen.add(record)]  # type: ignore[func-returns-value]


def digest_of_list(records: Sequence[str]) -> str:
    """SHA-256 of the list in its order, as canonical JSON: it binds the list without keeping it."""
    return chain.digest_of(list(records))


def draw(seed: str, records: Sequence[str], size: int) -> list[int]:
    """The places in the list, counted from 1, of the ``size`` records that ``seed`` draws.

    Each record gets the HMAC-SHA-256 of its number under the seed; the smallest are drawn. So what
    is drawn hangs on the seed and on which records are listed, and not on their order. A list that
    is no longer than ``size`` is drawn whole. Records must differ from one another.
    """
    key = bytes.fromhex(seed)
    marked = (
        (hmac.new(key, record.encode(), hashlib.sha256).digest(), place)
        for place, record in enumerate(records, start=1)
    )
    return sorted(place for _, place in sorted(marked)[:size])


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which shares the truth lies, of 1, with the confidence that was asked for."""

    low: float
    high: float


def wilson(met: int, of: int, *, confidence: float = CONFIDENCE) -> Interval:
    """The score interval for a share, where ``met`` of ``of`` records met a criterion.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927), pages 209 to 212; recommended for
    small samples by L. D. Brown, T. T. Cai and A. DasGupta, "Interval estimation for a binomial
    proportion", Statistical Science 16 (2001), pages 101 to 133. It takes no account of how long
    the list is, so for a sample of most of a list it is wider than it need be, never narrower.

    Raises:
        ValueError: where nothing was looked at, or more met the criterion than were looked at.
    """
    if not 0 <= met <= of or of == 0:
        raise ValueError(f"{met} of {of} is no share")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, spread = met / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z * (share * (1 - share) / of + spread / (4 * of)) ** 0.5 / (1 + spread)
    low = 0.0 if met == 0 else max(0.0, middle - half)
    high = 1.0 if met == of else min(1.0, middle + half)
    return Interval(low, high)
