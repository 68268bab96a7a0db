"""`answerable chasing run`: the day's work, safe to repeat."""

import pytest
from click.testing import CliRunner

from answerable.accounts.models import Person
from answerable.chasing.actions.subscriptions import choose_rhythm
from answerable.chasing.models import Chase, Delivery
from answerable.cli.chasing import chasing
from answerable.register.models import Undertaking
from tests.mail import Post

pytestmark = pytest.mark.django_db


def run() -> str:
    done = CliRunner().invoke(chasing, ["run"])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_days_work_is_done_once_however_often_it_is_run(
    post: Post, silent: Undertaking, rosa: Person, lena: Person
) -> None:
    choose_rhythm(by=rosa, rhythm="daily")
    choose_rhythm(by=lena, rhythm="never")
    first = run()
    assert "1 digest made" in first
    prepared, digests = Chase.objects.count(), Delivery.objects.count()
    again = run()
    assert "0 messages prepared" in again
    assert "0 digests made" in again
    assert (Chase.objects.count(), Delivery.objects.count()) == (prepared, digests)
    assert [m["To"] for m in post.arrived] == [rosa.email]
    assert "has not replied" in post.arrived[0].get_body().get_content()  # type: ignore[union-attr]


def test_without_a_mail_server_it_says_so(silent: Undertaking, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"  # type: ignore[attr-defined]
    assert "Set ANSWERABLE_MAIL" in run()
