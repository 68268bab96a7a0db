"""The example world: its data says only what its sources say, its documents are real documents."""

import csv
import json
import re
import string
import time
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import docx
import pypdfium2
import pytest
import typst
from selectolax.lexbor import LexborHTMLParser

from answerable.engine.documents import read, read_safely
from answerable.engine.documents.shapes import Candidate, Kind
from answerable.world import record
from answerable.world.northmoor import DOCUMENTS, BuiltDocument, build, days, story, text

FACTS = Path(__file__).parents[3] / "shared" / "facts"
FONTS = Path(text.__file__).parent / "fonts"
TODAY = date(2026, 11, 22)
OWN = set(get_args(Kind))
POSITIONS = {"", "accepted", "in_part", "in_principle", "rejected", "anothers", "no_response"}
RELATIONS = {"same", "extends", "partly", "contradicts", "supersedes"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, BuiltDocument]:
    made = build(tmp_path_factory.mktemp("northmoor"), today=TODAY)
    return {document.id: document for document in made}


def truth_of(document: BuiltDocument) -> list[dict]:
    return json.loads(document.truth.read_text())


# --- the public record


def test_every_row_of_the_public_record_has_its_source():
    sources = [r.source_url for r in record.recommendations()]
    sources += [url for r in record.reports() for url in r.source_urls]
    sources += [r.source_url for r in record.repeats()]
    sources += [basis.source_url for basis in record.clock_bases()]
    assert all(re.match(r"https?://[^\s/]+/\S*$", source) for source in sources)
    assert all(report.source_urls for report in record.reports())


def test_every_name_in_the_public_record_resolves():
    bodies = {body.body for body in record.bodies()}
    reports = {report.report for report in record.reports()}
    known = {r.recommendation for r in record.recommendations()}
    named = {name for r in record.recommendations() for name in (*r.addressees, r.response_by)}
    named |= {n for r in record.reports() for n in (r.author, r.commissioned_by)}
    named |= {name for body in record.bodies() for name in (body.part_of, body.successor)}
    assert named - {""} <= bodies
    assert {r.report for r in record.recommendations()} == reports
    assert {end for r in record.repeats() for end in (r.first, r.second)} <= known
    assert {r.relation for r in record.repeats()} <= RELATIONS


def test_the_readme_counts_the_rows_that_are_there():
    readme = (Path(record.__file__).parent / "public" / "README.md").read_text(encoding="utf-8")
    said = dict(re.findall(r"\| `(\w+)\.csv` \|.*\| (\d+) \|", readme))
    there = (record.bodies, record.reports, record.recommendations, record.repeats)
    assert said == {rows.__name__: str(len(rows())) for rows in there}


def test_only_rows_of_high_and_medium_confidence_are_in_the_public_record():
    assert {r.confidence for r in record.recommendations()} == {"high", "medium"}


def test_a_date_is_as_precise_as_its_source_and_no_more():
    dates = [r.published for r in record.reports()] + [
        r.response_on for r in record.recommendations()
    ]
    lengths = {"": 0, "year": 4, "month": 7, "day": 10}
    assert all(len(loose.text) == lengths[loose.precision] for loose in dates)
    assert {r.published.precision for r in record.reports()} == {"year", "month", "day"}


def test_no_position_stands_without_words_and_a_source():
    for r in record.recommendations():
        assert bool(r.response_words) == bool(r.response_source_url), r.recommendation
        assert bool(r.response_words) == bool(r.response_by), r.recommendation
        if r.position_said:
            assert r.response_words.startswith(r.position_said), r.recommendation
        assert bool(r.status_said) == bool(r.status_source_url), r.recommendation


def test_no_body_is_given_an_answer_that_another_gave():
    part_of = {body.body: body.part_of for body in record.bodies()}
    for r in record.recommendations():
        if r.position_said:
            answering = {r.response_by} | {
                b for b, whole in part_of.items() if whole == r.response_by
            }
            assert answering & set(r.addressees), r.recommendation


def test_a_computed_date_is_never_called_an_official_one():
    for r in record.recommendations():
        assert bool(r.due_on) == bool(r.due_kind) == bool(r.due_words), r.recommendation
        if "Computed" in r.due_words:
            assert r.due_kind == "computed"


def test_what_is_not_law_or_not_checked_says_so():
    bases = {basis.code: basis for basis in record.clock_bases()}
    assert bases["police-act-55"].first_day_counts
    assert bases["police-act-55"].length == 56
    for code in ("iopc-28b", "pfd-2013", "select-committee-convention"):
        assert "background knowledge" in bases[code].note
    assert "not law" in bases["covid-inquiry-practice"].note
    assert bases["local-agreement"].source_title.startswith("No law")


