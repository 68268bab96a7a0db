"""Pictures of every page of the demo, at 1280 and 320 px: `make screenshots`.

    python tools/screenshots.py [--check] [--data FOLDER] [--reading] [NAME …]

Starts the demo in a folder of its own, signs in by its one-click page as each person, and takes
every page of :data:`PAGES` into build/screenshots/. The handful in :data:`KEPT`, which the README
and the how-to pages show, go to docs/images/ as well, made small. ``--check`` also runs axe on each
page and looks for sideways scrolling; then the exit code is 1 where anything was found.
The pictures of how a report is read come from :mod:`tools.explained`; ``--reading`` takes only
those, without a demo.
"""

import argparse
import io
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Error, FloatRect, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools import explained  # noqa: E402
from tools.chromium import find  # noqa: E402

ALL = ROOT / "build" / "screenshots"
IMAGES = ROOT / "docs" / "images"
WIDTHS = {1280: 900, 320: 800}
LARGEST = 250_000
LONGEST = 5000
"""A list of everything goes on for ever: its picture does not."""
TALLEST = 1500
"""Pictures in docs/images are cut off here: they show how a page begins."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True, slots=True)
class Shot:
    """One page: the picture's name, who looks ("" for the public), and the address."""

    name: str
    who: str
    address: str


