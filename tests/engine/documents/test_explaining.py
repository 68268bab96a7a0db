"""A reading laid open: every block is there, with what became of it and the reason."""

import json
import re

import pytest
from click.testing import CliRunner

from answerable.cli.explaining import explain as command
from answerable.engine.documents import codec, explaining, read
from answerable.engine.documents.safely import explain_safely

from . import papers

REPORT = f"""
#set page(width: 500pt, height: 600pt, header: [Review of the control room <1>], numbering: "1")
= Review of the control room
{papers.PROSE}#footnote[Said in writing by the duty officer, who was there on each of these days.]

== Strengths
1. Records are kept for as long as the law asks and are open to all who work there.
2. Staff are proud of what they do and say so without having been asked to say it.

== Recommendations
1. The force should keep the record of every call for six years.
2. The council should publish what it was told, in full, by the end of each month.
3. Both should tell the panel <why> where they do not.

#pagebreak()
== What we read
#rect(width: 100%)[The duty log was kept in a cupboard, behind the door, and nobody had the key to it.]

{papers.PROSE}
""".replace("<1>", "").replace("<why>", "\\<why\\>")


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return papers.pdf(tmp_path_factory.mktemp("explained"), REPORT)


@pytest.fixture(scope="module")
def seen(report):
    return explaining.explain(report)


def block(seen, start):
    return next(b for b in seen.blocks if b.words.startswith(start))


def test_every_word_of_the_document_is_in_one_block(report, seen):
    for page in read(report).pages:
        words = [b.words.rstrip("…") for b in seen.blocks if b.page == page.number]
        flat = " ".join(page.text.split())
        assert all(word in flat for word in words)
        assert sum(map(len, words)) > 0.5 * len(flat)


@pytest.mark.parametrize(
    ("start", "role"),
    [
        ("Recommendations", "heading"),
        ("The team spent eleven days", "paragraph"),
        ("The council should publish", "list_item"),
        ("The duty log was kept", "boxed"),
        ("Said in writing", "footnote"),
        ("Review of the control room", "running_head"),
    ],
)
def test_a_block_is_known_for_what_it_is(seen, start, role):
    assert role in {b.role for b in seen.blocks if start in b.words}


def test_what_was_taken_says_as_what_and_in_which_run(seen):
    taken = block(seen, "The council should publish")
    assert taken.outcome == "taken"
    assert re.match(r"Taken as 2 in run 1\. \d\d% sure\b.*\.$", taken.why)
    assert taken.section == "Recommendations"
    assert 1 in taken.runs


def test_what_was_not_taken_says_why_not(seen):
    assert block(seen, "Records are kept").why == "Nothing marks it, and it asks for nothing."
    strengths = block(seen, "Strengths")
    assert "something else" in strengths.why
    assert block(seen, "Recommendations").why.startswith("It opens run 1")


def test_the_votes_on_a_run_add_up_to_its_score(seen):
    assert seen.runs
    for run in seen.runs:
        assert run.votes
        assert all(v.sentence.endswith(".") for v in run.votes)
        assert run.score == pytest.approx(min(0.97, max(0, sum(v.weight for v in run.votes))))


def test_the_page_lists_every_block_beside_its_picture(report):
    found, pictures = explain_safely(report, name="report.pdf")
    page = explaining.as_html(found, pictures, name="report.pdf")
    assert set(pictures) == {1, 2}
    assert page.count("<img ") == page.count(' alt="Picture of page') == 2
    assert page.count('<tr class="') == len(found.blocks) + len(found.runs)
    for b in found.blocks:
        assert f'id="block-{b.page}-{b.order}"' in page
        assert b.why in page
    assert "&lt;why&gt;" in page
    assert "<why>" not in page
    assert "http" not in page.replace("http://www.w3.org", "")
    assert "<script" not in page


def test_only_the_pages_asked_for_are_drawn(report):
    found, pictures = explain_safely(report, pages=[2])
    page = explaining.as_html(found, pictures, name="x")
    assert set(pictures) == {2}
    assert "Page 2" in page
    assert "Page 1</h2>" not in page


def test_a_document_without_pages_is_explained_without_pictures(tmp_path):
    text = b"Recommendations\n===============\n\n1. The force should keep records.\n\n2. Stop.\n"
    found, pictures = explain_safely(papers.file(tmp_path, text, "notes.txt"))
    assert not pictures
    assert "The force should keep records." in explaining.as_html(found, pictures, name="notes.txt")


def test_bytes_that_no_explanation_was_are_refused(seen):
    whole = json.loads(explaining.encode(seen, {1: b"\x89PNG\r\n\x1a\nx"}))
    assert explaining.decode(json.dumps(whole).encode()) == (seen, {1: b"\x89PNG\r\n\x1a\nx"})
    for change in (
        {"pictures": {"1": "PHN2Zz4="}},
        {"pictures": []},
        {"explanation": whole["explanation"] | {"title": 7}},
        {"explanation": whole["explanation"] | {"sizes": [[1]]}},
        {"explanation": whole["explanation"] | {"blocks": [{"role": "script"}]}},
    ):
        with pytest.raises(codec.Malformed):
            explaining.decode(json.dumps(whole | change).encode())


def test_the_command_writes_one_page_and_prints_its_path(report, tmp_path):
    out = tmp_path / "seen.html"
    done = CliRunner().invoke(command, [str(report), "--page", "1", "--out", str(out)])
    assert done.exit_code == 0
    assert done.output.strip() == str(out)
    assert "Taken as 2 in run 1." in out.read_text(encoding="utf-8")


def test_the_command_says_in_a_sentence_why_a_file_cannot_be_read(tmp_path):
    broken = papers.file(tmp_path, b"%PDF-1.7 and no more", "broken.pdf")
    done = CliRunner().invoke(command, [str(broken)])
    assert done.exit_code == 1
    assert "damaged" in done.output


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    source = f"""
== Our recommendations
{papers.PROSE}

#table(
  columns: (auto, 1fr, auto),
  [Number], [Recommendation], [Who],
  [1], [The force should keep the record of every call for six years.], [The force],
  [2], [The council should publish what it was told, in full and in time.], [The council],
)
"""
    return explaining.explain(papers.pdf(tmp_path_factory.mktemp("tabled"), source))


def test_the_cells_beside_an_entry_say_whose_row_they_are(table):
    assert block(table, "The council should").outcome == "taken"
    assert block(table, "2").why == "It stands in the row of what was taken as 2."
    assert block(table, "Who").why == "It stands in the table of run 1."


def test_a_title_says_what_was_taken_under_it(tmp_path):
    source = f"""
== The record
{papers.PROSE}

=== Recommendation 1
The force should keep the record of every call for six years.

=== Recommendation 2
The council should publish what it was told, in full and in time.
"""
    seen = explaining.explain(papers.pdf(tmp_path, source))
    assert block(seen, "The council should").outcome == "taken"
    title = next(b for b in seen.blocks if b.label == "Recommendation 2")
    assert title.why == "It stands over what was taken in run 1."