def test_the_public_record_says_what_the_collected_facts_say():
    if not FACTS.is_dir():
        pytest.skip("The collected facts are not beside this project, so they cannot be compared.")
    with (FACTS / "recommendations.csv").open(newline="", encoding="utf-8") as file:
        facts = {f"{r['report_id']}:{r['rec_no']}": r for r in csv.DictReader(file)}
    for r in record.recommendations():
        fact = facts[r.recommendation]
        assert (r.words, r.source_url) == (fact["paraphrase"], fact["source_url"])
        assert r.response_words == fact["response"]
        assert r.status_said in (fact["last_known_status"], "")


# --- Northmoor's documents


def test_all_documents_are_made_within_ten_seconds(tmp_path: Path):
    begun = time.monotonic()
    made = build(tmp_path, today=TODAY)
    assert time.monotonic() - begun < 10
    assert [document.id for document in made] == [document.id for document in DOCUMENTS]


def test_the_same_day_gives_the_same_bytes(built: dict[str, BuiltDocument], tmp_path: Path):
    for again in build(tmp_path, today=TODAY):
        assert again.path.read_bytes() == built[again.id].path.read_bytes(), again.id


def test_a_day_later_northmoor_has_moved_on_by_a_day(tmp_path: Path):
    later = {d.id: d.published for d in build(tmp_path, today=TODAY + timedelta(days=1))}
    assert later["inspection"] == TODAY + timedelta(days=1) - timedelta(days=49)
    assert later["inquiry"] == date(2015, 3, 12)


def test_every_document_says_that_northmoor_is_invented(built: dict[str, BuiltDocument]):
    for document in built.values():
        if document.id != "peers":
            assert "invented" in words_in(document), document.id


def test_no_date_is_left_unfilled(built: dict[str, BuiltDocument]):
    for document in built.values():
        assert not re.search(r"\{\w+[+-]\d+\}", words_in(document)), document.id


def test_each_item_is_printed_on_the_page_that_the_truth_names(built: dict[str, BuiltDocument]):
    for document in built.values():
        pages = pages_of(document) if document.media_type == "application/pdf" else []
        if not any(pages):
            continue
        for row in truth_of(document):
            for page in (row["page"], *row["also_pages"]):
                printed = [row["text"], row["also_text"] or row["text"]]
                begins = [" ".join(words.split()[:3]) for words in printed]
                assert any(b in pages[page - 1] for b in begins), (document.id, row["key"], page)


def test_the_scan_has_no_text_at_all(built: dict[str, BuiltDocument]):
    assert not any(page.strip() for page in pages_of(built["peers"]))


def test_no_character_is_printed_that_the_fonts_lack():
    for source in sorted((Path(text.__file__).parent / "texts").glob("*.txt")):
        assert set(source.read_text(encoding="utf-8")) <= {*string.printable, "é"}, source.name


def test_every_layout_uses_only_fonts_that_come_with_the_product():
    families = set(typst.Fonts(include_system_fonts=False, font_paths=[FONTS]).families())
    for layout in sorted((Path(text.__file__).parent / "typst").glob("*.typ")):
        used = re.findall(r'font: "([^"]+)"', layout.read_text(encoding="utf-8"))
        assert set(used) <= families, layout.name


def words_in(document: BuiltDocument) -> str:
    if document.media_type == "text/html":
        return LexborHTMLParser(document.path.read_bytes()).html or ""
    if document.media_type == "application/pdf":
        return " ".join(pages_of(document))
    word = docx.Document(str(document.path))
    footers = [p.text for section in word.sections for p in section.footer.paragraphs]
    return " ".join([p.text for p in word.paragraphs] + footers)


def pages_of(document: BuiltDocument) -> list[str]:
    with pypdfium2.PdfDocument(document.path) as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


# --- the reader on Northmoor's documents


def test_the_text_of_the_scan_is_recognised_word_for_word(built: dict[str, BuiltDocument]):
    reading = read_safely(built["peers"].path)
    assert all(page.sureness and page.sureness > 0.9 for page in reading.pages)
    text = " ".join(" ".join(page.text for page in reading.pages).split())
    asks = [row["text"] for row in truth_of(built["peers"])]
    assert asks
    assert [ask for ask in asks if " ".join(ask.split()) not in text] == []


def test_the_reader_finds_what_is_in_the_documents(built: dict[str, BuiltDocument]):
    figures = {id_: f1(document) for id_, document in built.items() if has_own_text(document)}
    macro = sum(figures.values()) / len(figures)
    print(
        "F1", {id_: round(figure, 2) for id_, figure in figures.items()}, "macro", round(macro, 3)
    )
    assert macro >= 0.8


