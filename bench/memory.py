"""What reading a long document costs in memory.

    make bench-memory

Dense pages are typeset here, laid end to end, and read in a fresh process each time, encoded as in
the child. Printed: peak resident memory, start-up included, for 250, 500 and 1,000 pages.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf
import typst

PAGES = (250, 500, 1_000)
GOAL = 400
PROSE = (
    "The team read what had been written down, asked what had been done about it, and compared "
    "both with what people in the control room said when nobody was taking notes. "
)
MEASURE = """
import gc, resource, sys
from pathlib import Path
from answerable.engine.documents import codec, read
gc.disable()
codec.encode(read(Path(sys.argv[1])))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        peaks = {count: peak(long_document(Path(folder), count)) for count in PAGES}
    for count, megabytes in peaks.items():
        print(f"{count:5} pages: {megabytes} MB at the highest")
    most = peaks[PAGES[-1]]
    print(f"1,000 pages: {most} MB, the goal is under {GOAL} MB")
    return int(most >= GOAL)


def long_document(folder: Path, count: int) -> Path:
    """So many pages of 500 words, a numbered paragraph at a time."""
    paragraphs = "\n\n".join(f"{n // 9 + 1}.{n % 9 + 1} {PROSE * 2}" for n in range(180))
    source = f"#set text(size: 10pt)\n= A long report\n{paragraphs}"
    once = pikepdf.open(folder / _saved(folder, typst.compile(source.encode(), format="pdf")))
    whole = pikepdf.new()
    while len(whole.pages) < count:
        whole.add_pages_from(once)
    del whole.pages[count:]
    path = folder / f"{count}.pdf"
    whole.save(path)
    return path


def _saved(folder: Path, data: bytes) -> str:
    (folder / "once.pdf").write_bytes(data)
    return "once.pdf"


def peak(path: Path) -> int:
    """Megabytes at the highest, in a process of its own."""
    command = [sys.executable, "-c", MEASURE, str(path)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    sys.exit(main())
