"""What helps on the checking page: whose it is, printed twice, gaps, dates, order, whole lists."""

from dataclasses import replace
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from answerable.accounts.models import Body, Person
from answerable.desk import check_twice
from answerable.engine.documents import shapes
from answerable.register.actions import candidates as register
from answerable.register.models import Recommendation
from answerable.reports.actions import decisions as actions
from answerable.reports.models import Candidate, Decision, Document, Report
from tests.pages.test_check import asked, check, text
from tests.reading import candidate, due, finding, quoted, read_with

COMMISSION = "the Northmoor Care Commission"


def look(client: Client, document: Document, **given: object) -> HttpResponse:
    return client.get(check(document), given)  # type: ignore[return-value]


def address(document: Document, number: str, name: str, query: str = "") -> str:
    found = candidate(document, number)
    return reverse(f"desk:{name}", args=[document.pk, found.pk]) + query


# --- Whose it is ------------------------------------------------------------------------------------


@pytest.fixture
def mixed(inspection: Report, rosa: Person, inspection_pdf: bytes) -> Document:
    """The second is quoted from somebody, the third a finding, the fourth quoted from nobody known."""
    changes = {"2": quoted(COMMISSION), "3": finding, "4": quoted(None)}
    return read_with(inspection, rosa, inspection_pdf, changes)


