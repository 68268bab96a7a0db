"""Who must act, in the many ways that reports say it."""

import pytest

from answerable.engine.documents import about, addressees, read
from answerable.engine.documents.about import About
from answerable.engine.documents.pieces import Block, Style
from answerable.engine.documents.runs import Item, Run

from . import papers
from .papers import taken


def proposed(text, *, headings=(), lead=None, who=None, whom=None):
    path = tuple(Block(h, [], heading=20.0, index=n) for n, h in enumerate(headings))
    block = Block(text, [], path=path)
    opening = Block(lead, []) if lead is not None else None
    heading = path[0] if path else None
    run = Run("section", [], "recommendation", 0.9, heading=heading, lead=opening)
    return [a.name for a in addressees.of(Item("1", [block], who=who), run, whom)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "A register should be established by the Home Office within six months.",
            ["Home Office"],
        ),
        (
            "The register should be established, within six months, by the Home Office and the National Police Chiefs’ Council.",
            ["Home Office", "National Police Chiefs’ Council"],
        ),
        (
            "The Department, working with NHS England, should publish guidance.",
            ["Department"],
        ),
        (
            "The Chief Constable and the Police and Crime Commissioner should agree a plan.",
            ["Chief Constable", "Police and Crime Commissioner"],
        ),
        (
            "The Ministry of Justice and HM Courts and Tribunals Service must report.",
            ["Ministry of Justice", "HM Courts and Tribunals Service"],
        ),
        (
            "Publish a plan by March 2027. (Action: Home Office)",
            ["Home Office"],
        ),
        (
            "Publish a plan. Owner: Director of Children’s Services. By when: March 2027",
            ["Director of Children’s Services"],
        ),
        (
            "Review the policy. Responsible body: Northmoor Council",
            ["Northmoor Council"],
        ),
        (
            "To the Chief Constable: review the policy every year.",
            ["Chief Constable"],
        ),
        (
            "Northmoor Council: publish the policy.",
            ["Northmoor Council"],
        ),
        (
            "Northern Rail reviews its policy on braking.",
            ["Northern Rail"],
        ),
        (
            "That the Minister of Police direct the National Commissioner to report quarterly.",
            ["Minister of Police"],
        ),
        (
            "We recommend that HM Treasury set out its plan by the autumn.",
            ["HM Treasury"],
        ),
        (
            "The Committee recommends that the Welsh Government should publish its review.",
            ["Welsh Government"],
        ),
        (
            "The Committee calls on the Scottish Government to set out how it will do this.",
            ["Scottish Government"],
        ),
        (
            "It is recommended that the State party ratify the Convention.",
            ["State party"],
        ),
        (
            "The Board should consider whether training is sufficient.",
            ["Board"],
        ),
        (
            "All police forces in England and Wales should review their policies.",
            ["police forces in England and Wales"],
        ),
        (
            "By 1 April 2027, all chief constables should make sure that their forces record this.",
            ["chief constables"],
        ),
        (
            "Within three months, the College of Policing, in consultation with the National Police Chiefs’ Council, should publish guidance.",
            ["College of Policing"],
        ),
        (
            "The Secretary of State for Education should amend the regulations.",
            ["Secretary of State for Education"],
        ),
        (
            "The Secretary of Transportation should direct the Administrator to develop a plan.",
            ["Secretary of Transportation"],
        ),
        (
            "Require operators of large aeroplanes to fit the equipment.",
            [],
        ),
        (
            "Training should be reviewed by those who deliver it.",
            [],
        ),
        (
            "Guidance should be published by the end of 2027.",
            [],
        ),
        (
            "Records should be kept by date and place.",
            [],
        ),
        (
            "The policy should be reviewed by April 2027 by NHS England.",
            ["NHS England"],
        ),
        (
            "Staff training should be provided.",
            [],
        ),
        (
            "Ensure that staff follow the policy of the Council.",
            [],
        ),
        (
            "The trust must ensure staff complete mandatory training. Regulation 12(2)(c)",
            ["trust"],
        ),
        (
            "The provider should ensure that records are kept.",
            ["provider"],
        ),
        (
            "Consideration should be given by the Law Commission to reform.",
            ["Law Commission"],
        ),
        (
            "There should be a review by the Department of Health and Social Care of the rules.",
            ["Department of Health and Social Care"],
        ),
        (
            "The Federal Government, the States and the Territories should fund it.",
            ["Federal Government", "States", "Territories"],
        ),
        (
            "That the Australian Government, in partnership with state and territory governments, establish a fund.",
            ["Australian Government"],
        ),
        (
            "NHS England should work with the Department to publish.",
            ["NHS England"],
        ),
        (
            "The Home Secretary should commission a review of the national DNA database.",
            ["Home Secretary"],
        ),
        (
            "Leaders and governors should make sure that the curriculum is ambitious.",
            ["Leaders and governors"],
        ),
        (
            "It should be a requirement that every hospital has a plan.",
            [],
        ),
        (
            "The Inquiry recommends that the Fire and Rescue Authorities (Northmoor and Easton) review their plans.",
            ["Fire and Rescue Authorities"],
        ),
        (
            "I recommend that the Lord Chancellor consult on new rules.",
            ["Lord Chancellor"],
        ),
        (
            "If the Government decides not to proceed, it should say why.",
            ["Government"],
        ),
        (
            "Where a child is missing, the police should tell the council.",
            ["police"],
        ),
        (
            "The Council of Ministers should adopt the draft.",
            ["Council of Ministers"],
        ),
        (
            "We call upon federal, provincial, territorial, and Indigenous governments to implement the plan.",
            ["federal, provincial, territorial, and Indigenous governments"],
        ),
        (
            "The Civil Aviation Authority, the Department for Transport and the Health and Safety Executive should agree who leads.",
            ["Civil Aviation Authority", "Department for Transport", "Health and Safety Executive"],
        ),
        (
            "Amend the Act so that the Minister may act.",
            [],
        ),
        (
            "Local authorities and their partners should agree.",
            ["Local authorities and their partners"],
        ),
    ],
)
def test_who_must_act_is_read_from_the_words_of_the_entry(text, names):
    assert proposed(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("To Class I railroads: Revise your procedures.", ["Class I railroads"]),
        ("To the Northern Rail Administration: Require it.", ["Northern Rail Administration"]),
        ("To improve safety: revise your procedures.", []),
        ("The Administrator of the FSA should plan.", ["Administrator of the FSA"]),
        (
            "The Director of the Office of National Water Policy should plan.",
            ["Director of the Office of National Water Policy"],
        ),
        ("The Department for Work and Pensions should plan.", ["Department for Work and Pensions"]),
    ],
)
def test_offices_and_letters_name_who_must_act(text, names):
    assert proposed(text) == names


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("To the Chief Constable", ["Chief Constable"]),
        ("For NHS England", ["NHS England"]),
        ("Northmoor Council", ["Northmoor Council"]),
        ("The Home Office", ["Home Office"]),
        ("Chief constables", ["Chief constables"]),
        ("Recommendations to the Department and the Board", ["Department", "Board"]),
        ("What does the local authority need to improve?", ["local authority"]),
        ("What the provider must do", ["provider"]),
        ("Quality of practice", []),
        ("Health services", []),
        ("Leadership and management", []),
        ("Custody", []),
    ],
)
def test_who_must_act_is_read_from_the_heading_of_their_part_of_the_list(heading, names):
    assert proposed("Keep the books.", headings=("Recommendations", heading)) == names


