"""Numbers that stand for a person or a case in the United Kingdom, and other ways to reach someone.

Formats are those that their makers publish: NHS numbers by the NHS Data Dictionary (ten digits, the
last a check digit, modulus 11), National Insurance numbers by HMRC's manual NIM39110, postcodes by
British Standard 7666, telephone numbers by Ofcom's numbering plan.
"""

import re
from collections.abc import Iterator

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH_WORD = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = (
    rf"(?:{_DAY}[/.\- ](?:0?[1-9]|1[0-2])[/.\- ](?:\d{{4}}|\d{{2}})"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|{_DAY}(?:st|nd|rd|th)?(?: of)?[ .-]{{0,2}}{_MONTH_WORD}\.?,?[ .-]{{0,2}}(?:\d{{4}}|\d{{2}})"
    rf"|{_MONTH_WORD} {_DAY}(?:st|nd|rd|th)?,? \d{{4}})"
)
BIRTH = re.compile(
    rf"\b(?:d\.?\s?o\.?\s?b\b\.?|date of birth|birth ?date|born(?: on)?|birthday)[^\w\n]{{0,6}}"
    rf"(?:(?:is|was|of|the|on|her|his|their)\s){{0,3}}{_DATE}\b",
    re.I,
)

_LABELS = (
    r"crime(?: report| recording)?|incident|custody(?: record)?|offence|investigation|occurrence|"
    r"case(?: file)?|nhs|hospital|patient|passport|driving licen[cs]e|prison(?:er)?|"
    r"(?:police )?collar|claim|victim|suspect|complaint|safeguarding|social care|pnc(?:id)?|cro|urn|"
    r"crn|mash|unique pupil|pupil|child protection|client|service user|niche|athena|connect|upn"
)
_CALLED = (
    r"(?:number|numbers|no\.?|nos\.?|ref(?:erence)?(?: number| no\.?)?\.?|id|identifier|#|urn)"
)
LABELLED = re.compile(
    rf"\b(?:{_LABELS})[ \-/]{{0,2}}{_CALLED}(?![a-z])[^\w\n]{{0,4}}(?:(?:is|was)\s)?"
    rf"(?=[\w/\-. ]{{0,24}}\d)[A-Z]{{0,6}}[ /\-.]?\d[\w/\-.]{{3,22}}",
    re.I,
)
_SHORT_LABEL = re.compile(
    r"\b(?:URN|CRN|CRO|PNCID|PNC|UPN|NHS|CRIS|NICHE)[^\w\n]{1,3}(?=[\w/\-]*\d{2})[\w/\-]{5,20}"
)
NI = re.compile(
    r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?\d{2}[ -]?\d{2}[ -]?\d{2}"
    r"\s?[A-D]\b"
)
_NI_LABELLED = re.compile(
    r"\b(?:[Nn]ational [Ii]nsurance|NINO|NI)\b[^\n]{0,16}?\b[A-Z]{2}\s?\d{2}[ -]?\d{2}[ -]?\d{2}\s?[A-Z]\b"
)
_TEN = re.compile(r"(?<![\d.\-/+])\d{3}([ -]?)\d{3}\1\d{4}(?![\d/]|[.-]\d)")
_NHS_NEAR = re.compile(r"nhs", re.I)
DRIVER = re.compile(r"\b[A-Z]{2,5}9{0,3}\d{6}[A-Z][A-Z9]\d[A-Z]{2}\b")
FORCE_CRIME = re.compile(r"(?<![\d/.])\d{2}[A-Z]{0,2}/\d{4,7}/\d{2}(?![\d/])")
PNC = re.compile(r"(?<![\d/])(?:19|20)?\d{2}/\d{4,7}[A-HJ-NP-RT-Z]\b")
VEHICLE = re.compile(r"\b[A-HJ-PR-Y][A-HJ-PR-Y](?:0[2-9]|[1-7]\d)\s?[A-HJ-PR-Z]{3}\b")
_SORT_CODE = re.compile(r"\bsort code[^\w\n]{0,4}\d{2}[- ]?\d{2}[- ]?\d{2}\b", re.I)

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MAILBOX = re.compile(
    r"^(?:info|information|enquir\w*|contact\w*|foi\w*|dpo|data\.?protection\w*|press\w*|media|news|"
    r"hello|help\w*|support|office|admin\w*|feedback|complaints?|no-?reply|webmaster|mail|post|team|"
    r"customer\.?\w*|public\.?\w*|consultation\w*|reports?|inquir\w*|secretariat\w*|accessib\w*|correspondence|general\.?\w*)"
    r"(?:[._-]?(?:team|office|unit|desk|services?))?@",
    re.I,
)
_PHONE = re.compile(
    r"(?<![\w/.\-])(?:\+44|0044)[ -]?(?:\(0\)[ -]?)?[127](?:[ -]?\d){8,9}(?![\d/])"
    r"|(?<![\w/.\-])\(?0[127](?:\)?[ -]?\d\)?){8,9}(?![\d/]|\.\d)"
)

