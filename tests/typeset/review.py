"""The freest report of all: an independent review, with every dimension as it comes."""

from tests.typeset import lists, matter
from tests.typeset.making import Making
from tests.typeset.parts import Block, Contents, Cover, Heading, NewPage, Para, Piece, Turned
from tests.typeset.voice import Ask, capital

AFTER = (matter.strengths, matter.principles, matter.next_steps, matter.findings)
BACK = (matter.old_recommendations, matter.method, matter.people_seen, matter.glossary)


def title(m: Making) -> str:
    subject = m.rng.choice((*m.voice.subject.risks, m.voice.subject.name))
    return m.rng.choice(
        (
            f"Independent review of {subject} in {m.voice.town}",
            f"{capital(subject)} in {m.voice.town}: an independent review",
            f"Learning from {m.voice.town}",
            f"A review of {m.rng.choice(m.voice.subject.services).removeprefix('the ')} in {m.voice.town}",
        )
    )


def review(m: Making) -> None:
    """Chapters, and recommendations at the end, in the chapters, in boxes, or in a table."""
    wish = m.wish
    numbering = wish.numbering
    m.number_paragraphs = numbering == "paragraph" or (numbering not in lists.UNDER_A_LEAD_IN and numbering != "chaptered" and m.chance(0.3))  # fmt: skip
    m.front(title(m), "Independent Review Team", contents=m.chance(0.8), cover=m.chance(0.8))
    if m.chance(0.5):
        m.rng.choice((matter.foreword, matter.covering_letter))(m)
    place = "table" if wish.table != "none" else m.rng.choice(("end", "end", "chapters", "boxes"))
    if numbering in {"bold", "italic"} and place == "end":
        place = "chapters"
    if wish.doubles and place == "end":
        place = "boxes"
    if wish.doubles and numbering in {
        "nested",
        "sentence",
        "lettered",
        "roman",
        "register",
        "paragraph",
    }:
        numbering = "plain"
    if m.chance(0.3):
        matter.digest(m)
    m.chapter("Introduction")
    start = len(m.draft.blocks)
    m.prose(m.some(1, 3))
    if m.chance(0.5):
        matter.terms_of_reference(m)
    count = m.some(12, 20) if wish.table == "long" else m.some(4, 11)
    {"end": at_the_end, "chapters": in_chapters, "boxes": in_boxes, "table": in_a_table}[place](m, numbering, count)  # fmt: skip
    if m.chance(0.5):
        state(m, start)
    for part in m.rng.sample(BACK, m.some(0, 2)):
        part(m)


def state(m: Making, at: int) -> None:
    """The count that the report gives of itself, in its introduction."""
    count = sum(row.own and not row.optional for row in m.draft.rows)
    words = m.rng.choice(("This report makes {n} recommendations.", "We make {n} recommendations in all.", "The {n} recommendations of this report are addressed to several bodies."))  # fmt: skip
    m.draft.blocks.insert(at, Para([Piece(words.format(n=m.count_in_words(count)))]))


def chapters(m: Making, count: int) -> list[str]:
    names = [capital(x) for x in (*m.voice.subject.risks, *m.voice.subject.records)]
    names += ["What happened", "The response", "Culture and leadership", "What we found", "Lessons"]
    return m.rng.sample(names, count)


def at_the_end(m: Making, numbering: str, count: int) -> None:
    for name in chapters(m, m.some(2, 3)):
        m.chapter(name)
        m.background()
    m.chapter(m.rng.choice(("Recommendations", "Conclusions and recommendations", "Our recommendations", "What needs to happen now")))  # fmt: skip
    if m.chance(0.5):
        m.prose(1)
    before = m.chance(0.25)
    if before:
        matter.findings(m, numbered=m.chance(0.6))
        m.add(Heading("Recommendations", 2))
    listing(m, numbering, count)
    if m.chance(0.6):
        after = m.rng.choice(AFTER)
        if after is matter.strengths and numbering == "plain" and m.chance(0.5):
            matter.strengths(m, first=count + 1)
        else:
            after(m)


