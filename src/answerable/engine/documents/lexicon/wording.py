"""The words of sentences: what recommends, asks, commands, tells or judges."""

import re
from functools import lru_cache

# Each way of recommending needs one of _STEMS, which are looked for first: that is much faster.
_PERFORMATIVE = re.compile(
    r"\b(?:we|i)\s+(?:\w+ly\s+|also\s+|further\s+|therefore\s+|would\s+|strongly\s+|again\s+){0,3}"
    r"(?:recommend|urge|call (?:on|for|upon)|invite|propose|ask that|advise|request|encourage"
    r"|suggest that)\b"
    r"|\b(?:is|are|be|was|were)\s+(?:\w+\s+){0,2}recommended\s+(?:that|to)\b"
    r"|\b(?:we|i)\s+(?:therefore\s+)?(?:regard|see|consider|believe)\s+it\s+(?:as\s+|is\s+"
    r"|to be\s+)?(?:essential|vital|imperative) that\b"
    r"|\brecommends\s*(?::|,|that\b|to\b)"
    r"|\b(?:commission|committee|inquiry|review|panel|board|ombudsman|coroner|inspectorate"
    r"|inspectors?|"
    r"commissioner|tribunal|council|assembly|taskforce|task force|authority|team|group|report"
    r"|auditors?)\s+"
    r"(?:\w+ly\s+|also\s+|further\s+|therefore\s+|again\s+){0,2}"
    r"(?:recommend(?:s|ed)?|urges?|calls (?:on|for|upon)|invites|proposes|advises|requests"
    r"|encourages)\b"
    r"|\b(?:committee|commission|panel|assembly|inquiry|board)\s+(?:\w+ly\s+|also\s+)?asks\b"
    r"(?! (?:itself|whether))",
    re.I,
)
_STEMS = (
    "recommend",
    "urge",
    "call",
    "invite",
    "propose",
    "ask",
    "advise",
    "request",
    "encourage",
    "suggest",
    "essential",
    "vital",
    "imperative",
)
_ANNOUNCING = re.compile(
    r"\b(?:our|my|its|these|this report[’']s|the following|the) (?:\w+ ){0,2}recommendations\b"
    r"|\brecommendations? (?:are|is) (?:made|set out|listed|addressed|issued)\b"
    r"|\b(?:makes?|issues?) (?:\w+ ){0,2}recommendations? to\b",
    re.I,
)
_DIRECT = re.compile(
    r"\b(?:should|must|shall|ought to)\b(?! (?:not )?have (?:\w+ly )?(?:been|had|known|done|taken"
    r"|\w+ed)\b)",
    re.I,
)
# Behind these words somebody tells what should be; in the main clause the authors ask for it.
_REPORTED = re.compile(
    r"\b(?:accept|agree|argu|believ|claim|contend|emphasi|evidence|expect|felt|presum|presumption"
    r"|propos|recogni|remember|said|sa(?:y|id)|suggest|tell|told|think|thought|understand|view)"
    r"\w*\b[^.;]{0,90}\b(?:that|whether|how|who)\b|\b(?:told|said|if|whether|because)\b",
    re.I,
)
# The form of a coroner's letter, and what the law says of recommendations, whatever the case.
_STANDARD = re.compile(
    r"\baction should be taken to prevent (?:future|further|other) deaths?\b"
    r"|\b(?:must|should|required to|shall) (?:\w+ly )?respond to\b.{0,40}\brecommendations?\b"
    r"|\b(?:issues?|makes?) recommendations (?:in order )?to (?:address|prevent|reduce|improve)\b"
    r"|\bimportant that (?:\w+ )?recommendations are (?:\w+ )?implemented\b"
    r"|\byou have the power to take such action\b|\bduty to respond to this report\b",
    re.I,
)
# A report speaks of itself in the past ("We recommended that …"); of older ones it gives the date.
_PAST = re.compile(
    r"^(?:\W*(?:therefore|accordingly|consequently),?\s+)?(?:we|i)\s+(?:also\s+)?recommended\b",
    re.I,
)
_DATED = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:previous(?:ly)?|earlier|last (?:year|report)|former|prior)\b", re.I
)
_TOLD = re.compile(
    r"^\W*(?:on|in)\s+(?:\d{1,2}\s+)?(?:[A-Z]\w+\s+)?(?:19|20)\d\d,?\s+(?:(?!\bwe\b|\bI\b)[^.;]){3,90}?"
    r"\brecommended\b"
    r"|^\W*the (?:former|earlier|previous)\b[^.;]{3,60}\brecommended\b",
    re.I,
)
_MODAL = re.compile(
    r"\b(?:should|must|shall|ought to|needs? to|(?:is|are) required to|(?:is|are|be) to be"
    r"|have to|has to)\b",
    re.I,
)
_SUBJUNCTIVE = re.compile(
    r"^that\b|\bbe (?:established|given|introduced|reviewed|provided|made|taken|put|appointed"
    r"|set up|"
    r"created|required|funded|amended|developed|undertaken|addressed|simplified|regarded"
    r"|determined)\b",
    re.I,
)
_JUDGEMENT = re.compile(
    r"^(?:(?:overall|in general|generally|however|moreover|whilst|while"
    r"|although),?\s+)?(?:\w+\s+){0,6}?"
    r"\b(?:we|i)\s+(?:\w+\s+){0,2}(?:welcome|note|acknowledge|agree|commend|conclude|found|find"
    r"|are satisfied|recognise|"
    r"heard|accept|support|appreciate|believe|consider|were told|are concerned|regret)\b",
    re.I,
)
_BELIEF = re.compile(
    r"\b(?:believe|consider|think|are convinced|are of the (?:view|opinion)|take the view)"
    r"\b[^.;]{0,200}?\b(?:should|must|ought to|needs? to)\b(?! have\b)",
    re.I,
)
_REFERENCE = re.compile(r"\s*[(\[][Pp]ara(?:graph|s)?\.?s?\s[^()]*[)\]]\W*$")
# Below this length a phrase ("The help and support offered to care leavers.") looks the same.
_SENTENCE = 110
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|can|could|will|would|may|might|\w{3,}ed)\b",
    re.I,
)
_ADVERBS = re.compile(
    r"^(?:urgently|further|immediately|fully|formally|jointly|regularly|as a matter of (?:urgency"
    r"|priority),?|"
    r"without delay,?|where \w+(?: \w+){0,3},|by [\w ]{3,30},|within [\w ]{3,30},"
    r"|in [\w ]{3,40},)\s+",
    re.I,
)

