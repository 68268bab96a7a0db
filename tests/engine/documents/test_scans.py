"""Documents of pictures: their text is recognised where the extra is there, and asked for if not."""

import io
import math
import os
import subprocess
import sys
import sysconfig
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import typst
from PIL import Image

from answerable.engine.documents import Limits, Progress, Reading, Unreadable, read, read_safely
from answerable.engine.documents.recognised import (
    Malformed,
    Recognised,
    Seen,
    decode,
    encode,
    placed,
    sizes,
)
from answerable.engine.documents.shapes import Box, Page, Word
from tests import scans

ASKS = (
    "Northmoor Police should record every report about a child within 24 hours.",
    "Northmoor Council should tell each family in writing what was decided, and why.",
    "The Safeguarding Partnership should publish the figures of every quarter.",
)
SOURCE = f"""
#set page(width: 210mm, height: 297mm, footer: context align(center, counter(page).display("1 of 1", both: true)))
#set text(font: "Libertinus Serif", size: 11pt)
= Review of the recording of reports in Northmoor
{"The team spent eleven days in the control room and read what had been written down there. " * 12}
#pagebreak()
== What we were told
{"People were generous with their time and candid about what had not worked in these years. " * 12}
- the control room closes at ten
- nobody reads the log
#pagebreak()
== Recommendations
{chr(10).join(f"+ {words}" for words in ASKS)}
"""


@pytest.fixture(scope="module")
def report() -> bytes:
    return bytes(typst.compile(SOURCE.encode()))


@pytest.fixture(scope="module")
def scanned(report: bytes) -> bytes:
    return scans.scanned(report, turns=(0.0, 0.7, -1.2))


@pytest.fixture(scope="module")
def reading(scanned: bytes, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return read_safely(file(tmp_path_factory.mktemp("scan"), scanned))


def file(folder: Path, content: bytes) -> Path:
    path = folder / "scan.pdf"
    path.write_bytes(content)
    return path


def taken(reading: Reading) -> list[str]:
    return [c.text for c in reading.candidates if c.taken]


# --- What is recognised ----------------------------------------------------------------------------


def test_the_recommendations_of_a_crooked_dirty_scan_are_found_word_for_word(
    reading: Reading,
) -> None:
    assert taken(reading) == list(ASKS)
    assert [(c.number, c.page) for c in reading.candidates if c.taken] == [
        ("1", 3),
        ("2", 3),
        ("3", 3),
    ]


def test_every_page_says_how_sure_its_text_is(reading: Reading) -> None:
    assert all(p.sureness is not None and 0.8 < p.sureness <= 1 for p in reading.pages)
    (notice,) = [n for n in reading.notices if n.code == "recognised"]
    least = min(reading.pages, key=lambda p: p.sureness or 0)
    assert notice.page == least.number
    assert f"The text of 3 pages was recognised in pictures, {0.9:.0%}"[:-3] in notice.sentence
    assert f"page {least.number}, {least.sureness:.0%}" in notice.sentence


def test_bullets_headings_and_page_numbers_are_seen_as_what_they_are(reading: Reading) -> None:
    page = reading.pages[1].text
    assert "• the control room closes at ten\n• nobody reads the log" in page
    assert page.endswith("2 of 3"), "the foot comes last"
    assert reading.title == "Review of the recording of reports in Northmoor"


def test_words_stand_where_they_are_on_the_crooked_picture(
    reading: Reading, report: bytes, tmp_path: Path
) -> None:
    straight = read(file(tmp_path, report)).pages[1].words[:40]
    crooked = reading.pages[1].words[:40]
    assert [w.text for w in crooked] == [w.text for w in straight]
    slope = math.radians(0.7)
    for was, now in zip(straight, crooked, strict=True):
        # Turned around the middle of the page: what is above it goes right, what is right goes down.
        right, down = (421 - was.box.top) * slope, (was.box.left - 297) * slope
        assert now.box.left - was.box.left == pytest.approx(right, abs=1.5)
        assert now.box.bottom - was.box.bottom == pytest.approx(down, abs=3)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_or_head_is_read_all_the_same(
    report: bytes, tmp_path: Path, turn: int
) -> None:
    last = scans.pages(report, turns=(turn,))[2]
    reading = read_safely(file(tmp_path, scans.bound([last])))
    assert taken(reading) == list(ASKS)
    page = reading.pages[0]
    lying = turn in (90, 270)
    assert (page.width > page.height) is lying
    boxes = [b for c in reading.candidates if c.taken for s in c.spans for b in s.boxes]
    assert all(0 <= b.left < b.right <= page.width for b in boxes)
    assert all(0 <= b.top < b.bottom <= page.height for b in boxes)
    wide = sum(b.right - b.left for b in boxes) > sum(b.bottom - b.top for b in boxes)
    assert wide is not lying


def test_pages_with_text_keep_theirs(report: bytes, tmp_path: Path) -> None:
    reading = read_safely(file(tmp_path, scans.mixed(report, [2])))
    assert [p.sureness is None for p in reading.pages] == [True, False, True]
    own = read(file(tmp_path, report))
    assert reading.pages[2].text == own.pages[2].text
    assert taken(reading) == list(ASKS)
    (notice,) = [n for n in reading.notices if n.code == "recognised"]
    assert "The text of page 2 was recognised in a picture" in notice.sentence


def test_a_scan_with_stamped_page_numbers_is_still_a_scan(scanned: bytes, tmp_path: Path) -> None:
    stamp = bytes(
        typst.compile(
            b"#set page(width: 210mm, height: 297mm, margin: 8mm, fill: none)\nFile 7, page 1\n#pagebreak()\nFile 7, page 2\n#pagebreak()\nFile 7, page 3"
        )
    )
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(scanned)) as pages, pikepdf.open(io.BytesIO(stamp)) as stamps:
        for page, mark in zip(pages.pages, stamps.pages, strict=True):
            page.add_overlay(mark)
        pages.save(out)
    reading = read_safely(file(tmp_path, out.getvalue()))
    assert taken(reading) == list(ASKS)


