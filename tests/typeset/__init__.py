"""Invented reports in the layouts of many makers, each with its truth; the same seed, the same bytes.

``report(seed)`` makes one; ``python -m tests.typeset --seeds 0-119`` reads and scores many.
No town, body or person in them exists.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.typeset import flowing, makers, makers_held, makers_of_cases, pdf_pages, word_file
from tests.typeset.damage import DAMAGE
from tests.typeset.lists import NUMBERINGS
from tests.typeset.making import Making, Wish
from tests.typeset.parts import Draft, Look, Row
from tests.typeset.review import review, silent

OPEN: dict[str, Callable[[Making], None]] = {
    "review": review,
    "inspectorate": makers.inspectorate,
    "committee": makers.committee,
    "inquiry": makers.inquiry,
    "accident": makers.accident,
    "auditor": makers.auditor,
    "treaty": makers.treaty,
    "scrutiny": makers.scrutiny,
    "regulator": makers.regulator,
    "letter": makers.letter,
    "silent": silent,
}
"""Makers that readers may be tuned on."""

_FURTHER: dict[str, Callable[[Making], None]] = {
    "accounts": makers_held.accounts,
    "safeguarding": makers_of_cases.safeguarding,
    "prison": makers_of_cases.prison,
    "coroner": makers_of_cases.coroner,
    "ombudsman": makers_of_cases.ombudsman,
    "commission": makers_held.commission,
    "consultancy": makers_held.consultancy,
    "agency": makers_held.agency,
    "actions": makers_of_cases.actions,
    "requirements": makers_of_cases.requirements,
    "numbered-r": makers_held.numbered_r,
    "bulletin": makers_held.bulletin,
    "tracker": makers_held.tracker,
}
"""Makers that came later; their order says which seed gets which."""

_OPENED = frozenset({"accounts", "requirements"})
HELD = {name: maker for name, maker in _FURTHER.items() if name not in _OPENED}
"""Makers that readers are only measured on.

``accounts`` and ``requirements`` were among them until 22 November 2026 and are open since then.
"""

STYLES = OPEN | _FURTHER
TABLES = ("none", "ruled", "unruled", "long")
FORMATS = ("pdf", "docx", "html", "text")
_SUFFIX = {"pdf": ".pdf", "docx": ".docx", "html": ".html", "text": ".txt"}
_FREE_HELD = 3  # one in three of the freest reports is held too


@dataclass(frozen=True)
class Made:
    """One invented report: its file, its truth, and the dimensions it came out with."""

    name: str
    data: bytes
    suffix: str
    rows: list[Row]
    wish: Wish
    held: bool

    def written(self, folder: Path) -> Path:
        """The file in a folder."""
        path = folder / f"{self.name}{self.suffix}"
        path.write_bytes(self.data)
        return path


def report(
    seed: int,
    *,
    columns: int | None = None,
    numbering: str | None = None,
    table: str | None = None,
    doubles: bool | None = None,
    damage: frozenset[str] | None = None,
    maker_style: str | None = None,
    format: str | None = None,
) -> Made:
    """Make one report. What is not asked for is chosen by the seed."""
    rng = Random(seed)
    others = [name for name in STYLES if name != "review"]
    turn = "review" if seed % 3 == 0 else others[(seed - seed // 3 - 1) % len(others)]
    style = maker_style or turn
    chosen = Wish(
        seed=seed,
        columns=rng.choice((1, 1, 1, 2)),
        numbering=rng.choice(NUMBERINGS),
        table=rng.choice(("none", "none", "none", *TABLES[1:])),
        doubles=rng.random() < 0.35,
        damage=_damage(rng),
        style=style,
        format=rng.choice(("pdf", "pdf", "pdf", "pdf", "docx", "html", "text")),
    )
    given = {
        "columns": columns, "numbering": numbering, "table": table, "doubles": doubles,
        "damage": damage, "format": format,
    }  # fmt: skip
    for name, value in given.items():
        if value is not None:
            setattr(chosen, name, value)
    return _made(rng, chosen)


def _made(rng: Random, wish: Wish) -> Made:
    m = Making(rng, wish)
    m.draft.look = _look(rng, wish)
    STYLES[wish.style](m)
    data = _set(m.draft, wish.format, rng)
    held = wish.style in HELD or (wish.style == "review" and wish.seed // 3 % _FREE_HELD == 2)
    name = f"{wish.seed:04}-{wish.style}"
    return Made(name, data, _SUFFIX[wish.format], m.draft.rows, wish, held)


def _set(draft: Draft, format: str, rng: Random) -> bytes:
    match format:
        case "docx":
            return word_file.word(draft, rng)
        case "html":
            return flowing.html(draft, rng)
        case "text":
            return flowing.text(draft, rng)
    return pdf_pages.pdf(draft, rng)


def _damage(rng: Random) -> frozenset[str]:
    """None in four of ten, otherwise one or two kinds."""
    return frozenset(rng.sample(DAMAGE, rng.choice((0, 0, 1, 1, 2))))


def _look(rng: Random, wish: Wish) -> Look:
    sans = rng.random() < 0.5
    font = rng.choice(pdf_pages.SANS if sans else pdf_pages.SERIFS)
    size = rng.choice((9.5, 10, 10.5, 11, 11, 12))
    look = Look(
        font=font,
        head_font=rng.choice((font, rng.choice(pdf_pages.SANS))),
        size=min(size, 10) if wish.columns == 2 else size,
        columns=wish.columns,
        leading=rng.choice((0.6, 0.65, 0.75)),
        gap=rng.choice((1.0, 1.2, 1.4)),
        justify=rng.random() < 0.4,
        paper=rng.choice(("a4", "a4", "a4", "letter", "book")),
        rotates="turned" in wish.damage and rng.random() < 0.5,
        margin=rng.choice((2.0, 2.4, 2.8)),
        running_head=rng.choice(("", "", "HC 1234")),
        head_look=rng.choice(("bold", "colour", "plain", "caps", "rule")),
        head_sizes=rng.choice(((17, 13, 11), (20, 14, 12), (14, 12, 11), (24, 16, 12.5))),
        bullet=rng.choice(("•", "•", "–", "▪", "●")),
        labels=rng.choice(("hang", "hang", "inline", "list")),
        colour=rng.choice(("#1d3557", "#7b1e3a", "#0b6e4f", "#333333")),
        tags=rng.random() < 0.35 and "shuffled" not in wish.damage,
        damage=wish.damage,
        chapter_on_new_page=rng.random() < 0.4 and wish.columns == 1,
    )
    look.justify = look.justify or "hyphens" in wish.damage
    look.hyphenate = look.justify and rng.random() < 0.7
    return look
