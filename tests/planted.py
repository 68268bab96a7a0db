"""Files as bodies hand them in, with and without what identifies people: invented, from a seed.

The lists here are our own and other than those of the check, so that its figures mean something.
"""

import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import openpyxl
import pikepdf
import typst
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.comments import Comment

from answerable.engine.disclosure import Kind

FIRST = [
    "Maureen",
    "Declan",
    "Priya",
    "Kwame",
    "Zofia",
    "Tariq",
    "Bronagh",
    "Sunil",
    "Agnieszka",
    "Callum",
    "Yetunde",
    "Harvinder",
    "Lorna",
    "Gethin",
    "Shabana",
    "Desmond",
    "Ewa",
    "Rukhsana",
    "Eamon",
    "Thandiwe",
    "Philippa",
    "Olumide",
    "Iwona",
    "Nasreen",
    "Alistair",
]
COMMON = [
    "Sarah",
    "David",
    "Emma",
    "James",
    "Rachel",
    "Mohammed",
    "Karen",
    "Paul",
    "Aisha",
    "Thomas",
    "Louise",
    "Michael",
    "Hannah",
    "Andrew",
    "Fatima",
    "Stephen",
    "Claire",
    "Daniel",
    "Susan",
    "Imran",
    "Laura",
    "Peter",
    "Nicola",
    "Robert",
]
SURNAMES = [
    "Ackroyd",
    "Okonkwo",
    "Nowak",
    "Hussain",
    "Fairweather",
    "Brackenbury",
    "Singh",
    "O’Connell",
    "Mbeki",
    "Lindqvist",
    "Thwaite",
    "Chaudhry",
    "Pemberton",
    "MacAllister",
    "Adeyemi",
    "Wiśniewska",
    "Rafferty",
    "Kaur",
    "Sutcliffe",
    "Begum",
    "Llewellyn",
    "Ramsbottom",
    "Baptiste",
    "Yusuf",
    "Hargreaves-Cole",
    "Szymański",
    "Oyelaran",
    "Featherstone",
    "D’Souza",
    "Abara",
]
TITLES = ("Mr", "Mrs", "Ms", "Miss", "Dr", "PC", "DC", "DS", "DI", "Sgt", "Councillor", "Prof")
STREETS = (
    "Larch Grove", "Mill Lane", "Quarry Hill Road", "Bessemer Street", "Thornbridge Avenue",
    "St. Cuthbert Close", "Old Tannery Court", "Weaver Terrace", "Foxglove Drive", "Park Crescent",
)  # fmt: skip
POSTCODES = (
    "NM4 7QT",
    "S70 2AB",
    "LS1 4XY",
    "YO31 8UP",
    "DN5 9JH",
    "HD2 1WF",
    "BD10 0LR",
    "M13 9PL",
)

PLAIN = (
    "The policy was agreed in March 2026 and came into use on 1 April 2026.",
    "Of 412 sergeants, 388 (94 %) have completed the course; the rest are booked for May.",
    "A supervisor who was not involved reads each report within 24 hours.",
    "Section 47 enquiries rose from 1,204 to 1,377 between 2023/24 and 2024/25.",
    "The Lord Mayor opened the new Witness Suite at Northmoor Magistrates’ Court.",
    "Version 2.14.3 replaces version 2.13; see paragraph 7.2.1 and Table 12.",
    "Contact the team on 101, on 0300 123 4567, or at enquiries@northmoor.example.",
    "Police Headquarters, 1 Justice Way, Northmoor NM1 1AA",
    "The budget is £1,250,000 a year until 31 March 2029.",
    "Victim: no name is kept in this file. Witness: see the policy on special measures.",
    "DS Level 2 training and the PC Degree Apprenticeship are funded for three years.",
    "The Children Act 1989 and the Police and Criminal Evidence Act 1984 apply.",
    "Domestic Abuse Matters was delivered by Charlotte Street Training Centre.",
    "Reference NPCC/2025/014, published under ISBN 978-1-4098-1234-7.",
    "The Chief Constable and the Director of Children’s Services signed the protocol.",
    "Sample: 40 records drawn; criterion 1 met in 37 of 40, criterion 2 in 31 of 40.",
    "Grace periods end in June. Mark each form, and will the panel meet in April?",
    "Operation Larkspur ran from 01/09/2025 to 30/11/2025 in the East Area.",
    "Population 268,400; grid reference SK 352 872; case load 14.6 per officer.",
    "Invoice 4500123987 and purchase order 0004521776 were paid in full.",
)  # fmt: skip
HEADINGS = ("Quarterly assurance return", "Dip sample of records", "Training delivered", "Minutes")


