"""Reports on one service or one case. HELD: readers are measured on these, never tuned on them."""

from tests.typeset import matter
from tests.typeset.making import Making
from tests.typeset.parts import Heading, NewPage, Panel, Para, Piece, Row
from tests.typeset.voice import Ask, capital


def safeguarding(m: Making) -> None:
    """A review of one case: learning points by theme, then recommendations to the partnership."""
    board = m.voice.bodies[-1][0]
    m.front(f"Safeguarding practice review: “{m.rng.choice('ABCDEFG')}”", board)
    for name in ("Circumstances of the review", "Family background", "Chronology"):
        m.chapter(name)
        m.prose(m.some(2, 3))
    m.chapter("Analysis and learning")
    for k, theme in enumerate(m.rng.sample(m.voice.subject.risks, 3), 1):
        m.add(Heading(f"Theme: {theme}", 2))
        m.prose(m.some(1, 2))
        text = m.voice.conclusion()
        row = m.draft.row(Row(text, (str(k), None), kind="learning_point", optional=True))
        m.boxed([Para([Piece(f"Learning point {k}: ", "bold"), Piece(text)], row=row)])
    m.chapter("Good practice")
    matter.strengths(m)
    m.chapter("Recommendations")
    m.say(f"The following recommendations are made to {board}:")
    headed = m.chance(0.5)
    for n in range(1, m.some(4, 8)):
        ask = m.voice.ask(m.rng.choice(("should", "imperative")))
        row = m.own(Ask(ask.text, ask.addressee or board, ask.due), str(n))
        if headed:
            m.add(Heading(f"Recommendation {n}", 3, row=row), Para([Piece(ask.text)]))
            if m.chance(0.4):
                m.say(f"Rationale: {m.voice.paragraph(1, loaded=False)}", face="italic")
        else:
            m.add(Para([Piece(f"Recommendation {n}: ", "bold"), Piece(ask.text)], row=row))
    if m.chance(0.5):
        m.say(f"The partnership should ask itself the following questions. {m.voice.paragraph(1)}")
    matter.glossary(m)


def prison(m: Making) -> None:
    """Key concerns and recommendations with paragraph references, in chapters and in section 6."""
    m.number_paragraphs = True
    m.number_chapters = True
    place = f"{m.voice.town} Establishment"
    m.front(f"Report on an unannounced inspection of {place}", "Inspectorate of Custody")
    order: list[tuple[Ask, int, str]] = []
    for name in ("Safety", "Respect", "Purposeful activity", "Rehabilitation and release"):
        m.chapter(name)
        m.prose(m.some(2, 4))
        m.add(Heading("Recommendations", 2))
        for _ in range(m.some(1, 3)):
            ask = m.voice.ask("should", dated=0, detail=0)
            label = m.next_label()
            row = m.own(ask, label)
            order.append((ask, row, label))
            m.add(
                Para([Piece(ask.text, "bold" if m.chance(0.9) else "roman")], label=label, row=row)
            )
        if m.chance(0.5):
            m.add(Heading("Good practice", 2))
            text = m.voice.strength()
            m.add(Para([Piece(text)], label=m.next_label(), row=m.other(text, "strength")))
    m.chapter("Summary of recommendations and good practice")
    m.say("The following is a listing of repeated and new recommendations and examples of good practice included in this report. The reference numbers at the end of each refer to the paragraph location in the main report.")  # fmt: skip
    m.add(Heading("Recommendations", 2), Heading(f"To the governor of {place}", 3))
    for ask, row, label in order:
        m.draft.rows[row].numbers += (m.next_label(),)
        at = m.draft.rows[row].numbers[-1]
        m.add(Para([Piece(f"{ask.text} ({label})")], label=at or "", row=row))


