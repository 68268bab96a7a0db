"""What the public may see: the only place that names public fields.

Everything that leaves the office is made from what this package returns: plain dictionaries of
text, numbers, dates as ISO text, and lists. Every query names its columns, so what is not named
here is not even read; only the four answers are worded by :mod:`answerable.assurance.queries.four`,
and of them the words, the day, the body and its role are taken.

Never here: names and addresses of people (only the role that decided), candidates and what was
decided about them, reasons for that, notes, unregistered reports; of sealed evidence more than its
grade and dates; declared interests; closing tests that were not agreed; what was asked of a date and
refused; the list from which a sample was drawn, and its small numbers.
"""

from datetime import date

from django.conf import settings

from answerable.publishing import families, standings
from answerable.publishing.records.bodies import bodies
from answerable.publishing.records.recommendations import recommendations
from answerable.publishing.records.reports import documents, held_back, reports
from answerable.publishing.records.rows import Record

__all__ = ["held_back", "public_records"]


def public_records(as_of: date, note: str = "") -> Record:
    """Everything public, as it stands on ``as_of``, with the publisher's ``note`` to the public.

    A recommendation is public once it is in the register and its report is out; one withdrawn
    from the register stays, marked as withdrawn. A constant number of queries.
    """
    held = documents(as_of)
    asked = recommendations(as_of, {d["id"]: d for d in held})
    made = reports(as_of, held)
    named = {r["author"] for r in made} | {r["commissioner"] for r in made}
    named |= {u["body"] for r in asked for u in r["undertakings"]}
    return {
        "office": settings.OFFICE_NAME,
        "as_of": as_of.isoformat(),
        "note": note,
        "small_number": settings.SMALL_NUMBER,
        "bodies": bodies(named),
        "reports": made,
        "recommendations": families.with_families(asked, made),
        "totals": standings.totals(asked),
    }
