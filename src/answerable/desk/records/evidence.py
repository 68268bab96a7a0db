"""A piece of evidence as a page shows it: its grade, its age, where it is used, what was found in it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.timezone import localdate

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, is_of_office, may
from answerable.assurance.models import Evidence, Grade, Graded, Use
from answerable.assurance.queries import evidence as queries
from answerable.assurance.queries.evidence import Elsewhere
from answerable.assurance.rules import evidence as rules
from answerable.desk.records.offers import Offer, name_of, offer
from answerable.engine.disclosure import Found, Kind
from answerable.engine.disclosure.shapes import WORDS
from answerable.html.times import day_words
from answerable.register.models import Undertaking

TYPES = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word (.docx)",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel (.xlsx)",
    "text/html": "HTML",
    "text/plain": "plain text",
    "text/csv": "CSV",
    "image/png": "picture (PNG)",
    "image/jpeg": "picture (JPEG)",
}

HOW: dict[Kind, str] = {
    Kind.NAME: "Write the role in place of each name: “a supervisor”, “the mother”.",
    Kind.BIRTH: "Give an age band, such as “under 16”, or leave it out.",
    Kind.REFERENCE: "Leave numbers of crimes, cases and persons out. A count says as much.",
    Kind.ADDRESS: "Give the district, or leave it out.",
    Kind.PHONE: "Leave it out, or give the number of an office.",
    Kind.EMAIL: "Leave it out, or give the address of an office.",
    Kind.AUTHOR: "In Word and Excel: File, Info, Check for Issues, Inspect Document, Remove All. "
    "A PDF that is made from that copy no longer says who wrote it.",
    Kind.COMMENT: "Delete all comments or notes, and save the file again.",
    Kind.TRACKED: "In Word: Review, Accept All Changes and Stop Tracking. Until then, what was "
    "deleted still travels in the file.",
    Kind.HIDDEN: "Delete hidden sheets, rows, columns and text. Hiding takes nothing out.",
    Kind.LOCATION: "Save the picture without its location, or make a picture of the screen.",
    Kind.UNREAD: "No check can read a picture. Look at it yourself: whom does it show or name?",
}
"""How each kind is taken out."""


@dataclass(frozen=True, slots=True)
class FoundShown:
    """One kind of what was found: where, and how it is taken out."""

    what: str
    places: str
    how: str


def found_shown(found: Iterable[Found]) -> list[FoundShown]:
    """What was found, by kind."""
    by_kind: dict[Kind, list[Found]] = {}
    for one in found:
        by_kind.setdefault(one.kind, []).append(one)
    return [_of_kind(kind, some) for kind, some in by_kind.items()]


def _of_kind(kind: Kind, found: Sequence[Found]) -> FoundShown:
    count = sum(one.count for one in found)
    one, several = WORDS[kind]
    words = one if count == 1 else f"{count} {several}"
    places = [
        f"{f.where} ({f.count})" if f.count > 1 and len(found) > 1 else f.where for f in found
    ]
    shown = ", ".join(places[:12])
    rest = len(places) - 12
    places_words = f"{shown} and in {rest} more places" if rest > 0 else shown
    return FoundShown(words[:1].upper() + words[1:], places_words, HOW[kind])


def found_in(evidence: Evidence) -> list[Found]:
    """What the check found when a piece was handed in."""
    return [Found(Kind(f["kind"]), f["where"], f["count"]) for f in evidence.findings]


def sentence(words: str) -> str:
    """A label as a sentence begins."""
    return words[:1].upper() + words[1:]


def place_of(undertaking: Undertaking) -> list[str]:
    """What names an undertaking in an address."""
    return [undertaking.recommendation.reference, undertaking.body.slug]


def evidence_href(undertaking: Undertaking) -> str:
    """The page of an undertaking's evidence."""
    return reverse("desk:undertaking_evidence", args=place_of(undertaking))


def add_href(undertaking: Undertaking) -> str:
    """The page where evidence for an undertaking is handed in."""
    return f"{reverse('desk:add_evidence')}?for={'/'.join(place_of(undertaking))}"


def age_words(evidence: Evidence, today: date) -> str:
    """When a piece is too old, as a sentence; nothing where it does not age."""
    if evidence.expires_on is None:
        return ""
    day, why = day_words(evidence.expires_on), evidence.expires_because.rstrip(". ")
    if queries.has_expired(evidence, today):
        return f"Too old since {day}: {why}. It must be renewed or taken out."
    return f"Good until {day}: {why}."


