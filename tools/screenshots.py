"""Pictures of every page of the demo, at 1280 and 320 px: `make screenshots`.

    python tools/screenshots.py [--check] [--data FOLDER] [--reading] [NAME …]

Starts the demo in a folder of its own, signs in by its one-click page as each person, and takes
every page of :mod:`tools.shots` into build/screenshots/. The handful in its ``KEPT``, which the README
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    FilePayload,
    FloatRect,
    Page,
    sync_playwright,
)

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools import explained  # noqa: E402
from tools.chromium import find  # noqa: E402
from tools.shots import KEPT, PAGES, Shot  # noqa: E402

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


# --- What is done on a page before its picture is taken ------------------------------------------

QUESTION = "Every missing child should be offered a talk with someone independent when they return."
SHEET = """Recommendations tracker,,,,,,,
Ref,Report,Made by,Published,Recommendation,For,Reply,Date of reply,Position
T1,Review of custody,Northmoor Council,31 March 2019,Check each cell every half hour.,\
Northmoor Police,We accept this and will do it.,17 May 2019,Accepted
T2,Review of custody,Northmoor Council,31/02/2019,Log who looked and when.,Northmoor Police,,,
T3,Review of custody,Northmoor Council,31 March 2019,Tell the family within the hour.,\
Harbour Custody Trust,We note this.,20 May 2019,Noted
T4,Review of custody,Northmoor Council,31 March 2019,,Northmoor Police,,,
"""


def _ask(page: Page) -> None:
    page.locator("textarea[name=words]").fill(QUESTION)
    page.get_by_role("button", name="Compare").click()


def _own(page: Page) -> None:
    """A line of a draft is taken only once somebody owns it."""
    owning = page.get_by_role("button", name="Own")
    if owning.count():
        owning.click()
        page.reload()  # without the words that it was done


def _upload(page: Page) -> None:
    sheet: FilePayload = {"name": "tracker.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    page.locator("input[type=file]").set_input_files(sheet)
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/columns/")


def _check(page: Page) -> None:
    _upload(page)
    page.get_by_label("Yes, word for word").check()
    page.get_by_role("button", name="Check every row").click()


STEPS: dict[str, Callable[[Page], None]] = {
    "ask": _ask, "own": _own, "upload": _upload, "check": _check,
}  # fmt: skip


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
    if shot.does:
        STEPS[shot.does](page)
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