def test_letters_kept_as_outlines_are_recognised_too(tmp_path: Path) -> None:
    words = "".join(
        f"#place(dx: {x}mm, dy: {y}mm, polygon(fill: black, (0mm, 0mm), (2mm, 0mm), (1mm, 2mm)))\n"
        for x in range(0, 100, 10)
        for y in range(0, 60, 10)
    )
    path = file(tmp_path, bytes(typst.compile(f"#set page(width: 210mm)\n{words}".encode())))
    told: list[Progress] = []
    with pytest.raises(Unreadable, match="no text could be recognised"):
        read_safely(path, on_page=told.append)
    assert any(p.recognising for p in told)


# --- What cannot be recognised -----------------------------------------------------------------------


def test_a_picture_that_takes_too_long_costs_its_page_only(report: bytes, tmp_path: Path) -> None:
    path = file(tmp_path, scans.mixed(report, [2]))
    with pytest.raises(Unreadable):
        read_safely(file(tmp_path, scans.scanned(report)), limits=Limits(page_seconds=0))
    path = file(tmp_path, scans.mixed(report, [2]))
    reading = read_safely(path, limits=Limits(page_seconds=0))
    assert taken(reading) == list(ASKS)
    (notice,) = [n for n in reading.notices if n.code == "unread_pages"]
    assert (notice.page, "took longer than is allowed" in notice.sentence) == (2, True)


def test_a_picture_that_unpacks_to_more_than_there_is_costs_its_page_only(
    report: bytes, tmp_path: Path
) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(report)) as document:
        size = 60_000
        bomb = document.make_stream(b"\x00" * 1000)
        bomb.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=size,
                Height=size,
                ColorSpace=pikepdf.Name.DeviceRGB,
                BitsPerComponent=8,
            )
        )
        page = document.pages[1]
        page.Contents = document.make_stream(b"q 595 0 0 842 0 0 cm /Bomb Do Q")
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Bomb=bomb))
        document.save(out)
    reading = read_safely(file(tmp_path, out.getvalue()), limits=Limits(memory=800 * 1024 * 1024))
    assert taken(reading) == list(ASKS)
    assert not reading.pages[1].text


def test_blank_paper_is_put_aside_with_a_sentence(tmp_path: Path) -> None:
    blank = [Image.new("L", (827, 1169), 255)] * 2
    with pytest.raises(Unreadable, match="no text could be recognised in them") as caught:
        read_safely(file(tmp_path, scans.bound(blank, dpi=100)))
    assert (caught.value.code, caught.value.parked) == ("no_text", True)


# --- Going on where it was killed --------------------------------------------------------------------


class Kept(dict[int, bytes]):
    def keep(self, page: int, found: bytes) -> None:
        self[page] = found


