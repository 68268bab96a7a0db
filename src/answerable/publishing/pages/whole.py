"""Everything in an edition, file by file."""

from collections.abc import Iterator

from answerable.publishing import data
from answerable.publishing.folders import Made
from answerable.publishing.pages import about, families, lists, records
from answerable.publishing.pages.site import Site


def files(site: Site) -> Iterator[Made]:
    """Every file of the edition, one after the other, so that few are in memory at a time."""
    yield from site.files()
    sizes: dict[str, int] = {}
    for path, content in data.files(site):
        sizes[path] = len(content)
        yield path, content
    yield from _about(site)
    yield about.data(site, data.described(sizes))
    yield from _lists(site)
    yield from families.files(site)
    for report in site.reports.values():
        yield from records.report(site, report)
    for body in site.bodies.values():
        yield from records.body(site, body)
    for recommendation in site.records["recommendations"]:
        yield records.recommendation(site, recommendation)


def _about(site: Site) -> Iterator[Made]:
    yield from about.changes(site)
    yield about.counting(site)
    yield about.check(site)
    yield about.accessibility(site)
    yield about.help_page(site)


def _lists(site: Site) -> Iterator[Made]:
    yield lists.home(site)
    yield from lists.reports(site)
    yield from lists.public_record(site)
    yield lists.bodies(site)
    yield from lists.silent(site)
    yield from lists.everything(site)