def coroner(m: Making) -> None:
    """A report to prevent future deaths: matters of concern, not called recommendations."""
    m.draft.look.chapter_on_new_page = False
    body, _ = m.voice.bodies[0]
    m.front(
        "Report to prevent future deaths",
        f"Coroner for {m.voice.town}",
        contents=False,
        cover=False,
    )
    m.say(f"THIS REPORT IS BEING SENT TO: the {m.voice.subject.heads[0]}, {body}")
    sections: list[tuple[str, str]] = [
        ("CORONER", "I am the senior coroner for the area."),
        (
            "CORONER’S LEGAL POWERS",
            "I make this report under paragraph 7 of Schedule 5 to the Act and the Regulations.",
        ),
        ("INVESTIGATION AND INQUEST", m.voice.paragraph(3, loaded=False)),
        ("CIRCUMSTANCES OF THE DEATH", m.voice.paragraph(5, loaded=False)),
    ]
    for n, (head, text) in enumerate(sections, 1):
        m.add(Heading(head, 3, str(n)))
        m.say(text)
    m.add(Heading("CORONER’S CONCERNS", 3, "5"))
    m.say("During the course of the inquest the evidence revealed matters giving rise to concern. In my opinion there is a risk that future deaths will occur unless action is taken. In the circumstances it is my statutory duty to report to you.")  # fmt: skip
    m.say("The MATTERS OF CONCERN are as follows.")
    for n in range(1, m.some(3, 5)):
        text = m.voice.conclusion()
        row = m.own(Ask(text, body, None), str(n), kind="cause_of_concern")
        m.add(Para([Piece(text)], label=f"({n})", row=row))
    m.add(Heading("ACTION SHOULD BE TAKEN", 3, "6"))
    m.say(f"In my opinion action should be taken to prevent future deaths and I believe {body} has the power to take such action.")  # fmt: skip
    m.add(Heading("YOUR RESPONSE", 3, "7"))
    m.say(f"You are under a duty to respond to this report within 56 days of the date of this report, namely by {m.some(1, 28)} May {m.voice.year}. I, the coroner, may extend the period.")  # fmt: skip
    m.say("Your response must contain details of action taken or proposed to be taken, setting out the timetable for action. Otherwise you must explain why no action is proposed.")  # fmt: skip


def ombudsman(m: Making) -> None:
    """A decision on a complaint: remedies to be done within one and three months."""
    m.draft.look.chapter_on_new_page = False
    body, short = m.voice.bodies[0]
    m.front(f"Decision on a complaint about {body}", "Public Services Ombudsman", contents=False, cover=False)  # fmt: skip
    n = 0
    for name in ("The complaint", "The law and our powers", "What I found", "Analysis"):
        m.add(Heading(name, 2))
        for _ in range(m.some(2, 4)):
            n += 1
            m.say(m.voice.paragraph(m.some(1, 3)), label=f"{n}.")
    m.add(Heading(m.rng.choice(("Agreed action", "Recommended action", "Recommendations")), 2))
    for period in ("within one month", "within three months"):
        n += 1
        m.say(f"{m.rng.choice(('To remedy the injustice', 'To put this right'))}, {period} of the date of my final decision {short} {m.rng.choice(('should', 'has agreed to', 'will'))}:", label=f"{n}.")  # fmt: skip
        lead = m.draft.blocks[-1]
        bullets: list[Para] = []
        for _ in range(m.some(2, 3)):
            ask = m.voice.ask("bare", dated=0)
            row = m.own(Ask(ask.text, body, period), None)
            bullets.append(Para([Piece(ask.text)], label=m.draft.look.bullet, indent=1, row=row))
        parts = tuple(b.row for b in bullets if b.row is not None)
        if isinstance(lead, Para):
            words = " ".join((lead.text, *(b.text for b in bullets)))
            lead.row = m.whole(words, body, parts, None, str(n))
        m.add(*bullets)
    n += 1
    text = f"{capital(short)} should provide us with evidence that it has complied with the above actions."  # fmt: skip
    m.say(text, label=f"{n}.", row=m.draft.row(Row(text, (str(n),), optional=True)))
    m.add(Heading("Final decision", 2))
    m.say(m.voice.conclusion(), label=f"{n + 1}.")


