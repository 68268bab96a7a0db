"""A document is a stranger: what may come in, and what each refusal says."""

import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.engine.documents import Limits, Unreadable, check, read

from . import papers

LIMITS = Limits(bytes=5_000_000, pages=20, unpacked_bytes=20_000_000)


def refusal(path: Path, limits: Limits = LIMITS, name: str = "") -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        check(path, limits=limits, name=name)
    assert caught.value.sentence.endswith(".")
    return caught.value


CODES = {"empty", "not_allowed", "damaged", "encrypted", "bomb", "no_text"}


def outcome(path: Path) -> str:
    """The word "read", or the code of the refusal."""
    try:
        check(path, limits=LIMITS)
        read(path)
    except Unreadable as refused:
        return refused.code if refused.sentence.endswith(".") else "no sentence"
    return "read"


def a_word_file(folder: Path) -> Path:
    return papers.word(folder, lambda d: d.add_paragraph("The force should publish its plan."))


def test_a_pdf_comes_in_with_its_digest_size_and_pages(tmp_path):
    path = papers.plain_pdf(tmp_path, pages=3)
    checked = check(path, limits=LIMITS, name="report.pdf")
    assert (checked.media_type, checked.pages, checked.size) == (
        "application/pdf",
        3,
        path.stat().st_size,
    )
    assert len(checked.sha256) == 64


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"<!doctype html><html><body><p>The force should act.</p></body></html>", "text/html"),
        (b"\xef\xbb\xbfRecommendations\n===============\n\n1. Act.\n", "text/plain"),
        ("Größe\n\n1. Handeln.\n".encode("cp1252"), "text/plain"),
        ("Act.\n".encode("utf-16"), "text/plain"),
        (b"MZ is how this sentence begins, and it is only a sentence.\n", "text/plain"),
    ],
)
def test_text_and_html_come_in_by_what_they_are(tmp_path, data, media_type):
    path = papers.file(tmp_path, data, "whatever.bin")
    assert check(path, limits=LIMITS, name="whatever.bin").media_type == media_type


def test_a_word_file_comes_in_whatever_its_name(tmp_path):
    path = a_word_file(tmp_path).rename(tmp_path / "report.pdf")
    checked = check(path, limits=LIMITS, name="report.pdf")
    assert checked.media_type.endswith("wordprocessingml.document")
    assert checked.pages is None


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (b"", "empty", "send it again"),
        (b"\x00" * 4000, "empty", "send it again"),
        (b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(256)) * 8, "not_allowed", "a program"),
        (b"MZ\x90\x00" + b"%PDF-1.7\n" + b"\x00" * 90, "not_allowed", "a program"),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 90, "not_allowed", "a program"),
        (b"junk\x01\x02%PDF-1.4\n", "not_allowed", "before the PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "not_allowed", "a picture"),
        (b"{\\rtf1 hello}", "not_allowed", "Rich Text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 90, "not_allowed", "older Office"),
        (b"\x1f\x8b\x08\x00abc", "not_allowed", "archive"),
        (bytes(range(1, 256)) * 40, "not_allowed", "not text"),
        (b"plain enough\x00but not\n" * 20, "not_allowed", "not text"),
        (b"%PDF-1.7\nnothing more", "damaged", "send the new copy"),
        (b"PK\x03\x04 and then nothing", "damaged", "Word file is damaged"),
    ],
)
def test_what_is_not_a_document_is_refused_with_what_to_do(tmp_path, data, code, says):
    refused = refusal(papers.file(tmp_path, data, "report.txt"))
    assert refused.code == code
    assert says in refused.sentence


def test_too_many_bytes_and_too_many_pages_name_the_limit(tmp_path):
    path = papers.plain_pdf(tmp_path, pages=5)
    assert "the most that is read here" in refusal(path, Limits(bytes=1000)).sentence
    refused = refusal(path, Limits(pages=4))
    assert refused.code == "too_many_pages"
    assert "has 5 pages" in refused.sentence


