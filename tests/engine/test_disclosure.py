"""The check for personal data: what it must find, what it must leave alone, and at what rates."""

import io
import json
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from answerable.engine.disclosure import (
    Checked,
    Found,
    Kind,
    check_file,
    check_file_safely,
    check_words,
    listed,
    summary,
    together,
)
from answerable.engine.disclosure.numbers import is_nhs
from answerable.engine.documents import Unreadable
from tests.planted import Planted, built, measured
from tools.personal_data_page import MOST_ALARMS, MOST_MISSED


def kinds(words: str) -> set[Kind]:
    return {one.kind for one in check_words(words)}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("It was read by Mrs Ackroyd.", Kind.NAME),
        ("DC O’Connell took the call", Kind.NAME),
        ("Dr. J Featherstone", Kind.NAME),
        ("Witness: Thandiwe Mbeki", Kind.NAME),
        ("Sarah Thwaite was not called back", Kind.NAME),
        ("d.o.b. 3/4/09", Kind.BIRTH),
        ("born on 12th March 1987", Kind.BIRTH),
        ("the patient, 943 476 5919, was seen", Kind.REFERENCE),
        ("NHS no 9434765918", Kind.REFERENCE),
        ("National Insurance: QQ 12 34 56 C", Kind.REFERENCE),
        ("AB 12 34 56 D", Kind.REFERENCE),
        ("Crime reference number: 14/123456/22", Kind.REFERENCE),
        ("crime no NM-2025-0098", Kind.REFERENCE),
        ("URN 14NM/1234/25", Kind.REFERENCE),
        ("stopped in AB12 CDE", Kind.REFERENCE),
        ("Flat 2, 14 Larch Grove", Kind.ADDRESS),
        ("from S70 2AB", Kind.ADDRESS),
        ("07700 900123", Kind.PHONE),
        ("(0114) 496 0123", Kind.PHONE),
        ("+44 (0)20 7946 0123", Kind.PHONE),
        ("priya.nowak@post.example", Kind.EMAIL),
    ],
)
def test_what_identifies_someone_is_found(words: str, kind: Kind) -> None:
    assert kinds(words) == {kind}


@pytest.mark.parametrize(
    "words",
    [
        "The Lord Mayor and the Lord Lieutenant came.",
        "DI Training and the PC Degree Apprenticeship",
        "Section 47 of the Children Act 1989, paragraph 7.2.1",
        "Charlotte Street Centre, Catherine House",
        "Victim: no name is kept. Child Protection: yes",
        "Call 101 or 0300 123 4567, or write to enquiries@northmoor.example",
        "Police Headquarters, 1 Justice Way, Northmoor NM1 1AA",
        "Town Hall\n2 Market Street\nNorthmoor\nNM1 1AB",
        "From 01/09/2025 to 30/11/2025, 1,204 of 1,377 (87 %)",
        "Invoice 4500123987; ISBN 978-1-4098-1234-7; NPCC/2025/014",
        "943 476 5918 is no NHS number: its last digit is wrong",
        "In 2019 High Court proceedings began; of 95 The Green Paper lists 12, and on 3 April Park "
        "View opened.",
        "Grace periods end in June. Will the panel meet in May?",
    ],
)
def test_what_identifies_nobody_is_left_alone(words: str) -> None:
    assert check_words(words) == ()


def test_the_check_digit_of_an_nhs_number() -> None:
    # The example of the NHS Data Dictionary.
    assert is_nhs("9434765919")
    assert not any(is_nhs(f"943476591{last}") for last in "012345678")
    assert not is_nhs("0000000000")


def test_a_public_building_hides_no_home_in_the_next_sentence() -> None:
    words = "The report was made at Northmoor Police Station. He lives at 14 Larch Grove."
    assert kinds(words) == {Kind.ADDRESS}


def test_one_place_is_told_once() -> None:
    assert check_words("Victim: Mrs Priya Nowak") == (Found(Kind.NAME, "in the words"),)
    found = check_words("Mr Ackroyd and Mrs Nowak", "on page 2")
    assert found == (Found(Kind.NAME, "on page 2", 2),)
    assert listed(found) == "2 names of people on page 2"


def test_counts_of_one_place_add_up_and_long_lists_are_cut() -> None:
    one = Found(Kind.NAME, "on page 1")
    assert together([one], [one]) == (Found(Kind.NAME, "on page 1", 2),)
    many = [Found(Kind.NAME, f"on page {n}") for n in range(1, 9)]
    assert listed(many).endswith("and in 2 more places")


