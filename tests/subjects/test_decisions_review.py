"""The reader in real use: counted from what people decided; cases that tell no words."""

import json
import re
from dataclasses import replace

import pytest

from answerable.accounts.models import Person
from answerable.register.actions import candidates as register
from answerable.reports.actions import decisions as actions
from answerable.reports.models import Candidate, Decision, Document, Report
from answerable.reports.queries.cases import (
    STRATEGY_WORDS,
    cases,
    form_of,
    overlap,
    strategy_words,
)
from answerable.reports.queries.review import review
from tests.reading import candidate, read_with
from tests.subjects.test_decisions import chosen, lines_holding

MARKER = "Zanzibar-Quokka"


def dismiss(by: Person, found: Candidate, reason: str = "A heading or a title.") -> Decision:
    return actions.dismiss_candidate(by=by, candidate=found, reason=reason)


@pytest.fixture
def decided(inspection_read: Document, rosa: Person) -> Document:
    """Of eight: five accepted, one of them under another number; two merged; one dismissed.

    One more was added.
    """
    rows = {n: candidate(inspection_read, str(n)) for n in range(1, 9)}
    register.accept_candidate(by=rosa, candidate=rows[1])
    register.accept_candidate(by=rosa, candidate=rows[2], number="2a")
    dismiss(rosa, rows[3])
    register.merge_candidates(by=rosa, candidates=[rows[4], rows[5]])
    for n in (6, 7, 8):
        register.accept_candidate(by=rosa, candidate=rows[n])
    lines = lines_holding(inspection_read, "Social workers know")
    spans = chosen(inspection_read, lines)
    register.add_missed(by=rosa, document=inspection_read, spans=spans, kind="recommendation")
    return inspection_read


def test_precision_and_recall_are_counted_by_maker_and_version(
    decided: Document, inspection: Report
) -> None:
    found = review()
    (maker,) = found.makers
    assert maker.name == inspection.author.name
    of = maker.all
    assert (of.decided, of.dismissed, of.missed, of.left) == (8, 1, 1, 0)
    assert (of.unchanged, of.relabelled, of.rebound, of.joined) == (4, 1, 1, 1)
    assert maker.precision == pytest.approx(7 / 8)
    assert maker.recall == pytest.approx(7 / 8)
    assert (found.documents, found.checked) == (1, 1)
    assert [row.name for row in found.versions] == [decided.reading.engine]
    assert found.everything.all == of


def test_recall_is_told_only_of_documents_checked_to_the_end(
    inspection_read: Document, rosa: Person
) -> None:
    register.accept_candidate(by=rosa, candidate=candidate(inspection_read, "1"))
    found = review()
    assert found.everything.precision == 1
    assert found.everything.recall is None
    assert (found.documents, found.checked) == (1, 0)


def test_what_is_taken_back_does_not_count(inspection_read: Document, rosa: Person) -> None:
    decision = dismiss(rosa, candidate(inspection_read, "1"))
    assert review().everything.precision == 0
    register.take_back(by=rosa, decision=decision)
    assert review().everything.precision is None


def test_each_band_says_how_many_were_right(decided: Document) -> None:
    found = review()
    rows = {c.pk: c for c in Candidate.objects.filter(reading__document=decided) if c.own}
    for band in found.bands:
        mine = [c for c in rows.values() if c.tenths == band.tenths]
        assert band.decided == len(mine)
        wrong = sum(c.number == "3" for c in mine)
        assert band.right == len(mine) - wrong
        assert band.expected == pytest.approx(sum(c.confidence for c in mine) / len(mine))
        assert band.words == mine[0].sure_words
    assert sum(band.decided for band in found.bands) == 8
    assert found.away is not None
    assert 0 <= found.away <= 1


