"""Files of evidence on the disk: kept once under their SHA-256, and never left behind."""

from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.db import DatabaseError

from answerable.assurance.models import Evidence
from answerable.assurance.queries.evidence import FOLDER, is_kept, place_of
from answerable.audit.actions import locked
from answerable.audit.rules import Refused
from answerable.reports.actions import files
from answerable.reports.actions.files import Arriving
from answerable.reports.rules import files as file_rules


def put_in_place(arrived: Arriving) -> str:
    """Where the file is kept: one copy, however often the same bytes are handed in.

    The caller holds the chain's lock.
    """
    place = place_of(arrived.sha256)
    if is_kept(arrived.sha256) and default_storage.exists(place):
        return place
    return files.put_in_place(arrived, place)


@locked
def remove_unused(sha256: str) -> bool:
    """Take away the file with this digest unless some evidence has it; tell whether there was one."""
    place = place_of(sha256)
    if is_kept(sha256) or not default_storage.exists(place):
        return False
    default_storage.delete(place)
    return True


def refusal_of(error: Exception) -> Refused | None:
    """The sentence for a failure that is the disk's and not ours."""
    if isinstance(error, OSError):
        return file_rules.refusal_of(error)
    if isinstance(error, DatabaseError) and file_rules.is_full(error):
        return Refused(file_rules.FULL, code="disk_full")
    return None


def _lying() -> Iterator[str]:
    try:
        for folder in default_storage.listdir(FOLDER)[0]:
            yield from default_storage.listdir(f"{FOLDER}/{folder}")[1]
    except FileNotFoundError:
        return


def sweep() -> int:
    """Take away files that no evidence has, left by killed processes; returns how many."""
    known = set(Evidence.objects.exclude(file="").values_list("sha256", flat=True))
    return sum(remove_unused(digest) for digest in set(_lying()) - known)
