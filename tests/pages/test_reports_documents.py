"""The pages about documents: adding them, following their reading, pictures, the original."""

import errno
import io
import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from answerable.accounts.models import Body, Person
from answerable.register.actions.recommendations import enter_recommendation
from answerable.reports.actions import files
from answerable.reports.actions.documents import receive_document
from answerable.reports.actions.reports import log_report
from answerable.reports.actions.work import run_waiting
from answerable.reports.models import Document, Report
from tests import papers


@pytest.fixture
def report(rosa: Person, inspectorate: Body) -> Report:
    return log_report(by=rosa, title="Review of Northmoor", kind="review", author=inspectorate)


def receive(by: Person, report: Report, content: bytes, name: str, **more: object) -> Document:
    document = receive_document(
        by=by,
        report=report,
        upload=io.BytesIO(content),
        name=name,
        **more,  # type: ignore[arg-type]
    )
    run_waiting()
    document.refresh_from_db()
    return document


@pytest.fixture
def document(rosa: Person, report: Report) -> Document:
    return receive(rosa, report, papers.pdf(), "review.pdf")


def adding(report: Report) -> str:
    return reverse("desk:add_documents", args=[report.pk])


def sent(*named: tuple[str, bytes], purpose: str = "report") -> dict[str, object]:
    """What a browser sends for these files."""
    return {"purpose": purpose, "uploads": [SimpleUploadedFile(n, c) for n, c in named]}


def left(settings: object) -> list[str]:
    """Names of the files that are kept or were left."""
    root = Path(settings.MEDIA_ROOT)  # type: ignore[attr-defined]
    return sorted(p.name for p in root.rglob("*") if p.is_file())


# --- Adding ---------------------------------------------------------------------------------------


def test_many_files_at_once_each_with_its_own_answer(
    client: Client, rosa: Person, report: Report, settings: object
) -> None:
    client.force_login(rosa)
    page = client.post(
        adding(report),
        sent(
            ("review.pdf", papers.pdf()),
            ("program.pdf", papers.PROGRAM),
            ("empty.pdf", b""),
            ("again.pdf", papers.pdf()),
            ("annex.docx", papers.word()),
        ),
    ).text
    assert page.count("Received. It is being read; you need not wait.") == 2
    assert "This file is a program, whatever its name says." in page
    assert "This file is empty." in page
    assert "byte for byte, as “review.pdf”" in page
    assert left(settings) == sorted(Document.objects.values_list("sha256", flat=True))


def test_when_all_are_received_she_is_back_at_the_report(
    client: Client, rosa: Person, report: Report
) -> None:
    client.force_login(rosa)
    answer = client.post(adding(report), sent(("reply.pdf", papers.pdf()), purpose="reply"))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("desk:report", args=[report.pk])
    assert Document.objects.get().purpose == "reply"
    assert "reply.pdf: Received." in client.get(answer["Location"]).text


def test_a_script_gets_its_answers_as_json(client: Client, rosa: Person, report: Report) -> None:
    client.force_login(rosa)
    answer = client.post(
        adding(report), sent(("review.pdf", papers.pdf())), headers={"accept": "application/json"}
    ).json()
    document = Document.objects.get()
    assert answer["outcomes"] == [
        {
            "name": "review.pdf",
            "received": True,
            "sentence": "Received. It is being read; you need not wait.",
            "href": f"/desk/documents/{document.pk}/",
        }
    ]
    nothing = client.post(adding(report), {}, headers={"accept": "application/json"}).json()
    assert not nothing["outcomes"][0]["received"]


def test_the_form_begins_without_errors_and_with_the_usual_choice(
    client: Client, rosa: Person, report: Report
) -> None:
    client.force_login(rosa)
    page = client.get(adding(report)).text
    assert "There is a problem" not in page
    assert 'value="report" checked' in page


