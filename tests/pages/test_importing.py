"""Bring a spreadsheet into the register: who may, what is asked, and that nothing chosen is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from answerable.accounts.models import Body, Person
from answerable.register.actions import importing as actions
from answerable.register.models import Import, PendingImport, Recommendation
from tests.spreadsheets import book_of, csv_of, messy, row

pytestmark = pytest.mark.django_db
START = "/desk/register/import/"
Send = Callable[..., str]


@pytest.fixture
def send(client: Client, rosa: Person, force: Body, inspectorate: Body) -> Send:
    """Rosa sends a file; the page that she comes to, as she reads it."""

    def sent(content: bytes, name: str = "old list.csv") -> str:
        client.force_login(rosa)
        answer = client.post(START, {"upload": SimpleUploadedFile(name, content)}, follow=True)
        assert answer.status_code == 200
        return read(answer)

    return sent


def read(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def of(pending: PendingImport, page: str = "") -> str:
    return f"{START}{pending.pk}/{page}"


def mapped(client: Client, **chosen: object) -> PendingImport:
    """What Rosa has sent, with its columns as they were guessed."""
    pending = PendingImport.objects.get()
    shown = client.get(of(pending, "columns/")).context
    columns = {f.name: f.value() or "" for f in shown["form"] if f.name.startswith("c")}
    given = {**columns, **shown["at"], "carry": "", "exact": "exact", **chosen}
    client.post(of(pending, "columns/"), given)
    pending.refresh_from_db()
    return pending


# --- Who --------------------------------------------------------------------------------------------


def test_only_a_governance_officer_reaches_it_and_only_her_own(
    client: Client, send: Send, second_officer: Person, vera: Person, omar: Person
) -> None:
    send(csv_of(row(1)))
    pending = mapped(client)
    pages = [of(pending, page) for page in ("", "columns/", "refused.csv")]
    for person, start in ((vera, 403), (omar, 403), (second_officer, 200)):
        client.force_login(person)
        assert client.get(START).status_code == start
        expected = 404 if start == 200 else 403
        assert [client.get(page).status_code for page in pages] == [expected] * 3
        assert client.post(of(pending, "throw-away/")).status_code == expected
        assert "old list.csv" not in client.get(START).content.decode()
    client.logout()
    assert client.get(START).status_code == 302
    assert PendingImport.objects.count() == 1


def test_a_body_s_people_do_not_see_what_else_came_with_it(
    client: Client, send: Send, rosa: Person, omar: Person
) -> None:
    send(csv_of(row(1)))
    pending = mapped(client)
    brought(client, pending)
    done = f"/desk/register/imported/{Import.objects.get().pk}/"
    assert client.get(done).status_code == 200
    assert "It came from row 2" in read(client.get("/desk/register/R-0001/"))
    client.force_login(omar)
    assert client.get(done).status_code == 404
    assert "old list" not in read(client.get("/desk/register/R-0001/"))


# --- The file ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b"\xd0\xcf\x11\xe0",
            "old list.csv: This is an old Excel file (.xls), or one that is locked",
        ),
        (b"PK\x03\x04", "old list.csv: This file is damaged"),
        (b"%PDF-1.7", "old list.csv: This is no spreadsheet"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_name_with_the_reason(
    send: Send, content: bytes, said: str
) -> None:
    assert said in send(content)
    assert not PendingImport.objects.exists()


def test_no_file_is_asked_for(client: Client, send: Send, rosa: Person) -> None:
    client.force_login(rosa)
    assert "Choose a file" in read(client.post(START, {}))


def test_it_waits_for_its_owner_and_can_be_thrown_away(client: Client, send: Send) -> None:
    send(csv_of(row(1)))
    pending = PendingImport.objects.get()
    assert "old list.csv" in read(client.get(START))
    assert client.get(of(pending, "throw-away/")).status_code == 405
    assert "was thrown away" in read(client.post(of(pending, "throw-away/"), follow=True))
    assert client.get(of(pending)).status_code == 404


# --- Columns ----------------------------------------------------------------------------------------


def test_the_likeliest_sheet_and_headings_are_found_and_can_be_changed(
    client: Client, send: Send
) -> None:
    page = send(messy(20)[0], "tracker.xlsx")
    assert "Report: Title" in page
    assert "The first 3 as they would be" in page
    pending = PendingImport.objects.get()
    other = client.get(of(pending, "columns/"), {"sheet": 0, "header": 1}).context["table"]
    assert other.name == "Read me"
    lower = client.get(of(pending, "columns/"), {"sheet": 1, "header": 2}).context["at"]
    assert lower == {"sheet": 1, "header": 2}


def test_a_wrong_choice_is_told_and_what_was_chosen_stays(client: Client, send: Send) -> None:
    send(csv_of(row(1)))
    pending = PendingImport.objects.get()
    sent = {
        "sheet": 0,
        "header": 1,
        "c1": "report",
        "c2": "report",
        "c5": "subject",
        "exact": "ours",
    }
    page = read(client.post(of(pending, "columns/"), sent))
    assert "Column A is “Title of the report” already: choose one" in page
    assert "Say which column holds “Words of the recommendation”" in page
    again = client.get(of(pending, "columns/")).context["form"]
    assert [again[name].value() for name in ("c2", "c5", "exact")] == ["report", "subject", "ours"]


def test_a_list_without_reports_is_asked_for_the_one_report(client: Client, send: Send) -> None:
    send(csv_of(["Make sure that this is done at once."], heads=["Recommendation"]))
    pending = PendingImport.objects.get()
    given = {"sheet": 0, "header": 1, "c1": "words", "exact": "exact"}
    assert "give its title" in read(client.post(of(pending, "columns/"), given))
    said = {
        "report": "A review",
        "maker": "Inspectorate of Policing and Rescue",
        "published": "2014",
    }
    assert client.post(of(pending, "columns/"), given | said).status_code == 302
    checked = client.get(of(pending)).context["checked"]
    assert (checked.reports[0].title, checked.reports[0].when) == ("A review", "2014")


# --- Check and bring --------------------------------------------------------------------------------


def brought(client: Client, pending: PendingImport, **given: object) -> str:
    """What she reads after she pressed to bring it in."""
    seen = client.get(of(pending)).context["mark"]
    return read(client.post(of(pending), {"bring": "yes", "seen": seen, **given}, follow=True))


def test_answers_are_kept_and_stand_for_every_row(client: Client, send: Send) -> None:
    send(csv_of(*(row(n, Addressed_to="Nothmoor Police") for n in range(1, 5))))
    pending = mapped(client)
    page = client.get(of(pending))
    [line] = page.context["groups"][0]["lines"]
    assert line.rows == "rows 2, 3, 4 and 1 more"
    assert "Bring 4 recommendations" not in read(page)
    client.post(of(pending), {line.field.html_name: "northmoor-police"})
    page = client.get(of(pending))
    assert page.context["groups"][0]["lines"][0].field.value() == "northmoor-police"
    assert "Bring 4 recommendations" in read(page)
    assert "4 recommendations came in" in brought(
        client, pending, **{line.field.html_name: "northmoor-police"}
    )


def test_an_answer_that_nobody_offered_is_refused(client: Client, send: Send) -> None:
    send(csv_of(row(1, Addressed_to="Nothmoor Police")))
    pending = mapped(client)
    name = client.get(of(pending)).context["groups"][0]["lines"][0].field.html_name
    assert "Select a valid choice" in read(client.post(of(pending), {name: "new:kingdom"}))


def test_refused_rows_go_out_as_a_file_with_their_reasons_and_come_back_mended(
    client: Client, send: Send
) -> None:
    send(csv_of(row(1), row(2, Published="31/02/2019", No="=2+2".replace("=", "'="))))
    pending = mapped(client)
    page = read(client.get(of(pending)))
    assert "Row 3, column C “Published” </td>" in page.replace("</td>", " </td>").replace("  ", " ")
    csv = b"".join(client.get(of(pending, "refused.csv"))).decode()
    assert csv.splitlines()[0].startswith("\ufeffRow,Why it was refused,Report,")
    assert "“31/02/2019” is no day" in csv
    assert "1 row is refused" in brought(client, pending)
    assert "1 recommendation came in" in brought(client, pending, leave_out="on")
    send(
        csv.replace("31/02/2019", "1/3/2019").encode()[0:].replace("“1/3/2019” is".encode(), b"was")
    )
    again = mapped(client)
    assert "1 recommendation came in" in brought(client, again)
    assert Recommendation.objects.count() == 2


def test_what_changed_since_it_was_seen_is_shown_again_first(client: Client, send: Send) -> None:
    send(csv_of(row(1)))
    pending = mapped(client)
    assert "Someone else changed this" in brought(client, pending, seen="other")
    assert not Recommendation.objects.exists()


def test_it_says_what_it_leaves_to_the_body_and_who_is_asked_nothing(
    client: Client, send: Send
) -> None:
    send(csv_of([*row(1, Addressed_to=""), "Done"], heads=("Report", "Report made by", "Published", "No",
         "Recommendation", "Addressed to", "Reply", "Reply date", "Position", "Action status")))  # fmt: skip
    page = read(client.get(of(mapped(client))))
    assert "only a body itself says what it plans or claims: Action status." in page
    assert "1 recommendation is addressed to nobody" in page


def test_the_check_asks_the_database_little_however_long_it_is(
    client: Client, send: Send, django_assert_max_num_queries: Any
) -> None:
    rows = (row(n, Report=f"Review {n}", Addressed_to=f"Body {n}") for n in range(60))
    send(book_of(*rows), "list.xlsx")
    pending = mapped(client)
    for page in ("", "columns/"):
        client.get(of(pending, page))
        with django_assert_max_num_queries(15):
            client.get(of(pending, page))


def test_a_long_one_waits_for_the_worker_on_a_page_of_its_own(
    client: Client, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MANY", 2)
    send(csv_of(*(row(n) for n in range(1, 4))))
    pending = mapped(client)
    assert "It is being brought in" in brought(client, pending)
    assert "It is being brought in" in read(client.get(of(pending)))
