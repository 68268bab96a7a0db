"""Where a person's name stands: after a title, after a label, or by a common first name.

A machine that knows no language cannot find every name. What it finds surely is a name after a
title or a label; bare names only where the first name is a common one in the United Kingdom.
"""

import re
from collections.abc import Iterator

from answerable.engine.disclosure.first_names import FIRST_NAMES
from answerable.engine.disclosure.numbers import Span

_WORD = r"[A-ZÀ-ÖØ-Þ](?:[\w’'\-]*\w)?"
_PARTICLE = r"(?:al|bin|de|del|della|der|di|du|el|la|le|van|von|ten|ap|ab|ibn|O’|O')"
_NAME = rf"{_WORD}(?:[ \u00a0]{_PARTICLE}){{0,2}}(?:[ \u00a0]{_WORD}){{0,3}}"

_CIVIL = r"Mr|Mrs|Ms|Miss|Mx|Messrs|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Rev|Revd|Fr|Cllr|Councillor"
_RANK = (
    r"PC|WPC|PCSO|DC|DS|DI|DCI|DCS|TDC|TDS|Det\.?|Sgt|Sergeant|Insp\.?|Inspector|Ch\.? ?Insp\.?|Supt|"
    r"Superintendent|Constable|Detective(?: Chief)?(?: Constable| Sergeant| Inspector| Superintendent)?|"
    r"HHJ|DDJ"
)
TITLED = re.compile(rf"(?<![\w.])(?:{_CIVIL}|(?P<rank>{_RANK}))\.?[ \u00a0]+(?P<name>{_NAME})")
_NOT_AFTER_TITLE_WORDS = (
    "Mayor Mayoress General Lieutenant Lieutenants Chancellor Chief Justice President Commissioner "
    "Commissioners Advocate Speaker Privy Chamberlain Provost Warden Level Levels Training "
    "Team Teams Unit Units Resources Posts Post Vacancies Rank Ranks Role Roles Course Courses "
    "Board Constable Constables Sergeant Sergeants Inspector Inspectors Superintendent "
    "Superintendents Degree Entry Apprenticeship Programme Federation Association Chapel Day "
    "World Or And The In At To For Of Is Was Who Must Should May Will Per A An Any All Each No"
)
_NOT_AFTER_TITLE = frozenset(_NOT_AFTER_TITLE_WORDS.split())
_LABELS = (
    r"full name|name of (?:the )?(?:victim|child|person|complainant|witness|suspect|patient|parent|"
    r"officer|mother|father)|names?|fore ?names?|first names?|sur ?names?|last names?|family name|"
    r"victim|witness|suspect|complainant|patient|mother|father|parent|guardian|carer|child|"
    r"next of kin|partner|perpetrator|offender|signed|signed by|service user|client|known as|alias"
)
LABELLED = re.compile(
    rf"(?<![\w])(?i:{_LABELS})[ \u00a0]?[:=–—][ \u00a0]*[“\"‘']?(?P<name>{_NAME})"
)
_NOT_A_NAME_WORDS = (
    "None Unknown Not No Yes See Male Female Redacted Withheld Anonymous Police Council Northmoor "
    "Victim Witness Suspect Child Adult The A An This That These Those All Any Each Every It They We "
    "Total Number Count Percentage Target Actual Date Support Liaison Safety Care Protection File "
    "Force Training Policy Plan Team Board Report Review Document Form Template Date Page Section "
    "Services Service Survey Feedback Satisfaction Code Centre Children Whether What When Where "
    "Who How If In On At To For From By With And Or Of Is Was Are Were Be N/A NA Nil Tbc TBC"
)
_NOT_A_NAME = frozenset(_NOT_A_NAME_WORDS.split())
_BARE = re.compile(
    rf"(?<![\w.@/])(?P<first>{_WORD})[ \u00a0]+(?P<rest>{_WORD}(?:[ \u00a0]{_WORD})?)"
)
_NOT_A_SURNAME_WORDS = (
    "Street Road Lane Avenue Close Drive House Hospital School College Academy University Court "
    "Centre Park Station Hall Hill Square Place Bridge Gardens Church Way Terrace Inquiry Report "
    "Review Act Bill Law Day Trust Foundation Fund Charity Ltd Limited Plc Group Police Council "
    "Force Service Services Office Board Project Programme Protocol Operation Building Ward Unit "
    "Team Suite Line Lines Green Island Islands City Town County Cross Market Row Arms Hotel Award "
    "Awards Prize Medal Library Museum Gallery Theatre Stadium Test Method Model Chart Diagram "
    "And Or Of The In On At To For From By With Is Was Has Have Had Will Would Should Must May Can "
    "January February March April June July August September October November December"
)
_NOT_A_SURNAME = frozenset(_NOT_A_SURNAME_WORDS.split())


def titled(text: str) -> Iterator[Span]:
    """Where a name follows a title or a rank."""
    for found in TITLED.finditer(text):
        first = re.split(r"[ \u00a0]", found["name"])[0].removesuffix("’s")
        acronym = found["rank"] and first.isupper() and 2 <= len(first) <= 4
        if first not in _NOT_AFTER_TITLE and not acronym:
            yield found.span()


def labelled(text: str) -> Iterator[Span]:
    """Where a name follows a label, such as “Victim:”."""
    for found in LABELLED.finditer(text):
        if re.split(r"[ \u00a0]", found["name"])[0] not in _NOT_A_NAME:
            yield found.span("name")


def bare(text: str) -> Iterator[Span]:
    """Where a common first name stands before another word with a capital."""
    for found in _BARE.finditer(text):
        words = re.split(r"[ \u00a0]", found["rest"])
        if found["first"].casefold() not in FIRST_NAMES or set(words) & _NOT_A_SURNAME:
            continue
        if not words[0].isupper() or len(words[0]) > 3:
            yield found.span()


def names(text: str) -> Iterator[Span]:
    """Where somebody's name stands, each place once, first to last."""
    last = -1
    for start, end in sorted({*titled(text), *labelled(text), *bare(text)}):
        if start >= last:
            yield start, end
            last = end
