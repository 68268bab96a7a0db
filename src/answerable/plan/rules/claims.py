"""Who may enter what a body claims, and what each rung of its ladder asks for."""

from collections.abc import Sequence
from datetime import date

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, Refused
from answerable.plan.models import Claim, ClosingTest, Rung
from answerable.plan.queries import claims as queries
from answerable.plan.queries import closing_tests
from answerable.plan.rules.who import Side, check_may_for, check_owed, check_said, side_of
from answerable.register.models import Undertaking

REASONED = frozenset({Rung.OTHER_MEANS, Rung.CANNOT})
"""Rungs that need a reason, which is published."""

SIGNED_OFF = frozenset({Rung.READY, Rung.OTHER_MEANS, Rung.CANNOT})
"""Rungs for which someone inside the body signs off."""

MOST_AT_ONCE = 20
"""So many can be claimed at once: whoever claims must have read each line."""

FALLS: dict[Rung, tuple[Rung, ...]] = {
    Rung.IN_PROGRESS: (Rung.NOT_STARTED,),
    Rung.READY: (Rung.IN_PROGRESS, Rung.NOT_STARTED),
    Rung.OTHER_MEANS: (Rung.IN_PROGRESS, Rung.NOT_STARTED),
}
"""From each rung, those to which something slips back: said with the day, it is honest decay."""


def slips(before: Rung | None, rung: Rung) -> bool:
    """Whether to claim ``rung`` after ``before`` is to report that something has slipped back."""
    return before is not None and rung in FALLS.get(before, ())


def check_may_claim(person: Person, undertaking: Undertaking) -> None:
    """Refuses whoever may not enter a claim of this body: its own people may, and the office."""
    check_may_for(person, Permission.CLAIM_MAKE, undertaking.body)
    check_owed(undertaking)


def check_rung(rung: str) -> Rung:
    """The rung; a body never claims more than that it is ready for assessment."""
    if rung not in Rung.values:
        raise Refused("Choose how far delivery has come.", code="rung")
    return Rung(rung)


def check_claim(rung: Rung, words: str, reason: str) -> None:
    """Refuses a claim without words, and without the reason that is published with it."""
    check_said(words, "Say in a sentence what has been done.", "words")
    if rung in REASONED:
        check_said(reason, f"Say why it is claimed as {rung.label}. The reason is published.")


def check_test(undertaking: Undertaking, rung: Rung) -> ClosingTest | None:
    """The closing test that stands; refuses *ready for assessment* without one."""
    test = closing_tests.standing_test(undertaking)
    if rung == Rung.READY and test is None:
        raise Refused(
            f"Nothing is ready for assessment before {undertaking.body.name} and the office have "
            "agreed a closing test.",
            code="no_test",
        )
    return test


def needs_sign_off(person: Person, undertaking: Undertaking, rung: Rung) -> bool:
    """Whether someone inside the body is named: for what it puts forward, or where another enters it."""
    return rung in SIGNED_OFF or side_of(person, undertaking.body) == Side.OFFICE


def check_sign_off(
    person: Person, undertaking: Undertaking, rung: Rung, name: str, role: str
) -> None:
    """Refuses where nobody inside the body has signed it off."""
    if needs_sign_off(person, undertaking, rung):
        sentence = f"Name who in {undertaking.body.name} signed this off, and their post."
        check_said(name, sentence, "signed_off_name")
        check_said(role, sentence, "signed_off_role")


def check_step(before: Claim | None, claimed: tuple[Rung, ClosingTest | None], words: str) -> None:
    """Refuses to say again what was said under the test that still stands."""
    if before is None:
        return
    rung, test = claimed
    said = (before.rung, before.words, before.closing_test_id)
    if said == (rung, words.strip(), test.pk if test else None):
        raise Refused("This is the claim that already stands.", code="words")


def check_slip(before: Claim | None, rung: Rung, slipped_on: date | None, today: date) -> None:
    """Refuses to go back down without the day from which it had slipped, and a day where nothing fell."""
    if not slips(Rung(before.rung) if before else None, rung):
        if slipped_on is not None:
            raise Refused("Nothing slips back with this claim.", code="slipped_on")
        return
    if slipped_on is None:
        raise Refused(
            "Say from which day it had slipped back. That you say so yourself is put on record to "
            "your credit.",
            code="slipped_on",
        )
    if slipped_on > today:
        raise Refused("It slipped back today or in the past.", code="slipped_on")


def check_several(undertakings: Sequence[Undertaking]) -> None:
    """Refuses one claim for none, for too many to read each, for one twice, or for two bodies."""
    if not undertakings:
        raise Refused("Choose at least one recommendation.", code="none")
    if len(undertakings) > MOST_AT_ONCE:
        raise Refused(
            f"Claim for at most {MOST_AT_ONCE} at once: each must have its own line.", code="many"
        )
    if len({one.pk for one in undertakings}) < len(undertakings):
        raise Refused("One recommendation is named twice.", code="twice")
    if len({one.body_id for one in undertakings}) > 1:
        raise Refused("A claim is of one body.", code="body")


def check_line(
    person: Person,
    undertaking: Undertaking,
    rung: Rung,
    before: Claim | None,
    *,
    slipped_on: date | None,
    today: date,
) -> None:
    """Refuses, before its words are written, what could not be claimed so for one of several."""
    check_may_claim(person, undertaking)
    check_test(undertaking, rung)
    check_slip(before, rung, slipped_on, today)


def check_all(
    person: Person,
    undertaking: Undertaking,
    said: str,
    *,
    words: str,
    reason: str,
    sign_off: tuple[str, str],
    slipped_on: date | None,
    today: date,
) -> tuple[Rung, ClosingTest | None]:
    """Everything that must hold before a claim is made: its rung, and the test that stands."""
    check_may_claim(person, undertaking)
    rung = check_rung(said)
    before = queries.newest_claim(undertaking)
    check_claim(rung, words, reason)
    check_slip(before, rung, slipped_on, today)
    test = check_test(undertaking, rung)
    check_step(before, (rung, test), words)
    check_sign_off(person, undertaking, rung, *sign_off)
    return rung, test
