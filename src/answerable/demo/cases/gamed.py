"""How statuses get gamed, and what the record made of it.

One of the eight ways needs no act here: the warm words are in the replies (:mod:`.world.northmoor`).
"""

from answerable.assurance.actions.evidence import open_evidence
from answerable.assurance.models import Closure
from answerable.chasing.actions.chases import approve_chases, post_letter, prepare_chase
from answerable.chasing.actions.ladder import record_head
from answerable.chasing.models import Chase, Ladder, Step
from answerable.chasing.queries import ladder, owed
from answerable.demo.bodies import PARTNERSHIP
from answerable.demo.calendar import Part
from answerable.demo.cases.matter import POLICE, Matter
from answerable.demo.northmoor import Northmoor
from answerable.plan.actions.moves import approve_date, approve_owner, ask_date, ask_owner
from answerable.plan.actions.planned import complete_action
from answerable.plan.actions.services import add_milestone, meet_milestone
from answerable.plan.models import DateOf, Rung
from answerable.register.models import Relation

DEPUTY = "Deputy Chief Constable"
PROTECTION = "Head of Public Protection"


def output_for_outcome(northmoor: Northmoor) -> Part:
    """Everyone has been trained. Is it used? The claim is ready; the opinion is *partly*."""
    matter = Matter(northmoor, ("review", "r5"), POLICE)
    yield -385
    test = matter.propose(
        "records",
        "Plans for children, written by people who have taken the course, chosen by the office",
        "In at least 25 of 30 plans what the course teaches can be seen in what was done; and nobody "
        "in a team has waited longer than sixteen weeks for a place.",
        many=30,
        due=-150,
    )
    yield -383
    matter.agree(test, by="vera")
    yield -380
    course = matter.plan("A course four times a year", "Head of Learning", due=-200)
    yield -170
    complete_action(by=matter.lead, action=course, on=matter.day(-171))
    yield -160
    matter.claim(Rung.READY, "Delivered. All 214 people in the three teams have completed the new "
        "course.", DEPUTY)  # fmt: skip
    register = matter.file(
        "course-register-totals.csv",
        "team,in post,completed the course\nAshby Vale and Carrow,118,118\nEastmere,61,61\n"
        "Holt Fell,35,35\nall,214,214\n",
        shows="All 214 people in post have completed the course.",
        not_shows="Whether anything they do has changed.",
        grade="use",
    )
    yield -150
    matter.grade(register, "training", "It shows who was in the room. Nothing in it shows use.")
    sample = matter.commit(
        30,
        "The closing test says thirty.",
        "What the course teaches can be seen in what was done for the child",
        "The author had a place on the course within sixteen weeks",
    )
    yield -147
    matter.draw(sample, of=112)
    yield -141
    matter.record(sample, (11, 30), (28, 30))
    yield -140
    matter.sign(
        "partly",
        "The register of the course; thirty plans drawn from 112; a day of the course itself, which "
        "is good, and half of which survivors lead.",
        missing="Use. The training was delivered, and in 11 of 30 plans it can be seen. The test "
        "asks for 25.",
        recheck=30,
    )


def completed_and_kept(northmoor: Northmoor) -> Part:
    """Done, assured and closed a year ago. It is still on every list, and is looked at again."""
    matter = Matter(northmoor, ("inquiry", "3(b)"), POLICE)
    yield -412
    test = matter.propose(
        "policy_and_use",
        "The terms of the yearly examination, and the last report of whoever made it",
        "The examiner works in another department, chose the records, and reported to the Chief "
        "Constable; what was found was put right.",
        due=-380,
    )
    yield -410
    matter.agree(test, by="vera")
    yield -400
    matter.claim(Rung.READY, "The recording of reports has been examined by the audit department "
        "every spring since 2016.", DEPUTY)  # fmt: skip
    report = matter.file(
        "examination-of-recording-summary.txt",
        "Examination of recording, summary.\n\nRecords chosen by the examiner: 150.\n"
        "Recorded as the rules ask: 138. Put right since: 12 of 12.\n",
        shows="The examination was made by another department, and what it found was put right.",
        not_shows="Reports that never reached the department that was examined.",
        grade="sample",
    )
    yield -392
    matter.grade(report, "sample", "The examiner chose the records. I saw the list and the twelve.")
    matter.sign(
        "assured",
        "The terms of reference, the last two reports, and the twelve records that were put right.",
        recheck=12,
    )
    yield -390
    matter.close(
        Closure.How.ASSURED, "Seen by our verifier. We look again in a little over a year."
    )
    yield -380
    open_evidence(
        by=matter.who("petra"),
        evidence=report,
        because="A summary without any person in it, and the best answer to who checks.",
    )