def test_a_pdf_with_a_password_is_refused(tmp_path):
    path = papers.plain_pdf(tmp_path)
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(path) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="a", user="b", R=6))
    refused = refusal(locked)
    assert refused.code == "encrypted"
    assert "without the password" in refused.sentence


def test_a_pdf_cut_short_is_read_or_refused_but_never_crashes(tmp_path):
    whole = papers.plain_pdf(tmp_path, pages=2).read_bytes()
    for share in (0.1, 0.4, 0.7, 0.95):
        path = papers.file(tmp_path, whole[: int(len(whole) * share)], "cut.pdf")
        assert outcome(path) in {"read", "damaged", "no_text"}


def test_scripts_in_a_pdf_are_remarked_on_and_never_run(tmp_path):
    path = papers.plain_pdf(tmp_path)
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        document.Root.OpenAction = action
        document.save(path)
    assert "never run" in check(path, limits=LIMITS, name="").remarks[0]


def test_macros_are_refused(tmp_path):
    path = papers.with_parts(a_word_file(tmp_path), {"word/vbaProject.bin": b"macro"})
    assert refusal(path).code == "macros"


def relations(kind: str, target: str) -> bytes:
    return (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "http://198.51.100.7/t.dotm"),
        ("attachedTemplate", "file://198.51.100.7/share/t.dotm"),
        ("attachedTemplate", "\\\\198.51.100.7\\share\\t.dotm"),
        ("image", "https://tracker.example/pixel.png"),
        ("oleObject", "https://evil.example/object"),
        ("frame", "mhtml:http://evil.example/x"),
    ],
)
def test_a_word_file_that_fetches_parts_of_itself_is_refused(tmp_path, kind, target):
    path = papers.with_parts(
        a_word_file(tmp_path), {"word/_rels/settings.xml.rels": relations(kind, target)}
    )
    assert refusal(path).code == "external"


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("hyperlink", "https://www.example.org/report"),
        ("attachedTemplate", "file:///C:\\Templates\\Report.dotx"),
    ],
)
def test_links_and_templates_on_the_authors_own_disk_come_in(tmp_path, kind, target):
    path = papers.with_parts(
        a_word_file(tmp_path), {"word/_rels/settings.xml.rels": relations(kind, target)}
    )
    remarks = check(path, limits=LIMITS, name="").remarks
    assert bool(remarks) == (kind == "attachedTemplate")


def test_any_zip_called_docx_is_refused(tmp_path):
    path = tmp_path / "report.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("hello.txt", "hello")
    refused = refusal(path)
    assert refused.code == "not_allowed"
    assert "not a Word document" in refused.sentence


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path):
    path = papers.with_parts(a_word_file(tmp_path), {"word/media/bomb.bin": b"\x00" * 30_000_000})
    assert path.stat().st_size < 100_000
    assert refusal(path).code == "bomb"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused(tmp_path, encoding):
    bomb = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>&b;</w:body></w:document>'
    )
    path = papers.with_parts(a_word_file(tmp_path), {"word/document.xml": bomb.encode(encoding)})
    assert refusal(path).code == "bomb"
    with pytest.raises((Unreadable, ValueError)):
        read(path)


def test_a_scan_is_parked_with_what_to_do(tmp_path):
    document = pikepdf.new()
    document.add_blank_page()
    document.add_blank_page()
    path = tmp_path / "scan.pdf"
    document.save(path)
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.code == "no_text"
    assert caught.value.parked
    assert "OCR" in caught.value.sentence


def test_a_word_file_without_a_word_in_it_is_empty(tmp_path):
    path = tmp_path / "empty.docx"
    docx.Document().save(str(path))
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.code == "empty"


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    head=st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"1. "]),
    rest=st.binary(max_size=400),
)
def test_random_bytes_are_read_or_refused_in_words(tmp_path, head, rest):
    path = papers.file(tmp_path, head + rest, "random")
    assert outcome(path) in {"read", *CODES}
