"""Reports as particular kinds of makers lay them out. Readers may be tuned on these."""

from tests.typeset import lists, matter
from tests.typeset.making import Making, reworded
from tests.typeset.parts import Block, Grid, Heading, NewPage, Panel, Para, Piece, Row
from tests.typeset.review import chapters
from tests.typeset.voice import Ask, capital
from tests.typeset.words import STATES


def inspectorate(m: Making) -> None:
    """Judgements, areas for improvement and causes of concern in boxes, with recommendations."""
    force = m.voice.bodies[0][0]
    m.front(f"{force}: an inspection of its effectiveness", "Inspectorate of Public Services")
    m.add(Heading("Overall summary", 1))
    m.prose_plain(2)
    for index, name in enumerate(chapters(m, 4)):
        m.chapter(name, number=False)
        m.say(m.rng.choice(("Requires improvement", "Adequate", "Good", "Inadequate")), face="bold")
        if index == 1:
            concern(m, force)
        elif m.chance(0.75):
            areas(m, force)
        m.add(Heading("Main findings", 2))
        m.prose(m.some(2, 4))
    matter.method(m)


def areas(m: Making, force: str) -> None:
    inside: list[Block] = []
    form = m.rng.choice(("should", "should", "noun"))
    single = m.chance(0.4)
    for _ in range(1 if single else m.some(2, 3)):
        ask = m.voice.ask(form, dated=0, detail=0)
        if form == "should":
            ask = Ask(
                f"{capital('the force')} should {ask.text.split(' should ', 1)[1]}", force, None
            )
        row = m.own(ask, None, kind="area_for_improvement")
        m.draft.rows[row].addressee = None
        inside.append(Para([Piece(ask.text)], label="" if single else m.draft.look.bullet, row=row))
    m.add(Panel(inside, "Area for improvement" if single else "Areas for improvement", m.rng.choice(("tint", "bar"))))  # fmt: skip


def concern(m: Making, force: str) -> None:
    """A cause of concern says what is wrong; what to do follows below it."""
    text = m.voice.conclusion()
    row = m.draft.row(Row(text, (None,), kind="cause_of_concern", optional=True))
    inside: list[Block] = [Para([Piece(text)], row=row)]
    inside.append(Para([Piece("Recommendations", "bold")]))
    opening = m.rng.choice((f"Within three months, {force} should:", f"By 31 March {m.voice.year + 1}, {force} should:", f"We recommend that {force} immediately:"))  # fmt: skip
    inside.append(Para([Piece(opening)]))
    for _ in range(m.some(2, 4)):
        ask = m.voice.ask("bare", dated=0)
        own = m.own(Ask(ask.text, force, opening.split(",")[0] if "," in opening else None), None)
        inside.append(Para([Piece(ask.text)], label=m.draft.look.bullet, row=own))
    parts = tuple(p.row for p in inside[3:] if isinstance(p, Para) and p.row is not None)
    words = " ".join(p.text for p in inside[2:] if isinstance(p, Para))
    inside[2] = Para([Piece(opening)], row=m.whole(words, force, parts))
    m.add(Panel(inside, "Cause of concern", "tint"))


