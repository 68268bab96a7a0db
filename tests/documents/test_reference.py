"""The reference pages say what the program does."""

from pathlib import Path

from tools import reference


def test_every_reference_page_is_in_step() -> None:
    assert sorted(reference.out_of_step()) == [], "run make docs"


def test_a_page_that_says_something_else_is_named(tmp_path: Path) -> None:
    page = tmp_path / "docs/reference/permissions.md"
    page.parent.mkdir(parents=True)
    page.write_text(reference.permissions().replace("| yes |", "| – |", 1), encoding="utf-8")
    assert "docs/reference/permissions.md" in reference.out_of_step(tmp_path)
    page.write_text(reference.permissions(), encoding="utf-8")
    assert "docs/reference/permissions.md" not in reference.out_of_step(tmp_path)
