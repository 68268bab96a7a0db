"""The words that tell sections and sentences apart. General English of reports; no body's name."""

import re
from typing import Literal

from answerable.engine.documents.shapes import Kind

Sense = Literal["own", "mixed", "against"]

_OWN = re.compile(
    r"\brecommend(?:ation|ation\(s\)|ations|ed actions?|s)\b"
    r"|\bareas?\b.{0,12}\b(?:for|of|requiring)\b.{0,20}\b(?:improvement|development|action|focus)s?\b"
    r"|\bpriority\b.{0,16}\bactions?\b|\bimmediate actions?\b"
    r"|\bneeds?\b.{0,12}\bto\b.{0,12}\b(?:improve|change|happen|do)\b"
    r"|\b(?:required|urgent|statutory) (?:actions?|improvements?|changes)\b"
    r"|\b(?:actions?|improvements?) (?:required|needed|to be taken)\b"
    r"|\b(?:should|must) (?:take action|improve|do(?: next)?|happen next)\b"
    r"|\blearning points?\b|\blessons to be learn(?:ed|t)\b|\bcauses? of concern\b"
    r"|\bmatters? of concern\b|\bcoroner[’']?s (?:matters? of )?concerns?\b|\bopportunit(?:y|ies) (?:for|to) improve(?:ment)?\b"
    r"|\bactions? should be taken\b|\bcalls? to action\b|\bwhat should (?:be done|happen)\b"
    r"|\b(?:matters|issues|points) for (?:action|improvement)\b",
    re.I,
)
_MIXED = re.compile(
    r"\b(?:conclusions?|findings?|observations?|lessons?|issues?|summary)\b.{0,30}\brecommendations?\b"
    r"|\brecommendations?\b.{0,12}\b(?:conclusions?|findings?|observations?)\b",
    re.I,
)
# Words that turn a heading about recommendations into one about something else.
_SPOILED = re.compile(
    r"\bprogress\b|\bresponses?\b|\brespond|\bstatus\b|\bupdates?\b|\bprevious(?:ly)?\b|\bearlier\b|\bprior\b"
    r"|\bimplement(?:ed|ation|ing)\b|\bfollow(?:ed|ing)?[- ]up\b|\bglossary\b|\brationale\b|\btaken since\b"
    r"|\bpast\b|\bhistor(?:y|ical)\b|\bother (?:reports?|inquir|reviews?)|\bapproach to\b|\bmonitoring\b"
    r"|\bdelivery of\b|\bgiving effect\b|\bhow we\b|\bfail(?:ed|ures?)\b|\bfrom (?:other|earlier)\b"
    r"|\blist of\b.{0,20}\b(?:tables|figures)\b|\bbackground\b|\baccepted\b|\brejected\b|\bcontents\b"
    r"|\bhave been (?:made|met)\b|\blast (?:inspection|review|year|report)\b|\babout (?:the|our) recommendations\b",
    re.I,
)
# Headings of lists that look like recommendations and are not.
_AGAINST = re.compile(
    r"^\W*(?:\d+(?:\.\d+)*\W+|[ivx]+\W+)?(?:(?:the|our|its|their|key|main|summary of|overall|area|areas of|service[’']?s?|local|partnership[’']?s?|"
    r"authority[’']?s?|council[’']?s?|force[’']?s?|board[’']?s?|lscb[’']?s?|leaders[’']?|area[’']s|[a-z]+[’']s)\s+){0,5}"
    r"(?:strengths?|conclusions?|findings?|observations?|background|introduction|methodology|methods?|glossary|"
    r"contents|good practice|notable practice|innovative practice|what (?:is|are|we|has|have) (?:working|found|worked).*|what(?:’|')?s working.*|"
    r"what happen(?:s|ed) next|next steps|progress since.*|progress (?:made|against|on).*|status of.*|responses?(?: (?:to|from|received|by).*)?|"
    r"acknowledge?ments?|terms of reference|appendi(?:x|ces).*|annex(?:es)?.*|context|definitions?|abbreviations?|actions? (?:already )?taken.*|"
    r"safety actions?(?: (?:already )?taken.*)?|guiding principles|principles?(?: for.*)?|evidence|analysis|commendations?|references|bibliography|"
    r"vision.*|our vision.*|about (?:this|the|us).*|further information.*|how (?:we|this|the).*|who (?:we|is|are).*)\W*$",
    re.I,
)
_PLAIN_TITLE = re.compile(
    r"^(?:\W*(?:(?:chapter|section|part|appendix|annex)\s+)?(?:\d+(?:\.\d+)*|[ivx]+|[a-z](?=[.:)]))\W+)?(?:(?:our|the|my|its|key|main|final|full|list of|summary of|consolidated|"
    r"detailed|specific|formal|safety|committee|national|local|overall|priority|report)\s+){0,4}"
    r"(?:recommendations?|areas? for improvement|areas? for priority action|"
    r"(?:conclusions?|findings?) and recommendations?|what needs to improve|"
    r"learning points?|causes? of concern|matters? of concern|priority actions?)\W*$",
    re.I,
)

_KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"\bcauses? of concern\b|\bmatters? of concern\b", re.I), "cause_of_concern"),
    (re.compile(r"\blearning points?\b|\blessons?\b", re.I), "learning_point"),
    (
        re.compile(r"\brecommend|\bpriority\b.{0,16}\bactions?\b|\bimmediate action", re.I),
        "recommendation",
    ),
    (
        re.compile(
            r"\bareas?\b.{0,30}\b(?:improvement|development)\b|\bneeds?\b.{0,20}\bto improve\b"
            r"|\bafi\b|\bimprove",
            re.I,
        ),
        "area_for_improvement",
    ),
)

_PERFORMATIVE = re.compile(
    r"\b(?:we|i)\s+(?:\w+ly\s+|also\s+|further\s+|therefore\s+|would\s+|strongly\s+|again\s+){0,3}"
    r"(?:recommend|urge|call (?:on|for|upon)|invite|propose|ask that|advise|request|encourage|suggest that)\b"
    r"|\b(?:is|are|be|was|were)\s+(?:\w+\s+){0,2}recommended\s+(?:that|to)\b"
    r"|\b(?:commission|committee|inquiry|review|panel|board|ombudsman|coroner|inspectorate|inspectors?|"
    r"commissioner|tribunal|council|assembly|taskforce|task force|authority|team|group|report|auditors?)\s+"
    r"(?:\w+ly\s+|also\s+|further\s+|therefore\s+|again\s+){0,2}"
    r"(?:recommend(?:s|ed)?|urges?|calls (?:on|for|upon)|invites|proposes|advises|requests)\b",
    re.I,
)
_MODAL = re.compile(
    r"\b(?:should|must|shall|ought to|needs? to|(?:is|are) required to|(?:is|are|be) to be|have to|has to)\b",
    re.I,
)
_SUBJUNCTIVE = re.compile(
    r"^that\b|\bbe (?:established|given|introduced|reviewed|provided|made|taken|put|appointed|set up|"
    r"created|required|funded|amended|developed|undertaken|addressed|simplified|regarded|determined)\b",
    re.I,
)
_JUDGEMENT = re.compile(
    r"^(?:(?:overall|in general|generally|however|moreover|whilst|while|although),?\s+)?(?:\w+\s+){0,6}?"
    r"\b(?:we|i)\s+(?:\w+\s+){0,2}(?:welcome|note|acknowledge|agree|commend|conclude|found|find|are satisfied|recognise|"
    r"heard|accept|support|appreciate|believe|consider|were told|are concerned|regret)\b",
    re.I,
)

