"""`answerable user invite`: the first run sets up the office, all or nothing."""

import pytest

from tests.operators.conftest import Installation

ADA = ("ada@office.example", "--name", "Ada Whitlock", "--role", "administrator")
OFFICE = ("--office", "Northmoor Commissioner")


@pytest.fixture
def migrated(bare: Installation) -> Installation:
    bare.does("migrate")
    return bare


def bodies(installation: Installation) -> str:
    code = "from answerable.accounts.models import Body\nprint(*Body.objects.values_list('name', 'is_office'))"
    return installation.python(code)


def test_the_first_invitation_makes_the_office_and_its_link_opens(migrated: Installation) -> None:
    assert "Name it: --office" in migrated.refuses("user", "invite", *ADA)
    (line,) = migrated.lines("user", "invite", *ADA, *OFFICE)
    assert list(line) == ["email", "link"]
    assert bodies(migrated) == "('Northmoor Commissioner', True)"
    code = (
        "import sys; from django.test import Client\n"
        "page = Client(HTTP_HOST='localhost').get(sys.argv[1], follow=True); print(page.status_code, 'Ada Whitlock' in page.text)"
    )
    assert migrated.python(code, str(line["link"]).split("8000")[1]) == "200 True"
    assert migrated.lines("audit", "verify")[0]["holds"]


def test_without_a_mail_server_the_message_is_beside_the_answer(migrated: Installation) -> None:
    done = migrated.run("user", "invite", *ADA, *OFFICE)
    assert done.stdout.startswith("Send this link to Ada Whitlock. It works once:\nhttp")
    assert "Subject: An invitation to Answerable" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("not an address", "--name", "X", "--role", "reader"), "email"),
        (("o@x.example", "--name", "Omar", "--role", "assurance_lead"), "."),
        ((*ADA, "--body", "Nowhere"), "There is no body called Nowhere"),
    ],
)
def test_a_refused_invitation_leaves_no_office_behind(
    migrated: Installation, arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in migrated.refuses("user", "invite", *arguments, *OFFICE)
    assert bodies(migrated) == ""


def test_the_same_person_is_not_invited_twice(migrated: Installation) -> None:
    migrated.does("user", "invite", *ADA, *OFFICE)
    assert "already has an invitation" in migrated.refuses("user", "invite", *ADA)


def test_before_the_tables_are_there_it_says_so(bare: Installation) -> None:
    assert "answerable migrate" in bare.refuses("user", "invite", *ADA, *OFFICE)
