"""`answerable likeness index | rebuild | ask | pairs`, with the office's own record."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from answerable.accounts.models import Person
from answerable.cli.likeness import likeness
from answerable.register.actions.likeness import dismiss_likeness
from answerable.register.actions.links import sign_link
from answerable.register.models import LikenessText, Recommendation
from tests.subjects.test_links import ask, three

__all__ = ["ask", "three"]  # fixtures


def run(*arguments: str) -> str:
    done = CliRunner().invoke(likeness, arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_what_is_missing_is_put_in(three: tuple[Recommendation, ...]) -> None:
    assert run("index") == "Everything is in the index.\n"
    LikenessText.objects.filter(pk=three[0].pk).update(version=0)
    assert run("index") == "1 recommendation put into the index.\n"
    assert run("rebuild") == "The index has 3 recommendations.\n"
    assert run("ask", "Record every crime.").count("Record every crime within a day.") == 3


def test_a_sentence_is_asked_for(asked: list[Recommendation]) -> None:
    told = run("ask", "Record a crime against a child within 24 hours.", "--top", "1")
    assert told.startswith("R-0001  odds ")
    assert "24 hours" in told
    [line] = run("ask", "Record a crime within 24 hours.", "--top", "1", "--json").splitlines()
    found = json.loads(line)
    assert (found["reference"], found["report"]) == ("R-0001", asked[0].report.title)
    assert sum(found["odds"].values()) == pytest.approx(1)
    assert run("ask", "Zebra crossings.").startswith("Nothing here shares a word with it.")
    assert run("ask", "Zebra crossings.", "--json") == ""


def test_what_people_decided_is_written_as_csv(
    rosa: Person, three: tuple[Recommendation, ...]
) -> None:
    first, second, third = three
    sign_link(by=rosa, earlier=first, later=second, relation="same", reason="Private reason.")
    dismiss_likeness(by=rosa, recommendation=first, other=third, reason="Private reason.")
    told = run("pairs")
    rows = [list(row.values())[:3] for row in csv.DictReader(io.StringIO(told))]
    assert rows == [["R-0001", "R-0002", "same"], ["R-0001", "R-0003", "unrelated"]]
    assert "Private" not in told
    assert "Rosa" not in told
    assert "within a day" not in told
    assert run("pairs", "--words").count("within a day") == 4
