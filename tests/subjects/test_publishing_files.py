"""The files of an edition: reproducible, closed in themselves, free of what is private, verifiable."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.publishing import actions, data, folders, queries
from answerable.publishing.manifest import MANIFEST, SEAL, Standing
from answerable.publishing.models import Edition
from answerable.publishing.pages import whole
from answerable.publishing.pages.site import Site
from answerable.publishing.records import public_records
from answerable.publishing.verification import verify_edition, verify_row
from answerable.register.actions.recommendations import (
    enter_recommendation,
    withdraw_recommendation,
)
from answerable.register.models import Recommendation
from answerable.reports.actions.decisions import dismiss_candidate, settle_notice
from answerable.reports.actions.documents import close_document, open_document
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Document, Report
from tests.universe import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(edition: Edition) -> Path:
    return queries.folder_of(edition)


def sentences(folder: Path) -> list[str]:
    return [finding.sentence for finding in verify_edition(folder)]


# --- Verifying ----------------------------------------------------------------------------------


def test_an_edition_verifies_as_it_was_published(folder: Path, edition: Edition) -> None:
    assert verify_edition(folder, digest=edition.manifest_digest) == []
    assert verify_row(queries.root()) == []


def test_a_copy_verifies_without_a_database_and_without_django(
    folder: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    program = (
        "import sys; from pathlib import Path; from answerable.publishing import verification; "
        "print(verification.verify_edition(Path(sys.argv[1]))); assert 'django' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(copy)], capture_output=True, text=True, env={}
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_a_stranger_verifies_it_with_sha256sum_alone(folder: Path) -> None:
    command = ["sha256sum", "--check", "--quiet", "SHA256SUMS", SEAL]
    assert subprocess.run(command, cwd=folder).returncode == 0
    (folder / "record/R-0001.html").write_bytes(b"x")
    assert subprocess.run(command, cwd=folder, capture_output=True).returncode != 0


def test_one_changed_byte_is_named(folder: Path) -> None:
    page = folder / "record" / "R-0002.html"
    content = bytearray(page.read_bytes())
    content[100] ^= 1
    page.write_bytes(bytes(content))
    assert sentences(folder) == ["record/R-0002.html has been changed."]


def test_a_removed_record_is_named(folder: Path) -> None:
    (folder / "data" / "record" / "R-0003.json").unlink()
    assert sentences(folder) == ["data/record/R-0003.json has been removed."]


def test_an_added_file_is_named(folder: Path) -> None:
    (folder / "record" / "R-0009.html").write_text("forged")
    assert sentences(folder) == [
        "record/R-0009.html has been added: the manifest does not list it."
    ]


def test_a_file_replaced_by_a_link_is_named(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "elsewhere.html"
    page = folder / "index.html"
    kept.write_bytes(page.read_bytes())
    page.unlink()
    page.symlink_to(kept)
    assert sentences(folder) == ["index.html is no longer a plain file."]


def test_a_rewritten_manifest_is_named_by_its_seal_and_by_whoever_kept_the_digest(
    folder: Path, edition: Edition
) -> None:
    content = (folder / MANIFEST).read_bytes()
    (folder / MANIFEST).write_bytes(content.replace(b'"edition": 1', b'"edition": 2'))
    assert any("manifest.json has been changed" in s for s in sentences(folder))
    # Whoever rewrites the seal too is found by any digest that was kept elsewhere.
    forged = (folder / MANIFEST).read_bytes()
    (folder / SEAL).write_bytes(folders.manifest.seal(forged)[1])
    assert sentences(folder) == []
    found = verify_edition(folder, digest=edition.manifest_digest)
    assert "is not the one whose digest was given" in found[0].sentence


def test_records_that_nobody_approved_are_named(folder: Path) -> None:
    """All digests rewritten, but the records are not those whose digest was approved."""
    path = folder / "data" / "all.json"
    forged = path.read_bytes().replace(b"within 24 hours", b"within 24 weeks")
    listed = json.loads((folder / MANIFEST).read_bytes())
    for file in listed["files"]:
        if file["path"] == "data/all.json":
            file |= {"size": len(forged), "sha256": folders.chain.digest(forged)}
    path.write_bytes(forged)
    (folder / MANIFEST).write_text(json.dumps(listed))
    (folder / SEAL).write_bytes(folders.manifest.seal((folder / MANIFEST).read_bytes())[1])
    assert sentences(folder) == [
        "The records in data/all.json are not the ones that were approved."
    ]


def test_what_is_no_edition_is_said_to_be_none(tmp_path: Path) -> None:
    assert "is not an edition" in sentences(tmp_path)[0]
    (tmp_path / MANIFEST).write_text("{}")
    assert sentences(tmp_path) == ["manifest.json is not the manifest of an edition."]


def test_an_old_edition_rewritten_whole_is_named_by_the_next(
    edition: Edition, asked: list[Recommendation], rosa: Person, petra: Person, percy: Person
) -> None:
    withdraw_recommendation(by=rosa, recommendation=asked[2], reason="Entered twice.")
    published(percy, petra)
    root = queries.root()
    assert verify_row(root) == []
    content = (root / "1" / MANIFEST).read_bytes().replace(b"An oversight", b"Another")
    (root / "1" / MANIFEST).write_bytes(content)
    (root / "1" / SEAL).write_bytes(folders.manifest.seal(content)[1])
    (found,) = verify_row(root)
    assert "Edition 1 has been changed: edition 2 names another digest" in found.sentence
    shutil.rmtree(root / "1")
    assert verify_row(root)[0].sentence == "Edition 1 has been removed."


# --- The same records, the same bytes -----------------------------------------------------------


def made(records: dict) -> dict[str, bytes | Path]:
    site = Site(records=records, number=7, published_on="2026-11-20")
    return dict(whole.files(site))


def test_the_same_records_give_the_same_bytes(asked: list[Recommendation]) -> None:
    today = timezone.localdate()
    assert made(public_records(today)) == made(public_records(today))


def test_the_zip_is_the_edition_and_the_same_each_time(folder: Path, tmp_path: Path) -> None:
    archive = queries.root() / "edition-1.zip"
    again = folders.zip_to(folder, tmp_path / "again.zip", "edition-1")
    assert archive.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(archive) as held:
        held.extractall(tmp_path)
    assert verify_edition(tmp_path / "edition-1") == []


# --- Closed in itself ---------------------------------------------------------------------------


class Links(HTMLParser):
    """What a page leads to and what it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.leads: list[str] = []
        self.loads: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.leads.append(str(given["href"]))
        if tag in ("script", "img") and given.get("src"):
            self.loads.append(str(given["src"]))
        if tag == "link":
            self.loads.append(str(given["href"]))
        if "style" in given or (tag == "script" and "src" not in given):
            self.inline.append(tag)