def test_a_split_counts_once_in_its_band(inspection_read: Document, rosa: Person) -> None:
    fifth = candidate(inspection_read, "5")
    (span,) = fifth.spans
    cut = span["start"] + fifth.words.index("Tell the panel")
    parts = [("5a", [{**span, "end": cut}]), ("5b", [{**span, "start": cut}])]
    register.split_candidate(by=rosa, candidate=fifth, parts=parts)
    assert [(b.decided, b.right) for b in review().bands] == [(1, 1)]


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (0.999, "nearly all like this are right"),
        (0.91, "about 9 in 10 like this are right"),
        (0.85, "about 9 in 10 like this are right"),
        (0.5, "about 5 in 10 like this are right"),
        (0.01, "hardly any like this are right"),
    ],
)
def test_confidence_is_said_as_what_it_means(confidence: float, words: str) -> None:
    assert Candidate(confidence=confidence).sure_words == words


def test_the_review_asks_the_database_a_fixed_number_of_times(
    decided: Document, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        review()


# --- Cases -----------------------------------------------------------------------------------------


def test_a_case_tells_how_it_looked_and_what_became_of_it(decided: Document) -> None:
    rows = list(cases())
    assert [r["outcome"] for r in rows].count("accepted") == 5
    merged = next(r for r in rows if r["outcome"] == "merged")
    assert merged["proposed"]["number_form"] == "9"  # type: ignore[index]
    first = rows[0]
    assert first["overlap"] == 1.0
    assert (first["same_start"], first["same_end"]) == (True, True)
    assert "run" in first["proposed"]["strategy"]  # type: ignore[index]
    added = next(r for r in rows if r["outcome"] == "added")
    assert "proposed" not in added
    assert all(r["engine"] == decided.reading.engine for r in rows)


def test_no_words_leak_from_an_export(
    inspection: Report, inspectorate: object, rosa: Person, inspection_pdf: bytes
) -> None:
    """A marker planted in every text that a case is told from is in no case without its text."""
    planted = read_with(
        inspection,
        rosa,
        inspection_pdf,
        {
            str(n): lambda c: replace(
                c,
                text=f"{MARKER} {c.text}",
                number=f"{MARKER} {c.number}",
                whose=MARKER,
                kind=c.kind,
                why=(f"It stands under “{MARKER}”.", f"{MARKER} without marks", f"“{MARKER} open"),
            )
            for n in range(1, 9)
        },
    )
    rows = list(
        Candidate.objects.filter(reading__document=planted)
        .select_related("reading__document__report")
        .order_by("ordinal")
    )
    register.accept_candidate(by=rosa, candidate=rows[0], number=f"{MARKER} 1", due=(MARKER, None))
    dismiss(rosa, rows[1], MARKER)
    told = "\n".join(json.dumps(case) for case in cases())
    for word in (*MARKER.split("-"), inspection.title, inspection.author.name, planted.sha256):
        assert word.casefold() not in told.casefold(), word
    words = {w.casefold() for c in rows for w in re.findall(r"[^\W\d_]{6,}", c.words)}
    heard = set(re.findall(r"[^\W\d_]{6,}", told.casefold()))
    assert not (words & heard) - STRATEGY_WORDS - {"report", "strategy"}  # names of fields
    assert MARKER in "\n".join(json.dumps(case) for case in cases(with_text=True))


@pytest.mark.parametrize(
    ("number", "form"),
    [
        ("12", "9"),
        ("4(a)(ii)", "9(a)(aa)"),
        ("Recommendation 4", "w 9"),
        ("R4", "a9"),
        ("018/14", "9/9"),
        ("", ""),
        ("Ñandú™", "w?"),
    ],
)
def test_a_number_is_told_by_its_form(number: str, form: str) -> None:
    assert form_of(number) == form


def test_reasons_are_told_by_the_words_of_the_reader_alone() -> None:
    why = ["It is the third of a run numbered 1 to 8 under “Numbered table of Zanzibar”.", "Zebra"]
    assert strategy_words(why) == ["numbered", "run", "under"]
    assert overlap("Tell the panel", "tell the board") == 0.5
    assert overlap("", "…") is None