def committee(m: Making) -> None:
    """Numbered paragraphs; conclusions bold, recommendations bold italic; both again in a list."""
    m.draft.look.head_look = "plain" if m.chance(0.3) else "bold"
    m.front(
        f"{capital(m.rng.choice(m.voice.subject.risks))}", "Select Committee on Public Services"
    )
    through = m.chance(0.6)
    order: list[tuple[str, int, str]] = []
    n = 0
    m.add(Heading("Summary", 1))
    m.prose_plain(2)
    for index, name in enumerate(chapters(m, 4), 1):
        m.add(NewPage() if m.chance(0.3) else Para([Piece(" ")]), Heading(name, 1, str(index)))
        n = n if through else 0
        for _ in range(m.some(5, 8)):
            n += 1
            text = m.voice.paragraph(m.some(2, 4))
            label = f"{n}." if through else f"{index}.{n}"
            pieces = [Piece(text + " ")]
            draw = m.rng.random()
            if draw < 0.3:
                said = m.voice.conclusion()
                order.append((said, m.other(said, "conclusion"), label.rstrip(".")))
                pieces.append(Piece(said, "bold"))
            elif draw < 0.6:
                ask = m.voice.ask(m.rng.choice(("recommend", "should", "must")))
                row = m.own(ask, None, label.rstrip("."))
                order.append((ask.text, row, label.rstrip(".")))
                pieces.append(Piece(ask.text, "bold-italic", row=row))
            m.add(Para(pieces, label=label))
    conclusions_and_recommendations(m, order)
    matter.people_seen(m)


def conclusions_and_recommendations(m: Making, order: list[tuple[str, int, str]]) -> None:
    """The list at the end: all in one sequence, told apart by their face only."""
    m.add(NewPage(), Heading("Conclusions and recommendations", 1))
    for n, (text, row, at) in enumerate(order, 1):
        truth = m.draft.rows[row]
        truth.numbers = (str(n), *truth.numbers) if truth.own else (str(n),)
        face = "italic" if truth.own else "roman"
        m.add(Para([Piece(text, face), Piece(f" (Paragraph {at})")], label=f"{n}.", row=row))  # type: ignore[arg-type]


def inquiry(m: Making) -> None:
    """A public inquiry: shaded boxes in the chapters, and all again in a summary."""
    m.front(f"The {m.voice.town} Inquiry", f"Report, Volume {m.some(1, 4)}")
    m.number_paragraphs = m.chance(0.7)
    summary_first = m.chance(0.5)
    at = len(m.draft.blocks)
    order: list[tuple[Ask, int, str]] = []
    n = 0
    for name in chapters(m, 4):
        m.chapter(name)
        m.background()
        for _ in range(m.some(1, 3)):
            n += 1
            ask = m.voice.ask(m.rng.choice(("should", "must", "recommend")), detail=0.5)
            row = m.own(ask, str(n))
            order.append((ask, row, str(n)))
            m.add(Panel([Para([Piece(ask.text)], row=row)], f"Recommendation {n}", m.rng.choice(("tint", "rule"))))  # fmt: skip
            m.prose(m.some(1, 2))
    blocks: list[Block] = [Heading("Summary of recommendations", 1)]
    blocks.append(Para([Piece(f"I make {m.count_in_words(n)} recommendations. They are set out below for ease of reference.")]))  # fmt: skip
    for ask, row, number in order:
        text = reworded(ask.text)
        m.draft.rows[row].wordings += (text,)
        blocks += [
            Para([Piece(f"Recommendation {number}", "bold")], row=row),
            Para([Piece(text)], indent=1),
        ]
    if summary_first:
        m.draft.blocks[at:at] = blocks
    else:
        m.add(NewPage(), *blocks)
    if m.chance(0.5):
        matter.principles(m)
    matter.glossary(m)


def accident(m: Making) -> None:
    """An accident investigator: numbered narrative, dated lead-ins, replies, register numbers."""
    m.draft.look.chapter_on_new_page = False
    m.number_paragraphs = True
    m.number_chapters = True
    body = m.voice.bodies[0][0]
    m.front(f"{capital(m.rng.choice(m.voice.subject.risks))} at {m.voice.town}, {m.voice.year - 1}", "Accident Investigation Office")  # fmt: skip
    for name in ("Executive summary", "Factual information", "Analysis"):
        m.chapter(name)
        m.background()
    m.chapter("Findings")
    for _ in range(m.some(3, 5)):
        text = m.voice.paragraph(1, loaded=False)
        m.add(Para([Piece(text)], label=m.next_label(), row=m.other(text, "finding")))
    m.chapter("Safety actions")
    m.say(m.voice.fill("{body} has since amended its instructions for {records} and has briefed {staff}."), label=m.next_label())  # fmt: skip
    m.chapter("Recommendations")
    m.prose(1)
    style = m.rng.choice(("register", "intent", "dated"))
    {"register": by_register, "intent": by_intent, "dated": by_date}[style](m, body)
    m.chapter("Key lessons")
    for _ in range(3):
        text = m.voice.principle()
        m.add(Para([Piece(text)], label=m.next_label(), row=m.other(text, "lesson")))


