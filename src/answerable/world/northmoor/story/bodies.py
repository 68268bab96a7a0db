"""The organisations and the people of Northmoor. All invented."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class InventedBody:
    """An organisation of Northmoor, with the names under which its documents know it."""

    key: str
    name: str
    short_name: str
    kind: str
    other_names: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    is_office: bool = False
    begins_on: date | None = None
    ends_on: date | None = None
    successor: str = ""


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """Someone who signs in. ``body`` is where she works and for which she holds her roles."""

    key: str
    name: str
    email: str
    body: str
    roles: tuple[str, ...]
    about: str


DISTRICTS = ("Ashby Vale", "Carrow", "Eastmere", "Holt Fell")

BODIES = (
    InventedBody(
        "northmoor-office",
        "Northmoor Police and Crime Commissioner",
        "the Commissioner",
        "office",
        other_names=("The Commissioner", "Police and Crime Commissioner"),
        areas=DISTRICTS,
        is_office=True,
    ),
    InventedBody(
        "northmoor-police",
        "Northmoor Police",
        "the Force",
        "force",
        other_names=("The Force", "The Chief Constable", "Chief Constable of Northmoor Police"),
        areas=DISTRICTS,
    ),
    InventedBody(
        "northmoor-council",
        "Northmoor Council",
        "the council",
        "council",
        other_names=(
            "The council",
            "Cabinet Member for Children",
            "Director of Children’s Services",
            "Chief Executive of Northmoor Council",
        ),
        areas=DISTRICTS,
    ),
    InventedBody(
        "northmoor-partnership",
        "Northmoor Safeguarding Children Partnership",
        "the Partnership",
        "partnership",
        other_names=("The Partnership",),
        areas=DISTRICTS,
        begins_on=date(2019, 9, 29),
    ),
    InventedBody(
        "northmoor-board",
        "Northmoor Safeguarding Children Board",
        "the Board",
        "partnership",
        other_names=("The Board",),
        areas=DISTRICTS,
        ends_on=date(2019, 9, 28),
        successor="northmoor-partnership",
    ),
    InventedBody(
        "harbour-police",
        "Carrow Harbour Police",
        "the Harbour Police",
        "force",
    ),
    InventedBody(
        "policing-inspectorate",
        "Inspectorate of Policing and Rescue",
        "the Inspectorate",
        "inspectorate",
    ),
    InventedBody(
        "police-standards", "Office for Police Standards", "the police watchdog", "watchdog"
    ),
    InventedBody(
        "childrens-inspectorate",
        "Children’s Services Inspectorate",
        "the children’s inspectorate",
        "inspectorate",
    ),
    InventedBody("northmoor-coroner", "Northmoor Coroner", "the Coroner", "coroner"),
    InventedBody(
        "northmoor-scrutiny",
        "Northmoor Council Overview and Scrutiny Committee",
        "the Scrutiny Committee",
        "council",
        other_names=("Overview and Scrutiny Committee", "The Committee"),
    ),
    InventedBody("harlow-review", "The Harlow Review", "the Harlow Review", "inquiry"),
    InventedBody(
        "tressell-inquiry",
        "Inquiry into the Care and Protection of Children in Northmoor",
        "the Tressell Inquiry",
        "inquiry",
        other_names=("The Tressell Inquiry",),
        ends_on=date(2015, 3, 31),
    ),
    InventedBody("peer-review-team", "Peer review team of 2009", "the peer reviewers", "other"),
)

MEANT_BY = {name: body.key for body in BODIES for name in (body.name, *body.other_names)}
"""The body that a document means by a name in Northmoor."""

PEOPLE = (
    InventedPerson(
        "rosa",
        "Rosa Adeyemi",
        "rosa@office.northmoor.example",
        "northmoor-office",
        ("governance_officer",),
        "Logs reports, reads replies and keeps the clocks for the Commissioner's office.",
    ),
    InventedPerson(
        "vera",
        "Vera Lindqvist",
        "vera@office.northmoor.example",
        "northmoor-office",
        ("verifier",),
        "Tests what the Force and the council say against evidence, and answers to neither.",
    ),
    InventedPerson(
        "ivo",
        "Ivo Sandberg",
        "ivo@office.northmoor.example",
        "northmoor-office",
        ("verifier",),
        "The second verifier: looks again, and need not agree.",
    ),
    InventedPerson(
        "cass",
        "Cass Okafor",
        "cass@office.northmoor.example",
        "northmoor-office",
        ("chair",),
        "The Commissioner. Chairs the public board.",
    ),
    InventedPerson(
        "petra",
        "Petra Novak",
        "petra@office.northmoor.example",
        "northmoor-office",
        ("publisher",),
        "Proposes what is to be published.",
    ),
    InventedPerson(
        "percy",
        "Percy Hale",
        "percy@office.northmoor.example",
        "northmoor-office",
        ("publisher",),
        "The second pair of eyes.",
    ),
    InventedPerson(
        "ada",
        "Ada Whitlock",
        "ada@office.northmoor.example",
        "northmoor-office",
        ("administrator",),
        "Looks after the machine, the people's access and the backups.",
    ),
    InventedPerson(
        "ravi",
        "Ravi Desai",
        "ravi@office.northmoor.example",
        "northmoor-office",
        ("reader",),
        "Reads everything that the office may see and changes nothing.",
    ),
    InventedPerson(
        "omar",
        "Omar Rahim",
        "omar@police.northmoor.example",
        "northmoor-police",
        ("assurance_lead",),
        "Answers for Northmoor Police.",
    ),
    InventedPerson(
        "lena",
        "Lena Marsh",
        "lena@council.northmoor.example",
        "northmoor-council",
        ("assurance_lead",),
        "Answers for Northmoor Council.",
    ),
)
