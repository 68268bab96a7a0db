"""The office's own themes: added, renamed, filled, emptied and retired; suggested from the words."""

import pytest

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import NotTheirs, Refused
from answerable.audit.models import Event
from answerable.gaps.actions.themes import (
    add_theme,
    change_theme,
    put_under_theme,
    retire_theme,
    take_out_of_theme,
)
from answerable.gaps.models import Theme
from answerable.gaps.queries import themes as queries
from answerable.gaps.rules import themes as rules
from answerable.register.actions.recommendations import (
    enter_recommendation,
    withdraw_recommendation,
)
from answerable.register.models import Recommendation
from answerable.reports.models import Report


@pytest.fixture
def theme(asked: list[Recommendation], rosa: Person) -> Theme:
    """“Recording”, with R-0001."""
    return add_theme(by=rosa, name=" Recording ", recommendations=asked[:1])


def references(theme: Theme) -> list[str]:
    return [member.recommendation.reference for member in queries.members_of(theme)]


def test_a_theme_keeps_its_address_when_it_is_renamed(theme: Theme, rosa: Person) -> None:
    assert (theme.name, theme.slug) == ("Recording", "recording")
    changed = change_theme(by=rosa, theme=theme, name="Crime recording", description="In a day.")
    assert (changed.name, changed.slug, changed.description) == (
        "Crime recording", "recording", "In a day.",
    )  # fmt: skip
    assert Event.objects.latest("seq").verb == "theme.changed"


def test_two_themes_in_use_never_have_one_name(theme: Theme, rosa: Person, cass: Person) -> None:
    with pytest.raises(Refused, match="There is a theme with this name already"):
        add_theme(by=cass, name="RECORDING")
    with pytest.raises(Refused, match="Enter a name"):
        add_theme(by=cass, name=" ! ")
    retire_theme(by=rosa, theme=theme, reason="Too wide.")
    again = add_theme(by=cass, name="Recording")
    assert again.slug == "recording-2"


def test_what_stands_there_already_stays_as_it_is(
    theme: Theme, asked: list[Recommendation], rosa: Person
) -> None:
    made = put_under_theme(by=rosa, theme=theme, recommendations=[*asked, *asked])
    assert [one.recommendation for one in made] == asked[1:]
    assert references(theme) == ["R-0001", "R-0002", "R-0003"]
    assert queries.themes_of(asked[2]) == [theme]
    assert put_under_theme(by=rosa, theme=theme, recommendations=asked) == []


def test_what_is_taken_out_stays_on_record_and_can_come_back(
    theme: Theme, asked: list[Recommendation], rosa: Person
) -> None:
    members = list(queries.members_of(theme))
    take_out_of_theme(by=rosa, theme=theme, members=members, reason="Another matter.")
    assert references(theme) == []
    with pytest.raises(Refused, match="taken out already"):
        take_out_of_theme(by=rosa, theme=theme, members=members)
    put_under_theme(by=rosa, theme=theme, recommendations=asked[:1])
    assert references(theme) == ["R-0001"]
    assert theme.members.count() == 2


def test_a_retired_theme_no_longer_changes_and_holds_nothing_back(
    theme: Theme, asked: list[Recommendation], rosa: Person
) -> None:
    with pytest.raises(Refused, match="Say why"):
        retire_theme(by=rosa, theme=theme, reason=" ")
    retire_theme(by=rosa, theme=theme, reason="Too wide.")
    for act in (
        lambda: change_theme(by=rosa, theme=theme, name="Other"),
        lambda: put_under_theme(by=rosa, theme=theme, recommendations=asked),
        lambda: retire_theme(by=rosa, theme=theme, reason="Again."),
    ):
        with pytest.raises(Refused, match="was retired"):
            act()
    assert references(theme) == ["R-0001"]
    assert asked[0] in queries.without_theme()
    assert queries.themes_of(asked[0]) == []


def test_what_was_entered_in_error_belongs_to_no_theme(
    theme: Theme, asked: list[Recommendation], rosa: Person
) -> None:
    gone = withdraw_recommendation(by=rosa, recommendation=asked[2], reason="Twice.")
    with pytest.raises(Refused, match="R-0003 was entered in error"):
        put_under_theme(by=rosa, theme=theme, recommendations=[gone])
    assert "R-0003" not in [one.reference for one in queries.without_theme()]


def test_themes_are_kept_by_who_may_and_seen_by_the_office(
    theme: Theme, vera: Person, omar: Person, ravi: Person
) -> None:
    with pytest.raises(Refused, match="Only a"):
        add_theme(by=vera, name="Mine")
    rules.check_may_see(ravi)
    with pytest.raises(NotTheirs):
        rules.check_may_see(omar)


# --- Suggestions ----------------------------------------------------------------------------------


@pytest.fixture
def missing(asked: list[Recommendation], rosa: Person, force: Body) -> list[Recommendation]:
    """Three more that speak of missing children, and three to which an import gave one subject."""
    report = Report.objects.get()
    words = (
        "Tell the school when a missing child is found.",
        "A missing child should speak to someone whom they know.",
        "Northmoor Police must count every missing child.",
    )
    made = [
        enter_recommendation(by=rosa, report=report, words=said, bodies=[(force, "")])
        for said in words
    ]
    for number in range(3):
        enter_recommendation(
            by=rosa, report=report, words=f"Item {number}.", bodies=[(force, "")], subject="vetting"
        )
    return made


def test_suggestions_come_from_subjects_then_from_words_and_say_why(
    missing: list[Recommendation], rosa: Person
) -> None:
    first, second = queries.suggestions()[:2]
    assert (first.name, first.references) == ("Vetting", ("R-0007", "R-0008", "R-0009"))
    assert "the subject “vetting”" in first.why
    assert "issing" in second.name
    assert set(second.references) >= {one.reference for one in missing}
    assert "Each of them says “missing child" in second.why
    taken = add_theme(
        by=rosa, name=first.name, recommendations=list(queries.with_references(first.references))
    )
    assert references(taken) == list(first.references)
    assert "Vetting" not in [one.name for one in queries.suggestions()]


def test_no_suggestion_changes_anything(missing: list[Recommendation]) -> None:
    before = Event.objects.count()
    assert queries.suggestions() == queries.suggestions()
    assert Event.objects.count() == before
    assert not Theme.objects.exists()
