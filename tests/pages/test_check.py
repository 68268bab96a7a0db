"""The checking page: decide on what was found, beside the page where it stands."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from answerable.accounts.actions import add_body
from answerable.accounts.models import Body, Person
from answerable.register.actions import candidates as register
from answerable.register.models import Recommendation, Undertaking
from answerable.reports.actions import decisions as actions
from answerable.reports.models import Candidate, Decision, Document, Notice, PageSeen, Report
from tests.universe import read_for

Outcome = Decision.Outcome


def candidate(document: Document, number: str) -> Candidate:
    return Candidate.objects.select_related("reading__document").get(
        reading__document=document, number=number
    )


def check(document: Document) -> str:
    return reverse("desk:check", args=[document.pk])


def act(document: Document, number: str, name: str) -> str:
    return reverse(f"desk:{name}", args=[document.pk, candidate(document, number).pk])


def text(response: HttpResponse) -> str:
    """What stands on the page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def asked(response: HttpResponse) -> dict[str, list[str]]:
    return parse_qs(urlsplit(response["Location"]).query)


# --- Looking ----------------------------------------------------------------------------------------


def test_the_first_that_waits_is_shown_with_its_page_and_why(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    response = client.get(check(inspection_read))
    shown = text(response)
    assert "8 found on pages 2 to 3 · 0 decided · the report says there are 9" in shown
    assert "To be settled: The report was logged as having 9 recommendations; 8 were" in shown
    assert "Number 1" in shown
    assert candidate(inspection_read, "1").words in shown
    assert candidate(inspection_read, "1").why[0] in shown
    assert f"/desk/documents/{inspection_read.pk}/pages/2.png" in response.content.decode()
    assert response.content.decode().count("an-mark--open") == 5  # numbers 2 to 5, one on two lines
    assert "in 10 like this are right" in shown or "nearly all like this are right" in shown


def test_the_marks_lie_where_the_words_are_printed(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    response = client.get(check(inspection_read))
    left, top, right, bottom = candidate(inspection_read, "1").spans[0]["boxes"][0]
    mark = next(m for m in response.context["view"].marks if m.state == "now")
    assert mark.x <= left < right <= mark.x + mark.width
    assert mark.y <= top < bottom <= mark.y + mark.height


def test_a_page_is_remembered_as_seen_by_who_looked_at_it(
    client: Client, inspection_read: Document, rosa: Person, second_officer: Person
) -> None:
    client.force_login(rosa)
    for _ in range(2):
        client.get(check(inspection_read), {"page": 3})
    assert list(PageSeen.objects.values_list("page__number", "person")) == [(3, rosa.pk)]


def test_a_page_that_is_not_there_is_not_found(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    assert client.get(check(inspection_read), {"page": 99}).status_code == 404
    assert client.get(check(inspection_read), {"candidate": 99999}).status_code == 404
    assert client.get(check(inspection_read), {"page": "x", "done": "²"}).status_code == 200


NAMED = b"""<html><body><h1>Review</h1><h2>Findings</h2><p>The force should have looked at the
records. We recommend that it does so now.</p><h2>Recommendations</h2>
<p>Recommendation 1: Northmoor Police should publish what it finds.</p>
<p>Recommendation 2: Eastmere Trust should say what it will do within six months.</p>
</body></html>"""
"""Two recommendations, one of a body that nobody knows here; and one passage not taken."""


def test_who_is_named_is_proposed_and_who_is_unknown_is_said(
    client: Client, inspection: Report, rosa: Person, force: Body
) -> None:
    document = read_for(inspection, rosa, NAMED, "review.html")
    client.force_login(rosa)
    assert f'value="{force.pk}" checked' in client.get(check(document)).content.decode()
    second = client.get(check(document), {"candidate": candidate(document, "2").pk})
    assert "“Eastmere Trust” is not a body that we know by that name" in text(second)
    assert "when: within six months" in text(second)


# --- Accept -----------------------------------------------------------------------------------------


def settled(**more: object) -> dict[str, object]:
    return {"number": "1", "kind": "recommendation", **more}


def test_accepting_goes_on_to_the_next_and_offers_undo(
    client: Client, inspection_read: Document, rosa: Person, force: Body, council: Body
) -> None:
    client.force_login(rosa)
    response = client.post(
        act(inspection_read, "1", "accept_candidate"),
        settled(bodies=[force.pk], due_words="within a year", **{"due_on-year": ""}),
    )
    made = Recommendation.objects.get()
    assert made.decision is not None
    assert asked(response) == {
        "candidate": [str(candidate(inspection_read, "2").pk)],
        "done": [str(made.decision.pk)],
    }
    assert response["Location"].endswith("#now")
    assert made.decision.due_words == "within a year"
    assert [u.body for u in Undertaking.objects.all()] == [force]
    page = client.get(response["Location"])
    assert "Number 1 is in the register as R-0001. Nothing is public yet." in text(page)
    assert reverse("desk:take_back", args=[inspection_read.pk, made.decision.pk]).encode() in (
        page.content
    )
    assert "1 decided" in text(page)
    assert "accepted as R-0001" in text(page)


def test_a_wrong_form_keeps_what_was_typed(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    sent = settled(kind="wish", number="Seven", due_words="soon", **{"due_on-day": "40"})
    response = client.post(act(inspection_read, "1", "accept_candidate"), sent)
    assert response.status_code == 200
    assert "There is a problem" in text(response)
    assert 'value="Seven"' in response.content.decode()
    assert 'value="soon"' in response.content.decode()
    assert 'value="40"' in response.content.decode()
    assert not Decision.objects.exists()


def test_the_second_of_two_people_keeps_what_was_typed_and_overwrites_nothing(
    client: Client, inspection_read: Document, rosa: Person, second_officer: Person
) -> None:
    client.force_login(rosa)
    client.get(check(inspection_read))
    first = candidate(inspection_read, "1")
    register.accept_candidate(by=second_officer, candidate=first, bodies=[])
    response = client.post(
        act(inspection_read, "1", "accept_candidate"), settled(number="One, as Rosa has it")
    )
    assert response.status_code == 200
    assert re.search(r"Ines Brandt already accepted this at \d\d:\d\d\.", text(response))
    assert 'value="One, as Rosa has it"' in response.content.decode()
    assert Recommendation.objects.get().number == "1"


def test_one_that_the_reader_did_not_take_can_be_added(
    client: Client, inspection: Report, rosa: Person
) -> None:
    document = read_for(inspection, rosa, NAMED, "review.html")
    near = Candidate.objects.get(taken=False)
    client.force_login(rosa)
    first = text(client.get(check(document)))
    assert "2 found" in first  # what was not taken is not counted as found
    assert "It is one: add it" in first
    page = client.get(check(document), {"candidate": near.pk})
    assert "Why the reader did not take it" in text(page)
    assert "Add it" in text(page)
    client.post(
        reverse("desk:accept_candidate", args=[document.pk, near.pk]),
        settled(number=near.number),
    )
    assert Decision.objects.get().outcome == Outcome.ADDED


# --- Dismiss and take back --------------------------------------------------------------------------


def test_dismissing_asks_why(client: Client, inspection_read: Document, rosa: Person) -> None:
    client.force_login(rosa)
    address = act(inspection_read, "2", "dismiss_candidate")
    response = client.post(address, {})
    assert "Choose why" in text(response) or "answer" in text(response)
    response = client.post(address, {"x-why": "4", "x-words": " "})
    assert "Say what it is, in a few words" in text(response)
    response = client.post(address, {"x-why": "4", "x-words": "A sentence about the past."})
    assert Decision.objects.get().reason == "A sentence about the past."
    assert "You put number 2 aside" in text(client.get(response["Location"]))


def test_a_decision_is_taken_back_at_once_or_with_a_reason(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    made = register.accept_candidate(by=rosa, candidate=candidate(inspection_read, "1"), bodies=[])
    assert made.decision is not None
    address = reverse("desk:take_back", args=[inspection_read.pk, made.decision.pk])
    assert "R-0001 will be withdrawn" in text(client.get(address))
    response = client.post(address, {"reason": "The wrong line."})
    page = client.get(response["Location"])
    assert "R-0001 is withdrawn: it stays visible and is never used again." in text(page)
    assert "0 decided" in text(page)
    again = client.post(address)
    assert "You already took this back" in text(again)


# --- Lines ------------------------------------------------------------------------------------------


def lines_of(response: HttpResponse, *words: str) -> list[str]:
    return [
        line.key
        for sheet in response.context["sheets"]
        for line in sheet.lines
        if any(w in line.text for w in words)
    ]


def test_the_lines_it_covers_are_ticked_and_can_be_changed(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    address = act(inspection_read, "5", "check_bounds")
    page = client.get(address)
    ticked = [x.text for sheet in page.context["sheets"] for x in sheet.lines if x.chosen]
    assert ticked == ["5. " + candidate(inspection_read, "5").words]
    sent = {
        "lines": lines_of(page, "Publish the results"),
        "ends_with": "each review.",
        "number": "5",
    }
    response = client.post(address, sent | {"kind": "recommendation"})
    assert asked(response)["candidate"] == [str(candidate(inspection_read, "6").pk)]
    made = Recommendation.objects.get()
    assert made.words == "Publish the results of each review."
    assert made.decision is not None
    assert made.decision.outcome == Outcome.CORRECTED


def test_choosing_no_line_or_words_that_are_not_there_is_said(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    address = act(inspection_read, "5", "check_bounds")
    sent = {"number": "5", "kind": "recommendation"}
    assert "Choose the lines that it covers" in text(client.post(address, sent))
    line = lines_of(client.get(address), "Publish the results")
    response = client.post(address, sent | {"lines": line, "starts_with": "Elephants"})
    assert "The first line chosen does not hold “Elephants”." in text(response)
    ticked = [x.key for sheet in response.context["sheets"] for x in sheet.lines if x.chosen]
    assert ticked == line
    for odd in ("x", "2:99999", "-1:0", "99:1"):
        assert client.post(address, sent | {"lines": [odd]}).status_code == 200
    assert not Decision.objects.exists()


def test_the_next_page_can_be_shown_beside_it(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    address = act(inspection_read, "5", "check_bounds")
    page = client.get(address, {"to": 3})
    assert [sheet.leaf for sheet in page.context["sheets"]] == [2, 3]
    lines = lines_of(page, "Publish the results", "Train every new")
    client.post(f"{address}?to=3", {"lines": lines, "kind": "recommendation", "number": "5"})
    made = Recommendation.objects.get()
    assert [span["page"] for span in made.spans] == [2, 3]
    assert made.words.endswith("before they take up the post.")


def test_one_that_was_missed_is_added(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    address = reverse("desk:check_add", args=[inspection_read.pk])
    page = client.get(address, {"page": 3})
    sent = {"lines": lines_of(page, "Social workers"), "kind": "finding"}
    response = client.post(f"{address}?page=3", sent)
    made = Recommendation.objects.get()
    assert made.words.startswith("Social workers know")
    assert (made.kind, made.page) == ("finding", 3)
    assert asked(response)["candidate"] == [str(candidate(inspection_read, "1").pk)]
    again = client.post(f"{address}?page=3", sent)
    assert "You already entered exactly these words as R-0001" in text(again)


def test_one_is_split(client: Client, inspection_read: Document, rosa: Person) -> None:
    client.force_login(rosa)
    address = act(inspection_read, "5", "check_split")
    page = client.get(address)
    at = next(p.key for p in page.context["pieces"] if p.text.startswith("Tell the panel"))
    assert "Choose where a new one starts" in text(client.get(address, {"show": "yes"}))
    parts = client.get(address, {"show": "yes", "at": at})
    assert "2 parts" in text(parts)
    client.post(address, {"at": at, "number": ["5(a)", "5(b)"]})
    assert list(Recommendation.objects.values_list("number", "words")) == [
        ("5(a)", "Publish the results of each review."),
        ("5(b)", "Tell the panel what changed as a result of it."),
    ]


def test_a_part_without_a_number_is_entered_without_one(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    address = act(inspection_read, "5", "check_split")
    page = client.get(address)
    at = next(p.key for p in page.context["pieces"] if p.text.startswith("Tell the panel"))
    client.post(address, {"at": at, "number": ["5"]})
    assert list(Recommendation.objects.values_list("number", flat=True)) == ["5", ""]


def test_neighbours_are_put_together(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    address = act(inspection_read, "2", "check_merge")
    assert "Choose what it belongs together with" in text(client.post(address, {}))
    third = candidate(inspection_read, "3")
    response = client.post(address, {"others": [third.pk], "number": "2"})
    assert asked(response)["candidate"] == [str(candidate(inspection_read, "4").pk)]
    assert Recommendation.objects.get().words.endswith(third.words)


# --- A whole list -----------------------------------------------------------------------------------


def test_a_list_is_accepted_once_its_pages_were_looked_at(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    client.get(check(inspection_read), {"page": 2})
    run = candidate(inspection_read, "1").run
    address = reverse("desk:accept_run", args=[inspection_read.pk, run])
    page = client.get(address)
    assert "You have not looked at page 3 yet" in text(page)
    assert "Accept them" not in text(page)
    assert "You have not looked at page 3 yet" in text(client.post(address))
    client.get(check(inspection_read), {"page": 3})
    assert "Accept them" in text(client.get(address))
    response = client.post(address, follow=True)
    assert "8 are in the register, as R-0001 to R-0008" in text(response)
    assert "1 warning is not settled" in text(response)
    assert "The report says there are 9, and 8 are in the register" in text(response)


NAMELESS = b"""<html><body><h1>Review</h1><h2>Recommendations</h2><ol>
<li>Publish what was found within a year.</li>
<li>Train every new sergeant before they take up the post.</li>
<li>Report progress to the board every three months.</li></ol></body></html>"""
"""Three recommendations in one list, which names nobody."""


def test_whom_a_list_is_for_is_said_once(
    client: Client, inspection: Report, rosa: Person, force: Body, council: Body
) -> None:
    document = read_for(inspection, rosa, NAMELESS, "nameless.html")
    client.force_login(rosa)
    first = candidate(document, "1")
    register.accept_candidate(by=rosa, candidate=first, bodies=[(force, ""), (council, "")])
    shown = client.get(check(document), {"candidate": candidate(document, "2").pk})
    assert "as for the one entered last from the same list" in text(shown)
    for body in (force, council):
        assert f'value="{body.pk}" checked' in shown.content.decode()
    client.post(reverse("desk:accept_run", args=[document.pk, first.run]))
    assert Recommendation.objects.count() == 3
    assert all(r.undertakings.count() == 2 for r in Recommendation.objects.all())


def test_where_the_reader_knows_nobody_it_is_asked_for_the_whole_list(
    client: Client, inspection: Report, rosa: Person, council: Body
) -> None:
    document = read_for(inspection, rosa, NAMELESS, "nameless.html")
    client.force_login(rosa)
    client.get(check(document))
    address = reverse("desk:accept_run", args=[document.pk, candidate(document, "1").run])
    assert "Whom are they for?" in text(client.get(address))
    client.post(address, {"other": council.pk})
    assert {u.body for u in Undertaking.objects.all()} == {council}
    assert Undertaking.objects.count() == 3


# --- Warnings, keys, the last page --------------------------------------------------------------------


def test_a_warning_is_settled_with_a_sentence(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    notice = Notice.objects.get()
    address = reverse("desk:settle_notice", args=[inspection_read.pk, notice.pk])
    assert "Say what you found, in a sentence" in text(client.post(address, {}))
    response = client.post(address, {f"n{notice.pk}-how": "One is counted twice."}, follow=True)
    assert "The warning is settled" in text(response)
    assert "To be settled" not in text(response)


def test_single_keys_can_be_turned_off_for_good(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    assert 'data-shortcuts="on"' in client.get(check(inspection_read)).content.decode()
    address = reverse("desk:check_keys", args=[inspection_read.pk])
    page = client.post(address, {"page": 3}, follow=True)
    assert 'data-shortcuts="off"' in page.content.decode()
    assert page.context["view"].leaf == 3
    client.post(address, {"on": "yes"})
    rosa.refresh_from_db()
    assert rosa.shortcuts


def test_the_last_page_says_what_came_of_it_and_what_it_did_not_do(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    for n in range(1, 8):
        register.accept_candidate(by=rosa, candidate=candidate(inspection_read, str(n)), bodies=[])
    response = client.post(
        act(inspection_read, "8", "dismiss_candidate"), {"x-why": "1"}, follow=True
    )
    shown = text(response)
    assert response.redirect_chain[-1][0].startswith(
        f"/desk/documents/{inspection_read.pk}/check/done/"
    )
    assert "Nothing is public" in shown
    assert "7: R-0001 to R-0007" in shown
    assert "7 are addressed to nobody yet" in shown
    assert "1 was not a recommendation" in shown


def test_reading_quality_is_counted_by_report(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    address = reverse("desk:reading_quality")
    assert "Here you will see" not in text(client.get(address))
    one, two, three = (candidate(inspection_read, n) for n in "123")
    register.accept_candidate(by=rosa, candidate=one, bodies=[])
    register.accept_candidate(by=rosa, candidate=two, bodies=[], number="2a")
    actions.dismiss_candidate(by=rosa, candidate=three, reason="A heading.")
    page = client.get(address)
    assert page.context["sums"] == (8, 1, 1, 0, 0, 0, 1, 0, 5)
    assert (
        "Of 3 found and decided, 2 had just the right words and 1 was not a recommendation."
        in text(page)
    )
    sheet = b"".join(client.get(address, {"format": "csv"}).streaming_content).decode()
    assert "Inspection of Northmoor,Inspectorate of Policing and Rescue,8,1,1,0,0,0,1,0,5" in sheet


# --- Who --------------------------------------------------------------------------------------------


def addresses(document: Document) -> list[tuple[str, str]]:
    first = candidate(document, "1").pk
    named = [
        ("get", "check", []),
        ("get", "check_done", []),
        ("get", "check_add", []),
        ("get", "accept_run", [1]),
        ("get", "check_bounds", [first]),
        ("get", "check_split", [first]),
        ("get", "check_merge", [first]),
        ("post", "accept_candidate", [first]),
        ("post", "dismiss_candidate", [first]),
        ("post", "check_keys", []),
        ("post", "settle_notice", [Notice.objects.get().pk]),
    ]
    return [(m, reverse(f"desk:{n}", args=[document.pk, *more])) for m, n, more in named]


def test_a_colleague_without_the_right_is_told_why(
    client: Client, inspection_read: Document, vera: Person
) -> None:
    client.force_login(vera)
    for method, address in addresses(inspection_read):
        response = getattr(client, method)(address)
        assert response.status_code == 403, address
        assert "Only a governance officer may decide what is a recommendation." in text(response)


def test_another_bodys_people_cannot_know_of_it(
    client: Client, inspection_read: Document, omar: Person
) -> None:
    client.force_login(omar)
    for method, address in addresses(inspection_read):
        assert getattr(client, method)(address).status_code == 404, address


def test_a_stranger_is_asked_to_sign_in(client: Client, inspection_read: Document) -> None:
    for method, address in addresses(inspection_read):
        response = getattr(client, method)(address)
        assert response.status_code == 302
        assert "/account/login/" in response["Location"]


def test_pages_answer_only_as_they_should(
    client: Client, inspection_read: Document, rosa: Person
) -> None:
    client.force_login(rosa)
    for method, address in addresses(inspection_read):
        response = client.put(address) if method == "get" else client.get(address)
        assert response.status_code == 405, address


def test_what_belongs_to_another_document_is_not_found_here(
    client: Client, inspection_read: Document, inspection: Report, rosa: Person
) -> None:
    other = read_for(inspection, rosa, NAMED, "other.html")
    client.force_login(rosa)
    first = candidate(inspection_read, "1").pk
    for name in ("accept_candidate", "dismiss_candidate"):
        assert client.post(reverse(f"desk:{name}", args=[other.pk, first])).status_code == 404
    assert client.get(reverse("desk:check_bounds", args=[other.pk, first])).status_code == 404


def test_a_reply_has_nothing_to_check(client: Client, inspection: Report, rosa: Person) -> None:
    document = read_for(inspection, rosa, NAMED, "reply.html", Document.Purpose.REPLY)
    client.force_login(rosa)
    response = client.get(check(document))
    assert response.status_code == 403
    assert "This document is a reply" in text(response)


# --- Many, and documents without pages ------------------------------------------------------------------


def many(count: int) -> bytes:
    items = "".join(
        f"<p>Recommendation {n}: The Northmoor Police should do what is asked of it in place {n}, "
        "and say by the end of the year what came of it.</p>"
        for n in range(1, count + 1)
    )
    return f"<html><body><h1>Review</h1><h2>Recommendations</h2>{items}</body></html>".encode()


@pytest.mark.parametrize("count", [20, 160])
def test_the_number_of_queries_does_not_grow(
    client: Client,
    inspection: Report,
    rosa: Person,
    count: int,
    django_assert_max_num_queries: object,
) -> None:
    document = read_for(inspection, rosa, many(count), "many.html")
    assert Candidate.objects.filter(taken=True).count() == count
    for n in range(30):
        add_body(by="operator", name=f"Body {n}", kind="council")
    some = list(Candidate.objects.filter(taken=True).select_related("reading__document"))
    for one in some[: count // 10]:
        register.accept_candidate(by=rosa, candidate=one)
    client.force_login(rosa)
    client.get(check(document))
    run = some[-1].run
    for address in (
        check(document),
        f"{check(document)}?page=1",
        f"{check(document)}?candidate={some[-1].pk}",
        reverse("desk:check_done", args=[document.pk]),
        reverse("desk:check_bounds", args=[document.pk, some[-1].pk]),
        reverse("desk:check_split", args=[document.pk, some[-1].pk]),
        reverse("desk:check_merge", args=[document.pk, some[-1].pk]),
        reverse("desk:check_add", args=[document.pk]),
        reverse("desk:accept_run", args=[document.pk, run]),
        reverse("desk:reading_quality"),
    ):
        with django_assert_max_num_queries(15, info=address):  # type: ignore[operator]
            assert client.get(address).status_code == 200


def test_a_document_without_pages_is_shown_in_parts(
    client: Client, inspection: Report, rosa: Person
) -> None:
    document = read_for(inspection, rosa, many(160), "many.html")
    client.force_login(rosa)
    page = client.get(check(document))
    assert "160 found in parts 1 to 3" in text(page)
    assert "<mark" in page.content.decode()
    assert ".png" not in page.content.decode()
    run = Candidate.objects.filter(taken=True).first().run  # type: ignore[union-attr]
    address = reverse("desk:accept_run", args=[document.pk, run])
    assert "You have not looked at parts 2 and 3 yet" in text(client.get(address))
    for part in (2, 3):
        client.get(check(document), {"page": part})
    response = client.post(address, follow=True)
    assert "160 are in the register, as R-0001 to R-0160" in text(response)
    assert "Everything that was found is decided" in text(response) or "warning" in text(response)
