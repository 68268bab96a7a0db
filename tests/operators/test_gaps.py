"""`answerable gaps`: run, list, show and verify, for an operator."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from answerable.cli.gaps import gaps
from answerable.engine.gap_analysis import from_json
from answerable.gaps.models import GapRun
from answerable.register.actions.responses import read_position
from tests.gapped import Gapped


def answerable(*arguments: str, code: int = 0) -> Result:
    done = CliRunner().invoke(gaps, arguments)
    assert done.exit_code == code, done.output
    return done


def test_an_operator_runs_a_gap_analysis_and_anyone_can_check_it(
    gapped: Gapped, tmp_path: Path
) -> None:
    assert "No gap analysis was run yet." in answerable("list").stdout
    path = tmp_path / "gaps.json"
    told = answerable("run", "--json", str(path)).stdout
    assert told.startswith(
        "G-0001, all bodies, 22 November 2026: 30 gaps in 13 of 14 undertakings."
    )
    assert "1  Asked again after it was called done" in told
    run = GapRun.objects.get()
    assert path.read_bytes() == run.content.encode()
    assert len(from_json(json.loads(path.read_bytes())).gaps) == 30

    shown = answerable("show", "G-0001").stdout
    assert "R-0013  Northmoor Police  Asked again after it was called done: R-0002 was" in shown
    assert answerable("show", "G-0001", "--json").stdout.strip() == run.content

    assert "Made again, it is the same." in answerable("verify", "G-0001").stdout
    answerable("run", "--body", gapped.heir.slug)
    [newest, first] = [json.loads(one) for one in answerable("list", "--json").stdout.splitlines()]
    assert (newest["reference"], newest["scope"]) == ("G-0002", gapped.heir.slug)
    assert first["sha256"] == run.sha256

    reply = gapped.of("unread").responses.get()
    read_position(by=gapped.rosa, response=reply, position="rejected", reason="It says no.")
    assert "The record has moved on" in answerable("verify", "G-0001").stdout
    assert json.loads(answerable("verify", "G-0001", "--json").stdout)["same"] is None
    assert "There is no body" in answerable("run", "--body", "nowhere", code=1).output
