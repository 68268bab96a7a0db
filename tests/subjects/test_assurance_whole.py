"""What a page reads at once is what each query reads alone."""

from answerable.accounts.models import Person
from answerable.assurance.actions.samples import commit_sample, draw_sample, record_sample
from answerable.assurance.models import Opinion
from answerable.assurance.queries import seen as seen_queries
from answerable.assurance.queries.four import four_answers
from answerable.assurance.queries.opinions import compared, weighed_opinions
from answerable.assurance.queries.whole import whole_of
from answerable.register.actions.recommendations import correct_recommendation
from answerable.register.models import Undertaking
from tests.assured import a_file, sign


def test_the_whole_is_what_each_query_says(
    assured: Opinion, vera: Person, rosa: Person, omar: Person, ivo: Person
) -> None:
    here = assured.undertaking
    asked = here.recommendation
    correct_recommendation(by=rosa, recommendation=asked, words="Record it.", reason="A typo.")
    sample = commit_sample(by=vera, undertaking=here, size=2, why="Enough.", criteria=["In time"])
    draw_sample(by=vera, sample=sample, records=["a", "b", "c"])
    record_sample(by=vera, sample=sample, counts=[(1, 2)])
    commit_sample(by=vera, undertaking=here, size=2, why="More.", criteria=["In time"])
    sign(ivo, here, judgement="partly")
    a_file(omar, here, content=b"November: 40.\n")
    undertaking = Undertaking.objects.get(pk=here.pk)
    whole = whole_of(undertaking)
    assert whole.seen == seen_queries.seen_now(undertaking)
    assert whole.weighed == weighed_opinions(undertaking)
    assert whole.comparison == compared(undertaking)
    assert whole.comparison.changed == ("evidence",)
    assert whole.four == four_answers(undertaking)
    assert len(whole.samples) == 2


def test_the_whole_costs_few_queries(
    assured: Opinion, omar: Person, django_assert_max_num_queries: object
) -> None:
    for number in range(5):
        a_file(omar, assured.undertaking, content=f"Counts: {number}.\n".encode())
    undertaking = Undertaking.objects.prefetch_related("recommendation__corrections").get(
        pk=assured.undertaking_id
    )
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        assert whole_of(undertaking).weighed
