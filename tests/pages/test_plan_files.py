"""A plan as a workbook: taken away, brought back, and what is wrong with it cell by cell."""

import io
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from answerable.accounts.models import Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.desk.exports import workbook_of_all
from answerable.desk.records.plan_files import NAMED, READ_ONLY, line_of
from answerable.desk.tables import Table
from answerable.engine.documents.shapes import Unreadable
from answerable.engine.workbooks import MOST_ROWS, Sheet, read_tables, read_tables_safely
from answerable.plan.actions.workbook import bring_plan
from answerable.plan.models import Action, DateMove, OwnerChange
from answerable.plan.queries.workbook import ADD, ASK_DATE, Step, compare, guessed
from tests.browser import Window, accessible, press

PAGE = "/desk/plan/northmoor-police/bring/"
TODAY = date(2026, 11, 22)
HEADS = ("Reference", "Action", "Post that answers for it", "Date now", "Why it changes", "Cost")
Bring = Callable[..., str]


def book(*rows: Sequence[object], heads: Sequence[object] = HEADS, merged: str = "") -> bytes:
    made = openpyxl.Workbook()
    sheet: Any = made.active
    sheet.title = "Actions"
    for row in (heads, *rows):
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(content: bytes) -> list[Sheet]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "brought"
        path.write_bytes(content)
        return read_tables(path)


def compared(content: bytes, *actions: Action) -> Any:
    [sheet, *_] = read(content)
    return compare(sheet, guessed(sheet), {a.reference: a for a in actions})


@pytest.fixture
def bring(client: Client) -> Bring:
    """What a person reads after a file was brought, and after it was confirmed."""

    def look(
        person: Person,
        content: bytes = b"",
        *,
        name: str = "plan.xlsx",
        status: int = 200,
        **sent: object,
    ) -> str:
        client.force_login(person)
        files = {"upload": SimpleUploadedFile(name, content)} if content else {}
        answer = client.post(PAGE, {**files, **sent}, follow=True)
        assert answer.status_code == status, answer.content.decode()[:2000]
        context = answer.context or {}
        if "preview" in context:
            look.kept = {  # type: ignore[attr-defined]
                "aside": context["kept"].word,
                "seen": context["preview"].mark,
                "mapped": str(context["chosen"]),
                "sheet": str(context["chosen"]),
                **guessed(context["preview"].sheet),
            }
        return " ".join(answer.content.decode().split())

    return look


# --- There and back ---------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8"), max_size=40)
SAID = WORDS.map(lambda words: f"x{words}".strip())
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2090, 1, 1))


@st.composite
def plans(draw: st.DrawFn) -> list[Action]:
    made = []
    for serial in range(1, draw(st.integers(1, 4)) + 1):
        due_on = draw(DAYS)
        start = draw(st.sampled_from(["", "=", "+", "-", "@", "'", "\t="]))
        made.append(
            Action(
                reference=f"A-{serial:04}",
                serial=serial,
                title=f"{start}{draw(SAID)}".strip(),
                words=draw(WORDS).strip(),
                owner_role=draw(SAID),
                owner_name=draw(WORDS).strip(),
                due_on=due_on,
                first_due_on=due_on,
                cost=draw(st.none() | st.decimals(0, 10**9, places=2)),
                funding=draw(WORDS).strip(),
                funding_ends_on=draw(DAYS),
            )
        )
    return made


@given(plans())
@settings(max_examples=60, deadline=None)
def test_what_was_taken_away_comes_back_as_nothing_to_change(plan: list[Action]) -> None:
    table = Table((*NAMED.values(), *READ_ONLY), [line_of(action, TODAY) for action in plan])
    found = compared(workbook_of_all([("Actions", table)]), *plan)
    assert found.faults == []
    assert found.steps == []
    assert found.same == len(plan)


@pytest.mark.django_db
def test_the_whole_workbook_comes_back_unchanged(
    client: Client, bring: Bring, omar: Person, full_plan: Action
) -> None:
    client.force_login(omar)
    content = client.get("/desk/plan/northmoor-police/workbook.xlsx").content
    sheets = {sheet.name: sheet for sheet in read(content)}
    assert list(sheets) == ["Actions", "Serves", "Milestones", "Moved dates"]
    assert len(sheets["Moved dates"].rows) == 4
    assert "Nothing to change" in bring(omar, content)


# --- What it would do, then doing it ----------------------------------------------------------------


def test_it_is_shown_then_brought_in_whole(bring: Bring, omar: Person, action: Action) -> None:
    later = timezone.localdate() + timedelta(days=120)
    content = book(
        ("A-0001", action.title, action.owner_role, later, "The course is full.", 42000),
        ("", "Publish what we find", "Head of Crime", "27/3/2027", "", "£1,200.50"),
    )
    head = audit.head()
    page = bring(omar, content)
    assert "This is what your file would do" in page
    assert "Asked: another date. Someone else decides" in page
    assert "Why: The course is full." in page
    assert "cost: £42,000.00" in page
    assert audit.head() == head
    page = bring(omar, bring="yes", **bring.kept)  # type: ignore[attr-defined]
    assert (
        "Your plan is brought in: 1 action added, 1 action changed, 1 action asked to move." in page
    )
    action.refresh_from_db()
    assert action.due_on == action.first_due_on
    assert action.cost == 42000
    assert DateMove.objects.get().after == later
    new = Action.objects.get(title="Publish what we find")
    assert (new.due_on, new.cost) == (date(2027, 3, 27), Decimal("1200.50"))


