"""`answerable report ingest | list`: with nothing at all, and into the register."""

import json
import subprocess
from pathlib import Path

import pytest

from tests import papers
from tests.operators.conftest import COMMAND, Installation

KEYS = ["file", "sha256", "pages", "seconds", "candidates", "warnings"]
CANDIDATE = ["number", "text", "page", "kind", "addressees", "due", "confidence", "why"]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A report of three pages with three recommendations on its last."""
    path = tmp_path / "review.pdf"
    path.write_bytes(papers.pdf())
    return path


# --- Only reading ----------------------------------------------------------------------------------


def test_a_dry_run_prints_exactly_the_promised_object(bare: Installation, paper: Path) -> None:
    (line,) = bare.lines("report", "ingest", "--dry-run", paper)
    assert list(line) == KEYS
    assert (line["file"], line["pages"]) == (str(paper), 3)
    found = line["candidates"]
    assert isinstance(found, list)
    assert [c["text"] for c in found] == list(papers.ASKS)
    for number, candidate in enumerate(found, start=1):
        assert list(candidate) == CANDIDATE
        assert (candidate["page"], str(candidate["number"]).strip(".")) == (3, str(number))
        assert 0 < candidate["confidence"] <= 1
        assert candidate["why"]


def test_without_pages_or_numbers_they_are_null(bare: Installation, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_bytes(papers.HTML)
    (line,) = bare.lines("report", "ingest", "--dry-run", page)
    assert line["pages"] is None
    assert line["candidates"]
    assert all(c["page"] is None for c in line["candidates"])  # type: ignore[attr-defined]


def test_a_dry_run_needs_no_settings_and_makes_nothing(bare: Installation, paper: Path) -> None:
    wrong = Installation(
        bare.data, settings={"ANSWERABLE_NONSENSE": "x", "ANSWERABLE_DATABASE": "none"}
    )
    before = sorted(paper.parent.rglob("*"))
    assert "3 found" in wrong.does("report", "ingest", "--dry-run", paper)
    assert sorted(paper.parent.rglob("*")) == before


def test_a_file_that_cannot_be_read_gives_its_error_and_the_others_are_read(
    bare: Installation, paper: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(papers.PROGRAM)
    done = bare.run("report", "ingest", "--dry-run", "--json", broken, paper)
    first, second = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 1
    assert list(first) == ["file", "error"]
    assert first["file"] == str(broken)
    assert first["error"].endswith(".")
    assert list(second) == KEYS
    assert done.stderr == ""


def test_a_name_that_is_no_text_is_read_too(bare: Installation, tmp_path: Path) -> None:
    path = bytes(tmp_path) + b"/r\xe9sum\xe9.pdf"
    Path(path.decode("utf-8", "surrogateescape")).write_bytes(papers.pdf())
    done = subprocess.run(
        [*(c.encode() for c in COMMAND), b"report", b"ingest", b"--dry-run", b"--json", path],
        env=bare.env,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    assert list(json.loads(done.stdout)) == KEYS


SAMPLES = ("reports", "responses")


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_real_sample_is_read_or_refused_with_a_sentence(
    bare: Installation, shared: Path, kind: str
) -> None:
    files = sorted(p for p in (shared / "samples" / kind).iterdir() if p.is_file())
    done = bare.run("report", "ingest", "--dry-run", "--json", *files, seconds=900)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"] for line in lines] == list(map(str, files))
    for line in lines:
        assert list(line) in (KEYS, ["file", "error"]), line
        assert line.get("error", "ends well.").endswith(".")
    assert "Traceback" not in done.stderr


# --- Into the register -----------------------------------------------------------------------------

AS = ("--as", "rosa@northmoor.example")
BY = ("--author", "Inspectorate of Policing and Rescue")


def reports(installation: Installation) -> list[str]:
    return [str(line["title"]) for line in installation.lines("report", "list")]


def test_a_file_is_received_read_and_waits_for_a_person(
    installation: Installation, paper: Path
) -> None:
    paper.write_bytes(papers.pdf(2, title="Another review"))
    title = ("--title", "Another review of Northmoor")
    (line,) = installation.lines("report", "ingest", paper, *AS, *BY, *title)
    assert (line["state"], line["candidates"]) == ("read", 3)
    assert "Another review of Northmoor" in reports(installation)
    assert installation.lines("audit", "verify")[0]["holds"]


def test_a_file_that_is_refused_leaves_no_report_behind(
    installation: Installation, paper: Path, tmp_path: Path
) -> None:
    installation.does("report", "ingest", paper, *AS, *BY)
    before = reports(installation)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(papers.PROGRAM)
    for _ in range(2):
        done = installation.run("report", "ingest", paper, broken, *AS, *BY)
        assert done.returncode == 1
        assert "the same file, byte for byte" in done.stderr
        assert "broken.pdf: " in done.stderr
    assert reports(installation) == before


def test_a_scan_is_kept_and_put_aside_with_a_sentence(
    installation: Installation, tmp_path: Path
) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(papers.scan())
    (line,) = installation.lines(
        "report", "ingest", scan, *AS, "--report", "inspection-of-northmoor"
    )
    assert line["state"] == "parked"
    assert str(line["because"]).endswith(".")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (BY, "Say who does this"),
        (("--as", "nobody@northmoor.example", *BY), "may sign in here"),
        (AS, "Say which body made the report"),
        ((*AS, "--author", "Nobody we know"), "Say which body made the report"),
        ((*AS, "--report", "none"), "There is no report none"),
        (("--as", "ada@northmoor.example", *BY), "Only a governance officer"),
    ],
)
def test_who_for_whom_and_into_what_are_asked_first(
    furnished: Installation, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    fresh = tmp_path / "fresh.pdf"
    fresh.write_bytes(papers.pdf(2, title="Never kept"))
    before = reports(furnished)
    assert sentence in furnished.refuses("report", "ingest", fresh, *arguments)
    assert reports(furnished) == before
