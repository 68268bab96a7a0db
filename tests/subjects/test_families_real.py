"""The real repeats of the public record, as links that the operator entered from their sources."""

import pytest
from django.utils import timezone

from answerable.demo import bodies, public
from answerable.html import timelines
from answerable.publishing.pages import families as pages
from answerable.publishing.pages.site import Site
from answerable.publishing.records import public_records
from answerable.register.models import Link
from answerable.register.queries import families
from answerable.world import record
from tests.pages.test_opinions import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> public.Loaded:
    """The public record, as the demo loads it."""
    return public.load_record(bodies.add_real_bodies())


def test_what_we_are_sure_of_is_linked_and_what_we_are_not_stays_a_suggestion(
    loaded: public.Loaded,
) -> None:
    sure = [row for row in record.repeats() if row.confidence != "low"]
    assert loaded.links == len(sure) == Link.objects.count()
    assert 0 < len(sure) < len(record.repeats())
    for link in Link.objects.all():
        assert link.signed_by is None
        assert "Source: http" in link.reason
    ours = sum(row.reasoning_is_ours for row in sure)
    assert Link.objects.filter(reason__startswith="Our own reading: ").count() == ours


def test_the_same_cure_for_crime_recording_was_asked_for_in_four_reports(
    loaded: public.Loaded,
) -> None:
    found = [
        family
        for family in families.families(None)
        if any("Home Office Counting Rules" in one.words for one in family.members)
    ]
    (family,) = found
    years = [
        str(one.report.published_on or one.report.published_words)[-4:] for one in family.members
    ]
    reports = list(dict.fromkeys(one.report.title for one in family.members))
    assert len(reports) == family.times == 4, reports
    assert family.first.report.published_words == "September 2014"
    assert years[0] == "2014"
    site = Site(public_records(timezone.localdate()), 1, "2026-11-22")
    shown = words(dict(pages.files(site))[f"family/{family.first.reference}.html"])
    assert "Asked 4 times in 7 years and 1 month" in shown
    assert "First asked in September 2014" in shown
    assert "is a reading of public sources" in shown
    assert "South Yorkshire Police" in shown
    members = [[r for r in f if r["reference"] == family.first.reference] for f in site.families]
    mine = site.families[[bool(m) for m in members].index(True)]
    drawn = pages.timeline(site, mine)
    assert timelines.lead(drawn).startswith("First asked in September 2014, in ")