def test_another_owner_is_asked_and_not_written_over(
    bring: Bring, omar: Person, action: Action
) -> None:
    content = book(
        ("A-0001", "Head of Crime", "She took over."),
        heads=("Reference", "Post that answers for it", "Reason"),
    )
    page = bring(omar, content)
    assert "Which column says what" in page  # “Action” must be said
    content = book(
        ("A-0001", action.title, "Head of Crime", "She took over."),
        heads=("Reference", "Action", "Post", "Reason"),
    )
    bring(omar, content)
    bring(omar, bring="yes", **bring.kept)  # type: ignore[attr-defined]
    change = OwnerChange.objects.get()
    assert (change.role_after, change.name_after) == ("Head of Crime", "Dana Holt")
    action.refresh_from_db()
    assert action.owner_role == "Head of Public Protection"


def test_what_is_wrong_is_said_by_cell(bring: Bring, omar: Person, action: Action) -> None:
    content = book(
        ("A-0001", action.title, action.owner_role, date(2027, 3, 27), "", ""),
        ("A-0001", action.title, action.owner_role, None, "", "a lot"),
        ("A-0099", "Something else", "Head", "next spring", "", "=1+1"),
        ("", "", "Head of Crime", "", "", ""),
        ("", action.title, "Head of Crime", "", "", ""),
    )
    page = bring(omar, content)
    for said in (
        "Sheet “Actions”, row 2, cell E2</td>",
        "The date would move. Say why",
        "This stands in row 2 already.",
        "“a lot” is no sum of money.",
        "There is no action A-0099 in this plan.",
        "“next spring” is no date.",
        "This is a formula.",
        "row 5, cell B5",
        "This is in the plan as A-0001. Give its reference.",
    ):
        assert said in page, said
    assert "Bring it into the plan" not in page
    assert "cells A2:A3 are merged" in bring(omar, book(("A-0001", "x"), ("", "y"), merged="A2:A3"))


def test_a_rule_says_its_sentence_by_row(bring: Bring, omar: Person, action: Action) -> None:
    content = book(("A-0001", action.title, action.owner_role, date(2020, 1, 1), "Why not.", ""))
    head = audit.head()
    page = bring(omar, content)
    assert "The new date must be today or later." in page
    assert "cell D2" in page
    assert audit.head() == head


def test_all_or_nothing(omar: Person, lena: Person, action: Action) -> None:
    new = {"title": "New", "owner_role": "Head"}
    steps = [
        Step(ADD, 2, "B", "", "New", "", new),
        Step(ASK_DATE, 3, "D", "A-0001", "", "", {"after": date(2020, 1, 1), "reason": "So."}),
    ]
    for by in (omar, lena):
        with pytest.raises(Refused):
            bring_plan(by=by, body=action.body, steps=steps)
    assert not Action.objects.filter(title="New").exists()


def test_what_changed_since_is_shown_again(bring: Bring, omar: Person, action: Action) -> None:
    bring(omar, book(("", "One more", "Head of Crime", "", "", "")))
    kept = {**bring.kept, "seen": "0123456789abcdef"}  # type: ignore[attr-defined]
    assert "Someone else changed this since" in bring(omar, bring="yes", **kept)
    assert Action.objects.count() == 1


def test_a_csv_file_does_too(bring: Bring, omar: Person, action: Action) -> None:
    text = 'Reference;Action;Post;Due\n;"Two; lines\nof it";Head;27 March 2027\n;=cmd();Head;\n'
    page = bring(omar, text.encode(), name="plan.csv")
    assert "Two; lines of it" in page
    assert "This is a formula." in page


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7", b"PK\x03\x04broken", b"\0\1\2", b"words without columns", b""]
)
def test_what_is_no_table_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "it"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        read_tables_safely(path)


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(Unreadable, match="more than 2,000 rows"):
        read(book(*(("", f"Action {n}") for n in range(MOST_ROWS + 1))))


def test_doors(client: Client, bring: Bring, ravi: Person, lena: Person, omar: Person) -> None:
    assert client.get(PAGE).status_code == 302
    bring(ravi, status=403)
    bring(lena, status=404)
    assert "Choose a file" in bring(omar)
    assert "no longer kept aside" in bring(omar, aside="forged")
    assert "This is no table" in bring(omar, b"%PDF-1.7 is not a plan")
    client.force_login(ravi)
    assert client.get("/desk/plan/northmoor-police/workbook.xlsx").status_code == 200


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_workbook_is_brought_in_a_browser(
    window: Window, shot: Callable[[Page, str], None], omar: Person, action: Action, tmp_path: Path
) -> None:
    wrong, right = tmp_path / "wrong.xlsx", tmp_path / "right.xlsx"
    later = timezone.localdate() + timedelta(days=120)
    known = ("A-0001", action.title, action.owner_role, later)
    wrong.write_bytes(book((*known, "", ""), ("", "", "Head of Crime", "spring", "", "=1+1")))
    right.write_bytes(
        book((*known, "The course is full.", 42000), ("", "Publish it", "Head of Crime"))
    )
    for narrow, width in ((True, 320), (False, 1280)):
        page = window(omar, narrow=narrow)
        for path, name in ((wrong, "bring-wrong"), (right, "bring-right")):
            page.goto(PAGE)
            accessible(page)
            shot(page, f"bring-{width}")
            page.locator("input[type=file]").set_input_files(path)
            press(page, "See what it would do")
            accessible(page)
            shot(page, f"{name}-{width}")
    press(page, "Bring it into the plan")
    accessible(page)
    assert "Your plan is brought in" in page.content()
