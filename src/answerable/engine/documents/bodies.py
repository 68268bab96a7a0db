"""Names of bodies in running words: which words name one, and where one name ends.

Only general words of organisations are known here; no body's own name.
"""

import re

_MOST_WORDS = 14
_HEAD = (
    r"(?:governments?|ministers?|ministry|ministries|departments?|councils?|forces?|police"
    r"|constabular(?:y|ies)|constables?|boards?|trusts?|providers?|commissioners?|commissions?"
    r"|authorit(?:y|ies)|agenc(?:y|ies)|inspectorates?|partnerships?|partners"
    r"|secretar(?:y|ies)|committees?|services?|nhs|executives?|offices?|leaders|colleges?"
    r"|schools?|academy|academies|hospitals?|homes?|bodies|body|regulators?|directors?"
    r"|managers?|chairs?|companies|company|corporations?|institutes?|universities|university"
    r"|parliament|assembly|cabinet|administrations?|organisations?|operators?|funds?|courts?"
    r"|prisons?|governors?|advisers?|employers?|networks?|collaboratives?|practitioners"
    r"|professionals|coroners?|mayors?|officers?|panels?|unions?|federations?|foundations?"
    r"|society|societies|associations?|groups?|inspectors?|superintendents?|bureau|tribunals?"
    r"|congress|legislatures?|secretariat|treasury|taskforces?|centers?|centres?"
    r"|state party|states parties|member states|registrars?|owners?|manufacturers?"
    r"|airlines?|railways?|shipowners?|ombudsm[ae]n|auditors?|headteachers?|heads?"
    r"|commanders?|chiefs?|lords?|team|teams|unit|consorti(?:um|a)|syndicates?|banks?)"
)
# Under a heading these are as often a subject as a body ("Health services", "Groups at risk").
_LOOSE = re.compile(
    r"^(?:services?|groups?|networks?|partners|organisations?|bodies|body|leaders|managers?"
    r"|professionals|practitioners|panels?|teams?|units?|homes?|heads?|officers?|courts?"
    r"|prisons?|centers?|centres?|owners?|chairs?|directors?|police|funds?)$",
    re.I,
)
_BODY = re.compile(rf"\b{_HEAD}\b", re.I)
_NAMED = re.compile(r"\b[A-Z][A-Za-z’'&-]+")
_PLAIN = re.compile(
    rf"^(?:the\s+|all\s+|each\s+)?(?P<name>(?:[\w’'&.-]+\s+){{0,9}}?(?P<head>{_HEAD}))"
    r"(?P<rest>\s*,?\s+(?:of|for|in|on|across|and)\s+[\w’'&,() -]{2,90})?"
    r"(?:\s+\([\w’'& -]{2,40}\))?$",
    re.I,
)
_SPLIT = re.compile(
    r"\s*(?:;|,\s+and\s+|,|\band/or\b|/(?=[A-Z])"
    r"|\b(?:and|as well as|together with|along with)\b(?:\s+where appropriate)?)"
    r"\s+(?=the\s+\w|[A-Z])"
)
_DETERMINER = re.compile(
    r"^(?:(?:both|and|that)\s+)?(?:the|all|every|each|any|those|these|our|where appropriate)"
    r"(?:\s+of\s+the)?\s+",
    re.I,
)
_NOT = re.compile(
    r"^(?:if|when|where|whether|and|but|this|it|that|these|they|there|which|who|we|i|he|she"
    r"|consideration|any|such|no|a|an|work|plans?|training|reviews?|success|progress|more"
    r"|urgent|action|steps|guidance|information|policies|arrangements|staff should)\b",
    re.I,
)
_VERBAL = re.compile(
    r"\b(?:be|been|is|are|was|were|has|have|to|prior|used|will|would|can|could|may|not|of the)$"
    r"|\b(?:be|been|is|are|was|were|has|have|will|would|can|could|not"
    r"|agrees?|believes?|considers?|finds?|thinks?)\b|^[a-z]\w*ing\b(?!.*[A-Z])"
)
# What has its own capitals and is no body, or is only something of a body's.
_THING = re.compile(
    r"\b(?:no|acts?|bill|orders?|code|section|paragraph|regulations?|rules?|convention|treaty"
    r"|protocol|guidance|framework|strategy|plans?|programmes?|schemes?|recommendations?|reports?"
    r"|reviews?|charter|register|polic(?:y|ies)|laws?|involvement|selection|appointments?|work"
    r"|use|role|data|evidence|training)$",
    re.I,
)
_PART_OF = re.compile(r"^[a-z]+(?: [a-z]+)? of (?:the|that|this|a|any|each|its|[Ss]tanding)\b")
_SINGULAR = re.compile(
    r"\b(?:service|commissioner|authority|agency|office|commission|board|committee|department"
    r"|inspectorate|council|executive|trust|ombudsman|centre|directorate|institute|officer)$",
    re.I,
)
_CALENDAR = re.compile(
    r"^(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december|spring|summer|autumn|winter|monday|friday|\d.*)\b",
    re.I,
)