def test_no_file_and_a_wrong_choice_are_asked_for(
    client: Client, rosa: Person, report: Report, settings: object
) -> None:
    client.force_login(rosa)
    assert "Choose a file" in client.post(adding(report), {"purpose": "report"}).text
    wrong = client.post(adding(report), sent(("a.pdf", papers.pdf()), purpose="x"))
    assert wrong.status_code == 200
    assert left(settings) == [], "what was sent with a wrong form is not left behind"


def test_a_file_that_is_too_large_is_answered_in_words(
    client: Client, rosa: Person, report: Report, settings: object
) -> None:
    settings.DOCUMENT_BYTES = 1024 * 1024  # type: ignore[attr-defined]
    client.force_login(rosa)
    page = client.post(adding(report), sent(("big.pdf", papers.pdf() + b"\0" * 2_000_000))).text
    assert "larger than 1 MB" in page
    assert left(settings) == []


def test_a_full_disk_is_answered_in_words(
    client: Client,
    rosa: Person,
    report: Report,
    settings: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    client.force_login(rosa)
    monkeypatch.setattr(os, "fsync", full)
    page = client.post(adding(report), sent(("review.pdf", papers.pdf())))
    monkeypatch.undo()
    assert page.status_code == 200
    assert "There is no room left on the disk, so nothing was kept." in page.text
    assert left(settings) == []


def test_a_strangers_file_does_not_reach_the_disk(
    client: Client, report: Report, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(self: object) -> None:
        raise AssertionError("a stranger's bytes were written")

    monkeypatch.setattr(files.Arriving, "__init__", never)
    answer = client.post(adding(report), sent(("review.pdf", papers.pdf())))
    assert answer["Location"].startswith("/account/login/")
    assert left(settings) == []


@pytest.mark.parametrize("who", ["vera", "cass", "petra", "ravi"])
def test_a_colleague_is_told_why_she_may_not_add(
    who: str, client: Client, report: Report, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    for answer in (client.get(adding(report)), client.post(adding(report), {})):
        assert answer.status_code == 403
        assert "Only a governance officer may add documents." in answer.text


# --- The page, and how far the reading is --------------------------------------------------------------


def test_its_page_shows_what_was_found_the_page_and_its_text(
    client: Client, rosa: Person, document: Document
) -> None:
    client.force_login(rosa)
    page = client.get(f"/desk/documents/{document.pk}/?page=3").text
    assert "3 found." in page
    assert "Page 3 of 3" in page
    assert f"/desk/documents/{document.pk}/pages/3.png" in page
    assert "Northmoor Police should record every report" in page
    assert document.sha256 in page
    assert "It is not public." in page
    assert f"/desk/documents/{document.pk}/check/" in page


@pytest.mark.parametrize("page", ["0", "999", "x", "-3", "9" * 40, "²"])
def test_any_page_number_leads_to_a_page(
    client: Client, rosa: Person, document: Document, page: str
) -> None:
    client.force_login(rosa)
    assert client.get(f"/desk/documents/{document.pk}/", {"page": page}).status_code == 200


def test_its_page_asks_a_constant_number_of_queries(
    client: Client, rosa: Person, document: Document, django_assert_max_num_queries: object
) -> None:
    client.force_login(rosa)
    with django_assert_max_num_queries(15 + 4):  # type: ignore[operator]
        client.get(f"/desk/documents/{document.pk}/")


def test_a_document_without_pages_shows_its_text(
    client: Client, rosa: Person, report: Report
) -> None:
    document = receive(rosa, report, papers.HTML, "report.html")
    client.force_login(rosa)
    page = client.get(f"/desk/documents/{document.pk}/").text
    assert papers.ASKS[0] in page
    assert "<script>document" not in page
    assert ".png" not in page


def test_progress_is_told_by_page_with_and_without_scripts(
    client: Client, rosa: Person, report: Report
) -> None:
    document = receive_document(
        by=rosa, report=report, upload=io.BytesIO(papers.pdf()), name="review.pdf"
    )
    client.force_login(rosa)
    address, told = (
        f"/desk/documents/{document.pk}/",
        f"/desk/documents/{document.pk}/progress.json",
    )
    assert client.get(told).json()["words"] == "Waiting to be read"
    Document.objects.update(state="reading", pages_done=2, page_count=3)
    assert client.get(told).json() == {
        "state": "reading",
        "words": "Page 2 of 3 is read",
        "done": 2,
        "of": 3,
    }
    page = client.get(address).text
    assert "Page 2 of 3 is read" in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert "You need not wait" in page


def test_what_was_put_aside_says_why_and_can_be_tried_again(
    client: Client, rosa: Person, vera: Person, report: Report
) -> None:
    document = receive(rosa, report, papers.scan(), "scan.pdf")
    address = f"/desk/documents/{document.pk}/"
    client.force_login(vera)
    assert "Try again" not in client.get(address).text
    assert client.post(f"{address}read-again/").status_code == 403
    client.force_login(rosa)
    page = client.get(address).text
    assert "This document was put aside." in page
    assert document.state_reason in page
    assert client.get(f"{address}read-again/").status_code == 405
    again = client.post(f"{address}read-again/", follow=True).text
    assert "It is being read once more." in again
    assert client.post(f"{address}read-again/").status_code == 403, "it waits already"


# --- Pictures ------------------------------------------------------------------------------------------


def test_a_page_is_drawn_once_and_kept(
    client: Client, rosa: Person, document: Document, settings: object
) -> None:
    client.force_login(rosa)
    address = f"/desk/documents/{document.pk}/pages/2.png"
    first = client.get(address)
    assert first["Content-Type"] == "image/png"
    assert first["Cache-Control"].startswith("private")
    assert Image.open(io.BytesIO(first.content)).width in range(990, 1010)
    kept = list(Path(settings.PICTURES).rglob("*.png"))  # type: ignore[attr-defined]
    assert [p.name for p in kept] == [f"{document.sha256}-2-1000.png"]
    assert client.get(address).content == first.content
    assert Image.open(io.BytesIO(client.get(f"{address}?width=500").content)).width < 510
    assert client.get(f"{address}?width=99999").content == first.content


def test_pictures_never_take_more_room_than_they_may(
    client: Client, rosa: Person, document: Document, settings: object
) -> None:
    client.force_login(rosa)
    root = Path(settings.PICTURES)  # type: ignore[attr-defined]
    sizes = []
    for number in (1, 2, 3):
        client.get(f"/desk/documents/{document.pk}/pages/{number}.png")
        sizes.append(
            (root / document.sha256[:2] / f"{document.sha256}-{number}-1000.png").stat().st_size
        )
        os.utime(
            root / document.sha256[:2] / f"{document.sha256}-{number}-1000.png", (number, number)
        )
    client.get(f"/desk/documents/{document.pk}/pages/1.png")  # looked at last
    settings.PICTURES_BYTES = sum(sizes)  # type: ignore[attr-defined]
    client.get(f"/desk/documents/{document.pk}/pages/3.png?width=500")
    names = {p.name.split("-", 1)[1] for p in root.rglob("*.png")}
    assert names == {"1-1000.png", "3-1000.png", "3-500.png"}, "the one looked at longest ago went"


def test_a_page_that_is_not_there_has_no_picture(
    client: Client, rosa: Person, report: Report, document: Document
) -> None:
    client.force_login(rosa)
    for number in ("0", "4", "9" * 20):
        assert client.get(f"/desk/documents/{document.pk}/pages/{number}.png").status_code == 404
    text = receive(rosa, report, papers.HTML, "report.html")
    assert client.get(f"/desk/documents/{text.pk}/pages/1.png").status_code == 404


# --- The original ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (papers.pdf(), "review “final”.pdf", "application/pdf"),
        (papers.HTML, "report.html", "application/octet-stream"),
    ],
    ids=["pdf", "html"],
)
def test_the_original_is_handed_out_byte_for_byte_and_never_shown(
    client: Client, rosa: Person, report: Report, content: bytes, name: str, kind: str
) -> None:
    document = receive(rosa, report, content, name)
    client.force_login(rosa)
    answer = client.get(f"/desk/documents/{document.pk}/original/")
    assert b"".join(answer.streaming_content) == content  # type: ignore[attr-defined]
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


# --- Public or not ----------------------------------------------------------------------------------------


def test_a_publisher_chooses_a_document_for_the_public_record(
    client: Client, rosa: Person, petra: Person, document: Document
) -> None:
    address = reverse("desk:open_document", args=[document.pk])
    client.force_login(rosa)
    assert client.get(address).status_code == 403
    client.force_login(petra)
    page = client.post(address, {"because": "It is published."}).text
    assert "Look for names first, then tick the box" in page
    assert "It is published." in page
    done = client.post(address, {"because": "It is published.", "looked": "on"}, follow=True).text
    assert "Nobody outside sees it until an edition that holds it is approved." in done
    assert "Petra Novak chose review.pdf for the public record" in done
    assert client.get(address).status_code == 403, "it is chosen already"


def test_a_publisher_takes_it_back_and_is_told_what_stays(
    client: Client, petra: Person, document: Document
) -> None:
    client.force_login(petra)
    back = reverse("desk:close_document", args=[document.pk])
    assert client.get(back).status_code == 403, "it is not public"
    looked = {"because": "It is published.", "looked": "on"}
    client.post(reverse("desk:open_document", args=[document.pk]), looked)
    assert "Say why it is taken back" in client.post(back, {"because": ""}).text
    done = client.post(back, {"because": "It names a child."}, follow=True).text
    assert "editions that are out already are not changed" in done
    document.refresh_from_db()
    assert not document.is_public


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    sent=st.fixed_dictionaries(
        {}, optional={n: st.text(max_size=30) for n in ("because", "looked", "purpose", "uploads")}
    )
)
def test_no_form_breaks_the_pages(
    client: Client, rosa: Person, petra: Person, document: Document, sent: dict[str, str]
) -> None:
    client.force_login(petra)
    for name in ("open_document", "close_document"):
        answer = client.post(reverse(f"desk:{name}", args=[document.pk]), sent)
        assert answer.status_code in (200, 302, 403)
    client.force_login(rosa)
    assert client.post(adding(document.report), sent).status_code == 200