PAGES = [
    # --- the public ---
    Shot("home", "", "/"),
    Shot("reports", "", "/reports"),
    Shot("report", "", "/report/{learning_slug}"),
    Shot("record", "", "/record/{restated}"),
    Shot("record-late", "", "/record/{late}"),
    Shot("record-real", "", "/record/{real}"),
    Shot("record-partly", "", "/record/{trained}"),
    Shot("record-kept", "", "/record/{kept}"),
    Shot("record-moved", "", "/record/{moved}"),
    Shot("record-slipped", "", "/record/{slipped}"),
    Shot("record-let-go", "", "/record/{let_go}"),
    Shot("bodies", "", "/bodies"),
    Shot("body", "", "/body/northmoor-police"),
    Shot("body-real", "", "/body/rotherham-metropolitan-borough-council"),
    Shot("silent", "", "/silent"),
    Shot("all", "", "/all"),
    Shot("search", "", "/search?q=missing+children"),
    Shot("changes", "", "/changes"),
    Shot("verify", "", "/check"),
    Shot("data", "", "/data"),
    Shot("counting", "", "/counting"),
    Shot("public-record", "", "/public-record"),
    Shot("help", "", "/help"),
    Shot("accessibility", "", "/accessibility"),
    Shot("sign-in", "", "/account/login/"),
    Shot("demo-people", "", "/account/demo-people/"),
    Shot("not-found", "", "/nothing-here"),
    # --- Rosa: governance officer ---
    Shot("today", "rosa", "/desk/"),
    Shot("desk-reports", "rosa", "/desk/reports/"),
    Shot("desk-report", "rosa", "/desk/reports/{inspection_report}/"),
    Shot("desk-report-real", "rosa", "/desk/reports/{real_report}/"),
    Shot("report-search", "rosa", "/desk/reports/new/"),
    Shot("report-new", "rosa", "/desk/reports/new/details/"),
    Shot("report-change", "rosa", "/desk/reports/{inspection_report}/change/"),
    Shot("report-enter", "rosa", "/desk/reports/{inspection_report}/enter/"),
    Shot("documents-add", "rosa", "/desk/reports/{inspection_report}/documents/add/"),
    Shot("document", "rosa", "/desk/documents/{inspection}/"),
    Shot("document-parked", "rosa", "/desk/documents/{peers}/"),
    Shot("check", "rosa", "/desk/documents/{inspection}/check/"),
    Shot("check-letter", "rosa", "/desk/documents/{letter}/check/"),
    Shot("check-docx", "rosa", "/desk/documents/{scrutiny}/check/"),
    Shot("check-done", "rosa", "/desk/documents/{learning}/check/done/"),
    Shot("check-add", "rosa", "/desk/documents/{letter}/check/add/"),
    Shot("check-split", "rosa", "/desk/documents/{letter}/check/{candidate}/split/"),
    Shot("check-merge", "rosa", "/desk/documents/{letter}/check/{candidate}/merge/"),
    Shot("check-words", "rosa", "/desk/documents/{letter}/check/{candidate}/words/"),
    Shot("reading-quality", "rosa", "/desk/reports/quality/"),
    Shot("register", "rosa", "/desk/register/"),
    Shot("register-found", "rosa", "/desk/register/?q=training"),
    Shot("recommendation", "rosa", "/desk/register/{restated}/"),
    Shot("recommendation-late", "rosa", "/desk/register/{late}/"),
    Shot("recommendation-corrected", "rosa", "/desk/register/{corrected}/"),
    Shot("recommendation-withdrawn", "rosa", "/desk/register/{withdrawn}/"),
    Shot("recommendation-real", "rosa", "/desk/register/{real}/"),
    Shot("correct", "rosa", "/desk/register/{late}/correct/"),
    Shot("withdraw", "rosa", "/desk/register/{silent}/withdraw/"),
    Shot("address", "rosa", "/desk/register/{late}/address/"),
    Shot("undertaking", "rosa", "/desk/register/{restated}/by/northmoor-council/"),
    Shot("undertaking-late", "rosa", "/desk/register/{late}/by/northmoor-police/"),
    Shot("undertaking-paused", "rosa", "/desk/register/{paused}/by/northmoor-council/"),
    Shot("undertaking-passed", "rosa", "/desk/register/{passed}/by/{board}/"),
    Shot("reply-log", "rosa", "/desk/register/{silent}/by/northmoor-police/reply/"),
    Shot("reply-read", "rosa", "/desk/register/replies/{unread}/read/"),
    Shot("clock-extend", "rosa", "/desk/register/{extended}/by/{office}/extend/"),
    Shot("clock-pause", "rosa", "/desk/register/{extended}/by/{office}/pause/"),
    Shot("clock-date", "rosa", "/desk/register/{silent}/by/northmoor-police/date/"),
    Shot("desk-bodies", "rosa", "/desk/bodies/"),
    Shot("desk-body", "rosa", "/desk/bodies/northmoor-police/"),
    Shot("desk-body-ended", "rosa", "/desk/bodies/{board}/"),
    Shot("body-new", "rosa", "/desk/bodies/new/"),
    Shot("refused", "rosa", "/desk/people/"),
    Shot("me", "rosa", "/desk/me/"),
    Shot("me-change", "rosa", "/desk/me/change/"),
    # --- Omar and Lena: assurance leads ---
    Shot("today-omar", "omar", "/desk/"),
    Shot("register-omar", "omar", "/desk/register/"),
    Shot("undertaking-omar", "omar", "/desk/register/{late}/by/northmoor-police/"),
    Shot("asked-omar", "omar", "/desk/plan/northmoor-police/asked/"),
    Shot("bring-plan-omar", "omar", "/desk/plan/northmoor-police/bring/"),
    Shot("reply-omar", "omar", "/desk/register/{silent}/by/northmoor-police/reply/"),
    Shot("today-lena", "lena", "/desk/"),
    # --- One answer's way: tests, plans, claims, evidence, opinions, closing ---
    Shot("plans", "rosa", "/desk/plan/"),
    Shot("date-move", "rosa", "/desk/moves/{move}/"),
    Shot("links", "rosa", "/desk/register/{again}/links/"),
    Shot("evidence-list", "rosa", "/desk/evidence/"),
    Shot("test", "omar", "/desk/register/{trained}/by/northmoor-police/test/"),
    Shot("test-propose", "omar", "/desk/register/{untested}/by/northmoor-police/test/propose/"),
    Shot("plan-of-answer", "omar", "/desk/register/{moved}/by/northmoor-police/plan/"),
    Shot("plan", "omar", "/desk/plan/northmoor-police/"),
    Shot("action", "omar", "/desk/plan/northmoor-police/{action}/"),
    Shot("claim", "omar", "/desk/register/{slipped}/by/northmoor-police/claim/"),
    Shot("claim-new", "omar", "/desk/register/{counted}/by/northmoor-police/claim/new/"),
    Shot("evidence-add", "omar", "/desk/evidence/add/?for={counted}/northmoor-police"),
    Shot("evidence", "vera", "/desk/register/{trained}/by/northmoor-police/evidence/"),
    Shot("evidence-piece", "vera", "/desk/evidence/{evidence}/"),
    Shot("evidence-grade", "vera", "/desk/evidence/{ungraded}/grade/"),
    Shot("sample", "vera", "/desk/register/{trained}/by/northmoor-police/sample/{sample}/"),
    Shot("opinion", "vera", "/desk/register/{to_judge}/by/northmoor-police/opinion/"),
    Shot("opinion-void", "vera", "/desk/register/{void}/by/northmoor-police/opinion/"),
    Shot("opinions-differ", "vera", "/desk/register/{differ}/by/northmoor-police/opinion/"),
    Shot("closing-form", "cass", "/desk/register/{for_chair}/by/northmoor-council/closing/"),
    Shot("rechecks", "vera", "/desk/rechecks/"),
    Shot("closing-refused", "cass", "/desk/register/{by_date}/by/northmoor-police/closing/"),
    Shot("closing", "cass", "/desk/register/{kept}/by/northmoor-police/closing/"),
    Shot("closing-reopened", "cass", "/desk/register/{slipped}/by/northmoor-police/closing/"),
    Shot("interests", "vera", "/desk/me/interests/"),
    # --- Petra and Percy: publishers ---
    Shot("today-petra", "petra", "/desk/"),
    Shot("editions", "petra", "/desk/publish/"),
    Shot("edition", "petra", "/desk/publish/{published}/"),
    Shot("edition-verify", "petra", "/desk/publish/{published}/verify/"),
    Shot("document-open", "petra", "/desk/documents/{prevention}/make-public/"),
    Shot("today-percy", "percy", "/desk/"),
    Shot("review-edition", "percy", "/desk/publish/{proposed}/"),
    # --- the others ---
    Shot("today-cass", "cass", "/desk/"),
    Shot("today-vera", "vera", "/desk/"),
    Shot("today-ada", "ada", "/desk/"),
    Shot("people", "ada", "/desk/people/"),
    Shot("person", "ada", "/desk/people/{rosa}/"),
    Shot("invite", "ada", "/desk/people/invite/"),
    Shot("security-log", "ada", "/desk/people/security/"),
    Shot("two-factor", "ada", "/account/2fa/"),
    Shot("sessions", "ada", "/account/sessions/"),
]

