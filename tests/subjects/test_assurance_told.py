"""What a page tells of undertakings, read together, is what is computed from each noun's own queries."""

from answerable.accounts.models import Body, Person
from answerable.assurance.models import Closure, Evidence, Graded, Opinion, Use
from answerable.assurance.queries.closing import recheck_dates, times_reopened
from answerable.assurance.queries.four import four_answers
from answerable.assurance.queries.opinions import weighed_opinions
from answerable.assurance.queries.told import told_of
from answerable.plan.actions.claims import make_claim
from answerable.plan.models import Action, Claim, ClosingTest
from answerable.register.actions.links import sign_link
from answerable.register.actions.recommendations import correct_recommendation
from answerable.register.actions.undertakings import pass_to_successor
from answerable.register.models import Recommendation, Undertaking
from answerable.register.queries.together import together
from tests.assured import a_file, in_days, sign


def now(pk: int) -> Undertaking:
    return Undertaking.objects.get(pk=pk)


def check_same() -> None:
    """Every undertaking there is: told of together, and answered one by one."""
    every = list(Undertaking.objects.all())
    told = told_of(every)
    for one in every:
        assert told[one.pk].four == four_answers(now(one.pk))


def test_read_together_the_answers_are_the_same(
    closure: Closure, asked: list[Recommendation], omar: Person, vera: Person, ivo: Person
) -> None:
    check_same()
    a_file(omar, closure.undertaking, content=b"Something new.\n")
    check_same()
    sign(ivo, now(closure.undertaking_id), judgement="partly")
    sign(vera, now(closure.undertaking_id), judgement="not_assured")
    check_same()
    assert {w.state for w in weighed_opinions(closure.undertaking)} == {"stands", "void"}


def test_a_correction_is_seen_in_both_ways(assured: Opinion, rosa: Person) -> None:
    asked = assured.undertaking.recommendation
    correct_recommendation(
        by=rosa, recommendation=asked, words=asked.words + " Each.", reason="It was left out."
    )
    check_same()
    [told] = told_of([now(assured.undertaking_id)]).values()
    assert "the wording has changed" in told.four.assurance.note


def test_what_was_passed_on_keeps_its_line(
    assured: Opinion, rosa: Person, omar: Person, council: Body
) -> None:
    pass_to_successor(by=rosa, undertaking=assured.undertaking, successor=council)
    check_same()
    told = told_of(list(Undertaking.objects.filter(recommendation__reference="R-0001")))
    words = [one.four.response.words for one in told.values()]
    assert words == ["Passed to Northmoor Council.", "Accepted."]


def test_every_row_read_together_is_the_row(closure: Closure, action: Action, omar: Person) -> None:
    """Exactly: field by field, in either database."""
    make_claim(
        by=omar, undertaking=closure.undertaking, rung="in_progress", words="Ä “ and \\ .",
        slipped_on=in_days(-3),
    )  # fmt: skip
    models = (Undertaking, Closure, Opinion, Claim, ClosingTest, Evidence, Use, Graded, Action)
    for model, rows in zip(models, together(*(m.objects.all() for m in models)), strict=True):
        fields = [field.attname for field in model._meta.concrete_fields]
        by_key = {row.pk: {name: getattr(row, name) for name in fields} for row in rows}
        assert len(by_key) == model.objects.count() == len(rows)
        for one in model.objects.all():
            assert by_key[one.pk] == {name: getattr(one, name) for name in fields}


# --- The course ---


def test_closed_is_a_fact_beside_the_four(closure: Closure) -> None:
    [told] = told_of([now(closure.undertaking_id)]).values()
    assert told.course.closed
    assert told.course.closed.recheck_on == recheck_dates([closure])[closure.pk]
    assert told.course.facts[0].startswith("Closed on ")
    assert "losed" not in " ".join(answer.words for answer in told.four)


def test_superseding_is_told_on_both_sides(asked: list[Recommendation], rosa: Person) -> None:
    sign_link(
        by=rosa, earlier=asked[0], later=asked[2], relation="supersedes", reason="It asks for more."
    )
    first, last = asked[0].undertakings.get(), asked[2].undertakings.get()
    told = told_of([first, last])
    assert told[first.pk].course.facts == ("Superseded by R-0003.",)
    assert told[last.pk].course.supersedes == ("R-0001",)


def test_it_costs_the_same_however_many(
    closure: Closure, asked: list[Recommendation], omar: Person, django_assert_num_queries: object
) -> None:
    for number in range(8):
        a_file(omar, closure.undertaking, content=f"Return {number}.\n".encode())
    every = list(Undertaking.objects.select_related("body", "recommendation"))
    with django_assert_num_queries(1):  # type: ignore[operator]
        told_of(every)
    assert times_reopened(closure.undertaking) == 0
