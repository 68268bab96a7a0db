"""Front and back matter: what stands around the recommendations and looks like them."""

from tests.typeset.making import Making
from tests.typeset.parts import Grid, Heading, NewPage, Para, Piece, Turned
from tests.typeset.voice import MONTHS, capital
from tests.typeset.words import SURNAMES


def foreword(m: Making) -> None:
    """A letter of the chair, who hopes that it will all be done."""
    m.add(Heading(m.rng.choice(("Foreword", "Chair’s foreword", "Preface")), 1))
    m.prose_plain(2)
    m.say("I urge everyone who reads these pages to act on them. The recommendations that follow should be carried out in full and without delay.")  # fmt: skip
    m.say("Chair of the review", face="italic")


def covering_letter(m: Making) -> None:
    """A letter with which the report is handed over."""
    head = m.rng.choice(m.voice.subject.heads)
    m.say(f"To the {head}")
    m.say(f"Dear {head},")
    m.say(f"You asked me in {m.rng.choice(MONTHS)} to look into {m.rng.choice(m.voice.subject.risks)}. I enclose my report, which I recommend that you read as a whole. It should be published as soon as it has been laid, and its recommendations must not be allowed to gather dust.")  # fmt: skip
    m.prose_plain(1)
    m.say("Yours sincerely,")
    m.say(m.rng.choice(SURNAMES))


def digest(m: Making) -> None:
    """A summary that speaks of the recommendations without making them."""
    m.add(Heading(m.rng.choice(("Executive summary", "Summary", "At a glance")), 1))
    m.prose_plain(2)
    text = m.voice.fill("Our recommendations fall into three groups: those on {records}, those on the support of {staff}, and those on {risk}. Taken together they should lead to safer services for {people}, and they must be funded.")  # fmt: skip
    m.add(Para([Piece(text)], row=m.other(text, "digest")))


def terms_of_reference(m: Making) -> None:
    """A numbered list of what the review was told to do."""
    m.add(Heading("Terms of reference", 2))
    m.say("The review was asked:")
    asks = (
        "to examine how {records} have been kept since {year}",
        "to consider whether {staff} were adequately supported in dealing with {risk}",
        "to review the part played by {partner}",
        "to hear from {people} about their experience of {service}",
        "to make recommendations to prevent a recurrence",
    )
    for number, ask in enumerate(asks, 1):
        text = m.voice.fill(ask)
        m.add(Para([Piece(f"{text};")], label=f"{number}.", indent=1, row=m.other(text, "terms")))


def glossary(m: Making) -> None:
    m.add(Heading("Glossary", 1))
    words = [*m.voice.subject.records[:3], *m.voice.subject.risks[:2]]
    for word in sorted(words):
        text = m.voice.fill("A term for matters that concern {people} and that {staff} must record")
        m.add(Para([Piece(capital(word), "bold"), Piece(f"  {text}.")]))


def strengths(m: Making, first: int | None = None) -> None:
    """What is done well, as a list that looks like the one before it."""
    m.add(Heading(m.rng.choice(("Strengths", "What is working well", "Good practice")), 2))
    for n in range(m.some(3, 5)):
        text = m.voice.strength()
        label = m.draft.look.bullet if first is None else f"{first + n}."
        m.add(Para([Piece(text)], label=label, row=m.other(text, "strength")))


def principles(m: Making) -> None:
    m.add(
        Heading(
            m.rng.choice(("Our principles", "Guiding principles", "Principles for the future")), 2
        )
    )
    m.say("Whoever carries this work forward may wish to keep in mind:")
    for n in range(1, m.some(3, 5)):
        text = m.voice.principle()
        m.add(Para([Piece(text)], label=f"{n}.", row=m.other(text, "principle")))


def next_steps(m: Making) -> None:
    m.add(Heading("Next steps", 2))
    who, _ = m.voice.bodies[0]
    m.say(f"{who} is expected to respond to this report within 56 days. We will return in a year to see what has been done, and our findings will be published.")  # fmt: skip
    for text in (
        "We will write to everyone who gave evidence.",
        "The review team will be disbanded at the end of the month.",
        "Copies of this report can be obtained from the secretariat.",
    ):
        m.add(Para([Piece(text)], label=m.draft.look.bullet, row=m.other(text, "next step")))


def findings(m: Making, *, numbered: bool = True) -> None:
    """Numbered findings, which ask nothing."""
    m.add(Heading(m.rng.choice(("Findings", "Summary of findings", "Key findings")), 2))
    for n in range(1, m.some(3, 6)):
        text = m.voice.paragraph(m.some(1, 2), loaded=False)
        label = f"{n}." if numbered else m.draft.look.bullet
        m.add(Para([Piece(text)], label=label, row=m.other(text, "finding")))


def old_recommendations(m: Making) -> None:
    """An appendix: what became of an earlier review's recommendations, in a table."""
    year = m.voice.year - m.some(2, 6)
    m.add(NewPage())
    rows = []
    for number in range(1, m.some(4, 7)):
        ask = m.voice.ask("should", dated=0, detail=0)
        row = m.other(ask.text, "status", str(number))
        state = m.rng.choice(("Complete", "In progress", "Not started", "Superseded"))
        update = m.voice.paragraph(1, loaded=False)
        rows.append(
            [[Para([Piece(str(number))])], [Para([Piece(ask.text)], row=row)], [Para([Piece(state)])], [Para([Piece(update)])]]
        )  # fmt: skip
    grid = Grid(["No.", f"Recommendation ({year} report)", "Status", "Progress"], rows, [0.6, 4, 1.3, 4], ruled=m.chance(0.7))  # fmt: skip
    heading = Heading(f"Appendix {m.rng.choice('ABC')}: Progress against the recommendations of the {year} review", 1)  # fmt: skip
    if m.chance(0.5):
        m.add(Turned([heading, grid]))
    else:
        m.add(heading, grid)


def method(m: Making) -> None:
    """An appendix on how the work was done."""
    m.add(Heading("Appendix: How we carried out the review", 1))
    m.say("The fieldwork took place in three stages:")
    stages = (
        f"Stage 1 ({m.rng.choice(MONTHS)} {m.voice.year - 1}): a call for written evidence",
        m.voice.fill("Stage 2: visits to {service} and interviews with {staff}"),
        "Stage 3: drafting, checking for accuracy, and publication",
    )
    for n, stage in enumerate(stages, 1):
        m.add(Para([Piece(stage)], label=f"{n}.", indent=1))
    m.prose_plain(2)


def people_seen(m: Making) -> None:
    """An appendix that lists witnesses."""
    m.add(Heading("Appendix: Who gave evidence", 1))
    for name, _ in m.voice.bodies:
        m.add(Para([Piece(name)], label=m.draft.look.bullet))
    for partner in m.voice.subject.partners:
        m.add(Para([Piece(capital(partner))], label=m.draft.look.bullet))
