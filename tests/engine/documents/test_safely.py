"""The child process: it can be lost without harm, and nothing gets out of it but data."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from answerable.engine.documents import (
    Limits,
    Malformed,
    Progress,
    Unreadable,
    check_safely,
    codec,
    page_picture,
    read,
    read_safely,
    safely,
)

from . import papers

SMALL = Limits(memory=400 * 1024 * 1024, cpu_seconds=5, wall_seconds=8)

REPORT = f"""
= Review
{papers.PROSE}
== Recommendations
1. The force should publish its plan by 31 March 2027.
2. The council should visit every home.
"""


def refusal(path: Path, limits: Limits) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_safely(path, limits=limits, name=path.name)
    return caught.value


def children(of: int) -> set[int]:
    """The processes that this one started and that still live."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = entry.read_text().rsplit(")", 1)[1].split()[:2]
        except OSError:
            continue
        if int(parent) == of and state != "Z":
            found.add(int(entry.parent.name))
    return found


def confined(code: str) -> str:
    """What a process prints that confines itself and then runs the code."""
    source = (
        "from answerable.engine.documents import confine\n"
        "from answerable.engine.documents.shapes import Limits\n"
        "confine.confine(Limits(memory=1 << 30))\n"
        f"try:\n    {code}\n    print('done')\nexcept BaseException as error:\n    print(type(error).__name__)\n"
    )
    return subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, timeout=60, check=False
    ).stdout.strip()


def test_the_child_reads_what_this_process_would_read(tmp_path):
    path = papers.pdf(tmp_path, REPORT)
    assert read_safely(path, limits=SMALL, name="report.pdf") == read(path)


def test_progress_comes_page_by_page(tmp_path):
    seen: list[Progress] = []
    path = papers.plain_pdf(tmp_path, pages=4)
    read_safely(path, limits=SMALL, name="report.pdf", on_page=seen.append)
    assert seen == [Progress(n, 4) for n in range(1, 5)]


def test_refusals_of_the_gate_arrive_with_their_sentence(tmp_path):
    refused = refusal(papers.file(tmp_path, b"", "report.pdf"), SMALL)
    assert (refused.code, refused.parked) == ("empty", False)
    assert "send it again" in refused.sentence


def test_the_gate_alone_answers_at_once(tmp_path):
    checked = check_safely(papers.plain_pdf(tmp_path, pages=2), limits=SMALL)
    assert checked.pages == 2


def test_a_child_over_its_time_is_ended_and_says_so(tmp_path):
    path = papers.plain_pdf(tmp_path, pages=1500)
    others = children(os.getpid())  # a browser of other tests may live in this process
    started = time.monotonic()
    refused = refusal(path, Limits(cpu_seconds=1, wall_seconds=1))
    assert refused.code == "too_slow"
    # Its own limit is 1 second; a busy machine may be slow to end it.
    assert time.monotonic() - started < 60
    assert children(os.getpid()) <= others


def test_a_child_over_its_memory_is_refused_in_words(tmp_path):
    # A page whose content unpacks to far more than the child may have.
    stream = b"BT /F1 12 Tf (x) Tj ET " * 4_000_000
    path = papers.pdf_with_content(tmp_path, stream)
    refused = refusal(path, Limits(memory=150 * 1024 * 1024, cpu_seconds=10, wall_seconds=20))
    assert refused.code in {"damaged", "bomb", "too_slow"}
    assert refused.sentence.endswith(".")


def test_a_child_cannot_reach_the_network():
    assert confined("import socket; socket.create_connection(('127.0.0.1', 9), 1)") in {
        "PermissionError",
        "OSError",
    }


@pytest.mark.parametrize(
    "code",
    [
        "open('answerable-child-was-here', 'w').write('x')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.remove('/tmp/nothing-here')",
    ],
)
def test_a_child_cannot_write_or_start_anything(code):
    assert confined(code) == "PermissionError"
    assert not Path("answerable-child-was-here").exists()


def test_a_child_dies_with_its_parent(tmp_path):
    path = papers.plain_pdf(tmp_path, pages=400)
    source = (
        "from pathlib import Path\nfrom answerable.engine.documents import read_safely\n"
        f"read_safely(Path({str(path)!r}), on_page=lambda p: print(p.page, flush=True))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    parent.stdout.readline()
    reading = children(parent.pid)
    assert reading
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{pid}").exists() for pid in reading) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in reading)


def test_nothing_is_left_open(tmp_path):
    path = papers.plain_pdf(tmp_path)
    read_safely(path, limits=SMALL)
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        read_safely(path, limits=SMALL)
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize(
    "said",
    [
        b"P 1\n",
        b"R -5\n",
        b"R 99999999999999\n",
        b"R 3\nabc",
        b"U {}\n",
        b"U not json\n",
        b"hello\n",
        b"x" * 70_000,
        b"R 2\n{}",
        b"",
    ],
)
def test_a_child_that_talks_nonsense_is_a_damaged_document(tmp_path, monkeypatch, said):
    """As if a hostile document had taken the child over."""
    speaker = papers.file(tmp_path, b"", "speaker.py")
    speaker.write_text(f"import sys; sys.stdout.buffer.write({said!r})")
    monkeypatch.setattr(safely, "_COMMAND", (sys.executable, str(speaker)))
    refused = refusal(papers.plain_pdf(tmp_path), SMALL)
    assert refused.code == "damaged"


def test_a_page_is_drawn_within_bounds(tmp_path):
    path = papers.pdf(tmp_path, REPORT)
    picture = page_picture(path, 1, width=400, limits=SMALL)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) == 400
    huge = page_picture(path, 1, width=1_000_000, limits=SMALL)
    assert int.from_bytes(huge[16:20]) <= 2400
    with pytest.raises(Unreadable, match="no page 9"):
        page_picture(path, 9, limits=SMALL)


def test_a_reading_survives_its_encoding(tmp_path):
    reading = read(papers.pdf(tmp_path, REPORT))
    assert codec.decode(codec.encode(reading)) == reading


def test_a_page_survives_packing_and_gets_small(tmp_path):
    page = read(papers.pdf(tmp_path, REPORT)).pages[0]
    packed = codec.pack(page)
    assert codec.unpack(page.number, page.width, page.height, page.text, packed) == page
    assert len(packed) < 12 * len(page.words) + 400


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b'{"pages": 3}', b"\xff", b"[" * 100_000],
)
def test_what_is_no_reading_is_malformed(data):
    with pytest.raises(Malformed):
        codec.decode(data)


def test_boxes_that_point_outside_the_text_are_malformed(tmp_path):
    page = read(papers.pdf(tmp_path, REPORT)).pages[0]
    with pytest.raises(Malformed):
        codec.unpack(1, 10.0, 10.0, page.text[:20], codec.pack(page))