def by_register(m: Making, body: str) -> None:
    numbers = lists.register(m)
    for _ in range(m.some(3, 7)):
        number = next(numbers)
        ask = m.voice.ask("passive", detail=0.1)
        row = m.own(ask, number)
        if m.chance(0.5):
            m.add(
                Para([Piece(f"Safety Recommendation {number}", "bold")], row=row),
                Para([Piece(ask.text)]),
            )
        else:
            m.add(
                Para([Piece(f"Safety Recommendation {number}: ", "bold"), Piece(ask.text)], row=row)
            )


def by_intent(m: Making, body: str) -> None:
    """``1 The intent of this recommendation is …``: the aim first, in italics, then the text."""
    m.say("The following recommendations are made:", label=m.next_label())
    for n in range(1, m.some(3, 6)):
        ask = m.voice.ask("should", detail=0)
        aim = m.voice.fill(
            "The intent of this recommendation is to reduce the likelihood of {risk}."
        )
        row = m.own(ask, str(n))
        m.draft.rows[row].wordings = (f"{aim} {ask.text}",)
        m.add(
            Para([Piece(aim, "italic")], label=str(n), row=row), Para([Piece(ask.text)], indent=1)
        )


def by_date(m: Making, body: str) -> None:
    """``On 3 June the Office recommended that …``, each with its reply."""
    numbers = lists.register(m)
    day = f"{m.some(1, 28)} June {m.voice.year}"
    for _ in range(m.some(3, 6)):
        number = next(numbers)
        verb, rest = m.voice.action()
        text = f"On {day} the Office recommended that {body} {verb} {rest}."
        row = m.own(Ask(text, body, None), number)
        m.add(Para([Piece(f"{text} ({number})")], label=m.next_label(), row=row))
        reply = m.voice.fill("{body} replied that it accepts the recommendation and that it will brief {staff} and change {records} in the coming year.")  # fmt: skip
        m.say(f"On {m.some(1, 28)} August {m.voice.year} {reply}", label=m.next_label())


def auditor(m: Making) -> None:
    """An auditor: lettered recommendations by topic at the end of the summary, then the report."""
    m.number_paragraphs = True
    body = m.voice.bodies[0][0]
    m.front(f"{capital(m.rng.choice(m.voice.subject.services).removeprefix('the '))}: value for money", "Office of the Auditor")  # fmt: skip
    m.chapter("Summary")
    m.prose(2)
    m.add(Heading("Key findings", 2))
    for _ in range(m.some(3, 4)):
        text = m.voice.paragraph(2, loaded=False)
        m.add(Para([Piece(text.split(". ")[0] + ". ", "bold"), Piece(text.split(". ", 1)[-1])], label=m.next_label(), row=m.other(text, "finding")))  # fmt: skip
    m.add(Heading("Conclusion on value for money", 2))
    m.say(m.voice.conclusion(), label=m.next_label())
    m.add(Heading("Recommendations", 2))
    opening = m.rng.choice((f"On {m.rng.choice(m.voice.subject.risks)}, {body} should:", f"To build on the progress made, {body} should:", f"We recommend that {body} should:"))  # fmt: skip
    m.say(opening, label=m.next_label())
    for n in range(m.some(4, 8)):
        if n == 3 and m.chance(0.5):
            m.say(
                f"On {m.rng.choice(m.voice.subject.records)}, {body} should:", label=m.next_label()
            )
        ask = m.voice.ask("bare")
        letter = "abcdefgh"[n]
        label = (
            f"{letter}"
            if m.draft.look.labels == "hang" and m.wish.format == "pdf"
            else f"{letter})"
        )
        m.add(
            Para(
                [Piece(ask.text)],
                label=label,
                indent=1,
                row=m.own(Ask(ask.text, body, ask.due), letter),
            )
        )
    for name in chapters(m, 3):
        m.chapter(f"Part: {name}")
        m.background()
    matter.method(m)