def test_headings_above_the_list_name_the_maker_and_not_who_must_act():
    assert proposed("Keep books.", headings=("The Select Committee on Books",)) == []


def test_who_opens_the_list_comes_before_who_stands_in_the_entry():
    lead = "The Committee recommends that the Minister of Works ensures that:"
    assert proposed("The Fund develops a plan.", lead=lead) == ["Minister of Works", "Fund"]


def test_the_cell_beside_the_entry_names_all_who_must_act():
    cell = "Home Office; Northmoor Police and Crime Commissioner"
    assert proposed("Keep books.", who=cell) == [
        "Home Office",
        "Northmoor Police and Crime Commissioner",
    ]


def test_the_sentence_before_the_list_is_looked_for_over_its_other_entries():
    lead = Block("We recommend that the University:", (), index=0)
    entries = [Block(t, (), index=n) for n, t in enumerate(("Tell students.", "Train staff."), 1)]
    items = [Item(str(n), (block,)) for n, block in enumerate(entries, 1)]
    run = Run("section", tuple(items), "recommendation", 0.9)
    found = addressees.of(items[1], run, blocks=[lead, *entries])
    assert [a.name for a in found] == ["University"]


@pytest.mark.parametrize(
    "sentence",
    [
        "We make the following recommendations to the University.",
        "The recommendations below are for the University.",
        "To do this well, the University should:",
        "To the University",
    ],
)
def test_any_sentence_that_announces_a_list_can_name_who_must_act(sentence):
    blocks = [Block(sentence, (), index=0), Block("Training", (), heading=20.0, index=1)]
    entry = Block("Train staff every year.", (), index=2)
    item = Item("1", (entry,))
    run = Run("section", (item,), "recommendation", 0.9)
    found = addressees.of(item, run, blocks=[*blocks, entry])
    assert [a.name for a in found] == ["University"]


def test_the_cell_of_another_printing_names_who_must_act():
    chapter = Item("1", (Block("That it be kept.", ()),))
    table = Item("1", (Block("That it be kept.", ()),), who="Housing")
    run = Run("named", (chapter,), "recommendation", 0.9)
    assert [a.name for a in addressees.of(chapter, run, also=[table])] == ["Housing"]


@pytest.mark.parametrize(
    "text",
    [
        "We recommend that Standing Order No. 14 be amended.",
        "The selection of that panel must be open.",
        "The Committee’s involvement should continue.",
        "The Committee considers that a review is due.",
        "Broaden the mandate of its equality bodies and increase their resources.",
    ],
)
def test_what_is_no_body_is_not_proposed(text):
    assert proposed(text) == []