def superseded(northmoor: Northmoor) -> Part:
    """Closed because something newer took its place. The newer one is as old as the first."""
    matter = Matter(northmoor, ("inquiry", "6"), POLICE)
    yield -396
    matter.link(
        ("review", "r4"),
        Relation.SUPERSEDES,
        "The Review asks for a procedure for the same intelligence, and says who must answer those "
        "who gave it. Its author wrote it to take the place of the Inquiry’s words.",
    )
    yield -394
    newer = northmoor.register["review", "r4"].reference
    matter.close(
        Closure.How.NOT_PURSUED,
        f"{newer} takes its place. Nothing is forgiven by that: {newer} is counted from the day on "
        "which this was first asked, and carries with it each date that was moved.",
    )


CLOSED_BY_DATE = "Complete. All actions due by 31 March have been closed by the programme board."


def closed_by_date(northmoor: Northmoor) -> Part:
    """Three claims in one sitting, in the same words. Each is looked at for itself."""
    items = (("review", "r9"), ("inquiry", "5(a)"), ("review", "r8"))
    matters = [Matter(northmoor, item, POLICE) for item in items]
    figures, homes, passing_on = matters
    yield -360
    tests = (
        figures.propose("records", "The figures as published, and forty records behind them",
            "The two agree in 38 of 40, and the share not known is printed.", many=40, due=-60),
        homes.propose("people", "The managers of eight children’s homes, chosen by the office",
            "Each has the agreement, and says how an absence was last dealt with.", due=-60),
        passing_on.propose("people", "Twelve hotels, ranks and schools in Eastmere and Carrow",
            "Nine of twelve can say how to pass something on, and what became of it.", due=-60),
    )  # fmt: skip
    yield -357
    for matter, test in zip(matters, tests, strict=True):
        matter.agree(test)
    yield -100
    for matter in matters:
        matter.claim(Rung.READY, CLOSED_BY_DATE, "Programme Manager")
    yield -99
    word = figures.statement(
        "Programme board highlight report",
        "The board noted that the action was complete and closed it.",
        shows="That the programme board closed the action.",
        not_shows="Any figures.",
        grade="policy",
    )
    agreements = homes.file(
        "agreements-with-homes.csv",
        "district,homes,agreement sent\nAshby Vale,3,3\nCarrow,5,5\nEastmere,5,5\nHolt Fell,1,1\n",
        shows="The agreement was sent to every home.",
        not_shows="Whether anyone there has read it.",
        grade="use",
    )
    yield -92
    figures.grade(word, "assertion", "It says that something was closed. It shows nothing.")
    homes.grade(agreements, "policy", "A list of letters sent. Nothing in it shows use.")
    yield -90
    _judge_closed_by_date(figures, homes)


def _judge_closed_by_date(figures: Matter, homes: Matter) -> None:
    figures.sign(
        "not_assured",
        "The highlight report. I looked for the figures on the Force’s site and in its yearly report.",
        missing="The figures. None have been published.",
        recheck=40,
    )
    homes.sign(
        "partly",
        "The list of letters; talks with managers, home by home.",
        missing="Most work by the agreement. Those who came to their homes after it was sent had "
        "never seen it.",
        recheck=40,
    )


