"""A reply read against its report: its list, one answer beside its page, and what is decided."""

import re
from datetime import date, timedelta

import pytest
import typst
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.audit import queries as audit
from answerable.register.actions.reply_readings import read_reply
from answerable.register.models import AnswerDecision, ReplyReading, Response, Undertaking
from answerable.register.queries.reply_readings import changed_answers
from answerable.reports.models import Document, Report
from tests.engine.replies import papers
from tests.universe import read_for

Outcome = AnswerDecision.Outcome
REPLY = Document.Purpose.REPLY
DATED = date(2026, 10, 1)


def typeset(source: str) -> bytes:
    return bytes(typst.compile(source.encode()))


def at(name: str, reading: ReplyReading, *more: str) -> str:
    return reverse(f"desk:{name}", args=[reading.document_id, reading.body.slug, *more])


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def reference(undertaking: Undertaking) -> str:
    return undertaking.recommendation.reference


# --- Having it read -------------------------------------------------------------------------------


def test_a_replys_page_leads_to_its_answers(
    client: Client, owed: list[Undertaking], reply_document: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    shown = client.get(reverse("desk:document", args=[reply_document.pk]))
    assert reverse("desk:read_reply", args=[reply_document.pk]) in shown.content.decode()


def test_whose_it_is_and_its_date_are_asked_once_and_then_all_answers_wait(
    client: Client, owed: list[Undertaking], reply_document: Document, rosa: Person, force: Body
) -> None:
    client.force_login(rosa)
    sent = {"body": force.pk, "dated_on-day": "1", "dated_on-month": "10", "dated_on-year": "2026"}
    response = client.post(reverse("desk:read_reply", args=[reply_document.pk]), sent, follow=True)
    assert "All 7 recommendations are answered here." in text(response)
    reading = ReplyReading.objects.get()
    assert reading.dated_on == DATED
    assert reading.proposals.count() == 7
    assert Response.objects.count() == 0  # nothing is entered by the reading itself
    assert audit.verify().holds


def test_a_wrong_date_keeps_what_was_typed(
    client: Client, owed: list[Undertaking], reply_document: Document, rosa: Person, force: Body
) -> None:
    client.force_login(rosa)
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = {"body": force.pk} | {
        f"dated_on-{part}": str(getattr(tomorrow, part)) for part in ("day", "month", "year")
    }
    response = client.post(reverse("desk:read_reply", args=[reply_document.pk]), sent)
    assert response.status_code == 200
    assert "in the past" in text(response)
    assert f'value="{tomorrow.year}"' in response.content.decode()
    assert f'value="{force.pk}" selected' in response.content.decode()
    assert not ReplyReading.objects.exists()


def test_without_recommendations_the_page_says_what_comes_first(
    client: Client, reply_document: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    assert "Check what the report asks first" in text(
        client.get(reverse("desk:read_reply", args=[reply_document.pk]))
    )


def test_the_report_itself_is_no_reply(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    assert client.get(reverse("desk:read_reply", args=[inspection_read.pk])).status_code == 404


# --- The list -------------------------------------------------------------------------------------


def test_the_list_names_what_got_no_line_of_its_own(
    client: Client, owed: list[Undertaking], inspection: Report, rosa: Person, force: Body
) -> None:
    themed = read_for(inspection, rosa, typeset(papers.by_theme()), "themes.pdf", REPLY)
    reading = read_reply(by=rosa, document=themed, body=force, dated_on=DATED)
    client.force_login(rosa)
    response = client.get(at("proposed_answers", reading))
    shown = text(response)
    assert "1 of 7 recommendations is answered here; these 6 got no line of their own:" in shown
    for undertaking in owed[1:]:
        assert reference(undertaking) in shown
    assert "Parts that answer nothing by name" in shown
    log = reverse("desk:log_reply", args=[reference(owed[3]), force.slug])
    assert log in response.content.decode() or "something alike" in shown


def test_the_list_takes_few_queries(
    client: Client, reply_reading: ReplyReading, rosa: Person, django_assert_max_num_queries
) -> None:
    client.force_login(rosa)
    client.get(at("proposed_answers", reply_reading))
    with django_assert_max_num_queries(18):
        client.get(at("proposed_answers", reply_reading))


def test_all_that_are_sure_are_entered_with_one_press_each_an_act(
    client: Client, reply_reading: ReplyReading, owed: list[Undertaking], rosa: Person
) -> None:
    client.force_login(rosa)
    before = audit.head()[0]
    response = client.post(at("accept_sure", reply_reading), follow=True)
    assert "7 answers entered" in text(response)
    for undertaking, words in zip(owed, papers.GIVEN, strict=True):
        entered = undertaking.responses.get()
        assert entered.words == words
        assert entered.dated_on == DATED
        assert entered.document == reply_reading.document
        assert entered.page
    assert AnswerDecision.objects.filter(outcome=Outcome.ACCEPTED).count() == 7
    assert audit.head()[0] - before == 14
    assert audit.verify().holds
    assert client.post(at("accept_sure", reply_reading)).status_code == 403


# --- One answer -----------------------------------------------------------------------------------


def test_an_answer_stands_beside_its_page_with_why(
    client: Client, reply_reading: ReplyReading, owed: list[Undertaking], rosa: Person
) -> None:
    client.force_login(rosa)
    response = client.get(at("proposed_answer", reply_reading, reference(owed[0])))
    shown = text(response)
    assert papers.ASKED[0] in shown
    assert papers.GIVEN[0] in shown
    assert "own number stands before it" in shown
    assert f"/desk/documents/{reply_reading.document_id}/pages/1.png" in response.content.decode()
    assert response.content.decode().count("an-mark--now") >= 3


def test_the_difference_is_shown_where_the_reply_rewords_what_was_asked(
    client: Client, owed: list[Undertaking], inspection: Report, rosa: Person, force: Body
) -> None:
    source = papers.headed().replace("within 24 hours", "in reasonable time")
    reworded = read_for(inspection, rosa, typeset(source), "reworded.pdf", REPLY)
    reading = read_reply(by=rosa, document=reworded, body=force, dated_on=DATED)
    client.force_login(rosa)
    shown = text(client.get(at("proposed_answer", reading, reference(owed[0]))))
    assert "The reply words it differently" in shown
    assert "[added:] in reasonable time [end]" in shown
    client.post(
        at("proposed_answer", reading, reference(owed[0])), {"answers": owed[0].pk}, follow=True
    )
    assert "in reasonable time" in owed[0].responses.get().restates


def test_entering_goes_on_to_the_next(
    client: Client, reply_reading: ReplyReading, owed: list[Undertaking], rosa: Person
) -> None:
    client.force_login(rosa)
    here = at("proposed_answer", reply_reading, reference(owed[0]))
    response = client.post(here, {"answers": owed[0].pk})
    assert response["Location"] == at("proposed_answer", reply_reading, reference(owed[1]))
    assert owed[0].responses.get().words == papers.GIVEN[0]


def test_another_recommendation_can_be_chosen(
    client: Client, reply_reading: ReplyReading, owed: list[Undertaking], rosa: Person
) -> None:
    client.force_login(rosa)
    client.post(at("proposed_answer", reply_reading, reference(owed[0])), {"answers": owed[4].pk})
    assert not owed[0].responses.exists()
    assert owed[4].responses.get().words == papers.GIVEN[0]
    assert AnswerDecision.objects.get().outcome == Outcome.MOVED
    shown = text(client.get(at("proposed_answers", reply_reading)))
    assert "Entered for another" in shown


def test_a_second_answer_from_the_same_document_is_refused_in_words(
    client: Client, reply_reading: ReplyReading, owed: list[Undertaking], rosa: Person
) -> None:
    client.force_login(rosa)
    client.post(at("proposed_answer", reply_reading, reference(owed[0])), {"answers": owed[4].pk})
    response = client.post(
        at("proposed_answer", reply_reading, reference(owed[1])), {"answers": owed[4].pk}
    )
    assert "has been entered from this document" in text(response)
    assert f'value="{owed[4].pk}" selected' in response.content.decode()


def test_other_lines_can_be_chosen_and_their_words_are_entered(
    client: Client, reply_reading: ReplyReading, owed: list[Undertaking], rosa: Person
) -> None:
    client.force_login(rosa)
    here = at("answer_lines", reply_reading, reference(owed[0]))
    form = client.get(here).context["form"]
    lines = [f"{page}:{line}" for page, line in form.initial["lines"]]
    response = client.post(here, {"answers": owed[0].pk, "lines": lines[:-1]})
    assert response.status_code == 302
    entered = owed[0].responses.get()
    assert papers.GIVEN[0].startswith(entered.words)
    assert AnswerDecision.objects.get().outcome == Outcome.CORRECTED


def test_no_lines_is_answered_with_a_sentence_and_what_was_typed(
    client: Client, reply_reading: ReplyReading, owed: list[Undertaking], rosa: Person
) -> None:
    client.force_login(rosa)
    here = at("answer_lines", reply_reading, reference(owed[0]))
    response = client.post(here, {"answers": owed[2].pk, "ends_with": "found late"})
    assert "Choose the lines that it covers" in text(response)
    assert 'value="found late"' in response.content.decode()
    assert f'value="{owed[2].pk}" selected' in response.content.decode()


def test_what_is_no_answer_is_put_aside_and_can_still_be_entered(
    client: Client, reply_reading: ReplyReading, owed: list[Undertaking], rosa: Person
) -> None:
    client.force_login(rosa)
    here = at("dismiss_answer", reply_reading, reference(owed[0]))
    client.post(here, {"reason": "It is about something else."})
    shown = text(client.get(at("proposed_answer", reply_reading, reference(owed[0]))))
    assert "Not an answer to it. It is about something else." in shown
    client.post(at("proposed_answer", reply_reading, reference(owed[0])), {"answers": owed[0].pk})
    assert owed[0].responses.exists()
    assert client.post(here).status_code == 200
    assert audit.verify().holds


# --- Who may --------------------------------------------------------------------------------------


def test_the_bodys_own_lead_may_enter_its_answers(
    client: Client, reply_reading: ReplyReading, owed: list[Undertaking], omar: Person
) -> None:
    client.force_login(omar)
    assert client.get(at("proposed_answers", reply_reading)).status_code == 200
    client.post(at("proposed_answer", reply_reading, reference(owed[0])), {"answers": owed[0].pk})
    assert owed[0].responses.get().entered_by == omar


def test_another_bodys_lead_finds_nothing(
    client: Client, reply_reading: ReplyReading, owed: list[Undertaking], lena: Person
) -> None:
    client.force_login(lena)
    assert client.get(at("proposed_answers", reply_reading)).status_code == 404
    assert client.get(at("proposed_answer", reply_reading, reference(owed[0]))).status_code == 404


def test_a_reader_is_told_why_not(
    client: Client, reply_reading: ReplyReading, ravi: Person
) -> None:
    client.force_login(ravi)
    for name in ("proposed_answers",):
        assert client.get(at(name, reply_reading)).status_code == 403
    assert (
        client.get(reverse("desk:read_reply", args=[reply_reading.document_id])).status_code == 403
    )


def test_a_stranger_signs_in_first(client: Client, reply_reading: ReplyReading) -> None:
    assert client.get(at("proposed_answers", reply_reading)).status_code == 302


def test_what_only_changes_things_is_only_posted(
    client: Client, reply_reading: ReplyReading, owed: list[Undertaking], rosa: Person
) -> None:
    client.force_login(rosa)
    assert client.get(at("accept_sure", reply_reading)).status_code == 405
    assert client.get(at("dismiss_answer", reply_reading, reference(owed[0]))).status_code == 405
    assert client.post(at("proposed_answers", reply_reading)).status_code == 405


def test_what_the_machine_proposed_is_bound(reply_reading: ReplyReading) -> None:
    assert changed_answers() is None
    with pytest.raises(DatabaseError, match="append-only"):
        reply_reading.proposals.update(words="other words")