def links(page: Path) -> Links:
    found = Links()
    found.feed(page.read_text(encoding="utf-8"))
    return found


def test_every_link_leads_somewhere_and_nothing_is_loaded_from_anyone_else(folder: Path) -> None:
    for page in folder.rglob("*.html"):
        found = links(page)
        assert found.inline == [], page
        for address in [*found.leads, *found.loads]:
            if re.match(r"https?:|#", address):
                assert address not in found.loads, f"{page} loads {address}"
                continue
            target = address.partition("#")[0]
            if not target or target.endswith(("search", "edition-1.zip")):
                continue  # both are the server's
            assert not target.startswith("/"), f"{page} has an absolute link: {address}"
            assert (page.parent / target).resolve().is_file(), f"{page} leads nowhere: {address}"


def test_every_page_says_its_language_its_title_and_where_its_content_begins(folder: Path) -> None:
    titles = []
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert '<html lang="en-GB"' in text
        assert 'id="main-content"' in text
        assert text.count("<h1") == 1, page
        titles.append(re.search(r"<title>(.+?)</title>", text, re.S).group(1))  # type: ignore[union-attr]
    assert len(titles) == len(set(titles)), "two pages have the same title"


def test_invented_things_are_said_to_be_invented_on_every_page_that_shows_them(
    folder: Path,
) -> None:
    for page in folder.rglob("*.html"):
        assert "An invented example." in page.read_text(encoding="utf-8"), page