KEPT = (
    "home",
    "record",
    "today",
    "today-omar",
    "check",
    "register",
    "undertaking",
    "reply-log",
    "review-edition",
    "people",
    "verify",
    "record-partly",
    "test",
    "plan-of-answer",
    "action",
    "claim",
    "evidence",
    "sample",
    "opinion-void",
    "today-vera",
    "closing-form",
    "closing-reopened",
)
"""Pictures of 1280 px that the README and the how-to pages show."""


# --- The demo -----------------------------------------------------------------------------------


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, demo: "subprocess.Popen[bytes]", seconds: float = 180) -> None:
    limit = time.monotonic() + seconds
    while demo.poll() is None and time.monotonic() < limit:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.3)
    sys.exit("The demo did not start.")


@contextmanager
def running_demo(folder: Path) -> Iterator[str]:
    """The demo, with its data in ``folder``: gives its address, and ends it afterwards."""
    os.environ |= {"ANSWERABLE_DATA": str(folder), "ANSWERABLE_DEMO": "yes"}
    port = _free_port()
    command = [sys.executable, "-m", "answerable.cli", "demo", "--port", str(port)]
    demo = subprocess.Popen(command)
    try:
        _wait_for(port, demo)
        yield f"http://127.0.0.1:{port}"
    finally:
        demo.terminate()
        demo.wait(30)


def places() -> dict[str, str]:
    """What stands in the addresses between braces, as this demo has numbered it."""
    command = [sys.executable, "-m", "tools.demo_places"]
    said = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    return {str(name): str(value) for name, value in json.loads(said).items()}


