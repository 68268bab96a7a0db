"""Sentences from the vocabulary: what was found, what is asked, what others asked before."""

import re
from dataclasses import dataclass
from random import Random

from tests.typeset.words import (
    ACTIONS,
    DETAILS,
    FACTS,
    NOUN_PHRASES,
    OPINIONS,
    PRINCIPLES,
    QUOTED,
    STRENGTHS,
    SUBCLAUSES,
    SUBJECTS,
    SURNAMES,
    TAILS,
    TOWNS,
    Subject,
)

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
PERIODS = (
    "within three months", "within six months", "within 12 months", "within 28 days",
    "within six months of the publication of this report", "within one year", "by the end of {year}",
    "by {month} {year}", "by {day} {month} {year}", "no later than {day} {month} {year}", "immediately",
)  # fmt: skip
TAKES_ARTICLE = {"Department", "Ministry", "Office", "College", "Grants", "Legal", "Housing", "Prosecution", "Institute", "Minister", "Chief", "Director"}  # fmt: skip
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Ask:
    """One thing asked, in the form that its list uses."""

    text: str
    addressee: str | None
    due: str | None


def tokens(text: str) -> frozenset[str]:
    return frozenset(_TOKEN.findall(text.lower()))


def alike(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0


class Voice:
    """Speaks of one subject in one town; never asks nearly the same thing twice."""

    def __init__(self, rng: Random, subject: Subject | None = None) -> None:
        self.rng = rng
        self.subject = subject or rng.choice(SUBJECTS)
        self.town = rng.choice(TOWNS)
        self.year = rng.randint(2009, 2024)
        self.bodies = [(name.format(town=self.town), short) for name, short in self.subject.bodies]
        self.said: list[frozenset[str]] = []

    def fill(self, template: str) -> str:
        """Put words of the subject into the slots of a template."""
        rng, subject = self.rng, self.subject
        people, partners = rng.sample(subject.people, 2), rng.sample(subject.partners, 2)
        records, staff = rng.choice(subject.records), rng.choice(subject.staff)
        first = rng.randint(self.year - 6, self.year - 3)
        body = rng.choice(self.bodies)[0]
        slots = {
            "records": records, "Records": capital(records), "staff": staff, "Staff": capital(staff),
            "people": people[0], "People": capital(people[0]), "people2": people[1],
            "service": rng.choice(subject.services), "event": rng.choice(subject.events),
            "risk": rng.choice(subject.risks), "partner": partners[0], "Partner": capital(partners[0]),
            "partner2": partners[1], "town": self.town, "surname": rng.choice(SURNAMES),
            "year": first, "year2": first + 2, "number": rng.randint(40, 900), "number2": rng.randint(900, 2400),
            "percent": rng.randint(11, 89), "small": rng.randint(20, 90), "few": rng.choice(("three", "four", "seven", "eleven")),
            "day": rng.randint(1, 28), "month": rng.choice(MONTHS), "body": body, "Body": body,
            "action": "", "third": "",
        }  # fmt: skip
        if "{action}" in template:
            verb, rest = rng.choice(ACTIONS)
            slots["action"] = f"{verb} {rest.format(**slots)}"
        return template.format(**slots)

    def paragraph(self, sentences: int = 4, *, loaded: bool = True) -> str:
        """Background: facts, and (``loaded``) opinions that sound like asking."""
        picked = self.rng.sample(FACTS, min(sentences, len(FACTS)))
        if loaded and self.rng.random() < 0.6:
            picked[self.rng.randrange(len(picked))] = self.rng.choice(OPINIONS)
        return " ".join(self.fill(sentence) for sentence in picked)

    def quoted(self) -> str:
        return self.fill(self.rng.choice(QUOTED))

    def due(self) -> str:
        words = self.rng.choice(PERIODS)
        return words.format(
            year=self.year + 1, month=self.rng.choice(MONTHS), day=self.rng.randint(1, 28)
        )

    def action(self) -> tuple[str, str]:
        """A verb in its plain form and the rest of what is to be done, not said before."""
        for _ in range(60):
            verb, rest = self.rng.choice(ACTIONS)
            rest = self.fill(rest) + self.fill(self.rng.choice(TAILS))
            bag = tokens(f"{verb} {rest}")
            if all(alike(bag, other) < 0.42 for other in self.said):
                break
        self.said.append(bag)
        return verb, rest

    def who(self) -> str:
        """Someone who may be asked to act: a body by name or short name, or its head."""
        name, short = self.rng.choice(self.bodies)
        who = self.rng.choice((f"the {self.rng.choice(self.subject.heads)}", short, name, name))
        return f"the {who}" if who.split()[0] in TAKES_ARTICLE else who

    def ask(
        self, form: str, *, dated: float = 0.15, detail: float = 0.25, who: str | None = None
    ) -> Ask:
        """One thing asked, in a form: should, must, shall, imperative, that, third, noun …"""
        if form == "noun":
            return Ask(self._once(NOUN_PHRASES), None, None)
        verb, rest = self.action()
        who = who or self.who()
        due = self.due() if self.rng.random() < dated else None
        when = f", {due}," if due else ""
        more = f" {self.fill(self.rng.choice(DETAILS))}" if self.rng.random() < detail else ""
        text = {
            "should": f"{capital(who)} should{when} {verb} {rest}.",
            "must": f"{capital(who)} must{when} {verb} {rest}.",
            "shall": f"{capital(who)} shall{when} {verb} {rest}.",
            "imperative": f"{capital(due) + ', ' if due else ''}{verb if due else capital(verb)} {rest}.",
            "bare": f"{verb} {rest}{' ' + due if due else ''};",
            "recommend": f"We recommend that {who}{when} {verb} {rest}.",
            "passive": f"It is recommended that {who}{when} {verb} {rest}.",
            "need": f"{capital(who)} needs{when} to {verb} {rest}.",
            "to": f"{capital(who)} to {verb} {rest}{' ' + due if due else ''}.",
            "i-recommend": f"I recommend that {who}{when} {third(verb)} {rest}.",
            "consideration": f"Consideration should be given{when} by {who} to {gerund(verb)} {rest}.",
            "that": f"{who}{when} {third(verb)} {rest}.",
            "gerund": f"{capital(gerund(verb))} {rest}{' ' + due if due else ''}.",
        }[form]
        named = None if form in {"imperative", "bare", "gerund"} else who.removeprefix("the ")
        return Ask((text + (more if form != "bare" else "")).replace(",,", ","), named, due)

    def clauses(self, count: int) -> list[str]:
        return [self.fill(clause) for clause in self.rng.sample(SUBCLAUSES, count)]

    def strength(self) -> str:
        return self._once(STRENGTHS)

    def principle(self) -> str:
        return self._once(PRINCIPLES)

    def conclusion(self) -> str:
        """A judgement of the authors which asks nothing."""
        opening = self.rng.choice(
            ("We conclude that", "We are concerned that", "In our judgement it is plain that", "We welcome the fact that", "It is clear that", "We were struck that")
        )  # fmt: skip
        fact = self.fill(
            self.rng.choice(
                (
                    "{records} are still not reliable enough for {staff} to act on them with confidence, and that {people} bear the cost",
                    "{service} has come to depend on the goodwill of {staff} rather than on planning",
                    "the response to {risk} in {town} has been slow, uneven and poorly explained to {people}",
                    "cooperation with {partner} has improved since {year}, although it still rests on personal contacts",
                    "too little is known of the needs of {people}, because nobody has been asked to find out",
                    "leaders did not understand how far {risk} had spread until {partner} raised it in {year}",
                )
            )
        )
        return f"{opening} {fact}. {self.fill(self.rng.choice(FACTS))}"

    def _once(self, templates: tuple[str, ...]) -> str:
        for _ in range(40):
            text = self.fill(self.rng.choice(templates))
            bag = tokens(text)
            if all(alike(bag, other) < 0.5 for other in self.said):
                break
        self.said.append(bag)
        return text


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def third(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    if first.endswith(("sh", "ch", "ss", "x")):
        first += "es"
    elif first.endswith("y") and first[-2] not in "aeiou":
        first = first[:-1] + "ies"
    else:
        first += "s"
    return f"{first} {rest}".strip()


def gerund(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    if first == "set":
        first = "setting"
    elif first.endswith("e") and not first.endswith("ee"):
        first = first[:-1] + "ing"
    else:
        first += "ing"
    return f"{first} {rest}".strip()
