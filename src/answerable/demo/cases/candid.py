"""What the record makes of candour, of doubt, of time that passes, and of being asked again."""

from answerable.assurance.actions.interests import declare_interest
from answerable.assurance.models import Closure, Reopening
from answerable.demo.calendar import Part
from answerable.demo.cases.gamed import DEPUTY, PROTECTION
from answerable.demo.cases.matter import COUNCIL, POLICE, Matter
from answerable.demo.northmoor import Northmoor
from answerable.plan.actions.closing_tests import refuse_test
from answerable.plan.models import Rung
from answerable.register.models import Relation

DIRECTOR = "Director of Children’s Services"


def own_word(northmoor: Northmoor) -> Part:
    """Closed; then the body itself reports that it has slipped back. It is opened, to its credit."""
    matter = Matter(northmoor, ("inquiry", "4(a)(i)"), POLICE)
    yield -414
    test = matter.propose(
        "records",
        "Records of children who came back, in all four districts, chosen by the office",
        "In 36 of 40 the child was seen on the day, and alone.",
        many=40,
        due=-395,
    )
    yield -412
    matter.agree(test, by="vera")
    yield -402
    matter.claim(Rung.READY, "Every child is seen by a response officer on the day of return, and "
        "alone.", DEPUTY)  # fmt: skip
    sample = matter.commit(40, "The closing test says forty, ten from each district.",
        "The child was seen on the day of return", "The child was seen alone")  # fmt: skip
    yield -400
    matter.draw(sample, of=386)
    yield -394
    matter.record(sample, (38, 40), (37, 40))
    matter.sign("assured", "Forty records drawn from 386, ten from each district.", recheck=20)
    yield -391
    matter.close(Closure.How.ASSURED, "Seen on the day, and alone, in nearly all of forty records.")
    yield -75
    matter.claim(
        Rung.IN_PROGRESS,
        "Since the response teams in Eastmere were merged, about six in ten are seen on the day. We "
        "found this in our own weekly count.",
        PROTECTION,
        slipped=-90,
    )
    matter.reopen(Reopening.Because.OWN_WORD, "The Force itself reports that this has slipped back "
        "in Eastmere.", by="omar")  # fmt: skip


def void(northmoor: Northmoor) -> Part:
    """Assured; then one more file is handed in. The opinion no longer stands, the same minute."""
    matter = Matter(northmoor, ("review", "r7"), POLICE)
    yield -380
    test = matter.propose(
        "records",
        "Investigations begun in the last quarter, chosen by the office",
        "In 19 of 20 the supervisor’s check is written within seven days, and says what was missing.",
        many=20,
        due=-100,
    )
    yield -377
    matter.agree(test, by="vera")
    yield -120
    matter.claim(Rung.READY, "The check on day seven is made in every investigation.", PROTECTION)
    first = matter.file(
        "day-seven-checks-spring.csv",
        "district,investigations,checked by day 7\nAshby Vale,31,31\nCarrow,66,64\nEastmere,42,41\n"
        "Holt Fell,12,12\n",
        shows="In the spring 148 of 151 investigations were checked by day seven.",
        not_shows="What the checks say.",
        grade="use",
    )
    sample = matter.commit(20, "The closing test says twenty.",
        "The check was written within seven days", "It says what was missing")  # fmt: skip
    yield -117
    matter.draw(sample, of=151)
    yield -112
    matter.grade(first, "use", "The counts agree with the twenty records that I read.")
    matter.record(sample, (20, 20), (19, 20))
    yield -110
    matter.sign(
        "assured", "The counts of the spring, and twenty records drawn from 151.", recheck=70
    )
    yield -2
    matter.file(
        "day-seven-checks-autumn.csv",
        "district,investigations,checked by day 7\nAshby Vale,28,27\nCarrow,71,52\nEastmere,39,37\n"
        "Holt Fell,9,9\n",
        shows="In the autumn 125 of 147 investigations were checked by day seven.",
        not_shows="Why Carrow fell back.",
        grade="use",
    )


