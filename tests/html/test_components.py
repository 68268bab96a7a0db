"""Our partials draw what GOV.UK Frontend's own fixtures say they must."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.utils.safestring import SafeString

from answerable.html.components import draw
from tests.html.normal import normal

FIXTURES = Path(__file__).parent / "fixtures"

HTML_OPTIONS = {
    "html": "text",
    "title_html": "title_text",
    "description_html": "description_text",
    "summary_html": "summary_text",
}


LEFT_OUT = {
    "character-count": {
        "with translations",
        "with custom textarea description",
        "to configure in JavaScript",
        "with neither maxlength nor maxwords set",
    },
    "date-input": {"with field value and items"},
    "error-message": {"translated", "with visually hidden text", "visually hidden text removed"},
    "exit-this-page": {"translated"},
    "file-upload": {"translated"},
    "password-input": {"with translations"},
    "button": {"start link with html"},
}
"""What we have no use for: other languages, counts that a script sets, a start button with markup."""


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def plain_attributes(given: dict[str, Any]) -> dict[str, Any]:
    """GOV.UK writes ``{value, optional}`` for an attribute that may be left out."""
    said = {}
    for name, value in given.items():
        if isinstance(value, dict):
            value = value["value"] if value.get("optional") else str(value["value"] or "")
        elif value is True or value is False:
            value = str(value).lower()
        said[name] = "" if value is None else value
    return said


def ours(given: Any) -> Any:
    """The options of a fixture under the names that we use."""
    if isinstance(given, list):
        return [ours(one) for one in given]
    if not isinstance(given, dict):
        return given
    options: dict[str, Any] = {}
    for name, value in given.items():
        key = snake(name)
        if key.endswith("attributes") and isinstance(value, dict):
            options[key] = plain_attributes(value)
        elif key in HTML_OPTIONS and isinstance(value, str):
            if value:
                options[HTML_OPTIONS[key]] = SafeString(value)
        elif key == "value" and value is False:
            options[key] = "false"
        elif key not in HTML_OPTIONS.values() or key not in options:
            options[key] = ours(value)
    return options


def cases() -> list[Any]:
    found = []
    for path in sorted(FIXTURES.glob("*.json")):
        for fixture in json.loads(path.read_text("utf-8")):
            if fixture["name"] not in LEFT_OUT.get(path.stem, ()):
                label = f"{path.stem}: {fixture['name']}"
                found.append(pytest.param(path.stem, fixture, id=label))
    return found


@pytest.mark.parametrize(("component", "fixture"), cases())
def test_a_component_is_drawn_as_govuk_frontend_draws_it(
    component: str, fixture: dict[str, Any]
) -> None:
    options = ours(fixture["options"])
    if component == "notification-banner" and fixture["options"].get("html"):
        options = {**options, "text": None, "html": SafeString(fixture["options"]["html"])}
    if component == "label":
        options = {"label": options, "id": options.get("for")}
    drawn = draw(component, **options)
    assert normal(drawn) == normal(fixture["html"])
