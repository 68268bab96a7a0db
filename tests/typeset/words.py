"""The vocabulary of invented reports: subjects, bodies, towns, and what may be asked of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """One field of public work, in the words that its reports use."""

    name: str
    bodies: tuple[tuple[str, str], ...]  # name, short name; {town} is filled in
    heads: tuple[str, ...]  # the office-holder at the top
    records: tuple[str, ...]
    staff: tuple[str, ...]
    people: tuple[str, ...]
    services: tuple[str, ...]
    events: tuple[str, ...]
    risks: tuple[str, ...]
    partners: tuple[str, ...]


SUBJECTS = (
    Subject(
        "policing",
        (("{town} Police", "the force"), ("{town} Police Authority", "the Authority"), ("College of Investigation", "the College"), ("{town} Community Safety Board", "the Board")),
        ("Chief Constable", "Commissioner"),
        ("crime reports", "missing person records", "custody logs", "intelligence entries", "domestic abuse risk assessments", "stop and search slips"),
        ("response officers", "detectives", "call handlers", "custody sergeants", "neighbourhood teams", "first-line supervisors"),
        ("victims", "witnesses", "children at risk of exploitation", "detained people", "repeat callers"),
        ("the control room", "the public protection unit", "the custody suite", "the crime management desk"),
        ("an arrest is made", "a case is closed", "a person is released", "a report is transferred"),
        ("domestic abuse", "online exploitation", "serious violence", "missing episodes", "corruption"),
        ("the probation service", "the council", "the prosecution service", "local schools"),
    ),
    Subject(
        "hospital care",
        (("{town} Hospitals Trust", "the Trust"), ("{town} Integrated Care Board", "the Board"), ("Office for Patient Safety", "the Office"), ("Department of Health and Care", "the Department")),
        ("Chief Executive", "Secretary of State", "Medical Director"),
        ("observation charts", "discharge summaries", "incident reports", "mortality reviews", "medicine charts", "waiting lists"),
        ("ward managers", "junior doctors", "midwives", "consultants", "bank staff", "pharmacists"),
        ("patients", "bereaved families", "carers", "people with a learning disability", "newborn babies"),
        ("the emergency department", "the maternity unit", "the theatre suite", "the discharge lounge"),
        ("a patient is transferred", "surgery begins", "a patient goes home", "a death is certified"),
        ("sepsis", "falls", "delayed diagnosis", "medication error", "infection"),
        ("the ambulance service", "general practices", "the coroner", "social care"),
    ),
    Subject(
        "fire and rescue",
        (("{town} Fire and Rescue Service", "the Service"), ("{town} Fire Authority", "the Authority"), ("Ministry for Building Safety", "the Ministry"), ("Institute of Fire Engineers of {town}", "the Institute")),
        ("Chief Fire Officer", "Minister"),
        ("premises records", "training logs", "hydrant checks", "risk cards", "debrief notes", "inspection certificates"),
        ("watch commanders", "control operators", "incident commanders", "fire safety inspectors", "on-call crews"),
        ("residents of tall buildings", "disabled residents", "firefighters", "callers in danger"),
        ("the control centre", "the protection team", "the training school", "the operational support unit"),
        ("an appliance is sent", "a building is occupied", "an evacuation is ordered", "a shift ends"),
        ("external wall fires", "smoke spread", "communication failure", "fatigue"),
        ("housing providers", "the ambulance service", "building control", "the police"),
    ),
    Subject(
        "rail safety",
        (("{town} Rail", "the operator"), ("Network Operations Limited", "the infrastructure manager"), ("Rail Standards Council", "the Council"), ("Office of Transport Safety", "the Office")),
        ("Chief Executive", "Director of Safety"),
        ("track inspection reports", "signal test sheets", "wheel-set records", "driver rosters", "maintenance backlogs", "route cards"),
        ("signallers", "train drivers", "track workers", "maintenance planners", "controllers"),
        ("passengers", "track workers", "level crossing users", "train crew"),
        ("the signalling centre", "the rolling stock depot", "the route control", "the possession planning office"),
        ("a train enters a single line", "work on the track begins", "a vehicle returns to service", "a signal is passed"),
        ("derailment", "signals passed at danger", "overspeed", "fatigue", "trespass"),
        ("the rolling stock owner", "the regulator", "the manufacturer", "trade unions"),
    ),
    Subject(
        "schools",
        (("{town} Council", "the council"), ("{town} Learning Trust", "the trust"), ("Department for Schools", "the Department"), ("{town} Safeguarding Partnership", "the partnership")),
        ("Director of Education", "Minister", "Headteacher"),
        ("attendance registers", "education plans", "exclusion letters", "admission files", "case notes"),
        ("teachers", "social workers", "teaching assistants", "designated leads", "personal advisers"),
        ("pupils", "children in care", "young carers", "care leavers", "children who are missing education"),
        ("the admissions team", "the virtual school", "the front door service", "the inclusion service"),
        ("a child is excluded", "a placement ends", "a plan is closed", "a referral is declined"),
        ("neglect", "persistent absence", "bullying", "unregistered schooling"),
        ("health visitors", "the police", "parents", "voluntary groups"),
    ),
    Subject(
        "housing",
        (("{town} Homes", "the landlord"), ("{town} District Council", "the council"), ("Housing Standards Agency", "the Agency"), ("Ministry of Homes", "the Ministry")),
        ("Chief Executive", "Minister of Homes"),
        ("repair logs", "damp surveys", "complaint files", "gas certificates", "tenancy files", "allocation lists"),
        ("repairs operatives", "housing officers", "surveyors", "contact centre staff", "contract managers"),
        ("tenants", "leaseholders", "households in temporary accommodation", "rough sleepers"),
        ("the repairs service", "the lettings team", "the complaints team", "the homelessness service"),
        ("a repair is closed", "a home is let", "a notice is served", "a contractor is paid"),
        ("damp and mould", "fire doors", "overcrowding", "eviction"),
        ("contractors", "the fire service", "tenant panels", "public health"),
    ),
    Subject(
        "courts",
        (("{town} Courts Service", "the Courts Service"), ("Ministry of Law", "the Ministry"), ("Prosecution Authority", "the Authority"), ("Legal Aid Board", "the Board")),
        ("Attorney General", "Minister of Law", "Director of Prosecutions"),
        ("listing sheets", "disclosure schedules", "bail records", "transcripts", "case files"),
        ("listing officers", "prosecutors", "court clerks", "interpreters", "case progression officers"),
        ("complainants", "witnesses", "defendants", "jurors", "unrepresented parties"),
        ("the listing office", "the witness service", "the digital case system", "the appeals unit"),
        ("a trial is listed", "a plea is entered", "a sentence is passed", "evidence is served"),
        ("delay", "non-disclosure", "ineffective trials", "wrongful conviction"),
        ("defence lawyers", "the police", "the probation service", "the judiciary"),
    ),
    Subject(
        "public money",
        (("Department of Revenue", "the Department"), ("{town} Regional Fund", "the Fund"), ("Office of the Treasurer", "the Treasury"), ("Grants Agency", "the Agency")),
        ("Permanent Secretary", "Comptroller", "Accounting Officer"),
        ("grant files", "risk registers", "business cases", "procurement records", "benefit statements", "debt ledgers"),
        ("grant managers", "programme boards", "finance officers", "commercial teams", "internal auditors"),
        ("taxpayers", "claimants", "small businesses", "grant recipients"),
        ("the counter-fraud unit", "the contract office", "the grants portal", "the finance system"),
        ("a grant is paid", "a contract is extended", "a programme is approved", "a debt is written off"),
        ("fraud and error", "cost overruns", "legacy systems", "conflicts of interest"),
        ("other departments", "suppliers", "local government", "the audit committee"),
    ),
)  # fmt: skip

TOWNS = (
    "Ashmere", "Branlow", "Calderwick", "Dunmoor", "Eastrey", "Fenholt", "Garsby", "Holmeden", "Inverlea", "Kelbrough",
    "Larkham", "Mossford", "Netherby Vale", "Oxmarsh", "Penmarch", "Quarrydale", "Ravensey", "Stonebeck", "Thornwick", "Ulverdale",
    "Westering", "Yarrowby",
)  # fmt: skip

SURNAMES = (
    "Adeyemi", "Barraclough", "Chaudhry", "Devlin", "Eastwell", "Farrant", "Gough", "Hathersage", "Iqbal", "Jessop",
    "Kowalska", "Lindqvist", "Marlowe", "Nwosu", "Ormerod", "Pemberton", "Rasool", "Sandiford", "Tregear", "Whitlock",
)  # fmt: skip

STATES = (
    "Aldenia", "Borvania", "Castrel", "Dorvik", "Elmark", "Fendaria", "Gastovia", "Halvern", "Istrel-Vale", "Jorland",
    "Kestova", "Lumeria", "Morvenia", "Nordhal", "Ostravel Republic", "Pallantia", "Quenbar", "Rostland", "Sarnovia", "Tolmark",
)  # fmt: skip

# What may be asked: the verb by itself, then the rest. Slots are filled from the subject.
ACTIONS: tuple[tuple[str, str], ...] = (
    ("review", "how {records} are checked before {event}"),
    ("publish", "a plain account of how {records} have been used, and of what was learned from {risk}"),
    ("introduce", "a single standard for {records} that all {staff} can follow"),
    ("ensure", "that {staff} have the time, the training and the supervision to deal with {risk}"),
    ("ensure", "that no decision about {people} is taken without the views of {people2} being written down"),
    ("appoint", "a senior leader who answers for {service} and who has the authority to stop unsafe work"),
    ("provide", "{people} with one named contact from the first day until the matter is closed"),
    ("test", "at least twice a year whether {staff} recognise {risk} when it is described to them"),
    ("replace", "the paper forms on which {service} depends with a system that records who changed what, and when"),
    ("agree", "with {partner} a written protocol for sharing {records} at night and at weekends"),
    ("set out", "the circumstances in which {staff} may depart from the guidance on {risk}"),
    ("carry out", "a full audit of {records} over the last three years and act on what it shows"),
    ("strengthen", "the oversight of {service} by a board on which {people} are represented"),
    ("require", "every one of the {staff} to complete refresher training on {risk} before returning to duty"),
    ("develop", "with {partner} a workforce plan that closes the gap in {staff}"),
    ("commission", "an independent evaluation of {service}, including the experience of {people}"),
    ("establish", "a small team of analysts to look for patterns of {risk} across {records}"),
    ("amend", "the standing instructions so that {records} are signed by a supervisor before {event}"),
    ("remove", "the targets that lead {staff} to close {records} early"),
    ("consult", "{people} and {partner} on what good support would look like and adopt their definition"),
    ("monitor", "the time that {people} wait for {service} and report the longest waits by name of site"),
    ("write", "to all {people} who were affected by {risk} to explain what happened and to apologise"),
    ("invest", "in {service} so that it can meet the demand that is expected over the next ten years"),
    ("make", "arrangements for {people} to obtain copies of their own {records} free of charge"),
    ("complete", "the overdue work on {records} and tell {partner} when it is finished"),
    ("adopt", "the national definition of {risk} and withdraw local variations of it"),
    ("improve", "the quality and the consistency of {records}, beginning with those that concern {people}"),
    ("bring", "together {partner} and {partner2} to settle who leads when {risk} crosses boundaries"),
    ("satisfy", "itself that {staff} who work alone can call for help from {service} at any hour"),
    ("restore", "the weekly meeting at which {staff} and {partner} discussed {people} who caused concern"),
    ("collect", "and use information on the ethnicity, age and disability of {people} who come to {service}"),
    ("end", "the practice of leaving {records} unread until {event}"),
    ("draw up", "a schedule of the equipment in {service} that is past its expected life"),
    ("give", "{staff} direct access to legal advice when {risk} is suspected"),
    ("extend", "the pilot scheme for {people} to all sites, with funding for at least three years"),
    ("revise", "the contract for {service} so that payment depends on what {people} say of it"),
    ("simplify", "the forms that {people} must complete, and offer them in the languages that they use"),
    ("separate", "the handling of complaints from {service} so that nobody investigates a colleague"),
    ("calculate", "the true cost of {risk}, including the cost to {partner}, and publish the method"),
    ("install", "an alarm that warns {staff} when two conflicting entries are made in {records}"),
    ("reduce", "the number of times that {people} have to repeat their account to {staff}"),
    ("clarify", "in the scheme of delegation which decisions about {risk} are reserved to the board"),
    ("recruit", "enough {staff} to fill every vacancy in {service} and keep an up-to-date reserve list"),
    ("share", "the lessons of this case with {partner}, using an anonymised account agreed with {people}"),
    ("seek", "assurance from {partner} that {records} are complete before {event}"),
    ("keep", "a register of every occasion on which {service} was closed or restricted, with the reason"),
    ("update", "the risk assessment for {service} whenever {risk} is reported"),
    ("introduce", "unannounced visits to {service} by people who do not work for {partner}"),
    ("ensure", "that agency workers receive the same induction as permanent {staff} before they see {people}"),
    ("prepare", "a plan for the failure of the computer systems that hold {records}"),
    ("confirm", "in writing that the interim measures on {risk} will stay in force until permanent ones are proved"),
    ("examine", "why so few {people} complain, and whether {staff} discourage them"),
    ("offer", "{people} a choice of when and where they meet {staff}"),
    ("measure", "the effect of training on the behaviour of {staff}, not only the number who attended"),
    ("align", "its budget for {risk} with that of {partner} and report jointly on the spending"),
)  # fmt: skip

TAILS = (
    "", "", "", "", ", and report the outcome to its board in public", ", taking account of the evidence in this report",
    ", with particular regard to those who are least able to speak for themselves",
    ", and keep the arrangement under yearly review", ", so that the failings we describe are not repeated",
    " in consultation with the trade unions", ", drawing on the experience of other areas", ", and set aside the money that this requires",
)  # fmt: skip

DETAILS = (
    "This should include clear dates, named owners and a way for {people} to see what has been done.",
    "Particular attention should be given to {people} whose first language is not that of the {records}.",
    "Progress should be reported to the board every quarter until the work is complete.",
    "In doing so it must have regard to the limited time that {staff} have for anything but {risk}.",
    "The work needs to begin with {service}, where the weaknesses were most severe.",
    "Where this cannot be done, the reasons should be recorded and shared with {partner}.",
    "The arrangements must be tested with {partner} before they are relied upon.",
    "It will require changes to the way in which {records} are stored and searched.",
)  # fmt: skip

SUBCLAUSES = (
    "a clear statement of who is responsible for {records}",
    "the training that {staff} need before {event}",
    "regular feedback from {people}",
    "how {partner} will be told of {risk}",
    "a minimum standard of supervision for {staff}",
    "the steps to be taken if {service} is not available",
    "independent checks on a sample of {records}",
    "arrangements for {people} who need an interpreter",
)  # fmt: skip

NOUN_PHRASES = (
    "The quality and timeliness of {records}.",
    "The consistency with which {staff} respond to {risk}.",
    "The oversight of {service} by senior leaders.",
    "How well {people} are told about decisions that affect them.",
    "The effectiveness of joint work with {partner} when {risk} is suspected.",
    "The use that {staff} make of the history in {records}.",
    "Management grip on drift and delay in {service}.",
    "The availability of {service} outside office hours for {people}.",
    "The accuracy of information on {risk} that leaders use to plan.",
    "The proportion of {staff} who have completed mandatory training.",
    "Supervision of {staff}, so that it is regular, reflective and recorded.",
    "The speed with which {people} who go missing or who miss appointments are followed up.",
)  # fmt: skip

STRENGTHS = (
    "Leaders know {service} well and speak openly about what needs to change.",
    "{Staff} build strong relationships with {people} and know them well.",
    "The approach to {risk} is thoughtful and is valued by {partner}.",
    "{Records} are stored securely and can be found quickly.",
    "Joint work with {partner} is mature and has led to faster help for {people}.",
    "Recruitment of {staff} has improved and sickness absence is low.",
    "{People} speak warmly of the support that they receive from {service}.",
    "Training on {risk} is well attended and rated highly by {staff}.",
)  # fmt: skip

PRINCIPLES = (
    "People come first: {people} are told the truth, early and in plain words.",
    "Decisions about {risk} are taken at the lowest level that is competent to take them.",
    "{Records} belong to those whom they describe.",
    "{Partner} and public bodies share what they know unless there is a good reason not to.",
    "Learning matters more than blame, but blame is not excluded.",
    "Independent checking is welcomed, not endured.",
)  # fmt: skip

FACTS = (
    "In the year to March {year}, {number} {records} were sampled, of which {percent} per cent were complete.",
    "We interviewed {small} {staff} and held {few} meetings with {people} in {town}.",
    "{Staff} told us that {service} had been short of people since {year}.",
    "The number of {people} who came to {service} rose from {number} in {year} to {number2} two years later.",
    "We found that {records} were often completed after the event, and sometimes by people who had not been present.",
    "{Partner} described the relationship as courteous but distant.",
    "The board was told about {risk} in {month} {year}, but the minutes record no discussion.",
    "There was good evidence that {staff} cared about {people}, and we saw many acts of kindness.",
    "In {few} of the {small} cases that we examined, {event} before anyone had read the {records}.",
    "The policy on {risk} was last revised in {year} and refers to a structure that no longer exists.",
    "Several {people} described waiting for weeks without hearing from {service}.",
    "A similar picture emerges from the survey, to which {number} people replied.",
    "The budget for {service} fell by {percent} per cent in real terms between {year} and {year2}.",
    "By the time of our visit most of the {staff} had been in post for less than a year.",
    "This is not a criticism of individual {staff}, who were working under sustained pressure.",
    "We heard evidence from {partner} on {day} {month} {year}.",
    "The chronology at Appendix A shows what was known about {risk} and when.",
    "Only {percent} per cent of {staff} had completed the course at the time of the fieldwork.",
    "The minutes of the meeting of {day} {month} {year} are brief and unsigned.",
    "Figures supplied by {partner} do not agree with those that {service} reports.",
    "A new team was set up in {month} {year} with a budget that was never confirmed.",
    "The two inspectors visited {service} on {day} {month} {year} without giving notice.",
    "It was said more than once that {risk} was somebody else’s business.",
    "The contract with {partner} ended in {year2} and was renewed twice for short periods.",
    "Of the {number} complaints received, {small} concerned {risk} and {few} were upheld.",
    "{People} and their families were generous with their time, and this account owes much to them.",
    "A chart on the wall of {service} still showed the figures for {year}.",
    "Emails between {partner} and {staff} show growing frustration through the summer of {year}.",
    "The average time from referral to decision was {small} days, against a national average of {few} weeks.",
    "Sickness absence among {staff} reached {percent} per cent in {month} {year}.",
    "At night, one person covers {service} for the whole of {town}.",
    "The first warning came in a letter from {partner} dated {day} {month} {year}.",
    "Training on {risk} is offered online and takes about an hour.",
    "{body} was formed in {year} from three smaller organisations, each with its own computer system.",
    "None of the {small} {staff} we spoke to could describe the escalation procedure.",
    "The register listed {number} entries, of which {small} were duplicates.",
    "Visits were made to {few} comparable areas, two of them abroad.",
    "What follows is drawn from interviews, documents and our own observation.",
    "Since then {body} has published its accounts on time and has closed its deficit.",
    "{Staff} spoke with pride of the help they had given to {people} during the floods of {year}.",
)  # fmt: skip

OPINIONS = (
    "{Staff} should not have to choose between speed and care, yet that is how many of them described their work.",
    "It is obvious that {records} must be accurate if they are to be of any use to {people}.",
    "The guidance says that {staff} must inform {partner} within one working day.",
    "Leaders should have known of {risk} much sooner than they did.",
    "Under the Act, every authority must have regard to the needs of {people}.",
    "Families told us that somebody should have listened to them.",
    "{Partner} should be commended for the way in which it supported {people}.",
    "We considered whether to recommend a change in the law on {risk}, but the evidence did not support it.",
    "There should be no doubt about who is in charge when {event}.",
    "In our view {service} needs to be more curious about {risk}, and its managers must lead by example.",
    "The code requires that {records} should be kept for at least six years.",
    "It must be remembered that {people} rarely complain, and that silence should not be read as content.",
    "Anyone who has concerns should contact {partner} in the first place.",
    "{body} accepted that it should have acted on the warning, and that it must do better.",
    "There is a case for reviewing the law on {risk}, and Parliament may wish to consider it in due course.",
    "We agree with {partner} that {staff} need to be listened to.",
    "Recommendation {few} below deals with the keeping of {records}.",
    "We return to this when we come to our recommendations.",
    "The previous guidance recommended a monthly check of {records}; few of the {staff} had heard of it.",
    "Witnesses recommended a variety of changes, many of which would need primary legislation.",
)  # fmt: skip

QUOTED = (
    "In {year} the {surname} review recommended that {body} {action}.",
    "An earlier inspection, published in {month} {year}, had recommended that {body} should {action}.",
    "The {surname} report of {year} made {few} recommendations, the third of which was that {body} should {action}.",
    "On {day} {month} {year} the former inspectorate recommended that {body} {action}. The recommendation was accepted but not carried out.",
    "“{Body} should {action}”, the {surname} inquiry concluded in {year}.",
)  # fmt: skip
