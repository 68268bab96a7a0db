"""`answerable closures review`: says what it opened again, and does nothing twice."""

import json
from datetime import timedelta

import pytest
import time_machine
from click.testing import CliRunner
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.assurance.models import Closure
from answerable.cli.closures import closures
from answerable.plan.actions.claims import make_claim


def review(*options: str) -> str:
    done = CliRunner().invoke(closures, ["review", *options])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("as_json", [False, True])
def test_what_was_opened_again_is_told_once(closure: Closure, omar: Person, as_json: bool) -> None:
    assert review() == "Every closure holds.\n"
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        make_claim(
            by=omar,
            undertaking=closure.undertaking,
            rung="in_progress",
            words="Two teams no longer do it.",
            slipped_on=timezone.localdate(),
        )
        if as_json:
            [one] = json.loads(review("--json"))["reopened"]
            assert one == {
                "reference": closure.undertaking.recommendation.reference,
                "body": "Northmoor Police",
                "because": "own_word",
            }
        else:
            told = review()
            assert "of Northmoor Police is open again. The body itself reported" in told
            assert told.endswith("1 closure undone.\n")
        assert review() == "Every closure holds.\n"