def verifiers_differ(northmoor: Northmoor) -> Part:
    """Two look at the same and see differently. Both opinions stand, and it cannot be closed."""
    matter = Matter(northmoor, ("inquiry", "9(a)"), POLICE)
    yield -408
    test = matter.propose(
        "watch",
        "How a newcomer to a specialist unit is given the first case, in two districts",
        "No newcomer holds a case before the course; who gives out cases knows who has taken it.",
        due=-130,
    )
    yield -406
    matter.agree(test, by="ivo")
    yield -150
    matter.claim(Rung.READY, "Nobody is given a case before the course. The system does not allow "
        "it.", PROTECTION)  # fmt: skip
    note = matter.statement(
        "How cases are given out",
        "Since the spring the case system offers a case only to people whose training is in date.",
        shows="The rule is built into the system.",
        not_shows="What happens when nobody whose training is in date is on duty.",
        grade="use",
    )
    yield -142
    matter.grade(note, "use", "I saw the system refuse, twice.")
    yield -140
    matter.sign("assured", "I watched cases being given out in Carrow for a day.", recheck=60)
    yield -133
    matter.sign(
        "partly",
        "I watched a night in Holt Fell, and read the cases of that week.",
        missing="At night there is one officer in Holt Fell. Cases were held under another’s "
        "name until the morning.",
        recheck=60,
        by="ivo",
    )


def expired(northmoor: Northmoor) -> Part:
    """Closed on an agreement that has since run out: opened by what the record itself shows."""
    matter = Matter(northmoor, ("inquiry", "7(a)"), COUNCIL)
    yield -400
    test = matter.propose(
        "people",
        "Those who reported, through the charity and only if they wish; the agreement that pays",
        "Nearly all had an advocate from the first week; the agreement has a year to run.",
        due=-290,
    )
    yield -397
    matter.agree(test, by="vera")
    yield -300
    matter.claim(Rung.READY, "There are five advocates, and nobody waits.", DIRECTOR)
    paid = matter.statement(
        "The agreement with the two charities",
        "The council and the Commissioner pay for five posts of advocate.",
        shows="Five posts are paid for.",
        not_shows="What happens when the agreement ends.",
        grade="policy",
        expires=(-20, "The agreement ends on this day."),
    )
    yield -288
    matter.grade(
        paid,
        "use",
        "The charity put me in touch with people who reported; nearly all had an advocate.",
    )
    matter.sign("assured", "The agreement; talks with people who reported, arranged by the charity.",
        recheck=45)  # fmt: skip
    yield -281
    matter.close(Closure.How.ASSURED, "Nearly everyone asked had an advocate from the first week.")
    yield -18
    matter.reopen(Reopening.Because.EVIDENCE_EXPIRED, "The agreement on which this was closed has "
        "ended. Nothing newer has been handed in.", by=None)  # fmt: skip


def asked_again(northmoor: Northmoor) -> Part:
    """Closed; then a watchdog asks for the same thing. A signed link opens it again."""
    matter = Matter(northmoor, ("inquiry", "3(a)"), POLICE)
    yield -413
    test = matter.propose(
        "records",
        "Reports from the public, chosen by the office",
        "In 28 of 30 the crime was recorded when it was reported.",
        many=30,
        due=-398,
    )
    yield -411
    matter.agree(test, by="vera")
    yield -404
    matter.claim(Rung.READY, "Every report is recorded on receipt.", DEPUTY)
    sample = matter.commit(30, "The closing test says thirty.",
        "The crime was recorded when it was reported")  # fmt: skip
    yield -401
    matter.draw(sample, of=240)
    yield -397
    matter.record(sample, (29, 30))
    matter.sign("assured", "Thirty reports from the public, drawn from 240.", recheck=15)
    yield -395
    matter.close(Closure.How.ASSURED, "Recorded on receipt in nearly all of thirty.")
    yield -45
    later = ("learning", "r3")
    matter.link(later, Relation.SAME, "The watchdog cites the Inquiry, and asks again for the same "
        "recording: what partner agencies report was never in our sample.")  # fmt: skip
    reference = northmoor.register[later].reference
    matter.reopen(Reopening.Because.ASKED_AGAIN, f"The Office for Police Standards asks for it again "
        f"in {reference}. We had looked at reports from the public only.", by="rosa")  # fmt: skip


