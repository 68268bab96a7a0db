"""What every page of an edition knows: the records, how they refer to each other, and the frame."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import get_template

from answerable.publishing import standings
from answerable.publishing.changes import Change
from answerable.publishing.folders import Made

Record = Mapping[str, Any]
Pair = tuple[Record, Record]
"""A recommendation and one of its undertakings."""

EXIT_TO = "https://www.bbc.co.uk/weather"
"""Where a reader who has to leave at once lands: a page that anybody might be reading."""

MENU = (
    ("What was asked", "index.html"),
    ("Reports", "reports.html"),
    ("Who was asked", "bodies.html"),
    ("Who has not answered", "silent.html"),
    ("What changed", "changes.html"),
    ("How to check this", "check.html"),
)
FOOTER = (
    ("If this affects you", "help.html"),
    ("Everything on one page", "all.html"),
    ("Download the data", "data.html"),
    ("How things are counted", "counting.html"),
    ("Check that nobody has altered this record", "check.html"),
    ("Accessibility", "accessibility.html"),
)
FAMILIES = ("Asked again", "families.html")
PUBLIC_RECORD = ("The public record", "public-record.html")

OWN_FILES = (
    "answerable.css",
    "editions.css",
    "families.css",
    "js-enabled.js",
    "start.js",
    "mark.svg",
    "licences.txt",
)
MOST_ENTRIES = 7
"""More entries of the menu would not stand on one line."""
MOST_ON_A_PAGE = 500
"""Longer lists go on on a further page."""


@dataclass(frozen=True)
class Site:
    """One edition to be: its records, number and day, and what changed since the one before."""

    records: Record
    number: int
    published_on: str
    changes: Sequence[Change] = ()
    previous: Mapping[str, Any] = field(default_factory=dict)
    chain: Mapping[str, Any] = field(default_factory=dict)
    pictures: Mapping[str, Any] = field(default_factory=dict)
    """A picture of the passage, by the reference of its recommendation: path, width, height."""

    @cached_property
    def bodies(self) -> dict[str, Record]:
        """Bodies by their slug."""
        return {body["slug"]: body for body in self.records["bodies"]}

    @cached_property
    def reports(self) -> dict[str, Record]:
        """Reports by their slug."""
        return {report["slug"]: report for report in self.records["reports"]}

    @cached_property
    def by_reference(self) -> dict[str, Record]:
        """Recommendations by their reference."""
        return {r["reference"]: r for r in self.records["recommendations"]}

    @cached_property
    def of_report(self) -> Mapping[str, list[Record]]:
        """Recommendations by the slug of their report."""
        found: dict[str, list[Record]] = defaultdict(list)
        for recommendation in self.records["recommendations"]:
            found[recommendation["report"]].append(recommendation)
        return found

    @cached_property
    def of_body(self) -> Mapping[str, list[Pair]]:
        """What each body was asked, by its slug."""
        found: dict[str, list[Pair]] = defaultdict(list)
        for recommendation in self.records["recommendations"]:
            for undertaking in recommendation["undertakings"]:
                found[undertaking["body"]].append((recommendation, undertaking))
        return found

    @cached_property
    def families(self) -> list[list[Record]]:
        """What was asked more than once: the members of each family, first asked first."""
        return [
            [self.by_reference[one["reference"]] for one in r["family"]["asked"]]
            for r in self.records["recommendations"]
            if len(r["family"]["asked"]) > 1
            and r["family"]["asked"][0]["reference"] == r["reference"]
        ]

    @cached_property
    def own_reports(self) -> list[Record]:
        """Reports to which the office holds somebody, newest first."""
        own = [r for r in self.reports.values() if self._is_own(r)]
        return sorted(own, key=_newest_first)

    @cached_property
    def public_record(self) -> list[Record]:
        """Reports known only from public sources, newest first."""
        others = [r for r in self.reports.values() if not self._is_own(r)]
        return sorted(others, key=_newest_first)

    def _is_own(self, report: Record) -> bool:
        return any(standings.is_own(r) for r in self.of_report[report["slug"]])

    @cached_property
    def has_invented(self) -> bool:
        """Whether this edition holds the example world, which every page of it says."""
        return any(report["invented"] for report in self.reports.values())

    @cached_property
    def assets(self) -> dict[str, bytes]:
        """Styles, scripts and fonts by their names."""
        static = settings.PACKAGE / "static"
        fonts = [f"fonts/{p.name}" for p in sorted((static / "fonts").iterdir())]
        names = [name for name in (*OWN_FILES, *fonts) if (static / name).is_file()]
        return {name: (static / name).read_bytes() for name in names}

    @cached_property
    def assets_folder(self) -> str:
        """Their folder, named by what is in it, so that a browser may keep it for ever."""
        whole = hashlib.sha256()
        for name, content in sorted(self.assets.items()):
            whole.update(f"{name} {len(content)} ".encode() + content)
        return f"assets/{whole.hexdigest()[:12]}"

    def files(self) -> Iterator[Made]:
        """The assets as files of the edition."""
        for name, content in self.assets.items():
            yield f"{self.assets_folder}/{name}", content

    # --- One page -------------------------------------------------------------------------------

    def frame(self, path: str) -> dict[str, Any]:
        """The context that the frame of the page at ``path`` needs; every link is relative."""
        root = "../" * path.count("/")
        further = [FAMILIES] if self.families else []
        further += [PUBLIC_RECORD] if self.public_record else []
        menu = [*MENU[:4], *further, *MENU[4:]][:MOST_ENTRIES]  # the last is in the footer too
        return {
            "root": root,
            "asset_root": f"{root}{self.assets_folder}/",
            "home_href": f"{root}index.html",
            "navigation": [
                {"text": text, "href": f"{root}{href}", "active": href == path}
                for text, href in menu
            ],
            "footer_links": [{"text": text, "href": f"{root}{href}"} for text, href in FOOTER],
            "office_name": self.records["office"],
            "edition": {"number": self.number, "date": self.published_on},
            "today": self.records["as_of"],
            "exit_href": EXIT_TO,
        }

    def page(self, path: str, template: str, /, **context: Any) -> Made:
        """One page: ``template`` of ``templates/publishing``, drawn for its place at ``path``.

        ``invented`` says whether it speaks of the example world; a page that speaks of the whole
        record does when any of it is invented, and is ``mixed`` when some of it is not.
        """
        if "invented" not in context:
            context |= {"invented": self.has_invented, "mixed": bool(self.public_record)}
        drawn = get_template(f"publishing/{template}").render(self.frame(path) | context)
        return path, drawn.encode()

    def list_pages(
        self,
        path: str,
        template: str,
        items: Sequence[Any],
        /,
        *,
        most: int = MOST_ON_A_PAGE,
        **context: Any,
    ) -> Iterator[Made]:
        """A list as one page, or as several: ``reports.html``, then ``reports-2.html``."""
        stem = path.removesuffix(".html")
        pages = Paginator(items, most)
        for number in pages.page_range:
            here = path if number == 1 else f"{stem}-{number}.html"
            name = stem.rpartition("/")[2]
            yield self.page(here, template, page=pages.page(number), stem=name, **context)


def _newest_first(report: Record) -> tuple[int, str]:
    """Newest day first; where only a year is known, by that; then by title."""
    known = report["published_on"] or report["published_words"] or "0"
    digits = "".join(c for c in known if c.isdigit())[:8].ljust(8, "0")
    return -int(digits), report["title"]
