"""What the browser loads is ours, whole, and says whose it is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src" / "answerable" / "static"
TEMPLATES = ROOT / "src" / "answerable" / "templates"
CSS = (STATIC / "answerable.css").read_text("utf-8")


@pytest.mark.parametrize(
    "word", ["GDS Transport", "sourceMappingURL", "crest", "url(http", "@import"]
)
def test_the_style_sheet_has_nothing_of_gov_uk_itself_and_asks_nobody(word: str) -> None:
    assert word not in CSS


def test_every_file_that_the_style_sheet_names_is_there() -> None:
    named = set(re.findall(r"url\(\"?([^)\"]+)\"?\)", CSS)) - {"#"}
    assert len(named) >= 5
    assert [
        name for name in named if not name.startswith("data:") and not (STATIC / name).exists()
    ] == []


def test_each_font_has_its_licence_beside_it() -> None:
    for font in (STATIC / "fonts").glob("*.woff2"):
        family = re.sub(r"-latin.*", "", font.stem)
        licence = (STATIC / "fonts" / f"LICENCE-{family}.txt").read_text("utf-8")
        assert "SIL OPEN FONT LICENSE" in licence


def test_what_others_made_is_named() -> None:
    assert "MIT License" in (STATIC / "licences.txt").read_text("utf-8")
    for name in ("answerable.css", "start.js"):
        assert "GOV.UK Frontend" in (STATIC / name).read_text("utf-8")[:200]


def test_what_is_sent_for_a_first_page_is_small() -> None:
    """Style and scripts before compression; the fonts come after the words are readable."""
    sizes = {name: (STATIC / name).stat().st_size for name in ("answerable.css", "start.js")}
    assert sizes["answerable.css"] < 170_000
    assert sizes["start.js"] < 45_000


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_carries_style_or_script_of_its_own(path: Path) -> None:
    source = path.read_text("utf-8")
    assert not re.search(r"\sstyle\s*=", source), "use a class"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", source), "use an external script"
    programs = re.sub(r"<script[^>]*\stype=\"application/json\"", "", source)  # data, never run
    assert not re.search(r"<script(?![^>]*\ssrc=)", programs), "use an external script"
    assert "<style" not in source
    assert "|safe" not in source, "build markup with format_html"
    assert "autoescape off" not in source


def test_the_committed_style_sheet_is_as_new_as_its_sources() -> None:
    """Every class that our own sources define is in the compiled file."""
    sources = "".join(
        path.read_text("utf-8") for path in (ROOT / "design" / "parts").glob("*.scss")
    )
    named = set(re.findall(r"^\.(an-[a-z0-9_-]+)", sources, re.MULTILINE))
    assert sorted(name for name in named if f".{name}" not in CSS) == []