@given(st.text(max_size=300))
def test_no_words_make_it_fall_over_and_none_of_them_come_back(words: str) -> None:
    found = check_words(words)
    assert all(set(one) == {"kind", "where", "count"} for one in summary(found))


# --- Files ---


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def checked(folder: Path, name: str, content: bytes) -> Checked:
    return check_file(written(folder, name, content), name=name)


def test_rates_on_built_files_are_within_what_was_promised(tmp_path: Path) -> None:
    def found_in(file: Planted) -> set[Kind]:
        return {f.kind for f in checked(tmp_path, file.name, file.content).found}

    rates = measured(built(300), found_in)
    assert (sum(rates.planted.values()), rates.clean) == (310, 150)
    assert rates.miss_rate <= MOST_MISSED
    assert rates.alarm_rate <= MOST_ALARMS
    each = {kind: rates.missed[kind] / planted for kind, planted in rates.planted.items()}
    assert {kind for kind, share in each.items() if share > MOST_MISSED} == set()


def test_the_child_finds_the_same_and_tells_no_word_of_the_file(tmp_path: Path) -> None:
    for file in built(24, seed=11)[1:6:2]:
        path = written(tmp_path, file.name, file.content)
        told = check_file_safely(path, name=file.name)
        assert told == check_file(path, name=file.name)
        assert "Ackroyd" not in json.dumps(summary(told.found))


def test_the_name_of_the_file_is_looked_at_too(tmp_path: Path) -> None:
    found = checked(tmp_path, "Statement_of_Mrs_Ackroyd.txt", b"Nothing here.\n").found
    assert found == (Found(Kind.NAME, "in the name of the file"),)


def test_a_column_of_names_and_dates_of_birth_is_found_by_its_heading(tmp_path: Path) -> None:
    rows = b"Name,Date of birth,Seen\nThandiwe Mbeki,03/04/2009,yes\nEwa Nowak,1/2/2011,no\n"
    found = checked(tmp_path, "list.csv", rows).found
    assert {(f.kind, f.count) for f in found} == {(Kind.NAME, 2), (Kind.BIRTH, 2)}


def test_a_table_in_word_is_read_by_its_headings(tmp_path: Path) -> None:
    document = Document()
    document.core_properties.author = ""
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ("Surname", "Seen", "Featherstone", "yes"), strict=True):
        cell.text = words
    out = io.BytesIO()
    document.save(out)
    assert Kind.NAME in {f.kind for f in checked(tmp_path, "t.docx", out.getvalue()).found}


def test_a_workbook_is_known_by_its_bytes_as_it_arrives_without_an_ending(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.properties.creator = ""
    book.active.append(["Surname", "Seen"])
    book.active.append(["Featherstone", "yes"])
    out = io.BytesIO()
    book.save(out)
    path = written(tmp_path, "0123abcd", out.getvalue())
    told = check_file_safely(path, name="list.xlsx")
    assert {(one.kind, one.where) for one in told.found} == {(Kind.NAME, "on the sheet 1")}


def picture_with(exif: Image.Exif | None = None) -> bytes:
    out = io.BytesIO()
    given = {"exif": exif} if exif is not None else {}
    Image.new("RGB", (8, 8)).save(out, "JPEG", **given)
    return out.getvalue()


def test_a_picture_cannot_be_read_and_says_so(tmp_path: Path) -> None:
    told = checked(tmp_path, "photo.jpg", picture_with())
    assert told == Checked("image/jpeg", (Found(Kind.UNREAD, "in the file"),))


def test_who_took_a_picture_and_where_is_found(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Priya Nowak"
    exif.get_ifd(0x8825)[1] = "N"
    found = {f.kind for f in checked(tmp_path, "photo.jpg", picture_with(exif)).found}
    assert found == {Kind.UNREAD, Kind.LOCATION, Kind.AUTHOR}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "empty"),
        ("run.pdf", b"MZ\x00\x01\x02\x00\x00", "not_allowed"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, "not_allowed"),
        ("torn.pdf", b"%PDF-1.7\nnothing", "damaged"),
        ("torn.jpg", b"\xff\xd8\xff\xe0 nothing", "damaged"),
        ("torn.docx", b"PK\x03\x04 nothing", "damaged"),
    ],
)
def test_what_cannot_be_checked_is_refused(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = written(tmp_path, name, content)
    with pytest.raises(Unreadable) as refused:
        check_file_safely(path, name=name)
    assert refused.value.code == code