_OPEN = re.compile(r":\s?[-–—]?\s*[⁰¹²³⁴⁵⁶⁷⁸⁹]*\s*$")

_OPEN = re.compile(r":\s?[-–—]?\s*[⁰¹²³⁴⁵⁶⁷⁸⁹]*\s*$")

_VERB_WORDS = """
accelerate accept achieve act adapt address adhere adjust adopt advance advise agree align
allocate allow amend analyse analyze apply appoint appraise approve arrange ascertain assess
assign assist assure audit avoid begin broaden build carry cease centralise challenge change
check clarify close collaborate collate collect combat commence commission commit communicate
compile complete comply conclude conduct confirm consider consolidate construct consult continue
convene coordinate co-ordinate create decide declare decrease define delegate deliver
demonstrate deploy design determine develop devise direct disclose discontinue disseminate
diversify document draft draw educate eliminate embed embrace empower enable enact encourage end
endeavour enforce engage enhance ensure equip eradicate establish evaluate examine exchange
expand expedite explain explore extend facilitate finalise finalize find focus follow form
formalise formulate foster fulfil fund further gather give grant guarantee harmonize help hold
identify implement impose improve include incorporate increase inform initiate inspect install
instigate institute integrate intensify introduce invest investigate invite involve issue join
keep launch lead learn legislate liaise limit link lower maintain make manage mandate map
maximise measure meet minimise mitigate modernise modify monitor move negotiate nominate notify
obtain offer open optimise organise outline oversee participate pass pay perform plan prepare
present prevent prioritise prioritize proceed produce prohibit promote promulgate protect
provide publicise publish pursue put raise ratify re-examine reaffirm realise recognise
reconsider record recruit redouble reduce refer refine reform refrain refresh regularize
regulate reinforce reject release remedy remind remove renew repeal replace report request
require research resolve resource respect respond restore restrict retain review revise revisit
rewrite roll safeguard secure seek select send set share sign simplify speed sponsor standardise
start state stop streamline strengthen submit supplement supply support suspend sustain
systematise tackle take target teach test tighten track train transfer transform translate treat
undertake update upgrade uphold use utilise validate verify withdraw work write
"""
_TEXTS = 4_096
_VERBS = frozenset(_VERB_WORDS.split())


