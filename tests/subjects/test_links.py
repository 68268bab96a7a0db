"""Links between recommendations: signed, taken back, never in a circle; age passes on."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.register.actions.clocks import date_clock, extend_clock
from answerable.register.actions.links import sign_link, take_back_link
from answerable.register.actions.recommendations import (
    enter_recommendation,
    withdraw_recommendation,
)
from answerable.register.models import Basis, Link, Recommendation, Relation
from answerable.register.queries import links as queries
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Report

Ask = Callable[..., Recommendation]


@pytest.fixture
def ask(rosa: Person, inspectorate: Body, force: Body) -> Ask:
    """Enters a recommendation of a report that was published in this year."""

    def asked(year: int | None, *bodies: Body, basis: str = "") -> Recommendation:
        report = log_report(
            by=rosa,
            another=True,
            title=f"Crime recording in {year}",
            kind=Report.Kind.INSPECTION,
            author=inspectorate,
            published_on=date(year, 3, 1) if year else None,
            clock_basis=basis,
            invented=True,
        )
        to = [(body, "") for body in bodies or (force,)]
        return enter_recommendation(
            by=rosa, report=report, words="Record every crime within a day.", bodies=to
        )

    return asked


@pytest.fixture
def three(ask: Ask) -> tuple[Recommendation, ...]:
    """The same thing asked in 2014, 2018 and 2021."""
    return tuple(ask(year) for year in (2014, 2018, 2021))


def supersede(by: Person, earlier: Recommendation, later: Recommendation) -> Link:
    return sign_link(
        by=by, earlier=earlier, later=later, relation="supersedes", reason="Asked anew."
    )


@pytest.mark.parametrize("relation", Relation.values)
def test_a_link_is_signed_with_a_reason(
    relation: str, rosa: Person, three: tuple[Recommendation, ...]
) -> None:
    first, second, _ = three
    link = sign_link(by=rosa, earlier=first, later=second, relation=relation, reason=" Same cure. ")
    assert (link.earlier, link.later, link.signed_by, link.reason) == (
        first, second, rosa, "Same cure.",
    )  # fmt: skip
    entry = audit.history(link)[0]
    assert entry.verb == "link.signed"
    assert entry.said == {"reason": "Same cure."}
    assert audit.verify().holds


@pytest.mark.parametrize("who", ["vera", "petra", "omar", "ada", "ravi"])
def test_others_do_not_sign_links(
    who: str, three: tuple[Recommendation, ...], request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused, match="may sign how two recommendations are linked"):
        supersede(request.getfixturevalue(who), three[0], three[1])
    assert not Link.objects.exists()


def test_the_chair_signs_too(cass: Person, three: tuple[Recommendation, ...]) -> None:
    assert supersede(cass, three[0], three[1]).signed_by == cass


@pytest.mark.parametrize(
    ("earlier", "later", "relation", "reason", "code"),
    [
        (0, 0, "same", "x", "later"),
        (0, 1, "like", "x", "relation"),
        (0, 1, "same", "  ", "reason"),
        (1, 0, "same", "x", "order"),
    ],
)
def test_what_is_no_link_is_refused(
    earlier: int,
    later: int,
    relation: str,
    reason: str,
    code: str,
    rosa: Person,
    three: tuple[Recommendation, ...],
) -> None:
    with pytest.raises(Refused) as refused:
        sign_link(
            by=rosa, earlier=three[earlier], later=three[later], relation=relation, reason=reason
        )
    assert refused.value.code == code


def test_two_recommendations_have_one_link(
    rosa: Person, ask: Ask, three: tuple[Recommendation, ...]
) -> None:
    first, _, _ = three
    twin = ask(2014)
    sign_link(by=rosa, earlier=first, later=twin, relation="same", reason="Word for word.")
    for earlier, later in ((first, twin), (twin, first)):
        with pytest.raises(Refused, match="already signed") as refused:
            sign_link(by=rosa, earlier=earlier, later=later, relation="partly", reason="x")
        assert refused.value.code == "already"


def test_the_database_itself_keeps_one_link_of_a_pair(
    rosa: Person, three: tuple[Recommendation, ...]
) -> None:
    first, second, _ = three
    supersede(rosa, first, second)
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.create(
            earlier=second, later=first, relation="same", reason="x", signed_by=rosa,
            at=timezone.now(),
        )  # fmt: skip


def test_superseding_never_goes_in_a_circle(rosa: Person, ask: Ask) -> None:
    one, two, three = (ask(2020) for _ in range(3))
    supersede(rosa, one, two)
    supersede(rosa, two, three)
    with pytest.raises(Refused, match="itself superseded") as refused:
        supersede(rosa, three, one)
    assert refused.value.code == "circle"
    sign_link(by=rosa, earlier=three, later=one, relation="contradicts", reason="Other cure.")


def test_a_link_taken_back_stays_with_its_reason(
    rosa: Person, cass: Person, three: tuple[Recommendation, ...]
) -> None:
    first, second, _ = three
    link = supersede(rosa, first, second)
    with pytest.raises(Refused, match="Say why"):
        take_back_link(by=cass, link=link, reason=" ")
    take_back_link(by=cass, link=link, reason="They ask for different things.")
    link.refresh_from_db()
    assert (link.taken_back_by, link.taken_back_reason) == (cass, "They ask for different things.")
    assert queries.links_of(rosa, first) == [link]
    assert queries.superseded_by(first) == []
    with pytest.raises(Refused, match="taken back already"):
        take_back_link(by=rosa, link=link, reason="again")
    assert supersede(rosa, first, second).pk != link.pk
    assert audit.verify().holds


def test_who_may_not_sign_may_not_take_back(
    rosa: Person, vera: Person, three: tuple[Recommendation, ...]
) -> None:
    link = supersede(rosa, three[0], three[1])
    with pytest.raises(Refused, match="Only a"):
        take_back_link(by=vera, link=link, reason="x")


def test_what_was_signed_never_changes_and_is_taken_back_once(
    rosa: Person, three: tuple[Recommendation, ...]
) -> None:
    link = supersede(rosa, three[0], three[1])
    rows = Link.objects.filter(pk=link.pk)
    for change in ({"reason": "Other"}, {"relation": "same"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    take_back_link(by=rosa, link=link, reason="Wrong.")
    for change in (
        {"taken_back_at": None, "taken_back_by": None, "taken_back_reason": ""},
        {"taken_back_reason": "Right after all."},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


def test_what_was_withdrawn_is_not_linked(rosa: Person, three: tuple[Recommendation, ...]) -> None:
    withdraw_recommendation(by=rosa, recommendation=three[1], reason="Entered twice.")
    with pytest.raises(Refused, match="was withdrawn"):
        supersede(rosa, three[0], three[1])


# --- What passes on ---


def test_the_age_of_what_was_superseded_passes_on(
    rosa: Person, three: tuple[Recommendation, ...]
) -> None:
    first, second, last = three
    link = supersede(rosa, first, second)
    supersede(rosa, second, last)
    found = queries.inherited(last)
    assert [reference for reference, _ in found.asked] == [r.reference for r in three]
    assert found.first_asked_on == date(2014, 3, 1)
    assert found.age_on(date(2021, 3, 1)) == (date(2021, 3, 1) - date(2014, 3, 1)).days
    assert queries.inherited(first).first_asked_on == date(2014, 3, 1)
    assert queries.superseded_by(first) == [second]
    take_back_link(by=rosa, link=link, reason="Not the same.")
    assert queries.inherited(last).first_asked_on == date(2018, 3, 1)


def test_only_superseding_passes_age_on(rosa: Person, three: tuple[Recommendation, ...]) -> None:
    first, second, last = three
    sign_link(by=rosa, earlier=first, later=last, relation="extends", reason="Asks more.")
    sign_link(by=rosa, earlier=second, later=last, relation="contradicts", reason="Other cure.")
    assert queries.inherited(last).first_asked_on == date(2021, 3, 1)


def test_dates_that_were_moved_pass_on(rosa: Person, ask: Ask, bases: list[Basis]) -> None:
    today = timezone.localdate()
    old, new = ask(today.year - 1, basis="iopc-28b"), ask(today.year, basis="iopc-28b")
    clock = old.undertakings.get().clock
    extend_clock(by=rosa, clock=clock, days=7, reason="The maker agreed.")
    date_clock(by=rosa, clock=clock, on=today + timedelta(days=90), reason="Their letter.")
    supersede(rosa, old, new)
    assert queries.inherited(new).dates_moved == 2
    assert queries.inherited(old).dates_moved == 2


def test_a_report_without_a_date_counts_from_the_day_it_was_entered(ask: Ask) -> None:
    assert queries.inherited(ask(None)).first_asked_on == timezone.localdate()


@pytest.mark.parametrize(
    ("words", "day"),
    [("2014", date(2014, 12, 31)), ("May 2014", date(2014, 5, 31)), ("9000", None), ("old", None)],
)
def test_a_month_or_a_year_alone_counts_to_its_end_and_never_beyond_today(
    words: str, day: date | None, rosa: Person, inspectorate: Body
) -> None:
    report = log_report(
        by=rosa, title="Of old", kind=Report.Kind.REVIEW, author=inspectorate,
        published_words=words, invented=True,
    )  # fmt: skip
    asked = enter_recommendation(by=rosa, report=report, words="Record every crime.")
    assert queries.asked_on(asked) == (day or timezone.localdate())


def test_what_passes_on_is_read_in_a_constant_number_of_queries(
    rosa: Person, ask: Ask, django_assert_max_num_queries: Callable
) -> None:
    line = [ask(2014 + n) for n in range(5)]
    for earlier, later in pairwise(line):
        supersede(rosa, earlier, later)
    with django_assert_max_num_queries(3):
        assert len(queries.inherited(line[-1]).asked) == 5


# --- Who sees links ---


def test_people_of_a_body_see_links_of_which_both_ends_are_theirs(
    rosa: Person, omar: Person, lena: Person, ask: Ask, force: Body, council: Body
) -> None:
    old, new, both = ask(2014, council), ask(2018, force), ask(2020, force, council)
    hidden = supersede(rosa, old, new)
    seen = sign_link(by=rosa, earlier=new, later=both, relation="partly", reason="A part.")
    assert queries.links_of(rosa, new) == [hidden, seen]
    assert queries.links_of(omar, new) == [seen]
    assert queries.links_of(lena, both) == []
