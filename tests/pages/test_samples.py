"""The pages of a sample: bound, drawn once, counted, and checked by whoever has the list."""

import html
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from answerable.accounts.models import Person
from answerable.assurance.actions.samples import commit_sample, draw_sample
from answerable.assurance.models import Sample
from answerable.audit.models import Event
from answerable.register.models import Undertaking

BY = "/desk/register/R-0001/by/northmoor-police/sample/"
RECORDS = [f"NM-{number:05}" for number in range(1, 41)]
CRITERIA = ("Recorded within 24 hours.", "A supervisor read it.")
Page = Callable[..., str]


@pytest.fixture
def page(client: Client) -> Page:
    """Gets or posts as someone; returns the page it ends on, in one line."""

    def ask(person: Person, path: str, status: int = 200, /, **data: object) -> str:
        client.force_login(person)
        answer = client.post(path, data, follow=True) if data else client.get(path)
        assert answer.status_code == status, answer.content[:800]
        return " ".join(answer.content.decode().split())

    return ask


@pytest.fixture
def bound(accepted: Undertaking, vera: Person) -> Sample:
    return commit_sample(
        by=vera, undertaking=accepted, size=5, why="The test says five.", criteria=CRITERIA
    )


@pytest.fixture
def drawn(bound: Sample, vera: Person) -> Sample:
    return draw_sample(by=vera, sample=bound, records=RECORDS).sample


def test_the_office_binds_itself_and_shows_the_digest(
    page: Page, vera: Person, accepted: Undertaking
) -> None:
    wrong = page(vera, BY, size="5", why="The test says five.", criteria=" ")
    assert "There is a problem" in wrong
    assert "The test says five.</textarea>" in wrong
    told = page(vera, BY, size="5", why="The test says five.", criteria="\n".join(CRITERIA))
    sample = Sample.objects.get()
    assert sample.criteria == list(CRITERIA)
    assert sample.seed_digest in told
    assert sample.secret not in told
    assert "The list has not arrived yet." in told


@pytest.mark.parametrize("who", ["rosa", "omar", "cass"])
def test_only_an_independent_verifier_draws(
    who: str, page: Page, bound: Sample, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    for path in ("", f"{bound.pk}/draw/"):
        page(person, BY + path, 403)
    assert "The list has come" not in page(person, f"{BY}{bound.pk}/")


def test_a_stranger_finds_no_sample(page: Page, bound: Sample, lena: Person, vera: Person) -> None:
    page(lena, f"{BY}{bound.pk}/", 404)
    page(vera, f"{BY}{bound.pk + 1}/", 404)


def workbook(records: list[str]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for record in ["Crime number", *records]:
        book.active.append([record, "x"])
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("list.xlsx", out.getvalue())


def test_what_is_drawn_is_shown_once_and_kept_nowhere(
    client: Client, page: Page, vera: Person, bound: Sample
) -> None:
    path = f"{BY}{bound.pk}/draw/"
    page(vera, path)
    answer = client.post(path, {"expected": "40", "upload": workbook(RECORDS), "headed": "on"})
    said = answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert "Print or copy them now" in said
    shown = [record for record in RECORDS if f"<li>{record}</li>" in said]
    found = Sample.objects.get()
    assert shown == [RECORDS[place - 1] for place in found.drawn]
    page(vera, path, 403)
    assert shown[0] not in page(vera, f"{BY}{bound.pk}/")
    assert not Event.objects.filter(content__contains=shown[0]).exists()


def test_nothing_is_drawn_from_a_list_that_is_not_whole(
    page: Page, vera: Person, bound: Sample
) -> None:
    path, pasted = f"{BY}{bound.pk}/draw/", "\n".join(["Crime number", *RECORDS])
    assert "Is the first a heading?" in page(vera, path, expected="40", records=pasted)
    assert "Paste the record numbers" in page(vera, path, expected="40", records="")
    both = {"records": pasted, "upload": workbook(RECORDS)}
    assert "not both" in page(vera, path, expected="40", **both)
    wrong = SimpleUploadedFile("list.pdf", b"%PDF-1.7 and so on")
    assert "no list of record numbers" in page(vera, path, expected="40", upload=wrong)
    twice = "\n".join([*RECORDS[:39], RECORDS[0]])
    assert "stand in the list more than once" in page(vera, path, expected="40", records=twice)
    assert Sample.objects.get().drawn_at is None


def test_counts_come_with_the_interval_that_the_size_allows(
    page: Page, vera: Person, omar: Person, drawn: Sample
) -> None:
    path = f"{BY}{drawn.pk}/seen/"
    page(omar, path, 403)
    wrong = page(vera, path, met_0="6", of_0="5", met_1="3", of_1="2")
    assert "“Recorded within 24 hours.”: only 5 records were drawn" in wrong
    assert "“A supervisor read it.”: more met it than were looked at" in wrong
    told = page(vera, path, met_0="4", of_0="5", met_1="5", of_1="5")
    assert "4 of 5" in told
    assert "between 38% and 96% (95 % confidence)" in told
    page(vera, path, 403)


def test_whoever_has_the_list_checks_that_nobody_chose(
    page: Page, omar: Person, drawn: Sample
) -> None:
    path = f"{BY}{drawn.pk}/check/"
    assert drawn.seed in page(omar, path)
    assert "Nobody chose." in page(omar, path, records="\n".join(RECORDS))
    assert "another list than the one" in page(omar, path, records="\n".join(RECORDS[1:]))


def test_the_program_on_the_page_draws_the_same(
    client: Client, omar: Person, drawn: Sample, tmp_path: Path
) -> None:
    """Whoever trusts nothing of ours runs it by themselves."""
    client.force_login(omar)
    said = html.unescape(client.get(f"{BY}{drawn.pk}/check/").content.decode())
    program = said.split("<code>")[1].split("</code>")[0]
    (tmp_path / "list.txt").write_text("\n".join(RECORDS))
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert run.stdout.split("\n")[:2] == [drawn.seed_digest, str(drawn.drawn)]


def test_the_pages_cost_few_queries(
    client: Client,
    vera: Person,
    drawn: Sample,
    django_assert_max_num_queries: Any,
) -> None:
    client.force_login(vera)
    for path in ("", f"{drawn.pk}/", f"{drawn.pk}/seen/", f"{drawn.pk}/check/"):
        with django_assert_max_num_queries(15):
            assert client.get(BY + path).status_code == 200