def moved_dates_and_owners(northmoor: Northmoor) -> Part:
    """Twice moved, handed on once, and a third move asked for: the first date stays beside it all."""
    matter = Matter(northmoor, ("review", "r4"), POLICE)
    rosa = matter.who("rosa")
    yield -390
    test = matter.propose(
        "policy_and_use",
        "The procedure; and a piece of urgent information followed from receipt to the answer given",
        "Two sides. In eight of ten pieces followed, whoever gave it was told what was done.",
        many=10,
        due=20,
    )
    yield -388
    matter.agree(test, by="vera")
    yield -385
    procedure = matter.plan(
        "Procedure of two sides for urgent information",
        "Head of Intelligence",
        due=-310,
        words=("The review should lead to a procedure short enough to be read",),
    )
    read_by = add_milestone(
        by=matter.lead, action=procedure, title="Read and marked by twenty sergeants",
        due_on=matter.day(-330),
    )  # fmt: skip
    add_milestone(
        by=rosa, action=procedure, title="Shown to the public board", due_on=matter.day(40),
        date_of=DateOf.OVERSEER,
    )  # fmt: skip
    matter.claim(Rung.IN_PROGRESS, "A first draft is with the sergeants.", PROTECTION)
    yield -322
    meet_milestone(by=matter.lead, milestone=read_by, on=matter.day(-324))
    yield -316
    first = ask_date(by=matter.lead, thing=procedure, after=matter.day(-200),
        reason="The draft came back at eleven sides.")  # fmt: skip
    yield -313
    approve_date(by=rosa, move=first)
    yield -206
    second = ask_date(by=matter.lead, thing=procedure, after=matter.day(-60),
        reason="The Head of Intelligence has moved to another force.")  # fmt: skip
    yield -204
    approve_date(by=rosa, move=second)
    yield -180
    change = ask_owner(by=matter.lead, action=procedure, role="Head of Crime",
        reason="The post of Head of Intelligence is vacant and will not be filled.")  # fmt: skip
    yield -176
    approve_owner(by=rosa, change=change)
    yield -7
    ask_date(by=matter.lead, thing=procedure, after=matter.day(90),
        reason="A new records system arrives in the spring, and the procedure should fit it.")  # fmt: skip


def counts_that_drift(northmoor: Northmoor) -> Part:
    """A number in a claim is words. What has been answered, claimed and assured is counted here."""
    matter = Matter(northmoor, ("review", "r1"), POLICE)
    yield -385
    test = matter.propose(
        "policy_and_use",
        "The gap analysis, line by line against Appendix C; the plan that was made from it",
        "Each of the 214 has a line, and each line of the plan names the gap that it closes.",
        due=-120,
    )
    yield -383
    matter.agree(test)
    yield -380
    matter.plan("Gap analysis of every report since 2009", "Head of Change", due=-237)
    yield -95
    matter.claim(
        Rung.IN_PROGRESS,
        "The gap analysis is four fifths done. Nine of the eleven recommendations of the Harlow "
        "Review are now complete.",
        DEPUTY,
    )


def silence(northmoor: Northmoor) -> Part:
    """Asked in 2015 and never answered: a letter that the chair signed, and then a public notice."""
    rosa, cass = northmoor.people["rosa"], northmoor.people["cass"]
    yield -386
    record_head(
        by=rosa,
        body=northmoor.bodies[PARTNERSHIP],
        name="Gwen Tallis",
        post="Independent Chair",
        address="Harbour House, Carrow",
    )
    letter = _chase(northmoor, Step.LETTER)
    signed = approve_chases(by=cass, chases=[letter], seen={letter.pk: letter.version})
    yield -384
    post_letter(by=rosa, dispatch=signed)
    yield -362
    notice = _chase(northmoor, Step.NOTICE)
    approve_chases(by=rosa, chases=[notice], seen={notice.pk: notice.version})


def _chase(northmoor: Northmoor, step: Step) -> Chase:
    """Rosa prepares one step about the reply that the Partnership owes."""
    clock = northmoor.owed(("inquiry", "9(b)"), PARTNERSHIP).clock
    setting = ladder.step_of(Ladder.CLOCK, step)
    if setting is None or clock.due_on is None:
        raise LookupError(step)
    return prepare_chase(
        by=northmoor.people["rosa"],
        owed=owed.as_owed(clock, clock.due_on),
        setting=setting,
    )