# Below this length a phrase ("The help and support offered to care leavers.") looks the same.
_SENTENCE = 110
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|can|could|will|would|may|might|\w{3,}ed)\b",
    re.I,
)
_VERBS = frozenset(
    [
        "accelerate",
        "accept",
        "achieve",
        "act",
        "adapt",
        "address",
        "adhere",
        "adjust",
        "adopt",
        "advance",
        "advise",
        "agree",
        "align",
        "allocate",
        "allow",
        "amend",
        "analyse",
        "analyze",
        "apply",
        "appoint",
        "appraise",
        "approve",
        "arrange",
        "ascertain",
        "assess",
        "assign",
        "assist",
        "assure",
        "audit",
        "avoid",
        "begin",
        "broaden",
        "build",
        "carry",
        "cease",
        "centralise",
        "challenge",
        "change",
        "check",
        "clarify",
        "close",
        "collaborate",
        "collate",
        "collect",
        "combat",
        "commence",
        "commission",
        "commit",
        "communicate",
        "compile",
        "complete",
        "comply",
        "conclude",
        "conduct",
        "confirm",
        "consider",
        "consolidate",
        "construct",
        "consult",
        "continue",
        "convene",
        "coordinate",
        "co-ordinate",
        "create",
        "decide",
        "declare",
        "decrease",
        "define",
        "delegate",
        "deliver",
        "demonstrate",
        "deploy",
        "design",
        "determine",
        "develop",
        "devise",
        "direct",
        "disclose",
        "discontinue",
        "disseminate",
        "diversify",
        "document",
        "draft",
        "draw",
        "educate",
        "eliminate",
        "embed",
        "embrace",
        "empower",
        "enable",
        "enact",
        "encourage",
        "end",
        "endeavour",
        "enforce",
        "engage",
        "enhance",
        "ensure",
        "equip",
        "eradicate",
        "establish",
        "evaluate",
        "examine",
        "exchange",
        "expand",
        "expedite",
        "explain",
        "explore",
        "extend",
        "facilitate",
        "finalise",
        "finalize",
        "find",
        "focus",
        "follow",
        "form",
        "formalise",
        "formulate",
        "foster",
        "fulfil",
        "fund",
        "further",
        "gather",
        "give",
        "grant",
        "guarantee",
        "harmonize",
        "help",
        "hold",
        "identify",
        "implement",
        "impose",
        "improve",
        "include",
        "incorporate",
        "increase",
        "inform",
        "initiate",
        "inspect",
        "install",
        "instigate",
        "institute",
        "integrate",
        "intensify",
        "introduce",
        "invest",
        "investigate",
        "invite",
        "involve",
        "issue",
        "join",
        "keep",
        "launch",
        "lead",
        "learn",
        "legislate",
        "liaise",
        "limit",
        "link",
        "lower",
        "maintain",
        "make",
        "manage",
        "mandate",
        "map",
        "maximise",
        "measure",
        "meet",
        "minimise",
        "mitigate",
        "modernise",
        "modify",
        "monitor",
        "move",
        "negotiate",
        "nominate",
        "notify",
        "obtain",
        "offer",
        "open",
        "optimise",
        "organise",
        "outline",
        "oversee",
        "participate",
        "pass",
        "pay",
        "perform",
        "plan",
        "prepare",
        "present",
        "prevent",
        "prioritise",
        "prioritize",
        "proceed",
        "produce",
        "prohibit",
        "promote",
        "promulgate",
        "protect",
        "provide",
        "publicise",
        "publish",
        "pursue",
        "put",
        "raise",
        "ratify",
        "re-examine",
        "reaffirm",
        "realise",
        "recognise",
        "reconsider",
        "record",
        "recruit",
        "redouble",
        "reduce",
        "refer",
        "refine",
        "reform",
        "refrain",
        "refresh",
        "regularize",
        "regulate",
        "reinforce",
        "reject",
        "release",
        "remedy",
        "remind",
        "remove",
        "renew",
        "repeal",
        "replace",
        "report",
        "request",
        "require",
        "research",
        "resolve",
        "resource",
        "respect",
        "respond",
        "restore",
        "restrict",
        "retain",
        "review",
        "revise",
        "revisit",
        "rewrite",
        "roll",
        "safeguard",
        "secure",
        "seek",
        "select",
        "send",
        "set",
        "share",
        "sign",
        "simplify",
        "speed",
        "sponsor",
        "standardise",
        "start",
        "state",
        "stop",
        "streamline",
        "strengthen",
        "submit",
        "supplement",
        "supply",
        "support",
        "suspend",
        "sustain",
        "systematise",
        "tackle",
        "take",
        "target",
        "teach",
        "test",
        "tighten",
        "track",
        "train",
        "transfer",
        "transform",
        "translate",
        "treat",
        "undertake",
        "update",
        "upgrade",
        "uphold",
        "use",
        "utilise",
        "validate",
        "verify",
        "withdraw",
        "work",
        "write",
    ]
)
_ADVERBS = re.compile(
    r"^(?:urgently|further|immediately|fully|formally|jointly|regularly|as a matter of (?:urgency|priority),?|"
    r"without delay,?|where \w+(?: \w+){0,3},|by [\w ]{3,30},|within [\w ]{3,30},|in [\w ]{3,40},)\s+",
    re.I,
)


def sense(heading: str) -> Sense | None:
    """What the heading says of the list under it; None where it says nothing."""
    text = heading.strip()
    if len(text.split()) > 18:
        return None
    if _OWN.search(text):
        if _PLAIN_TITLE.match(text) or not _SPOILED.search(text):
            return "mixed" if _MIXED.search(text) else "own"
        return "against"
    return "against" if _AGAINST.match(text) else None


def other_list(heading: str) -> bool:
    """Whether the heading is the plain title of another kind of list ("Strengths")."""
    return bool(_AGAINST.match(heading.strip()))


def of_others(heading: str) -> bool:
    """Whether the heading speaks of recommendations that are not this document's own or not new."""
    return bool(_OWN.search(heading) and _SPOILED.search(heading))


def plain_title(text: str) -> bool:
    """Whether the text is nothing but the title of a list of recommendations."""
    return bool(_PLAIN_TITLE.match(text.strip()))


def kind(*texts: str) -> Kind:
    """The kind that the nearest telling text names; a recommendation where none does."""
    for text in texts:
        for pattern, found in _KINDS:
            if pattern.search(text):
                return found
    return "recommendation"


def performs(text: str) -> bool:
    """Whether the words themselves recommend ("we recommend that", "the Commission recommended")."""
    return bool(_PERFORMATIVE.search(text))


def asks(text: str) -> bool:
    """Whether the text asks for something to be done, in any of the usual moods."""
    return (
        performs(text)
        or bool(_MODAL.search(text))
        or commands(text)
        or bool(_SUBJUNCTIVE.search(text))
    )


def obliges(text: str) -> bool:
    """Whether it says should, must or the like."""
    return bool(_MODAL.search(text))


def commands(text: str) -> bool:
    """Whether it opens with a command ("Ensure that …", "Urgently review …")."""
    rest = _ADVERBS.sub("", text.strip().lstrip("“\"‘'("))
    words = re.findall(r"[A-Za-z-]+", rest[:40])
    return bool(words) and words[0].lower() in _VERBS


def tells(text: str) -> bool:
    """Whether it is a whole sentence that reports how things are, and asks for nothing."""
    if len(text) < _SENTENCE or not text.rstrip().endswith("."):
        return False
    return bool(_FINITE.search(text[:220])) and not asks(text)


def judges(text: str) -> bool:
    """Whether it opens by saying what its authors found or welcome."""
    return bool(_JUDGEMENT.search(text[:160]))