POSTCODE = re.compile(
    r"\b(?:GIR ?0AA|(?!BFPO)[A-PR-UWYZ](?:\d[\dA-HJKPSTUW]?|[A-HK-Y]\d[\dABEHMNPRVWXY]?)"
    r"[ \u00a0]{0,2}\d[ABD-HJLNP-UW-Z]{2})\b"
)
_STREETS = (
    r"Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Crescent|Cres|Terrace|Place|Court|Gardens|"
    r"Grove|Way|Walk|Mews|Row|Hill|Rise|Square|Green|View|Park|Parade|Gate|Bank|Croft|Fold|Mount|"
    r"Villas|Cottages?|Vale|Yard|Heights|Wharf|Quay|Broadway|Boulevard|Meadows?|Wood|End|Side"
)
STREET = re.compile(
    r"\b(?:(?:Flat|Apartment|Apt|Unit|Room) ?\d{1,4}[A-Za-z]?,? )?"
    r"(?!(?:19|20)\d\d\b)\d{1,4}[A-Za-z]?(?:-\d{1,4})?,? "
    rf"(?!(?i:{_MONTH_WORD})\b|(?:High|Crown|County|Supreme|Magistrates’) Court)"
    r"(?:(?:St\.?|The|Old|New|Upper|Lower|Great|Little|North|South|East|West) ){0,2}"
    rf"[A-Z][A-Za-z’']+(?: [A-Z][A-Za-z’']+){{0,2}} (?:{_STREETS})\b(?![’']| (?:Paper|Act|Book)\b)"
)
_PUBLIC_PLACE = re.compile(
    r"\b(?:headquarters|HQ|town hall|county hall|city hall|civic centre|civic offices|"
    r"council offices|council house|po box|police station|magistrates|crown court|"
    r"university|hospital|library|head office|registered office)\b",
    re.I,
)
_SENTENCE_END = re.compile(r"[.;!?] |\t|\b(?:live[sd]?|living|home|came|call) ")
_NEAR_BEFORE, _SHORT_LINE, _MOST_LINES = 110, 45, 4

Span = tuple[int, int]


def is_nhs(digits: str) -> bool:
    """Whether ten digits have the check digit of an NHS number."""
    if len(digits) != 10 or not digits.isdecimal() or len(set(digits)) == 1:
        return False
    total = sum(int(d) * weight for d, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    check = 11 - total % 11
    return check != 10 and (0 if check == 11 else check) == int(digits[9])


def references(text: str) -> Iterator[Span]:
    """Where a number of a person or a case stands."""
    for pattern in (
        LABELLED, _SHORT_LABEL, NI, _NI_LABELLED, DRIVER, FORCE_CRIME, PNC, VEHICLE, _SORT_CODE,
    ):  # fmt: skip
        yield from (found.span() for found in pattern.finditer(text))
    for found in _TEN.finditer(text):
        near = _NHS_NEAR.search(text, max(0, found.start() - 40), found.start())
        if near or (found[1] and is_nhs(re.sub(r"\D", "", found[0]))):
            yield found.span()


def births(text: str) -> Iterator[Span]:
    """Where somebody's date of birth stands."""
    yield from (found.span() for found in BIRTH.finditer(text))


def phones(text: str) -> Iterator[Span]:
    """Where a telephone number of a person can stand: 101, 0300 and 0800 are services."""
    yield from (found.span() for found in _PHONE.finditer(text))


def emails(text: str) -> Iterator[Span]:
    """Where an e-mail address stands that is not a mailbox of an organisation."""
    yield from (found.span() for found in EMAIL.finditer(text) if not _MAILBOX.match(found[0]))


def addresses(text: str) -> Iterator[Span]:
    """Where an address or a postcode stands, unless it is that of a public building."""
    for pattern in (STREET, POSTCODE):
        for found in pattern.finditer(text):
            if not _PUBLIC_PLACE.search(_address_around(text, *found.span())):
                yield found.span()


def _address_around(text: str, start: int, end: int) -> str:
    """What belongs to the same address: its sentence, or the short lines above it."""
    above = text[:start].rsplit("\n", _MOST_LINES)
    line = _SENTENCE_END.split(above[-1])[-1][-_NEAR_BEFORE:]
    if len(above[-1]) > _SHORT_LINE:
        return line + text[start:end]
    block = [line]
    whole = above[1:-1] if len(above) > _MOST_LINES else above[:-1]
    for earlier in reversed(whole):
        if not 0 < len(earlier.strip()) <= _SHORT_LINE:
            break
        block.append(earlier)
    return "\n".join([*block, text[start:end]])