def for_the_chair(northmoor: Northmoor) -> Part:
    """Done, and seen to be done: it waits for Cass to read the opinion and to close it."""
    matter = Matter(northmoor, ("inquiry", "4(b)(ii)"), COUNCIL)
    yield -120
    test = matter.propose(
        "records",
        "Conversations in which a child spoke of danger, chosen by the office",
        "In 27 of 30 what was said reached the police the same day.",
        many=30,
        due=-30,
    )
    yield -117
    matter.agree(test, by="vera")
    yield -40
    matter.claim(Rung.READY, "What a child says goes to the front door before six.", DIRECTOR)
    sample = matter.commit(30, "The closing test says thirty.",
        "What was said reached the police on the same day")  # fmt: skip
    yield -36
    matter.draw(sample, of=94)
    yield -16
    matter.record(sample, (30, 30))
    matter.sign("assured", "Thirty conversations drawn from 94, beside the police’s own log of the "
        "front door.", recheck=300)  # fmt: skip


def not_pursued(northmoor: Northmoor) -> Part:
    """Refused by the council, and let go by the Commissioner: with the reason, for all to read."""
    matter = Matter(northmoor, ("review", "r10"), COUNCIL)
    yield -210
    matter.close(
        Closure.How.NOT_PURSUED,
        "The council has refused twice, and no power of ours can make it ask. I have written to the "
        "Children’s Services Inspectorate, whose business it is. I still think the Review was right.",
    )


def other_ways(northmoor: Northmoor) -> Part:
    """The two last rungs of the ladder, each with the reason that is published."""
    vehicles = Matter(northmoor, ("inquiry", "5(b)"), COUNCIL)
    named = Matter(northmoor, ("inquiry", "4(a)(ii)"), POLICE)
    yield -250
    vehicles.claim(
        Rung.OTHER_MEANS,
        "Homes pass on what they see the same day, through the joint front door.",
        DIRECTOR,
        reason="A weekly list came too late to be of use. Homes now report at once, by telephone.",
    )
    yield -240
    named.claim(
        Rung.CANNOT,
        "A named officer cannot be kept for a child through a move of district.",
        PROTECTION,
        reason="Four districts share two teams. We would rather say so than promise what we cannot "
        "keep, and have asked for the money for a third.",
    )


def this_week(northmoor: Northmoor) -> Part:
    """What waits: a test to agree to, one that was refused, a claim with evidence to look at."""
    survivors = Matter(northmoor, ("learning", "r2"), POLICE)
    arrest = Matter(northmoor, ("learning", "r6"), POLICE)
    course = Matter(northmoor, ("learning", "r1"), POLICE)
    yield -12
    asked = survivors.propose(
        "people",
        "Those who helped to design the course, through the advocates and only if they wish",
        "Each says that they were prepared, paid, and not left alone with what came up.",
        due=60,
    )
    field_only = arrest.propose(
        "policy_and_use",
        "The mandatory field in the custody system",
        "The field is there.",
        due=30,
    )
    declare_interest(
        by=northmoor.people["ivo"],
        body=northmoor.bodies[COUNCIL],
        words="A member of my family works in the council’s legal department.",
    )
    yield -11
    survivors.agree(asked, by="vera")
    refuse_test(
        by=northmoor.people["vera"],
        test=field_only,
        reason="That shows that there is a field. I want to see thirty arrests, and what was decided.",
    )
    yield -5
    survivors.claim(Rung.READY, "Survivors lead two days of the five, prepared and paid.", DEPUTY)
    survivors.statement(
        "What the advocates say",
        "Both charities confirm that everyone who took part was prepared and paid on the day.",
        shows="Those who took part were prepared and paid.",
        not_shows="How it was for them afterwards.",
        grade="use",
        expires=(45, "It speaks of one year’s course."),
    )
    course.propose(
        "records",
        "The people now in role, and the day of their last course",
        "Nine in ten are in date, and the share is published each quarter.",
        many=50,
        due=90,
    )
