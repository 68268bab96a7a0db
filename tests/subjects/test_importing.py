"""A spreadsheet into the register: all of it or nothing, as if by hand, and the way there and back."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.audit.models import Event
from answerable.register.actions import importing as actions
from answerable.register.models import (
    Import,
    PendingImport,
    PositionRead,
    Recommendation,
    Response,
    Undertaking,
)
from answerable.register.queries.importing import pending as queries
from answerable.register.queries.importing.pending import Sheets, came_from
from answerable.register.queries.importing.plans import Checked
from answerable.reports.actions.reports import log_report
from answerable.reports.actions.work import run_waiting
from answerable.reports.models import Report
from tests.spreadsheets import COUNCIL, FORCE, MAKER, csv_of, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(force: Body, council: Body, inspectorate: Body) -> None:
    """The bodies that the spreadsheets name."""


def kept(person: Person, content: bytes, name: str = "old list.csv") -> PendingImport:
    return actions.keep_pending(by=person, source=io.BytesIO(content), name=name)


def sheets_of(pending: PendingImport, **answers: dict[str, str]) -> Sheets:
    sheets = queries.sheets_of(queries.tables_of(pending), pending.choices)
    return replace(sheets, settings=replace(sheets.settings, exact=True), answers=answers)


def bring(
    person: Person, content: bytes, leave_out: bool = False, **answers: dict[str, str]
) -> Import:
    pending = kept(person, content)
    sheets = sheets_of(pending, **answers)
    return actions.import_register(
        by=person,
        checked=sheets.checked(person),
        name=pending.name,
        sha256=pending.sha256,
        columns=sheets.columns,
        leave_out=leave_out,
        pending=pending,
    )


def checked(person: Person, content: bytes, **answers: dict[str, str]) -> Checked:
    return sheets_of(kept(person, content), **answers).checked(person)


# --- What comes in ----------------------------------------------------------------------------------

ANSWERED = row(
    1, Reply="We will.", Reply_date="3 May 2019", Position="Partly accepted", Addressed_to=FORCE
)


def test_all_that_a_row_says_comes_in_as_if_by_hand(rosa: Person, known: None) -> None:
    brought = bring(rosa, csv_of(ANSWERED, row(2, Addressed_to=f"{FORCE}; {COUNCIL}")))
    one, two = Recommendation.objects.all()
    assert (one.reference, one.number, one.paraphrased, one.accepted_by) == (
        "R-0001",
        "1",
        False,
        rosa,
    )
    assert (one.report.title, one.report.author.name) == ("Inspection of custody", MAKER)
    assert (str(one.report.published_on), one.report.kind) == ("2019-03-01", "inspection")
    response = Response.objects.get()
    assert (response.words, str(response.dated_on)) == ("We will.", "2019-05-03")
    read = PositionRead.objects.get()
    assert (read.position, read.reason) == ("in_part", "As the office’s spreadsheet has it, row 2.")
    assert [u.stands for u in one.undertakings.all()] == ["in_part"]
    assert {u.body.name for u in two.undertakings.all()} == {FORCE, COUNCIL}
    assert (brought.first_serial, brought.last_serial, brought.rows) == (1, 2, [[2, ""], [3, ""]])


def test_each_is_an_event_the_chain_holds_and_says_where_it_came_from(
    rosa: Person, known: None
) -> None:
    bring(rosa, csv_of(ANSWERED, row(2)))
    assert audit.verify().problem is None
    verbs = list(Event.objects.order_by("seq").values_list("verb", flat=True))[-4:]
    assert verbs == [
        "report.logged",
        "recommendation.imported",
        "recommendation.imported",
        "register.imported",
    ]
    assert "old list" not in "".join(Event.objects.values_list("content", flat=True))
    came = came_from(Recommendation.objects.get(reference="R-0002"))
    assert came is not None
    assert (came.row, came.brought.name) == (3, "old list.csv")
    assert not PendingImport.objects.exists()


def test_a_clock_starts_and_a_successor_answers_as_by_hand(
    rosa: Person, known: None, bases: None, inspectorate: Body, force: Body
) -> None:
    report = log_report(
        by=rosa,
        title="Inspection of custody",
        kind=Report.Kind.INSPECTION,
        author=inspectorate,
        published_on=timezone.localdate(),
        clock_basis="police-act-55",
    )
    today = timezone.localdate().strftime("%d/%m/%Y")
    bring(
        rosa, csv_of(row(1, Published=today), row(2, Published="2/2/2002", Report="Other review"))
    )
    undertaking = Undertaking.objects.get(recommendation__report=report)
    assert (undertaking.recommendation.reference, hasattr(undertaking, "clock")) == ("R-0002", True)
    came = came_from(undertaking.recommendation)
    assert came is not None
    assert came.row == 2
    assert audit.verify().problem is None


# --- Doubled, standing, merged ----------------------------------------------------------------------


def test_a_row_said_twice_is_taken_once_and_another_body_joins(rosa: Person, known: None) -> None:
    found = checked(rosa, csv_of(row(1), row(1), row(1, Addressed_to=COUNCIL), row(1, No="")))
    [ask] = found.asks
    assert len(ask.to) == 2
    assert [(told.row, told.sentence) for told in found.doubled] == [
        (3, "It says the same as row 2. It is taken once."),
        (5, "It says the same as row 2. It is taken once."),
    ]


def test_the_same_words_under_another_number_are_another_recommendation(
    rosa: Person, known: None
) -> None:
    same = "Do the same again, please."
    found = checked(rosa, csv_of(row(1, Recommendation=same), row(2, Recommendation=same)))
    assert len(found.asks) == 2


def test_what_stands_in_the_report_already_is_not_entered_again(rosa: Person, known: None) -> None:
    bring(rosa, csv_of(row(1)))
    found = checked(rosa, csv_of(row(1), row(2)))
    assert [told.sentence for told in found.standing] == [
        "Its words stand in this report as R-0001 already."
    ]
    assert (len(found.asks), found.new_reports) == (1, [])


def test_a_report_under_almost_the_same_title_is_asked_about(rosa: Person, known: None) -> None:
    bring(rosa, csv_of(row(1)))
    again = csv_of(row(2, Report="Custody, an inspection of"))
    [question] = checked(rosa, again).open_questions
    assert question.report is not None
    here = {"report": {question.key: question.report.slug}}
    assert checked(rosa, again, **here).new_reports == []
    other = {"report": {question.key: "another"}}
    assert len(checked(rosa, again, **other).new_reports) == 1


# --- Asked, refused, nothing ------------------------------------------------------------------------


def test_each_unknown_name_is_asked_once_and_never_guessed(rosa: Person, known: None) -> None:
    names = ("Nothmoor Police", "The Partnership", "Northmoor Police Federation")
    rows = [row(n, Addressed_to=names[n % 3]) for n in range(6)]
    found = checked(rosa, csv_of(*rows))
    assert sorted(q.words for q in found.open_questions) == sorted(names)
    assert [len(q.rows) for q in found.questions] == [2, 2, 2]
    said = {"nothmoor police": "northmoor-police", "partnership": "new:partnership",
            "northmoor police federation": "nobody"}  # fmt: skip
    bring(rosa, csv_of(*rows), body=said)
    assert Body.objects.get(name="The Partnership").kind == "partnership"
    asked = Undertaking.objects.values_list("body__name", flat=True)
    assert sorted(asked) == [FORCE] * 2 + ["The Partnership"] * 2


def test_words_that_are_no_position_are_asked_and_may_wait_to_be_read(
    rosa: Person, known: None
) -> None:
    warm = csv_of(row(1, Reply="Noted.", Reply_date="3/5/2019", Position="Noted"))
    [question] = checked(rosa, warm).open_questions
    assert (question.what, question.words) == ("position", "Noted")
    bring(rosa, warm, position={question.key: "unread"})
    assert Undertaking.objects.get().stands == "unread"


def test_nothing_comes_in_while_anything_is_open_or_refused(rosa: Person, known: None) -> None:
    for content, code in (
        (csv_of(row(1), row(2, Published="31/02/2019")), "leave_out"),
        (csv_of(row(1), row(2, Addressed_to="Whoever")), "questions"),
        (csv_of(row(1, Recommendation="")), "leave_out"),
    ):
        with pytest.raises(Refused) as refused:
            bring(rosa, content)
        assert refused.value.code == code
    assert not Recommendation.objects.exists()
    assert not Report.objects.exists()


def test_refused_rows_are_left_out_only_where_someone_says_so(rosa: Person, known: None) -> None:
    brought = bring(rosa, csv_of(row(1), row(2, Published="31/02/2019")), leave_out=True)
    assert (len(brought.rows), brought.left_out) == (1, [3])


def test_a_refusal_in_the_middle_leaves_nothing_of_it(rosa: Person, known: None) -> None:
    pending = kept(rosa, csv_of(row(1), row(2), row(3, Addressed_to="A new one")))
    sheets = sheets_of(pending, body={"a new one": "new:other"})
    plan = sheets.checked(rosa)
    plan.asks[2].kind = "wish"
    events = Event.objects.count()
    with pytest.raises(Refused, match="Row 4: “wish” is not a kind"):
        actions.import_register(
            by=rosa, checked=plan, name="x", sha256="0" * 64, columns={}, pending=pending
        )
    assert Event.objects.count() == events
    assert not Body.objects.filter(name="A new one").exists()
    assert PendingImport.objects.get() == pending


def test_the_same_spreadsheet_does_not_come_in_twice(rosa: Person, known: None) -> None:
    pending = kept(rosa, csv_of(row(1)))
    plan = sheets_of(pending).checked(rosa)
    given: dict[str, Any] = {"by": rosa, "checked": plan, "name": "x", "sha256": "0", "columns": {}}
    actions.import_register(**given, pending=pending)
    with pytest.raises(Refused, match="no longer kept here"):
        actions.import_register(**given, pending=pending)
    assert Recommendation.objects.count() == 1


def test_only_a_governance_officer_brings_one_in(vera: Person, omar: Person, rosa: Person) -> None:
    for person in (vera, omar):
        with pytest.raises(Refused, match="Only a governance officer"):
            kept(person, csv_of(row(1)))


REPLIED = {"Reply": "We will.", "Reply_date": "3 May 2019", "Position": "Accepted"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (REPLIED | {"Reply_date": ""}, "A reply has a day. Put it in, or take the reply out."),
        (REPLIED | {"Addressed_to": f"{FORCE}; {COUNCIL}"},
         "A reply stands beside several bodies. Give each body a row of its own."),
        (REPLIED | {"Addressed_to": ""}, "There is a reply, but nobody to whom this is addressed."),
        (REPLIED | {"Addressed_to": "Northmoor Police and Crime Commissioner"},
         "You belong to Northmoor Police and Crime Commissioner, so someone else must judge this."),
        ({"Report_made_by": "Someone else"}, f"Row 2 says that {MAKER} made this report."),
    ],
)  # fmt: skip
def test_what_cannot_be_honest_is_refused(
    rosa: Person, known: None, said: dict[str, object], sentence: str
) -> None:
    found = checked(rosa, csv_of(row(1), row(2, **said)))
    assert [(fault.row, fault.sentence) for fault in found.faults] == [(3, sentence)]


def test_a_position_without_words_of_a_reply_is_left_out_and_told(
    rosa: Person, known: None
) -> None:
    found = checked(rosa, csv_of(row(1, Position="Accepted"), row(2, **REPLIED)))
    assert [told.row for told in found.notes] == [2]
    assert found.replies == 1


# --- Kept, long, forgotten --------------------------------------------------------------------------


def test_what_nobody_goes_on_with_is_forgotten(rosa: Person) -> None:
    kept(rosa, csv_of(row(1)))
    PendingImport.objects.update(touched_at=timezone.now() - timedelta(days=31))
    kept(rosa, csv_of(row(2)))
    assert PendingImport.objects.count() == 1


def test_a_long_one_is_brought_in_by_the_worker(rosa: Person, known: None) -> None:
    pending = kept(rosa, csv_of(row(1), row(2)))
    sheets = sheets_of(pending)
    columns = {str(n): m for n, m in sheets.settings.columns.items()}
    chosen = {"sheet": 0, "header": 1, "columns": columns, "exact": True}
    actions.choose(by=rosa, pending=pending, choices=chosen)
    plan = sheets.checked(rosa)
    actions.import_later(by=rosa, pending=pending, checked=plan, leave_out=False)
    run_waiting()
    assert Recommendation.objects.count() == 2
    assert Import.objects.get().by == rosa


# --- There and back ---------------------------------------------------------------------------------

ROUND = ("Number in the report", "Kind", "Words", "Report", "Report made by", "Published", "Page",
         "Addressed to")  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_register_s_own_download_brings_the_same_register_back(
    rosa: Person, known: None, client: Client, form: str
) -> None:
    client.force_login(rosa)

    def download() -> bytes:
        answer = client.get(f"/desk/register/?format={form}&sort=reference")
        return b"".join(answer) if answer.streaming else answer.content

    office = transaction.savepoint()
    bring(rosa, OLD)
    before = download()
    transaction.savepoint_rollback(office)  # an office that has nothing yet
    assert not Recommendation.objects.exists()
    bring(rosa, before)
    assert held(rosa, download()) == held(rosa, before)
    assert len(held(rosa, before)) == 12


OLD = csv_of(
    *(
        [f"Review {n // 3}", MAKER, ("1/3/2019", "March 2014", "2012")[n // 3], n % 3 + 1,
         f"-Do thing {n}, and\nsay so; ‘at once’.", (FORCE, f"{FORCE}; {COUNCIL}", "")[n % 3],
         ("AFI", "Recommendation")[n % 2], (12, "")[n % 2]]
        for n in range(9)
    ),
    heads=("Report", "Report made by", "Published", "No", "Recommendation", "Addressed to", "Kind", "Page"),
)  # fmt: skip


def held(person: Person, content: bytes) -> list[list[str]]:
    """What a download says in the columns that come in."""
    [table] = queries.tables_of(kept(person, content))
    heads = {cell.text: n for n, cell in table.lines[0].cells.items()}
    return [[line.text(heads[name]) for name in ROUND] for line in table.lines[1:]]
