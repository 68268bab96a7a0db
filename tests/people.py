"""The people of the tests, as fixtures: each is who DESIGN says, made through actions only."""

import time

import pytest
from django.test import Client

from answerable.accounts import actions
from answerable.accounts.models import Body, Person, Role

PASSWORD = "correct horse battery staple"


class Browser(Client):
    """A client whose session, after ``force_login``, is as signing in leaves it."""

    def force_login(self, user: Person, backend: str | None = None) -> None:
        """Sign in without a password, and as just seen."""
        super().force_login(user, backend)
        session = self.session
        session["seen_at"] = int(time.time())
        session.save()


@pytest.fixture
def client() -> Browser:
    """A browser in which nobody has signed in."""
    return Browser()


@pytest.fixture
def office(db: None) -> Body:
    """The oversight office of Northmoor."""
    return actions.add_body(
        by="operator",
        name="Northmoor Police and Crime Commissioner",
        short_name="the Commissioner",
        kind=Body.Kind.OFFICE,
        is_office=True,
        invented=True,
    )


@pytest.fixture
def force(db: None) -> Body:
    """Northmoor Police."""
    return actions.add_body(
        by="operator",
        name="Northmoor Police",
        short_name="the Force",
        kind=Body.Kind.FORCE,
        invented=True,
    )


@pytest.fixture
def council(db: None) -> Body:
    """Northmoor Council."""
    return actions.add_body(
        by="operator",
        name="Northmoor Council",
        short_name="the Council",
        kind=Body.Kind.COUNCIL,
        invented=True,
    )


@pytest.fixture
def inspectorate(db: None) -> Body:
    """The maker of a report."""
    return actions.add_body(
        by="operator",
        name="Inspectorate of Policing and Rescue",
        kind=Body.Kind.INSPECTORATE,
        invented=True,
    )


def _person(name: str, body: Body, *roles: Role) -> Person:
    first = name.split()[0].lower()
    return actions.add_person(
        by="operator",
        name=name,
        email=f"{first}@northmoor.example",
        body=body,
        roles=roles,
        password=PASSWORD,
    )


@pytest.fixture
def rosa(office: Body) -> Person:
    """Governance officer."""
    return _person("Rosa Adeyemi", office, Role.GOVERNANCE_OFFICER)


@pytest.fixture
def second_officer(office: Body) -> Person:
    """A second governance officer, who works on the same reports as Rosa."""
    return _person("Ines Brandt", office, Role.GOVERNANCE_OFFICER)


@pytest.fixture
def vera(office: Body) -> Person:
    """Verifier."""
    return _person("Vera Lindqvist", office, Role.VERIFIER)


@pytest.fixture
def cass(office: Body) -> Person:
    """Commissioner, chair of the board."""
    return _person("Cass Okafor", office, Role.CHAIR)


@pytest.fixture
def petra(office: Body) -> Person:
    """Publisher."""
    return _person("Petra Novak", office, Role.PUBLISHER)


@pytest.fixture
def percy(office: Body) -> Person:
    """The second publisher."""
    return _person("Percy Hale", office, Role.PUBLISHER)


@pytest.fixture
def ada(office: Body) -> Person:
    """Administrator."""
    return _person("Ada Whitlock", office, Role.ADMINISTRATOR)


@pytest.fixture
def omar(force: Body) -> Person:
    """Assurance lead of Northmoor Police."""
    return _person("Omar Rahim", force, Role.ASSURANCE_LEAD)


@pytest.fixture
def otto(force: Body) -> Person:
    """A second assurance lead of Northmoor Police."""
    return _person("Otto Brennan", force, Role.ASSURANCE_LEAD)


@pytest.fixture
def lena(council: Body) -> Person:
    """Assurance lead of Northmoor Council."""
    return _person("Lena Marsh", council, Role.ASSURANCE_LEAD)


@pytest.fixture
def ravi(office: Body) -> Person:
    """A reader in the office."""
    return _person("Ravi Desai", office, Role.READER)
