"""The sample replies, where they are laid beside the project."""

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
SAMPLES = PROJECT.parent / "shared" / "samples" / "responses"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="The samples are not beside the project.")
def test_nineteen_of_twenty_answers_are_joined():
    command = [sys.executable, "bench/replies.py"]
    told = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=300)
    assert told.returncode == 0, told.stderr
    assert float(told.stdout.split("joined")[-1]) >= 0.95
