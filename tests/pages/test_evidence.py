"""The pages of evidence: handing in, what was found, the list, a piece, grading, opening, taking out."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from answerable.accounts.models import Person
from answerable.assurance.actions.evidence import (
    add_statement,
    grade_evidence,
    open_evidence,
    take_out_evidence,
)
from answerable.assurance.models import Evidence, Opinion
from answerable.assurance.queries import evidence as queries
from answerable.audit.models import Event
from answerable.register.models import Recommendation, Undertaking
from tests.assured import ABOUT, RETURN, About, a_file, in_days

ADD = "/desk/evidence/add/"
FOR = f"{ADD}?for=R-0001/northmoor-police"
HERE = "/desk/register/R-0001/by/northmoor-police/evidence/"
NAMED = b"Witness: Thandiwe Mbeki, d.o.b. 3/4/09, was called back.\n"
SAID = {
    "shows": "Of 40 records read, 38 were made within 24 hours.",
    "does_not_show": "Whether the families were told.",
    "grade": "use",
}
Page = Callable[..., str]


def upload(content: bytes = RETURN, name: str = "october.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/plain")


def typed(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }


def other_of(undertaking: Undertaking) -> Undertaking:
    """What else was asked of the same body."""
    return Undertaking.objects.get(recommendation__reference="R-0002", body=undertaking.body_id)


def hidden(page: str) -> dict[str, str]:
    """What the form carries: what it told of, and the file that is kept aside."""
    found = re.findall(r'<input type="hidden" name="(told|aside)" value="([^"]*)"', page)
    return dict(found)


def kept_aside() -> list[Path]:
    return list((Path(settings.MEDIA_ROOT) / "arriving").glob("*"))


@pytest.fixture
def page(client: Client, accepted: Undertaking) -> Page:
    """Gets or posts as someone; returns the page it ends on, in one line."""

    def ask(person: Person, path: str, status: int = 200, /, **data: object) -> str:
        client.force_login(person)
        answer = client.post(path, data, follow=True) if data else client.get(path)
        assert answer.status_code == status, answer.content[:800]
        return " ".join(answer.content.decode().split())

    return ask


# --- Handing in -----------------------------------------------------------------------------------


def test_a_file_is_handed_in_for_what_was_ticked(
    page: Page, omar: Person, accepted: Undertaking
) -> None:
    form = page(omar, FOR)
    assert "Somebody says that it is so. Nothing else shows it." in form
    assert f'value="{accepted.pk}" checked' in form
    sent = {**SAID, "upload": upload(), "serves": [accepted.pk], **typed("expires_on", in_days(30))}
    told = page(omar, FOR, **sent, expires_because="A yearly return.")
    assert "“october.txt” is handed in. It is sealed" in told
    [use] = queries.uses_of(accepted)
    assert (use.evidence.sha256, use.evidence.expires_on) == (
        "".join([Evidence.objects.get().sha256]), in_days(30),
    )  # fmt: skip
    assert kept_aside() == []


def test_a_wrong_form_keeps_what_was_typed_and_the_file(page: Page, omar: Person) -> None:
    again = page(omar, FOR, **{**SAID, "shows": "", "upload": upload()})
    assert "Give an answer: what does it show?" in again
    assert "Whether the families were told." in again
    assert "<b>october.txt</b> has arrived and is kept aside for you" in again
    page(omar, FOR, **SAID, **hidden(again))
    assert Evidence.objects.get().file.open("rb").read() == RETURN
    assert kept_aside() == []


def test_a_page_is_kept_as_it_was_with_its_moment(page: Page, omar: Person) -> None:
    sent = {
        **SAID,
        "name": "Our policy",
        "address": "https://northmoor.example/policy",
        "upload": upload(b"<!doctype html><html><body><p>So be it.</p></body></html>", "p.html"),
        **typed("taken_at", date(2026, 10, 5)),
        "taken_time": "14:30",
    }
    told = page(omar, f"{FOR}&kind=link", **sent)
    assert "Kept as it was on 5 October 2026 at 2:30pm" in told
    assert Evidence.objects.get().media_type == "text/html"
    wrong = page(omar, f"{FOR}&kind=link", **{**sent, "address": "nowhere", "upload": ""})
    assert "Choose the page as it was" in wrong


def test_a_statement_is_kept_in_its_words(page: Page, omar: Person) -> None:
    sent = {**SAID, "name": "Shift pattern", "words": "Supervisors now read every report."}
    told = page(omar, f"{FOR}&kind=statement", **sent)
    assert "Supervisors now read every report." in told


def test_the_office_says_whose_it_is(page: Page, rosa: Person) -> None:
    assert "Whose evidence is it?" in page(rosa, ADD)
    assert "Evidence of Northmoor Police" in page(rosa, f"{ADD}?body=northmoor-police")


@pytest.mark.parametrize(("who", "status"), [("vera", 403), ("ravi", 403), ("ada", 403)])
def test_who_may_not_hand_in_is_told_who_may(
    who: str, status: int, page: Page, request: pytest.FixtureRequest
) -> None:
    said = page(request.getfixturevalue(who), FOR, status)
    assert "Only a governance officer or assurance lead may hand in evidence" in said


def test_another_body_hands_in_only_its_own(page: Page, lena: Person) -> None:
    assert "Evidence of Northmoor Council" in page(lena, FOR)


# --- What was found -------------------------------------------------------------------------------


def test_what_identifies_people_is_explained_and_nothing_is_lost(page: Page, omar: Person) -> None:
    told = page(omar, FOR, **SAID, upload=upload(NAMED))
    assert "This may identify people" in told
    assert "A person’s name" in told
    assert "in line 1" in told
    assert "Write the role in place of each name" in told
    assert "Of 40 records read" in told
    assert "Mbeki" not in told
    assert not Evidence.objects.exists()
    assert len(kept_aside()) == 1


def test_a_redacted_copy_takes_its_place(page: Page, omar: Person) -> None:
    carried = hidden(page(omar, FOR, **SAID, upload=upload(NAMED)))
    assert "Choose what you want to do" in page(omar, FOR, **SAID, **carried)
    again = page(omar, FOR, **SAID, **carried, then="again")
    assert "Choose the copy" in again
    page(omar, FOR, **SAID, **carried, then="again", upload=upload())
    assert Evidence.objects.get().findings == []
    assert kept_aside() == []


def test_it_is_kept_despite_only_with_a_reason(page: Page, omar: Person) -> None:
    carried = hidden(page(omar, FOR, **SAID, upload=upload(NAMED)))
    again = page(omar, FOR, **SAID, **carried, then="keep", despite=" ")
    assert "Say why it identifies nobody" in again
    assert "This may identify people" in again
    told = page(omar, FOR, **SAID, **carried, then="keep", despite="Invented, from the course.")
    assert "It can never be made public" in told
    assert Evidence.objects.get().file.open("rb").read() == NAMED
    assert not Event.objects.filter(content__contains="Mbeki").exists()


def test_a_reason_holds_only_for_what_was_shown(page: Page, omar: Person) -> None:
    """Whoever was told of a name cannot keep a date of birth with the same reason."""
    carried = hidden(page(omar, FOR, **SAID, upload=upload(b"Witness: Thandiwe Mbeki.\n")))
    sent = {**SAID, **carried, "then": "keep", "despite": "Invented."}
    told = page(omar, FOR, **sent, upload=upload(NAMED))
    assert "A date of birth" in told
    sent |= hidden(told)
    told = page(omar, FOR, **{**sent, "shows": "That Mrs Ackroyd was called back."})
    assert "in what you typed" in told
    assert not Evidence.objects.exists()


def test_what_is_kept_aside_is_nobody_elses(page: Page, omar: Person, otto: Person) -> None:
    carried = hidden(page(omar, FOR, **SAID, upload=upload(NAMED)))
    said = page(otto, FOR, **SAID, **carried, then="keep", despite="Let me see it.")
    assert "The file is no longer kept aside for you. Choose it again." in said
    assert not Evidence.objects.exists()


# --- The list and a piece -------------------------------------------------------------------------


def test_the_list_is_narrowed(
    page: Page, vera: Person, omar: Person, accepted: Undertaking
) -> None:
    about = About(ABOUT.shows, ABOUT.does_not_show, "use", None, None, in_days(9), "A return.")
    a_file(omar, accepted, other_of(accepted), about=about)
    fits = ("", "grade=use", "age=soon", "uses=several", "grading=proposed", "q=records", "page=x")
    fits_not = ("grade=sample", "age=expired", "uses=none", "seal=public", "mine=on", "q=nothing")
    found = {q: "october-return.txt" in page(vera, f"/desk/evidence/?{q}") for q in fits + fits_not}
    assert [query for query, shown in found.items() if shown] == list(fits)


def test_people_of_a_body_see_its_own(
    page: Page, evidence: Evidence, lena: Person, ada: Person, omar: Person
) -> None:
    assert "october-return.txt" not in page(lena, "/desk/evidence/")
    assert "october-return.txt" in page(omar, "/desk/evidence/")
    path = f"/desk/evidence/{evidence.pk}/"
    for name in ("", "file/", "use/"):
        page(lena, path + name, 404)
    assert "may see evidence that is not public" in page(ada, path, 403)


def test_a_piece_says_what_it_shows_and_who_sees_it(
    page: Page, evidence: Evidence, vera: Person, omar: Person, accepted: Undertaking
) -> None:
    grade_evidence(by=vera, evidence=evidence, grade="policy", reason="It only says so.")
    a_file(omar, other_of(accepted))
    said = page(vera, f"/desk/evidence/{evidence.pk}/")
    assert "Set by Vera Lindqvist" in said
    assert "Proposed was “use in practice”" in said
    assert "Sealed: only people of Northmoor Police" in said
    assert "The same file, byte for byte, is offered for R-0002" in said
    assert evidence.sha256 in said


def test_a_file_is_saved_and_never_shown(client: Client, evidence: Evidence, vera: Person) -> None:
    client.force_login(vera)
    answer = client.get(f"/desk/evidence/{evidence.pk}/file/")
    assert b"".join(answer.streaming_content) == RETURN  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert client.post(f"/desk/evidence/{evidence.pk}/file/").status_code == 405


# --- What is done ---------------------------------------------------------------------------------


def test_a_verifier_grades_what_she_saw_graded(
    page: Page, evidence: Evidence, vera: Person, ivo: Person, omar: Person
) -> None:
    path = f"/desk/evidence/{evidence.pk}/grade/"
    assert "so someone else must judge this" in page(omar, path, 403)
    page(vera, path)
    told = page(vera, path, grade="use", reason="I read ten.", seen="")
    assert "What was proposed stays beside it" in told
    late = page(ivo, path, grade="policy", reason="No.", seen="")
    assert "Somebody graded this since you opened the page" in late
    assert "No.</textarea>" in late


def test_a_publisher_opens_and_seals(page: Page, evidence: Evidence, petra: Person) -> None:
    path = f"/desk/evidence/{evidence.pk}/"
    assert "Tick the box" not in page(petra, f"{path}make-public/")
    assert "Look for what identifies people" in page(
        petra, f"{path}make-public/", because="Counts."
    )
    told = page(petra, f"{path}make-public/", because="Counts only.", looked="on")
    assert "Nobody outside sees it until an edition" in told
    assert "It is sealed." in page(petra, f"{path}seal/", because="An error in it.")
    page(petra, f"{path}seal/", 403)


def test_what_is_here_is_offered_for_more(
    page: Page, evidence: Evidence, omar: Person, accepted: Undertaking
) -> None:
    other = other_of(accepted)
    there = HERE.replace("0001", "0002")
    assert "october-return.txt" in page(omar, f"{there}offer/")
    assert "is offered for R-0002" in page(omar, f"{there}offer/", evidence=str(evidence.pk))
    assert "There is nothing else to offer" in page(omar, f"{there}offer/")
    assert queries.standing_use(evidence, other)


def test_it_is_taken_out_and_stays_to_be_seen(
    page: Page, assured: Opinion, omar: Person, vera: Person
) -> None:
    use = queries.uses_of(assured.undertaking)[0]
    path = f"/desk/evidence/uses/{use.pk}/take-out/"
    assert "An opinion stands on what is there now. It becomes void" in page(omar, path)
    page(vera, path, 403)
    told = page(omar, path, reason="The wrong month.")
    assert "It stays on this page with your reason" in told
    assert 'id="taken-out"' in told
    page(omar, path, 403)


# --- What one body offers -------------------------------------------------------------------------


def test_the_verifier_is_told_of_age_and_reuse(
    page: Page, omar: Person, vera: Person, accepted: Undertaking, evidence: Evidence
) -> None:
    other = other_of(accepted)
    a_file(omar, other, accepted, name="again.txt")
    said = page(vera, HERE)
    assert "The same file, byte for byte, is offered for R-0002 of Northmoor Police" in said
    assert "The same file, byte for byte, was handed in for this before." in said
    assert "Proposed by Omar Rahim. No verifier has graded it." in said
    assert "Draw a sample" in said
    assert "Hand in evidence" not in said


def test_whoever_could_never_do_it_is_not_offered_it(
    page: Page, evidence: Evidence, ravi: Person, cass: Person
) -> None:
    page(ravi, HERE, 403)
    said = page(cass, HERE)
    for press in ("Hand in evidence", "Draw a sample", "Grade it", "Take out"):
        assert press not in said


def test_it_costs_no_more_with_fifty_pieces(
    client: Client,
    omar: Person,
    vera: Person,
    accepted: Undertaking,
    django_assert_max_num_queries: Any,
) -> None:
    given = {"by": omar, "body": accepted.body, "about": ABOUT, "undertakings": [accepted]}
    for number in range(50):
        add_statement(**given, name="Count", words=f"It was {number}.")
    piece = Evidence.objects.latest("pk")
    for person in (vera, omar):
        client.force_login(person)
        for path in (HERE, "/desk/evidence/", f"/desk/evidence/{piece.pk}/", FOR):
            if person is omar or path != FOR:
                with django_assert_max_num_queries(15):
                    assert client.get(path).status_code == 200


def test_a_piece_that_serves_many_costs_no_more(
    client: Client,
    omar: Person,
    vera: Person,
    owed: list[Undertaking],
    django_assert_max_num_queries: Any,
) -> None:
    found = a_file(omar, *owed)
    for person in (vera, omar):
        client.force_login(person)
        for path in (f"/desk/evidence/{found.pk}/", f"/desk/evidence/{found.pk}/grade/"):
            with django_assert_max_num_queries(15):
                assert client.get(path).status_code == (
                    403 if "grade" in path and person is omar else 200
                )


def test_open_evidence_says_so(
    page: Page, evidence: Evidence, petra: Person, asked: list[Recommendation]
) -> None:
    open_evidence(by=petra, evidence=evidence, because="Counts only.")
    assert "Chosen for the public record" in page(petra, f"/desk/evidence/{evidence.pk}/")


def test_nothing_used_is_said_to_be_used(page: Page, evidence: Evidence, omar: Person) -> None:
    take_out_evidence(by=omar, use=evidence.uses.get(), reason="The wrong month.")
    assert "october-return.txt" in page(omar, "/desk/evidence/?uses=none")


# --- Today ----------------------------------------------------------------------------------------


def test_today_tells_what_is_soon_too_old_and_what_waits_for_a_grade(
    page: Page, omar: Person, vera: Person, accepted: Undertaking
) -> None:
    about = About(ABOUT.shows, ABOUT.does_not_show, "use", None, None, in_days(59), "A return.")
    a_file(omar, accepted, about=about)
    a_file(omar, accepted, content=b"Later", about=replace(about, expires_on=in_days(61)))
    said = page(omar, "/desk/")
    assert said.count("Renew “october-return.txt”") == 1
    assert "A return. It serves R-0001." in said
    assert "Evidence to grade" not in said
    said = page(vera, "/desk/")
    assert "Evidence to grade" in said
    assert "Nobody independent has said yet what it is worth." in said
    assert "Renew" not in said