def treaty(m: Making) -> None:
    """A list of what other states ask of one state: verbs, sources in brackets, chapter numbers."""
    state = m.rng.choice(STATES)
    m.draft.look.chapter_on_new_page = False
    m.front(
        f"Report of the Working Group: {state}", "Council of the Convention", cover=m.chance(0.5)
    )
    n = 0
    names = ("Introduction", "Presentation by the State under review", "Interactive dialogue")
    for name, letter in zip(names, ("I.", "A.", "B."), strict=True):
        m.add(Heading(name, 1, letter))
        for _ in range(m.some(4, 8)):
            n += 1
            speaker = m.rng.choice(STATES)
            text = m.rng.choice((f"{speaker} welcomed the progress made on {{risk}} and asked what was planned for {{people}}. It made recommendations.", f"{speaker} noted that {{records}} were kept and that {{staff}} should be trained. It recommended further steps.", "The delegation stated that {service} had been reformed in {year} and that {people} must be heard."))  # fmt: skip
            m.say(m.voice.fill(text), label=f"{n}.")
    m.add(Heading("Conclusions and/or recommendations", 1, "II."))
    for status in m.rng.sample(
        ("enjoy the support of", "will be examined by", "have been noted by"), m.some(1, 2)
    ):
        n += 1
        m.add(Para([Piece(f"The recommendations formulated during the interactive dialogue and listed below {status} {state}:", "bold")], label=f"{n}."))  # fmt: skip
        for k in range(1, m.some(9, 22)):
            ask = m.voice.ask("imperative", dated=0, detail=0)
            sources = ", ".join(
                sorted(m.rng.sample([s for s in STATES if s != state], m.some(1, 2)))
            )
            text = f"{ask.text.rstrip('.')} ({sources});"
            row = m.own(Ask(text, state, None), f"{n}.{k}")
            m.add(Para([Piece(text)], label=f"{n}.{k}", indent=1, row=row))
    m.say("All conclusions and/or recommendations contained in the present report reflect the position of the submitting States. They should not be construed as endorsed by the Working Group as a whole.", label=f"{n + 1}.")  # fmt: skip


def scrutiny(m: Making) -> None:
    """A council's scrutiny group: a table with lead and timescale."""
    m.front(f"Scrutiny review: {m.rng.choice(m.voice.subject.risks)}", "Overview and Scrutiny Committee", contents=m.chance(0.5), cover=m.chance(0.5))  # fmt: skip
    m.chapter("Purpose of the review")
    matter.terms_of_reference(m)
    for name in chapters(m, 2):
        m.chapter(name)
        m.background()
    m.chapter("Recommendations")
    m.say("The task group asks Cabinet to agree the recommendations in the table below.")
    form = m.rng.choice(("imperative", "that", "should"))
    rows: list[list[list[Para]]] = []
    for n in range(1, m.some(6, 13)):
        lead = m.rng.choice([*m.voice.subject.heads, m.voice.bodies[0][0]])
        ask = m.voice.ask(form, who=f"the {lead}" if lead in m.voice.subject.heads else lead)
        due = m.voice.due()
        text = f"That {ask.text}" if ask.text[0].islower() else ask.text
        row = m.own(Ask(text, lead, due), str(n), None)
        rows.append([[Para([Piece(f"{n}")])], [Para([Piece(text)], row=row)], [Para([Piece(lead)])], [Para([Piece(capital(due))])]])  # fmt: skip
    m.add(Grid(["", "Recommendation", "Lead", "Timescale"], rows, [0.4, 4, 1.5, 1.4], ruled=m.wish.table != "unruled", repeats=m.chance(0.7)))  # fmt: skip
    m.chapter("Financial and legal implications")
    m.prose(2)
    matter.people_seen(m)