@dataclass(frozen=True)
class EvidenceShown:
    """A piece of evidence for ``person``; ``use`` is the one that the page is about, if any."""

    evidence: Evidence
    person: Person
    today: date
    use: Use | None = None
    reuse: Sequence[Elsewhere] = ()
    is_twice: bool = False
    acts: Sequence[Offer] = field(default_factory=tuple)

    @property
    def href(self) -> str:
        """Its own page."""
        return reverse("desk:evidence_piece", args=[self.evidence.pk])

    @property
    def file_href(self) -> str:
        """Where its bytes are handed out; nothing where there are none."""
        if not self.evidence.file:
            return ""
        return reverse("desk:evidence_file", args=[self.evidence.pk])

    @property
    def grade(self) -> str:
        """The grade that counts."""
        return sentence(str(queries.grade_of(self.evidence)[0].label))

    @property
    def graded(self) -> Graded | None:
        """What a verifier said last, or None."""
        return queries.newest_grade(self.evidence)

    @property
    def grade_words(self) -> str:
        """By whom the grade was set, or that it is only proposed."""
        graded = self.graded
        if graded is None:
            return f"Proposed by {name_of(self.evidence.uploaded_by)}. No verifier has graded it."
        said = f"Set by {name_of(graded.by)} on {day_words(localdate(graded.at))}"
        if graded.grade == self.evidence.grade_proposed:
            return f"{said}, as it was proposed."
        proposed = Grade(self.evidence.grade_proposed).label
        return f"{said}. Proposed was “{proposed}”."

    @property
    def kind(self) -> str:
        """What it is, with its type and size."""
        label = {"file": "File", "link": "Web page, kept as it was", "statement": "Statement"}
        what = label[self.evidence.kind]
        if not self.evidence.file:
            return what
        kind = TYPES.get(self.evidence.media_type, self.evidence.media_type)
        return f"{what} · {kind} · {filesizeformat(self.evidence.size)}"

    @property
    def period(self) -> str:
        """The period that it covers, in words."""
        begins, ends = self.evidence.covers_from, self.evidence.covers_to
        if begins and ends:
            return f"{day_words(begins)} to {day_words(ends)}"
        if begins:
            return f"From {day_words(begins)}"
        return f"Until {day_words(ends)}" if ends else ""

    @property
    def age(self) -> str:
        """When it is too old, as a sentence."""
        return age_words(self.evidence, self.today)

    @property
    def is_old(self) -> bool:
        """Whether it is too old today."""
        return queries.has_expired(self.evidence, self.today)

    @property
    def uploaded_by(self) -> str:
        """Who handed it in."""
        return name_of(self.evidence.uploaded_by)

    @property
    def found(self) -> list[FoundShown]:
        """What the check for personal data found, where it was kept despite."""
        return found_shown(found_in(self.evidence))

    @property
    def seal(self) -> str:
        """Who can see it."""
        if self.evidence.is_public:
            return "Chosen for the public record: everyone can see it once an edition holds it."
        return (
            f"Sealed: only people of {self.evidence.body.name} and those of the office who work "
            "with evidence can see it."
        )


def seen_elsewhere(person: Person, found: Iterable[Elsewhere]) -> list[Elsewhere]:
    """Reuse that ``person`` may know of: people of a body hear nothing of other bodies."""
    if is_of_office(person):
        return list(found)
    return [one for one in found if one.use.undertaking.body_id == person.body_id]


def take_out_offer(person: Person, use: Use) -> Offer | None:
    """Taking one use out."""
    href = reverse("desk:take_out_evidence", args=[use.pk])
    check = partial(rules.check_may_take_out, person, use)
    return offer(person, Permission.EVIDENCE_ADD, "Take out", href, check)


ACTS: tuple[tuple[Permission, str, str, Callable[[Person, Evidence], None]], ...] = (
    (Permission.EVIDENCE_GRADE, "Grade it", "desk:grade_evidence", rules.check_may_grade),
    (Permission.EVIDENCE_OPEN, "Make it public", "desk:open_evidence", rules.check_may_open),
    (Permission.EVIDENCE_OPEN, "Seal it again", "desk:seal_evidence", rules.check_may_close),
)
"""What may be done to a piece itself, the page where it is done, and the rule that page asks too."""


def acts_on(person: Person, evidence: Evidence) -> Iterator[Offer]:
    """What ``person`` could do to a piece now, or why not."""
    for permission, press, name, rule in ACTS:
        if (name == "desk:seal_evidence") != evidence.is_public and name != "desk:grade_evidence":
            continue
        href = reverse(name, args=[evidence.pk])
        found = offer(person, permission, press, href, partial(rule, person, evidence))
        if found:
            yield found
    if may(person, Permission.EVIDENCE_ADD):
        href = reverse("desk:use_evidence", args=[evidence.pk])
        check = partial(rules.check_may_add, person, evidence.body)
        found = offer(
            person, Permission.EVIDENCE_ADD, "Offer it for another recommendation", href, check
        )
        if found:
            yield found
