"""The checking page by keyboard alone, without scripts and with them; and nothing for axe to find."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from answerable.accounts.models import Body, Person
from answerable.audit import queries as audit
from answerable.engine.documents import shapes
from answerable.register.actions import candidates as register
from answerable.register.models import Recommendation
from answerable.reports.models import Candidate, Decision, Document, Report
from tests.browser import Window, accessible
from tests.reading import candidate, due, quoted, read_with
from tests.universe import read_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

Outcome = Decision.Outcome
FOCUSED = """() => {
  const at = document.activeElement;
  const label = at.labels && at.labels.length ? at.labels[0] : at;
  return (label.innerText || at.value || "").replace(/\\s+/g, " ").trim();
}"""


def tab_to(page: Page, words: str, *, most: int = 200) -> None:
    """Press Tab until what starts with ``words`` has the keyboard."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(words):
            return
    raise AssertionError(f"“{words}” cannot be reached with Tab on {page.url}")


def press(page: Page, words: str, key: str = "Enter") -> None:
    """Reach what starts with ``words`` and press it, where that stays on the page."""
    tab_to(page, words)
    page.keyboard.press(key)


def follow(page: Page, words: str) -> None:
    """Reach a link or a button that starts with ``words`` and go where it leads."""
    tab_to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def last_line_of(document: Document, number: str) -> str:
    """The line with which a candidate ends, as it is printed."""
    (span,) = Candidate.objects.get(reading__document=document, number=number).spans
    page = document.pages.get(number=span["page"])
    start, end = next(line[:2] for line in page.lines if line[0] < span["end"] <= line[1])
    return page.text[start:end]


def start(page: Page, document: Document) -> None:
    page.goto(f"/desk/documents/{document.pk}/check/")
    page.wait_for_load_state("load")


def said(page: Page, words: str) -> None:
    expect(page.locator("main")).to_contain_text(words)


def test_everything_is_decided_by_keyboard_without_scripts(
    window: Window, inspection_read: Document, rosa: Person, council: Body
) -> None:
    page = window(rosa, javascript=False)
    start(page, inspection_read)
    # 1: accept, for a body that is chosen
    press(page, "Number, kind, whom it is for, and when")
    offered = page.get_by_text("Another body").count()
    tab_to(page, "Another body" if offered else "Whom it is for")
    page.keyboard.type("Northmoor Council")
    follow(page, "Accept")
    said(page, "Number 1 is in the register as R-0001. Nothing is public yet.")
    assert council in [u.body for u in Recommendation.objects.get().undertakings.all()]
    # undo, and accept again under a new reference
    follow(page, "Undo")
    said(page, "R-0001 is withdrawn")
    follow(page, "Accept")
    said(page, "Number 1 is in the register as R-0002.")
    # 2: not a recommendation
    press(page, "Not a recommendation")
    press(page, "It is a heading or a title", " ")
    follow(page, "Put it aside")
    said(page, "You put number 2 aside")
    # 3: fewer words
    follow(page, "Change the words it covers")
    press(page, last_line_of(inspection_read, "3"), " ")
    follow(page, "Accept these words")
    said(page, "Number 3 is in the register as R-0003.")
    assert Decision.objects.get(number="3").outcome == Outcome.CORRECTED
    # 4 and 5: one
    follow(page, "Put it together with its neighbours")
    press(page, "5.", " ")
    follow(page, "Enter them as one")
    said(page, "Number 4 is in the register as R-0004.")
    # the rest of the list together, now that both pages have been looked at
    follow(page, "Accept all 3 that wait in this list")
    follow(page, "Accept them")
    said(page, "3 are in the register, as R-0005 to R-0007")
    said(page, "What this did not do")
    # the warning
    follow(page, "Settle 1 warning")
    press(page, "To be settled:")
    tab_to(page, "What did you find?")
    page.keyboard.type("The ninth is a strength.")
    follow(page, "Settle it")
    said(page, "The warning is settled.")
    # one that was missed
    follow(page, "Page 3")
    follow(page, "Add one that was missed on this page")
    press(page, "Social workers know", " ")
    follow(page, "Add it")
    said(page, "in the register as R-0008")
    assert audit.verify().holds


def test_single_keys_decide_when_scripts_run(
    window: Window, inspection_read: Document, rosa: Person
) -> None:
    page = window(rosa)
    start(page, inspection_read)
    page.keyboard.press("a")
    said(page, "Number 1 is in the register as R-0001.")
    page.keyboard.press("u")
    said(page, "R-0001 is withdrawn")
    page.keyboard.press("a")
    said(page, "Number 1 is in the register as R-0002.")
    page.keyboard.press("x")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    said(page, "You put number 2 aside")
    page.keyboard.press("n")
    page.wait_for_url("**page=3")
    page.keyboard.press("p")
    page.wait_for_url("**page=2")
    page.keyboard.press("?")
    expect(page.get_by_text("They do nothing while you type")).to_be_visible()
    page.keyboard.press("e")
    page.wait_for_url("**/words/")
    assert Recommendation.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_keys_do_nothing_while_typing_or_when_turned_off(
    window: Window, inspection_read: Document, rosa: Person
) -> None:
    page = window(rosa)
    start(page, inspection_read)
    page.keyboard.press("d")
    page.get_by_label("Number in the report").focus()
    page.keyboard.type("axu")
    page.keyboard.press("Control+a")
    said(page, "0 decided")
    page.get_by_role("button", name="Turn single keys off").click()
    expect(page.get_by_role("button", name="Turn single keys on")).to_be_visible()
    page.locator("h1").click()
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    assert not Decision.objects.exists()


