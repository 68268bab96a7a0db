"""Replies in the forms that bodies give them, typeset when they are needed. All words are ours."""

from answerable.engine.replies import Asked

ASKED = (
    "Northmoor Police should record every report about a child within 24 hours and tell the family "
    "which officer holds the case.",
    "The force should publish each quarter how many reports were closed without a visit, with the "
    "reason for each.",
    "Northmoor Council and Northmoor Police should agree one protocol for sharing what each knows "
    "about a missing child.",
    "The Commissioner should pay for an independent advocate for every family that asks for one.",
    "Supervisors should review a sample of ten closed cases every month and write down what was "
    "learnt.",
    "The training given to new call handlers should include two days with the team that looks for "
    "missing people.",
    "The partnership should set up a panel of people who have been through this, and meet it four "
    "times a year.",
)
GIVEN = (
    "We accept this. Since March the control room system will not let a report be closed until the "
    "time of recording is entered, and a text message with a name goes out. A dip sample in May "
    "found two of sixty late.",
    "Accepted in part. Figures will be put on our website every six months from October, because "
    "the numbers in one quarter are so small that people could be recognised. Reasons will be "
    "given in groups.",
    "The draft went to both legal departments in April. It should be signed before the end of the "
    "year, and the joint team is already using the annexed checklist for handovers.",
    "This is a matter for the Commissioner, who has written that money has been set aside from next "
    "April for three advocates. We will refer families to them and count how often that happens.",
    "Agreed. Sergeants have done so since June. The forms are kept by the standards department, "
    "which reads across them and brings themes to the monthly performance meeting.",
    "We do not accept this. The course is full, and recorded interviews will be offered instead. "
    "We will look at its results after a year.",
    "Accepted. Eleven people have agreed to serve. The first meeting took place on 3 July and its "
    "notes are with the panel for correction before they are shared.",
)
NUMBERS = tuple(str(n) for n in range(1, 8))
QUESTIONS = tuple(Asked(n, n, words) for n, words in zip(NUMBERS, ASKED, strict=True))
PAIRS = tuple(zip(NUMBERS, ASKED, GIVEN, strict=True))
HEAD = """#set page(width: 210mm, height: 297mm, numbering: "1", header: [Reply of Northmoor Police])
#set text(size: 11pt)
= Reply to the review

We thank the reviewers for their work and for their patience with us. This paper sets out what we
will do about each of the things they asked, and who leads on it.

"""


def headed() -> str:
    """A heading, the recommendation in italics, a heading "Response", the answer."""
    return HEAD + "\n".join(
        f"== Recommendation {n}\n_{asked}_\n\n*Response*\n\n{given}\n" for n, asked, given in PAIRS
    )


def inline() -> str:
    """Labels inside the paragraphs."""
    return HEAD + "\n\n".join(
        f"*Recommendation {n}:* {asked}\n\n*Our response:* {given}" for n, asked, given in PAIRS
    )


def numbers_alone() -> str:
    """Nothing is quoted; "R1" stands over each answer."""
    return HEAD + "\n\n".join(f"*R{n}*\n\n{given}" for n, _, given in PAIRS)


def label_and_dash() -> str:
    """The label opens the paragraph of the answer."""
    return HEAD + "\n\n".join(f"Recommendation {n} -- {given}" for n, _, given in PAIRS)


def plain_list() -> str:
    """A numbered list of answers without the word."""
    return HEAD + "\n\n".join(f"{n}\\. {given}" for n, _, given in PAIRS)


def wide_table() -> str:
    """Number, recommendation, response, owner and date, the last row going on overleaf."""
    rows = ",".join(f"[{n}],[{a}],[{g}],[Head of Crime],[May 2026]" for n, a, g in PAIRS)
    heads = "[No.],[Recommendation],[Response],[Owner],[By]"
    return f"{HEAD}#table(columns: (1fr, 4fr, 5fr, 2fr, 2fr), {heads},{rows})"


def two_columns() -> str:
    """A table of two columns, the label in the cell of the recommendation."""
    rows = ",".join(f"[Recommendation {n}: {a}],[{g}]" for n, a, g in PAIRS)
    return f"{HEAD}#table(columns: (4fr, 5fr), [Recommendation],[Response],{rows})"


def listed_before() -> str:
    """All are listed first, then taken up again by number; an annex follows."""
    asked = "\n".join(f"+ {words}" for words in ASKED)
    given = "\n\n".join(f"*Recommendation {n}*\n\n{words}" for n, _, words in PAIRS)
    return (
        f"{HEAD}== What was asked\n{asked}\n== What we will do\n"
        f"We met in June and looked at what was already under way.\n\n{given}\n"
        "= Annex A: Abbreviations\nDCC is the Deputy Chief Constable."
    )


def with_a_summary() -> str:
    """A table of first sentences, then each in full."""
    rows = ",".join(f"[Recommendation {n}],[{g.split('.')[0]}]" for n, _, g in PAIRS)
    table = f"#table(columns: 2, [Recommendation],[Position],{rows})\n"
    return HEAD + table + headed().removeprefix(HEAD)


def one_reworded() -> str:
    """No numbers; the third recommendation is told in quite other words."""
    asked = list(ASKED)
    asked[2] = "That both bodies write down how they handle a runaway."
    return HEAD + "\n\n".join(
        f"*What was asked*\n\n_{a}_\n\n*The answer*\n\n{g}"
        for a, g in zip(asked, GIVEN, strict=True)
    )


def together() -> str:
    """Ranges and pairs under one heading."""
    one, two, three, four, _, six, seven = GIVEN
    return (
        f"{HEAD}== Recommendations 1 and 2\n{one}\n\n{two}\n== Recommendations 3 to 5\n{three}\n\n"
        f"{four}\n== Recommendation 6\n{six}\n== Recommendation 7\n{seven}"
    )


def by_theme() -> str:
    """One is answered by number, the rest under themes, without numbers or their words."""
    return (
        f"{HEAD}== Recommendation 1\n{GIVEN[0]}\n"
        f"== Openness\n{GIVEN[1]} Each quarter somebody reads the reports closed without a visit.\n"
        f"== Training\n{GIVEN[5]} New call handlers sit with the team for missing people.\n"
        f"== Listening\n{GIVEN[6]} The panel of people will be asked four times a year."
    )


def one_word() -> str:
    """Each quotation is followed by "Accepted" and nothing more."""
    return HEAD + "\n".join(f"== Recommendation {n}\n{a}\n\nAccepted\n" for n, a, _ in PAIRS)


FORMS = (
    headed,
    inline,
    numbers_alone,
    label_and_dash,
    plain_list,
    wide_table,
    two_columns,
    listed_before,
    with_a_summary,
    one_reworded,
)
