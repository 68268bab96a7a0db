"""Reports of further makers. HELD: readers are measured on these and never tuned on them."""

from tests.typeset import matter
from tests.typeset.making import Making
from tests.typeset.parts import Block, Grid, Heading, NewPage, Para, Piece
from tests.typeset.review import chapters
from tests.typeset.voice import Ask, capital


def accounts(m: Making) -> None:
    """A committee on spending: numbered conclusions in bold, each with its recommendation."""
    m.front(f"{capital(m.rng.choice(m.voice.subject.services))}", "Committee of Public Accounts")
    m.add(Heading("Summary", 1))
    m.prose_plain(2)
    m.add(Heading("Introduction", 1))
    m.prose_plain(1)
    m.add(NewPage(), Heading("Conclusions and recommendations", 1))
    split = m.chance(0.5)
    inline = m.chance(0.7)
    for n in range(1, m.some(5, 8)):
        said = m.voice.conclusion()
        head, _, rest = said.partition(". ")
        m.add(Para([Piece(head + ". ", "bold"), Piece(rest)], label=f"{n}.", row=m.other(said, "conclusion")))  # fmt: skip
        ask = m.voice.ask("should", detail=0.4)
        row = m.own(ask, f"{n}a" if split else None, str(n))
        opening = "Recommendation: " if inline else ""
        if not inline:
            m.add(Para([Piece("Recommendation", "italic")], indent=1))
        label = f"{'abc'[0]}." if split else ""
        m.draft.rows[row].numbers = (None, str(n), "a", f"{n}a", f"{n}(a)")
        m.add(Para([Piece(opening, "italic"), Piece(ask.text, "italic")], label=label, indent=1, row=row))  # fmt: skip
    n = 0
    for index, name in enumerate(chapters(m, 2), 1):
        m.add(NewPage(), Heading(name, 1, str(index)))
        for _ in range(m.some(4, 7)):
            n += 1
            m.add(Para([Piece(m.voice.paragraph(3), note=f"Q {m.some(3, 140)}" if m.chance(0.5) else None)], label=f"{n}."))  # fmt: skip
    matter.people_seen(m)


def commission(m: Making) -> None:
    """A royal commission: numbers by chapter with titles, sub-clauses, listed at the front too."""
    m.front(f"Commission into {m.rng.choice(m.voice.subject.risks)}", "Final report", contents=True)
    m.number_chapters = True
    at = len(m.draft.blocks)
    listed: list[Block] = [Heading("Recommendations", 1)]
    for name in chapters(m, 4):
        m.chapter(name)
        m.background(high=4)
        listed.append(Heading(f"Chapter {m.chapter_number}: {name}", 2))
        for n in range(1, m.some(2, 4)):
            number = f"{m.chapter_number}.{n}"
            printed = titled(m, number)
            m.boxed(printed)
            listed += printed
            m.prose(1)
    if m.chance(0.7):
        m.draft.blocks[at:at] = listed
    matter.glossary(m)


def titled(m: Making, number: str) -> list[Block]:
    """``Recommendation 4.3: a title``, the text, and sometimes clauses that belong to it."""
    ask = m.voice.ask("should", detail=0.4)
    title = capital(m.rng.choice(("A clear standard", "Better oversight", "Support for those affected", "A right to be heard", "Independent scrutiny")))  # fmt: skip
    row = m.own(ask, number)
    truth = m.draft.rows[row]
    head = m.rng.choice((": ", " – ")).join((f"Recommendation {number}", title))
    blocks: list[Block] = [Para([Piece(head, "bold")], row=row)]
    text = ask.text
    if m.chance(0.5):
        clauses = m.voice.clauses(3)
        text = text.split(". ")[0].rstrip(".") + ". This should provide for:"
        blocks.append(Para([Piece(text)]))
        blocks += [Para([Piece(clause + ";")], label=f"{letter}.", indent=1) for clause, letter in zip(clauses, "abc", strict=True)]  # fmt: skip
        text = " ".join([text, *clauses])
    else:
        blocks.append(Para([Piece(text)]))
    truth.text, truth.wordings = f"{title}. {text}", (text,)
    return blocks


def consultancy(m: Making) -> None:
    """Slides: few words, wide pages, actions on the last."""
    look = m.draft.look
    look.wide, look.columns, look.size, look.font = True, 1, 14, "Public Sans"
    look.head_sizes, look.margin = (24, 18, 15), 1.6
    m.front(f"{m.voice.town}: rapid diagnostic", "Strategy Partners", contents=False)
    for name in chapters(m, 4):
        m.add(NewPage(), Heading(name, 1))
        for _ in range(m.some(3, 4)):
            m.say(m.voice.paragraph(1), label=look.bullet)
    m.add(NewPage(), Heading(m.rng.choice(("Recommendations", "What we recommend", "Recommended actions")), 1))  # fmt: skip
    if m.chance(0.5):
        rows: list[list[list[Para]]] = []
        for n in range(1, m.some(4, 7)):
            ask = m.voice.ask("imperative", dated=0, detail=0)
            who, due = m.rng.choice(m.voice.bodies)[0], m.voice.due()
            row = m.own(Ask(ask.text, who, due), str(n))
            rows.append([[Para([Piece(str(n))])], [Para([Piece(ask.text)], row=row)], [Para([Piece(who)])], [Para([Piece(capital(due))])]])  # fmt: skip
        m.add(Grid(["#", "What", "Who", "When"], rows, [0.3, 4, 1.5, 1.3], ruled=m.chance(0.5)))
    else:
        for n in range(1, m.some(4, 6)):
            ask = m.voice.ask("imperative", dated=0, detail=0)
            m.add(Para([Piece(ask.text)], label=str(n), row=m.own(ask, str(n))))
    m.add(NewPage(), Heading("Next steps", 1))
    for text in (
        "Agree the plan with the board.",
        "Set up a weekly call.",
        "Report back in 100 days.",
    ):
        m.add(Para([Piece(text)], label=look.bullet, row=m.other(text, "next step")))


