"""Pictures of how invented documents are read: `python tools/screenshots.py --reading`.

Northmoor's documents are made on the fly, as of a fixed day, and laid open by `answerable report
explain`; what docs/explanation/how-reading-works.md shows of that is cut out. No real document is
needed, and nothing but a Chromium.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Page

from answerable.world import northmoor

DAY = date(2026, 11, 2)
WIDE = 1280
MARGIN = 12
"""What is left of the page around a section that is cut out."""

ONLY = """([first, last]) => {
  for (const row of document.querySelectorAll('.blocks tbody tr')) {
    const order = Number(row.id.split('-')[2]);
    row.hidden = order < first || order > last;
  }
  document.querySelectorAll('h3, dl.here').forEach(e => e.hidden = true);
}"""
"""Keeps some rows of the table beside a page, so that the picture shows what it is about."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One picture: its name, the document, the section of its explanation, the rows kept."""

    name: str
    document: str
    section: str
    page: int
    rows: tuple[int, int] | None = None


CUTS = (
    Cut("reading-order", "inspection", "page-5", 5, (1, 6)),
    Cut("reading-numbers", "inquiry", "page-9", 9, (12, 17)),
    Cut("reading-table", "learning", "page-3", 3, (3, 10)),
    Cut("reading-runs", "review", "runs", 21),
)


def take(browser: Browser, images: Path, small: Callable[[bytes], bytes]) -> list[str]:
    """Take every picture of :data:`CUTS`; returns their names. ``small`` makes a file of each."""
    page = browser.new_page(viewport={"width": WIDE, "height": 900})
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        papers = {d.id: d.path for d in northmoor.build(folder, today=DAY)}
        for cut in CUTS:
            page.goto(_explained(papers[cut.document], cut, folder).as_uri())
            (images / f"{cut.name}-{WIDE}.png").write_bytes(small(_cut_out(page, cut)))
    page.close()
    return [cut.name for cut in CUTS]


def _explained(paper: Path, cut: Cut, folder: Path) -> Path:
    out = folder / f"{cut.name}.html"
    command = [sys.executable, "-m", "answerable.cli", "report", "explain", str(paper)]
    subprocess.run([*command, "--page", str(cut.page), "--out", str(out)], check=True)
    return out


def _cut_out(page: Page, cut: Cut) -> bytes:
    if cut.rows is not None:
        page.evaluate(ONLY, list(cut.rows))
    box = page.locator(f"section[aria-labelledby={cut.section}]").bounding_box()
    if box is None:
        raise LookupError(f"{cut.name}: the explanation has no section {cut.section}")
    clip: FloatRect = {
        "x": 0,
        "y": box["y"] - MARGIN,
        "width": WIDE,
        "height": box["height"] + 2 * MARGIN,
    }
    return page.screenshot(full_page=True, clip=clip)
