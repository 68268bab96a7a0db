"""Whatever is typed or sent to the checking page, it answers in words and never breaks."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.accounts.models import Body, Person
from answerable.audit import queries as audit
from answerable.reports.models import Candidate, Document, Notice

text = st.one_of(
    st.sampled_from(["", " ", "1", "0", "-1", "²", "9" * 30, "2:7", "3:0", "99:99", "a\0b", "🙂"]),
    st.text(max_size=80),
    st.integers(-5, 4000).map(str),
    st.builds("{}:{}".format, st.integers(-1, 4), st.integers(-1, 900)),
)
NAMES = [
    "number",
    "kind",
    "bodies",
    "other",
    "due_words",
    "due_on-day",
    "due_on-month",
    "due_on-year",
    "lines",
    "starts_with",
    "ends_with",
    "x-why",
    "x-words",
    "reason",
    "others",
    "at",
    "show",
    "on",
    "candidate",
    "page",
    "done",
    "from",
    "to",
]
KINDS = ["recommendation", "finding", "area_for_improvement"]
sent = st.dictionaries(
    st.sampled_from(NAMES), st.lists(text, min_size=1, max_size=4), max_size=len(NAMES)
)
mostly_right = st.fixed_dictionaries(
    {"kind": st.sampled_from(KINDS).map(lambda k: [k])},
    optional={name: st.lists(text, min_size=1, max_size=4) for name in NAMES if name != "kind"},
)
CANDIDATE = [
    "accept_candidate",
    "dismiss_candidate",
    "check_bounds",
    "check_split",
    "check_merge",
]
DOCUMENT = ["check", "check_add", "check_done", "reading_quality"]


@pytest.fixture
def places(inspection_read: Document, rosa: Person, force: Body) -> Callable[[str], str]:
    """The address of each page, at the fifth candidate."""
    fifth = Candidate.objects.get(number="5").pk

    def address(name: str) -> str:
        if name in CANDIDATE:
            return reverse(f"desk:{name}", args=[inspection_read.pk, fifth])
        if name == "settle_notice":
            return reverse(f"desk:{name}", args=[inspection_read.pk, Notice.objects.get().pk])
        if name == "reading_quality":
            return reverse(f"desk:{name}")
        return reverse(f"desk:{name}", args=[inspection_read.pk])

    return address


@pytest.mark.parametrize("name", [*CANDIDATE, "check_add", "check_keys", "settle_notice"])
def test_no_form_breaks(
    client: Client, places: Callable[[str], str], rosa: Person, name: str
) -> None:
    client.force_login(rosa)
    address = places(name)
    prefix = f"n{Notice.objects.get().pk}-how"

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(sent, mostly_right), text)
    def whatever_is_sent(data: dict[str, list[str]], said: str) -> None:
        with transaction.atomic():
            response = client.post(address, data | {prefix: said})
            assert response.status_code in (200, 302), (data, response.status_code)
            transaction.set_rollback(True)

    whatever_is_sent()
    assert audit.verify().holds


@pytest.mark.parametrize("name", [*CANDIDATE[2:], *DOCUMENT])
def test_no_address_breaks(
    client: Client, places: Callable[[str], str], rosa: Person, name: str
) -> None:
    client.force_login(rosa)
    address = places(name)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(sent)
    def whatever_is_asked(data: dict[str, list[str]]) -> None:
        with transaction.atomic():
            assert client.get(address, data).status_code in (200, 302, 404), data
            transaction.set_rollback(True)

    whatever_is_asked()
