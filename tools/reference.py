"""The reference pages that are made from the program, so that they cannot say something else.

    python tools/reference.py            write every page that has changed
    python tools/reference.py --check    exit 1, naming the pages that are out of step

Each generator returns the text of one page; add yours to GENERATORS.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerable.settings")
django.setup()

from answerable.accounts.models import Role  # noqa: E402
from answerable.accounts.rules import (  # noqa: E402
    DOES,
    GRANTS,
    OFFICE_ROLES,
    WORDS,
    Permission,
)
from answerable.assurance.rules.independence import BARS  # noqa: E402
from tools import (  # noqa: E402
    gaps_page,
    manuals,
    open_data_page,
    personal_data_page,
    separation_page,
    weights_page,
)
from tools.markdown import NOTE, table  # noqa: E402


def _name(role: Role) -> str:
    text = str(role.label)
    return text[:1].upper() + text[1:]


PERMISSIONS = """# Roles and permissions

{note}

Everything that can be allowed is one permission, named `noun:verb`. A person may do what one of
their roles grants. The table is `GRANTS` in `src/answerable/accounts/rules/permissions.py`; each
button and each act asks it, and a test goes through every role and permission in it.

## Roles

{roles}

## Permissions

{grants}

## Separation of duties

These hold whatever roles a person has:

- Who proposed an edition may not approve it.
- Who is of a body may not judge that body: only people of an oversight office hold the office’s
  roles, and an assurance lead belongs to the body that answers.
- People of another body than the office reach only what was asked of their own body. For anything
  else the answer is “not found”, not “not allowed”.
- A closing test stands once a person of the body and a person of the office have agreed to it, and a
  new version needs both again.
- Who asked to move a date or to change an owner may not approve it; nor may the owner approve a new
  date. Only the office moves a date that the overseer set; the date of a closing test needs both sides.
- Who handed in evidence may not grade it; whoever declared an interest may not say that it is over.
- Who signed an opinion may not close what it is about, nor is it closed on the opinion of someone
  who is no longer independent. An opinion is withdrawn by whoever signed it or by the chair.
- A body reopens what was closed only by its own word: a claim that takes it back.
- Nobody gives themselves a role, closes their own access, or erases themselves.
- The last administrator keeps the role and the access.

### Who may not judge an undertaking

Nobody marks their own work. None of these may sign an opinion on it, draw a sample for it or close
it. The table is `BARS` in `src/answerable/assurance/rules/independence.py`; the rules, the buttons
and this page read the same one.

{bars}
"""


def permissions() -> str:
    """Who may do what, from the table that the product itself asks."""
    held_by = {r: "the office" if r in OFFICE_ROLES else "a body that answers" for r in Role}
    grants = (
        (f"`{p}`", WORDS[p], *("yes" if p in GRANTS[r] else "–" for r in Role)) for p in Permission
    )
    return PERMISSIONS.format(
        note=NOTE,
        roles=table(
            ("Role", "What they do", "Held by people of"),
            ((_name(r), DOES[r], held_by[r]) for r in Role),
        ),
        bars=table(("Who", "What they are told"), ((bar.who, bar.sentence) for bar in BARS)),
        grants=table(("Permission", "May …", *(_name(r) for r in Role)), grants),
    )


GENERATORS: dict[str, Callable[[], str]] = {
    "docs/reference/permissions.md": permissions,
    "docs/reference/personal-data.md": personal_data_page.personal_data,
    "docs/reference/separation.md": separation_page.separation,
    "docs/reference/reading-weights.md": weights_page.reading_weights,
    "docs/reference/open-data.md": open_data_page.open_data,
    "docs/reference/gaps.md": gaps_page.gap_rules,
    **manuals.PAGES,
}
"""Each page, and what makes it."""


def out_of_step(root: Path = ROOT) -> dict[str, str]:
    """The pages that differ from what the program says, each with its right text."""
    made = {name: make() for name, make in GENERATORS.items()}
    return {
        name: text
        for name, text in made.items()
        if not (root / name).is_file() or (root / name).read_text(encoding="utf-8") != text
    }


def main(arguments: list[str]) -> int:
    """Write or check; see the module's docstring."""
    if set(arguments) - {"--check"}:
        print(__doc__, file=sys.stderr)
        return 2
    pages = out_of_step()
    for name, text in sorted(pages.items()):
        if arguments:
            print(f"{name} is out of step with the program: run make docs.")
            continue
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(text, encoding="utf-8")
        print(f"wrote {name}")
    return 1 if arguments and pages else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