def opens(text: str) -> bool:
    """Whether it ends in a colon, as typed reports print it too (":-"), with its list behind it."""
    return bool(_OPEN.search(text))


# Several strategies ask the same of a block.
@lru_cache(maxsize=_TEXTS)
def performs(text: str) -> bool:
    """Whether the words themselves recommend ("we recommend that …")."""
    folded = text.casefold()
    return any(stem in folded for stem in _STEMS) and bool(_PERFORMATIVE.search(text))


def announces(text: str) -> bool:
    """Whether it opens by speaking about recommendations, and makes none there."""
    first = re.split(r"(?<=[.!?])\s", text.strip(), maxsplit=1)[0]
    return bool(_ANNOUNCING.search(first)) and not asks(first)


def directs(text: str) -> bool:
    """Whether one of its sentences says in its main clause what should or must be done."""
    return any(
        (found := _DIRECT.search(sentence)) is not None
        and _REPORTED.search(sentence[: found.start()]) is None
        for sentence in re.split(r"(?<=[.!?;])\s+", text)
    )


def standard(text: str) -> bool:
    """Whether it is a sentence of the form that the report is written on."""
    return bool(_STANDARD.search(text))


def told(text: str) -> bool:
    """Whether it tells what somebody recommended at a time, and recommends nothing itself."""
    found = _TOLD.search(text)
    rest = text[found.end() :] if found is not None else ""
    return found is not None and not _PERFORMATIVE.search(rest)


def performed(text: str) -> bool:
    """Whether it opens by saying what this report recommended, without a date."""
    return bool(_PAST.match(text)) and _DATED.search(text[:160]) is None


def asks(text: str) -> bool:
    """Whether the text asks for something to be done, in any of the usual moods."""
    return (
        performs(text)
        or bool(_MODAL.search(text))
        or commands(text)
        or bool(_SUBJUNCTIVE.search(text))
    )


@lru_cache(maxsize=_TEXTS)
def obliges(text: str) -> bool:
    """Whether it says should, must or the like."""
    return bool(_MODAL.search(text))


def is_clause(text: str) -> bool:
    """Whether it asks with a subject of its own, not by completing the sentence before it."""
    return obliges(text) or bool(_SUBJUNCTIVE.search(text))


def commands(text: str) -> bool:
    """Whether it opens with a command ("Ensure that …", "Urgently review …")."""
    rest = _ADVERBS.sub("", text.strip().lstrip("“\"‘'("))
    words = re.findall(r"[A-Za-z-]+", rest[:40])
    return bool(words) and words[0].lower() in _VERBS


def tells(text: str) -> bool:
    """Whether it is a whole sentence that reports how things are, and asks for nothing."""
    text = _REFERENCE.sub("", text).rstrip()
    if len(text) < _SENTENCE or not text.endswith("."):
        return False
    return bool(_FINITE.search(text[:220])) and not asks(text)


def believes(text: str) -> bool:
    """Whether its authors say what they believe should be done."""
    return bool(_BELIEF.search(text))


def judges(text: str) -> bool:
    """Whether it opens by saying what its authors found or welcome."""
    return bool(_JUDGEMENT.search(text[:160]))