def test_words_are_chosen_on_the_picture(
    window: Window, inspection_read: Document, rosa: Person
) -> None:
    fifth = Candidate.objects.get(number="5")
    page = window(rosa)
    page.goto(f"/desk/documents/{inspection_read.pk}/check/{fifth.pk}/words/")
    page.wait_for_load_state("networkidle")

    def word(text: str) -> tuple[float, float]:
        stored = inspection_read.pages.get(number=2)
        at = next(w for w in stored.words if stored.text[w[0] : w[1]] == text)
        box = page.locator("svg[data-choose]").bounding_box()
        assert box is not None
        scale = box["width"] / stored.width
        x, y = (at[2] + at[4]) / 2, (at[3] + at[5]) / 2
        return box["x"] + x * scale, box["y"] + y * scale

    page.mouse.move(*word("Tell"))
    page.mouse.down()
    page.mouse.move(*word("changed"), steps=4)
    page.mouse.up()
    assert page.locator('[name="starts_with"]').input_value().startswith("Tell the panel")
    assert page.locator('[name="ends_with"]').input_value().endswith("what changed")
    assert page.locator('input[name="lines"]:checked').count() == 1
    page.get_by_role("button", name="Accept these words").click()
    page.wait_for_url("**#now")
    assert Recommendation.objects.get().words == "Tell the panel what changed"


def test_a_card_and_its_marks_light_up_together(
    window: Window, inspection_read: Document, rosa: Person
) -> None:
    page = window(rosa)
    start(page, inspection_read)
    third = Candidate.objects.get(number="3")
    page.locator(f"#c{third.pk}").hover()
    lit = page.locator(f'a[data-mark="c{third.pk}"] rect.an-mark--lit')
    assert lit.count() == len(third.spans[0]["boxes"])
    page.locator(f'a[data-mark="c{third.pk}"]').first.click()
    page.wait_for_url(f"**candidate={third.pk}*")
    expect(page.locator("#now-title")).to_contain_text("Number 3")


@pytest.mark.parametrize("narrow", [False, True])
def test_axe_finds_nothing(
    window: Window,
    inspection: Report,
    inspection_read: Document,
    rosa: Person,
    second_officer: Person,
    force: Body,
    inspection_pdf: bytes,
    narrow: bool,
    shot: Callable[[Page, str], None],
) -> None:
    web = (
        b"<html><body><h1>Review</h1><p>The force should have looked. We recommend that it does.</p>"
        b"<h2>Recommendations</h2><p>Recommendation 1: Northmoor Police should publish it.</p>"
        b"<p>Recommendation 2: Eastmere Trust should say when.</p></body></html>"
    )
    text = read_for(inspection, rosa, web, "review.html")
    rows = {c.number: c for c in Candidate.objects.filter(reading__document=inspection_read)}
    register.accept_candidate(by=second_officer, candidate=rows["1"], bodies=[(force, "")])
    base = f"/desk/documents/{inspection_read.pk}/check"
    first = Candidate.objects.filter(reading__document=text).order_by("ordinal")[0]
    aided = helped(inspection, rosa, inspection_pdf)
    page = window(rosa, narrow=narrow)
    for name, address in {
        "check": f"{base}/",
        "check-page": f"{base}/?page=1",
        "check-text": f"/desk/documents/{text.pk}/check/?candidate={first.pk}",
        "check-aids": f"/desk/documents/{aided.pk}/check/?page=2",
        "check-apart": f"/desk/documents/{aided.pk}/check/?candidate={candidate(aided, '3').pk}",
        "check-list": f"/desk/documents/{aided.pk}/check/runs/{rows['2'].run}/",
        "check-words": f"{base}/{rows['2'].pk}/words/",
        "check-split": f"{base}/{rows['5'].pk}/split/?show=yes&at=2:{cut(rows['5'])}",
        "check-merge": f"{base}/{rows['2'].pk}/merge/",
        "check-add": f"{base}/add/?page=3",
        "check-run": f"{base}/runs/{rows['2'].run}/",
        "check-take-back": f"{base}/decisions/{Decision.objects.get().pk}/",
        "check-done": f"{base}/done/?done={Decision.objects.get().pk}",
        "reading-quality": "/desk/reports/quality/",
    }.items():
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        page.wait_for_load_state("networkidle")
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
        accessible(page)
        shot(page, f"{name}-{320 if narrow else 1280}")


def helped(report: Report, by: Person, content: bytes) -> Document:
    """A document with a date in a period, an unknown name, a second printing, a gap, a quotation."""
    names = (shapes.Addressee("Northmoor Police", "Named."), shapes.Addressee("Eastmere Trust", ""))
    six = due(words="within six months of publication", months=6, basis="publication")
    again = (shapes.Span(3, 40, 140),)
    return read_with(
        report,
        by,
        content + b"\n% another copy\n",
        {
            "1": lambda c: replace(six(c), addressees=names, also=again),
            "3": quoted("the Northmoor Care Commission"),
            "4": lambda c: replace(c, confidence=0.62),
        },
    )


def cut(found: Candidate) -> int:
    """Where the second sentence of ``found`` starts on its page."""
    return int(found.spans[0]["start"]) + found.words.index("Tell the panel")