def listing(m: Making, numbering: str, count: int) -> None:
    """The whole list, by section of the addressee or straight through."""
    form = lists.form_for(m, numbering)
    numbers = lists.register(m)
    if numbering == "nested":
        for n in range(1, 4):
            m.add(*lists.nested(m, n))
        return
    sections = m.chance(0.4) and numbering not in {"lettered", "roman"}
    who = None
    opening = lists.lead_in(m, form)
    if numbering in lists.UNDER_A_LEAD_IN and not sections:
        who = m.voice.bodies[0][0] if m.voice.bodies[0][0] in opening else None
    if opening and not sections:
        m.say(opening, label=m.next_label())
    for n in range(1, count + 1):
        if sections and n % 4 == 1 and n // 4 < len(m.voice.bodies):
            who = m.rng.choice(
                (m.voice.bodies[n // 4][0], f"the {m.rng.choice(m.voice.subject.heads)}")
            )
            m.add(
                Heading(m.rng.choice((f"To {who}", f"Recommendations for {who}", capital(who))), 2)
            )
        spoken = "imperative" if sections and form in {"bare", "that"} else form
        ask = m.voice.ask(spoken, who=who if sections and m.chance(0.8) else None)
        if who and ask.addressee is None:
            ask = Ask(ask.text, who, ask.due)
        m.add(*lists.item(m, ask, numbering, n, numbers=numbers))


def in_chapters(m: Making, numbering: str, count: int) -> None:
    """Items among the paragraphs, or at the end of each chapter under a small heading."""
    form = lists.form_for(m, numbering)
    numbers = lists.register(m)
    gathered = numbering not in {"bold", "italic"} and m.chance(0.7)
    order: list[tuple[Ask, int, str]] = []
    names = chapters(m, 3)
    n = 0
    for index, name in enumerate(names):
        m.chapter(name)
        m.background(high=4)
        share = count // 3 + (index < count % 3)
        if gathered:
            m.add(Heading("Recommendations", 2))
        if numbering in lists.UNDER_A_LEAD_IN:
            m.say(lists.lead_in(m, form) or "We recommend:", label=m.next_label())
        n = 0 if lists.by_chapter(m, numbering) else n
        for _ in range(share):
            n += 1
            one(m, form, numbering, n, numbers, order)
            if not gathered and numbering not in lists.UNDER_A_LEAD_IN:
                m.prose(m.some(1, 2))
    summed(m, numbering, order)


def in_boxes(m: Making, numbering: str, count: int) -> None:
    """Items in boxes in the chapters."""
    form = lists.form_for(m, numbering)
    numbers = lists.register(m)
    order: list[tuple[Ask, int, str]] = []
    n = 0
    for index, name in enumerate(chapters(m, 3)):
        m.chapter(name)
        share = count // 3 + (index < count % 3)
        n = 0 if lists.by_chapter(m, numbering) else n
        m.background(high=3)
        at = len(m.draft.blocks)
        if numbering in lists.UNDER_A_LEAD_IN:
            m.say(lists.lead_in(m, form) or "We recommend:")
        for _ in range(share):
            n += 1
            one(m, form, numbering, n, numbers, order)
        inside: list[Block] = m.draft.blocks[at:]
        del m.draft.blocks[at:]
        m.boxed(inside, "" if numbering in {"headed", "inline", "worded"} else m.rng.choice(("Recommendations", "We recommend", "Recommendations from this chapter")))  # fmt: skip
        m.prose(1)
    summed(m, numbering, order)


def one(m, form, numbering, n, numbers, order) -> None:  # type: ignore[no-untyped-def]
    """One item in a chapter, remembered for the summary."""
    if numbering == "nested":
        m.add(*lists.nested(m, n))
        return
    ask = m.voice.ask(form)
    m.add(*lists.item(m, ask, numbering, n, numbers=numbers))
    row = len(m.draft.rows) - 1
    order.append((ask, row, m.draft.rows[row].number or ""))


def summed(m: Making, numbering: str, order: list[tuple[Ask, int, str]]) -> None:
    """The same items once more as one list: at the front or at the end."""
    if not m.wish.doubles or not order:
        return
    blocks: list[Block] = [Heading(m.rng.choice(("Summary of recommendations", "List of recommendations", "Recommendations in full")), 1)]  # fmt: skip
    blocks += lists.in_summary(m, order, numbering)
    if m.chance(0.5):
        m.add(NewPage(), *blocks)
        return
    at = 1 + max((i for i, b in enumerate(m.draft.blocks[:4]) if isinstance(b, Cover | Contents)), default=1)  # fmt: skip
    m.draft.blocks[at:at] = blocks


def in_a_table(m: Making, numbering: str, count: int) -> None:
    for name in chapters(m, 2):
        m.chapter(name)
        m.background()
    m.chapter(m.rng.choice(("Recommendations", "Summary of recommendations", "Action required")))
    if m.chance(0.5):
        m.prose(1)
    form = m.rng.choice(("should", "imperative", "gerund", "need", "to"))
    if numbering not in {"plain", "letter-r", "register", "chaptered"}:
        numbering = "plain"
    grid = lists.table(m, form, count, numbering, m.wish.table)
    m.add(Turned([grid]) if "turned" in m.wish.damage else grid)
    if m.chance(0.5):
        m.rng.choice((matter.next_steps, matter.principles))(m)


def silent(m: Making) -> None:
    """A report that makes no recommendations of its own, but tells of those of others."""
    m.number_paragraphs = m.chance(0.5)
    m.front(title(m), "Independent Review Team", contents=m.chance(0.7))
    m.chapter("Summary")
    m.prose(2)
    m.say(m.rng.choice(("In view of the action already taken, no recommendations have been made.", "We make no recommendations.", "The review does not make recommendations of its own.")), label=m.next_label())  # fmt: skip
    for name in chapters(m, 2):
        m.chapter(name)
        m.background()
        m.earlier()
        m.prose(1)
    m.chapter("Recommendations made by others")
    m.earlier()
    m.prose(1)
    for part in m.rng.sample((matter.old_recommendations, matter.people_seen, matter.method), 2):
        part(m)