def has_own_text(document: BuiltDocument) -> bool:
    return document.id != "peers" and any(row["kind"] in OWN for row in truth_of(document))


def f1(document: BuiltDocument) -> float:
    """Of the reader's candidates against the truth; a match shares three words in five."""
    own = [tokens(row["text"]) for row in truth_of(document) if row["kind"] in OWN]
    taken = [tokens(c.text) for c in read(document.path).candidates if is_taken(c)]
    likeness = sorted(
        ((len(a & b) / len(a | b), i, j) for i, a in enumerate(own) for j, b in enumerate(taken)),
        reverse=True,
    )
    matched: dict[int, int] = {}
    for alike, i, j in likeness:
        if alike >= 0.6 and i not in matched and j not in matched.values():
            matched[i] = j
    return 2 * len(matched) / (len(own) + len(taken))


def is_taken(candidate: Candidate) -> bool:
    return candidate.taken


def tokens(words: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", words.lower())) or {""}


# --- what has happened in Northmoor so far


def items_of(document: str) -> dict[str, text.Item]:
    source = (Path(text.__file__).parent / "texts" / f"{document}.txt").read_text()
    return {item.key: item for item in text.items(text.parse(days.filled(source, TODAY)))}


def test_every_item_that_the_story_speaks_of_is_in_its_document():
    named = [(r.document, key) for r in story.REPORTS for key in r.accepted]
    named += [reply.item for reply in story.replies(TODAY)]
    named += [thing.item for thing in (*story.CHANGES, *story.CORRECTIONS, *story.WITHDRAWALS)]
    named += [end for likeness in story.LIKENESSES for end in (likeness.first, likeness.second)]
    for document, key in named:
        assert key in items_of(document), (document, key)


def test_a_body_answers_only_what_it_was_asked():
    for reply in story.replies(TODAY):
        document, key = reply.item
        asked = {story.MEANT_BY[name] for name in items_of(document)[key].to}
        assert reply.body in asked, reply.item


def test_every_addressee_printed_in_a_document_is_a_body_of_northmoor():
    for report in story.REPORTS:
        for item in items_of(report.document).values():
            assert set(item.to) <= set(story.MEANT_BY), (report.document, item.key)


def test_everyone_in_the_story_exists():
    bodies = {body.key for body in story.BODIES}
    people = {person.key for person in story.PEOPLE}
    assert {person.body for person in story.PEOPLE} <= bodies
    assert {r.author for r in story.REPORTS} <= bodies
    assert {r.commissioned_by for r in story.REPORTS} - {""} <= bodies
    assert {body.successor for body in story.BODIES} - {""} <= bodies
    assert {reply.entered_by for reply in story.replies(TODAY)} <= people


def test_replies_are_good_warm_late_and_missing():
    replies = story.replies(TODAY)
    assert {reply.position for reply in replies} == POSITIONS
    assert all(reply.words for reply in replies)
    warm = [r for r in replies if r.position in ("no_response", "in_principle", "in_part")]
    assert all(reply.reason for reply in warm if reply.item[0] != "inquiry")
    answered = {(reply.item, reply.body) for reply in replies}
    assert (("learning", "r7"), "northmoor-office") not in answered


def test_a_reply_that_stands_in_a_document_stands_there_word_for_word(
    built: dict[str, BuiltDocument],
):
    for reply in story.replies(TODAY):
        if reply.document:
            printed = words_in(built[reply.document]).replace("‐", "-")
            assert " ".join(reply.words.split()[:8]) in printed, reply.item


def test_a_later_item_repeats_an_earlier_one():
    order = {document.id: document.day(TODAY) for document in DOCUMENTS}
    for likeness in story.LIKENESSES:
        assert likeness.relation in RELATIONS
        assert order[likeness.first[0]] <= order[likeness.second[0]] or (
            likeness.first[0] == "prevention"
        )


def test_one_report_waits_one_is_half_checked_and_one_is_put_aside():
    checking = {report.document: report.checking for report in story.REPORTS}
    assert [d for d, how in checking.items() if how == "unchecked"] == ["letter"]
    assert [d for d, how in checking.items() if how == "half"] == ["inspection"]
    assert [d for d, how in checking.items() if how == "parked"] == ["peers"]


def test_no_report_says_another_number_of_its_recommendations_than_it_makes():
    for report in story.REPORTS:
        if report.stated_count and report.document != "inquiry":
            own = [i for i in items_of(report.document).values() if i.kind == "recommendation"]
            assert report.stated_count == len(own), report.document