def agency(m: Making) -> None:
    """An audit of agencies: ``we are making the following four recommendations to …``."""
    m.front(f"{capital(m.rng.choice(m.voice.subject.risks))}: actions needed to improve oversight", "Accountability Office")  # fmt: skip
    for name in ("Background", *chapters(m, 2), "Conclusions"):
        m.add(Heading(name, 2))
        m.prose_plain(m.some(2, 4))
    m.add(Heading("Recommendations for Executive Action", 2))
    count = m.some(3, 8)
    whole = m.chance(0.6)
    body = m.voice.bodies[0][0]
    head = m.voice.subject.heads[0]
    if whole:
        m.say(f"We are making {m.count_in_words(count)} recommendations to {body}:")
    else:
        m.say(f"We recommend that the {head} take the following {m.count_in_words(count)} actions:")
    for n in range(1, count + 1):
        verb, rest = m.voice.action()
        text = f"The {head} should {verb} {rest}." if whole else f"{verb} {rest};"
        printed = f"{text} (Recommendation {n})" if whole else text
        row = m.own(Ask(text, head, None), str(n) if whole else None)
        m.draft.rows[row].wordings = (printed,)
        m.add(Para([Piece(printed)], label="" if whole else m.draft.look.bullet, row=row))
    m.add(Heading("Agency Comments and Our Evaluation", 2))
    m.say(f"We provided a draft of this report to {body} for review and comment. In its comments, {body} agreed with our recommendations and described steps that it should complete next year.")  # fmt: skip
    m.prose_plain(2)


def bulletin(m: Making) -> None:
    """A bulletin of figures and guidance: nothing is recommended, and it does not say so."""
    m.number_paragraphs = m.chance(0.5)
    m.front(f"{capital(m.rng.choice(m.voice.subject.risks))} in {m.voice.town}: statistics and commentary", "Statistics Office")  # fmt: skip
    for name in ("Main points", *chapters(m, 2)):
        m.chapter(name)
        m.prose(m.some(2, 4))
        m.rng.choice((m.numbers, m.figure, m.evidence))()
    m.chapter("Quality and methods")
    m.say("Users of these figures should note that:")
    for text in ("figures are provisional and may be revised", "areas must not be ranked on one year alone", "rates should be read with their confidence intervals"):  # fmt: skip
        m.add(Para([Piece(f"{text};")], label=m.draft.look.bullet, row=m.other(text, "guidance")))
    m.prose(2)


def tracker(m: Making) -> None:
    """A follow-up of an earlier report: each old recommendation in full, and what became of it."""
    year = m.voice.year - m.some(2, 5)
    m.front(f"Progress since {year}: {m.rng.choice(m.voice.subject.risks)}", "Independent Monitor")
    m.chapter("Introduction")
    m.say(f"In {year} we made recommendations to {m.voice.bodies[0][0]}. This report records what has been done about them. It makes no new recommendations.")  # fmt: skip
    m.prose(1)
    m.chapter(f"Progress on the {year} recommendations")
    for n in range(1, m.some(5, 8)):
        ask = m.voice.ask("should", dated=0)
        row = m.other(ask.text, "status", str(n))
        m.add(Heading(f"Recommendation {n}", 3), Para([Piece(ask.text, "italic")], row=row))
        m.say(f"Status: {m.rng.choice(('achieved', 'partly achieved', 'not achieved'))}. {m.voice.paragraph(2)}")  # fmt: skip
    m.chapter("Conclusion")
    m.say(m.voice.conclusion())


def numbered_r(m: Making) -> None:
    """``R1`` … in exhibits beside the text of an audit, and a table of them in the summary."""
    m.number_paragraphs = m.chance(0.7)
    body = m.voice.bodies[0][0]
    m.front(f"{capital(m.rng.choice(m.voice.subject.services).removeprefix('the '))} – {body}", "Audit Office", contents=True)  # fmt: skip
    m.chapter("Summary report")
    m.prose(2)
    at = len(m.draft.blocks)
    table: list[list[list[Para]]] = []
    n = 0
    for name in chapters(m, 3):
        m.chapter(name)
        m.background(high=3)
        for _ in range(m.some(1, 3)):
            n += 1
            ask = m.voice.ask("imperative" if n % 2 else "should", dated=0.3)
            row = m.own(Ask(ask.text, ask.addressee or body, ask.due), f"R{n}")
            table.append([[Para([Piece(f"R{n}")])], [Para([Piece(ask.text)], row=row)]])
            if m.chance(0.6):
                m.boxed([Para([Piece(ask.text)], label=f"R{n}", row=row, face_of_label="bold")])
            m.prose(1)
    m.draft.blocks[at:at] = [
        Para([Piece("Exhibit 1: recommendations", "bold")]),
        Grid(["", "Recommendations"], table, [0.4, 5], ruled=m.chance(0.6)),
    ]
    matter.method(m)
    matter.old_recommendations(m) if m.chance(0.5) else None
