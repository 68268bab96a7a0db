"""`answerable reading review`: the reader in real use, and cases that tell no words."""

import json
import stat
from pathlib import Path

import pytest

from tests import papers
from tests.operators.conftest import Installation

DECIDE = """
from answerable.accounts.models import Person
from answerable.register.actions.candidates import accept_candidate
from answerable.reports.actions.decisions import dismiss_candidate
from answerable.reports.models import Candidate
rosa = Person.objects.get(email="rosa@northmoor.example")
rows = Candidate.objects.select_related("reading__document__report").order_by("pk")
first, second, *_ = rows
accept_candidate(by=rosa, candidate=first, number="Quokka 1")
dismiss_candidate(by=rosa, candidate=second, reason="Printed by the Quokka")
"""
MAKER = "Inspectorate of Policing and Rescue"


@pytest.fixture
def used(installation: Installation) -> Installation:
    """Of the three that were found one is accepted under another number, and one dismissed."""
    installation.python(DECIDE)
    return installation


def test_before_anything_is_decided_it_says_so(installation: Installation) -> None:
    assert "Nobody has decided on anything" in installation.does("reading", "review")


def test_precision_is_told_by_maker_and_by_how_sure_it_was(used: Installation) -> None:
    told = used.does("reading", "review")
    line = next(line for line in told.splitlines() if MAKER[:30] in line)
    assert line.split()[-8:] == ["2", "1", "0", "50", "%", "–", "100", "%"]
    assert "in 10 like this are right" in told or "nearly all like this are right" in told
    (found,) = used.lines("reading", "review")
    (maker,) = found["makers"]  # type: ignore[misc]
    assert (maker["maker"], maker["precision"], maker["recall"]) == (MAKER, 0.5, None)
    assert (maker["relabelled"], maker["dismissed"], maker["missed"]) == (1, 1, 0)
    assert sum(band["decided"] for band in found["bands"]) == 2  # type: ignore[attr-defined]
    assert found["everything"]["precision"] == 0.5  # type: ignore[index]


def test_the_cases_are_exported_without_any_words(used: Installation, tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    done = used.run("reading", "review", "--export", path)
    assert done.returncode == 0, done.stderr
    assert "2 cases written to" in done.stderr
    assert "without any words" in done.stderr
    told = path.read_text()
    assert [json.loads(line)["outcome"] for line in told.splitlines()] == ["accepted", "dismissed"]
    asked = {w.strip(".,").casefold() for words in papers.ASKS for w in words.split()}
    asked = {w for w in asked if len(w) > 5} - {"should"}  # a word of the reader’s own reasons too
    for word in ("quokka", "northmoor", "rescue", "inspection of", *sorted(asked)):
        assert word not in told.casefold().replace('"report"', ""), word
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_words_leave_only_where_they_are_asked_for(used: Installation, tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    used.does("reading", "review", "--export", path, "--with-text")
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    assert rows[0]["text"]["number"] == "Quokka 1"
    assert rows[0]["text"]["maker"] == MAKER
    assert rows[1]["text"]["reason"] == "Printed by the Quokka"


def test_a_file_that_is_there_is_left_alone(used: Installation, tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text("mine")
    assert "Nothing was written" in used.refuses("reading", "review", "--export", path)
    assert path.read_text() == "mine"
    used.refuses("reading", "review", "--with-text", code=2)