@dataclass(frozen=True, slots=True)
class Planted:
    """One built file: its name and bytes, and the kinds that were put into it."""

    name: str
    content: bytes
    kinds: frozenset[Kind]


def _nhs(random_: random.Random) -> str:
    while True:
        digits = [random_.randrange(10) for _ in range(9)]
        check = 11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            text = "".join(map(str, digits)) + str(0 if check == 11 else check)
            return f"{text[:3]} {text[3:6]} {text[6:]}"


def _person(random_: random.Random, first: tuple[str, ...] | list[str] = FIRST) -> str:
    return f"{random_.choice(first)} {random_.choice(SURNAMES)}"


def _name(random_: random.Random) -> str:
    title = random_.choice(TITLES)
    return random_.choice((
        f"It was signed off by {title} {random_.choice(SURNAMES)} on the day.",
        f"{title} {_person(random_)} told the panel what had happened.",
        f"Victim: {_person(random_)}",
        f"Name: {_person(random_)}",
        f"The record shows that {_person(random_, COMMON)} was not called back.",
    ))  # fmt: skip


def _birth(random_: random.Random) -> str:
    on = date(1950, 1, 1) + timedelta(days=random_.randrange(24_000))
    return random_.choice((
        f"DOB: {on:%d/%m/%Y}", f"D.O.B. {on:%d.%m.%y}", f"Date of birth {on.day} {on:%B %Y}",
        f"born on {on.day} {on:%B %Y}", f"date of birth: {on.isoformat()}",
    ))  # fmt: skip


def _reference(random_: random.Random) -> str:
    digits = random_.randrange(100_000, 999_999)
    pair = f"{random_.randrange(10, 99)}"
    return random_.choice((
        f"NHS number {_nhs(random_)}", f"NHS No: {_nhs(random_).replace(' ', '')}",
        f"the patient, {_nhs(random_)}, was discharged", f"NI number QJ {pair} {pair} {pair} C",
        f"her number is AB{digits}D", f"crime reference number 14/{digits}/25",
        f"Crime ref: NM{digits}-25", f"incident no. {digits} of 3 May",
        f"custody record 7{digits}", f"Case number SC-{digits}",
    )).replace("custody record 7", "custody record number 7")  # fmt: skip


def _address(random_: random.Random) -> str:
    house, street = random_.randrange(1, 240), random_.choice(STREETS)
    code = random_.choice(POSTCODES)
    return random_.choice((
        f"She lives at {house} {street}, Northmoor {code}.", f"Flat {house % 30 + 1}, {house} {street}",
        f"The call came from {house}a {street}.", f"Home postcode: {code}",
    ))  # fmt: skip


def _phone(random_: random.Random) -> str:
    last = f"{random_.randrange(100, 999)}"
    return random_.choice((
        f"Call her back on 07700 900{last}.", f"Tel. 01632 960{last}", f"(0114) 496 0{last}",
        f"mobile +44 7700 900{last}", f"020 7946 0{last}",
    ))  # fmt: skip


def _email(random_: random.Random) -> str:
    first, last = random_.choice(FIRST).lower(), random_.choice(("ackroyd", "nowak", "hussain"))
    return f"Write to {first}.{last}{random_.randrange(10, 99)}@post.example for the rest."


IN_WORDS: dict[Kind, Callable[[random.Random], str]] = {
    Kind.NAME: _name,
    Kind.BIRTH: _birth,
    Kind.REFERENCE: _reference,
    Kind.ADDRESS: _address,
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
}
IN_FILE = (Kind.AUTHOR, Kind.COMMENT, Kind.TRACKED, Kind.HIDDEN)
FORMATS = ("txt", "csv", "html", "docx", "xlsx", "pdf")
CAN_HOLD = {
    Kind.AUTHOR: ("docx", "xlsx", "pdf"),
    Kind.COMMENT: ("docx", "xlsx", "pdf"),
    Kind.TRACKED: ("docx",),
    Kind.HIDDEN: ("docx", "xlsx"),
}