def named(text: str, *, whole: bool = False) -> list[str]:
    """The bodies named in the words, without articles; none where the words name no body.

    ``whole`` says that the words are known to name who must act, as a cell of a table does.
    """
    text = " ".join(text.split()).strip(" ,.;:–-")
    if not text or (_NOT.match(text) and not whole) or len(text.split()) > (60 if whole else 45):
        return []
    names: list[str] = []
    for part in _parts(text):
        name = _DETERMINER.sub("", part.strip(" ,.;:"))
        if (_is_name(name) or (whole and _is_plain(name))) and name not in names:
            names.append(name)
    return names


def _is_name(name: str) -> bool:
    """Whether the words name a body, or at least carry somebody's own name."""
    if len(name.split()) > _MOST_WORDS or any(
        wrong.search(name) for wrong in (_NOT, _CALENDAR, _VERBAL)
    ):
        return False
    if _THING.search(name) and (_BODY.search(name) is None or re.search(r"[’']s?\s", name)):
        return False
    if _PART_OF.match(name) and not _BODY.search(name.split(" of ")[0]):
        return False
    own = _NAMED.search(name) is not None and len(name.split()) <= 6
    return own or _BODY.search(name) is not None


def _is_plain(name: str) -> bool:
    """Whether the words can be whom a column names, though they are not a body's: "Housing"."""
    return name[:1].isupper() and len(name.split()) <= 6 and not _CALENDAR.match(name)


def is_body(text: str) -> bool:
    """Whether the words are the name of a body and nothing else, as a heading may be."""
    matched = _PLAIN.match(" ".join(text.split()).strip(" :.–-"))
    if matched is None or _NOT.match(text):
        return False
    name = matched.group("name")
    if _LOOSE.match(matched.group("head")):
        return len(name.split()) > 1 and _capitals(name)
    return text.lower().startswith("the ") or _capitals(name) or len(name.split()) <= 2


def _capitals(name: str) -> bool:
    small = {"and", "of", "the", "for", "in", "on"}
    words = [w for w in name.split() if w.lower() not in small]
    return all(w[:1].isupper() for w in words)


def speaks_of_one(text: str) -> bool:
    """Whether any word in the text is one of an organisation."""
    return _BODY.search(text) is not None


def _parts(text: str) -> list[str]:
    """Split a list of bodies, but not the "and" inside a body's own name."""
    pieces = _SPLIT.split(text)
    joints = [m.group(0) for m in _SPLIT.finditer(text)]
    parts = [pieces[0]]
    for joint, piece in zip(joints, pieces[1:], strict=True):
        if _one_name(parts[-1], joint, piece):
            parts[-1] += joint + piece
        else:
            parts.append(piece)
    return parts


def _one_name(before: str, joint: str, piece: str) -> bool:
    """Whether the joint is inside a single name, as in "Department of Health and Social Care"."""
    if re.match(r"the\s", piece, re.I) or ";" in joint or "/" in joint or "with" in joint:
        return False
    bodied = _BODY.search(piece) is not None or piece.split()[0].isupper()
    ongoing = re.search(r"\b(?:of|for|in)\b", before) is not None and not bodied
    if "," in joint:
        return ongoing and len(piece.split()) <= 2
    if _field(before) and _SINGULAR.search(piece):
        return True
    headless = _BODY.search(before) is None and len(before.split()) > 1
    return ongoing or (headless and bodied)


def _field(words: str) -> bool:
    """Whether the words are what a body deals with rather than one: "Police and Crime …"."""
    last = _DETERMINER.sub("", words).split()[-2:]
    plural = last[-1].lower() in ("police", "administration") or (
        last[-1].endswith("s") and not last[-1].isupper()
    )
    return plural and len(_DETERMINER.sub("", words).split()) <= 2
