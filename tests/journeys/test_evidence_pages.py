"""Evidence and samples in a browser: without scripts, by keyboard, at 320 px, and as axe sees them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from answerable.accounts.models import Person
from answerable.assurance.actions.evidence import grade_evidence, take_out_evidence
from answerable.assurance.actions.samples import commit_sample, draw_sample, record_sample
from answerable.register.models import Undertaking
from tests.assured import ABOUT, a_file, in_days
from tests.browser import Window, accessible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

HERE = "/desk/register/R-0001/by/northmoor-police/"
Shot = Callable[[Page, str], None]
RECORDS = [f"NM-{number:05}" for number in range(1, 401)]


def both(window: Window, person: Person, path: str, name: str, shot: Shot) -> None:
    """The page passes axe, and does not scroll sideways, at both widths."""
    for narrow in (False, True):
        page = window(person, narrow=narrow)
        page.goto(path)
        accessible(page)
        shot(page, f"{name}-{'320' if narrow else '1280'}")
        page.context.close()


def test_evidence_is_handed_in_without_scripts(
    window: Window, omar: Person, accepted: Undertaking, tmp_path: Path, shot: Shot
) -> None:
    named = tmp_path / "interviews.txt"
    named.write_text("Witness: Thandiwe Mbeki, d.o.b. 3/4/09, was called back.\n")
    copy = tmp_path / "interviews-counts.txt"
    copy.write_text("Witnesses called back: 12 of 14.\n")
    page = window(omar, javascript=False)
    page.goto(f"{HERE}evidence/")
    page.get_by_role("button", name="Hand in evidence").click()
    page.get_by_label("File", exact=True).set_input_files(named)
    page.get_by_label("What does it show?").fill("12 of 14 witnesses were called back.")
    page.get_by_label("What does it not show?").fill("How soon.")
    page.get_by_label("Use in practice").check()
    page.get_by_role("button", name="Check it and hand it in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This may identify people")
    shot(page, "evidence-found-1280")
    page.get_by_label("Hand in a copy from which that has been removed").check()
    page.get_by_label("The copy").set_input_files(copy)
    page.get_by_role("button", name="Go on").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("interviews-counts.txt")
    expect(page.get_by_text("12 of 14 witnesses were called back.")).to_be_visible()


def test_the_page_of_what_was_found_is_accessible(
    window: Window, omar: Person, accepted: Undertaking, tmp_path: Path, shot: Shot
) -> None:
    named = tmp_path / "interviews.txt"
    named.write_text("Witness: Thandiwe Mbeki, d.o.b. 3/4/09, was called back.\n")
    for narrow in (False, True):
        page = window(omar, narrow=narrow)
        page.goto("/desk/evidence/add/?for=R-0001/northmoor-police")
        accessible(page)
        shot(page, f"evidence-add-{'320' if narrow else '1280'}")
        page.get_by_label("What does it show?").fill("12 of 14, by Mrs Ackroyd.")
        page.get_by_label("What does it not show?").fill("How soon.")
        page.get_by_label("Use in practice").check()
        page.locator("input[type=file]").set_input_files(named)
        page.get_by_role("button", name="Check it and hand it in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("This may identify people")
        accessible(page)
        shot(page, f"evidence-found-js-{'320' if narrow else '1280'}")


def test_every_page_of_evidence_can_be_read(
    window: Window, omar: Person, vera: Person, petra: Person, accepted: Undertaking, shot: Shot
) -> None:
    old = replace(ABOUT, expires_on=in_days(20), expires_because="The course is yearly.")
    first = a_file(omar, accepted, about=old)
    other = Undertaking.objects.get(recommendation__reference="R-0002", body=accepted.body)
    a_file(omar, other, name="the same.txt")
    second = a_file(omar, accepted, content=b"Policy of May.\n", name="policy.txt")
    grade_evidence(by=vera, evidence=first, grade="policy", reason="It says what should be done.")
    take_out_evidence(by=omar, use=second.uses.get(), reason="It was replaced in June.")
    both(window, vera, f"{HERE}evidence/", "evidence-undertaking", shot)
    both(window, vera, "/desk/evidence/", "evidence-list", shot)
    both(window, omar, f"/desk/evidence/{first.pk}/", "evidence-piece", shot)
    both(window, vera, f"/desk/evidence/{first.pk}/grade/", "evidence-grade", shot)
    both(window, petra, f"/desk/evidence/{first.pk}/make-public/", "evidence-open", shot)
    both(window, omar, f"{HERE}evidence/offer/", "evidence-offer", shot)


def test_a_sample_is_drawn_and_counted(
    window: Window, omar: Person, vera: Person, accepted: Undertaking, shot: Shot
) -> None:
    page = window(vera, javascript=False)
    page.goto(f"{HERE}sample/")
    shot(page, "sample-new-1280")
    page.get_by_label("How many records will you look at?").fill("20")
    page.get_by_label("Why this many?").fill("The closing test says 20.")
    page.get_by_label("What do you look for").fill("Recorded in 24 hours.\nA supervisor read it.")
    page.get_by_role("button", name="Bind the office to it").click()
    shot(page, "sample-bound-1280")
    page.get_by_role("button", name="The list has come: draw").click()
    shot(page, "sample-draw-1280")
    page.get_by_label("How many records should be in the list?").fill("400")
    page.get_by_label("Paste the record numbers").fill("\n".join(RECORDS))
    page.get_by_role("button", name="Draw the sample").click()
    expect(page.locator(".an-drawn li")).to_have_count(20)
    shot(page, "sample-drawn-1280")
    page.get_by_role("link", name="I have them").click()
    page.get_by_role("button", name="Record what was seen").click()
    shot(page, "sample-record-1280")
    for number, count in enumerate((19, 12)):
        page.locator(f"#id_met_{number}").fill(str(count))
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("between 76% and 99%")).to_be_visible()


def test_every_page_of_a_sample_can_be_read(
    window: Window, omar: Person, vera: Person, accepted: Undertaking, shot: Shot
) -> None:
    given = {"by": vera, "undertaking": accepted, "why": "The closing test says 20."}
    criteria = ("Recorded in 24 hours.", "A supervisor read it.")
    bound = commit_sample(**given, size=20, criteria=criteria)
    path = f"{HERE}sample/{bound.pk}/"
    both(window, vera, f"{HERE}sample/", "sample-new", shot)
    both(window, vera, f"{path}draw/", "sample-draw", shot)
    draw_sample(by=vera, sample=bound, records=RECORDS)
    both(window, vera, f"{path}seen/", "sample-record", shot)
    record_sample(by=vera, sample=bound, counts=[(19, 20), (12, 20)])
    both(window, omar, path, "sample", shot)
    both(window, omar, f"{path}check/", "sample-check", shot)