def regulator(m: Making) -> None:
    """Actions that a provider MUST and SHOULD take, after its ratings and what it does well."""
    body = m.voice.bodies[0][0]
    m.front(f"{body}: inspection report", "Care and Safety Regulator", contents=m.chance(0.4))
    m.chapter("Overall summary", number=False)
    m.prose_plain(2)
    m.add(Heading("Our key findings", 2))
    for _ in range(m.some(4, 6)):
        text = m.voice.strength() if m.chance(0.5) else m.voice.paragraph(1)
        m.add(Para([Piece(text)], label=m.draft.look.bullet, row=m.other(text, "finding")))
    if m.chance(0.6):
        m.add(Heading("We saw several areas of outstanding practice", 2))
        for _ in range(2):
            text = m.voice.strength()
            m.add(Para([Piece(text)], label=m.draft.look.bullet, row=m.other(text, "strength")))
    m.add(Heading("Areas for improvement", 2))
    for word, form in (("MUST", "must-list"), ("SHOULD", "list")):
        m.add(
            Heading(f"Action the {m.rng.choice(('provider', 'service'))} {word} take to improve", 3)
        )
        if m.chance(0.5):
            m.say(f"{body} {word.lower()}:")
            spoken = "imperative"
        else:
            spoken = m.rng.choice(("must", "imperative")) if form == "must-list" else "should"
        for _ in range(m.some(3, 5)):
            ask = m.voice.ask(spoken, dated=0, detail=0)
            if spoken != "imperative":
                ask = Ask(
                    f"The provider {word.lower()} {ask.text.split(f' {spoken} ', 1)[1]}", None, None
                )
            end = " Regulation 12 (2)(a)." if form == "must-list" and m.chance(0.4) else ""
            row = m.own(Ask(ask.text + end, None, None), None)
            m.add(Para([Piece(ask.text + end)], label=m.draft.look.bullet, row=row))
    for name in ("Is it safe?", "Is it effective?", "Is it well led?"):
        m.add(Heading(name, 1))
        m.say(m.rng.choice(("Good", "Requires improvement", "Inadequate")), face="bold")
        m.prose_plain(m.some(2, 3))


def letter(m: Making) -> None:
    """A short inspection letter: what needs to improve, as bullets of nouns, among judgements."""
    place = m.voice.bodies[0][0]
    m.draft.look.chapter_on_new_page = False
    m.front(f"Inspection of {place}", "Inspectorate for Children and Learners", contents=False, cover=False)  # fmt: skip
    rows = [[[Para([Piece(j)])], [Para([Piece(m.rng.choice(("Good", "Outstanding", "Requires improvement to be good")))])]] for j in ("The impact of leaders", "The experiences of those who need help", "Overall effectiveness")]  # fmt: skip
    m.add(Grid(["Judgement", "Grade"], rows, [3, 2]))
    m.prose_plain(2)
    m.add(Heading("What needs to improve?", 2))
    for _ in range(m.some(2, 6)):
        ask = m.voice.ask("noun")
        m.add(Para([Piece(ask.text)], label=m.draft.look.bullet, row=m.own(ask, None)))
    if m.chance(0.4):
        matter.strengths(m)
    for name in ("The experiences of those who need help", "The impact of leaders"):
        m.add(Heading(name, 2))
        for n in range(1, m.some(3, 6)):
            m.say(m.voice.paragraph(m.some(2, 4)), label=f"{n}." if m.chance(0.9) else "")