# --- The pictures -------------------------------------------------------------------------------


def _sign_in(context: BrowserContext, who: str) -> None:
    page = context.new_page()
    page.goto("/account/demo-people/")
    page.locator("button", has_text=f"Sign in as {who.capitalize()}").click()
    page.wait_for_url("**/desk/**")
    page.close()


def _small(png: bytes) -> bytes:
    """A picture cut to its beginning, with few colours: small enough to be kept in the repository."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, TALLEST)))
    for colours in (256, 128, 64, 32):
        kept = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
        if kept.tell() <= LARGEST:
            break
    return kept.getvalue()


def _take(page: Page, shot: Shot, width: int, place: dict[str, str]) -> str:
    """Take one picture. Returns what is wrong with the answer, or nothing."""
    answer = page.goto(shot.address.format(**place))
    page.wait_for_load_state("load")
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), LONGEST)
    clip: FloatRect = {"x": 0, "y": 0, "width": width, "height": height}
    png = page.screenshot(full_page=True, clip=clip)
    (ALL / f"{shot.name}-{width}.png").write_bytes(png)
    if width == 1280 and shot.name in KEPT:
        (IMAGES / f"{shot.name}-{width}.png").write_bytes(_small(png))
    status = answer.status if answer else 0
    expected = {"not-found": 404, "refused": 403}.get(shot.name, 200)
    return "" if status == expected else f"answered {status}"


def _faults(page: Page) -> list[str]:
    found = [
        f"{v['id']}: {v['help']}" for v in Axe().run(page, options=WCAG).response["violations"]
    ]
    wide = page.evaluate(SIDEWAYS)
    return [*found, *([f"scrolls sideways by {wide} px"] if wide > 0 else [])]


def _looked_at(page: Page, shot: Shot, width: int, place: dict[str, str], check: bool) -> list[str]:
    """Take one picture, and say what is wrong with the page, or that it could not be taken."""
    try:
        wrong = _take(page, shot, width, place)
        return [wrong] if wrong else _faults(page) if check else []
    except Error as error:
        return [error.message.splitlines()[0]]


def _all_of(
    browser: Browser, base: str, who: str, shots: list[Shot], place: dict[str, str], check: bool
) -> Iterator[str]:
    """Take every picture that one person sees, at both widths; yields what is wrong."""
    context = browser.new_context(base_url=base)
    if who:
        _sign_in(context, who)
    page = context.new_page()
    page.set_default_timeout(90_000)
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda m: said.append(m.text) if "Content Security" in m.text else None)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for shot in shots:
            faults = _looked_at(page, shot, width, place, check)
            yield from (f"{shot.name} at {width} px: {fault}" for fault in [*faults, *said])
            said.clear()
    context.close()


def main() -> int:
    """Exit code: 0 where every page answered as it should."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--check", action="store_true", help="Axe and sideways scrolling, too.")
    asked.add_argument("--data", type=Path, help="A folder with a demo that is loaded already.")
    asked.add_argument("--reading", action="store_true", help="Only how a report is read.")
    asked.add_argument("names", nargs="*", help="Only these pictures.")
    given = asked.parse_args()
    path = find()
    if path is None:
        print("Chromium was not found, so no pictures were taken. Run: make browsers")
        return 1
    for folder in (ALL, IMAGES):
        folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        if given.reading or not given.names:
            print("How a report is read:", *explained.take(browser, IMAGES, _small))
        wrong = [] if given.reading else _pages(browser, given)
        browser.close()
    return 1 if wrong else 0


def _pages(browser: Browser, given: argparse.Namespace) -> list[str]:
    """Take the pages of a demo; says and returns what is wrong."""
    chosen = [s for s in PAGES if not given.names or s.name in given.names]
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as made, running_demo(given.data or Path(made)) as base:
        place = places()
        for who in dict.fromkeys(s.who for s in chosen):
            shots = [s for s in chosen if s.who == who]
            wrong += _all_of(browser, base, who, shots, place, given.check)
    print("\n".join(wrong))
    print(f"{len(chosen)} pages at {len(WIDTHS)} widths; {len(wrong)} things wrong.")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