# --- Who ----------------------------------------------------------------------------------------------------


def test_a_lead_sees_the_report_and_not_another_bodys_reply(
    client: Client, rosa: Person, omar: Person, force: Body, report: Report, document: Document
) -> None:
    reply = receive(rosa, report, papers.pdf(2), "reply.pdf", purpose=Document.Purpose.REPLY)
    enter_recommendation(
        by=rosa, report=report, words="Record it.", bodies=[(force, "It is named.")]
    )
    client.force_login(omar)
    page = client.get(f"/desk/documents/{document.pk}/")
    assert page.status_code == 200
    assert "3 found." not in page.text, "suggestions are the office's"
    for part in ("", "original/", "pages/1.png", "progress.json"):
        assert client.get(f"/desk/documents/{document.pk}/{part}").status_code == 200
        assert client.get(f"/desk/documents/{reply.pk}/{part}").status_code == 404


def test_strangers_and_other_bodies_find_nothing(
    client: Client, lena: Person, document: Document
) -> None:
    parts = ("", "original/", "pages/1.png", "progress.json", "make-public/")
    for part in parts:
        assert client.get(f"/desk/documents/{document.pk}/{part}").status_code == 302
    client.force_login(lena)
    for part in parts:
        assert client.get(f"/desk/documents/{document.pk}/{part}").status_code == 404