def actions(m: Making) -> None:
    """A short memorandum that ends in a list of actions with owners in bold."""
    m.draft.look.chapter_on_new_page = False
    m.front(f"After-action review: {m.rng.choice(m.voice.subject.risks)}", m.voice.bodies[0][0], contents=False, cover=False)  # fmt: skip
    for name in ("What was expected", "What happened", "What went well"):
        m.add(Heading(name, 2))
        for _ in range(m.some(2, 4)):
            m.say(m.voice.paragraph(1), label=m.draft.look.bullet)
    m.add(Heading(m.rng.choice(("Actions", "Recommended actions", "Action plan")), 2))
    for n in range(1, m.some(4, 9)):
        ask = m.voice.ask("imperative", dated=0, detail=0)
        who = f"{m.rng.choice(m.voice.subject.heads)}"
        due = m.voice.due()
        row = m.own(Ask(ask.text, who, due), str(n))
        m.draft.rows[row].wordings = (
            f"{ask.text} Owner: {who}. Due: {due}.",
            f"{who}: {ask.text} ({due})",
        )
        if n == 1:
            ends = m.chance(0.5)
        pieces = [Piece(f"{ask.text} "), Piece(f"Owner: {who}. Due: {due}.", "bold")] if ends else [Piece(f"{who}: ", "bold"), Piece(f"{ask.text} ({due})")]  # fmt: skip
        m.add(Para(pieces, label=f"{n}.", row=row))


def requirements(m: Making) -> None:
    """Requirements with a date each, and areas for improvement, between paragraphs of a service."""
    place = f"{m.voice.town} House"
    m.front(f"{place}: care service inspection", "Care Services Inspectorate", contents=False)
    number = {"Requirement": 0, "Area for improvement": 0}
    for name in (
        "How well do we support people’s wellbeing?",
        "How good is our leadership?",
        "How good is our setting?",
    ):
        m.add(Heading(name, 2))
        m.prose_plain(m.some(2, 4))
        for word, share in (("Requirement", 0.6), ("Area for improvement", 0.8)):
            if not m.chance(share):
                continue
            number[word] += 1
            requirement(m, word, number[word])
    if not any(number.values()):
        requirement(m, "Requirement", 1)
    m.add(NewPage(), Heading("What the service has done to meet requirements made at the last inspection", 1))  # fmt: skip
    ask = m.voice.ask("must", dated=0, detail=0)
    m.add(
        Heading("Requirement 1", 3), Para([Piece(ask.text)], row=m.other(ask.text, "status", "1"))
    )
    m.say("This requirement was made on 4 March. Action taken on previous requirement: staff have been trained. Met – within timescales.")  # fmt: skip


def requirement(m: Making, word: str, n: int) -> None:
    kind = "recommendation" if word == "Requirement" else "area_for_improvement"
    due = f"By {m.some(1, 28)} August {m.voice.year}"
    if word == "Requirement":
        verb, rest = m.voice.action()
        text = (
            f"{due}, the provider must {verb} {rest}. To do this, the provider must, at a minimum:"
        )
        clauses = m.voice.clauses(2)
        whole = " ".join([text, *clauses])
        blocks = [Para([Piece(text)])]
        blocks += [Para([Piece(clause + ";")], label=f"{mark})", indent=1) for clause, mark in zip(clauses, "ab", strict=True)]  # fmt: skip
        row = m.own(Ask(whole, "provider", due), str(n), kind=kind)
    else:
        ask = m.voice.ask("should", detail=0.6, dated=0)
        blocks = [Para([Piece(ask.text)])]
        row = m.own(ask, str(n), kind=kind)
    if m.chance(0.5):
        first = blocks[0]
        first.label, first.row = f"{n}.", row
        m.add(Panel([*blocks], f"{word}s", "rule"))
    else:
        m.add(Panel([Para([Piece(f"{word} {n}", "bold")], row=row), *blocks], "", "rule"))