def _docx(title: str, lines: list[str], kinds: frozenset[Kind], random_: random.Random) -> bytes:
    document = Document()
    document.core_properties.author = (
        _person(random_) if Kind.AUTHOR in kinds else "Northmoor Police"
    )
    document.add_heading(title)
    for line in lines:
        document.add_paragraph(line)
    paragraph = document.paragraphs[-1]
    if Kind.TRACKED in kinds:
        change = OxmlElement("w:del")
        change.set(qn("w:id"), "7")
        change.set(qn("w:author"), _person(random_))
        run, text = OxmlElement("w:r"), OxmlElement("w:delText")
        text.text = "This was taken out."
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    if Kind.HIDDEN in kinds:
        paragraph.add_run("Not for the panel.").font.hidden = True
    if Kind.COMMENT in kinds:
        document.add_comment(paragraph.runs, text="Is this so?", author="Reviewer", initials="R")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _xlsx(title: str, lines: list[str], kinds: frozenset[Kind], random_: random.Random) -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = _person(random_) if Kind.AUTHOR in kinds else "Northmoor Police"
    sheet = book.active
    assert sheet is not None
    sheet.append(["Item", "What was seen"])
    for number, line in enumerate(lines, start=1):
        sheet.append([number, line])
    if Kind.COMMENT in kinds:
        sheet["B2"].comment = Comment("Is this so?", "Reviewer")
    if Kind.HIDDEN in kinds:
        sheet.row_dimensions[3].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _pdf(title: str, lines: list[str], kinds: frozenset[Kind], random_: random.Random) -> bytes:
    said = "\n\n".join(line.replace("\\", "\\\\").replace("@", "\\@").replace("#", "\\#")
                       .replace("_", "\\_").replace("*", "\\*").replace("$", "\\$")
                       for line in lines)  # fmt: skip
    content = typst.compile(f"= {title}\n\n{said}\n".encode())
    if not kinds & {Kind.AUTHOR, Kind.COMMENT}:
        return bytes(content)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as package:
        if Kind.AUTHOR in kinds:
            package.docinfo["/Author"] = _person(random_)
        if Kind.COMMENT in kinds:
            note = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[10, 10, 30, 30],
                Contents="Is this so?", T="Reviewer",
            )  # fmt: skip
            package.pages[0].Annots = package.make_indirect(pikepdf.Array([note]))
        package.save(out)
    return out.getvalue()


def _content(
    kind: str, title: str, lines: list[str], kinds: frozenset[Kind], random_: random.Random
) -> bytes:
    if kind == "docx":
        return _docx(title, lines, kinds, random_)
    if kind == "xlsx":
        return _xlsx(title, lines, kinds, random_)
    if kind == "pdf":
        return _pdf(title, lines, kinds, random_)
    if kind == "csv":
        rows = "\n".join(f'{n},"{line}"' for n, line in enumerate(lines, start=1))
        return f"Item,What was seen\n{rows}\n".encode()
    if kind == "html":
        body = "".join(f"<p>{line}</p>" for line in lines)
        return f"<!doctype html><html><body><h1>{title}</h1>{body}</body></html>".encode()
    return ("\n\n".join([title, *lines]) + "\n").encode()


def built(count: int, seed: int = 5) -> list[Planted]:
    """``count`` files: of each two one is clean, and the other holds one to three kinds."""
    random_ = random.Random(seed)
    kinds = [*IN_WORDS, *IN_FILE]
    files = []
    for number in range(count):
        format_ = FORMATS[number // 2 % len(FORMATS)]
        lines = random_.sample(PLAIN, random_.randrange(5, 12))
        chosen: frozenset[Kind] = frozenset()
        if number % 2:
            able = [k for k in kinds if format_ in CAN_HOLD.get(k, FORMATS)]
            chosen = frozenset(random_.sample(able, random_.randrange(1, 4)))
            for kind in sorted(chosen & IN_WORDS.keys()):
                lines.insert(random_.randrange(len(lines)), IN_WORDS[kind](random_))
        title = random_.choice(HEADINGS)
        content = _content(format_, title, lines, chosen, random_)
        files.append(Planted(f"return-{number:03}.{format_}", content, chosen))
    return files


@dataclass(slots=True)
class Rates:
    """What the check made of built files: by kind, planted and missed; and false alarms."""

    planted: dict[Kind, int]
    missed: dict[Kind, int]
    alarms: dict[Kind, int]
    clean: int = 0
    clean_alarmed: int = 0

    @property
    def miss_rate(self) -> float:
        """The share of what was planted that was not found, of 1."""
        return sum(self.missed.values()) / sum(self.planted.values())

    @property
    def alarm_rate(self) -> float:
        """The share of clean files in which something was found, of 1."""
        return self.clean_alarmed / self.clean


def measured(files: list[Planted], check: Callable[[Planted], set[Kind]]) -> Rates:
    """Check every file and count."""
    rates = Rates({}, {}, {})
    for file in files:
        found = check(file)
        for kind in file.kinds:
            rates.planted[kind] = rates.planted.get(kind, 0) + 1
            rates.missed[kind] = rates.missed.get(kind, 0) + (kind not in found)
        if not file.kinds:
            rates.clean += 1
            rates.clean_alarmed += bool(found)
            for kind in found:
                rates.alarms[kind] = rates.alarms.get(kind, 0) + 1
    return rates