FORCE = About("Northmoor Police", alone=True)


def test_the_force_is_the_one_that_the_report_is_about():
    found = addressees.of(
        Item("1", [Block("The force should record every call.", [])]),
        Run("section", [], "recommendation", 0.9),
        FORCE,
    )
    assert [a.name for a in found] == ["Northmoor Police (the force)"]
    assert "“force”" in found[0].why


def test_an_entry_that_names_nobody_is_for_the_body_that_was_inspected():
    assert proposed("Record every call.", whom=FORCE) == ["Northmoor Police"]


def test_a_body_that_the_entry_names_stays_beside_the_one_inspected():
    assert proposed("The Home Office should pay.", whom=FORCE) == ["Home Office"]


def headed(*texts):
    big = Style(size=20.0)
    return [Block(t, [], style=big, heading=40.0, index=n) for n, t in enumerate(texts)]


@pytest.mark.parametrize(
    ("headings", "name"),
    [
        (
            ["Inspection of Northmoor local authority children’s services"],
            "Northmoor local authority",
        ),
        (["Northmoor Council", "Inspection of services for children in need"], "Northmoor Council"),
        (
            ["Area inspection of Northmoor Local Area Partnership"],
            "Northmoor Local Area Partnership",
        ),
        (["Northmoor Police: inspection report"], "Northmoor Police"),
        (["Focused visit to Northmoor Council children’s services"], "Northmoor Council"),
        (["Universal periodic review", "The review of Northmoria was held"], "Northmoria"),
        (["Provider: Northmoor Care Limited"], "Northmoor Care Limited"),
        (["Report to the Government of Northmoria"], "Government of Northmoria"),
        (["Report on an unannounced inspection of", "HMP Northmoor"], "HMP Northmoor"),
        (["Investigation into a complaint against Northmoor Council"], "Northmoor Council"),
        (["The Audit Findings for Northmoor Borough Council"], "Northmoor Borough Council"),
        (
            ["Letter", "The findings of the visit to Northmoor Council on 3 May"],
            "Northmoor Council",
        ),
        (
            ["THIS REPORT IS BEING SENT TO: 1. Northmoor Hospitals Trust"],
            "Northmoor Hospitals Trust",
        ),
        (["Audit of Grants for Rural Clinics"], None),
        (["The Northmoor Inquiry", "Report"], None),
        (["Home Office", "Review of custody"], None),
        (["His Majesty’s Inspectorate of Works", "Annual inspection report"], None),
    ],
)
def test_whom_an_inspection_is_about_is_read_from_its_first_pages(headings, name):
    found = about.of(headings[0], headed(*headings))
    assert (found.name if found is not None else None) == name


def test_a_place_that_was_inspected_is_named_by_its_body_where_the_report_does():
    blocks = headed("Inspection of Northmoor children’s services")
    blocks.append(Block("Leaders of Northmoor City Council have acted.", (), index=1))
    found = about.of(blocks[0].text, blocks)
    assert found.name == "Northmoor City Council"


def test_a_document_of_nothing_is_about_nobody():
    assert about.of(None, []) is None


def test_a_coroners_report_is_for_all_to_whom_it_is_sent():
    found = about.of(
        None,
        [
            Block("THIS REPORT IS BEING SENT TO:", (), index=0),
            Block("The Chief Executive, Northmoor Hospitals Trust", (), index=1),
            Block("The Secretary of State for Health", (), index=2),
            Block("CORONER", (), heading=20.0, index=3),
        ],
    )
    assert [a.name for a in found.for_all()] == [
        "Chief Executive, Northmoor Hospitals Trust",
        "Secretary of State for Health",
    ]


def test_an_inspection_gives_its_body_to_every_entry(tmp_path):
    reading = read(
        papers.file(
            tmp_path,
            (
                "<html><body><h1>Inspection of Northmoor Council</h1>"
                f"<p>{papers.PROSE}</p><h2>What needs to improve</h2><ul>"
                "<li>The time that calls take to be answered at night.</li>"
                "<li>The records that are kept of what callers said.</li></ul></body></html>"
            ).encode(),
            "inspection.html",
        )
    )
    names = [[a.name for a in c.addressees] for c in taken(reading)]
    assert names == [["Northmoor Council"], ["Northmoor Council"]]


def test_what_opens_the_list_before_says_nothing_of_the_next(tmp_path):
    report = papers.pdf(
        tmp_path,
        f"""
== Recommendations
{papers.PROSE}

=== Recommendation 1
The Chief Constable should have matched the number of officers to the demand there:
- using a full year of demand;
- allowing for leave and training.

== Areas for improvement
=== Area for improvement 1
The council should publish what it was told, in full and in time.

=== Area for improvement 2
The council should read the record of every month with those who wrote it.
""",
    )
    found = {c.number: c.addressees for c in read(report).candidates if "council" in c.text}
    assert [[one.name for one in whom] for whom in found.values()] == [["council"], ["council"]]