def test_the_two_worlds_are_kept_apart(
    asked: list[Recommendation], rosa: Person, petra: Person, percy: Person, inspectorate: object
) -> None:
    report = Report.objects.create(
        title="A real review", slug="a-real-review", kind="review", author=rosa.body,
        published_words="2002", logged_at=timezone.now(),
    )  # fmt: skip
    enter_recommendation(
        by=rosa, report=report, words="Record what children say.", paraphrased=True,
        source_url="https://example.org/a",
    )  # fmt: skip
    folder = queries.folder_of(published(petra, percy))
    real = (folder / "report" / "a-real-review.html").read_text()
    assert "An invented example." not in real
    assert "From the public record." in real
    assert "Record what children say." not in (folder / "index.html").read_text()
    assert "a-real-review" not in (folder / "reports.html").read_text()
    assert "a-real-review" in (folder / "public-record.html").read_text()
    assert "https://example.org/a" in (folder / "record" / "R-0004.html").read_text()


# --- Open data ----------------------------------------------------------------------------------


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    text = (folder / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_tables_hold_what_the_pages_show(folder: Path) -> None:
    assert [r["reference"] for r in rows(folder, "recommendations")] == [
        "R-0001",
        "R-0002",
        "R-0003",
    ]
    assert {r["standing"] for r in rows(folder, "undertakings")} == {
        "accepted",
        "in_principle",
        "late",
    }
    assert rows(folder, "responses")[1]["words"] == "We welcome the spirit of this."
    described = json.loads((folder / data.PACKAGE).read_text())
    for resource in described["resources"]:
        with (folder / "data" / resource["path"]).open(newline="") as file:
            names = next(csv.reader(file))
        assert names == [field["name"] for field in resource["schema"]["fields"]]


@pytest.mark.parametrize("begins", data.FORMULA)
def test_a_cell_never_runs_as_a_formula(begins: str) -> None:
    assert data.cell(f"{begins}1+1") == f"'{begins}1+1"


# --- Nothing private ----------------------------------------------------------------------------

MARK = "PLANTED"


def test_what_is_private_is_in_no_file_of_an_edition(
    inspection_read: Document, rosa: Person, petra: Person, percy: Person, force: object
) -> None:
    """Markers in every private place; then every byte of the edition is searched for them."""
    rosa.name, rosa.email = f"{MARK}-NAME", "planted-mail@northmoor.example"
    rosa.save()
    Document.objects.filter(pk=inspection_read.pk).update(
        name=f"{MARK}-FILE.pdf", state_reason=f"{MARK}-STATE"
    )
    candidates = list(inspection_read.reading.candidates.all())
    made_public = enter_recommendation(
        by=rosa,
        report=inspection_read.report,
        words=candidates[0].words,
        document=inspection_read,
        page=candidates[0].page,
        spans=candidates[0].spans,
        bodies=[(force, f"{MARK}-BECAUSE")],
    )
    dismiss_candidate(by=rosa, candidate=candidates[2], reason=f"{MARK}-DISMISSED")
    notice = inspection_read.reading.notices.first()
    assert notice is not None
    settle_notice(by=rosa, notice=notice, how=f"{MARK}-SETTLED")
    log_report(by=rosa, title=f"{MARK}-REPORT", kind="other", author=rosa.body)
    edition = actions.propose_edition(by=petra)
    actions.refuse_edition(by=percy, edition=edition, reason=f"{MARK}-REFUSAL")
    folder = queries.folder_of(published(petra, percy))
    private = [
        MARK, "planted-mail", "petra@", "Petra Novak", "Percy Hale", str(rosa.pk), str(petra.pk),
        candidates[1].words, candidates[0].why[0] if candidates[0].why else MARK,
    ]  # fmt: skip
    for path in [p for p in folder.rglob("*") if p.is_file()]:
        content = path.read_bytes()
        for marker in private:
            assert marker.encode() not in content, f"{marker} is in {path}"
    assert not (folder / "documents").exists()
    assert made_public.words in (folder / "record" / "R-0001.html").read_text()


def test_a_document_is_public_only_if_someone_chose_so(
    inspection_read: Document, rosa: Person, petra: Person, percy: Person, force: object
) -> None:
    candidate = inspection_read.reading.candidates.first()
    assert candidate is not None
    enter_recommendation(
        by=rosa,
        report=inspection_read.report,
        words=candidate.words,
        document=inspection_read,
        page=candidate.page,
        spans=candidate.spans,
        bodies=[(force, "Named")],
    )
    closed = queries.folder_of(published(petra, percy))
    assert not (closed / "documents").exists()
    open_document(by=petra, document=inspection_read, because="Its maker has published it.")
    opened = queries.folder_of(published(petra, percy))
    copy = opened / "documents" / f"{inspection_read.sha256}.pdf"
    assert folders.chain.digest(copy.read_bytes()) == inspection_read.sha256
    page = (opened / "record" / "R-0001.html").read_text()
    assert f"documents/{inspection_read.sha256}.pdf#page={candidate.page}" in page
    assert "On the page" in page
    close_document(by=petra, document=inspection_read, because="It names a child.")
    taken_back = queries.folder_of(published(petra, percy))
    assert not (taken_back / "documents").exists()
    assert verify_row(queries.root()) == []


# --- The folder ---------------------------------------------------------------------------------

STANDING = Standing(
    number=1, published_at="2026-11-20T10:00:00+00:00", as_of="2026-11-20", office="An office",
    version="0", records_digest="", chain_seq=1, chain_digest="", previous_number=0,
    previous_digest="",
)  # fmt: skip


@pytest.mark.parametrize("path", ["../escaped", "/etc/escaped", "a/../../escaped"])
def test_nothing_is_written_outside_the_folder(path: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="outside the edition"):
        folders.build(tmp_path / "root", STANDING, [(path, b"x")], lambda *_: None)


def test_a_full_disk_is_said_in_words_and_nothing_is_left_behind(
    asked: list[Recommendation],
    petra: Person,
    percy: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    proposal = actions.propose_edition(by=petra)

    def full(*args: object) -> tuple[int, str]:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(folders, "_put", full)
        with pytest.raises(actions.Refused, match="The disk is full"):
            actions.approve_edition(
                by=percy, edition=proposal, content_digest=proposal.content_digest
            )
    assert [p.name for p in queries.root().iterdir()] == [folders.LOCK]
    assert actions.approve_edition(
        by=percy, edition=proposal, content_digest=proposal.content_digest
    )


def test_editions_that_the_database_does_not_know_are_left_alone(
    edition: Edition, asked: list[Recommendation], rosa: Person, petra: Person
) -> None:
    """A database put back from before the last edition must not publish over it."""
    root = queries.root()
    shutil.copytree(root / "1", root / "2")
    folders.point_to(root, 2)
    withdraw_recommendation(by=rosa, recommendation=asked[2], reason="Entered twice.")
    with pytest.raises(actions.Refused, match="it is older than what is public"):
        actions.propose_edition(by=petra)
    assert actions.recover()
    assert (root / "2").is_dir()


def test_a_damaged_last_edition_stops_the_next_one(
    edition: Edition,
    asked: list[Recommendation],
    rosa: Person,
    petra: Person,
    settings: LazySettings,
) -> None:
    withdraw_recommendation(by=rosa, recommendation=asked[2], reason="Entered twice.")
    path = queries.root() / "1" / "data" / "all.json"
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(actions.Refused, match="have been changed since it was published"):
        actions.propose_edition(by=petra)
