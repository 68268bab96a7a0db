"""What may be written into the chain: the verbs, as data, and refusals in words."""

from answerable.engine.lifecycles import Life

VERBS: dict[str, str] = {
    # accounts
    "body.added": "added the body {name}",
    "body.changed": "changed the details of {name}",
    "area.added": "added the area {area} to {name}",
    "area.changed": "changed the area {area} of {name}",
    "body.succeeded": "recorded that {name} was followed by {successor}",
    "person.invited": "invited a person as {roles}",
    "invitation.withdrawn": "withdrew an invitation",
    "person.added": "let this person in as {roles}",
    "person.joined": "joined",
    "person.changed": "changed their own details",
    "person.forgotten": "erased what was kept about a person",
    "person.unprotected": "removed the passkeys and codes of a person who lost them",
    "person.suspended": "closed a person's access",
    "person.restored": "opened a person's access again",
    "role.given": "gave the role of {role}",
    "role.ended": "ended the role of {role}",
    "security.pruned": "removed {count} lines from before {before} from the security log",
    # reports
    "report.logged": "logged this report",
    "report.changed": "changed {what} of this report",
    "document.received": "received {name}",
    "document.read": "read {name}: {what}",
    "document.retried": "asked for {name} to be read again",
    "document.parked": "put {name} aside: {because}",
    "document.opened": "chose {name} for the public record",
    "document.closed": "took {name} out of the public record",
    "candidate.decided": "decided on a candidate: {outcome}",
    "candidate.reopened": "took back a decision on a candidate",
    "notice.settled": "settled a warning about the reading",
    # register
    "recommendation.accepted": "entered {reference} in the register",
    "recommendation.imported": "entered {reference} in the register, from row {row} of a spreadsheet",
    "recommendation.corrected": "corrected a transcription error",
    "recommendation.withdrawn": "withdrew {reference}: it was entered in error",
    "register.imported": "brought {count} in from a spreadsheet",
    "undertaking.added": "recorded that {reference} is also addressed to {body}",
    "undertaking.passed": "passed {reference} to {body}, the successor",
    "response.logged": "entered the reply of {body}",
    "reply.read": "had a reply of {body} read against its report: {what}",
    "answer.decided": "decided on a proposed answer of {body}: {outcome}",
    "position.read": "read the reply of {body} as: {position}",
    "basis.adopted": "adopted the time limit {name}",
    "clock.started": "started the clock of {body}: {name}, due {due}",
    "clock.extended": "extended the time limit of {body} to {due}",
    "clock.paused": "paused the clock of {body} from {start}",
    "clock.resumed": "let the clock of {body} run again from {end}; due {due}",
    "clock.dated": "recorded the official date for {body}: {due}",
    "clock.stopped": "stopped the clock: the reply came on {on}",
    "link.signed": "signed that {later} {relation} {earlier}",
    "likeness.dismissed": "said that {later} is not like {earlier}",
    "dismissal.taken_back": "took back that {later} is not like {earlier}",
    "link.taken_back": "took back that {later} {relation} {earlier}",
    "objection.made": "said that, as they read it, {later} {reads} {earlier}",
    "objection.taken_back": "took back that, as they read it, {later} {reads} {earlier}",
    "outside_link.signed": "signed that {reference} {relation} {theirs} in the record of {office}",
    "outside_link.taken_back": "took back that {reference} {relation} {theirs} in the record of {office}",
    # plan
    "closing_test.proposed": "proposed closing test {version} for {reference}",
    "closing_test.agreed": "agreed to closing test {version} for {reference}, for {side}",
    "closing_test.refused": "refused closing test {version} for {reference}",
    "action.added": "added action {action} to the plan of {body}",
    "action.taken_over": "took {before} over from {body} as action {action}",
    "action.changed": "changed {what} of action {action}",
    "action.dated": "gave action {action} its first date: {due}",
    "action.done": "recorded that action {action} was done on {on}",
    "action.resumed": "took action {action} up again",
    "action.abandoned": "abandoned action {action}",
    "service.added": "said which words of {reference} action {action} serves",
    "service.taken_out": "said that action {action} no longer serves {reference}",
    "milestone.added": "added a milestone to action {action}, due {due}",
    "milestone.met": "recorded that a milestone of action {action} was met on {on}",
    "milestone.abandoned": "abandoned a milestone of action {action}",
    "dependency.added": "said what action {action} waits for",
    "dependency.met": "recorded that action {action} no longer waits for something",
    "dependency.taken_out": "took back what action {action} waits for",
    "date.asked": "asked to move the date of {what} from {before} to {after}",
    "date.moved": "approved a new date for {what}: {after} in place of {before}",
    "date.refused": "refused to move the date of {what} from {before} to {after}",
    "owner.asked": "asked to change the owner of action {action}",
    "owner.changed": "approved a new owner for action {action}",
    "owner.refused": "refused to change the owner of action {action}",
    "claim.made": "entered the claim of {body} on {reference}: {rung}",
    "claim.slipped": "entered that {body} reports {reference} has slipped back: {rung}",
    # assurance
    "evidence.added": "handed in evidence of {body} ({kind}, proposed as {grade})",
    "evidence.used": "offered evidence for {reference}",
    "evidence.taken_out": "took evidence for {reference} out",
    "evidence.graded": "graded evidence as {grade}; proposed was {proposed}",
    "evidence.opened": "chose evidence for the public record",
    "evidence.sealed": "took evidence out of the public record",
    "sample.committed": "committed to a sample of {size} for {reference}",
    "sample.drawn": "drew {drawn} of {population} records for {reference}",
    "sample.seen": "recorded what was seen in a sample for {reference}",
    "interest.declared": "declared an interest",
    "interest.ended": "recorded that an interest no longer holds",
    "opinion.signed": "signed an opinion on {reference} of {body}: {judgement}",
    "opinion.withdrawn": "withdrew an opinion on {reference} of {body}: {judgement}",
    "undertaking.closed": "closed {reference} of {body}: {how}",
    "undertaking.reopened": "opened {reference} of {body} again: {because}",
    # handover
    "handover.given": "handed the record of {body} over to {office}: {asked} recommendations",
    "handover.received": "took in the record of {body} from {office}: {asked} recommendations",
    # chasing
    "step.changed": "changed the {step} for {ladder}",
    "head.recorded": "recorded who heads {body}",
    "chase.prepared": "prepared the {step} about {reference} to {body}",
    "chase.changed": "changed the words of the {step} about {reference}",
    "chase.approved": "approved the {step} about {references} to {body}",
    "letter.signed": "signed the letter about {references} to the head of {body}",
    "letter.posted": "posted the letter about {references} to {body}",
    "chase.held": "held back the {step} about {reference} to {body}",
    "chase.stopped": "stopped the {step} about {reference}: {because}",
    "chase.sent": "sent the {step} about {references} to {body}",
    "chase.unsure": "cannot tell whether the {step} about {references} went to {body}",
    "chase.failed": "could not send the {step} about {references} to {body}",
    "chase.settled": "said of the {step} about {references} to {body}: {outcome}",
    "rhythm.chosen": "chose how often to hear what needs them",
    "calendar.renewed": "made a new address for their own calendar",
    # gaps
    "gaps.run": "ran the gap analysis {reference} of {scope}: {count} gaps",
    "theme.added": "added a theme; recommendations under it: {count}",
    "theme.changed": "changed what a theme is called",
    "theme.retired": "retired a theme",
    "theme.filled": "put recommendations under a theme: {count}",
    "draft_plan.made": "drafted the plan {draft} from {run}, for {count} gaps",
    "draft_plan.owned": "owns the draft plan {draft}",
    "draft_line.changed": "changed line {place} of the draft plan {draft}",
    "draft_line.left_out": "left line {place} out of the draft plan {draft}",
    "draft_line.taken": "took line {place} of {draft} into the plan of {body}, as {action}",
    "theme.emptied": "took recommendations out of a theme: {count}",
    # publishing
    "edition.proposed": "proposed edition {number}",
    "edition.refused": "sent the proposal for edition {number} back",
    "edition.published": "approved and published edition {number}",
    "edition.withdrawn": "withdrew the proposal for edition {number}",
    # operators
    "world.begun": "began to load the example world",
    "world.loaded": "loaded the example world",
    "backup.restored": "restored a backup made at event {seq}",
}
"""Every verb that an event may carry, and its sentence after the name of who did it."""


class Refused(Exception):
    """A rule refused an act. The message is a sentence for the person who tried."""

    def __init__(self, sentence: str, *, code: str = "refused") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


class NotTheirs(Refused):
    """The thing is not this person's to know of: a page answers 404, not 403."""


def check_step(life: Life, act: str, state: str, name: str = "") -> None:
    """Refuses ``act`` in ``state``, in the words of the table of steps."""
    refusal = life.refusal(act, state, name)
    if refusal is not None:
        raise Refused(refusal[0], code=refusal[1])


class _Blanks(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


def check_verb(verb: str) -> None:
    """Raises ValueError where ``verb`` is not one of :data:`VERBS`."""
    if verb not in VERBS:
        raise ValueError(f"“{verb}” is not among the verbs of the audit chain")


def sentence(verb: str, facts: dict[str, object]) -> str:
    """What was done, in words, to follow the name of who did it."""
    return VERBS.get(verb, verb).format_map(_Blanks(facts))
