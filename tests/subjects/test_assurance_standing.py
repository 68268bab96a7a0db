"""The judgements of the whole register, kept in step with the chain, are those computed anew."""

from answerable.accounts.models import Body, Person
from answerable.assurance.actions.evidence import grade_evidence
from answerable.assurance.actions.opinions import withdraw_opinion
from answerable.assurance.models import Evidence, Opinion
from answerable.assurance.queries import standing
from answerable.register.actions.recommendations import correct_recommendation
from answerable.register.actions.undertakings import pass_to_successor
from answerable.register.models import Recommendation, Undertaking
from tests.assured import a_file, claim_ready, sign


def told() -> list[str]:
    """What is known, once it was compared with what a new reading computes."""
    known = standing.judgements()
    every = Opinion.objects.values_list("undertaking", flat=True)
    assert known == standing.computed(every)
    return sorted(" ".join(sorted(values)) for values in known.values())


def test_every_kind_of_act_is_followed(
    assured: Opinion, evidence: Evidence, asked: list[Recommendation],
    rosa: Person, vera: Person, omar: Person, ivo: Person, council: Body,
) -> None:  # fmt: skip
    undertaking = Undertaking.objects.get(pk=assured.undertaking_id)
    assert told() == ["assured"]
    grade_evidence(by=vera, evidence=evidence, grade="policy", reason="It is a plan.")
    assert told() == [""]
    sign(vera, undertaking, judgement="partly")
    assert told() == ["partly"]
    sign(ivo, undertaking)
    assert told() == ["assured partly"]
    a_file(omar, undertaking, content=b"Something new.\n")
    assert told() == [""]
    last = sign(vera, undertaking, judgement="not_assured")
    assert told() == ["not_assured"]
    withdraw_opinion(by=vera, opinion=last, reason="I read the wrong records.")
    assert told() == [""]
    sign(vera, undertaking, judgement="partly")
    claim_ready(omar, undertaking, "It is done now.")
    assert told() == [""]
    sign(vera, undertaking, judgement="partly")
    words = undertaking.recommendation.words
    correct_recommendation(
        by=rosa, recommendation=undertaking.recommendation, words=f"{words} Each.", reason="Left out."
    )  # fmt: skip
    assert told() == [""]
    sign(vera, undertaking, judgement="partly")
    pass_to_successor(by=rosa, undertaking=undertaking, successor=council)
    assert told() == ["partly"]


def test_only_what_was_touched_is_read_again(
    assured: Opinion, asked: list[Recommendation], rosa: Person, django_assert_num_queries: object
) -> None:
    standing.judgements()
    other = asked[2]
    correct_recommendation(
        by=rosa, recommendation=other, words=other.words + " Each.", reason="Left out."
    )
    with django_assert_num_queries(7):  # type: ignore[operator]
        standing.judgements()
    with django_assert_num_queries(1):  # type: ignore[operator]
        standing.judgements()