def test_what_was_recognised_is_not_recognised_again(scanned: bytes, tmp_path: Path) -> None:
    path, memory = file(tmp_path, scanned), Kept()

    def killed(progress: Progress) -> None:
        if progress.recognising and progress.page == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_safely(path, on_page=killed, memory=memory)
    assert sorted(memory) == [1, 2]
    (first,) = decode(memory[1])
    memory[1] = encode([replace(first, words=(replace(first.words[0], text="Kept"),))])
    memory[2] = b"not what was kept"
    reading = read_safely(path, memory=memory)
    assert reading.pages[0].text == "Kept"
    assert "control room" in reading.pages[1].text, "what is broken is recognised anew"
    assert sorted(memory) == [1, 2, 3]


# --- Without the extra -------------------------------------------------------------------------------


def without_the_extra(folder: Path, path: Path) -> str:
    """What a process says that reads this file where the extra is not installed."""
    packages = folder / "packages"
    packages.mkdir()
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not entry.name.startswith(("tess", "__editable__")):
            (packages / entry.name).symlink_to(entry)
    code = (
        "import pathlib, sys\n"
        "from answerable.engine.documents import Unreadable, ocr, read_safely\n"
        "assert not ocr.available()\n"
        "try:\n"
        "    reading = read_safely(pathlib.Path(sys.argv[1]))\n"
        "    print([n.sentence for n in reading.notices], [c.text for c in reading.candidates])\n"
        "except Unreadable as refused:\n"
        "    print(refused.parked, refused.sentence)\n"
    )
    source = Path(__file__).parents[3] / "src"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code, str(path)],
        env=dict(os.environ) | {"PYTHONPATH": os.pathsep.join((str(source), str(packages)))},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def test_without_the_extra_a_scan_is_kept_and_says_how_to_get_it(
    scanned: bytes, tmp_path: Path
) -> None:
    said = without_the_extra(tmp_path, file(tmp_path, scanned))
    assert said.startswith("True This PDF is a scan: ")
    assert "pip install 'answerable[ocr]'" in said
    assert "choose Try again" in said


def test_without_the_extra_a_mixed_document_is_read_and_says_what_was_not(
    report: bytes, tmp_path: Path
) -> None:
    said = without_the_extra(tmp_path, file(tmp_path, scans.mixed(report, [2])))
    assert "Page 2 is a picture, and its text was not read." in said
    assert "answerable[ocr]" in said
    assert all(words in said for words in ASKS)


# --- Bytes and boxes ---------------------------------------------------------------------------------

PAGE = Recognised(3, 600.0, 800.0, 90, 0.01, (Seen("word", 10, 20, 50, 32, 12.9, True, 0.93),), "")


def test_what_was_recognised_comes_back_from_its_bytes() -> None:
    failed = Recognised(4, trouble="It is damaged.")
    assert decode(encode([PAGE, failed])) == (PAGE, failed)


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"{}x",
        b"[1]",
        b"[[1,2]]",
        b'[[1,600,800,45,0,"",[]]]',
        b"[[1,600,800,0,0,5,[]]]",
        b'[[1,600,1e999,0,0,"",[]]]',
        b'[[1,600,800,0,0,"",[["two words",1,1,1,1,1,0,1]]]]',
        b'[[1,600,800,0,0,"",[["",1,1,1,1,1,0,1]]]]',
        b'[[1,600,800,0,0,"",[["word",1,1,1,1,"x",0,1]]]]',
        b"[" * 100_000,
    ],
)
def test_other_bytes_are_refused(wrong: bytes) -> None:
    with pytest.raises(Malformed):
        decode(wrong)


def test_sizes_that_a_scan_measures_apart_are_one_size() -> None:
    words = tuple(
        Seen("letters", 0, 0, 1, 1, size, False, 1.0) for size in (11.9, 12.1, 12.1, 12.4)
    )
    title = Seen("Title", 0, 0, 1, 1, 16.1, False, 1.0)
    found = sizes([Recognised(1, words=(*words, title))])
    assert found == {11.9: 12.1, 12.1: 12.1, 12.4: 12.1, 16.1: 16.1}


@pytest.mark.parametrize(
    ("turn", "box", "size"),
    [
        (0, (10, 20, 50, 32), (600, 800)),
        (90, (20, 550, 32, 590), (800, 600)),
        (180, (550, 768, 590, 780), (600, 800)),
        (270, (768, 10, 780, 50), (800, 600)),
    ],
)
def test_boxes_go_back_to_where_they_are_on_the_page_as_shown(
    turn: int, box: tuple[int, ...], size: tuple[int, int]
) -> None:
    page = Page(3, 600.0, 800.0, "word", (Word("word", 0, 4, Box(10, 20, 50, 32)),))
    shown = placed(page, replace(PAGE, turn=turn, skew=0.0))
    assert shown.words[0].box == Box(*box)
    assert (shown.width, shown.height) == size
    assert shown.sureness == 0.93