def test_what_is_quoted_or_found_stands_apart_and_is_not_counted(
    client: Client, mixed: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    shown = text(look(client, mixed))
    assert "5 found on pages 2 to 3" in shown
    assert "Stands on this page and is not asked for by this report." in shown
    assert f"Not its own: quoted from {COMMISSION}. “2. Give every child" in shown
    assert "Not asked for: a finding. “3. Read a sample" in shown
    assert "Not its own: quoted. “4. Review" in shown
    assert "looked at and not taken" not in shown


def test_who_takes_it_must_say_what_it_is(client: Client, mixed: Document, rosa: Person) -> None:
    client.force_login(rosa)
    page = look(client, mixed, candidate=candidate(mixed, "2").pk)
    assert f"Not its own: quoted from {COMMISSION}" in text(page)
    assert "Choose what it is" in text(page)
    address_ = address(mixed, "2", "accept_candidate")
    wrong = client.post(address_, {"number": "2", "kind": ""})
    assert "Say what kind of thing it is" in text(wrong)  # type: ignore[arg-type]
    assert not Recommendation.objects.exists()
    client.post(address_, {"number": "2", "kind": "learning_point"})
    assert Recommendation.objects.get().kind == "learning_point"


# --- Printed twice ----------------------------------------------------------------------------------


def printed_on(page: int, start: int, end: int) -> object:
    """Printed there too; and told twice, as several ways of reading may find the same place."""
    span, again = shapes.Span(page, start, end), shapes.Span(page, start + 1, end)
    return lambda c: replace(c, also=(span, again))


def test_the_two_printings_are_compared(
    client: Client,
    inspection: Report,
    rosa: Person,
    inspection_pdf: bytes,
    inspection_read: Document,
) -> None:
    # Where the sixth and the seventh stand, given out as second printings of the first and second.
    (other,) = candidate(inspection_read, "6").spans
    (same,) = candidate(inspection_read, "7").spans
    seventh = candidate(inspection_read, "7").words
    far = printed_on(same["page"], same["start"], same["end"])
    changes = {
        "1": printed_on(other["page"], other["start"], other["end"]),
        "2": lambda c: replace(far(c), text=seventh),  # type: ignore[operator]
    }
    bytes_ = inspection_pdf + b"\n% another copy\n"
    document = read_with(inspection, rosa, bytes_, changes)  # type: ignore[arg-type]
    client.force_login(rosa)
    first = look(client, document)
    assert "Printed twice, not in the same words." in text(first)
    assert "[added:]" in text(first)
    assert f"?page={other['page']}" in first.content.decode()
    second = look(client, document, candidate=candidate(document, "2").pk)
    assert text(second).count("Printed again in the same words on page 3") == 1
    assert "[added:]" not in text(second)


@pytest.mark.parametrize(
    ("lengths", "printings"),
    [
        ((30, 70), [2]),  # begun low on a page
        ((75, 25), [2]),  # ended high on the next
        ((100, 98), [1, 1]),  # printed on two pages that follow one another
        ((100, 40, 60), [1, 2]),
    ],
)
def test_what_goes_on_overleaf_is_one_printing(
    lengths: tuple[int, ...], printings: list[int]
) -> None:
    pieces = [{"page": n, "start": 0, "end": long} for n, long in enumerate(lengths, 5)]
    own = [{"page": 1, "start": 0, "end": 100}]
    found = Candidate(words="x" * 100, spans=own, also=pieces)
    assert [len(spans) for spans in check_twice._places(found)] == printings


# --- Gaps and order ---------------------------------------------------------------------------------


@pytest.fixture
def gappy(inspection: Report, rosa: Person, inspection_pdf: bytes) -> Document:
    """The third is not there, for its number was read as 30; the fifth is the least sure."""
    return read_with(
        inspection,
        rosa,
        inspection_pdf,
        {
            "3": lambda c: replace(c, taken=False),
            "5": lambda c: replace(c, confidence=0.31),
            "7": lambda c: replace(c, confidence=0.32),
        },
    )


def test_a_gap_is_said_where_it_is(client: Client, gappy: Document, rosa: Person) -> None:
    client.force_login(rosa)
    shown = text(look(client, gappy))
    assert shown.count("Number 3 was read and not taken.") == 1
    assert shown.index("Number 3 was read and not taken.") < shown.index(": number 4")
    third = candidate(gappy, "3")
    assert "was read and not" not in text(look(client, gappy, candidate=third.pk))
    register.accept_candidate(by=rosa, candidate=third)
    assert "was read and not" not in text(look(client, gappy))


def test_numbers_that_were_not_read_at_all_are_said_too(
    client: Client, inspection: Report, rosa: Person, inspection_pdf: bytes
) -> None:
    later = {str(n): (lambda c: replace(c, number=str(int(c.number or 0) + 2))) for n in (4, 5)}
    document = read_with(inspection, rosa, inspection_pdf, later)
    client.force_login(rosa)
    assert "Numbers 4 and 5 are missing here. Add it" in text(look(client, document))
    register.accept_candidate(by=rosa, candidate=candidate(document, "1"), number="4")
    assert "Number 5 is missing here." in text(look(client, document))


def test_that_comes_first_of_which_the_reader_is_least_sure(
    client: Client, gappy: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    page = look(client, gappy)
    assert "least sure first" in text(page)
    page = look(client, gappy, first="unsure")
    assert "about 3 in 10 like this are right" in text(page)
    assert page.context["view"].now.candidate == candidate(gappy, "5")
    sent = {"number": "5", "kind": "recommendation"}
    done = client.post(address(gappy, "5", "accept_candidate", "?first=unsure"), sent)
    assert asked(done)["candidate"] == [str(candidate(gappy, "7").pk)]  # type: ignore[arg-type]
    assert asked(done)["first"] == ["unsure"]  # type: ignore[arg-type]
    done = client.post(address(gappy, "7", "dismiss_candidate", "?first=unsure"), {"x-why": "0"})
    assert asked(done)["first"] == ["unsure"]  # type: ignore[arg-type]


# --- By when ----------------------------------------------------------------------------------------


def test_a_period_is_shown_with_the_day_that_it_comes_to(
    client: Client, inspection: Report, rosa: Person, inspection_pdf: bytes
) -> None:
    six = due(words="within six months of publication", months=6, basis="publication")
    document = read_with(inspection, rosa, inspection_pdf, {"1": six})
    client.force_login(rosa)
    shown = text(look(client, document))
    assert "when: within six months of publication , which is 1 March 2027" in shown
    assert "(6 months from publication on 1 September 2026.)" in shown
    sent = {
        "number": "1",
        "kind": "recommendation",
        "due_words": "within six months of publication",
        "due_on_0": "1",
        "due_on_1": "3",
        "due_on_2": "2027",
        "due_on-day": "1",
        "due_on-month": "3",
        "due_on-year": "2027",
    }
    client.post(address(document, "1", "accept_candidate"), sent)
    decision = Decision.objects.get()
    assert decision.due_on == date(2027, 3, 1)
    assert decision.due_why == "6 months from publication on 1 September 2026."


# --- Whole lists ------------------------------------------------------------------------------------


def test_a_list_is_looked_through_leaf_by_leaf_and_then_accepted(
    client: Client, inspection_read: Document, rosa: Person, force: Body
) -> None:
    client.force_login(rosa)
    page = look(client, inspection_read)
    run = candidate(inspection_read, "1").run
    assert "8 wait in this list. 1 of 2 pages looked at. Look at page 3" in text(page)
    href = page.context["view"].walk_href
    assert href == f"{check(inspection_read)}?page=3&run={run}#look"
    page = look(client, inspection_read, page=3, run=run)
    assert "2 of 2 pages looked at. Accept all 8 that wait in this list" in text(page)
    run_page = client.get(page.context["view"].walk_href)
    assert "Northmoor Police" in text(run_page)  # type: ignore[arg-type]
    client.post(page.context["view"].walk_href)
    made = Recommendation.objects.all()
    assert made.count() == 8
    assert {u.body for r in made for u in r.undertakings.all()} == {force}


def test_pages_that_nobody_looked_at_stop_the_list(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    run = candidate(inspection_read, "1").run
    actions.see_page(by=rosa, page=inspection_read.pages.get(number=2))
    address_ = reverse("desk:accept_run", args=[inspection_read.pk, run])
    refused = client.post(address_)
    assert "You have not looked at page 3 yet" in text(refused)  # type: ignore[arg-type]
    assert f"?page=3&amp;run={run}#look" in refused.content.decode()
    assert not Recommendation.objects.exists()


def test_a_name_that_no_body_bears_opens_the_form_with_it(
    client: Client, inspection: Report, rosa: Person, inspection_pdf: bytes
) -> None:
    names = (shapes.Addressee("Eastmere Trust", "Named."), shapes.Addressee("Sill & Sons", ""))
    document = read_with(
        inspection, rosa, inspection_pdf, {"1": lambda c: replace(c, addressees=names)}
    )
    client.force_login(rosa)
    page = look(client, document)
    assert "are not bodies that we know by that name" in text(page)
    href = reverse("desk:new_body") + "?name=Sill%20%26%20Sons"
    assert f'href="{href}"' in page.content.decode()
    assert 'value="Sill &amp; Sons"' in client.get(href).content.decode()
    assert not Body.objects.filter(name__in=("Eastmere Trust", "Sill & Sons")).exists()


# --- How well the reader does -------------------------------------------------------------------------


def test_how_well_the_reader_does_is_told_by_maker_and_by_how_sure_it_was(
    client: Client, inspection_read: Document, rosa: Person, omar: Person
) -> None:
    for n in range(1, 9):
        row = candidate(inspection_read, str(n))
        if n == 3:
            actions.dismiss_candidate(by=rosa, candidate=row, reason="A heading or a title.")
        else:
            register.accept_candidate(by=rosa, candidate=row)
    client.force_login(rosa)
    page = client.get(reverse("desk:reading_quality"))
    shown = text(page)  # type: ignore[arg-type]
    assert "1 document has been read; 1 is checked to the end." in shown
    assert f"{inspection_read.report.author.name} 8 1 0 88 % 100 % 100 %" in shown
    words = Candidate.objects.get(pk=candidate(inspection_read, "3").pk).sure_words
    assert words.capitalize() in shown
    client.force_login(omar)
    assert client.get(reverse("desk:reading_quality")).status_code == 403
